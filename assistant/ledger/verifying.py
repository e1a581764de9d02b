"""A ledger's file -> whether all of it is as the audit tells, and the first place where it is not. Changes nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.ledger.links import START, Link, digest_of, event_payload, hash_of, told
from assistant.ledger.verifying_rows import Places, ToldOf, changed_rows
from assistant.records import ChainHead

_CHAIN = (
    "SELECT a.id, a.at, a.actor, a.what, a.subject, a.source, a.digest, a.hash, p.salt, p.payload, e.salt, e.number,"
    " e.at, e.actor, e.source, e.change, e.effect"
    " FROM audit a LEFT JOIN audit_payloads p ON p.link = a.id LEFT JOIN events e ON e.id = a.id ORDER BY a.id"
)
_FIRST = 20
"""Problems beyond these are counted only."""


@dataclass(kw_only=True)
class Verdict:
    """What was found.

    Attributes:
        head: How many entries there are, and the last hash.
        anchors: How many heads of our own digests were compared with the chain.
        problems: The first ones, a sentence each, without words of any mail.

    """

    head: ChainHead = field(default_factory=lambda: ChainHead(count=0, hash=START.hex()))
    anchors: int = 0
    problems: list[str] = field(default_factory=list)
    count: int = 0

    @property
    def is_sound(self) -> bool:
        return not self.count

    def add(self, problem: str) -> None:
        self.count += 1
        if self.count <= _FIRST:
            self.problems.append(problem)


def verify(connection: sqlite3.Connection, heads: Iterable[str] = ()) -> Verdict:
    """Check the chain, and all that it answers for, on a connection that sees one moment.

    Args:
        connection: Inside a read transaction.
        heads: Written down elsewhere: `count:hash`, or the hash alone, or its beginning.

    """
    verdict, purged = Verdict(), _purged(connection)
    anchors = _anchors(connection, verdict)
    wanted = {head: head.strip().rpartition(":") for head in heads}
    seen: set[str] = set()
    before, last, events, told_of = START, 0, 0, ToldOf(Places(connection))
    for row in connection.execute(_CHAIN):
        link = Link(**dict(zip(("id", "at", "actor", "what", "subject", "source", "digest"), row[:7], strict=True)))
        if link.id != last + 1:
            verdict.add(f"entry {last + 1} is missing")
        hashed, last = bytes(row[7]), link.id
        if hash_of(before, link) != hashed:
            verdict.add(f"{_named(link)} was changed, or what stood before it")
        before = hashed
        events += _check_words(link, row[8:], purged, verdict)
        _note_rows(link, row[9], told_of)
        if link.id in anchors:
            verdict.anchors += 1
            if anchors[link.id] != hashed.hex():
                verdict.add(f"{_named(link)} is not the one that our digest was sent with")
        seen |= {head for head, (count, _, start) in wanted.items() if _is_head(link.id, hashed, count, start)}
    verdict.head = ChainHead(count=last, hash=before.hex())
    for missing in sorted(set(wanted) - seen):
        verdict.add(f"no entry has the head {missing}: the audit was cut off or written anew since")
    for count in sorted(one for one in anchors if one > last):
        verdict.add(f"our digests know of {count} entries, here are {last}: the audit was cut off")
    there = connection.execute("SELECT count(*) FROM events").fetchone()[0]
    if there != events:
        verdict.add(f"{there - events} events of tasks stand there without an entry")
    for problem in changed_rows(connection, told_of):
        verdict.add(problem)
    return verdict


def _named(link: Link) -> str:
    subject = f" of {link.subject[:24]}" if link.subject else ""
    return f"entry {link.id} ({link.at[:16]}, {link.what}{subject})"


def _is_head(count: int, hashed: bytes, wanted: str, start: str) -> bool:
    return (not wanted or wanted == str(count)) and bool(start) and hashed.hex().startswith(start.lower())


def _purged(connection: sqlite3.Connection) -> bytearray:
    """Return by its number which entries' words a purge took: each purge is an entry itself and tells which."""
    found = bytearray(connection.execute("SELECT coalesce(max(id), 0) FROM audit").fetchone()[0] + 1)
    sql = "SELECT payload FROM audit_payloads JOIN audit ON id = link WHERE what = 'purged'"
    for (payload,) in connection.execute(sql):
        for first, last in _told(payload).get("entries", ()):
            start, end = max(first, 0), min(last + 1, len(found))
            found[start:end] = b"\1" * (end - start)
    return found


def _told(payload: str | None) -> Mapping[str, list[list[int]]]:
    try:
        found = json.loads(payload or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _anchors(connection: sqlite3.Connection, verdict: Verdict) -> dict[int, str]:
    """Return the heads of our own mails by their count, but those of the time that a restore forgot."""
    lost = connection.execute("SELECT state_of, restored_at FROM restores").fetchall()
    found: dict[int, str] = {}
    for anchor, at in connection.execute("SELECT anchor, prepared_at FROM outbox WHERE anchor <> ''"):
        count, _, hashed = anchor.partition(":")
        if any(start <= at <= end for start, end in lost):
            continue
        if not count.isdecimal() or found.setdefault(int(count), hashed) != hashed:
            verdict.add("two of our digests were sent with different heads of the same length")
            continue
    return found


def _check_words(link: Link, rest: tuple[object, ...], purged: bytearray, verdict: Verdict) -> int:
    """Check an entry's words, wherever they lie; return 1 for a task's event that is there."""
    salt, payload, grain, number, *event = rest
    if number is not None:
        # Words that anybody put beside an event's own would go unseen.
        payload = event_payload(number, *event) if payload is None else None  # type: ignore[arg-type]
        salt = grain
    if payload is None and number is None:
        if purged[link.id : link.id + 1] != b"\1":
            verdict.add(f"the words of {_named(link)} are missing, and no purge took them")
        return 0
    if not isinstance(salt, bytes) or payload is None or digest_of(salt, str(payload)) != link.digest:
        verdict.add(f"the words of {_named(link)} were changed")
    return int(number is not None)


def _note_rows(link: Link, payload: str | None, told_of: ToldOf) -> None:
    """Look after what the audit tells of rows that are never changed."""
    if payload is None or link.what not in {"deliveries_noted", "digests_switched", "request_held"}:
        return
    try:
        values = json.loads(payload)
    except ValueError:
        return
    if link.what == "deliveries_noted":
        told_of.places.look(values if isinstance(values, list) else [values])
    elif link.what == "request_held":
        told_of.held.add(told(values))
    else:
        told_of.switches.add(told([*values, None][:5]))
