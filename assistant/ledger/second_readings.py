"""Mails that are read once more: those that the rules alone read while the model was out, and those read too early."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.ledger.chain import Chain
from assistant.ledger.database import Database
from assistant.ledger.moments import to_text
from assistant.ledger.spooled import MailFacts
from assistant.records import SpooledMail

_MOST_HEARD = 20


@dataclass(frozen=True, slots=True)
class SecondReadings:
    """Those of a ledger that are due, or will be."""

    database: Database

    def hear_after(self, key: str, thread: str, now: datetime) -> None:
        """Inside a transaction: let the newest mails of a thread that came after this one be read once more.

        Mailboxes tell the second only: what came in the same one may have been written after it.
        """
        sql = (
            "UPDATE mails SET read_again_at = ?, attempts = 0 WHERE key IN (SELECT key FROM mails WHERE thread = ?"
            " AND received_at >= (SELECT received_at FROM mails WHERE key = ?) AND key <> ? AND read_again_at IS NULL"
            " AND purged_at IS NULL AND state IN ('tasks', 'no_task', 'automatic') ORDER BY received_at DESC LIMIT ?)"
        )
        self.database.change(sql, to_text(now), thread, key, key, _MOST_HEARD)

    def begin(self, tries: Mapping[str, datetime]) -> None:
        """Commit that mails are about to be read once more, and when they are due again should that not end."""
        sql = "UPDATE mails SET attempts = attempts + 1, read_again_at = ? WHERE key = ? AND read_again_at IS NOT NULL"
        with self.database.transaction():
            for key, again_at in tries.items():
                self.database.change(sql, to_text(again_at), key)

    def forget_attempts(self, mails: Sequence[SpooledMail]) -> None:
        """Take back the tries that began since these were found due: it was not the mails that failed."""
        sql = "UPDATE mails SET attempts = ? WHERE key = ? AND read_again_at IS NOT NULL"
        with self.database.transaction():
            for mail in mails:
                self.database.change(sql, mail.attempts, mail.key)

    def settle(self, key: str, facts: MailFacts, now: datetime, *, has_tasks: bool) -> bool:
        """Inside a transaction: note a second reading; return False where none was due."""
        reading = facts.reading
        sql = (
            "UPDATE mails SET read_again_at = ?, engine = ?, tokens_in = tokens_in + ?, tokens_out = tokens_out + ?,"
            " attempts = 0, state = CASE WHEN ? AND state = 'no_task' THEN 'tasks' ELSE state END"
            " WHERE key = ? AND read_again_at IS NOT NULL"
        )
        again = to_text(facts.read_again_at) if facts.read_again_at else None
        tokens = (reading.tokens_in, reading.tokens_out) if reading else (0, 0)
        engine = reading.engine if reading else None
        was = self._state(key)
        if not self.database.change(sql, again, engine, *tokens, int(has_tasks), key):
            return False
        Chain(self.database.execute).mail("mail_read_again", key, at=to_text(now), was=was)
        return True

    def give_up(self, key: str, problem: str, now: datetime) -> bool:
        """Let a mail's first reading stand, and the next digest say why; return False where no second one was due."""
        sql = (
            "UPDATE mails SET read_again_at = NULL, settled_at = ?,"
            " problem = problem || CASE problem WHEN '' THEN '' ELSE '; ' END || ?"
            " WHERE key = ? AND read_again_at IS NOT NULL"
        )
        with self.database.transaction():
            was = self._state(key)
            if not self.database.change(sql, to_text(now), problem, key):
                return False
            Chain(self.database.execute).mail("second_reading_given_up", key, at=to_text(now), was=was)
            return True

    def _state(self, key: str) -> str | None:
        rows = self.database.rows("SELECT state FROM mails WHERE key = ?", key)
        return str(rows[0]["state"]) if rows else None
