"""The SQLite file: opening, its schema, one writer at a time. The one place that knows sqlite-utils."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from filelock import FileLock, Timeout
from sqlite_utils import Database as SqliteDatabase
from sqlite_utils.migrations import Migrations

from assistant.errors import LedgerError, LostLedgerError
from assistant.ledger.copying import copied

FILE = "ledger.db"
RESTORING = "restoring"
"""A folder beside the ledger while another file takes its place."""
_BUSY_MS = 10_000
migrations = Migrations("ledger")
Row = dict[str, Any]


@migrations()
def first_schema(db: SqliteDatabase) -> None:
    """One statement after the other: `executescript` would end the transaction that a migration runs in."""
    for statement in _FIRST_SCHEMA.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations()
def find_mails_by_thread(db: SqliteDatabase) -> None:
    db.execute("CREATE INDEX mails_by_thread ON mails (thread)")


@migrations()
def keep_answers(db: SqliteDatabase) -> None:
    db.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, answer TEXT NOT NULL) STRICT")


@migrations()
def follow_mails_out(db: SqliteDatabase) -> None:
    for column in (
        "uncertain_at TEXT",  # when it was last handed over without a clear word
        "doubts INTEGER NOT NULL DEFAULT 0",  # how often that happened
        "via TEXT NOT NULL DEFAULT ''",  # the server that it was last handed to
        "copied INTEGER NOT NULL DEFAULT 0",  # 1: with a blind copy to ourselves
        "keep_at TEXT",  # when the Sent folder is to be looked into
        "kept TEXT NOT NULL DEFAULT ''",  # who put it there: 'server', 'us', 'nobody'; 'us?' while we do
    ):
        db.execute(f"ALTER TABLE outbox ADD COLUMN {column}")
    db.execute("CREATE INDEX outbox_to_keep ON outbox (keep_at) WHERE keep_at IS NOT NULL")


@migrations()
def quarantine_and_restores(db: SqliteDatabase) -> None:
    for column in ("try_at TEXT", "released_at TEXT", "released_by TEXT"):
        db.execute(f"ALTER TABLE mails ADD COLUMN {column}")
    # A restored ledger has forgotten what happened between these moments, until the mailboxes have been read again.
    db.execute(
        "CREATE TABLE restores (id INTEGER PRIMARY KEY, state_of TEXT NOT NULL, restored_at TEXT NOT NULL,"
        " highest_number INTEGER NOT NULL, looked_at TEXT, caught_up_at TEXT) STRICT"
    )
    # Signs what our mails tell of themselves.
    db.execute("CREATE TABLE signing (one INTEGER PRIMARY KEY CHECK (one = 1), secret TEXT NOT NULL) STRICT")
    db.execute("INSERT INTO signing VALUES (1, lower(hex(randomblob(20))))")
    # The numbers that tasks had in mails of ours that a restored ledger does not know.
    db.execute("CREATE TABLE shown_numbers (number INTEGER PRIMARY KEY, mark TEXT NOT NULL UNIQUE) STRICT")


@migrations()
def keep_health(db: SqliteDatabase) -> None:
    db.execute(
        "CREATE TABLE health (part TEXT PRIMARY KEY, level TEXT NOT NULL, said TEXT NOT NULL, since TEXT NOT NULL,"
        " until TEXT, looked_at TEXT NOT NULL) STRICT"
    )
    # Times in which a part did not work, and how many mails had to do without it.
    db.execute(
        "CREATE TABLE outages (part TEXT NOT NULL, since TEXT NOT NULL, until TEXT, mails INTEGER NOT NULL,"
        " PRIMARY KEY (part, since)) STRICT"
    )


_FIRST_SCHEMA = """
CREATE TABLE mails (
  key TEXT PRIMARY KEY,            -- SHA-256 of the content without trace headers
  account TEXT NOT NULL,
  received_at TEXT NOT NULL,       -- UTC, ISO 8601, like every time here
  stored_at TEXT NOT NULL,
  content BLOB NOT NULL,
  truncated INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'tasks', 'no_task', 'automatic', 'answer', 'needs_person')),
  attempts INTEGER NOT NULL DEFAULT 0,
  settled_at TEXT,
  problem TEXT NOT NULL DEFAULT '', -- why it could not be read, or not all of it
  sender TEXT NOT NULL DEFAULT '',
  message_id TEXT,
  thread TEXT,
  engine TEXT,
  tokens_in INTEGER NOT NULL DEFAULT 0,
  tokens_out INTEGER NOT NULL DEFAULT 0,
  read_again_at TEXT               -- set where the model was out
) STRICT;
CREATE INDEX mails_by_state ON mails (state, received_at);
CREATE INDEX mails_by_settled ON mails (settled_at);
CREATE INDEX mails_by_message_id ON mails (message_id);
CREATE INDEX mails_to_read_again ON mails (read_again_at) WHERE read_again_at IS NOT NULL;
CREATE TABLE deliveries (
  account TEXT NOT NULL,
  folder TEXT NOT NULL,
  uidvalidity INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  key TEXT NOT NULL REFERENCES mails (key),
  PRIMARY KEY (account, folder, uidvalidity, uid)
) STRICT, WITHOUT ROWID;
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  source TEXT NOT NULL,
  change TEXT NOT NULL,            -- JSON
  effect TEXT UNIQUE               -- the same effect is recorded once, whatever is repeated
) STRICT;
CREATE INDEX events_by_number ON events (number);
CREATE INDEX events_by_actor ON events (actor, id);
CREATE TABLE tasks (
  number INTEGER PRIMARY KEY,
  state TEXT NOT NULL,
  coordinator TEXT NOT NULL,
  owner TEXT,
  thread TEXT NOT NULL,
  source TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  task TEXT NOT NULL               -- JSON: the fold of its events
) STRICT;
CREATE INDEX tasks_by_state ON tasks (state, changed_at);
CREATE INDEX tasks_by_thread ON tasks (thread);
CREATE TABLE outbox (
  key TEXT PRIMARY KEY,            -- one mail for each key, whatever is repeated
  kind TEXT NOT NULL,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  message_id TEXT NOT NULL UNIQUE,
  content BLOB NOT NULL,           -- final bytes
  numbers TEXT NOT NULL,           -- JSON: the tasks that it shows
  prepared_at TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending'
    CHECK (state IN ('pending', 'sending', 'sent', 'uncertain', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  try_at TEXT NOT NULL,
  sent_at TEXT,
  problem TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, try_at);
CREATE INDEX outbox_by_recipient ON outbox (recipient, kind, prepared_at);
CREATE TABLE writer (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  epoch INTEGER NOT NULL           -- counts the assistants that took the ledger over
) STRICT;
INSERT INTO writer VALUES (1, 0);
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never removed'); END
"""


class Database:
    """An open ledger file. Threads take turns; a transaction is one thread's from its first line to its last.

    Attributes:
        trouble: SQLite's name for what kept the last transaction from being committed; "" for nothing.

    """

    def __init__(self, folder: Path, *, lock: bool) -> None:
        """Open the ledger in `folder`, making or migrating it.

        Args:
            folder: Made with mode 0700 where it is missing.
            lock: True for the daemon: nobody else may hold the ledger, and who held it before can write no more.

        Raises:
            LedgerError: Another assistant holds it, it is damaged, or a newer program wrote it.

        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.trouble = ""
        self._turn = RLock()
        self._lock = self.locked(folder) if lock else None
        path = folder / FILE
        try:
            _refuse_half_restored(folder)
            if not path.exists():
                path.touch(mode=0o600)
            self._db = self._opened(path)
            if lock and (found := self.quick_check()) != "ok":
                self._db.close()
                raise _damaged(path, " ".join(found.split())[:120])
            self._epoch = self._take_over() if lock else self._current_epoch()
        except (sqlite3.DatabaseError, LedgerError) as error:
            self.release()
            if isinstance(error, LedgerError):
                raise
            raise _damaged(path, str(error)) from error

    @staticmethod
    def locked(folder: Path) -> FileLock:
        """Return the lock on the ledger in `folder`, taken.

        Raises:
            LedgerError: An assistant holds it.

        """
        lock = FileLock(folder / "ledger.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise LedgerError(f"{folder}: another assistant is running on this ledger; stop it first") from error
        return lock

    @staticmethod
    def _opened(path: Path) -> SqliteDatabase:
        connection = sqlite3.connect(path, timeout=_BUSY_MS / 1000, check_same_thread=False, isolation_level=None)
        db = SqliteDatabase(connection)
        # A full sync at each commit: what we said we hold, a power cut must not take.
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", f"busy_timeout = {_BUSY_MS}"):
            db.execute(f"PRAGMA {pragma}").fetchall()
        known = {one.name for one in migrations.pending(SqliteDatabase(memory=True))}
        newer = {one.name for one in migrations.applied(db)} - known
        if newer:
            connection.close()
            raise LedgerError(f"{path}: was written by a newer version of this program; install that version or later")
        # What a migration spoils is still there as it was.
        if migrations.applied(db) and (pending := migrations.pending(db)):
            copied(path, path.with_name(f"before-{pending[0].name}.db"))
        migrations.apply(db)
        return db

    def _take_over(self) -> int:
        with self._db.atomic():
            self._db.execute("UPDATE writer SET epoch = epoch + 1")
            return self._current_epoch()

    def _current_epoch(self) -> int:
        return int(self._db.execute("SELECT epoch FROM writer").fetchone()[0])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all that is written inside, or nothing of it.

        Raises:
            LostLedgerError: Another assistant has taken the ledger over since it was opened.

        """
        try:
            with self._turn, self._db.atomic():
                # This write comes first, so that the lock is ours before anything is read.
                if self._db.execute("UPDATE writer SET epoch = epoch WHERE epoch = ?", [self._epoch]).rowcount != 1:
                    raise LostLedgerError("the ledger was taken over by another assistant; this one stops writing")
                yield
        except sqlite3.OperationalError as error:
            self.trouble = error.sqlite_errorname
            raise
        self.trouble = ""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Keep other threads of this process out from a first look to the transaction that rests on it."""
        with self._turn:
            yield

    def rows(self, sql: str, *values: object) -> list[Row]:
        with self._turn:
            return list(self._db.query(sql, list(values)))

    def change(self, sql: str, *values: object) -> int:
        """Run one statement inside a transaction; return how many rows it touched."""
        return int(self._db.execute(sql, list(values)).rowcount)

    def insert(self, table: str, row: Row) -> bool:
        """Insert inside a transaction; return False, and change nothing, where a UNIQUE key stands there already."""
        try:
            self._db.table(table).insert(row)
        except sqlite3.IntegrityError as error:
            # OR IGNORE would swallow a broken CHECK or NOT NULL as well, and a row would be lost without a word.
            if error.sqlite_errorname in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}:
                return False
            raise
        return True

    def last_id(self) -> int:
        return int(self._db.execute("SELECT last_insert_rowid()").fetchone()[0])

    def quick_check(self) -> str:
        """Return "ok", or what SQLite finds wrong with the file."""
        with self._turn:
            return str(self._db.execute("PRAGMA quick_check(1)").fetchone()[0])

    def close(self) -> None:
        with self._turn:
            self._db.close()
        self.release()

    def release(self) -> None:
        if self._lock is not None:
            self._lock.release()


def _refuse_half_restored(folder: Path) -> None:
    if (folder / RESTORING).exists():
        raise LedgerError(f"{folder}: a restore was not finished; do it again: assistant restore FILE")


def _damaged(path: Path, found: str) -> LedgerError:
    what = f"{path}: cannot be used ({found})"
    return LedgerError(f"{what}; put a backup in its place: assistant restore FILE; the mailboxes are read again then")
