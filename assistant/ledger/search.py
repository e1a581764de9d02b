"""Words -> the numbers of the tasks that hold them: a full-text index, which triggers keep in step with the tasks."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.ledger.database import Database


class Search:
    """What tasks say: title, quote, patient, requester, owner and notes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def numbers(self, beginnings: Sequence[str]) -> frozenset[int]:
        """Return the tasks, open or closed, in which a word begins with each of these, whatever case and accents.

        Who may be told of them is for others to say.
        """
        wanted = ['"' + one.replace('"', "") + '"*' for one in beginnings if any(char.isalnum() for char in one)]
        if not wanted:
            return frozenset()
        rows = self._database.rows("SELECT rowid AS number FROM task_words WHERE task_words MATCH ?", " ".join(wanted))
        return frozenset(row["number"] for row in rows)
