"""When and where the words were written: what every rule counts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from assistant.records import Calendar


@dataclass(frozen=True, slots=True)
class Setting:
    """When and where the words were written."""

    reference: datetime
    """Aware, in the calendar's zone."""
    calendar: Calendar
    looks_far: bool = False
    """True where the text is known to name a coming day: no date lies back, and "Thu the 15th" may be far."""

    letter_day: date | None = None
    """The day that "of this letter" counts from; None: the reference's."""
    writers_zone: tzinfo | None = None
    """What "our time" means; None: the calendar's."""

    @property
    def today(self) -> date:
        return self.reference.date()
