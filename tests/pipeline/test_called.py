"""Who is called about what is overdue, by the words of those who had it before: through the whole office."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.configs import person
from tests.pipeline.office import DANA, PRIYA, Office, office_config

RUTH = "ruth.adeyemi@clinic.example"
WITH_RUTH = office_config(person(RUTH, "Ruth Adeyemi", digest_at=""), priya={"supervisor": RUTH, "digest_at": "07:00"})


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Return an office in which it is early in the evening, and a task of Dana's was due at the end of the day."""
    office = Office(tmp_path, WITH_RUTH)
    office.work()
    office.arrive("This is urgent: please call the family of Mr. Alvarez back today.")
    office.work()
    yield office
    office.parts.ledger.close()


def until(office: Office, hour: int) -> None:
    """Let time pass until that hour in UTC; New York is four hours behind."""
    office.pass_time(hours=(hour - office.now.hour) % 24 or 24)
    office.work()


def answer_as_dana(office: Office, words: str) -> None:
    """Let Dana answer the newest mail that is hers."""
    office.postbox.taken.append(
        [mail for mail in office.postbox.taken if mail["To"].addresses[0].addr_spec == DANA][-1]
    )
    office.answer(words)
    office.postbox.taken.pop()
    office.work()


def calls(office: Office) -> list[EmailMessage]:
    return [mail for mail in office.postbox.taken if mail["Message-ID"].startswith("<escalation.")]


def called(office: Office) -> list[str]:
    return [mail["To"].addresses[0].addr_spec for mail in calls(office)]


def test_nobody_is_called_about_what_was_opened_again_just_now(office: Office):
    until(office, 22)
    assert called(office) == [DANA]
    until(office, 11)
    assert called(office) == [DANA, PRIYA]
    answer_as_dana(office, "done 1")
    office.pass_time(hours=6)
    answer_as_dana(office, "undo")
    office.work()

    assert [task.number for task in office.open] == [1]
    assert called(office) == [DANA, PRIYA]
    office.pass_time(hours=1)
    office.work()
    assert called(office) == [DANA, PRIYA, DANA]


@pytest.mark.parametrize("words", [("give 1 to Ruth",), ("done 1", "reopen 1")])
def test_who_has_an_overdue_task_since_now_has_time_for_it(office: Office, words: tuple[str, ...]):
    until(office, 22)
    for word in words:
        answer_as_dana(office, word)
    office.work()

    assert called(office) == [DANA]
    until(office, 11)
    assert len(called(office)) == len([DANA, "whoever has it now"])


def digest_of(office: Office, person: str) -> str:
    """Return the text of a person's newest digest, on one line."""
    mails = [
        mail
        for mail in office.postbox.taken
        if "digest" in mail["Message-ID"] and mail["To"].addresses[0].addr_spec == person
    ]
    body = mails[-1].get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def test_the_backups_digest_does_not_deny_what_they_are_called_about(office: Office):
    until(office, 22)
    until(office, 11)
    assert "Nothing is due" not in digest_of(office, PRIYA)
    assert "YOU WERE CALLED ABOUT (1)" in digest_of(office, PRIYA)
    office.pass_time(minutes=5)
    answer_as_dana(office, "done 1")
    until(office, 11)

    assert "YOU WERE CALLED" not in digest_of(office, PRIYA)
    assert "done by Dana Whitfield" in digest_of(office, PRIYA)
