"""The moment that the tables of this folder are written at: Tuesday, 9 February 2027, 10:15 in Denver."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.records import Calendar

DENVER = ZoneInfo("America/Denver")
WRITTEN_AT = datetime(2027, 2, 9, 10, 15, tzinfo=DENVER)
CALENDAR = Calendar(zone=DENVER, holidays=frozenset({date(2027, 2, 15)}))


def told(due: date | datetime | None) -> str | None:
    """Return a due day as 2027-02-12, an instant as 2027-02-12T15:00 on Denver's clocks."""
    if isinstance(due, datetime):
        return due.astimezone(DENVER).strftime("%Y-%m-%dT%H:%M")
    return due.isoformat() if due else None
