"""What a mailbox does for us, whatever it is: its mails are read, and our own looked for and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import NamedTuple, Protocol

from assistant.records import Check, Locator, RawMail


class Arrival(NamedTuple):
    """What a server says of a mail without handing it out."""

    received_at: datetime
    size: int | None = None
    """Bytes; None where that says nothing of what the ledger holds."""


IsAnother = Callable[[Locator, Arrival], bool]
"""Tells whether the mail that the ledger holds under this number came at another time, or has another size."""


class Mailbox(Protocol):
    """One account's folders. For one thread at a time; connects when it is first used, and again after an error.

    Every method but `check` and `close` raises TransientError (try again later, see `backoff_s`), SignInError or
    ConfigError (a person must act; it may still be tried again, but seldom).
    """

    def fetch_new(
        self, seen_up_to: Callable[[str, int], int], is_known: Callable[[Locator], bool], is_another: IsAnother
    ) -> Iterator[RawMail]:
        """Yield the mails that came since, oldest first in each folder; commit them in that order.

        Those that are followed by another came with it in one answer of the server, and may be committed with it.
        More may be asked for before they are: what is not committed is yielded again.

        `seen_up_to(folder, uidvalidity)` is the highest UID in the ledger, 0 where there is none; `is_known(locator)`
        whether the ledger holds this delivery. A server that numbers a folder anew has a new UIDVALIDITY, and all of
        its mails are yielded again: the ledger knows them by their content. One that was set back to an older copy of
        itself gives the numbers that it has forgotten once more, under the same UIDVALIDITY: where `is_another`, the
        mail is yielded under a number of our own. An error may come after the last mail that could be had; where all
        but single mails could, it is a WithheldMailError.
        """
        ...

    def fetch_missed(
        self, is_known: Callable[[Locator], bool], is_another: IsAnother, since: date
    ) -> Iterator[RawMail]:
        """Yield what came on or after `since` and is not in the ledger, whatever its number.

        For the hourly comparison: a mail may show up below the highest UID or under the number of another one, and a
        server may have refused it once. An older one is yielded as well where it was missing from the beginning.
        """
        ...

    def next_number(self, folder: str) -> tuple[int, int]:
        """Return the folder's UIDVALIDITY and, just asked for, the UID of its next mail; 0 where nobody can tell."""
        ...

    def uids(self, folder: str, first: int) -> frozenset[int]:
        """Return the UIDs of all mails in the folder from `first` on, also of those that are too old to be read."""
        ...

    def wait(self, timeout_s: float, stop: threading.Event) -> bool:
        """Return True as soon as it is time to look; False when `timeout_s` have passed quietly, or `stop` is set.

        It is, once, when a connection begins to listen: nobody tells of what came before.
        """
        ...

    def check(self) -> Check:
        """Sign in, open the folders, and say in one line what is so or what to do; raises nothing of ours."""
        ...

    def close(self) -> None: ...


class Copies(Protocol):
    """An account's mailbox as the place where copies of our own mails lie. It raises what a Mailbox raises."""

    def in_inbox(self, message_id: str, since: date) -> bool: ...

    def in_sent(self, message_id: str, since: date) -> bool | None:
        """Return whether the Sent folder holds the mail; None where there is no such folder."""
        ...

    def sent_since(self, day: date) -> Iterator[bytes]:
        """Yield the headers of what lies in the Sent folder since that day; nothing where there is none."""
        ...

    def keep(self, content: bytes, at: datetime) -> bool:
        """Put a mail into the Sent folder, as read; return False where there is none."""
        ...

    def close(self) -> None: ...
