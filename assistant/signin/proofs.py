"""What we show a mail server to be let in: a password, or a token that is good for an hour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar

SignedIn = TypeVar("SignedIn")


@dataclass(frozen=True, slots=True)
class Proof:
    kind: Literal["password", "token"]
    value: str = field(repr=False)


class Credential(Protocol):
    """Our way in at one server, for several threads."""

    @property
    def name(self) -> str:
        """The section of the configuration that it is of: an account's name, or `smtp`."""

    def tried(self, sign_in: Callable[[Proof], SignedIn]) -> SignedIn:
        """Return what `sign_in` makes of our proof; it raises SignInError where the server refuses it.

        A token that is refused is renewed once, and tried once more. What was refused is not shown again within ten
        minutes, whoever asks.

        Raises:
            SignInError: The server refuses us, or nobody gives us a token; a person must act.
            TransientError: Who gives tokens does not answer.

        """

    def keep_fresh(self) -> None:
        """Renew what is about to end; nothing otherwise. Raises as `tried` does."""
