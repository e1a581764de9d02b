"""Mails that came into a mailbox and were gone before we looked: noticed by the numbers they left, told in digests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import structlog

from assistant.pipeline.parts import Parts
from assistant.records import Locator, Outage, Person

log = structlog.get_logger()
_LEAP = 100_000
"""So many numbers at once were left out by the server; no mails had them."""


def next_numbers(parts: Parts, account: str) -> dict[str, Locator]:
    """Return of each folder the number that its next mail gets: all below it have been given."""
    settings, mailbox = parts.account(account), parts.mailboxes[account]
    found: dict[str, Locator] = {}
    for folder in settings.folders if settings else ():
        uidvalidity, uid = mailbox.next_number(folder)
        if uid:
            found[folder] = Locator(account=account, folder=folder, uidvalidity=uidvalidity, uid=uid)
    return found


def note_unseen(parts: Parts, given: Mapping[str, Locator]) -> int:
    """Note, after all that is there was collected, the numbers that nothing of ours has; return how many there are.

    Args:
        parts: What we work with.
        given: The next number of each folder of a mailbox, asked for before that.

    """
    numbering, unseen = parts.ledger.numbering, 0
    for upto in given.values():
        first = numbering.looked_up_to(upto.account, upto.folder, upto.uidvalidity)
        count = _unseen(parts, upto, first) if first is not None and first < upto.uid <= first + _LEAP else 0
        numbering.note(upto, count, parts.clock())
        if count:
            log.warning("mails_unseen", account=upto.account, mails=count)
        unseen += count
    return unseen


def _unseen(parts: Parts, upto: Locator, first: int) -> int:
    start = Locator(account=upto.account, folder=upto.folder, uidvalidity=upto.uidvalidity, uid=first)
    seen = parts.ledger.spool.known_between(start, upto.uid - 1)
    if len(seen) < upto.uid - first:
        # What is there and was not taken is older than we are to read, or refused, which is told by itself.
        there = parts.mailboxes[upto.account].uids(upto.folder, first)
        seen |= {uid for uid in there if uid < upto.uid}
    return upto.uid - first - len(seen)


def unseen_warnings(parts: Parts, person: Person, since: datetime) -> Iterator[str]:
    """Yield what a digest says, of each mailbox, of mails that were gone before we looked."""
    by_account: dict[str, list[Outage]] = {}
    for one in parts.ledger.numbering.unseen(since):
        by_account.setdefault(one.part, []).append(one)
    zone = person.calendar.zone
    for account, times in by_account.items():
        mails = sum(one.mails for one in times)
        first = f"{min(one.since for one in times).astimezone(zone):%A %H:%M}"
        last = f"{max(one.until or one.since for one in times).astimezone(zone):%A %H:%M}"
        if mails == 1:
            came = f"1 mail came into the mailbox {account} between {first} and {last}, and was gone before I saw it."
            yield f"{came} What it may ask for is missing here."
        else:
            came = f"{mails} mails came into the mailbox {account} between {first} and {last}, and were gone before I"
            yield f"{came} saw them. What they may ask for is missing here."
