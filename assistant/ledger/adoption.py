"""A ledger from before it had an audit -> its first entries: one for each thing that stands there."""

from __future__ import annotations

from assistant.ledger.chain import Chain, Execute, content_digest, new_salt, subject_of_task
from assistant.ledger.links import event_payload, told

_SOME = 1_000
_ANY = "SELECT 1 FROM audit LIMIT 1"
_LAST_MOMENT = (
    "SELECT max(at) FROM (SELECT max(stored_at) AS at FROM mails UNION ALL SELECT max(at) FROM events"
    " UNION ALL SELECT max(prepared_at) FROM outbox)"
)
EVENTS_STAY = (
    "CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END"
)


def adopt(execute: Execute) -> None:
    """Begin the audit, inside a transaction, with what the ledger holds. A task's event keeps its number as its link's.

    What was changed before this moment cannot be told; what is changed from now on can.
    """
    chain = Chain(execute)
    if execute(_ANY, ()).fetchone():
        return
    at = str(execute(_LAST_MOMENT, ()).fetchone()[0] or "")
    execute("DROP TRIGGER events_stay", ())
    _adopt_events(execute, chain)
    execute(EVENTS_STAY, ())
    for table, note in (("mails", chain.mail), ("outbox", chain.ours)):
        for key in _keys(execute, table):
            content = execute(f"SELECT content FROM {table} WHERE key = ?", (key,)).fetchone()[0]
            execute(f"UPDATE {table} SET content_digest = ? WHERE key = ?", (content_digest(content), key))
            note("adopted", key, at=at, was=None)
    _adopt_rows(execute, chain, at)
    if chain.head().count:
        chain.add("audit_begun", told({"adopted": chain.head().count}), at=at)


def _adopt_events(execute: Execute, chain: Chain) -> None:
    last = 0
    while row := execute(f"SELECT {_EVENT} FROM events WHERE id > ? ORDER BY id LIMIT 1", (last,)).fetchone():
        last, number, at, actor, source, change, effect = row
        # Numbers without an event are none that anybody took away: they were never given.
        while chain.next_id() < last:
            chain.add("number_passed_over", told({}), at=at)
        salt = new_salt()
        execute("UPDATE events SET salt = ? WHERE id = ?", (salt, last))
        payload = event_payload(number, at, actor, source, change, effect)
        subject = subject_of_task(number)
        chain.add("task_adopted", payload, at=at, actor=actor, subject=subject, source=source, salt=salt)


_EVENT = "id, number, at, actor, source, change, effect"


def _keys(execute: Execute, table: str) -> list[str]:
    found, last = [], ""
    while row := execute(f"SELECT key FROM {table} WHERE key > ? ORDER BY key LIMIT 1", (last,)).fetchone():
        last = row[0]
        found.append(last)
    return found


def _adopt_rows(execute: Execute, chain: Chain, at: str) -> None:
    """Take over where mails lie in mailboxes, and the words of people on their own digests."""
    places: list[tuple[object, ...]] = []
    last: tuple[object, ...] = ("", "", 0, 0)
    after = "SELECT account, folder, uidvalidity, uid, key FROM deliveries WHERE (account, folder, uidvalidity, uid) >"
    while row := execute(f"{after} (?, ?, ?, ?) ORDER BY 1, 2, 3, 4 LIMIT 1", last).fetchone():
        places.append(tuple(row))
        last = tuple(row[:4])
        if len(places) == _SOME:
            chain.add("deliveries_noted", told(places), at=at)
            places = []
    if places:
        chain.add("deliveries_noted", told(places), at=at)
    number = 0
    while row := execute(
        "SELECT id, person, is_on, at, source FROM digest_switches WHERE id > ? ORDER BY id LIMIT 1", (number,)
    ).fetchone():
        number, *values = row
        chain.add("digests_switched", told(values), at=at, actor=str(values[0]), source=str(values[-1]))
