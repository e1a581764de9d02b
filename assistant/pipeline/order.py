"""The mails that wait -> batches of them, in the order in which they are read.

Of a backlog the newest is read first, for it tells of today. Not so the answers to our mails: who closed a task last
night and opened it again this morning wants it open.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from assistant.pipeline.parts import Parts
from assistant.records import SpooledMail

_BATCH = 50
_LOOKED_AT = 500
"""Mails whose beginnings are held in memory at once."""
_OURS = re.compile(rb"[<\[+](?:digest|escalation|answer|suggestion|handoff|alert)[. ][0-9a-f]{10}", re.IGNORECASE)
"""How a mail of ours is named in the header of an answer, in the subject of one of our links, and in our address."""


def in_turn(parts: Parts, failed: Collection[str]) -> Iterator[list[SpooledMail]]:
    """Yield what is to be read next, until nothing waits or `parts.stop` is set.

    Args:
        parts: Where it waits.
        failed: Keys that are left out; those of the batches before that failed.

    """
    spool, answers = parts.ledger.spool, _answers(parts)
    while not parts.stop.is_set():
        answers = [key for key in answers if key not in failed and spool.state(key) == "waiting"]
        first = [mail for key in answers[:_BATCH] if (mail := spool.mail(key)) is not None]
        mails = first or spool.waiting(_BATCH, now=parts.clock(), but=failed)
        if not mails:
            return
        yield mails


def _answers(parts: Parts) -> list[str]:
    """Return the keys of the mails that may answer ours, oldest first; none where all that waits is one batch."""
    spool = parts.ledger.spool
    keys = spool.untried(parts.clock())
    if len(keys) <= _BATCH:
        return []
    found: list[str] = []
    for start in range(0, len(keys), _LOOKED_AT):
        some = keys[start : start + _LOOKED_AT]
        heads = spool.heads(some)
        found += [key for key in some if key in heads and _OURS.search(heads[key])]
    return found
