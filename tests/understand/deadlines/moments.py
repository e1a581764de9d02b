"""The moments that the tables of this folder are written at: two Tuesdays, in Denver and in Chicago."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.records import Calendar

DENVER = ZoneInfo("America/Denver")
WRITTEN_AT = datetime(2027, 2, 9, 10, 15, tzinfo=DENVER)
CALENDAR = Calendar(zone=DENVER, holidays=frozenset({date(2027, 2, 15)}))
"""Tuesday, 9 February 2027, 10:15; the Monday behind it is a holiday."""

CHICAGO = ZoneInfo("America/Chicago")
CHICAGO_WRITTEN_AT = datetime(2026, 3, 10, 9, 30, tzinfo=CHICAGO)
CHICAGO_CALENDAR = Calendar(zone=CHICAGO)
"""Tuesday, 10 March 2026, 9:30; Friday is the 13th."""


def told(due: date | datetime | None) -> str | None:
    """Return a due day as 2027-02-12, an instant as 2027-02-12T15:00 on Denver's clocks."""
    if isinstance(due, datetime):
        return due.astimezone(DENVER).strftime("%Y-%m-%dT%H:%M")
    return due.isoformat() if due else None


def told_in_chicago(due: date | datetime) -> str:
    """Return a due day as 2026-03-12, an instant as 2026-03-12T15:00 on Chicago's clocks."""
    if isinstance(due, datetime):
        return due.astimezone(CHICAGO).strftime("%Y-%m-%dT%H:%M")
    return due.isoformat()
