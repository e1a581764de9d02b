"""A local Maildir as a mailbox: files in new/ and cur/ -> RawMail. Nothing is moved or renamed.

A file keeps the first part of its name for ever (only its folder and its flags change), so its UID is made of that.
Such UIDs have no order: here it is the ledger's `is_known` that tells new from old.
"""

from __future__ import annotations

import hashlib
import stat
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from assistant.config.settings import AccountSettings
from assistant.errors import AssistantError, ConfigError, TransientError
from assistant.intake.large import beginning_and_end
from assistant.intake.mailbox import IsAnother
from assistant.intake.received import received_at
from assistant.records import Check, Locator, RawMail

UIDVALIDITY = 1
_GLANCE_EVERY_S = 1.0


class _File(NamedTuple):
    changed_ns: int
    path: Path
    size: int


def uid_of(name: str) -> int:
    """Return a Maildir file's number, which its flags do not change.

    63 bits, as the ledger's integers are: among a million mails the odds of two alike are one in ten million.

    >>> uid_of("1772000000.M1P2.host:2,S") == uid_of("1772000000.M1P2.host")
    True

    """
    unique = name.partition(":")[0]
    digest = hashlib.sha256(unique.encode("utf-8", "surrogateescape")).digest()
    return int.from_bytes(digest[:8], "big") >> 1


class MaildirMailbox:
    """The folders of one Maildir; `INBOX` is its root, `Referrals/New` its subfolder `.Referrals.New`."""

    def __init__(self, account: AccountSettings) -> None:
        assert account.maildir is not None
        self._account = account
        self._root = account.maildir
        self._stamps: tuple[int, ...] = ()
        self._too_old: set[Locator] = set()

    def fetch_new(
        self,
        seen_up_to: Callable[[str, int], int],  # noqa: ARG002
        is_known: Callable[[Locator], bool],
        is_another: IsAnother,  # noqa: ARG002 - a name is never given twice
    ) -> Iterator[RawMail]:
        return self._fetch(is_known, None)

    def fetch_missed(
        self,
        is_known: Callable[[Locator], bool],
        is_another: IsAnother,  # noqa: ARG002 - a name is never given twice
        since: date,
    ) -> Iterator[RawMail]:
        return self._fetch(is_known, since)

    def next_number(self, folder: str) -> tuple[int, int]:  # noqa: ARG002 - in all of them numbers have no order
        return UIDVALIDITY, 0

    def uids(self, folder: str, first: int) -> frozenset[int]:
        return frozenset(uid for file in self._files(folder) if (uid := uid_of(file.path.name)) >= first)

    def wait(self, timeout_s: float, stop: threading.Event) -> bool:
        until = time.monotonic() + timeout_s
        while not stop.is_set() and (left := until - time.monotonic()) > 0:
            if (changes := self._changes()) != self._stamps:
                self._stamps = changes
                return True
            stop.wait(min(left, _GLANCE_EVERY_S, self._account.poll_every_s))
        return False

    def check(self) -> Check:
        try:
            held = [f"{folder} ({sum(1 for _ in self._files(folder))} mails)" for folder in self._account.folders]
        except AssistantError as error:
            return Check(name=self._account.name, is_fine=False, said=str(error))
        return Check(
            name=self._account.name, is_fine=True, said=f"the Maildir is there and can be read: {', '.join(held)}"
        )

    def close(self) -> None:
        """Nothing is held open."""

    def _fetch(self, is_known: Callable[[Locator], bool], since: date | None) -> Iterator[RawMail]:
        """Yield what is found; trouble with one folder or file is told after all that could be had."""
        # Taken before the folders are read: what comes in meanwhile is found by the next `wait`.
        self._stamps = self._changes()
        trouble: AssistantError | None = None
        for folder in self._account.folders:
            try:
                files = sorted(self._files(folder))
            except AssistantError as error:
                trouble = trouble or error
                continue
            for file in files:
                locator = self._locator(folder, file)
                if locator in self._too_old or is_known(locator):
                    continue
                try:
                    mail = self._read(folder, file)
                except TransientError as error:
                    trouble = trouble or error
                    continue
                if mail is not None and self._is_wanted(mail, since):
                    yield mail
        if trouble is not None:
            raise trouble

    def _is_wanted(self, mail: RawMail, since: date | None) -> bool:
        day = mail.received_at.date()
        if self._account.since is not None and day < self._account.since:
            # An old folder is not read through again at each look.
            self._too_old.add(mail.locator)
            return False
        return since is None or day >= since

    def _folder(self, folder: str) -> Path:
        return self._root if folder.upper() == "INBOX" else self._root / ("." + folder.replace("/", "."))

    def _files(self, folder: str) -> Iterator[_File]:
        for part in ("new", "cur"):
            path = self._folder(folder) / part
            try:
                names = list(path.iterdir())
            except (FileNotFoundError, NotADirectoryError) as error:
                where = f"account {self._account.name}"
                raise ConfigError(where, f"folder {folder} is no Maildir: {path} is missing") from error
            except OSError as error:
                raise self._trouble(folder, error) from error
            for name in names:
                file = self._seen(folder, name)
                if file is not None:
                    yield file

    def _seen(self, folder: str, path: Path) -> _File | None:
        """Return None where it is no mail, or was moved from new/ to cur/ since: the next look finds it there."""
        if path.name.startswith("."):
            return None
        try:
            found = path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._trouble(folder, error) from error
        return _File(found.st_mtime_ns, path, found.st_size) if stat.S_ISREG(found.st_mode) else None

    def _read(self, folder: str, file: _File) -> RawMail | None:
        limit = int(self._account.max_mail_mb * 1024 * 1024)
        try:
            with file.path.open("rb") as mail:

                def read(start: int, length: int) -> bytes:
                    mail.seek(start)
                    return mail.read(length)

                content = beginning_and_end(read, file.size, limit) if file.size > limit else mail.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._trouble(folder, error) from error
        return RawMail(
            locator=self._locator(folder, file),
            received_at=received_at(content) or datetime.fromtimestamp(file.changed_ns / 1e9, UTC),
            content=content,
            truncated=file.size > limit,
        )

    def _locator(self, folder: str, file: _File) -> Locator:
        return Locator(account=self._account.name, folder=folder, uidvalidity=UIDVALIDITY, uid=uid_of(file.path.name))

    def _changes(self) -> tuple[int, ...]:
        """Return when mail last came into or left each folder."""
        paths = [self._folder(folder) / part for folder in self._account.folders for part in ("new", "cur")]
        return tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in paths)

    def _trouble(self, folder: str, error: OSError) -> TransientError:
        return TransientError(f"account {self._account.name}: folder {folder} cannot be read ({error.strerror})")
