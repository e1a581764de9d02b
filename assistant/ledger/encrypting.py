"""A ledger that anybody could read who has its file -> the same, encrypted. Half done, it is as it was."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from assistant.errors import LedgerError
from assistant.ledger.connecting import connect, connect_by_cipher, copy_encrypted, database_errors, is_plain
from assistant.ledger.copying import counted_rows, problem_of, synced
from assistant.ledger.database import FILE, Database
from assistant.ledger.permissions import touch_private

_CHUNK = 1 << 20


def encrypt(folder: Path, key: str) -> dict[str, int]:
    """Encrypt the ledger in `folder`; return how many rows each table has. The old file's bytes are overwritten.

    Raises:
        LedgerError: An assistant is running, there is no ledger, or it is encrypted already; nothing was changed.

    """
    path = folder / FILE
    if not path.is_file():
        raise LedgerError(f"{path}: there is no ledger yet; with a key in the settings it is made encrypted")
    if not is_plain(path):
        raise LedgerError(f"{path}: is encrypted already, or no ledger")
    lock, part = Database.locked(folder), path.with_name(f".{FILE}.part")
    try:
        part.unlink(missing_ok=True)
        touch_private(part)
        counts = exported(path, part, key)
        synced(part)
        with path.open("r+b") as old:
            part.replace(path)
            synced(folder)
            _overwrite(old.fileno())
    except database_errors() as error:
        raise LedgerError(f"{path}: cannot be encrypted ({error})") from error
    except OSError as error:
        raise LedgerError(f"{path}: cannot be encrypted ({error.strerror})") from error
    finally:
        part.unlink(missing_ok=True)
        lock.release()
    return counts


def left_readable(folder: Path) -> list[Path]:
    """Return the copies of the ledger in a folder that are not encrypted."""
    return [path for path in sorted(folder.glob("*.db")) if is_plain(path)]


def exported(path: Path, part: Path, key: str) -> dict[str, int]:
    """Write all that a ledger's file holds to an empty one, encrypted; return how many rows each table has.

    Raises:
        LedgerError: The file is damaged, or no ledger.

    """
    with closing(connect_by_cipher(path)) as reading:
        # What lies beside the file goes into it: left there, it would be taken for the new one's.
        reading.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        reading.execute("PRAGMA journal_mode = DELETE").fetchall()
        reading.execute("BEGIN")
        counts = counted_rows(reading, path)
        copy_encrypted(reading, part, key)
    with closing(connect(part, key)) as written:
        if problem := problem_of(written):
            raise LedgerError(f"{path}: is damaged ({problem}); restore a sound backup: assistant restore FILE")
        if counted_rows(written, path) != counts:
            raise LedgerError(f"{path}: its encrypted copy lacks rows; try again")
    return counts


def _overwrite(handle: int) -> None:
    size = os.fstat(handle).st_size
    for start in range(0, size, _CHUNK):
        os.pwrite(handle, bytes(min(_CHUNK, size - start)), start)
    os.fsync(handle)
