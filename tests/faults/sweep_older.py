"""Days that begin on a ledger of an older version, which is first copied and brought up to date, or on none at all."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from assistant.ledger.marks import mark_of
from assistant.ledger.schema import migrations
from tests.faults.sweep import Point, Workshop
from tests.faults.sweep_state import State, broken_copies

KNOWN = "ruth@surgery.example"
SINCE = (
    "hold_mails_until_they_are_due",
    "keep_where_restores_stand",
    "keep_of_acquaintances_a_mark",
    "let_nothing_be_replaced",
    "follow_the_numbers_of_mailboxes",
)
"""What the older version did not know yet, in order, to the newest; each is done in a transaction."""
_FILE_SYNCS = 8
"""Until a new file and its log are there."""
BACK = (
    "ALTER TABLE outbox DROP COLUMN not_before",
    "ALTER TABLE outbox DROP COLUMN withdrawn_at",
    "ALTER TABLE restores DROP COLUMN entry",
    "DROP TABLE acquaintances",
    "CREATE TABLE acquaintances (email TEXT PRIMARY KEY, since TEXT NOT NULL) STRICT, WITHOUT ROWID",
    f"INSERT INTO acquaintances VALUES ('{KNOWN}', '2026-03-09')",
    *(f"DROP TRIGGER {table}_stand" for table in ("audit", "audit_payloads", "events")),
    *(f"DROP TABLE {table}" for table in ("numbered", "unseen")),
    f"DELETE FROM _sqlite_migrations WHERE name IN {SINCE}",
)
"""Makes of a ledger one of that version."""


class OlderWorkshop(Workshop):
    """An office whose ledger is of an older version each time a day begins."""

    def expected(self, found: State, day: Path) -> list[str]:
        return [*super().expected(found, day), *_wrong_versions(day / "ledger")]

    def _begun(self) -> Path:
        day = super()._begun()
        with closing(sqlite3.connect(day / "ledger" / "ledger.db", isolation_level=None)) as db:
            for statement in BACK:
                db.execute(statement)
        return day


class FirstWorkshop(Workshop):
    """An office whose assistant has never run before when a day begins: it makes its ledger."""

    def expected(self, found: State, day: Path) -> list[str]:  # noqa: ARG002 - Monday never was
        return broken_copies(day / "backups")

    def making(self) -> list[Point]:
        """Return the calls until all tables are there, and some more."""
        synced = [place for place, point in enumerate(self.points) if point.call == "fdatasync"]
        return self.points[: synced[len(migrations.pending(Database(memory=True))) + _FILE_SYNCS]]

    def _begun(self) -> Path:
        day = super()._begun()
        self._before = ()
        for name in ("ledger", "backups"):
            shutil.rmtree(day / name)
        return day


def copying_and_migrating(points: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    """Return which calls of a run copy the older ledger, and which bring it up to date."""
    calls = [point.call for point in points]
    begins, named = calls.index("unlink"), calls.index("rename")
    synced = [place for place, call in enumerate(calls) if call == "fdatasync" and place > named]
    # A sync for each step, one for the log's own beginning, and one where the ledger is taken over.
    ends = synced[len(SINCE) + 1]
    return list(points[begins : named + 1]), list(points[named + 1 : ends + 1])


def _wrong_versions(folder: Path) -> Iterator[str]:
    with closing(sqlite3.connect(folder / "ledger.db")) as db:
        if not _done(db).issuperset(SINCE):
            yield "the ledger is not up to date"
        elif (mark_of(KNOWN),) not in db.execute("SELECT mark FROM acquaintances").fetchall():
            yield "an acquaintance was lost"
    before = folder / f"before-{SINCE[0]}.db"
    if not before.exists():
        yield "there is no copy of what it was before"
        return
    with closing(sqlite3.connect(before)) as db:
        if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            yield "the copy of what it was before is broken"
        elif not _done(db).isdisjoint(SINCE) or (KNOWN,) not in db.execute("SELECT email FROM acquaintances"):
            yield "the copy of what it was before is of something else"
    yield from (f"{path.name} is left over" for path in folder.glob(".before-*"))


def _done(db: sqlite3.Connection) -> set[str]:
    return {name for (name,) in db.execute("SELECT name FROM _sqlite_migrations")}
