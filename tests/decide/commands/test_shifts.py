"""A task that is put off by a span goes on from its own day, not from the day of the reply."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from assistant.decide.commands import read_reply
from assistant.records import Deadline
from tests.decide.commands.replies_made import NOW, digest
from tests.decide.tasks_made import local

THURSDAY = Deadline(due=date(2026, 3, 12), words="by Thursday", rule="weekday")
AT_NOON = Deadline(due=local(3, 12, 12), words="Thursday noon", rule="weekday")
GONE = Deadline(due=date(2026, 3, 5), words="by March 5", rule="date")


def put_off(words: str, deadline: Deadline | None = THURSDAY) -> list[str]:
    asked = digest()
    asked = replace(asked, tasks=tuple(replace(task, deadline=deadline) for task in asked.tasks))
    found = read_reply(words, asked)
    return [f"{one.op} {one.number} {one.until.due.isoformat()}" for one in found.operations if one.until is not None]


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("push 4 out a week", "2026-03-19"),
        ("push 4 a week", "2026-03-19"),
        ("can we move 4 by one week", "2026-03-19"),
        ("bump #4 a day", "2026-03-13"),
        ("push 4 out 2 days", "2026-03-16"),
        ("delay 4 by two business days", "2026-03-16"),
        ("4 +1 day", "2026-03-13"),
        ("4: +2 weeks please", "2026-03-26"),
        ("4 can go one week later", "2026-03-19"),
        ("mueve 4 una semana", "2026-03-19"),
        ("mueve la 4 dos semanas mas", "2026-03-26"),
        ("push the warfarin one out a week", "2026-03-19"),
    ],
)
def test_a_span_counts_from_the_tasks_own_day(words: str, due: str):
    assert put_off(words) == [f"due 4 {due}"]


def test_each_of_several_goes_on_from_its_own_day_and_keeps_its_hour():
    asked = digest()
    days = {4: THURSDAY, 5: AT_NOON, 7: GONE, 9: None}
    asked = replace(asked, tasks=tuple(replace(one, deadline=days.get(one.number)) for one in asked.tasks))
    found = {one.number: one.until for one in read_reply("push 4, 5, 7 and 9 a week", asked).operations}
    due = {number: until.due for number, until in found.items() if until is not None}

    assert due[4] == date(2026, 3, 19)
    assert isinstance(due[5], datetime)
    assert due[5] == local(3, 19, 12)
    assert due[7] == due[9] == NOW.date().replace(day=17), "what is over, or has no day, goes on from today"


@pytest.mark.parametrize(
    "words",
    ["move 4 back a day", "push 4 a bit", "4 is 28 weeks along", "push 4 a week if the lab agrees", "4 took 2 days"],
)
def test_what_names_no_span_to_put_a_task_off_by_moves_none(words: str):
    assert put_off(words) == []
