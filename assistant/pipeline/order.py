"""The mails that wait -> batches of them, in the order in which they are read.

Of a backlog the newest is read first, for it tells of today. Not so the answers to our mails: who closed a task last
night and opened it again this morning wants it open. And where one answer of a person failed and waits for its next
try, what they said after it waits with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.decide.authority import person_at
from assistant.parse import sender_of
from assistant.pipeline.parts import Parts
from assistant.records import Message, SpooledMail

_BATCH = 50
_LOOKED_AT = 500
"""Mails whose beginnings are held in memory at once."""
_OURS = re.compile(r"[<\[+](?:digest|escalation|answer|suggestion|handoff|alert)[. ][0-9a-f]{10}", re.IGNORECASE)
"""How a mail of ours is named in the header of an answer, in the subject of one of our links, and in our address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A waiting mail that seems to answer one of ours."""

    key: str
    sender: str
    was_tried: bool
    is_due: bool


def in_turn(parts: Parts, answers: Sequence[Answer], failed: Collection[str]) -> Iterator[list[SpooledMail]]:
    """Yield what is to be read next, until nothing waits or `parts.stop` is set.

    Args:
        parts: Where it waits.
        answers: What seems to answer us.
        failed: Keys that are left out; those of the batches before that failed.

    """
    spool = parts.ledger.spool
    while not parts.stop.is_set():
        answers = [one for one in answers if spool.state(one.key) == "waiting"]
        free, held = _parted(answers, failed)
        mails = _next(parts, free) or spool.waiting(_BATCH, now=parts.clock(), but={*failed, *held})
        if not mails:
            return
        yield mails


class Meanwhile:
    """What people write to us while other mails are read.

    Attributes:
        settled: How many of these were settled.

    """

    def __init__(self, parts: Parts, answers: Sequence[Answer]) -> None:
        """Begin with those of the backlog, which are known."""
        self._parts = parts
        self._senders = {one.key: one.sender for one in answers}
        waiting = parts.ledger.spool.by_arrival(parts.clock())
        self._looked_at = {key for key, _tries, _is_due in waiting} if answers or len(waiting) > _BATCH else set()
        self._no_words: set[str] = set()
        self.settled = 0

    def set_aside(self, keys: Iterable[str]) -> None:
        """Leave out mails that turned out to be no word to us: they take their turn."""
        self._no_words.update(keys)

    def words(self, failed: Collection[str] = ()) -> list[SpooledMail]:
        """Return what seems to be a word to us and may be read now, in its order.

        What somebody says after a word of theirs that `failed`, or waits for its next try, waits with it.
        """
        spool = self._parts.ledger.spool
        waiting = spool.by_arrival(self._parts.clock())
        self._look_at([key for key, _tries, _is_due in waiting if key not in self._looked_at][:_LOOKED_AT])
        found = [
            Answer(key=key, sender=self._senders[key], was_tried=tries > 0, is_due=is_due)
            for key, tries, is_due in waiting
            if key in self._senders and key not in self._no_words
        ]
        free, _held = _parted(found, failed)
        return _next(self._parts, free)

    def _look_at(self, keys: Sequence[str]) -> None:
        ours, people = self._parts.config.assistant.address.lower(), self._parts.people()
        self._looked_at.update(keys)
        for key, content in (self._parts.ledger.spool.heads(keys) if keys else {}).items():
            head, sender = content.decode("latin-1"), sender_of(content)
            if person_at(sender, people) is not None and (_OURS.search(head) or ours in head.lower()):
                self._senders[key] = sender


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


def answers_waiting(parts: Parts) -> list[Answer]:
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
            Answer(key=key, sender=sender_of(heads[key]) or key, was_tried=tries > 0, is_due=is_due)
            for key, tries, is_due in some
            if _OURS.search(heads[key].decode("latin-1"))
        ]
    return found


def _next(parts: Parts, free: Sequence[Answer]) -> list[SpooledMail]:
    """Return the first of these; one that was tried before comes alone: should it kill us, no neighbour is blamed."""
    fresh = list(takewhile(lambda one: not one.was_tried, free[:_BATCH]))
    return [mail for one in fresh or free[:1] if (mail := parts.ledger.spool.mail(one.key)) is not None]


def _parted(answers: Sequence[Answer], failed: Collection[str]) -> tuple[list[Answer], list[str]]:
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
