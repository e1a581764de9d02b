from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.pipeline import collect, receive
from tests.pipeline.office import DANA, FAX, PRIYA, SEND, US, Office

CALL = "Please call the transport desk for Mr. Osei today, this is urgent, by 11 am."
NAMES_BEFORE_A_WEEKEND = ("Done", "+1 workday", "On it", "Not mine")


class Links(HTMLParser):
    """Collects the links of a mail, by their names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._href: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href = dict(attrs)["href"]

    def handle_data(self, data: str) -> None:
        if self._href is not None:
            self.found.append((" ".join(data.split()), self._href))
            self._href = None


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.parts.ledger.close()


def arrived(office: Office, *texts: str) -> None:
    """Let mails be read one after the other, so that their tasks have the numbers in that order."""
    for text in texts:
        office.arrive(text)
        collect(office.parts, "desk")
        receive(office.parts)


def links(mail: EmailMessage) -> list[tuple[str, str]]:
    html = mail.get_body(("html",))
    assert html is not None
    found = Links()
    found.feed(html.get_content())
    return found.found


def written(link: str) -> tuple[str, str, str]:
    """Return the recipient, subject and text of the mail that a mail program opens for a link."""
    parts = urlsplit(link)
    asked = parse_qs(parts.query, strict_parsing=True)
    assert parts.scheme == "mailto"
    return parts.path, asked["subject"][0], asked["body"][0]


def touch(
    office: Office, name: str, number: int, sender: str = DANA, *, text: str | None = None, **headers: str
) -> None:
    """Let a person touch a link of the newest mail, and send what it opens; `text` stands in for its text."""
    for found, link in links(office.postbox.taken[-1]):
        to, subject, body = written(link)
        if found == name and body.startswith(f"{number} "):
            office.arrive(body if text is None else text, sender, to, **({"Subject": subject} | headers))
            office.work()
            return
    raise AssertionError(f"no link {name} for #{number}")


def test_each_task_of_a_digest_has_four_links_in_its_html_and_none_in_its_text(office: Office):
    arrived(office, FAX, SEND)
    office.work()

    opened = [(name, *written(link)) for name, link in links(office.postbox.taken[-1])]
    assert [name for name, *_ in opened] == ["Done", "+1 day", "On it", "Not mine", *NAMES_BEFORE_A_WEEKEND]
    assert {to for _, to, _, _ in opened} == {US}
    assert [body for *_, body in opened][:4] == ["1 done", "1 due 2026-03-11 12:00", "1 ack", "1 not mine"]
    assert all(subject.startswith(f"{body} [digest ") for *_, subject, body in opened)
    assert "mailto" not in office.said()
    assert "Not mine" not in office.said()


def test_links_hold_nothing_that_a_mail_program_reads_in_two_ways(office: Office):
    office.arrive(FAX)
    office.work()

    for _, link in links(office.postbox.taken[-1]):
        plain = link.removeprefix("mailto:").replace("?subject=", "").replace("&body=", "")
        assert not set(plain) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@.%-")
        assert "%0D" not in link
        assert "%0A" not in link
        assert len(link) < 300


def test_done_with_one_touch_closes_the_task_and_is_answered(office: Office):
    office.arrive(FAX)
    office.work()
    touch(office, "Done", 1)

    assert not office.open
    assert "#1 is done." in office.said()
    assert "not understood" not in office.said()


@pytest.mark.parametrize(
    "signature", ["", "\n\nSent from my iPhone", "\n\n-- \nDana Whitfield\nCare Coordinator, ext 12"]
)
def test_a_signature_below_changes_nothing(office: Office, signature: str):
    office.arrive(FAX)
    office.work()
    touch(office, "Done", 1, text=f"1 done{signature}")

    assert not office.open
    assert "NOT CARRIED OUT" not in office.said()


def test_one_day_more_counts_from_the_deadline_and_keeps_its_hour(office: Office):
    office.arrive(FAX)
    office.work()
    touch(office, "+1 day", 1)

    deadline = office.open[0].deadline
    assert deadline is not None
    assert deadline.due.isoformat() == "2026-03-11T12:00:00-04:00"


def test_one_day_more_touched_days_later_is_still_the_day_that_was_shown(office: Office):
    office.arrive(SEND)
    office.work()
    digest = office.postbox.taken[-1]
    office.pass_time(days=1)
    office.postbox.taken.append(digest)
    touch(office, "+1 workday", 1)

    deadline = office.open[0].deadline
    assert deadline is not None
    assert deadline.due.isoformat() == "2026-03-16"


def test_on_it_acknowledges_and_closes_nothing(office: Office):
    office.arrive(FAX)
    office.work()
    touch(office, "On it", 1)

    assert office.open[0].acknowledged_until is not None


def test_not_mine_changes_nothing_and_asks_who_shall_have_it(office: Office):
    office.arrive(FAX)
    office.work()
    touch(office, "Not mine", 1)

    assert office.open[0].owner == DANA
    assert "Who should have #1?" in office.said()


def test_an_answer_to_who_shall_have_it_needs_no_number(office: Office):
    arrived(office, FAX, SEND)
    office.work()
    touch(office, "Not mine", 1)
    office.answer("give it to Priya")
    office.work()

    assert {task.number: task.owner for task in office.open} == {1: PRIYA, 2: DANA}


def test_the_subject_counts_where_a_mail_program_lost_the_text(office: Office):
    office.arrive(FAX)
    office.work()
    touch(office, "Done", 1, text="")

    assert not office.open


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("1 not done [digest {code}]", "1 done"),
        ("2 done [digest {code}]", "1 done"),
        ("not 1 [digest {code}]", "1 done"),
    ],
)
def test_a_subject_and_a_text_that_disagree_are_asked_about(office: Office, subject: str, text: str):
    arrived(office, FAX, SEND)
    office.work()
    code = str(office.postbox.taken[-1]["Message-ID"])[len("<digest.") :][:10]
    office.arrive(text, DANA, US, Subject=subject.format(code=code))
    office.work()

    assert len(office.open) == 2
    assert "do not say the same" in " ".join(office.said().split())


@pytest.mark.parametrize(
    ("text", "is_open"),
    [("1 not done yet", True), ("1 due thursday", True), ("1 done?", True), ("1 done\n2 due thursday", False)],
)
def test_a_text_that_the_person_changed_counts_alone(office: Office, text: str, *, is_open: bool):
    arrived(office, FAX, SEND)
    office.work()
    touch(office, "Done", 1, text=text)

    assert (1 in {task.number for task in office.open}) is is_open


def test_a_mail_of_one_touch_that_is_passed_on_is_no_command(office: Office):
    office.arrive(FAX)
    office.work()
    code = str(office.postbox.taken[-1]["Message-ID"])[len("<digest.") :][:10]
    office.arrive("", DANA, US, Subject=f"Fwd: 1 done [digest {code}]")
    office.work()

    assert [task.state for task in office.open] == ["open"]


@pytest.mark.parametrize("sender", ["stranger@elsewhere.example", f"{DANA}.evil.example"])
def test_a_link_in_strange_hands_does_nothing(office: Office, sender: str):
    office.arrive(FAX)
    office.work()
    sent = len(office.postbox.taken)
    touch(office, "Done", 1, sender)

    assert 1 in {task.number for task in office.open}
    assert len(office.postbox.taken) == sent


def test_a_link_in_a_colleagues_hands_closes_nothing(office: Office):
    office.arrive(FAX)
    office.work()
    touch(office, "Done", 1, PRIYA)

    assert [task.number for task in office.open] == [1]


def test_an_automatic_mail_with_our_subject_is_no_command(office: Office):
    office.arrive(FAX)
    office.work()
    touch(office, "Done", 1, Auto_Submitted="auto-replied")

    assert [task.number for task in office.open] == [1]


def test_the_same_touch_twice_changes_nothing_more(office: Office):
    office.arrive(FAX)
    office.work()
    digest = office.postbox.taken[-1]
    touch(office, "Done", 1)
    office.postbox.taken.append(digest)
    touch(office, "Done", 1)

    assert "done already" in office.said()
    assert len([one for one in office.parts.ledger.book.history(1) if one.actor == DANA]) == 1


def test_the_links_of_a_call_work_for_the_backup_whose_list_it_is_not_on(office: Office):
    office.arrive(CALL)
    while not any(str(mail["To"]).endswith(f"<{PRIYA}>") for mail in office.postbox.taken):
        office.pass_time(hours=1)
        office.work()
        assert office.now.day < 12
    office.postbox.taken.append(next(m for m in office.postbox.taken if str(m["To"]).endswith(f"<{PRIYA}>")))
    touch(office, "Done", 1, PRIYA)

    assert not office.open


def test_links_work_after_a_restart(office: Office):
    office.arrive(FAX)
    office.work()
    office.restart()
    office.pass_time(minutes=5)
    touch(office, "Done", 1)

    assert not office.open
    assert office.now - timedelta(days=1) < office.parts.ledger.book.task(1).changed_at
