"""What a model has answered: a question's key -> its answer, so that no question is paid for twice."""

from __future__ import annotations

from assistant.ledger.database import Database

MOST = 5_000


class KnownAnswers:
    """The last answers of models; they outlive the process."""

    def __init__(self, database: Database, most: int = MOST) -> None:
        self._database, self._most = database, most

    def get(self, key: str) -> str | None:
        rows = self._database.rows("SELECT answer FROM answers WHERE key = ?", key)
        return str(rows[0]["answer"]) if rows else None

    def put(self, key: str, answer: str) -> None:
        """Keep an answer, and forget the oldest beyond the most that are kept."""
        with self._database.transaction():
            self._database.change("INSERT OR REPLACE INTO answers (key, answer) VALUES (?, ?)", key, answer)
            newest = self._database.last_id()
            self._database.change("DELETE FROM answers WHERE id <= ?", newest - self._most)
