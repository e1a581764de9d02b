"""What has been kept long enough, or is to be forgotten, goes: its rows in one transaction, its bytes after it.

What goes leaves a tombstone, so that no mail is read twice, no number given twice, and the chain of the audit stays
whole. Nothing of an open task goes, nor a mail that waits, needs a person, or is yet to be sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import TypeVar

from assistant.ledger.chain import ASSISTANT, Chain, subject_of_mail, subject_of_ours
from assistant.ledger.codec import decode
from assistant.ledger.database import Database, Row
from assistant.ledger.links import told
from assistant.ledger.moments import to_text
from assistant.records import Task

_Item = TypeVar("_Item")
_SOME = 200
"""Rows in one transaction: others want to write as well."""
_SETTLED = "state IN ('tasks', 'no_task', 'automatic', 'answer') AND read_again_at IS NULL AND purged_at IS NULL"
_LEFT = "state IN ('sent', 'failed') AND purged_at IS NULL"
_STRUCTURE = "('purged', 'mails_stored', 'deliveries_noted', 'digests_switched')"
"""Entries that hold nothing of any mail, and that the rows are checked against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would go."""

    tasks: tuple[int, ...] = ()
    mails: tuple[str, ...] = ()
    """Keys of mails that came in."""
    ours: tuple[str, ...] = ()
    """Keys of mails of ours."""
    entries: tuple[int, ...] = ()
    """Of the audit, whose words go."""
    kept: tuple[str, ...] = ()
    """What stays though it was asked for, and why; a line each, without words of any mail."""

    @property
    def count(self) -> int:
        return len(self.tasks) + len(self.mails) + len(self.ours) + len(self.entries)

    @property
    def is_empty(self) -> bool:
        return not self.count

    @property
    def said(self) -> str:
        tasks, mails, ours = len(self.tasks), len(self.mails), len(self.ours)
        named = [f"{tasks} closed task{'s' * (tasks != 1)}", f"{mails} mail{'s' * (mails != 1)}"]
        named.append(f"{ours} mail{'s' * (ours != 1)} of ours")
        if self.entries:
            named.append(f"the words of {len(self.entries)} entr{'y' if len(self.entries) == 1 else 'ies'}")
        return ", ".join(named)


@dataclass(kw_only=True)
class _Needed:
    """The mails that tasks rest on which stay."""

    keys: set[str] = field(default_factory=set)
    threads: set[str] = field(default_factory=set)

    def has(self, mail: Row) -> bool:
        return mail["key"] in self.keys or mail["thread"] in self.threads

    def add(self, task: Task) -> None:
        self.keys |= {task.source, *(one.mail for one in task.evidence)}
        self.threads |= {task.thread, *(one.asked.thread for one in task.evidence)}


class Purging:
    """Plans what goes from a ledger, and lets it go."""

    def __init__(self, database: Database) -> None:
        self._database, self._chain = database, Chain(database.execute)
        self._last_needed: tuple[int, _Needed] = (-1, _Needed())

    def plan_aged(
        self, *, mails_before: datetime | None, tasks_before: datetime | None, audit_before: datetime | None
    ) -> Plan:
        """Return what was done with before these moments; None: that class is kept."""
        plan = self._aged_tasks(tasks_before) if tasks_before is not None else Plan()
        mails, ours = set(plan.mails), set(plan.ours)
        if mails_before is not None:
            needed, limit = self._needed(), to_text(mails_before)
            rows = self._database.rows(f"SELECT key, thread FROM mails WHERE {_SETTLED} AND settled_at < ?", limit)
            mails |= {row["key"] for row in rows if not needed.has(row)}
            sql = f"SELECT key FROM outbox WHERE {_LEFT} AND coalesce(sent_at, prepared_at) < ?"
            ours |= {row["key"] for row in self._database.rows(sql, limit)}
        entries = self._aged_entries(audit_before) if audit_before is not None else ()
        return Plan(tasks=plan.tasks, mails=tuple(sorted(mails)), ours=tuple(sorted(ours)), entries=entries)

    def _aged_tasks(self, before: datetime) -> Plan:
        closed = "SELECT number FROM tasks WHERE state <> 'open' AND changed_at < ?"
        # Where the opening of a task was undone there are events and no task.
        lone = "SELECT number FROM events WHERE number NOT IN (SELECT number FROM tasks)"
        undone = f"{lone} GROUP BY number HAVING max(at) < ?"
        numbers = {row["number"] for sql in (closed, undone) for row in self._database.rows(sql, to_text(before))}
        return self.plan_of(numbers, ())

    def plan_of(self, numbers: Iterable[int], keys: Iterable[str], ours: Iterable[str] = ()) -> Plan:
        """Return what of these tasks and mails may go, with the mails that they rest on and those that show them."""
        wanted, kept = set(numbers), []
        tasks = {task.number: task for task in self._tasks(wanted)}
        for number in sorted(one for one in wanted if one in tasks and tasks[one].state == "open"):
            kept.append(f"task #{number} is open; close it first")
            wanted.discard(number)
        going = _Needed()
        for number in wanted & set(tasks):
            going.add(tasks[number])
        sources = {row["source"] for one in wanted for row in self._events(one)}
        needed = self._needed(but=wanted)
        asked = set(keys)
        mails: set[str] = set()
        for row in self._mails(asked | going.keys | sources, going.threads):
            name = f"the mail {row['key'][:12]}"
            if row["purged_at"] is not None:
                continue
            if needed.has(row):
                kept += [f"{name} is needed by a task that stays"] if row["key"] in asked else []
            elif not row["may_go"]:
                kept.append(f"{name} waits, or needs a person")
            else:
                mails.add(row["key"])
        left, on_the_way = self._showing(wanted, frozenset(ours))
        kept += [f"{on_the_way} mails of ours that show them are yet to be sent"] if on_the_way else []
        return Plan(tasks=tuple(sorted(wanted)), mails=tuple(sorted(mails)), ours=left, kept=tuple(kept))

    def _events(self, number: int) -> list[Row]:
        return self._database.rows("SELECT DISTINCT source FROM events WHERE number = ?", number)

    def _tasks(self, numbers: set[int]) -> list[Task]:
        found = (self._database.rows("SELECT task FROM tasks WHERE number = ?", one) for one in sorted(numbers))
        return [decode(row["task"], Task) for rows in found for row in rows]

    def _needed(self, but: Iterable[int] = ()) -> _Needed:
        """Return what open tasks rest on, and of the closed ones their own mails."""
        needed, left_out = _Needed(), set(but)
        for row in self._database.rows("SELECT task FROM tasks WHERE state = 'open'"):
            task = decode(row["task"], Task)
            if task.number not in left_out:
                needed.add(task)
        return needed

    def _mails(self, keys: set[str], threads: set[str]) -> list[Row]:
        columns = f"key, thread, purged_at, ({_SETTLED}) AS may_go"
        found = {}
        for column, values in (("key", keys), ("thread", threads)):
            for value in values:
                for row in self._database.rows(f"SELECT {columns} FROM mails WHERE {column} = ?", value):
                    found[row["key"]] = row
        return [found[key] for key in sorted(found)]

    def unpurged(self) -> tuple[list[str], list[str]]:
        """Return the keys of the mails that came in, and of ours, that hold words."""
        mails, ours = (f"SELECT key FROM {table} WHERE purged_at IS NULL" for table in ("mails", "outbox"))
        return [row["key"] for row in self._database.rows(mails)], [row["key"] for row in self._database.rows(ours)]

    def _showing(self, numbers: set[int], keys: frozenset[str]) -> tuple[tuple[str, ...], int]:
        """Return the mails of ours that show one of these tasks, and how many of them are still on their way."""
        if not numbers and not keys:
            return (), 0
        sql = f"SELECT key, numbers, ({_LEFT}) AS may_go FROM outbox WHERE purged_at IS NULL"
        rows = [
            row
            for row in self._database.rows(sql)
            if row["key"] in keys or numbers.intersection(json.loads(row["numbers"]))
        ]
        return tuple(row["key"] for row in rows if row["may_go"]), sum(not row["may_go"] for row in rows)

    def _aged_entries(self, before: datetime) -> tuple[int, ...]:
        newest = "(SELECT max(b.id) FROM audit b WHERE b.subject = a.subject)"
        sql = (
            "SELECT a.id FROM audit a JOIN audit_payloads p ON p.link = a.id"
            f" WHERE a.at < ? AND a.what NOT IN {_STRUCTURE} AND (a.subject = '' OR a.id < {newest}) ORDER BY a.id"
        )
        return tuple(row["id"] for row in self._database.rows(sql, to_text(before)))

    def purge(self, plan: Plan, now: datetime, *, by: str = ASSISTANT, why: str = "age") -> Plan:
        """Let it go, some rows at a time, and return what went; cut off, the rest goes with the next one.

        What somebody has taken up again since it was planned stays. `clean` has to follow.
        """
        parted = (
            *(Plan(tasks=some) for some in _parted(plan.tasks)),
            *(Plan(mails=some) for some in _parted(plan.mails)),
            *(Plan(ours=some) for some in _parted(plan.ours)),
            *(Plan(entries=some) for some in _parted(plan.entries)),
        )
        gone = [self._purge_some(some, now, by, why) for some in parted]
        return Plan(
            tasks=tuple(one for some in gone for one in some.tasks),
            mails=tuple(one for some in gone for one in some.mails),
            ours=tuple(one for some in gone for one in some.ours),
            entries=tuple(one for some in gone for one in some.entries),
        )

    def _still(self, plan: Plan) -> Plan:
        """Inside a transaction: return what of a plan may go now."""
        rows = self._database.rows
        is_open = "SELECT 1 FROM tasks WHERE number = ? AND state = 'open'"
        mails: tuple[str, ...] = ()
        if plan.mails:
            last = rows("SELECT coalesce(max(id), 0) AS id FROM events")[0]["id"]
            if self._last_needed[0] != last:
                self._last_needed = last, self._needed()
            found = self._mails(set(plan.mails), set())
            mails = tuple(row["key"] for row in found if row["may_go"] and not self._last_needed[1].has(row))
        return replace(
            plan,
            tasks=tuple(number for number in plan.tasks if not rows(is_open, number)),
            mails=mails,
            ours=tuple(key for key in plan.ours if rows(f"SELECT 1 FROM outbox WHERE key = ? AND {_LEFT}", key)),
        )

    def _purge_some(self, plan: Plan, now: datetime, by: str, why: str) -> Plan:
        at, change, gone = to_text(now), self._database.change, list(plan.entries)
        with self._database.transaction():
            plan = self._still(plan)
            if plan.is_empty:
                return plan
            # Outside of this transaction nobody ever sees the leave to delete.
            change("INSERT INTO purging VALUES (1)")
            for number in plan.tasks:
                gone += [row["id"] for row in self._database.rows("SELECT id FROM events WHERE number = ?", number)]
                change("DELETE FROM events WHERE number = ?", number)
                change("DELETE FROM tasks WHERE number = ?", number)
                change("INSERT OR IGNORE INTO purged_tasks VALUES (?, ?)", number, at)
            for subject in (*map(subject_of_mail, plan.mails), *map(subject_of_ours, plan.ours)):
                sql = "SELECT id FROM audit JOIN audit_payloads ON link = id WHERE subject = ?"
                gone += [row["id"] for row in self._database.rows(sql, subject)]
            for link in gone:
                change("DELETE FROM audit_payloads WHERE link = ?", link)
            for key in plan.mails:
                self._bury_mail(key, at, by)
            for key in plan.ours:
                words = "content = X'', choices = '[]', problem = '', keep_at = NULL, purged_at = ?"
                change(f"UPDATE outbox SET {words} WHERE key = ?", at, key)
                self._chain.ours("own_mail_purged", key, at=at, was="sent")
            # What models answered holds words of mails; asked again, they answer again.
            change("DELETE FROM answers")
            counts = {"tasks": len(plan.tasks), "mails": len(plan.mails), "ours": len(plan.ours)}
            payload = told({"why": why, "entries": _ranges(gone), **counts})
            self._chain.add("purged", payload, at=at, actor=by)
            change("INSERT INTO purges (at) VALUES (?)", at)
            change("DELETE FROM purging")
        return plan

    def _bury_mail(self, key: str, at: str, by: str) -> None:
        """Leave of a mail that it was there, and how it was settled."""
        words = "content = X'', content_digest = '', salt = NULL, sender = '', problem = '', message_id = NULL"
        self._database.change(f"UPDATE mails SET {words}, thread = NULL, purged_at = ? WHERE key = ?", at, key)
        self._database.change("DELETE FROM held_requests WHERE mail = ?", key)
        self._database.change("DELETE FROM held_answers WHERE mail = ?", key)
        self._chain.mail("mail_purged", key, at=at, actor=by)

    def is_unclean(self) -> bool:
        """Return whether bytes of what is gone may still stand in the file."""
        return bool(self._database.rows("SELECT 1 FROM purges WHERE cleaned_at IS NULL LIMIT 1"))

    def clean(self, now: datetime) -> bool:
        """Write the file anew without what is gone; return False where others kept us from it: try again later."""
        if not self.is_unclean():
            return True
        with self._database.transaction():
            # A full-text index keeps words of what was taken out of it.
            self._database.change("INSERT INTO task_words (task_words) VALUES ('rebuild')")
        if not self._database.rewrite():
            return False
        with self._database.transaction():
            self._database.change("UPDATE purges SET cleaned_at = ? WHERE cleaned_at IS NULL", to_text(now))
        return True


def _parted(items: Sequence[_Item]) -> Iterable[tuple[_Item, ...]]:
    rest = iter(items)
    while some := tuple(islice(rest, _SOME)):
        yield some


def _ranges(numbers: Iterable[int]) -> list[list[int]]:
    """Return numbers as ranges.

    >>> _ranges([3, 1, 2, 7])
    [[1, 3], [7, 7]]
    """
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found
