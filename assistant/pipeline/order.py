"""The mails that wait -> batches of them, in the order in which they are read.

Of a backlog the newest is read first, for it tells of today. Not so the answers to our mails: who closed a task last
night and opened it again this morning wants it open. And where one answer of a person failed and waits for its next
try, what they said after it waits with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.parse import sender_of
from assistant.pipeline.parts import Parts
from assistant.records import Message, SpooledMail

_BATCH = 50
_LOOKED_AT = 500
"""Mails whose beginnings are held in memory at once."""
_OURS = re.compile(r"[<\[+](?:digest|escalation|answer|suggestion|handoff|alert)[. ][0-9a-f]{10}", re.IGNORECASE)
"""How a mail of ours is named in the header of an answer, in the subject of one of our links, and in our address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """A waiting mail that seems to answer one of ours."""

    key: str
    sender: str
    was_tried: bool
    is_due: bool


def in_turn(parts: Parts, failed: Collection[str]) -> Iterator[list[SpooledMail]]:
    """Yield what is to be read next, until nothing waits or `parts.stop` is set.

    Args:
        parts: Where it waits.
        failed: Keys that are left out; those of the batches before that failed.

    """
    spool, answers = parts.ledger.spool, _answers(parts)
    while not parts.stop.is_set():
        answers = [one for one in answers if spool.state(one.key) == "waiting"]
        free, held = _parted(answers, failed)
        # One that was tried before comes alone, as others do: should it kill us, its neighbours are not blamed.
        fresh = list(takewhile(lambda one: not one.was_tried, free[:_BATCH]))
        first = [mail for one in fresh or free[:1] if (mail := spool.mail(one.key)) is not None]
        mails = first or spool.waiting(_BATCH, now=parts.clock(), but={*failed, *held})
        if not mails:
            return
        yield mails


def one_by_one(
    parts: Parts, messages: Sequence[Message], settle: Callable[[Message], bool | None]
) -> dict[str, bool | None]:
    """Settle people's words in their order; return what became of each: True, False for no word, None where it failed.

    After an answer that failed, its sender's others have to wait as well, and that is no try of theirs.
    """
    heard: dict[str, bool | None] = {}
    stuck: set[str] = set()
    for message in messages:
        sender = message.sender.email if message.sender is not None and _answers_us(message) else ""
        if sender in stuck:
            parts.ledger.spool.return_attempt(message.key)
            heard[message.key] = None
            continue
        heard[message.key] = settle(message)
        if sender and heard[message.key] is None:
            stuck.add(sender)
    return heard


def _answers(parts: Parts) -> list[_Answer]:
    """Return the mails that seem to answer ours, oldest first; none where all that waits is one batch of new mails."""
    spool = parts.ledger.spool
    waiting = spool.by_arrival(parts.clock())
    if len(waiting) <= _BATCH and not any(tries for _key, tries, _is_due in waiting):
        return []
    found = []
    for start in range(0, len(waiting), _LOOKED_AT):
        some = waiting[start : start + _LOOKED_AT]
        heads = spool.heads([key for key, _tries, _is_due in some])
        found += [
            _Answer(key=key, sender=sender_of(heads[key]) or key, was_tried=tries > 0, is_due=is_due)
            for key, tries, is_due in some
            if _OURS.search(heads[key].decode("latin-1"))
        ]
    return found


def _parted(answers: Sequence[_Answer], failed: Collection[str]) -> tuple[list[_Answer], list[str]]:
    """Return those that may be read, oldest first, and the keys of those that wait for an older one of their sender."""
    free, held, stuck = [], [], set()
    for one in answers:
        if one.key in failed or not one.is_due:
            stuck.add(one.sender)
        elif one.sender in stuck:
            held.append(one.key)
        else:
            free.append(one)
    return free, held


def _answers_us(message: Message) -> bool:
    named = [f"<{one}" for one in message.thread_ids]
    to = [one.email for one in (*message.to, *message.cc)]
    return _OURS.search(" ".join((*named, message.subject, *to))) is not None
