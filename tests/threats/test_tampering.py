"""The audit: whatever is edited, removed, put in another order or cut off in the ledger's file is found."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.ledger import FILE, Ledger
from assistant.records import Decision, DigestSwitch
from tests.pipeline.office import DANA, Office

EDITS = 500
_ANSWERED = {
    "mails": ("account", "received_at", "stored_at", "content", "truncated", "state", "settled_at", "sender", "thread"),
    "outbox": ("kind", "recipient", "subject", "message_id", "content", "numbers", "prepared_at", "anchor", "sent_at"),
    "events": ("number", "at", "actor", "source", "change", "effect", "salt"),
    "tasks": ("state", "coordinator", "owner", "thread", "source", "changed_at", "task"),
    "audit": ("at", "actor", "what", "subject", "source", "digest", "hash"),
    "audit_payloads": ("salt", "payload"),
    "deliveries": ("account", "folder", "uidvalidity", "uid", "key"),
    "digest_switches": ("person", "is_on", "at", "source"),
}
"""What the audit answers for."""


@dataclass
class Victim:
    """A ledger's file that somebody gets at who knows SQL: triggers and keys keep them from nothing."""

    folder: Path
    heads: tuple[str, ...]

    def harmed(self, folder: Path, harm: Callable[[sqlite3.Connection], None]) -> Ledger:
        shutil.copytree(self.folder, folder)
        with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as file:
            for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                if not name.startswith("task_words"):
                    file.execute(f"DROP TRIGGER {name}")
            file.execute("PRAGMA foreign_keys = OFF")
            file.execute("PRAGMA ignore_check_constraints = ON")
            harm(file)
        return Ledger(folder, lock=False)


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Victim:
    """A week of an office: mails with and without tasks, digests, an answer, a quarantined mail, a stop."""
    office = Office(tmp_path_factory.mktemp("office"))
    for day in range(5):
        for one in range(4):
            office.arrive(f"Please fax the referral of Mr. Case{day}{one} to the clinic by Friday.")
        office.arrive("Thank you, all is well.")
        office.arrive_raw(b"")
        office.work()
        office.pass_time(days=1)
    with closing(office.parts.ledger) as ledger:
        ledger.record(Decision(digests=DigestSwitch(person=DANA, is_on=False, at=office.now, source="m1")), ())
        verdict = ledger.audit.verify()

        assert verdict.is_sound, verdict.problems
        assert verdict.anchors >= 3
        return Victim(office.folder / "ledger", (verdict.head.words,))


def _other(value: object, chance: random.Random) -> object:
    if isinstance(value, bytes):
        return value + b"x" if not value else bytes([value[0] ^ 1]) + value[1:]
    if isinstance(value, int):
        return value + chance.choice((1, 1000))
    return f"{value or ''}x" if chance.random() < 0.5 or not value else str(value)[:-1]


def _edit(chance: random.Random) -> Callable[[sqlite3.Connection], None]:
    def harm(file: sqlite3.Connection) -> None:
        while True:
            table = chance.choice(list(_ANSWERED))
            column = chance.choice(_ANSWERED[table])
            key = {"deliveries": "key", "audit_payloads": "link"}.get(table, "rowid")
            rows = file.execute(f"SELECT {key}, {column} FROM {table}").fetchall()
            if rows:
                row, value = chance.choice(rows)
                try:
                    file.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (_other(value, chance), row))
                except sqlite3.IntegrityError:
                    continue
                return

    return harm


def _remove(chance: random.Random) -> Callable[[sqlite3.Connection], None]:
    def harm(file: sqlite3.Connection) -> None:
        table = chance.choice(list(_ANSWERED))
        key = {"deliveries": "key", "audit_payloads": "link"}.get(table, "rowid")
        rows = file.execute(f"SELECT {key} FROM {table}").fetchall()
        file.execute(f"DELETE FROM {table} WHERE {key} = ?", chance.choice(rows))

    return harm


def _reorder(chance: random.Random) -> Callable[[sqlite3.Connection], None]:
    """Two entries, or two tasks' events, change places."""

    def harm(file: sqlite3.Connection) -> None:
        table = chance.choice(("audit", "events"))
        ids = [row[0] for row in file.execute(f"SELECT id FROM {table}")]
        one, other = chance.sample(ids, 2)
        for old, new in ((one, -1), (other, one), (-1, other)):
            file.execute(f"UPDATE {table} SET id = ? WHERE id = ?", (new, old))

    return harm


def _cut_off(chance: random.Random) -> Callable[[sqlite3.Connection], None]:
    """All after some entry never was, whatever it spoke of."""

    def harm(file: sqlite3.Connection) -> None:
        last = file.execute("SELECT max(id) FROM audit").fetchone()[0]
        cut = chance.randint(1, last - 1)
        gone = [row[0] for row in file.execute("SELECT subject FROM audit WHERE id > ?", (cut,))]
        for table, column in (("audit", "id"), ("audit_payloads", "link"), ("events", "id")):
            file.execute(f"DELETE FROM {table} WHERE {column} > ?", (cut,))
        for subject in gone:
            kind, _, key = subject.partition(" ")
            file.execute("DELETE FROM tasks WHERE number = ?", (key if kind == "task" else "",))
            file.execute("DELETE FROM mails WHERE key = ?", (key,))
            file.execute("DELETE FROM outbox WHERE key = ?", (key,))

    return harm


@pytest.mark.parametrize("part", range(10))
def test_each_of_500_edits_removals_swaps_and_cuts_is_found(victim: Victim, tmp_path: Path, part: int):
    harms = (_edit, _edit, _remove, _reorder, _cut_off)
    missed = []
    for number in range(part * EDITS // 10, (part + 1) * EDITS // 10):
        chance = random.Random(number)
        harm = harms[number % len(harms)]
        ledger = victim.harmed(tmp_path / str(number), harm(chance))
        if ledger.audit.verify(victim.heads).is_sound:
            missed.append((number, harm.__name__))
        ledger.close()
        shutil.rmtree(tmp_path / str(number))

    assert missed == []
