"""Who our people have to do with: addresses that they wrote to, or whose tasks they took up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from assistant.ledger.database import Database
from assistant.ledger.moments import to_text


class Acquaintances:
    def __init__(self, database: Database) -> None:
        self._database = database

    def meet(self, emails: Iterable[str], now: datetime) -> None:
        """Commit that these are known from now on."""
        new = [email for email in dict.fromkeys(emails) if not self.has(email)]
        if not new:
            return
        with self._database.transaction():
            for email in new:
                self._database.insert("acquaintances", {"email": email, "since": to_text(now)})

    def has(self, email: str) -> bool:
        return bool(self._database.rows("SELECT 1 FROM acquaintances WHERE email = ?", email))
