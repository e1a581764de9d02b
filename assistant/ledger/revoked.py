"""The names of the keys that were revoked, as a file beside the ledger and beside its copies.

A copy from before a revocation holds its keys as they were. Whoever puts it back ends them once more by this list,
which lies outside of all that is copied and holds no secret.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from assistant.errors import LedgerError
from assistant.ledger.connecting import connect, database_errors
from assistant.ledger.copying import synced
from assistant.ledger.permissions import touch_private

REVOKED = "revoked-keys"
_BUSY_S = 30
_NAME = re.compile(r"[a-z2-7]{2}")


def revoked_in(*folders: Path) -> frozenset[str]:
    """Return the names in the folders' lists; a folder may have none."""
    names = set[str]()
    for folder in folders:
        with suppress(FileNotFoundError):
            lines = (folder / REVOKED).read_text(encoding="ascii", errors="replace").split()
            names |= {line for line in lines if _NAME.fullmatch(line)}
    return frozenset(names)


def revoked_by(ledger: Path, key: str | None = None) -> frozenset[str]:
    """Return the names of the keys that a ledger's file, which is one, knows to be revoked."""
    # One of an older version may have no keys yet.
    with closing(connect(ledger, key, timeout_s=_BUSY_S)) as reading, suppress(*database_errors()):
        return frozenset(str(kid) for (kid,) in reading.execute("SELECT kid FROM reply_keys WHERE secret = ''"))
    return frozenset()


def note_revoked(folder: Path, names: Iterable[str]) -> None:
    """Add names to the list in a folder; they last through a power cut when this returns.

    Raises:
        LedgerError: The list cannot be written; it is as it was.

    """
    known, path, written = revoked_in(folder), folder / REVOKED, folder / f".{REVOKED}"
    if known.issuperset(wanted := known | frozenset(names)):
        return
    try:
        written.unlink(missing_ok=True)
        touch_private(written)
        written.write_text("".join(f"{name}\n" for name in sorted(wanted)), encoding="ascii")
        synced(written)
        written.replace(path)
        synced(folder)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else "the disk is full or fails"
        raise LedgerError(f"{path}: cannot be written ({why}); see to it, and do it once more") from error
