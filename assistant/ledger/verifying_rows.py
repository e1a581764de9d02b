"""Rows that the audit answers for -> those that are not as it tells, a sentence each, without words of any mail."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby

from assistant.ledger.book import as_event, as_row
from assistant.ledger.chain import MAIL_COLUMNS, OUTBOX_COLUMNS, content_digest
from assistant.ledger.codec import decode
from assistant.ledger.connecting import operational_errors
from assistant.ledger.fold import fold
from assistant.ledger.links import told
from assistant.records import Task

_EVENTS = "SELECT id, number, at, actor, source, change, effect FROM events ORDER BY number, id"
_TASKS = "SELECT number, state, coordinator, owner, thread, source, changed_at, task FROM tasks ORDER BY number"
_WORDS = ("title", "quote", "patient", "requester", "owner", "notes")


def changed_rows(connection: sqlite3.Connection, places: set[str], switches: set[str]) -> Iterator[str]:
    """Tell of the rows that differ from what the audit says of them.

    Args:
        connection: Inside a read transaction.
        places: Where mails lie in mailboxes, as the audit tells it.
        switches: Words of people on their own digests, as the audit tells them.

    """
    yield from _changed_mails(connection, "mails", MAIL_COLUMNS, "mail")
    yield from _changed_mails(connection, "outbox", OUTBOX_COLUMNS, "sent")
    yield from _changed_tasks(connection)
    yield from _changed_words(connection)
    where = "SELECT account, folder, uidvalidity, uid, key FROM deliveries"
    yield from _differing(connection, where, places, "delivery of a mail")
    said = "SELECT person, is_on, at, source, until FROM digest_switches"
    yield from _differing(connection, said, switches, "word on somebody's digests")


def _changed_mails(connection: sqlite3.Connection, table: str, columns: str, kind: str) -> Iterator[str]:
    """Tell of the mails that differ from what their last entry says."""
    last = f"(SELECT max(a.id) FROM audit a WHERE a.subject = '{kind} ' || m.key)"
    sql = f"SELECT p.link, p.payload, m.content, {columns} FROM {table} m LEFT JOIN audit_payloads p ON p.link = {last}"
    cursor = connection.execute(sql)
    names = [one[0] for one in cursor.description][3:]
    whose = "the mail" if kind == "mail" else "our mail"
    for link, payload, content, *values in cursor:
        now = dict(zip(names, values, strict=True))
        name = f"{whose} {str(now['key'])[:40]}"
        if payload is None:
            yield f"{name} stands there without an entry"
        elif told(_is(payload)) != told(now):
            yield f"{name} is not as entry {link} tells"
        elif content_digest(content) != now["content_digest"] and (now["purged_at"] is None or content):
            yield f"the content of {name} was changed"
    gone = (
        f"SELECT count(DISTINCT subject) FROM audit WHERE subject >= '{kind} ' AND subject < '{kind}!'"
        f" AND substr(subject, {len(kind) + 2}) NOT IN (SELECT key FROM {table})"
    )
    if count := connection.execute(gone).fetchone()[0]:
        yield f"{count} of {'the mails' if kind == 'mail' else 'our mails'} were taken away"


def _is(payload: str) -> object:
    try:
        found = json.loads(payload)
    except ValueError:
        return None
    return found.get("is") if isinstance(found, dict) else None


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
    expected = as_row(task)
    # An older version wrote fewer fields.
    return decode(str(stands.pop("task")), Task) == task and stands == {name: expected[name] for name in stands}


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
    if fewer := len(expected - found):
        yield f"{fewer} times a {name} was taken away"
