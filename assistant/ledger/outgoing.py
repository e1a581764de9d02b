"""The mails that we owe, as final bytes, and how far each of them is on its way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from assistant.ledger.database import Database, Row
from assistant.ledger.moments import from_text, to_text
from assistant.records import OutgoingMail, SentMail


class Outgoing:
    """The outbox: pending -> sending -> sent, or failed, or uncertain and then sent again with the same bytes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, mail: OutgoingMail) -> bool:
        """Inside a transaction: add a mail; return False where one with its key is there already."""
        row: Row = {
            "key": mail.key,
            "kind": mail.kind,
            "recipient": mail.recipient,
            "subject": mail.subject,
            "message_id": mail.message_id,
            "content": mail.content,
            "numbers": json.dumps(mail.numbers),
            "prepared_at": to_text(mail.prepared_at),
            "try_at": to_text(mail.prepared_at),
        }
        return self._database.insert("outbox", row)

    def due(self, now: datetime, limit: int) -> list[OutgoingMail]:
        """Return mails whose time to be tried has come, the oldest first."""
        sql = "SELECT * FROM outbox WHERE state IN ('pending', 'uncertain') AND try_at <= ? ORDER BY try_at LIMIT ?"
        return [_outgoing(row) for row in self._database.rows(sql, to_text(now), limit)]

    def begin(self, key: str) -> None:
        """Commit that a try begins, before it does."""
        self._move(key, "state = 'sending', attempts = attempts + 1")

    def sent(self, key: str, now: datetime) -> None:
        self._move(key, "state = 'sent', problem = '', sent_at = ?", to_text(now))

    def retry(self, key: str, at: datetime, problem: str) -> None:
        """The body never left: it may be tried again without fear of a double."""
        self._move(key, "state = 'pending', try_at = ?, problem = ?", to_text(at), problem)

    def uncertain(self, key: str, at: datetime, problem: str) -> None:
        """The body left, and no answer came: it may have arrived."""
        self._move(key, "state = 'uncertain', try_at = ?, problem = ?", to_text(at), problem)

    def failed(self, key: str, problem: str) -> None:
        self._move(key, "state = 'failed', problem = ?", problem)

    def recover(self, now: datetime) -> int:
        """Return how many mails were being sent when the last assistant died; they are uncertain now."""
        with self._database.transaction():
            sql = "UPDATE outbox SET state = 'uncertain', try_at = ? WHERE state = 'sending'"
            return self._database.change(sql, to_text(now))

    def _move(self, key: str, changes: str, *values: object) -> None:
        with self._database.transaction():
            self._database.change(f"UPDATE outbox SET {changes} WHERE key = ?", *values, key)

    def find(self, message_ids: Sequence[str]) -> SentMail | None:
        """Return the mail of ours that has one of these message ids; the last named wins."""
        for one in reversed(message_ids):
            rows = self._database.rows("SELECT * FROM outbox WHERE message_id = ?", one)
            if rows:
                return _sent(rows[0])
        return None

    def last_of(self, kind: str, recipient: str, *, sent: bool = False) -> SentMail | None:
        """Return the newest mail of one kind to one person; with `sent`, the newest that a server took."""
        condition = "kind = ? AND recipient = ?" + (" AND state = 'sent'" if sent else "")
        sql = f"SELECT * FROM outbox WHERE {condition} ORDER BY prepared_at DESC LIMIT 1"
        rows = self._database.rows(sql, kind, recipient)
        return _sent(rows[0]) if rows else None

    def count(self, kind: str, recipient: str) -> int:
        sql = "SELECT count(*) AS n FROM outbox WHERE kind = ? AND recipient = ?"
        return int(self._database.rows(sql, kind, recipient)[0]["n"])

    def failures(self, since: datetime) -> int:
        """Return how many mails were refused for good since then."""
        sql = "SELECT count(*) AS n FROM outbox WHERE state = 'failed' AND prepared_at > ?"
        return int(self._database.rows(sql, to_text(since))[0]["n"])


def _outgoing(row: Row) -> OutgoingMail:
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
    )


def _sent(row: Row) -> SentMail:
    return SentMail(
        message_id=row["message_id"],
        kind=row["kind"],
        recipient=row["recipient"],
        numbers=tuple(json.loads(row["numbers"])),
        prepared_at=from_text(row["prepared_at"]),
        key=row["key"],
    )
