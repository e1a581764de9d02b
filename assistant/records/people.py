"""Who the assistant works for, and when they work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Who a mail says it is from or to; proves nothing."""

    email: str
    """Lower case."""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which days are worked, and until when: what deadlines and reminders are counted in."""

    zone: ZoneInfo
    workdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    """0 is Monday."""
    day_starts: time = time(8)
    day_ends: time = time(17)
    holidays: frozenset[date] = frozenset()

    def is_workday(self, day: date) -> bool:
        return day.weekday() in self.workdays and day not in self.holidays


Language = Literal["en", "es"]
Disclosure = Literal["team", "department", "outside"]
"""How much of a task a mail of ours shows; see `assistant.outbox.disclosure`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom the assistant works for: gets mail from us and is obeyed."""

    email: str
    name: str
    aliases: frozenset[str] = frozenset()
    """Other addresses of theirs, lower case."""
    calendar: Calendar
    language: Language = "en"
    """In which our mails are written to them."""
    digest_at: time | None = time(7)
    """Local; None: no digest."""
    quiet_from: time = time(19)
    quiet_until: time = time(7)
    backup: str | None = None
    supervisor: str | None = None
    disclosure: Disclosure | None = None
    """How much of a task they are shown; None: as much as goes with what they are to it."""
    stands_in_for: frozenset[str] = frozenset()
    """Emails of those whose backup or supervisor they are."""

    def is_at(self, email: str) -> bool:
        return email.lower() == self.email or email.lower() in self.aliases


Role = Literal["owner", "backup", "supervisor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationStep:
    """One rung: fires `after` the one before it (the first: after the deadline has passed)."""

    after: timedelta
    to: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationPolicy:
    """The rungs for each priority, and who is woken at night."""

    critical: tuple[EscalationStep, ...]
    high: tuple[EscalationStep, ...]
    normal: tuple[EscalationStep, ...]
    ignores_quiet_hours: frozenset[str] = frozenset({"critical"})
    """Priorities."""
