"""A person's calendar and clock -> the moments that count: when a local time falls, when nobody is to be called."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.records import Person, Task

NEVER = datetime.max.replace(tzinfo=UTC)
"""Later than everything; "due 12/31/9999" is how some systems say it."""

_MINUTE = timedelta(minutes=1)
_LAST_YEAR = 9998
"""Beyond it, a moment cannot be told in every zone."""


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, at which `zone`'s clocks show `at` on `day`.

    A time that the clocks skip in spring becomes the next one that they show; of one that they show twice in autumn,
    the first counts.

    >>> instant(date(2026, 3, 8), time(2, 30), ZoneInfo("America/New_York")).isoformat()
    '2026-03-08T07:00:00+00:00'
    """
    wall = datetime.combine(day, at)
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    wall = wall.replace(second=0, microsecond=0)
    # Zones have skipped from half an hour (Lord Howe) to a whole day (Samoa, 2011): walking is simple and always ends.
    while moment.astimezone(zone).replace(tzinfo=None) != wall:
        wall += _MINUTE
        moment = wall.replace(tzinfo=zone).astimezone(UTC)
    return moment


def local_day(now: datetime, person: Person) -> date:
    return now.astimezone(person.calendar.zone).date()


def is_quiet(now: datetime, person: Person) -> bool:
    """Return whether `person` is not to be called now: in their quiet hours, and on days on which they do not work."""
    local = now.astimezone(person.calendar.zone)
    if not person.calendar.is_workday(local.date()):
        return True
    begins, ends, at = person.quiet_from, person.quiet_until, local.time()
    if begins <= ends:
        return begins <= at < ends
    return at >= begins or at < ends


def quiet_until(now: datetime, person: Person) -> datetime | None:
    """Return the moment, in UTC, at which the quiet time ends that `person` has now; None where they have none.

    Whoever works on no day within a year is called all the same.
    """
    if not is_quiet(now, person):
        return None
    today, zone = local_day(now, person), person.calendar.zone
    for ahead in range(366):
        ends = instant(today + timedelta(days=ahead), person.quiet_until, zone)
        if ends > now and not is_quiet(ends, person):
            return ends
    return None


def passes_at(task: Task, person: Person) -> datetime:
    """Return the moment, in UTC, after which the task is overdue by `person`'s calendar; NEVER without a deadline.

    "STAT" names no hour and means this one: what is critical is due by the end of the day on which it came, or on which
    a person's word last left it to its owner.
    """
    if task.deadline is None and task.priority == "critical":
        return _day_ends_after(task.left_since or task.opened_at, person)
    if task.deadline is None or not 1 < task.deadline.due.year <= _LAST_YEAR:
        return NEVER
    return task.deadline.passes_at(person.calendar).astimezone(UTC)


def _day_ends_after(moment: datetime, person: Person) -> datetime:
    day, calendar = local_day(moment, person), person.calendar
    ends = instant(day, calendar.day_ends, calendar.zone)
    return ends if ends > moment else instant(day + timedelta(days=1), calendar.day_ends, calendar.zone)


def comes_back_at(task: Task, person: Person) -> datetime | None:
    """Return the moment, in UTC, at which a snooze ends: a day begins with its working day. None: it has none."""
    until = task.snoozed_until
    if until is None:
        return None
    if not 1 < until.year <= _LAST_YEAR:
        return NEVER
    if isinstance(until, datetime):
        return until.astimezone(UTC)
    return instant(until, person.calendar.day_starts, person.calendar.zone)
