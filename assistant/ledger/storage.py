"""What SQLite and the disk say -> our errors: tried again where it passes, told to a person where the file is bad."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from pathlib import Path
from typing import Protocol, TypeVar

from assistant.errors import DamagedLedgerError, StorageError
from assistant.ledger.connecting import database_errors, looks_encrypted

_LOWEST_BYTE = 0xFF
"""Holds the kind of a trouble; what is above tells more exactly what it was."""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_PASSING = {
    sqlite3.SQLITE_FULL: "the disk is full; make room, and work goes on by itself",
    sqlite3.SQLITE_BUSY: "another program holds it for long; work goes on when that one is done",
    sqlite3.SQLITE_LOCKED: "another program holds it for long; work goes on when that one is done",
    sqlite3.SQLITE_PROTOCOL: "another program holds it for long; work goes on when that one is done",
    sqlite3.SQLITE_IOERR: "the disk fails to read or write it; look whether it is full or broken",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; look at its folder and how many files may be open",
    sqlite3.SQLITE_READONLY: "it may not be written; look at who owns it and how its disk is mounted",
    sqlite3.SQLITE_NOMEM: "there is no memory left",
}


class _HasPath(Protocol):
    _path: Path


_Owner = TypeVar("_Owner", bound=_HasPath)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Raise our own errors for what the disk does to the ledger's file at `path`.

    Raises:
        StorageError: It passes; the whole step is done again then.
        DamagedLedgerError: The file is damaged.

    """
    try:
        yield
    except database_errors() as error:
        # Python's own errors of this kind carry no code.
        kind = getattr(error, "sqlite_errorcode", 0) & _LOWEST_BYTE
        if kind in _DAMAGED:
            raise damaged(path, str(error)) from error
        if kind in _PASSING:
            raise StorageError(f"{path}: {_PASSING[kind]} ({error})") from error
        raise
    except OSError as error:
        raise StorageError(f"{path}: cannot be used just now ({error.strerror or type(error).__name__})") from error


def telling(
    make: Callable[[_Owner], AbstractContextManager[None]],
) -> Callable[[_Owner], AbstractContextManager[None]]:
    """Return a context of a database that raises our own errors."""

    @wraps(make)
    @contextmanager
    def made(self: _Owner) -> Iterator[None]:
        with told(self._path), make(self):
            yield

    return made


def damaged(path: Path, found: str) -> DamagedLedgerError:
    what = f"{path}: cannot be used ({found})"
    if "not a database" in found and looks_encrypted(path):
        return DamagedLedgerError(
            f"{what}: it seems to be encrypted; name its key in the settings: [storage] encryption_key"
        )
    return DamagedLedgerError(
        f"{what}; put a backup in its place: assistant restore FILE; the mailboxes are read again then"
    )
