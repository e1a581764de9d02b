"""Words -> the numbers of the tasks that hold them: a full-text index, which triggers keep in step with the tasks.

What must miss nothing, such as a purge, reads all that was ever said instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

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

    def words_of_tasks(self) -> Iterator[tuple[int, str]]:
        """Yield each event's task and what is said in it, also of what a task says no more or was undone."""
        last, some = 0, "SELECT id, number, change FROM events WHERE id > ? ORDER BY id LIMIT 1000"
        while rows := self._database.rows(some, last):
            last = rows[-1]["id"]
            yield from ((row["number"], "\n".join(_texts(json.loads(row["change"])))) for row in rows)

    def words_of_ours(self, key: str) -> bytes:
        """Return the bytes of one mail of ours."""
        return bytes(self._database.rows("SELECT content FROM outbox WHERE key = ?", key)[0]["content"])


def _texts(value: object) -> Iterator[str]:
    """Yield the texts in plain values, wherever they stand."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
