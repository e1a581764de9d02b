"""A phrase's day and the moment it was written -> the date it means."""

from __future__ import annotations

from datetime import date
from typing import Final

from assistant.understand.deadlines import arithmetic, named_days
from assistant.understand.deadlines.phrases import Phrase
from assistant.understand.deadlines.pieces import DayNumber, MonthDay, NamedDay, NthWeekday, Relative, Span, Weekday
from assistant.understand.deadlines.setting import Setting

_WEDNESDAY: Final = 2
_FRIDAY: Final = 4
_SUNDAY: Final = 6
_MID_MONTH: Final = 15
_MONTHS: Final = 12
# A day without a year that lies this far back is the one that has just been, not next year's.
DAYS_BACK: Final = 60
# "Tuesday the 4th" must come soon to be believed against the number alone.
_SOON_DAYS: Final = 45
_FAR_DAYS: Final = 400
_LEAP_YEAR_DAYS: Final = 366
Day = tuple[date, str]
"""The day, and the name of the rule that said so."""


def day_of(phrase: Phrase, setting: Setting) -> Day | None:
    piece, weekday = phrase.day, phrase.weekday
    found: date | None = None
    rule = ""
    match piece:
        case None:
            found, rule = (_weekday(weekday, setting), "weekday") if weekday else (None, "")
        case Relative(days=count):
            found, rule = arithmetic.add_days(setting.today, count), "relative day"
        case MonthDay():
            found, rule = _month_day(piece, weekday, setting), "date"
        case DayNumber():
            found, rule = _day_number(piece, weekday, setting), "day of the month"
        case NamedDay():
            found, rule = named_days.day_of(piece, setting.today), "named day"
        case NthWeekday():
            found, rule = _nth_weekday(piece, setting), "nth weekday"
        case Span() if weekday is not None:
            start = arithmetic.week_start(setting.today, piece.later)
            found, rule = start and arithmetic.add_days(start, weekday.day), "weekday of a week"
        case Span():
            found, rule = _span(piece, setting), f"{piece.unit}"
    return (found, rule) if found else None


def _weekday(weekday: Weekday, setting: Setting) -> date | None:
    today = setting.today
    if weekday.which == "next":
        start = arithmetic.week_start(today, 1)
        return start and arithmetic.add_days(start, weekday.day)
    if weekday.which == "last":
        return arithmetic.add_days(today, -((today.weekday() - weekday.day - 1) % 7) - 1)
    if weekday.which == "this":
        return arithmetic.add_days(today, (weekday.day - today.weekday()) % 7)
    found = arithmetic.next_weekday(today, weekday.day)
    return found and arithmetic.add_days(found, 7 * weekday.weeks_later)


def _month_day(piece: MonthDay, weekday: Weekday | None, setting: Setting) -> date | None:
    """Return the date; without a year the next one, or one that has just been, or the one on that weekday."""
    found = _plain_month_day(piece, weekday, setting)
    if weekday is None or not piece.is_figures or (found and found.weekday() == weekday.day):
        return found
    # "Friday 6/9" of a year in which the sixth of September is the Friday: the day stands first.
    turned = MonthDay(piece.day, piece.month, piece.year)
    other = _plain_month_day(turned, weekday, setting) if piece.day <= _MONTHS else None
    return other if other and other.weekday() == weekday.day else found


def _plain_month_day(piece: MonthDay, weekday: Weekday | None, setting: Setting) -> date | None:
    if piece.year is not None:
        return arithmetic.day_or_none(piece.year, piece.month, piece.day)
    today = setting.today
    back = 0 if setting.looks_far else DAYS_BACK
    earliest = arithmetic.add_days(today, -back) or today
    years = (today.year - 1, today.year, today.year + 1)
    candidates = [
        arithmetic.day_or_none(min(year, date.max.year), piece.month, piece.day) for year in years if year > 0
    ]
    coming = [day for day in candidates if day and day >= earliest and (day - today).days <= _LEAP_YEAR_DAYS]
    if weekday is not None:
        coming = [day for day in coming if day.weekday() == weekday.day] or coming
    return coming[0] if coming else None


def _day_number(piece: DayNumber, weekday: Weekday | None, setting: Setting) -> date | None:
    today = setting.today
    if piece.months_later is not None:
        month = arithmetic.add_months(today.replace(day=1), piece.months_later)
        return month and arithmetic.day_or_none(month.year, month.month, piece.day)
    if weekday is not None:
        horizon = _FAR_DAYS if setting.looks_far else _SOON_DAYS
        both = arithmetic.first_match(today, horizon, lambda day: day.day == piece.day and day.weekday() == weekday.day)
        if both is not None:
            return both
    return arithmetic.first_match(today, 62, lambda day: day.day == piece.day)


def _nth_weekday(piece: NthWeekday, setting: Setting) -> date | None:
    today = setting.today
    if piece.month is None:
        month = arithmetic.add_months(today.replace(day=1), piece.months_later)
        return month and arithmetic.nth_weekday(month, piece.weekday, piece.nth)
    if piece.year is not None:
        return arithmetic.nth_weekday(date(piece.year, piece.month, 1), piece.weekday, piece.nth)
    for year in (today.year, today.year + 1):
        first = arithmetic.day_or_none(year, piece.month, 1)
        found = first and arithmetic.nth_weekday(first, piece.weekday, piece.nth)
        if found and found >= today:
            return found
    return None


def _span(piece: Span, setting: Setting) -> date | None:
    match piece.unit:
        case "week" | "weekend":
            return _week(piece, setting)
        case "month" | "quarter":
            return _month(piece, setting)
        case "year":
            first = arithmetic.day_or_none(setting.today.year + piece.later, 1, 1)
            return first and (_edge(first, 12, piece, setting))
        case "day":
            return None


def _week(piece: Span, setting: Setting) -> date | None:
    today = setting.today
    start = arithmetic.week_start(today, piece.later)
    if start is None:
        return None
    if piece.unit == "weekend":
        return arithmetic.add_days(start, _FRIDAY if piece.edge == "start" else _SUNDAY)
    if piece.edge == "middle":
        wednesday = arithmetic.add_days(start, _WEDNESDAY)
        is_over = wednesday is not None and piece.later == 0 and wednesday < today
        return wednesday and arithmetic.add_days(wednesday, 7 * is_over)
    if piece.edge == "start" or (piece.edge == "whole" and piece.later > 0):
        return arithmetic.first_workday(start, setting.calendar)
    friday = arithmetic.add_days(start, _FRIDAY)
    # Said on a Saturday, the end of the week is the coming one's.
    return arithmetic.add_days(friday, 7) if friday and piece.later == 0 and friday < today else friday


def _month(piece: Span, setting: Setting) -> date | None:
    today = setting.today
    if piece.unit == "quarter":
        quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        start = arithmetic.add_months(quarter, 3 * piece.later)
        return start and _edge(start, 3, piece, setting)
    if piece.month is not None:
        year = piece.year or today.year + (piece.month < today.month)
        start = arithmetic.day_or_none(year, piece.month, 1)
    else:
        start = arithmetic.add_months(today.replace(day=1), piece.later)
    return start and _edge(start, 1, piece, setting)


def _edge(start: date, months: int, piece: Span, setting: Setting) -> date | None:
    """Return one end of the `months` from `start` on; what is yet to come begins with its first working day."""
    if piece.edge == "middle":
        return start.replace(day=_MID_MONTH) if months == 1 else arithmetic.add_months(start, months // 2)
    if piece.edge == "start" or (piece.edge == "whole" and piece.later > 0):
        return arithmetic.first_workday(start, setting.calendar)
    end = arithmetic.month_end(start, months - 1)
    if piece.edge != "last workday":
        return end
    following = end and arithmetic.add_days(end, 1)
    return following and arithmetic.add_workdays(following, -1, setting.calendar)
