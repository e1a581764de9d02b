"""What the model costs, day by day: counted before each question, so that no crash forgets any of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from assistant.ledger.database import Database
from assistant.ledger.marks import mark_of
from assistant.ledger.moments import from_text, to_text
from assistant.records import Spent, Tokens

_ALL = ""
_KEPT = timedelta(days=31)


class Spending:
    """The tokens of each day, in all and by sender; of senders only a hash is kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def spent(self, day: date, sender: str) -> Spent:
        return Spent(by_sender=self._tokens(day, mark_of(sender)), in_all=self._tokens(day, _ALL))

    def take(self, day: date, sender: str, most: Tokens, allows: Callable[[Spent], bool]) -> bool:
        """Commit that a question is on its way, with the most that it can cost; return False where it is not allowed.

        Should we die before the answer is there, that stands for what it cost.
        """
        with self._database.transaction():
            if not allows(self.spent(day, sender)):
                return False
            self._database.change("DELETE FROM spending WHERE day < ?", (day - _KEPT).isoformat())
            self._add(day, sender, most)
        return True

    def correct(self, day: date, sender: str, most: Tokens, cost: Tokens) -> None:
        """Commit what a question has cost, in place of the most that it could."""
        with self._database.transaction():
            self._add(day, sender, cost - most)

    def refuse(self, day: date, sender: str, now: datetime, *, for_all: bool) -> None:
        """Commit that the model was not asked about a mail: it would have cost too much, in all or of this sender."""
        row = _ALL if for_all else mark_of(sender)
        sql = (
            "INSERT INTO spending (day, sender, refused, refused_at) VALUES (?, ?, 1, ?)"
            " ON CONFLICT DO UPDATE SET refused = refused + 1, refused_at = coalesce(refused_at, excluded.refused_at)"
        )
        with self._database.transaction():
            self._database.change(sql, day.isoformat(), row, to_text(now))

    def refused(self, day: date) -> tuple[int, int, datetime | None]:
        """Return how many mails the model was not asked about: for all, for their sender; and when first."""
        sql = (
            "SELECT total(CASE WHEN sender = '' THEN refused END) AS for_all, total(CASE WHEN sender <> '' THEN refused"
            " END) AS for_sender, min(refused_at) AS at FROM spending WHERE day = ?"
        )
        row = self._database.rows(sql, day.isoformat())[0]
        return int(row["for_all"]), int(row["for_sender"]), from_text(row["at"]) if row["at"] else None

    def _tokens(self, day: date, row: str) -> Tokens:
        sql = "SELECT tokens_in, tokens_out FROM spending WHERE day = ? AND sender = ?"
        found = self._database.rows(sql, day.isoformat(), row)
        return Tokens(read=found[0]["tokens_in"], written=found[0]["tokens_out"]) if found else Tokens()

    def _add(self, day: date, sender: str, tokens: Tokens) -> None:
        sql = (
            "INSERT INTO spending (day, sender, tokens_in, tokens_out) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
            " SET tokens_in = tokens_in + excluded.tokens_in, tokens_out = tokens_out + excluded.tokens_out"
        )
        for row in (_ALL, mark_of(sender)):
            self._database.change(sql, day.isoformat(), row, tokens.read, tokens.written)
