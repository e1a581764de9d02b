"""The token of one sign-in, kept in a file that only we may read; the daemon and the commands take turns."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import ConfigError, TransientError
from assistant.signin.secrets import read_private

_TURN_S = 120
"""Longer than any answer takes: who holds the turn for so long hangs."""
_EARLY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    token: str = field(repr=False)
    granted_at: datetime
    ends_at: datetime
    refresh_token: str = field(repr=False)

    def ends_soon(self, now: datetime) -> bool:
        """Return whether it is time for a new one: a few minutes before the end, less where it lasts for minutes."""
        return now >= self.ends_at - min(_EARLY, (self.ends_at - self.granted_at) / 10)


class TokenCache:
    def __init__(self, folder: Path, key: str) -> None:
        self._folder = folder
        self._file = folder / f"{key}.json"
        self._unsaved: Kept | None = None

    @property
    def is_unsaved(self) -> bool:
        """Return whether something newer lives in memory alone."""
        return self._unsaved is not None

    def read(self) -> Kept | None:
        """Return what is kept; None where nobody has signed in.

        Raises:
            ConfigError: Others may read the file.

        """
        saved, unsaved = self._saved(), self._unsaved
        if unsaved is None or (saved is not None and saved.granted_at > unsaved.granted_at):
            # Another program has signed in since the disk was full.
            self._unsaved = None
            return saved
        return unsaved

    def _saved(self) -> Kept | None:
        if not self._file.exists():
            return None
        text = read_private("sign-in", self._file)
        try:
            found = json.loads(text)
            return Kept(
                token=str(found["token"]),
                granted_at=_moment(found["granted_at"]),
                ends_at=_moment(found["ends_at"]),
                refresh_token=str(found["refresh_token"]),
            )
        except (ValueError, TypeError, KeyError):
            # Not written by us; a new sign-in mends it.
            return None

    def save(self) -> None:
        """Write what a full disk kept from being written, where there is room by now."""
        if self._unsaved is not None:
            with self.turn():
                kept = self.read()
                if kept is not None and self._unsaved is not None:
                    self.write(kept)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the file against other processes and threads."""
        try:
            # It lies in the ledger's own, which others may not enter either: signing in may come first.
            for folder in reversed([one for one in (self._folder, *self._folder.parents) if not one.exists()]):
                folder.mkdir(mode=0o700, exist_ok=True)
            self._folder.chmod(0o700)
        except OSError as error:
            raise ConfigError("sign-in", f"the folder {self._folder} cannot be used ({error.strerror})") from None
        try:
            with FileLock(self._file.with_suffix(".lock"), timeout=_TURN_S, mode=0o600):
                yield
        except Timeout:
            raise TransientError("another program has been signing in for two minutes; is it stuck?") from None

    def write(self, kept: Kept) -> None:
        """Replace what is kept, whole or not at all. On a full disk it lives on in memory, for the old may be void."""
        values = {
            "token": kept.token,
            "granted_at": kept.granted_at.astimezone(UTC).isoformat(),
            "ends_at": kept.ends_at.astimezone(UTC).isoformat(),
            "refresh_token": kept.refresh_token,
        }
        new = self._file.with_suffix(".new")
        try:
            with suppress(FileNotFoundError):
                new.unlink()
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                json.dump(values, file)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self._file)
        except OSError:
            self._unsaved = kept
        else:
            self._unsaved = None

    def writable(self) -> None:
        """Raise where nothing could be kept: found out before a person signs in, not after.

        Raises:
            ConfigError: The folder cannot be written.

        """
        if not os.access(self._folder, os.W_OK):
            raise ConfigError("sign-in", f"{self._folder} cannot be written")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return moment
