"""One SQLite file -> another: a snapshot, taken while others write, checked before it gets its name."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.errors import LedgerError
from assistant.ledger.connecting import connect, copy_encrypted, database_errors, looks_encrypted
from assistant.ledger.permissions import make_private, touch_private

_COUNTED = ("mails", "deliveries", "events", "tasks", "outbox")
_BUSY_S = 30


def copied(source: Path, target: Path, key: str | None = None) -> dict[str, int]:
    """Copy a ledger's file to `target`, replacing it at once or not at all; return how many rows each table has.

    Raises:
        LedgerError: The source is no ledger or damaged, or the copy cannot be written.

    """
    part = target.with_name(f".{target.name}.part")
    try:
        make_private(target.parent)
        part.unlink(missing_ok=True)
        touch_private(part)
        counts = _snapshot(source, part, key)
        synced(part)
        part.replace(target)
        synced(target.parent)
    except database_errors() as error:
        hint = "; it seems to be encrypted: [storage] encryption_key names its key" if looks_encrypted(source) else ""
        raise LedgerError(f"{source}: cannot be copied ({error}){hint}") from error
    except OSError as error:
        raise LedgerError(f"{target}: cannot be written ({error.strerror})") from error
    finally:
        part.unlink(missing_ok=True)
    return counts


def _snapshot(source: Path, part: Path, key: str | None) -> dict[str, int]:
    with closing(connect(source, key, timeout_s=_BUSY_S)) as reading:
        # One read transaction for the counts and the copy: both see the same moment, and nobody who writes waits.
        reading.execute("BEGIN")
        counts = counted_rows(reading, source)
        if key is None:
            with closing(connect(part)) as writing:
                reading.backup(writing)
        else:
            copy_encrypted(reading, part, key)
        with closing(connect(part, key)) as written:
            # A copy is one file, without others beside it.
            written.execute("PRAGMA journal_mode = DELETE").fetchall()
            if problem := problem_of(written):
                raise LedgerError(f"{source}: is damaged ({problem}); restore a sound backup: assistant restore FILE")
            if counted_rows(written, source) != counts:
                raise LedgerError(f"{source}: its copy lacks rows; try again")
    return counts


def counted_rows(connection: sqlite3.Connection, source: Path) -> dict[str, int]:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables.issuperset(_COUNTED):
        raise LedgerError(f"{source}: is no ledger of this program")
    return {table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in _COUNTED}


def problem_of(connection: sqlite3.Connection) -> str:
    """Return what a full check finds wrong; "" for nothing."""
    found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    # What is wrong is told over several lines; one is enough for a person.
    return "" if found == "ok" else " ".join(found.split())[:120]


def synced(path: Path) -> None:
    """Make a file, or the names in a folder, last through a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
