from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assistant.outbox.one_touch import link_to, touches
from assistant.records import Task
from tests.outbox.samples import APPEAL, DANA, NOW, local, task


def later(due: date | datetime | None) -> tuple[str, str]:
    return touches(task(12, "Order the recorder", "please order it", due), DANA, NOW)[1]


@pytest.mark.parametrize(
    ("due", "name", "words"),
    [
        (date(2026, 3, 10), "+1 day", "12 due 2026-03-11"),
        (date(2026, 3, 12), "+1 day", "12 due 2026-03-13"),
        (date(2026, 3, 13), "+1 workday", "12 due 2026-03-16"),
        (date(2026, 3, 14), "+1 workday", "12 due 2026-03-16"),
        (date(2026, 3, 2), "+1 day", "12 due 2026-03-11"),
        (date(2026, 3, 31), "+1 day", "12 due 2026-04-01"),
        (local(10, 15, 30), "+1 day", "12 due 2026-03-11 15:30"),
        (local(9, 8), "+1 day", "12 due 2026-03-11 08:00"),
        (datetime(2026, 3, 11, 3, tzinfo=UTC), "+1 day", "12 due 2026-03-11 22:00"),
        (None, "+1 day", "12 snooze until 2026-03-11"),
    ],
)
def test_one_day_more_never_brings_a_task_forward(due: date | datetime | None, name: str, words: str):
    assert later(due) == (name, words)


def test_where_nobody_works_for_weeks_a_day_is_a_day():
    idle = replace(DANA, calendar=replace(DANA.calendar, workdays=frozenset()))

    assert touches(APPEAL, idle, NOW)[1] == ("+1 day", "24 due 2026-03-11")


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_a_closed_task_has_no_links(state: str):
    closed: Task = replace(APPEAL, state=state)  # type: ignore[arg-type]

    assert touches(closed, DANA, NOW) == ()


@pytest.mark.parametrize(
    "due", [date.max, date.min, datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)]
)
def test_a_day_that_no_calendar_holds_has_no_day_after(due: date):
    found = touches(task(12, "Order the recorder", "please order it", due), DANA, NOW)

    assert [name for name, _ in found] == ["Done", "On it", "Not mine"]


@pytest.mark.parametrize(
    ("address", "start"),
    [
        ("assistant@lakeside.example", "mailto:assistant@lakeside.example?subject="),
        ("desk+a&b@lakeside.example", "mailto:desk%2Ba%26b@lakeside.example?subject="),
    ],
)
def test_a_link_is_plain_whatever_our_address_is(address: str, start: str):
    link = link_to(address, "digest.3f9a1c20b7aabbccddeeff00@lakeside.example")("12 due 2026-03-11 15:30")

    assert link == (
        f"{start}12%20due%202026-03-11%2015%3A30%20%5Bdigest%203f9a1c20b7%5D&body=12%20due%202026-03-11%2015%3A30"
    )
