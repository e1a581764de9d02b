"""The audit as others use it: its head, what is shown to whom, whether it is sound, and all of it as plain rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.ledger.book import as_event, as_row
from assistant.ledger.chain import Chain
from assistant.ledger.database import Database
from assistant.ledger.fold import fold
from assistant.ledger.links import told
from assistant.ledger.moments import from_text, to_text
from assistant.ledger.verifying import Verdict, verify
from assistant.records import ChainHead, LedgerEvent

SHOWN = "shown"
_ENTRIES = (
    "SELECT a.id, a.at, a.actor, a.what, a.subject, a.source, hex(a.hash) AS hash, p.payload, e.number FROM audit a"
    " LEFT JOIN audit_payloads p ON p.link = a.id LEFT JOIN events e ON e.id = a.id WHERE a.id > ? ORDER BY a.id"
)
_HISTORY = "SELECT id, number, at, actor, source, change, effect FROM events WHERE number = ? AND id <= ? ORDER BY id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the audit: who did what, when, to what, from which mail; how it was before and is after."""

    id: int
    at: str
    actor: str
    what: str
    subject: str
    source: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    """None: a purge took it."""
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Somebody was shown something."""

    at: str
    who: str
    how: str
    """The command; or the kind of the mail of ours."""
    numbers: tuple[int, ...]
    """The tasks."""
    mails: tuple[str, ...] = ()
    """Keys."""
    everything: bool = False
    """All that the ledger holds."""

    def is_of(self, number: int) -> bool:
        return self.everything or number in self.numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """How it ended when the whole ledger was held against the audit."""

    at: datetime
    problems: int
    first: str
    """A sentence without words of any mail; "" for none."""


class Audit:
    """The audit of a ledger."""

    def __init__(self, database: Database) -> None:
        self._database, self._chain = database, Chain(database.execute)

    def head(self) -> ChainHead:
        rows = self._database.rows("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
        return ChainHead(count=rows[0]["id"], hash=rows[0]["hash"].hex()) if rows else ChainHead(count=0, hash="")

    def verify(self, heads: Iterable[str] = ()) -> Verdict:
        """Check the whole ledger against the audit, and the audit against heads that were written down elsewhere."""
        with self._database.snapshot() as connection:
            return verify(connection, heads)

    def shown(
        self,
        how: str,
        who: str,
        now: datetime,
        *,
        numbers: Iterable[int] = (),
        mails: Iterable[str] = (),
        everything: bool = False,
    ) -> None:
        """Commit, before it is shown, that somebody is shown tasks and mails."""
        tasks, keys = sorted(set(numbers)), sorted(set(mails))
        payload = told({"how": how, "to": who, "tasks": tasks, "mails": keys, "all": everything})
        with self._database.transaction():
            self._chain.add(SHOWN, payload, at=to_text(now), actor=who)

    def last_night(self) -> Night | None:
        """Return how it ended when the whole ledger was last held against the audit; None where it never was."""
        sql = (
            "SELECT a.at, p.payload FROM audit a LEFT JOIN audit_payloads p ON p.link = a.id"
            " WHERE a.subject = 'night' ORDER BY a.id DESC LIMIT 1"
        )
        rows = self._database.rows(sql)
        if not rows:
            return None
        said = json.loads(rows[0]["payload"] or "{}")
        return Night(at=from_text(rows[0]["at"]), problems=said.get("problems", 0), first=said.get("first", ""))

    def checked(self, verdict: Verdict, now: datetime) -> None:
        """Commit that the whole ledger was held against the audit, and how that ended."""
        said = {"entries": verdict.head.count, "digests": verdict.anchors, "problems": verdict.count}
        payload = told(said | {"first": next(iter(verdict.problems), "")})
        with self._database.transaction():
            self._chain.add("audit_checked", payload, at=to_text(now), subject="night")

    def note(self, what: str, who: str, now: datetime, **said: object) -> None:
        """Commit that somebody did something that is neither a task's nor a mail's."""
        with self._database.transaction():
            self._chain.add(what, told(said), at=to_text(now), actor=who)

    def note_settings(self, settings: dict[str, Any], who: str, now: datetime) -> bool:
        """Commit that the assistant works with other settings than before; return whether they are others."""
        last = (
            "SELECT p.payload FROM audit a LEFT JOIN audit_payloads p ON p.link = a.id"
            " WHERE a.subject = 'settings' ORDER BY a.id DESC LIMIT 1"
        )
        rows = self._database.rows(last)
        before = json.loads(rows[0]["payload"] or "{}").get("is") if rows else None
        if before == json.loads(told(settings)):
            return False
        changed = sorted(name for name in settings if before is None or before.get(name) != settings[name])
        payload = told({"changed": changed, "was": before, "is": settings})
        with self._database.transaction():
            self._chain.add("settings_changed", payload, at=to_text(now), actor=who, subject="settings")
        return True

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Return the entries with a higher number, in their order."""
        with self._database.snapshot() as connection:
            for row in connection.execute(_ENTRIES, (after,)):
                number, at, actor, what, subject, source, hashed, payload, task = row
                if task is not None:
                    cursor = connection.execute(_HISTORY, (task, number))
                    names = [one[0] for one in cursor.description]
                    before, now = _changes([as_event(dict(zip(names, one, strict=True))) for one in cursor])
                else:
                    before, now = _parted(payload)
                yield Entry(
                    id=number,
                    at=at,
                    actor=actor,
                    what=what,
                    subject=subject,
                    source=source,
                    before=before,
                    after=now,
                    hash=hashed.lower(),
                )

    def accesses(self, number: int | None = None) -> Iterator[Access]:
        """Return who was shown what, by commands and by mails that left; of one task where its number is given."""
        sql = (
            "SELECT a.at, a.actor, a.what, p.payload FROM audit a JOIN audit_payloads p ON p.link = a.id"
            " WHERE a.what IN ('shown', 'mail_sent', 'own_mail_purged') ORDER BY a.id"
        )
        with self._database.snapshot() as connection:
            for at, actor, what, payload in connection.execute(sql):
                said = json.loads(payload)
                if what == SHOWN:
                    tasks, mails = tuple(said["tasks"]), tuple(said["mails"])
                    whole = said["all"]
                    found = Access(at=at, who=actor, how=said["how"], numbers=tasks, mails=mails, everything=whole)
                else:
                    # Of a mail that was purged its tombstone tells.
                    sent = said["is"]
                    if sent["standing"] != "sent":
                        continue
                    tasks, who = tuple(json.loads(sent["numbers"] or "[]")), str(sent["recipient"])
                    found = Access(at=sent["sent_at"] or at, who=who, how=f"mail: {sent['kind']}", numbers=tasks)
                if number is None or found.is_of(number):
                    yield found


def _changes(history: list[LedgerEvent]) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return what the last of these events changed of its task: as it was before, and as it is after."""
    rows = [as_row(task) if (task := fold(events)) else None for events in (history[:-1], history)]
    was, now = (json.loads(row["task"]) if row is not None else {} for row in rows)
    names = [name for name in sorted({*was, *now} - {"version", "is"}) if was.get(name) != now.get(name)]
    return {name: was.get(name) for name in names if was}, {name: now.get(name) for name in names if now}


def _parted(payload: str | None) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    if payload is None:
        return None, None
    said = json.loads(payload)
    if isinstance(said, dict) and "is" in said:
        was = said["was"]
        return (was if isinstance(was, dict) else {"state": was}), said["is"]
    return {}, (said if isinstance(said, dict) else {"values": said})
