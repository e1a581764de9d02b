"""Occasion 1: new mail is fetched and committed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from assistant.errors import AssistantError, ConfigError, SignInError, TransientError
from assistant.intake import Arrival
from assistant.ledger import Ledger
from assistant.parse import key_and_sender
from assistant.pipeline.acquaintances import known_among
from assistant.pipeline.health.conditions import is_disk_full
from assistant.pipeline.parts import MailboxTrouble, Parts
from assistant.pipeline.restored import look_back
from assistant.pipeline.unseen import next_numbers, note_unseen
from assistant.pipeline.withheld import Withheld
from assistant.records import Locator, RawMail

log = structlog.get_logger()


_LOOK_BACK = timedelta(days=14)
_COMPARE_EVERY = timedelta(hours=1)
_NEIGHBOURS = 1000
_BACKLOG = 100
"""An answer of so many mails is followed by more: the next one is read while it is committed."""
_LIGHT_BYTES = 8 * 1024 * 1024
"""An answer of more bytes is committed before the next is asked for: two of these would fill the memory."""
_Answer = list[tuple[RawMail, str, str]]
"""Each mail with its key and its sender."""
_Neighbours = tuple[str, int, int]
"""Folder, UIDVALIDITY, and which thousand of its numbers."""


def collect(parts: Parts, account: str) -> int:
    """Commit what is new in one mailbox, what is in hand before more is asked for; return how many mails were new.

    Once an hour the list of the last two weeks is compared, after a restore a longer one: a mail may have shown up
    below the highest UID, or under the number of another; and what came and went meanwhile left a number. Mails that
    the server does not hand out keep no others back, and are told of in `parts.health`.

    Raises:
        TransientError: The server does not answer; what was fetched so far is committed. Or the disk is full.
        SignInError: It refuses us.
    """
    if is_disk_full(parts):
        raise TransientError(f"account {account}: no mail is taken, for the disk is full; make room")
    try:
        new = _collect(parts, account)
    except AssistantError as error:
        needs_person = isinstance(error, SignInError | ConfigError)
        parts.health.mailbox_trouble[account] = MailboxTrouble(said=str(error), needs_person=needs_person)
        raise
    parts.health.mailbox_trouble.pop(account, None)
    parts.health.looked_at[account] = parts.clock()
    if new:
        log.info("mail_collected", account=account, new=new)
    return new


def _collect(parts: Parts, account: str) -> int:
    mailbox, health, now = parts.mailboxes[account], parts.health, parts.clock()

    def seen_up_to(folder: str, uidvalidity: int) -> int:
        return parts.ledger.spool.highest_uid(account, folder, uidvalidity)

    held, withheld = _Held(parts.ledger), Withheld()
    new = _store(parts, withheld.all_but(mailbox.fetch_new(seen_up_to, held.is_known, held.is_another)))
    if now - health.compared_at.get(account, now - _COMPARE_EVERY) >= _COMPARE_EVERY:
        held, given = _Held(parts.ledger), next_numbers(parts, account)
        since = look_back(parts, _LOOK_BACK).date()
        new += _store(parts, withheld.all_but(mailbox.fetch_missed(held.is_known, held.is_another, since)))
        if not parts.stop.is_set():
            note_unseen(parts, given)
            health.compared_at[account] = now
    withheld.note(parts, account)
    return new


class _Held:
    """What the ledger holds of a mailbox; asked of a thousand neighbours at once, for a whole list is compared."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: tuple[_Neighbours | None, frozenset[int]] = (None, frozenset())
        self._arrivals: tuple[_Neighbours | None, dict[int, tuple[datetime, int]]] = (None, {})

    def is_known(self, where: Locator) -> bool:
        if (near := _neighbours(where)) != self._known[0]:
            first = replace(where, uid=near[-1] * _NEIGHBOURS)
            self._known = (near, self._ledger.spool.known_between(first, first.uid + _NEIGHBOURS - 1))
        return where.uid in self._known[1]

    def is_another(self, where: Locator, now_there: Arrival) -> bool:
        if (near := _neighbours(where)) != self._arrivals[0]:
            first = replace(where, uid=near[-1] * _NEIGHBOURS)
            self._arrivals = (near, self._ledger.numbering.arrivals(first, first.uid + _NEIGHBOURS - 1))
        if where.uid not in self._arrivals[1]:
            return False
        received_at, size = self._arrivals[1][where.uid]
        # Of what was purged we hold nothing.
        is_larger = now_there.size is not None and size > 0 and now_there.size != size
        return now_there.received_at != received_at or is_larger


def _neighbours(where: Locator) -> _Neighbours:
    return where.folder, where.uidvalidity, where.uid // _NEIGHBOURS


def _store(parts: Parts, mails: Iterable[RawMail]) -> int:
    """Commit each answer of the server before the next is asked for; in a backlog, while the next one comes."""
    new = 0
    answers = _answers(parts, mails)
    for answer in answers:
        # What came with one answer of the server is synced to the disk once.
        new += _commit(parts, answer)
        if len(answer) >= _BACKLOG and not parts.stop.is_set():
            return new + _store_backlog(parts, answers)
    return new


def _commit(parts: Parts, answer: _Answer) -> int:
    known = known_among(parts.config, parts.ledger, (sender for _raw, _key, sender in answer))
    strangers = {key for _raw, key, sender in answer if sender not in known}
    mails = [(raw, key) for raw, key, _sender in answer]
    return parts.ledger.spool.store_all(mails, parts.clock(), strangers, parts.inboxes)


def _store_backlog(parts: Parts, answers: Iterator[_Answer]) -> int:
    """Commit as `_store` does, with never more than one answer on its way.

    What is asked for ahead and not committed is asked for again. Neither the mailbox nor anything of it is in use by
    the other thread when this returns or raises.
    """
    new = 0
    with ThreadPoolExecutor(1, thread_name_prefix="reading-ahead") as reader:
        coming = reader.submit(next, answers, None)
        while (answer := coming.result()) is not None:
            is_light = sum(len(raw.content) for raw, _key, _sender in answer) <= _LIGHT_BYTES
            if is_light and not parts.stop.is_set():
                coming = reader.submit(next, answers, None)
            new += _commit(parts, answer)
            if parts.stop.is_set():
                break
            if not is_light:
                coming = reader.submit(next, answers, None)
    return new


def _answers(parts: Parts, mails: Iterable[RawMail]) -> Iterator[_Answer]:
    """Yield what is in hand before more is asked for, each mail with its key; after a stop, that is the last."""
    in_hand: _Answer = []
    for raw in mails:
        parts.health.steps["collect"] += 1
        in_hand.append((raw, *key_and_sender(raw.content)))
        if raw.is_followed and not parts.stop.is_set():
            continue
        yield in_hand
        in_hand = []
        if parts.stop.is_set():
            return
