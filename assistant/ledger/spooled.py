"""Rows of the spool -> records."""

from __future__ import annotations

from assistant.ledger.database import Row
from assistant.ledger.moments import from_text
from assistant.records import QuarantinedMail, SpooledMail


def as_spooled(row: Row) -> SpooledMail:
    return SpooledMail(
        key=row["key"],
        account=row["account"],
        received_at=from_text(row["received_at"]),
        content=row["content"],
        attempts=row["attempts"],
        truncated=bool(row["truncated"]),
    )


def as_quarantined(row: Row) -> QuarantinedMail:
    return QuarantinedMail(
        key=row["key"],
        account=row["account"],
        received_at=from_text(row["received_at"]),
        reason=row["problem"],
        sender=row["sender"],
        attempts=row["attempts"],
    )
