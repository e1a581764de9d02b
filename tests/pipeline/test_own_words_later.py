"""A pause that ends by itself, an older answer taken back, a number from who stands in: through the whole office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.configs import config_text, person
from tests.pipeline.office import DANA, PRIYA, US, Office

HEAD = "head@clinic.example"
LEE = "lee@clinic.example"


def team_config(**dana: str) -> str:
    """Return an office's configuration: Dana, who stands in for her, who supervises her, and a colleague."""
    return config_text(
        people=[
            person(DANA, backup=PRIYA, supervisor=HEAD, **dana),
            person(PRIYA, digest_at=""),
            person(HEAD, "Ines Moreau", digest_at=""),
            person(LEE, "Lee Park", digest_at=""),
        ],
        accounts=[{"name": "desk", "person": DANA, "maildir": "mail"}],
        smtp={"host": "127.0.0.1", "port": 9},
    )


def with_two_tasks(folder: Path) -> Office:
    """Return an office in which Dana has two tasks and their digest."""
    office = Office(folder, team_config())
    office.arrive("Please fax the cardiac clearance for Mr. Alvarez to Ridgeview by Wednesday noon.")
    office.work()
    office.pass_time(minutes=1)
    office.arrive("Could you arrange transport for Mrs. Kim for Thursday 9am?", sender="lee@cardio.example")
    office.work()
    return office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = with_two_tasks(tmp_path)
    yield office
    office.parts.ledger.close()


def states(office: Office) -> dict[int, str]:
    return {task.number: task.state for task in office.parts.ledger.book.numbered((1, 2))}


def said(office: Office) -> str:
    return " ".join(office.said().split())


def digest_days(office: Office, days: int) -> list[str]:
    """Return the days on which digests leave, looked at each hour."""
    found = []
    for _hour in range(24 * days):
        before = len(office.postbox.taken)
        office.pass_time(hours=1)
        office.work()
        found += [f"{office.now:%a}" for mail in office.postbox.taken[before:] if "digest" in mail["Message-ID"]]
    return found


@pytest.mark.parametrize(
    "words", ["stop until thursday", "Pause the digests until Thursday, please", "parar hasta el jueves"]
)
def test_a_pause_ends_by_itself_with_the_digest_of_its_day(office: Office, words: str):
    office.answer(words)
    office.work()
    assert "rest until Thu Mar 12 and come again by themselves" in said(office)
    office.restart()

    assert digest_days(office, 5) == ["Thu", "Fri"]


def test_resume_ends_a_pause_before_its_day(office: Office):
    office.answer("stop until friday")
    office.work()
    office.answer("resume")
    office.work()

    assert digest_days(office, 2) == ["Tue", "Wed"]


@pytest.mark.parametrize("words", ["stop until yesterday", "stop until the thing is over", "pause while I am away"])
def test_a_pause_without_a_day_ahead_stops_nothing(office: Office, words: str):
    office.answer(words)
    office.work()

    assert "stop until monday" in said(office) or "not ahead of us" in said(office)
    assert digest_days(office, 1) == ["Tue"]


def ask_anew(office: Office, words: str, sender: str) -> None:
    """Let somebody write a mail of its own; where we ask whether it is theirs, it is."""
    office.arrive(words, sender=sender, to=US, Subject="the fax")
    office.work()
    office.answer("yes", sender=sender)
    office.work()


def twice_answered(office: Office) -> None:
    """Let Dana close one task, then the other; the newest mail is the receipt of the first."""
    digest = office.postbox.taken[-1]
    office.answer("done 1")
    office.work()
    first = office.postbox.taken[-1]
    office.pass_time(minutes=1)
    office.postbox.taken.append(digest)
    office.answer("done 2")
    office.work()
    office.postbox.taken.append(first)


def test_undo_under_an_older_receipt_takes_back_what_that_receipt_tells(office: Office):
    twice_answered(office)
    office.answer("undo")
    office.work()

    assert "The changes of that older answer are taken back: #1." in said(office)
    assert states(office) == {1: "open", 2: "done"}


def test_undo_under_an_older_receipt_leaves_what_somebody_else_changed_since(office: Office):
    twice_answered(office)
    first = office.postbox.taken[-1]
    ask_anew(office, "reopen 1", PRIYA)
    office.postbox.taken.append(first)
    office.answer("undo")
    office.work()

    assert "Somebody else changed #1 since" in said(office)
    assert states(office) == {1: "open", 2: "done"}


def test_undo_twice_under_the_same_receipt_takes_nothing_else_back(office: Office):
    twice_answered(office)
    first = office.postbox.taken[-1]
    for _time in range(2):
        office.postbox.taken.append(first)
        office.pass_time(minutes=1)
        office.answer("undo")
        office.work()

    assert "taken back already" in said(office)
    assert states(office) == {1: "open", 2: "done"}


@pytest.mark.parametrize(("sender", "state"), [(PRIYA, "done"), (HEAD, "done"), (LEE, "open")])
def test_a_bare_number_in_a_new_mail_is_obeyed_where_its_writer_stands_in_or_supervises(
    office: Office, sender: str, state: str
):
    ask_anew(office, "done 1", sender)

    assert states(office) == {1: state, 2: "open"}


def test_an_answer_that_came_in_time_is_followed_however_late_it_is_read(office: Office):
    office.answer("done 1")
    office.pass_time(days=30)
    office.work()

    assert states(office) == {1: "done", 2: "open"}


def test_an_answer_that_comes_after_the_mails_time_is_asked_about(office: Office):
    last = office.postbox.taken[-1]
    office.pass_time(days=30)
    office.arrive("done 1", sender=DANA, to=US, In_Reply_To=str(last["Message-ID"]), Subject=f"Re: {last['Subject']}")
    office.work()

    assert states(office) == {1: "open", 2: "open"}
