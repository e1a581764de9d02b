"""What one cycle did, and how the parts are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal

Level = Literal["fine", "degraded", "failing"]
"""degraded: work goes on, but worse than usual; failing: some work stands still until somebody acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How one part is."""

    part: str
    """E.g. `mailbox desk`."""
    level: Level
    said: str
    """A sentence that holds nothing of any mail; `{since}` and `{until}` stand for these moments."""
    since: datetime
    until: datetime | None = None

    @property
    def is_fine(self) -> bool:
        return self.level == "fine"

    def words(self, zone: tzinfo) -> str:
        """Return the sentence with its moments in the reader's time."""
        said = self.said.replace("{since}", f"{self.since.astimezone(zone):%A %H:%M}")
        return said.replace("{until}", f"{self.until.astimezone(zone):%A %H:%M}") if self.until else said


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A time in which a part did not work."""

    part: str
    since: datetime
    until: datetime | None
    """None while it lasts."""
    mails: int
    """How many mails had to do without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of `assistant doctor`."""

    name: str
    is_fine: bool
    said: str
    """What is so; where it is not fine, what to do."""
    is_risky: bool = False
    """True where all works, and something is to be done all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one cycle did, in counts: goes to logs and to the terminal."""

    collected: int = 0
    read: int = 0
    quarantined: int = 0
    sent: int = 0
    problems: tuple[str, ...] = ()
