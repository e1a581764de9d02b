"""Who is called about what is overdue, by the words of those who had it before: through the whole office."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.configs import person
from tests.pipeline.office import DANA, PRIYA, Office, office_config

RUTH = "ruth.adeyemi@clinic.example"
WITH_RUTH = office_config(person(RUTH, "Ruth Adeyemi", digest_at=""), priya={"supervisor": RUTH})


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
    office.pass_time(hours=(hour - office.now.hour) % 24)
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
    office.answer("done 1")
    office.work()
    office.pass_time(hours=6)
    office.answer("undo")
    office.work()
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
        office.answer(word)
        office.work()
    office.work()

    assert called(office) == [DANA]
    until(office, 11)
    assert len(called(office)) == len([DANA, "whoever has it now"])
