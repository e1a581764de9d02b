"""What stands in a row of the spool: its records, and what reading a mail adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistant.ledger.database import Row
from assistant.ledger.moments import from_text
from assistant.records import Message, QuarantinedMail, Reading, SpooledMail


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFacts:
    """What reading a mail told of it, to be kept beside it."""

    message: Message
    thread: str
    reading: Reading | None = None
    read_again_at: datetime | None = None


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
