"""A filled mailbox and ledger -> what one more mail costs there, by the clock and by counted work."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from assistant.decide.digest import DueDigest
from assistant.decide.worktime import local_day
from assistant.pipeline import Parts, collect, digest, receive, tick
from assistant.records import Notice

_STEPS = 20
_PATIENCE_S = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one more mail, the middle of several."""

    mails: int
    cpu_ms: float
    steps: float
    """What SQLite executed, in single instructions."""
    compared: float
    """Open tasks that it was compared with."""


def cost_of_one_more(parts: Parts, account: str, arrive: Callable[[int], object], mails: int) -> Cost:
    """Let mails arrive one by one, and take and read each of them."""
    cpu_ms, steps, compared = [], [], []
    parts.standing.of(parts.ledger)
    for number in range(mails):
        arrive(number)
        looked_at = parts.standing.of(parts.ledger).looked_at
        with counted(parts) as count:
            started = time.process_time()
            until, new = time.monotonic() + _PATIENCE_S, 0
            while not new and time.monotonic() < until:
                new = collect(parts, account)
            read = receive(parts)
            cpu_ms.append((time.process_time() - started) * 1000)
        assert (new, read) == (1, 1), f"of one new mail {new} were taken and {read} read"
        steps.append(count[0] * _STEPS)
        compared.append(parts.standing.of(parts.ledger).looked_at - looked_at)
    return Cost(mails=mails, cpu_ms=median(cpu_ms), steps=median(steps), compared=sum(compared) / mails)


@contextmanager
def counted(parts: Parts) -> Iterator[list[int]]:
    """Count what SQLite executes for us, in units of `_STEPS` instructions."""
    count = [0]

    def step() -> int:
        count[0] += 1
        return 0

    connection = parts.ledger.spool._database._db.conn
    connection.set_progress_handler(step, _STEPS)
    try:
        yield count
    finally:
        connection.set_progress_handler(None, 0)


def digest_s(parts: Parts) -> tuple[float, int, int]:
    """Return how long the first person's digest takes, from the ledger to the final bytes; its tasks, and its bytes."""
    person = parts.people()[0]
    tasks = len(parts.standing.of(parts.ledger).tasks)
    started = time.monotonic()
    content = digest(parts, person, DueDigest(local_day=local_day(parts.clock(), person), is_late=False))
    mail = parts.rendered(Notice(key=f"digest:{person.email}:bench", content=content))
    return time.monotonic() - started, tasks, len(mail.content)


def tick_s(parts: Parts) -> float:
    """Return how long a look takes at what is due, where nothing is."""
    tick(parts)
    started = time.monotonic()
    tick(parts)
    return time.monotonic() - started
