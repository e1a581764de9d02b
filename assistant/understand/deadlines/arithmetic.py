"""Days and instants counted on a calendar: weekdays, months, working days, clocks across the change of summer time."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from assistant.records import Calendar

# A calendar without a single working day must not hang the count.
_MOST_IDLE_DAYS: Final = 366
_FAR: Final = 3_000
"""Counts above this are no deadlines but noise, in any unit."""


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return that day, None where there is none, such as 30 February."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_days(day: date, count: int) -> date | None:
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def add_months(day: date, count: int) -> date | None:
    """Return the same day of a later month, or its last day where it is shorter.

    >>> add_months(date(2028, 1, 31), 1)
    datetime.date(2028, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date, months: int = 0) -> date | None:
    moved = add_months(day.replace(day=1), months)
    return moved and moved.replace(day=monthrange(moved.year, moved.month)[1])


def week_start(day: date, weeks: int = 0) -> date | None:
    """Return the Monday of the week that `day` is in, `weeks` later."""
    return add_days(day, 7 * weeks - day.weekday())


def next_weekday(after: date, weekday: int) -> date | None:
    """Return the first such day on or after the day after `after`."""
    return add_days(after, (weekday - after.weekday() - 1) % 7 + 1)


def add_workdays(day: date, count: int, calendar: Calendar) -> date | None:
    """Return the day that lies `count` working days after `day`, before it where `count` is negative."""
    step = 1 if count > 0 else -1
    left, idle, moved = abs(count), 0, day
    if left > _FAR:
        return None
    while left:
        following = add_days(moved, step)
        if following is None or idle > _MOST_IDLE_DAYS:
            return None
        moved = following
        if calendar.is_workday(moved):
            left, idle = left - 1, 0
        else:
            idle += 1
    return moved


def first_workday(day: date, calendar: Calendar) -> date:
    """Return `day`, or the first working day after it within its week."""
    for step in range(7 - day.weekday()):
        moved = add_days(day, step)
        if moved and calendar.is_workday(moved):
            return moved
    return day


def nth_weekday(first: date, weekday: int, nth: int) -> date | None:
    """Return the `nth` such weekday of the month that begins on `first`; -1 is the last one."""
    if nth < 0:
        last = month_end(first)
        found = last and add_days(last, -((last.weekday() - weekday) % 7) + 7 * (nth + 1))
    else:
        found = add_days(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if found and (found.year, found.month) == (first.year, first.month) else None


def first_match(start: date, days: int, wanted: Callable[[date], bool]) -> date | None:
    """Return the first day of the `days` from `start` on that is wanted."""
    for step in range(days):
        day = add_days(start, step)
        if day is None:
            return None
        if wanted(day):
            return day
    return None


def at_clock(day: date, clock: time, source: tzinfo, zone: tzinfo) -> datetime | None:
    """Return the instant at which clocks in `source` show `clock` on `day`, told in `zone`.

    A time that the spring change leaves out moves forward; of one that comes twice it is the first.
    """
    try:
        local = datetime.combine(day, clock, source)
        return local.astimezone(UTC).astimezone(zone)
    except (OverflowError, ValueError):
        return None


def add_duration(instant: datetime, duration: timedelta) -> datetime | None:
    """Return the instant that really lies `duration` later: counted in UTC, told in the same zone."""
    try:
        return (instant.astimezone(UTC) + duration).astimezone(instant.tzinfo)
    except OverflowError:
        return None


def in_zone(instant: datetime, zone: tzinfo) -> datetime:
    """Return `instant` in `zone`; one without a zone is taken to be there already."""
    if instant.tzinfo is None:
        return instant.replace(tzinfo=zone)
    try:
        return instant.astimezone(zone)
    except OverflowError:
        return instant.replace(tzinfo=zone)


def is_far(count: int) -> bool:
    return count > _FAR
