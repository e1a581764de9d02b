"""Mails that wait for a person, and what the person says of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistant.errors import UnreadableMailError
from assistant.ledger.chain import Chain
from assistant.ledger.database import Database
from assistant.ledger.moments import to_text
from assistant.records import QuarantinedMail


@dataclass(frozen=True, slots=True)
class Quarantine:
    """The mails of a ledger that need a person."""

    database: Database

    def find(self, mails: list[QuarantinedMail], start_of_key: str) -> QuarantinedMail:
        """Return the one of `mails` whose key begins so.

        Raises:
            UnreadableMailError: There is none, or there are several.

        """
        found = [mail for mail in mails if mail.key.startswith(start_of_key)]
        if len(found) == 1:
            return found[0]
        if found:
            problem = f"{len(found)} mails in quarantine begin with {start_of_key}; write more of the key"
            raise UnreadableMailError(problem)
        raise UnreadableMailError(f"no mail in quarantine begins with {start_of_key}; see: assistant quarantine list")

    def release(self, key: str, by: str, now: datetime, *, typed_by: str = "") -> bool:
        """Note that a person has looked at a mail and seen to it; return False where it waits for nobody."""
        sql = (
            "UPDATE mails SET state = 'no_task', released_by = ?, released_at = ?, settled_at = ?"
            " WHERE key = ? AND state = 'needs_person'"
        )
        with self.database.transaction():
            if self.database.change(sql, by, to_text(now), to_text(now), key) != 1:
                return False
            Chain(self.database.execute).mail(
                "mail_released", key, at=to_text(now), actor=typed_by or by, was="needs_person"
            )
            return True

    def note_sender(self, key: str, sender: str, now: datetime) -> None:
        """Note who wrote a mail that could not be read, so that a person can find it."""
        with self.database.transaction():
            if self.database.change("UPDATE mails SET sender = ? WHERE key = ? AND sender = ''", sender, key):
                chain = Chain(self.database.execute)
                chain.mail("sender_noted", key, at=to_text(now), was="needs_person")

    def put_off(self, key: str, until: datetime) -> None:
        """Let a mail rest whose reading failed: what troubled us may pass."""
        with self.database.transaction():
            self.database.change("UPDATE mails SET try_at = ? WHERE key = ?", to_text(until), key)
