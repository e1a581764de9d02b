from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.decide.digest import DueDigest, compose, due_digest
from assistant.records import Calendar, Digest, TaskMarked
from tests.decide.tasks_made import DANA, PRIYA, balance, due, local, task

TUESDAY = date(2026, 3, 10)
NOW = local(3, 10, 7)


def digest(*tasks: Any, **changes: Any) -> Digest:  # noqa: ANN401 - passed on to compose
    given: dict[str, Any] = {
        "person": DANA,
        "due": DueDigest(local_day=TUESDAY, is_late=False),
        "number": 14,
        "closed": (),
        "balance": balance(),
        "unreadable": (),
        "warnings": (),
        "now": NOW,
    }
    return compose(tasks=tasks, **{**given, **changes})


@pytest.mark.parametrize(
    ("last_day", "now", "expected"),
    [
        (date(2026, 3, 9), local(3, 10, 6, 59), None),
        (date(2026, 3, 9), local(3, 10, 7), DueDigest(local_day=TUESDAY, is_late=False)),
        (date(2026, 3, 9), local(3, 10, 8), DueDigest(local_day=TUESDAY, is_late=False)),
        (date(2026, 3, 9), local(3, 10, 8, 1), DueDigest(local_day=TUESDAY, is_late=True)),
        (date(2026, 3, 9), local(3, 10, 18, 59), DueDigest(local_day=TUESDAY, is_late=True)),
        (date(2026, 3, 9), local(3, 10, 19), None),  # twelve hours late: tomorrow's says it all
        (date(2026, 3, 3), local(3, 10, 7, 30), DueDigest(local_day=TUESDAY, is_late=False)),  # a week was missed: one
        (TUESDAY, local(3, 10, 7, 1), None),
        (TUESDAY, local(3, 9, 12), None),  # the clock was set back
        (date(2026, 3, 6), local(3, 7, 7), None),  # a Saturday
        (date(2026, 7, 2), local(7, 3, 7), None),  # a holiday
        (None, local(3, 10, 7), DueDigest(local_day=TUESDAY, is_late=False)),
    ],
)
def test_a_digest_is_due_once_for_each_working_day_and_is_caught_up_while_it_is_worth_it(
    last_day: date | None, now: datetime, expected: DueDigest | None
):
    assert due_digest(DANA, last_day, now) == expected


def test_an_evening_digest_is_caught_up_after_midnight():
    evening = replace(DANA, digest_at=time(20))

    found = due_digest(evening, date(2026, 3, 9), local(3, 11, 5))

    assert found == DueDigest(local_day=TUESDAY, is_late=True)


def test_who_wants_no_digest_gets_none():
    assert due_digest(replace(DANA, digest_at=None), None, local(3, 10, 7)) is None


@pytest.mark.parametrize("digest_at", [time(7), time(2, 30), time(23, 55)])
@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "America/Phoenix"])
def test_a_year_of_ticks_brings_one_digest_for_each_local_working_day(zone: str, digest_at: time):
    days_off = frozenset({date(2026, 1, 1), date(2026, 7, 3), date(2026, 12, 25)})
    calendar = Calendar(zone=ZoneInfo(zone), workdays=frozenset(range(7)), holidays=days_off)
    person = replace(DANA, calendar=calendar, digest_at=digest_at)
    sent: list[date] = []
    now = datetime(2026, 1, 1, 0, 5, tzinfo=UTC)
    while now < datetime(2027, 1, 3, tzinfo=UTC):
        found = due_digest(person, sent[-1] if sent else date(2025, 12, 31), now)
        if found:
            assert not found.is_late
            sent.append(found.local_day)
        now += timedelta(minutes=10)
    year = [date(2026, 1, 1) + timedelta(days=count) for count in range(365)]

    assert [day for day in sent if day.year == 2026] == [day for day in year if day not in days_off]


def test_each_open_task_stands_in_exactly_one_section():
    tasks = (
        task(1, deadline=due(date(2026, 3, 9))),
        task(2, deadline=due(local(3, 10, 6, 59))),
        task(3, deadline=due(local(3, 10, 15, 30))),
        task(4, deadline=due(TUESDAY)),
        task(5, deadline=due(date(2026, 3, 11))),
        task(6),
        task(7, owner="dr.lee@hospital.example", deadline=due(date(2026, 3, 9))),
        task(8, waiting=True),
        task(9, certain=False),
        task(10, marked=TaskMarked(claim="looks_done", quote="all set"), deadline=due(date(2026, 3, 9))),
        task(11, snoozed_until=date(2026, 3, 11)),
        task(12, state="done"),
    )

    found = digest(*tasks)

    sections = (found.overdue, found.today, found.later, found.waiting, found.needs_look)
    assert [[one.number for one in section] for section in sections] == [[1, 2], [3, 4], [5, 6], [7, 8], [10, 9]]
    assert found.snoozed == 1


@pytest.mark.parametrize(
    ("coordinator", "owner", "is_shown"),
    [
        (DANA.email, None, True),
        (DANA.email, PRIYA.email, True),
        (PRIYA.email, DANA.email, True),
        (PRIYA.email, "D.Whitfield@clinic.example", True),
        (PRIYA.email, None, False),
        (PRIYA.email, "dr.lee@hospital.example", False),
    ],
)
def test_a_digest_shows_what_its_reader_owes_and_what_came_in_for_them(
    coordinator: str, owner: str | None, *, is_shown: bool
):
    one = task(1, coordinator=coordinator, owner=owner)

    assert bool(digest(one).listed) is is_shown
    assert bool(digest(closed=(replace(one, state="done"),)).closed) is is_shown


def test_what_a_colleague_waits_for_waits_on_their_list_and_is_due_on_its_owners():
    one = task(1, coordinator=PRIYA.email, owner=DANA.email, waiting=True, deadline=due(TUESDAY))

    assert digest(one).today == (one,)
    assert digest(one, person=PRIYA).waiting == (one,)


def test_what_yields_stands_in_its_own_section():
    first, second, third = (task(number, priority="critical", deadline=due(TUESDAY)) for number in (1, 2, 3))
    fourth = task(4, deadline=due(TUESDAY))

    found = digest(first, second, third, fourth, yielding=frozenset({2, 3}))

    assert (found.today, found.newcomers) == ((first, fourth), (second, third))
    assert found.listed == (first, fourth, second, third)


def test_critical_comes_first_then_the_earlier_deadline_then_the_lower_number():
    tasks = (
        task(1),
        task(2, deadline=due(date(2026, 3, 20))),
        task(3, deadline=due(date(2026, 3, 12)), priority="high"),
        task(4, deadline=due(date(2026, 3, 30)), priority="critical"),
        task(5, deadline=due(date(2026, 3, 12))),
    )

    assert [one.number for one in digest(*tasks).later] == [4, 3, 5, 2, 1]


@pytest.mark.parametrize(
    ("until", "is_hidden"),
    [
        (date(2026, 3, 11), True),
        (local(3, 11, 7), True),
        (TUESDAY, False),
        (local(3, 10, 15), False),  # comes back before the next digest
        (date(9999, 12, 31), True),
    ],
)
def test_a_snoozed_task_is_hidden_until_its_day(until: date | datetime, *, is_hidden: bool):
    found = digest(task(1, snoozed_until=until))

    assert found.snoozed == int(is_hidden)
    assert bool(found.listed) is not is_hidden


@pytest.mark.parametrize("moment", [date.min, date.max, datetime.max.replace(tzinfo=UTC)])
def test_a_deadline_beyond_the_calendar_breaks_no_digest(moment: date):
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        person = replace(DANA, calendar=Calendar(zone=ZoneInfo(zone)))

        assert len(digest(task(1, deadline=due(moment)), person=person).later) == 1


def test_a_balance_that_does_not_add_up_is_shown_with_a_warning():
    found = digest(balance=balance(read=3, tasks=1, no_task=1), warnings=("The model is out.",))

    assert found.warnings[0] == "The model is out."
    assert "does not add up" in found.warnings[1]
    assert digest(balance=balance(read=2, tasks=1, no_task=1)).warnings == ()


def test_what_is_critical_and_has_no_date_stands_first_under_today_and_is_overdue_tomorrow():
    new = task(2, deadline=None, priority="critical", opened_at=local(3, 9, 18))
    old = task(3, deadline=None, priority="critical", opened_at=local(3, 9, 8))
    raised = replace(old, number=4, left_since=local(3, 9, 18))
    made = digest(task(1, deadline=due(TUESDAY)), new, old, raised)

    assert [one.number for one in made.today] == [2, 4, 1]
    assert [one.number for one in made.overdue] == [3]


def test_who_was_called_about_others_tasks_finds_them_until_somebody_takes_them_up_and_hears_how_they_end():
    late = due(local(3, 9, 9))
    theirs = task(12, deadline=late, owner=PRIYA.email, coordinator=PRIYA.email, called=(PRIYA.email, DANA.email))
    others = task(13, deadline=late, owner=PRIYA.email, coordinator=PRIYA.email, called=(PRIYA.email,))
    own = task(14, deadline=late, called=(DANA.email,))
    ended = replace(theirs, number=15, state="done", changed_by=PRIYA.email)
    made = digest(theirs, others, own, closed=(ended, replace(ended, number=16, called=())))

    assert [one.number for one in made.called] == [12]
    assert [one.number for one in made.overdue] == [14]
    assert [one.number for one in made.closed] == [15]
    assert [one.number for one in made.listed] == [14, 12]
