"""Who may read the ledger's folder: its owner alone, or nothing is begun."""

from __future__ import annotations

import os
from pathlib import Path

from assistant.errors import LedgerError

_OTHERS = 0o077
_WHAT_TO_DO = "or say that this platform has no such rights: [storage] check_permissions = false"


def unusable(folder: Path) -> str:
    """Return why no files can be made in a folder, be it there or yet to be made; "" where they can."""
    there = next((path for path in (folder, *folder.parents) if _is_there(path)), folder)
    if not there.is_dir():
        return f"{there} is no folder"
    return "" if os.access(there, os.W_OK | os.X_OK) else f"this user may not write in {there}"


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        # It lies where we may not look; a folder above it tells.
        return False


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may enter, whatever the umask; one that is there stays as it is."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix":
            folder.chmod(0o700)


def touch_private(file: Path) -> None:
    """Make an empty file that only its owner may read, whatever the umask."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    if os.name == "posix":
        file.chmod(0o600)


def refuse_readers(folder: Path) -> None:
    """Make sure that nobody else may read the folder, or a file of the ledger's in it.

    Raises:
        LedgerError: Somebody may, or it belongs to somebody else; one line says what to do.

    """
    if os.name != "posix":
        return
    for path in (folder, *sorted(folder.glob("*.db*")), *sorted(folder.glob("*.lock"))):
        try:
            status = path.lstat()
        except FileNotFoundError:
            continue
        if status.st_mode & _OTHERS:
            raise LedgerError(f"{path}: others may read it; run: chmod -R go-rwx {folder} ({_WHAT_TO_DO})")
        # Root looks after what belongs to the assistant's own user.
        if status.st_uid != os.geteuid() and os.geteuid() != 0:
            raise LedgerError(f"{path}: belongs to another user; run: chown -R {os.geteuid()} {folder}")
