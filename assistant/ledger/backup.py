"""A ledger file -> a verified copy of it, while it is in use; a copy -> the ledger again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.errors import LedgerError
from assistant.ledger.chain import ASSISTANT
from assistant.ledger.connecting import is_plain
from assistant.ledger.copying import copied, synced
from assistant.ledger.database import FILE, RESTORING, Database
from assistant.ledger.encrypting import exported
from assistant.ledger.permissions import make_private, touch_private
from assistant.ledger.restores import note_restore
from assistant.ledger.revoked import note_revoked, revoked_by, revoked_in
from assistant.ledger.sealing import SEALED, seal, unseal
from assistant.ledger.trust import ReplyKeys

_NAME = "ledger-%Y%m%dT%H%M%SZ.db"
_READABLE = "readable.db"
_ASIDE = "aside"
"""In a restore's own folder: the name under which the present ledger is kept."""
_ASIDE_DAYS = 14
"""For how long that is kept where no copies are."""
_SIDE_FILES = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy of a ledger that was found sound."""

    path: Path
    size: int
    mails: int
    events: int


def back_up(folder: Path, to: Path, now: datetime, *, key: str | None = None, recipients: Sequence[str] = ()) -> Copy:
    """Copy the ledger in `folder`, which may be in use, and check the copy.

    Args:
        folder: The ledger's.
        to: A file, which is replaced; or a folder, in which the copy is named by its moment.
        now: Aware.
        key: Of an encrypted ledger; its copy has the same one.
        recipients: Public keys of age; the copy is sealed for them, its name ends in `.age`.

    Raises:
        LedgerError: There is no ledger, it is damaged, or the copy cannot be written; what stood there before stays.

    """
    source = folder / FILE
    if not source.is_file():
        raise LedgerError(f"{source}: there is no ledger yet, so there is nothing to back up")
    path = to if to.suffix == ".db" and not to.is_dir() else to / now.astimezone(UTC).strftime(_NAME)
    if path.exists() and path.samefile(source):
        raise LedgerError(f"{path}: is the ledger itself; name another file or folder")
    copy = _copied(source, path, key, recipients)
    # The list beside the ledger may be lost, or never have been written.
    note_revoked(path.parent, revoked_in(folder) | revoked_by(source, key))
    return copy


def _copied(source: Path, path: Path, key: str | None, recipients: Sequence[str]) -> Copy:
    if not recipients:
        counts = copied(source, path, key)
        return Copy(path=path, size=path.stat().st_size, mails=counts["mails"], events=counts["events"])
    # Where copies are sealed, nothing clear may touch their disk.
    sealed, clear = path.with_name(path.name + SEALED), source.with_name(f".ledger-{path.name}.clear")
    try:
        counts = copied(source, clear, key)
        seal(clear, sealed, recipients)
    finally:
        clear.unlink(missing_ok=True)
    return Copy(path=sealed, size=sealed.stat().st_size, mails=counts["mails"], events=counts["events"])


def backups(folder: Path) -> list[tuple[datetime, Path]]:
    """Return the copies in a folder that `back_up` named, oldest first."""
    found = []
    for path in (*folder.glob("ledger-*.db"), *folder.glob(f"ledger-*.db{SEALED}")):
        with suppress(ValueError):
            made_at = datetime.strptime(path.name.removesuffix(SEALED), _NAME).replace(tzinfo=UTC)
            found.append((made_at, path))
    return sorted(found)


def forget_old(folder: Path, keep_days: float, now: datetime) -> int:
    """Remove copies older than that, never the newest; return how many."""
    old = [path for made_at, path in backups(folder)[:-1] if made_at < now - timedelta(days=keep_days)]
    for path in (*old, *_left_behind(folder)):
        path.unlink(missing_ok=True)
    return len(old)


def _left_behind(folder: Path) -> list[Path]:
    """Return what copies that were killed half-way have left: one that was to be sealed would lie open."""
    return [*folder.glob(".ledger-*"), *folder.glob("..ledger-*")]


def set_aside(folder: Path) -> list[Path]:
    """Return what restores and migrations set aside in the ledger's folder."""
    return sorted(folder.glob("before-*.db*"))


def forget_aside(folder: Path, keep_days: float, now: datetime) -> int:
    """Remove what was set aside longer ago, as if it were a copy; return how many files."""
    limit = (now - timedelta(days=keep_days or _ASIDE_DAYS)).timestamp()
    old = [path for path in set_aside(folder) if path.stat().st_mtime < limit]
    for path in (*old, *_left_behind(folder)):
        path.unlink(missing_ok=True)
    return len(old)


def restore(
    folder: Path, copy: Path, now: datetime, *, key: str | None = None, identity: str = "", by: str = ASSISTANT
) -> tuple[Copy, Path | None]:
    """Put a copy in the ledger's place; return it, and where the present ledger is kept.

    Args:
        folder: The ledger's.
        copy: Made by `back_up`.
        now: Aware.
        key: Of an encrypted ledger.
        identity: Opens a sealed copy.
        by: Who does it.

    Raises:
        LedgerError: An assistant is running, or the copy is none, damaged, or of a newer version; nothing was changed.

    """
    if not copy.is_file():
        raise LedgerError(f"{copy}: there is no such file")
    if copy.suffix == SEALED and not identity:
        raise LedgerError(f"{copy}: is sealed; name the file that opens it: --identity FILE")
    make_private(folder)
    lock, scratch = Database.locked(folder), folder / RESTORING
    try:
        # While this folder is there no assistant starts: half done, a restore must not pass for a ledger.
        was_begun = scratch.exists()
        try:
            revoked = revoked_in(folder, copy.parent)
            ready, counts = _prepared(scratch, copy, now, revoked, key=key, identity=identity, by=by)
            note_revoked(folder, revoked)
        except BaseException:
            if not was_begun:
                shutil.rmtree(scratch, ignore_errors=True)
            raise
        aside = _set_aside(folder, folder / (scratch / _ASIDE).read_text(), now)
        ready.replace(folder / FILE)
        synced(folder)
        shutil.rmtree(scratch, ignore_errors=True)
        size = (folder / FILE).stat().st_size
        return Copy(path=copy, size=size, mails=counts["mails"], events=counts["events"]), aside
    except OSError as error:
        why = error.strerror or "the disk is full or fails"
        raise LedgerError(
            f"{folder}: the copy cannot be put there ({why}); see to it, and restore once more"
        ) from error
    finally:
        lock.release()


def _prepared(
    scratch: Path, copy: Path, now: datetime, revoked: frozenset[str], *, key: str | None, identity: str, by: str
) -> tuple[Path, dict[str, int]]:
    """Return a checked, migrated and marked copy, in a folder beside the ledger; `revoked` are keys to be ended."""
    scratch.mkdir(mode=0o700, exist_ok=True)
    # One that was cut off is gone on with: what it set aside stays together under one name.
    if not (scratch / _ASIDE).exists() or not (scratch / _ASIDE).stat().st_size:
        (scratch / _ASIDE).write_text(f"before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.db")
    ready = scratch / FILE
    for end in _SIDE_FILES:
        Path(f"{ready}{end}").unlink(missing_ok=True)
    opened = scratch / "opened.db"
    if copy.suffix == SEALED:
        unseal(copy, opened, identity)
    clear = opened if copy.suffix == SEALED else copy
    if key is not None and is_plain(clear):
        # It was made before the ledger was encrypted.
        counts = copied(clear, scratch / _READABLE)
        ready.unlink(missing_ok=True)
        touch_private(ready)
        exported(scratch / _READABLE, ready, key)
        (scratch / _READABLE).unlink()
    else:
        counts = copied(clear, ready, key)
    opened.unlink(missing_ok=True)
    database = Database(scratch, lock=False, key=key, is_guarded=False)
    try:
        note_restore(database, now, by=by)
        ReplyKeys(database).end(revoked, now, by=by)
    finally:
        database.close()
    # Once more into one file: what the migrations left beside it would stay behind.
    copied(ready, ready, key)
    return ready, counts


def _set_aside(folder: Path, aside: Path, now: datetime) -> Path | None:
    """Keep the present ledger under another name; return that, also where a restore that was cut off has done it."""
    for end in reversed(_SIDE_FILES):
        with suppress(FileNotFoundError):
            (folder / f"{FILE}{end}").replace(f"{aside}{end}")
    if not aside.exists():
        return None
    # From now on its days are counted.
    os.utime(aside, (now.timestamp(), now.timestamp()))
    return aside
