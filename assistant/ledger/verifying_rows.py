"""Rows that the audit answers for -> those that are not as it tells, a sentence each, without words of any mail."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from assistant.ledger.book import as_event, as_row
from assistant.ledger.codec import decode
from assistant.ledger.connecting import database_errors, operational_errors
from assistant.ledger.fold import fold
from assistant.ledger.links import told
from assistant.ledger.verifying_mails import changed_mails, changed_mails_of_ours
from assistant.records import Task

_EVENTS = "SELECT id, number, at, actor, source, change, effect FROM events ORDER BY number, id"
_TASKS = "SELECT number, state, coordinator, owner, thread, source, changed_at, task FROM tasks ORDER BY number"
_WORDS = ("title", "quote", "patient", "requester", "owner", "notes")


class Places:
    """Where mails lie in mailboxes, held against what each entry tells of it: there may be millions of them."""

    _ONE = "SELECT key FROM deliveries WHERE account = ? AND folder = ? AND uidvalidity = ? AND uid = ?"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._found = self._missing = 0

    def look(self, told_of: Iterable[Any]) -> None:
        """Look for each place that an entry tells of: account, folder, uidvalidity, uid, and the mail's key."""
        for one in told_of:
            if self._is_there(one):
                self._found += 1
            else:
                self._missing += 1

    def _is_there(self, place: Any) -> bool:  # noqa: ANN401 - what an entry holds
        try:
            *where, key = place
            found = self._connection.execute(self._ONE, where).fetchone()
            return found is not None and tuple(found) == (key,)
        except (sqlite3.Error, TypeError, ValueError, OverflowError):
            # Words that somebody changed may be anything.
            return False
        except database_errors():
            return False

    def problems(self) -> Iterator[str]:
        there = self._connection.execute("SELECT count(*) FROM deliveries").fetchone()[0]
        if (more := there - self._found) > 0:
            yield f"{more} times a delivery of a mail stands there without an entry"
        if self._missing:
            yield f"{self._missing} times a delivery of a mail was taken away"


@dataclass(slots=True)
class ToldOf:
    """What all entries of the audit tell of rows that are never changed."""

    places: Places
    switches: set[str] = field(default_factory=set)
    """Words of people on their own digests."""
    held: set[str] = field(default_factory=set)
    """Requests that were not followed; those of before this was noted have no entry."""


def changed_rows(connection: sqlite3.Connection, told_of: ToldOf) -> Iterator[str]:
    """Tell, inside a read transaction, of the rows that differ from what the audit says of them."""
    yield from changed_mails(connection)
    yield from changed_mails_of_ours(connection)
    yield from _changed_tasks(connection)
    yield from _changed_words(connection)
    yield from told_of.places.problems()
    said = "SELECT person, is_on, at, source, until FROM digest_switches"
    yield from _differing(connection, said, told_of.switches, "word on somebody's digests")
    said = "SELECT mail, person, sender, at, numbers, why FROM held_requests"
    yield from _taken_away(connection, said, told_of.held, "request that was not followed")


def _changed_tasks(connection: sqlite3.Connection) -> Iterator[str]:
    """Tell of the tasks that are not what their events add up to."""
    tasks = connection.execute(_TASKS)
    names = [one[0] for one in tasks.description]
    row = tasks.fetchone()
    for number, events in groupby(_rows(connection, _EVENTS), key=lambda event: event["number"]):
        while row is not None and row[0] < number:
            yield f"task {row[0]} stands there without an event"
            row = tasks.fetchone()
        stands = dict(zip(names, row, strict=True)) if row is not None and row[0] == number else None
        if stands is not None:
            row = tasks.fetchone()
        try:
            task = fold(as_event(event) for event in events)
            is_so = stands is None if task is None else stands is not None and _is_same(stands, task)
        except (ValueError, KeyError, TypeError, AttributeError):
            is_so = False
        if not is_so:
            yield f"task {number} is not what its events add up to"
    while row is not None:
        yield f"task {row[0]} stands there without an event"
        row = tasks.fetchone()


def _is_same(stands: dict[str, object], task: Task) -> bool:
    expected, written = as_row(task), str(stands.pop("task"))
    # An older version wrote fewer fields, and of some of them the fold knows more.
    if '"left_since":' not in written:
        task = replace(task, left_since=None, called=(), acknowledged_by=None)
    return decode(written, Task) == task and stands == {name: expected[name] for name in stands}


def _rows(connection: sqlite3.Connection, sql: str) -> Iterator[dict[str, object]]:
    cursor = connection.execute(sql)
    names = [one[0] for one in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _changed_words(connection: sqlite3.Connection) -> Iterator[str]:
    """Tell whether a task is found by other words than its own."""
    told_ = ", ".join(f"json_extract(task, '$.{column}')" for column in _WORDS)
    ours, index = f"SELECT number, {told_} FROM tasks", f"SELECT rowid, {', '.join(_WORDS)} FROM task_words"
    for one, other in ((ours, index), (index, ours)):
        try:
            count = connection.execute(f"SELECT count(*) FROM ({one} EXCEPT {other})").fetchone()[0]
        except operational_errors():
            # A task that is no JSON any more is told of elsewhere.
            return
        if count:
            yield f"the search finds {count} tasks by other words than theirs"
            return


def _differing(connection: sqlite3.Connection, sql: str, expected: set[str], name: str) -> Iterator[str]:
    found = {told(list(row)) for row in connection.execute(sql)}
    if more := len(found - expected):
        yield f"{more} times a {name} stands there without an entry"
    yield from _taken_away(connection, sql, expected, name)


def _taken_away(connection: sqlite3.Connection, sql: str, expected: set[str], name: str) -> Iterator[str]:
    if fewer := len(expected - {told(list(row)) for row in connection.execute(sql)}):
        yield f"{fewer} times a {name} was taken away"
