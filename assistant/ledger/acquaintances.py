"""Who our people have to do with: addresses that they wrote to, or whose tasks they took up; of each only a mark."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from assistant.ledger.database import Database
from assistant.ledger.links import told
from assistant.ledger.marks import mark_of
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
                self._database.insert("acquaintances", {"mark": mark_of(email), "since": to_text(now)})

    def among(self, emails: Iterable[str]) -> frozenset[str]:
        """Return which of these are known."""
        marks = {mark_of(email): email for email in emails}
        sql = "SELECT mark FROM acquaintances WHERE mark IN (SELECT value FROM json_each(?))"
        return frozenset(marks[row["mark"]] for row in self._database.rows(sql, told([*marks])))
