"""Who our people have to do with: addresses that they wrote to, or whose tasks they took up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from assistant.ledger.database import Database
from assistant.ledger.links import told
from assistant.ledger.moments import to_text


class Acquaintances:
    def __init__(self, database: Database) -> None:
        self._database = database

    def meet(self, emails: Iterable[str], now: datetime) -> None:
        """Commit that these are known from now on."""
        named = dict.fromkeys(emails)
        known = self.among(named)
        new = [email for email in named if email not in known]
        if not new:
            return
        with self._database.transaction():
            for email in new:
                self._database.insert("acquaintances", {"email": email, "since": to_text(now)})

    def among(self, emails: Iterable[str]) -> frozenset[str]:
        """Return which of these are known."""
        sql = "SELECT email FROM acquaintances WHERE email IN (SELECT value FROM json_each(?))"
        return frozenset(row["email"] for row in self._database.rows(sql, told([*emails])))
