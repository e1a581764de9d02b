"""The SQLite file: opening, checking, one writer at a time. It and `schema` alone know sqlite-utils."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Any

from filelock import FileLock, Timeout
from sqlite_utils import Database as SqliteDatabase

from assistant.errors import LedgerError, LostLedgerError
from assistant.ledger.connecting import connect, integrity_errors, operational_errors, unreadable_errors
from assistant.ledger.copying import copied
from assistant.ledger.permissions import make_private, refuse_readers, touch_private
from assistant.ledger.schema import migrations
from assistant.ledger.storage import damaged, telling, told

FILE = "ledger.db"
RESTORING = "restoring"
"""A folder beside the ledger while another file takes its place."""
_BUSY_MS = 10_000
_PRAGMAS = (
    "journal_mode = WAL",
    # At each commit: what we said we hold, a power cut must not take.
    "synchronous = FULL",
    "foreign_keys = ON",
    # Pages, 16 MB. The log's pages go into the file by then, each once however often it was written; by SQLite's own
    # 1,000 a backlog would have it written and synced at every second commit.
    "wal_autocheckpoint = 4000",
)
_LOOK_AGAIN_S = 0.05
_WORKED_ON = "an assistant works on this ledger that is of an older version, or still starting; start it anew, or wait"
_TAKEN_OVER = "the ledger was taken over by another assistant; this one stops writing"
Row = dict[str, Any]


class Database:
    """An open ledger file. Threads take turns; a transaction is one thread's from its first line to its last.

    Attributes:
        trouble: SQLite's name for what kept the last transaction from being committed; "" for nothing.

    """

    def __init__(self, folder: Path, *, lock: bool, key: str | None = None, is_guarded: bool = True) -> None:
        """Open the ledger in `folder`, making or migrating it.

        Args:
            folder: Made with mode 0700 where it is missing.
            lock: True for the daemon: nobody else may hold the ledger, and who held it before can write no more.
            key: What an encrypted ledger is opened with; None: it is not encrypted.
            is_guarded: False where the platform has no rights that keep others out.

        Raises:
            LedgerError: Another assistant holds it, it is damaged, or a newer program wrote it.
            StorageError: The disk is full or fails, or another program holds the file.

        """
        self.folder, self._path, self.key = folder, folder / FILE, key
        with told(self._path):
            make_private(folder)
        if is_guarded:
            refuse_readers(folder)
        # What SQLite sorts or copies beside the file shall not lie in a folder that others may enter.
        os.environ["SQLITE_TMPDIR"] = str(folder)
        self.trouble = ""
        self._turn = RLock()
        self._lock = self.locked(folder) if lock else None
        path = self._path
        try:
            with told(path):
                _refuse_half_restored(folder)
                # Where others begin with it just now, theirs is as good.
                with suppress(FileExistsError):
                    touch_private(path)
                self._db = self._opened(path, key)
                self._migrate()
                if lock and (found := self.quick_check()) != "ok":
                    self._db.close()
                    raise sqlite3.DatabaseError(" ".join(found.split())[:120])  # noqa: TRY301 - told below
                self._epoch = self._take_over() if lock else self._current_epoch()
        except unreadable_errors() as error:
            self.release()
            raise damaged(path, str(error)) from error
        except BaseException:
            self.release()
            raise

    @staticmethod
    def locked(folder: Path) -> FileLock:
        """Return the lock on the ledger in `folder`, taken.

        Raises:
            LedgerError: An assistant holds it.

        """
        lock = _lock_on(folder)
        with told(folder):
            try:
                lock.acquire()
            except Timeout as error:
                raise LedgerError(f"{folder}: another assistant is running on this ledger; stop it first") from error
        return lock

    @staticmethod
    def _opened(path: Path, key: str | None) -> SqliteDatabase:
        connection = connect(path, key, timeout_s=_BUSY_MS / 1000, shared=True)
        db = SqliteDatabase(connection)
        for pragma in (*_PRAGMAS, f"busy_timeout = {_BUSY_MS}"):
            db.execute(f"PRAGMA {pragma}").fetchall()
        known = {one.name for one in migrations.pending(SqliteDatabase(memory=True))}
        newer = {one.name for one in migrations.applied(db)} - known
        if newer:
            connection.close()
            raise LedgerError(f"{path}: was written by a newer version of this program; install that version or later")
        return db

    def _migrate(self) -> None:
        """Bring the tables up to date, with the lock in hand: who works on them must not see them change."""
        until = time.monotonic() + _BUSY_MS / 1000
        while pending := migrations.pending(self._db):
            lock = self._lock or _lock_on(self.folder)
            try:
                # A lock that is ours already is merely counted.
                lock.acquire()
            except Timeout as error:
                if time.monotonic() > until:
                    raise LedgerError(f"{self.folder}: {_WORKED_ON}") from error
                time.sleep(_LOOK_AGAIN_S)
                continue
            try:
                # Another may have been quicker. What a migration spoils is still there as it was.
                if migrations.applied(self._db) and (pending := migrations.pending(self._db)):
                    copied(self._path, self._path.with_name(f"before-{pending[0].name}.db"), self.key)
                migrations.apply(self._db)
            finally:
                lock.release()

    def _take_over(self) -> int:
        with self._db.atomic():
            self._db.execute("UPDATE writer SET epoch = epoch + 1")
            return self._current_epoch()

    def _current_epoch(self) -> int:
        return int(self._db.execute("SELECT epoch FROM writer").fetchone()[0])

    @telling
    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all that is written inside, or nothing of it.

        Raises:
            LostLedgerError: Another assistant has taken the ledger over since it was opened.
            StorageError: The disk is full or fails, or another program holds the file.

        """
        try:
            with self._turn, self._db.atomic():
                # This write comes first, so that the lock is ours before anything is read.
                if self._db.execute("UPDATE writer SET epoch = epoch WHERE epoch = ?", [self._epoch]).rowcount != 1:
                    raise LostLedgerError(_TAKEN_OVER)
                yield
        except operational_errors() as error:
            self.trouble = str(getattr(error, "sqlite_errorname", "SQLITE_ERROR"))
            raise
        self.trouble = ""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Keep other threads of this process out from a first look to the transaction that rests on it.

        Raises:
            LostLedgerError: Another assistant has taken the ledger over; who has nothing to write learns it here.

        """
        with self._turn:
            self.still_ours()
            yield

    def still_ours(self) -> None:
        """Raise LostLedgerError where another assistant has taken the ledger over."""
        if self.rows("SELECT epoch FROM writer") != [{"epoch": self._epoch}]:
            raise LostLedgerError(_TAKEN_OVER)

    def rows(self, sql: str, *values: object) -> list[Row]:
        with told(self._path), self._turn:
            # sqlite-utils would put a savepoint around each question, and look at the tables before each insert.
            found = self._db.conn.execute(sql, values)
            names = [one[0] for one in found.description]
            return [dict(zip(names, row, strict=True)) for row in found]

    def change(self, sql: str, *values: object) -> int:
        """Run one statement inside a transaction; return how many rows it touched."""
        return int(self._db.execute(sql, list(values)).rowcount)

    def insert(self, table: str, row: Row) -> bool:
        """Insert inside a transaction; return False, and change nothing, where a UNIQUE key stands there already."""
        try:
            columns = ", ".join(row)
            marks = ", ".join("?" for _ in row)
            self._db.conn.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))
        except integrity_errors() as error:
            # OR IGNORE would swallow a broken CHECK or NOT NULL as well, and a row would be lost without a word.
            if str(error).startswith("UNIQUE"):
                return False
            raise
        return True

    def insert_all(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Insert rows inside a transaction; that a UNIQUE key stands there already is an error."""
        marks = ", ".join("?" for _ in columns)
        self._db.conn.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def execute(self, sql: str, values: tuple[object, ...]) -> Any:  # noqa: ANN401 - a cursor
        """Run one statement inside a transaction."""
        return self._db.conn.execute(sql, values)

    def last_id(self) -> int:
        return int(self._db.execute("SELECT last_insert_rowid()").fetchone()[0])

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Give a second connection that sees this one moment, however long it is read, and keeps nobody waiting."""
        with told(self._path), closing(connect(self._path, self.key)) as connection:
            connection.execute("PRAGMA query_only = ON").fetchall()
            connection.execute("BEGIN")
            yield connection

    def quick_check(self) -> str:
        """Return "ok", or what SQLite finds wrong with the file."""
        with told(self._path), self._turn:
            return str(self._db.execute("PRAGMA quick_check(1)").fetchone()[0])

    def rewrite(self) -> bool:
        """Write the file anew, without the bytes of what was deleted; return False where others read or write it.

        A freed page and the room in a page that is in use both keep what stood there; so does the log beside the file.
        """
        with told(self._path), self._turn:
            try:
                self._db.conn.execute("VACUUM")
            except operational_errors() as error:
                if "locked" in str(error) or "busy" in str(error):
                    return False
                raise
            return int(self._db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]) == 0

    def close(self) -> None:
        with self._turn:
            self._db.close()
        self.release()

    def release(self) -> None:
        if self._lock is not None:
            self._lock.release()


def _lock_on(folder: Path) -> FileLock:
    return FileLock(folder / "ledger.lock", timeout=0, mode=0o600)


def _refuse_half_restored(folder: Path) -> None:
    if (folder / RESTORING).exists():
        raise LedgerError(f"{folder}: a restore was not finished; do it again: assistant restore FILE")
