"""A phrase and the moment it was written -> the day or instant it means. Counts as the mail's reader would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from assistant.records import Calendar
from assistant.understand.deadlines import arithmetic
from assistant.understand.deadlines.day_rules import Day, day_of
from assistant.understand.deadlines.phrases import Phrase
from assistant.understand.deadlines.pieces import (
    Clock,
    Length,
    PartName,
    Relative,
    Weekday,
)
from assistant.understand.deadlines.setting import Setting

_NOON: Final = 12
_LAST_AFTERNOON: Final = 6
# "In two months, on a Tuesday" is the next one; "in 4 days, on Monday" may be a day off.
_MOST_AHEAD: Final = 5
_DAY_S: Final = 86_400
_PART_ENDS: Final[dict[PartName, time]] = {
    "morning": time(12),
    "noon": time(12),
    "afternoon": time(17),
    "evening": time(21),
    "night": time(23, 59),
}

Due = date | datetime
Resolved = tuple[Due, str]


def resolve(phrase: Phrase, setting: Setting) -> Resolved | None:
    """Return what is meant and the rule that said so, None where the phrase alone does not tell."""
    resolved = _resolve_end(phrase, setting)
    if resolved is None or phrase.begin is None or phrase.day or not phrase.weekday:
        return resolved
    # On a Tuesday "Mon-Wed" ends with the Wednesday behind that Monday.
    begin = _resolve_end(phrase.begin, setting)
    if begin is None or not _is_before(resolved[0], begin[0]):
        return resolved
    later = replace(phrase.weekday, weeks_later=phrase.weekday.weeks_later + 1)
    return _resolve_end(replace(phrase, weekday=later), setting)


def _is_before(one: Due, other: Due) -> bool:
    days = [due.date() if isinstance(due, datetime) else due for due in (one, other)]
    return days[0] < days[1]


def _resolve_end(phrase: Phrase, setting: Setting) -> Resolved | None:
    if phrase.offset is not None:
        return _offset(phrase, phrase.offset, setting)
    if isinstance(phrase.day, Length):
        added = day_of(replace(phrase, day=None), setting) if phrase.weekday and phrase.day.is_added else None
        if added is not None:
            counted = _length(phrase.day, None, added[0], setting.calendar)
            return (counted, "counted from a day") if counted else None
        if phrase.day.to_reference and setting.letter_day is not None:
            counted = _length(phrase.day, None, setting.letter_day, setting.calendar)
            return (counted, "in days of a letter") if counted else None
        moved = _length(phrase.day, setting.reference, setting.today, setting.calendar)
        if moved is None or isinstance(moved, datetime):
            return (moved, "in hours") if moved else None
        return _at_time(phrase, (_near_weekday(moved, phrase.weekday), "in days"), setting)
    day = day_of(phrase, setting)
    if day is not None:
        return _at_time(phrase, day, setting)
    if phrase.weekday or phrase.day:
        return None
    return _without_day(phrase, setting)


def _without_day(phrase: Phrase, setting: Setting) -> Resolved | None:
    if phrase.close is not None:
        return _at_time(phrase, (setting.today, "end of day"), setting)
    if phrase.part is not None and phrase.part.is_this:
        return _at_time(phrase, (setting.today, "part of day"), setting)
    if phrase.clock is not None:
        return _next_clock(phrase, phrase.clock, setting)
    if phrase.part is not None and phrase.part.name in {"opening", "first", "morning"}:
        is_ahead = phrase.part.name == "opening" and setting.reference.time() < setting.calendar.day_starts
        following = arithmetic.add_days(setting.today, 0 if is_ahead else 1)
        return _at_time(phrase, (following, "part of day"), setting) if following else None
    return None


def _at_time(phrase: Phrase, day: Day, setting: Setting) -> Resolved | None:
    """Return the instant on `day` where the phrase names one, else the day."""
    on, rule = day
    zone = setting.calendar.zone
    part = phrase.part.name if phrase.part else None
    if part is None and isinstance(phrase.day, Relative):
        part = phrase.day.part
    if phrase.clock is not None:
        clocks = _options(phrase.clock, part)
        instants = [arithmetic.at_clock(on, clock, _zone_of(phrase, setting), zone) for clock in clocks]
        # "by 8 today", written at ten, is eight in the evening.
        ahead = [one for one in instants if one and one > setting.reference] if on == setting.today else []
        instant = (ahead or instants)[0]
        return (instant, f"{rule}, clock") if instant else None
    if part is not None and phrase.close is None:
        instant = arithmetic.at_clock(on, _part_end(part, setting.calendar), zone, zone)
        return (instant, f"{rule}, part of day" if rule != "part of day" else rule) if instant else None
    if phrase.close is not None and rule != "end of day":
        rule = f"end of day, {rule}"
    return on, rule


def _zone_of(phrase: Phrase, setting: Setting) -> tzinfo:
    """Return whose clocks the phrase speaks of: a named zone's, the writer's, else the reader's."""
    said = phrase.zone
    if said is None or said.is_readers:
        return setting.calendar.zone
    return said.zone or setting.writers_zone or setting.calendar.zone


def _part_end(part: PartName, calendar: Calendar) -> time:
    if part == "opening":
        return calendar.day_starts
    if part == "first":
        return time(min(calendar.day_starts.hour + 1, 23), calendar.day_starts.minute)
    return _PART_ENDS[part]


def _options(clock: Clock, part: PartName | None) -> tuple[time, ...]:
    """Return the times of day that a clock time can mean, the likeliest first."""
    hour, minute, second = clock.hour, clock.minute, clock.second
    if clock.half or hour > _NOON or hour == 0:
        return (time(hour, minute, second),)
    morning, later = time(hour % _NOON, minute, second), time(hour % _NOON + _NOON, minute, second)
    if part in {"first", "morning"}:
        return (later,) if hour == _NOON else (morning,)
    if part in {"afternoon", "evening", "night"}:
        return (later,)
    # From one to six people mean the afternoon; twelve is noon.
    return (later, morning) if hour <= _LAST_AFTERNOON or hour == _NOON else (morning, later)


def _next_clock(phrase: Phrase, clock: Clock, setting: Setting) -> Resolved | None:
    """Return when the clock next shows that time after the reference."""
    zone = setting.calendar.zone
    source = _zone_of(phrase, setting)
    there = arithmetic.in_zone(setting.reference, source).date()
    options = _options(clock, phrase.part.name if phrase.part else None)
    following = arithmetic.add_days(there, 1)
    today = [arithmetic.at_clock(there, option, source, zone) for option in options]
    # "by 5", written at six in the evening, is tomorrow's five, not tonight's.
    later = [arithmetic.at_clock(following, options[0], source, zone)] if following else []
    for instant in (*today, *later):
        if instant is not None and instant > setting.reference:
            return instant, "clock"
    return None


def _offset(phrase: Phrase, offset: Length, setting: Setting) -> Resolved | None:
    """Count from the day or instant that the phrase's anchor says: three days before 3/9."""
    anchor = resolve(phrase.anchor, setting) if phrase.anchor else None
    if anchor is None and phrase.point is not None:
        anchor = phrase.point, ""
    if anchor is None:
        return None
    if offset.event and phrase.clock is None:
        return anchor[0], "until an event"
    counted = offset if offset.way == "after" else _negated(offset)
    point = anchor[0]
    if offset.weekday is not None:
        day = point.astimezone(setting.calendar.zone).date() if isinstance(point, datetime) else point
        found = _weekday_from(day, offset.weekday, counted.amounts[0][0])
        return _at_time(phrase, (found, "counted from a day"), setting) if found else None
    if isinstance(point, datetime):
        moved = _length(counted, point, point.astimezone(setting.calendar.zone).date(), setting.calendar)
    else:
        moved = _length(counted, None, point, setting.calendar)
    if moved is None or isinstance(moved, datetime):
        return (moved, "counted from a time") if moved else None
    return _at_time(phrase, (moved, "counted from a day"), setting)


def _weekday_from(day: date, weekday: int, count: int) -> date | None:
    """Return the `count`-th such weekday after `day`, before it where `count` is negative."""
    if count > 0:
        first = arithmetic.next_weekday(day, weekday)
        return first and arithmetic.add_days(first, 7 * (count - 1))
    back = (day.weekday() - weekday - 1) % 7 + 1
    return arithmetic.add_days(day, 7 * (count + 1) - back)


def _negated(length: Length) -> Length:
    return Length(tuple((-count, unit) for count, unit in length.amounts), length.way)


def _length(length: Length, instant: datetime | None, day: date, calendar: Calendar) -> Due | None:
    """Return the instant that lies `length` away where it has hours, else the day."""
    sign = -1 if length.way == "ago" else 1
    moved: date | None = day
    seconds = 0
    for count, unit in length.amounts:
        if moved is None or arithmetic.is_far(abs(count)):
            return None
        amount = sign * count
        if unit in {"hour", "minute"}:
            seconds += amount * (3600 if unit == "hour" else 60)
        elif unit == "workday":
            moved = arithmetic.add_workdays(moved, amount, calendar)
        elif unit in {"month", "year"}:
            moved = arithmetic.add_months(moved, amount * (12 if unit == "year" else 1))
        else:
            moved = arithmetic.add_days(moved, amount * (7 if unit == "week" else 1))
    if moved is None or not seconds:
        return moved
    if instant is None:
        # "48 hours before Friday" is a matter of days.
        return arithmetic.add_days(moved, round(seconds / 86_400)) if seconds % _DAY_S == 0 else None
    start = arithmetic.at_clock(moved, instant.timetz().replace(tzinfo=None), calendar.zone, calendar.zone)
    start = instant if moved == day else start
    return start and arithmetic.add_duration(start, timedelta(seconds=seconds))


def _near_weekday(day: date, weekday: Weekday | None) -> date:
    """Return the weekday nearest to `day`: "in 4 days, on Monday"."""
    if weekday is None:
        return day
    ahead = (weekday.day - day.weekday()) % 7
    return arithmetic.add_days(day, ahead if ahead <= _MOST_AHEAD else ahead - 7) or day
