"""That the ledger was restored: from when to when it has forgotten, and how far it has caught up since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.ledger.chain import ASSISTANT, Chain
from assistant.ledger.database import Database, Row
from assistant.ledger.links import told
from assistant.ledger.moments import from_text, to_text
from assistant.records import LedgerEvent, TaskOpened, task_mark

_LAST_MOMENT = """SELECT max(at) AS at FROM (
  SELECT max(stored_at) AS at FROM mails UNION ALL SELECT max(settled_at) FROM mails UNION ALL
  SELECT max(at) FROM events UNION ALL SELECT max(prepared_at) FROM outbox UNION ALL SELECT max(sent_at) FROM outbox
)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """A gap in what the ledger knows."""

    id: int
    state_of: datetime
    """The last that the ledger knew when it was restored."""
    restored_at: datetime
    highest_number: int
    """Of its tasks at that time."""
    looked_at: datetime | None
    """When the copies of what we sent in between had been found."""
    caught_up_at: datetime | None
    entry: int
    """The audit's that tells of it: events with a higher number were made anew, or are new."""


def note_restore(database: Database, now: datetime, *, by: str = ASSISTANT) -> None:
    """Mark a copy as restored: what it holds as unsent may have left since, so it is looked for before it is sent."""
    last = database.rows(_LAST_MOMENT)[0]["at"]
    with database.transaction():
        database.change(
            "INSERT INTO restores (state_of, restored_at, highest_number)"
            " SELECT ?, ?, coalesce(max(number), 0) FROM events",
            last or to_text(now),
            to_text(now),
        )
        # What waits for the morning by our own will goes on waiting.
        database.change(
            "UPDATE outbox SET state = 'uncertain', try_at = max(?, coalesce(not_before, '')), uncertain_at = ?"
            " WHERE state IN ('pending', 'sending')",
            to_text(now),
            to_text(now),
        )
        # What lies in Sent by now may have been put there by us, since the copy was made.
        database.change("UPDATE outbox SET kept = 'unknown' WHERE kept = ''")
        entry = Chain(database.execute).add("ledger_restored", told({"state_of": last}), at=to_text(now), actor=by)
        database.change("UPDATE restores SET entry = ? WHERE id = (SELECT max(id) FROM restores)", entry)


class Restores:
    """The restores of a ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def secret(self) -> str:
        """Return what signs our mails: by it a copy is known, wherever it lies."""
        return str(self._database.rows("SELECT secret FROM signing")[0]["secret"])

    def last(self) -> Restore | None:
        rows = self._database.rows("SELECT * FROM restores ORDER BY id DESC LIMIT 1")
        return _restore(rows[0]) if rows else None

    def first_since(self, moment: datetime) -> Restore | None:
        """Return the restore that may have forgotten what was at that moment; None where there was none since."""
        sql = "SELECT * FROM restores WHERE restored_at >= ? ORDER BY id LIMIT 1"
        rows = self._database.rows(sql, to_text(moment))
        return _restore(rows[0]) if rows else None

    def unfinished(self) -> Restore | None:
        """Return the restore after which not all has been read again yet."""
        last = self.last()
        return last if last is not None and last.caught_up_at is None else None

    def looked(self, restore: Restore, now: datetime) -> None:
        self._note("looked_at", restore, now)

    def caught_up(self, restore: Restore, now: datetime) -> None:
        self._note("caught_up_at", restore, now)

    def _note(self, column: str, restore: Restore, now: datetime) -> None:
        with self._database.transaction():
            self._database.change(f"UPDATE restores SET {column} = ? WHERE id = ?", to_text(now), restore.id)

    def keep_numbers(self, marks: Mapping[int, str]) -> None:
        """Inside a transaction: note the numbers under which people know tasks that are yet to be opened again."""
        for number, mark in marks.items():
            self._database.change("INSERT OR IGNORE INTO shown_numbers (number, mark) VALUES (?, ?)", number, mark)

    def is_known(self, number: int, restore: Restore) -> bool:
        """Return whether this number surely means to people what it means to us."""
        shown = "SELECT 1 FROM shown_numbers WHERE number = ?"
        return number <= restore.highest_number or bool(self._database.rows(shown, number))

    def renumbered(self, events: Sequence[LedgerEvent]) -> tuple[LedgerEvent, ...]:
        """Return the events with the numbers that people know the tasks by, which they open."""
        numbers: dict[int, int] = {}
        for event in events:
            if isinstance(event.change, TaskOpened):
                number = self._number_of(task_mark(event.source, event.change.quote))
                if number is not None and number != event.number:
                    numbers[event.number] = number
        return tuple(_renumbered(event, numbers) for event in events) if numbers else tuple(events)

    def _number_of(self, mark: str) -> int | None:
        """Return the number that belongs to a task by its mark; None where it has none or a task has it already."""
        sql = "SELECT number FROM shown_numbers WHERE mark = ? AND number NOT IN (SELECT number FROM events)"
        rows: Iterable[dict[str, int]] = self._database.rows(sql, mark)
        return next((row["number"] for row in rows), None)


def _restore(row: Row) -> Restore:
    return Restore(
        id=row["id"],
        state_of=from_text(row["state_of"]),
        restored_at=from_text(row["restored_at"]),
        highest_number=row["highest_number"],
        looked_at=from_text(row["looked_at"]) if row["looked_at"] else None,
        caught_up_at=from_text(row["caught_up_at"]) if row["caught_up_at"] else None,
        entry=row["entry"],
    )


def _renumbered(event: LedgerEvent, numbers: Mapping[int, int]) -> LedgerEvent:
    change = event.change
    if isinstance(change, TaskOpened) and change.may_repeat is not None and change.may_repeat in numbers:
        change = replace(change, may_repeat=numbers[change.may_repeat])
    return replace(event, number=numbers.get(event.number, event.number), change=change)
