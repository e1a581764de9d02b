"""What one cycle did, and how the parts are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of `assistant doctor`."""

    name: str
    is_fine: bool
    said: str
    """What is so; where it is not fine, what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one cycle did, in counts: goes to logs and to the terminal."""

    collected: int = 0
    read: int = 0
    quarantined: int = 0
    noticed: int = 0
    sent: int = 0
    problems: tuple[str, ...] = ()
