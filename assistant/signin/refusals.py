"""A proof that a server refused -> not shown to it again too soon, whoever asks: more often would lock the account."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from assistant.errors import SignInError
from assistant.signin.proofs import Proof, SignedIn

_REST = timedelta(minutes=10)
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refusal:
    at: datetime
    error: SignInError
    salt: bytes = field(repr=False)
    proof: bytes = field(repr=False)
    """A slow hash of what was refused: another password or token is shown at once."""


class Refusals:
    """What one section's server refused last; for several threads, and for several runs where there is a file."""

    def __init__(self, clock: Callable[[], datetime], file: Path | None = None) -> None:
        self._clock = clock
        self._file = file
        self._last: _Refusal | None = None
        self._is_read = file is None
        self._turn = Lock()

    def heeding(self, proof: Proof, sign_in: Callable[[Proof], SignedIn]) -> SignedIn:
        """Return what `sign_in` makes of a proof, one thread after the other.

        Raises:
            SignInError: The server refuses it, or refused it within the last ten minutes and was not asked.

        """
        with self._turn:
            self._heed(proof)
            try:
                made = sign_in(proof)
            except SignInError as error:
                salt = os.urandom(_SALT_BYTES)
                last = _Refusal(at=self._clock(), error=error, salt=salt, proof=_hashed(proof, salt))
                self._last = last
                self._write(last)
                raise
            if self._last is not None:
                self._last = None
                self._forget()
            return made

    def heed(self, proof: Proof) -> None:
        """Raise where a proof was refused within the last ten minutes."""
        with self._turn:
            self._heed(proof)

    def _heed(self, proof: Proof) -> None:
        if not self._is_read:
            self._last, self._is_read = self._read(), True
        last = self._last
        if last is None or not timedelta(0) <= self._clock() - last.at < _REST:
            return
        if hmac.compare_digest(_hashed(proof, last.salt), last.proof):
            raise SignInError(last.error.peer, last.error.problem, last.error.advice)

    def _read(self) -> _Refusal | None:
        """Return what a run before this one kept; what we cannot read holds up nobody."""
        try:
            found = json.loads(self._file.read_bytes() if self._file is not None else b"{}")
            return _Refusal(
                at=datetime.fromisoformat(found["at"]).astimezone(UTC),
                error=SignInError(str(found["peer"]), str(found["problem"]), str(found["advice"])),
                salt=bytes.fromhex(found["salt"]),
                proof=bytes.fromhex(found["proof"]),
            )
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def _write(self, last: _Refusal) -> None:
        if self._file is None:
            return
        said = {"peer": last.error.peer, "problem": last.error.problem, "advice": last.error.advice}
        kept = {"at": last.at.isoformat(), **said, "salt": last.salt.hex(), "proof": last.proof.hex()}
        new = self._file.with_suffix(".new")
        # Where it cannot be kept, this run remembers it all the same.
        with suppress(OSError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(kept, file)
            new.replace(self._file)

    def _forget(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)


def _hashed(proof: Proof, salt: bytes) -> bytes:
    return hashlib.scrypt(proof.value.encode(errors="surrogatepass"), salt=salt, n=2**14, r=8, p=1, dklen=32)
