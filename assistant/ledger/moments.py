"""Aware datetimes <-> text that sorts as they do: UTC, ISO 8601, always with microseconds."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """Return the moment as the ledger writes it.

    >>> to_text(datetime(2026, 3, 10, 14, 30, tzinfo=UTC))
    '2026-03-10T14:30:00.000000+00:00'
    """
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    return datetime.fromisoformat(text)
