"""The audit: whatever is edited, removed, put in another order or cut off in the ledger's file is found."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database as SqliteDatabase

from assistant.ledger import FILE, Ledger, restore
from assistant.ledger.book import as_event, as_row
from assistant.ledger.codec import encode
from assistant.ledger.fold import fold
from assistant.ledger.links import START, Link, digest_of, event_payload, hash_of
from assistant.ledger.moments import to_text
from assistant.ledger.schema import migrations
from assistant.records import Decision, DigestSwitch, HeldRequest
from tests.ledger.test_ledger import NOW, opening
from tests.pipeline.office import DANA, Office

EDITS = 500
_ANSWERED = {
    "mails": (
        *("account", "received_at", "stored_at", "content", "content_digest", "truncated", "state", "settled_at"),
        *("sender", "thread", "stored_in", "salt"),
    ),
    "outbox": ("kind", "recipient", "subject", "message_id", "content", "numbers", "prepared_at", "anchor", "sent_at"),
    "events": ("number", "at", "actor", "source", "change", "effect", "salt"),
    "tasks": ("state", "coordinator", "owner", "thread", "source", "changed_at", "task"),
    "audit": ("at", "actor", "what", "subject", "source", "digest", "hash"),
    "audit_payloads": ("salt", "payload"),
    "deliveries": ("account", "folder", "uidvalidity", "uid", "key"),
    "digest_switches": ("person", "is_on", "at", "source"),
    "held_requests": ("person", "sender", "at", "numbers", "why"),
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
        for number in range(3):
            ledger.held.put(
                HeldRequest(
                    mail=f"m{number}", person=DANA, sender="eve@evil.example", at=office.now, numbers=(1,), why="token"
                )
            )
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


def test_who_writes_the_whole_chain_anew_is_found_by_a_head_in_a_mailbox(victim: Victim, tmp_path: Path):
    def harm(file: sqlite3.Connection) -> None:
        """Change an event with all that rests on it, our own digests' heads too: all is as it must be, but another."""
        file.execute("UPDATE events SET actor = 'nobody@clinic.example' WHERE id = (SELECT min(id) FROM events)")
        before = START
        for number, at, actor, what, subject, source, digest in file.execute(
            "SELECT id, at, actor, what, subject, source, digest FROM audit ORDER BY id"
        ).fetchall():
            event = file.execute(f"SELECT {_EVENT}, salt FROM events WHERE id = ?", (number,)).fetchone()
            found = digest_of(event[-1], event_payload(*event[:-1])) if event else digest
            by = event[2] if event else actor
            link = Link(id=number, at=at, actor=by, what=what, subject=subject, source=source, digest=found)
            before = hash_of(before, link)
            file.execute("UPDATE audit SET actor = ?, digest = ?, hash = ? WHERE id = ?", (by, found, before, number))
        for number in [row[0] for row in file.execute("SELECT DISTINCT number FROM events").fetchall()]:
            cursor = file.execute("SELECT * FROM events WHERE number = ? ORDER BY id", (number,))
            names = [one[0] for one in cursor.description]
            task = fold(as_event(dict(zip(names, row, strict=True))) for row in cursor.fetchall())
            if task is not None:
                row = as_row(task)
                changes = ", ".join(f"{name} = ?" for name in row)
                file.execute(f"UPDATE tasks SET {changes} WHERE number = ?", (*row.values(), number))

    ledger = victim.harmed(tmp_path / "anew", harm)
    by_our_digests, by_a_mailbox = ledger.audit.verify(), ledger.audit.verify(victim.heads)
    ledger.close()

    assert all("our digest was sent with" in problem for problem in by_our_digests.problems)
    assert by_our_digests.count == by_our_digests.anchors >= 3
    assert any("no entry has the head" in problem for problem in by_a_mailbox.problems)


def test_a_ledger_from_before_the_audit_is_taken_over_whole_and_guarded_from_then_on(tmp_path: Path):
    folder = tmp_path / "ledger"
    folder.mkdir(mode=0o700)
    with closing(sqlite3.connect(folder / FILE)) as old:
        migrations.apply(SqliteDatabase(old), stop_before="chain_what_happens")
        old.execute(
            "INSERT INTO mails (key, account, received_at, stored_at, content, truncated, state, settled_at) VALUES"
            " ('k1', 'desk', '2026-01-01', '2026-01-01', X'41', 0, 'tasks', '2026-01-01')"
        )
        old.execute("INSERT INTO deliveries VALUES ('desk', 'INBOX', 7, 1, 'k1')")
        event = opening(1, "task:1")
        for number in (1, 2, 5):
            values = (number, number, to_text(NOW), "assistant", "k1", encode(event.change), f"task:{number}")
            old.execute(
                "INSERT INTO events (id, number, at, actor, source, change, effect) VALUES (?, ?, ?, ?, ?, ?, ?)",
                values,
            )
            task = fold([replace(event, id=number, number=number)])
            assert task is not None
            row = as_row(task)
            old.execute(f"INSERT INTO tasks VALUES ({', '.join('?' for _ in row)})", tuple(row.values()))
        old.commit()
    (folder / FILE).chmod(0o600)
    with closing(Ledger(folder, lock=True)) as ledger:
        ledger.record(Decision(events=(opening(6, "task:6"),)), [])
        first = ledger.audit.verify()
        whats = [entry.what for entry in ledger.audit.entries()]
    with closing(sqlite3.connect(folder / FILE)) as file, file:
        file.execute("UPDATE mails SET state = 'no_task'")
    with closing(Ledger(folder, lock=True)) as ledger:
        second = ledger.audit.verify()

    assert first.problems == []
    assert whats[:5] == ["task_adopted", "task_adopted", "number_passed_over", "number_passed_over", "task_adopted"]
    assert whats[-1] == "task_opened"
    assert second.problems == ["the mail k1 is not as entry 6 tells"]


def test_after_a_restore_the_heads_of_the_time_that_is_forgotten_are_no_alarm(tmp_path: Path):
    office = Office(tmp_path)
    office.arrive("Please fax the referral of Mr. Osei by Friday.")
    office.work()
    copy = office.parts.ledger.back_up(tmp_path / "copies", office.now)
    office.pass_time(days=1)
    office.arrive("Please call Mr. Osei by Friday.")
    office.work()
    office.parts.ledger.close()
    restore(tmp_path / "ledger", copy.path, office.now + timedelta(minutes=5), by="root")
    office.pass_time(minutes=10)
    office.restart()
    office.pass_time(days=1)
    office.work()
    with closing(office.parts.ledger) as ledger:
        verdict = ledger.audit.verify()
        restored = [entry.actor for entry in ledger.audit.entries() if entry.what == "ledger_restored"]

    assert verdict.problems == []
    assert restored == ["root"]


_EVENT = "number, at, actor, source, change, effect"
