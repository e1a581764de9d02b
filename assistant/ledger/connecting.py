"""A path and, where it is encrypted, a key -> an open SQLite connection. The one file that knows SQLCipher."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import cast

from assistant.errors import LedgerError

_PLAIN_HEAD = b"SQLite format 3\0"
_EVEN = 240
"""Of 256: so many different bytes are in a page of chance, and in hardly anything else."""
_NO_LIBRARY = 'this needs a further library: pip install "coordination-assistant[encryption]"'


def connect(path: Path, key: str | None = None, *, timeout_s: float = 10, shared: bool = False) -> sqlite3.Connection:
    """Open a database file; statements outside a transaction are committed at once.

    Args:
        path: Made where it is missing.
        key: Of an encrypted file; None: it is not encrypted.
        timeout_s: For how long to wait for others that write.
        shared: True where several threads take turns with it.

    Raises:
        LedgerError: The file is encrypted and there is no key, or the other way round; or the key is a wrong one.

    """
    if key is not None and is_plain(path):
        raise LedgerError(f"{path}: is not encrypted, and the settings name a key; encrypt it: assistant encrypt")
    if key is None:
        return sqlite3.connect(path, timeout=timeout_s, check_same_thread=not shared, isolation_level=None)
    if not key:
        raise LedgerError(f"{path}: the key does not open it; it is empty")
    made = _sqlcipher().connect(str(path), timeout=timeout_s, check_same_thread=not shared, isolation_level=None)
    connection = cast("sqlite3.Connection", made)
    # What it does not like it would write to standard error as well.
    connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
    connection.execute(f"PRAGMA key = {quoted(key)}").fetchall()
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except database_errors() as error:
        connection.close()
        if "not a database" in str(error):
            raise LedgerError(
                f"{path}: the key does not open it; it is another key's, or the file is damaged"
            ) from error
        raise
    return connection


def copy_encrypted(connection: sqlite3.Connection, target: Path, key: str) -> None:
    """Copy all that a connection to SQLCipher sees, within its read transaction, to an empty file with this key."""
    connection.execute(f"ATTACH DATABASE ? AS other KEY {quoted(key)}", (str(target),))
    connection.execute("SELECT sqlcipher_export('other')").fetchall()
    connection.execute("COMMIT")
    connection.execute("DETACH DATABASE other")


def connect_by_cipher(path: Path, *, timeout_s: float = 10) -> sqlite3.Connection:
    """Open a file that is not encrypted by the library that can write encrypted ones."""
    made = _sqlcipher().connect(str(path), timeout=timeout_s, isolation_level=None)
    return cast("sqlite3.Connection", made)


def is_plain(path: Path) -> bool:
    """Return whether a file that is there begins as every SQLite file does that is not encrypted."""
    return _head(path, len(_PLAIN_HEAD)) == _PLAIN_HEAD


def looks_encrypted(path: Path) -> bool:
    """Return whether a file is as even a mixture of all bytes as only an encrypted one is."""
    return not is_plain(path) and len(set(_head(path, 4096))) > _EVEN


def _head(path: Path, size: int) -> bytes:
    with suppress(OSError), path.open("rb") as file:
        return file.read(size)
    return b""


def database_errors() -> tuple[type[Exception], ...]:
    """Return the errors of all that a connection may be: SQLCipher's are not those of sqlite3."""
    return (sqlite3.DatabaseError, *_known("DatabaseError"))


def unreadable_errors() -> tuple[type[Exception], ...]:
    """Return what a damaged file is met with: even the words of a complaint may be no text."""
    return (*database_errors(), UnicodeDecodeError)


def integrity_errors() -> tuple[type[Exception], ...]:
    return (sqlite3.IntegrityError, *_known("IntegrityError"))


def operational_errors() -> tuple[type[Exception], ...]:
    return (sqlite3.OperationalError, *_known("OperationalError"))


def quoted(text: str) -> str:
    """Return a text as SQL writes it: a PRAGMA takes no bound values."""
    return "'" + text.replace("'", "''") + "'"


_loaded: list[ModuleType] = []


def _sqlcipher() -> ModuleType:
    if not _loaded:
        try:
            from sqlcipher3 import dbapi2  # noqa: PLC0415 - an extra that most do without
        except ImportError as error:
            raise LedgerError(f"the ledger is to be encrypted; {_NO_LIBRARY}") from error
        _loaded.append(dbapi2)
    return _loaded[0]


def _known(name: str) -> tuple[type[Exception], ...]:
    return tuple(getattr(module, name) for module in _loaded)
