"""Days and moments -> the words in which an answer tells them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

_LAST_YEAR = 9998
"""Beyond it, a moment cannot be told in every zone."""


def day_words(due: date | datetime, zone: ZoneInfo, now: datetime) -> str:
    """Return a day or a moment as people write it; the year only where it is not this one.

    >>> chicago = ZoneInfo("America/Chicago")
    >>> monday = datetime(2026, 3, 9, 9, tzinfo=chicago)
    >>> day_words(datetime(2026, 3, 13, 15, tzinfo=chicago), chicago, monday)
    'Fri Mar 13, 3:00 pm'
    >>> day_words(date(2027, 1, 4), chicago, monday)
    'Mon Jan 4, 2027'
    """
    moment = due.astimezone(zone) if isinstance(due, datetime) and is_tellable(due) else due
    year = "" if moment.year == now.astimezone(zone).year else f", {moment.year}"
    day = f"{moment:%a %b} {moment.day}{year}"
    if not isinstance(moment, datetime):
        return day
    return f"{day}, {moment.hour % 12 or 12}:{moment:%M} {moment.strftime('%p').lower()}"


def is_tellable(due: date | datetime) -> bool:
    """False for years in which a change of zone leaves the calendar."""
    return 1 < due.year <= _LAST_YEAR
