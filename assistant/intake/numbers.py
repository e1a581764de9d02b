"""Numbers that a server gives a second time: how that is noticed, and the number of our own that such a mail gets.

A server that was set back to an older copy of itself has forgotten mails that we hold, and gives their UIDs once more.
It should take a new UIDVALIDITY then (RFC 9051, 2.3.1.1); one whose files were merely copied back does not know.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from assistant.intake.imap_answers import Opened
from assistant.records import Locator

_UIDVALIDITY_BITS = 32
_MOMENT_BITS = 0x7FFFFFFF


class Numbering:
    """From which number on each folder is to be looked through."""

    def __init__(self) -> None:
        self._opened: dict[str, tuple[Opened, int]] = {}

    def first(self, folder: str, opened: Opened, highest: int) -> int:
        """Return the lowest UID that may be a new mail's.

        A folder that was set back is looked through once from its beginning, and from then on from where it stood.

        Args:
            folder: Its name.
            opened: What the server said when it was last opened.
            highest: The highest UID that the ledger holds.

        """
        last, known = self._opened.get(folder, (None, 0))
        if opened is last:  # not opened again: of it we may hold mails by now that came later
            return known or highest + 1
        is_back = 0 < opened.uidnext <= highest
        self._opened[folder] = (opened, opened.uidnext if is_back else 0)
        if not is_back:
            return highest + 1
        is_followed = last is not None and last.uidvalidity == opened.uidvalidity and known <= opened.uidnext
        return known if known and is_followed else 1


def given_uidvalidity(where: Locator) -> int:
    """Return the UIDVALIDITY that the server gave, without what is ours of it."""
    return where.uidvalidity & (1 << _UIDVALIDITY_BITS) - 1


def numbered_anew(where: Locator, received_at: datetime) -> Locator:
    """Return the number that a mail gets whose own was another mail's before: it tells when this one came.

    UIDVALIDITY has 32 bits; what stands above them is ours.

    >>> from datetime import UTC
    >>> where = Locator(account="desk", folder="INBOX", uidvalidity=7, uid=2)
    >>> numbered_anew(where, datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)).uidvalidity == 7 + 2**32
    True

    """
    moment = int(received_at.timestamp()) & _MOMENT_BITS or 1
    return replace(where, uidvalidity=where.uidvalidity | moment << _UIDVALIDITY_BITS)
