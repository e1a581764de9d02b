"""Occasion 1: new mail is fetched and committed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import structlog

from assistant.errors import AssistantError, ConfigError, SignInError, TransientError
from assistant.ledger import Spool
from assistant.parse import content_key, sender_of
from assistant.pipeline.acquaintances import known_among
from assistant.pipeline.health.conditions import is_disk_full
from assistant.pipeline.parts import MailboxTrouble, Parts
from assistant.pipeline.restored import look_back
from assistant.records import Locator, RawMail

log = structlog.get_logger()


_LOOK_BACK = timedelta(days=14)
_COMPARE_EVERY = timedelta(hours=1)
_NEIGHBOURS = 1000
_BACKLOG = 100
"""An answer of so many mails is followed by more: the next one is read while it is committed."""
_LIGHT_BYTES = 8 * 1024 * 1024
"""An answer of more bytes is committed before the next is asked for: two of these would fill the memory."""
_Answer = list[tuple[RawMail, str]]


def collect(parts: Parts, account: str) -> int:
    """Commit what is new in one mailbox, what is in hand before more is asked for; return how many mails were new.

    Once an hour the list of the last two weeks is compared, after a restore a longer one: a mail may have shown up
    below the highest UID.

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
    mailbox, spool, health, now = parts.mailboxes[account], parts.ledger.spool, parts.health, parts.clock()

    def seen_up_to(folder: str, uidvalidity: int) -> int:
        return spool.highest_uid(account, folder, uidvalidity)

    new = _store(parts, mailbox.fetch_new(seen_up_to, _Known(spool)))
    if now - health.compared_at.get(account, now - _COMPARE_EVERY) >= _COMPARE_EVERY:
        new += _store(parts, mailbox.fetch_missed(_Known(spool), look_back(parts, _LOOK_BACK).date()))
        health.compared_at[account] = now
    return new


class _Known:
    """Whether the ledger holds a delivery; asks for a thousand neighbours at once, for a whole list is compared."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._asked: tuple[str, str, int, int] | None = None
        self._uids: frozenset[int] = frozenset()

    def __call__(self, where: Locator) -> bool:
        asked = (where.account, where.folder, where.uidvalidity, where.uid // _NEIGHBOURS)
        if asked != self._asked:
            first = replace(where, uid=where.uid // _NEIGHBOURS * _NEIGHBOURS)
            self._asked, self._uids = asked, self._spool.known_between(first, first.uid + _NEIGHBOURS - 1)
        return where.uid in self._uids


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
    senders = {key: sender_of(raw.content) for raw, key in answer}
    known = known_among(parts.config, parts.ledger, senders.values())
    strangers = {key for key, sender in senders.items() if sender not in known}
    return parts.ledger.spool.store_all(answer, parts.clock(), strangers, parts.inboxes)


def _store_backlog(parts: Parts, answers: Iterator[_Answer]) -> int:
    """Commit as `_store` does, with never more than one answer on its way.

    What is asked for ahead and not committed is asked for again. Neither the mailbox nor anything of it is in use by
    the other thread when this returns or raises.
    """
    new = 0
    with ThreadPoolExecutor(1, thread_name_prefix="reading-ahead") as reader:
        coming = reader.submit(next, answers, None)
        while (answer := coming.result()) is not None:
            is_light = sum(len(raw.content) for raw, _ in answer) <= _LIGHT_BYTES
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
        in_hand.append((raw, content_key(raw.content)))
        if raw.is_followed and not parts.stop.is_set():
            continue
        yield in_hand
        in_hand = []
        if parts.stop.is_set():
            return
