"""A row of the outbox -> the mail of ours that it tells of."""

from __future__ import annotations

import json

from assistant.ledger.database import Row
from assistant.ledger.moments import from_text
from assistant.records import OutgoingMail, SentMail


def as_outgoing(row: Row) -> OutgoingMail:
    return OutgoingMail(
        key=row["key"],
        kind=row["kind"],
        recipient=row["recipient"],
        subject=row["subject"],
        message_id=row["message_id"],
        content=row["content"],
        numbers=tuple(json.loads(row["numbers"])),
        prepared_at=from_text(row["prepared_at"]),
        attempts=row["attempts"],
        state=row["state"],
        uncertain_at=from_text(row["uncertain_at"]) if row["uncertain_at"] else None,
        doubts=row["doubts"],
        via=row["via"],
        is_copied=bool(row["copied"]),
        sent_at=from_text(row["sent_at"]) if row["sent_at"] else None,
        kept=row["kept"],
        versions=tuple((number, version) for number, version in json.loads(row["versions"])),
        choices=tuple((label, words) for label, words in json.loads(row["choices"])),
    )


def as_sent(row: Row) -> SentMail:
    return SentMail(
        message_id=row["message_id"],
        kind=row["kind"],
        recipient=row["recipient"],
        numbers=tuple(json.loads(row["numbers"])),
        prepared_at=from_text(row["prepared_at"]),
        key=row["key"],
        versions=tuple((number, version) for number, version in json.loads(row["versions"])),
        choices=tuple((label, words) for label, words in json.loads(row["choices"])),
        entries=int(row["anchor"].partition(":")[0] or 0),
    )
