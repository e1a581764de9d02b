"""Tasks: append-only events, and beside them the fold of each task's events, written in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import cast, get_args

from assistant.errors import LedgerError, UnknownTaskError
from assistant.ledger.chain import Chain, new_salt, subject_of_task
from assistant.ledger.codec import decode, encode
from assistant.ledger.database import Database, Row
from assistant.ledger.fold import fold
from assistant.ledger.links import event_payload, what_happened
from assistant.ledger.moments import from_text, to_text
from assistant.records import Change, Closing, LedgerEvent, Task

_CHANGES = cast("type[Change]", get_args(Change))
_BITS = 64


class Book:
    """The tasks of a ledger."""

    def __init__(self, database: Database) -> None:
        self._database, self._chain = database, Chain(database.execute)

    def record(self, events: Sequence[LedgerEvent]) -> tuple[LedgerEvent, ...]:
        """Inside a transaction: append events and fold their tasks anew; return those that are new, with their ids."""
        new = [stored for event in events if (stored := self._append(event)) is not None]
        for number in dict.fromkeys(event.number for event in new):
            self._fold(number)
        return tuple(new)

    def _append(self, event: LedgerEvent) -> LedgerEvent | None:
        at, change, salt = to_text(event.at), encode(event.change), new_salt()
        row: Row = {
            # The number of its link in the audit, which is never given twice.
            "id": self._chain.next_id(),
            "number": event.number,
            "at": at,
            "actor": event.actor,
            "source": event.source,
            "change": change,
            "effect": event.effect,
            "salt": salt,
        }
        if not self._database.insert("events", row):
            if event.effect is None or not self.has_effect(event.effect):
                # Its number is taken: entries were cut off the audit, and no event may be lost over it.
                raise LedgerError(
                    "the ledger holds events that its audit knows nothing of; see: assistant audit verify"
                )
            return None
        payload = event_payload(event.number, at, event.actor, event.source, change, event.effect)
        what = what_happened(type(event.change).__name__)
        subject, by = subject_of_task(event.number), event.actor
        number = self._chain.add(what, payload, at=at, actor=by, subject=subject, source=event.source, salt=salt)
        return replace(event, id=number)

    def _fold(self, number: int) -> None:
        task = fold(self.history(number))
        self._database.change("DELETE FROM tasks WHERE number = ?", number)
        if task is not None:
            self._database.insert("tasks", as_row(task))

    def history(self, number: int) -> tuple[LedgerEvent, ...]:
        rows = self._database.rows("SELECT * FROM events WHERE number = ? ORDER BY id", number)
        return tuple(as_event(row) for row in rows)

    def opened_by(self, source: str) -> tuple[int, ...]:
        """Return the tasks that a mail opened, closed ones included."""
        rows = self._database.rows("SELECT number FROM tasks WHERE source = ? ORDER BY number", source)
        return tuple(row["number"] for row in rows)

    def next_number(self) -> int:
        """Return a number that no task ever had, nor shall have again."""
        tables = ("events", "shown_numbers", "purged_tasks")
        highest = " UNION ALL ".join(f"SELECT max(number) AS n FROM {table}" for table in tables)
        return int(self._database.rows(f"SELECT coalesce(max(n), 0) + 1 AS n FROM ({highest})")[0]["n"])

    def last_change(self) -> int:
        """Return the id of the newest event; 0 where there is none."""
        return int(self._database.rows("SELECT coalesce(max(id), 0) AS id FROM events")[0]["id"])

    def numbers_changed_after(self, event: int) -> tuple[int, ...]:
        """Return the numbers of the tasks with events of a higher id."""
        # Left to itself, SQLite goes through all events, by their numbers.
        rows = self._database.rows("SELECT DISTINCT number FROM events NOT INDEXED WHERE id > ?", event)
        return tuple(row["number"] for row in rows)

    def has_effect(self, effect: str) -> bool:
        return bool(self._database.rows("SELECT 1 FROM events WHERE effect = ?", effect))

    def task(self, number: int) -> Task:
        """Return one task.

        Raises:
            UnknownTaskError: There is none of that number.

        """
        # The database knows no larger numbers.
        found = self._tasks("number = ?", number) if number.bit_length() < _BITS else ()
        if not found:
            raise UnknownTaskError(number)
        return found[0]

    def open_tasks(self) -> tuple[Task, ...]:
        return self._tasks("state = 'open'")

    def closed_since(self, moment: datetime) -> tuple[Task, ...]:
        # The plus keeps SQLite from going through all tasks there ever were because they lie in this order.
        return self._tasks("state <> 'open' AND changed_at > ?", to_text(moment), order="+number")

    def closings(self, moment: datetime) -> list[Closing]:
        """Return who closed the tasks that were closed since that moment, and stand closed."""
        sql = (
            "SELECT events.actor, events.at, mails.received_at AS came_at, max(events.id)"
            " FROM tasks INDEXED BY tasks_by_change JOIN events ON events.number = tasks.number"
            " LEFT JOIN mails ON mails.key = events.source WHERE tasks.state <> 'open' AND tasks.changed_at > ?"
            """ AND (change LIKE '{"is":"TaskDone"%' OR change LIKE '{"is":"TaskDropped"%') GROUP BY +events.number"""
        )
        return [
            Closing(actor=row["actor"], at=from_text(row["at"]), came_at=from_text(row["came_at"] or row["at"]))
            for row in self._database.rows(sql, to_text(moment))
        ]

    def of_thread(self, thread: str) -> tuple[Task, ...]:
        return self._tasks("thread = ?", thread)

    def numbered(self, numbers: Sequence[int]) -> tuple[Task, ...]:
        marks = ", ".join("?" for _ in numbers)
        return self._tasks(f"number IN ({marks})", *numbers) if numbers else ()

    def _tasks(self, condition: str, *values: object, order: str = "number") -> tuple[Task, ...]:
        rows = self._database.rows(f"SELECT task FROM tasks WHERE {condition} ORDER BY {order}", *values)
        return tuple(_task(row["task"]) for row in rows)

    def last_changes(self, actor: str) -> tuple[LedgerEvent, ...]:
        """Return the events of the last mail by which this person changed anything; undoing is no such change."""
        sql = (
            "SELECT * FROM events WHERE actor = ? AND source = (SELECT source FROM events WHERE actor = ?"
            ' AND change NOT LIKE \'{"is":"ChangesUndone"%\' ORDER BY id DESC LIMIT 1) ORDER BY id'
        )
        return self._standing(self._database.rows(sql, actor, actor))

    def changes_by(self, source: str, actor: str) -> tuple[LedgerEvent, ...]:
        """Return the events of that mail of this person's that still count."""
        return self._standing(
            self._database.rows("SELECT * FROM events WHERE actor = ? AND source = ? ORDER BY id", actor, source)
        )

    def has_changes(self, source: str, actor: str) -> bool:
        """Return whether that mail of this person's changed anything, be it taken back since."""
        sql = "SELECT 1 FROM events WHERE actor = ? AND source = ? LIMIT 1"
        return bool(self._database.rows(sql, actor, source))

    def _standing(self, rows: Iterable[Row]) -> tuple[LedgerEvent, ...]:
        events = tuple(as_event(row) for row in rows)
        undone = {one for event in events for one in self._undone(event.number)}
        return tuple(event for event in events if event.id not in undone)

    def _undone(self, number: int) -> frozenset[int]:
        return frozenset(one for event in self.history(number) for one in getattr(event.change, "event_ids", ()))

    def changed_after(self, event_id: int, number: int, *, by_other_than: str) -> bool:
        """Return whether somebody else has changed the task since that event."""
        sql = "SELECT 1 FROM events WHERE number = ? AND id > ? AND actor <> ? AND actor <> 'assistant' LIMIT 1"
        return bool(self._database.rows(sql, number, event_id, by_other_than))


def as_row(task: Task) -> Row:
    """Return a task as the ledger keeps it beside its events."""
    return {
        "number": task.number,
        "state": task.state,
        "coordinator": task.coordinator,
        "owner": task.owner,
        "thread": task.thread,
        "source": task.source,
        "changed_at": to_text(task.changed_at),
        "task": encode(task),
    }


def as_event(row: Row) -> LedgerEvent:
    return LedgerEvent(
        id=row["id"],
        number=row["number"],
        at=from_text(row["at"]),
        actor=row["actor"],
        source=row["source"],
        change=_change(row["change"]),
        effect=row["effect"],
    )


@lru_cache(maxsize=4096)
def _task(text: str) -> Task:
    """Return the task that was kept so; each reply looks at hundreds that have not changed since the one before."""
    return decode(text, Task)


def _change(text: str) -> Change:
    return decode(text, _CHANGES)
