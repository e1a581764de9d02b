"""A message for tests that care for one or two of its fields."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from assistant.records import Message

NOW = datetime(2026, 3, 10, 14, tzinfo=UTC)


def message(**changes: object) -> Message:
    made = Message(
        key="k1",
        account="desk",
        message_id=None,
        in_reply_to=None,
        references=(),
        sender=None,
        to=(),
        cc=(),
        subject="",
        sent_at=NOW,
        received_at=NOW,
        parts=(),
        attachments=(),
        automatic=None,
        problems=(),
        hides_text=False,
        text="",
    )
    return replace(made, **changes)  # type: ignore[arg-type]
