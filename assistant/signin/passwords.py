"""A sign-in by password."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from assistant.signin.proofs import Credential, Proof, SignedIn
from assistant.signin.refusals import Refusals


class Password:
    """A password, as it is; one that was refused is not shown again for a while."""

    def __init__(self, name: str, value: str, refusals: Refusals | None = None) -> None:
        self.name = name
        self._proof = Proof("password", value)
        self._refusals = refusals or Refusals(lambda: datetime.now(UTC))

    def tried(self, sign_in: Callable[[Proof], SignedIn]) -> SignedIn:
        return self._refusals.heeding(self._proof, sign_in)

    def keep_fresh(self) -> None:
        """Passwords do not end by themselves."""


def credential(given: Credential | str) -> Credential:
    """Return what was given; a plain text is a password."""
    return Password("", given) if isinstance(given, str) else given
