"""A ledger of an older version, or none yet, that several programs open."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database as SqliteDatabase

from assistant.errors import LedgerError
from assistant.ledger import FILE, Ledger
from assistant.ledger.database import Database
from assistant.ledger.schema import migrations
from tests.faults.sweep_older import BACK, SINCE
from tests.ledger.test_backup import filled

_OPENS = """
import sys
from pathlib import Path
from assistant.ledger import Ledger
sys.stdin.readline()
Ledger(Path(sys.argv[1]), lock=False).close()
"""


def made_older(folder: Path) -> None:
    """Make the ledger what it was before people could say when their digests resume."""
    with closing(sqlite3.connect(folder / FILE)) as older, older:
        older.execute("ALTER TABLE digest_switches DROP COLUMN until")
        older.execute("DELETE FROM _sqlite_migrations WHERE name = 'keep_when_digests_resume'")


def columns(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / FILE)) as file:
        return {row[1] for row in file.execute("PRAGMA table_info(digest_switches)")}


def test_under_an_older_assistant_that_runs_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = filled(tmp_path / "ledger", 1)
    made_older(folder)
    monkeypatch.setattr("assistant.ledger.database._BUSY_MS", 100)
    lock = Database.locked(folder)
    with pytest.raises(LedgerError, match="of an older version"):
        Ledger(folder, lock=False)
    assert "until" not in columns(folder)
    lock.release()
    Ledger(folder, lock=False).close()

    assert "until" in columns(folder)
    Database.locked(folder).release()


@pytest.mark.parametrize("is_there", [True, False])
def test_programs_that_begin_at_once_all_find_it_ready(tmp_path: Path, *, is_there: bool):
    folder = tmp_path / "ledger"
    if is_there:
        made_older(filled(folder, 1))
    command = [sys.executable, "-c", _OPENS, str(folder)]
    programs = [subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(5)]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    said = [program.communicate(timeout=60)[1] for program in programs]

    assert said == [""] * 5


def test_whom_an_older_ledger_knew_by_address_is_known_by_a_mark(tmp_path: Path):
    folder, known = filled(tmp_path / "ledger", 1), "lab@new.example"
    with closing(sqlite3.connect(folder / FILE)) as older, older:
        older.execute("DROP TABLE acquaintances")
        older.execute("CREATE TABLE acquaintances (email TEXT PRIMARY KEY, since TEXT NOT NULL) STRICT, WITHOUT ROWID")
        older.execute("INSERT INTO acquaintances VALUES (?, '2026-03-09')", [known])
        older.execute("DELETE FROM _sqlite_migrations WHERE name = 'keep_of_acquaintances_a_mark'")
    ledger = Ledger(folder, lock=True)
    found = ledger.acquaintances.among([known, "other@new.example"])
    ledger.close()
    with closing(sqlite3.connect(folder / FILE)) as file:
        rows = file.execute("SELECT * FROM acquaintances").fetchall()

    assert found == {known}
    assert known not in str(rows)


def test_the_kills_of_an_upgrade_cover_every_step_since_the_version_that_they_begin_with():
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        db = SqliteDatabase(connection)
        migrations.apply(db)
        newest = shape(connection)
        applied = [one.name for one in migrations.applied(db)]
        for statement in BACK:
            connection.execute(statement)
        older, pending = shape(connection), [one.name for one in migrations.pending(db)]
        migrations.apply(db)

        assert applied[-len(SINCE) :] == [*SINCE]
        assert pending == [*SINCE]
        assert older != newest
        assert shape(connection) == newest


def shape(connection: sqlite3.Connection) -> dict[str, object]:
    """Return what a ledger consists of: its tables with their columns, indexes and triggers."""
    found = connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    return {
        name: sorted(connection.execute("SELECT * FROM pragma_table_info(?)", [name])) if kind == "table" else kind
        for kind, name in found
    }
