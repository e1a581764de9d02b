"""One mail in several people's inboxes: each is asked what it asks of them, and what is said to us counts once."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest

from assistant.pipeline import collect, deliver, receive, tick
from tests.configs import config_text, person
from tests.pipeline.office import DANA, PRIYA, US, Office

BOTH = f"{DANA}, {PRIYA}"
ALL = "Hi all,\n\nplease send me your vacation dates by Thursday noon.\n\nMarcus"
EACH = "Priya, can you call Mrs. Kim by Wednesday?\n\nDana, please fax her notes by Friday.\n\nMarcus"
HERS = "Can you send the April numbers to the auditor by Wednesday?\n\nMarcus"


class House(Office):
    """Two coordinators, each with an inbox of their own that is read."""

    def __init__(self, folder: Path) -> None:
        for part in ("new", "cur", "tmp"):
            (folder / "priya" / part).mkdir(parents=True)
        accounts = [
            {"name": "dana", "kind": "inbox", "person": DANA, "maildir": "mail"},
            {"name": "priya", "kind": "inbox", "person": PRIYA, "maildir": "priya"},
        ]
        people = [person(DANA, digest_at=""), person(PRIYA, digest_at="")]
        super().__init__(folder, config_text(people=people, accounts=accounts, smtp={"host": "127.0.0.1", "port": 9}))

    def lay(self, text: str, *boxes: str, to: str = BOTH, **headers: str) -> None:
        """Let one mail lie in these boxes."""
        self._count += 1
        mail = EmailMessage()
        given = {
            "From": "marcus@surgery.example",
            "Message-ID": f"<{self._count}@surgery.example>",
            "Subject": "matter",
        }
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {**given, "To": to, **told}.items():
            mail[name] = value
        mail["Date"] = format_datetime(self.now)
        mail.set_content(text)
        for box in boxes:
            stamp = f"Received: from a by {box}; {format_datetime(self.now)}\r\nDelivered-To: {box}@a.example\r\n"
            place = {"dana": "mail", "priya": "priya"}[box]
            (self.folder / place / "new" / f"{self._count:04}").write_bytes(stamp.encode() + mail.as_bytes())

    def work_in(self, *accounts: str) -> None:
        for name in accounts:
            collect(self.parts, name)
        receive(self.parts)
        tick(self.parts)
        deliver(self.parts)

    def lists(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {DANA: [], PRIYA: []}
        for task in self.open:
            found[task.coordinator].append(task.quote)
        return found


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.parts.ledger.close()


@pytest.mark.parametrize("turns", [[("dana", "priya")], [("priya", "dana")], [("dana",), ("priya",)]])
def test_each_is_asked_what_a_mail_to_both_asks_of_them(house: House, turns: list[tuple[str, ...]]):
    house.lay(ALL, "dana", "priya")
    house.lay(EACH, "dana", "priya")
    house.lay(HERS, "dana", "priya", to=PRIYA, Cc=DANA)
    for accounts in turns:
        house.work_in(*accounts)

    asked = "please send me your vacation dates by Thursday noon."
    found = {whose: sorted(words) for whose, words in house.lists().items()}
    assert found == {
        DANA: ["Dana, please fax her notes by Friday.", asked],
        PRIYA: [
            "Can you send the April numbers to the auditor by Wednesday?",
            "Priya, can you call Mrs. Kim by Wednesday?",
            asked,
        ],
    }


def test_nothing_is_asked_again_when_it_is_delivered_or_quoted_again(house: House):
    house.lay(ALL, "dana", "priya")
    house.work_in("dana", "priya")
    quoted = "\n".join(f"> {line}" for line in ALL.splitlines())
    reply = {"Message_ID": "<reply@surgery.example>", "In_Reply_To": "<1@surgery.example>", "Subject": "Re: matter"}
    house.pass_time(hours=2)
    house.lay(f"Thank you.\n\nOn Mon, Mar 9, 2026, Marcus wrote:\n{quoted}\n", "priya", "dana", **reply)
    (house.folder / "priya" / "new" / "again").write_bytes((house.folder / "priya" / "new" / "0001").read_bytes())
    house.work_in("priya", "dana")

    assert [len(words) for words in house.lists().values()] == [1, 1]
    assert house.parts.ledger.audit.verify().problems == []


def test_what_was_asked_of_one_alone_is_not_asked_of_them_again_when_others_join(house: House):
    house.lay(HERS, "priya", to=PRIYA)
    house.work_in("dana", "priya")
    quoted = "\n".join(f"> {line}" for line in HERS.splitlines())
    reply = {"Message_ID": "<reply@surgery.example>", "In_Reply_To": "<1@surgery.example>", "Subject": "Re: matter"}
    house.lay(f"Adding Dana.\n\nOn Mon, Mar 9, 2026, Marcus wrote:\n{quoted}\n", "dana", "priya", **reply)
    house.work_in("dana", "priya")

    assert [len(words) for words in house.lists().values()] == [0, 1]


def test_an_answer_to_us_that_lies_in_a_colleagues_inbox_as_well_is_followed_once(house: House):
    house.lay(ALL, "dana", to=DANA)
    house.work_in("dana")
    house.lay("list", "dana", to=US, From=DANA, Subject="list")
    house.work_in("dana")
    last = house.postbox.taken[-1]
    answered = {"In_Reply_To": str(last["Message-ID"]), "Subject": f"Re: {last['Subject']}"}
    house.pass_time(minutes=5)
    house.lay("new: order gowns", "dana", "priya", to=f"{US}, {PRIYA}", From=DANA, **answered)
    house.work_in("dana", "priya")

    assert [task.title for task in house.open if task.engine == "person"] == ["Order gowns"]
    assert house.lists()[PRIYA] == []
