"""What an engine says of a mail: Findings, grounded in its words (stage 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from assistant.records.people import Calendar, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When something is due, and the words that say so."""

    due: date | datetime
    """A day (somewhere in it will do) or an aware instant: not the same, and kept apart."""
    words: str
    """Verbatim."""
    rule: str
    """The grammar's rule that computed it, e.g. `weekday`."""

    @property
    def is_instant(self) -> bool:
        return isinstance(self.due, datetime)

    def passes_at(self, calendar: Calendar) -> datetime:
        """Return the instant after which the task is overdue: a day ends with its working day in `calendar`'s zone."""
        if isinstance(self.due, datetime):
            return self.due
        return datetime.combine(self.due, calendar.day_ends, calendar.zone)

    def local_day(self, calendar: Calendar) -> date:
        return self.due.astimezone(calendar.zone).date() if isinstance(self.due, datetime) else self.due


Priority = Literal["critical", "high", "normal"]
PRIORITIES: tuple[Priority, ...] = ("critical", "high", "normal")
FindingKind = Literal["task", "looks_done", "looks_moved", "looks_dropped", "holding", "away"]
"""`holding`: "I'll check", from whom we wait for; `away`: they are out of the office."""

SET_ASIDE = "set-aside"
"""Leads the rule of a finding in words that the mail's form calls a signature, a notice or an older mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An engine's claim about one mail, grounded: its quote stands in the mail."""

    kind: FindingKind
    title: str
    """Imperative, at most 80 characters."""
    quote: str
    """Verbatim, white space folded."""
    deadline: Deadline | None = None
    owner: str | None = None
    """Email of who must act; None rather than a guess."""
    waiting: bool = False
    """True where somebody else owes it and the coordinator has to chase."""
    priority: Priority = "normal"
    patient: str | None = None
    """As written in the mail."""
    said_by: str | None = None
    """Email of who wrote the quoted words."""
    said_on: date | None = None
    """The day they were written, where the mail tells."""
    engine: str
    rule: str = ""
    """What found it: a pattern's name, or a prompt's name and version."""
    certain: bool = True
    """False: shown under "needs a look", not counted among the tasks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingContext:
    """What an engine may know beside the mail: whose eyes it reads with."""

    coordinator: Person
    people: tuple[Person, ...]
    day_first: bool = False
    patients: frozenset[str] = frozenset()
    """Of the open tasks, as written there: for a model that must not see their names."""

    @property
    def calendar(self) -> Calendar:
        return self.coordinator.calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that the engines say of one mail."""

    findings: tuple[Finding, ...]
    engine: str
    """Who read it: `embedded`, or the model's name."""
    tokens_in: int = 0
    tokens_out: int = 0
    read_again: bool = False
    """True where the model was out and the embedded engine stood in."""
    problems: tuple[str, ...] = ()
    """What of the mail was not read, in words for the digest that hold nothing of it."""
