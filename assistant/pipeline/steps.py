"""A step of what falls due -> what it made; an error of ours is noted, and takes no other step or task with it.

What escapes is the ledger's trouble, with which no other step would fare better, and the end of the process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeVar

import structlog

from assistant.errors import LedgerError, StorageError, place_of
from assistant.outbox.wording import numbers
from assistant.pipeline.parts import Parts
from assistant.records import Condition

log = structlog.get_logger()
Kind = Literal["escalations", "digests", "others"]
_KEPT_BACK: dict[Kind, str] = {
    "escalations": "An error in this program keeps escalations back since {since}; the log says where.",
    "digests": "An error in this program keeps digests back since {since}; the log says whose.",
    "others": "An error in this program keeps some of my mails back since {since}; the log says which.",
}
_MOST_NUMBERS = 20
_Result = TypeVar("_Result")


def step(parts: Parts, kind: Kind, name: str, work: Callable[[], int]) -> int:
    """Return how many mails a step made; 0 where it failed."""
    stuck = parts.health.stuck
    try:
        made = work()
    except (LedgerError, StorageError):
        raise
    except Exception as error:  # noqa: BLE001 - what nobody foresaw in one mail must not keep back the others
        stuck.setdefault((kind, name), parts.clock())
        log.error("step_failed", step=name, error=type(error).__name__, place=place_of(error))
        return 0
    stuck.pop((kind, name), None)
    return made


def sparing(
    parts: Parts, kind: Kind, name: str, tasks: Callable[[], Iterable[int]], work: Callable[[frozenset[int]], _Result]
) -> _Result:
    """Return what `work` makes; where it fails, what it makes without the tasks with each of which it does.

    Args:
        parts: Where that is noted.
        kind: What is made.
        name: Names it in the log.
        tasks: Returns the numbers of all tasks that it is made of.
        work: Makes it of all but the tasks that it is told; changes nothing.

    """
    left_out = parts.health.left_out
    try:
        made = work(frozenset())
    except (LedgerError, StorageError):
        raise
    except Exception as error:
        every = frozenset(tasks())
        if _fails(work, every):  # no task's: none needs to be asked
            raise
        bad = frozenset(number for number in every if _fails(work, every - {number}))
        named = sorted(bad)[:_MOST_NUMBERS]
        log.error(
            "tasks_left_out", step=name, count=len(bad), tasks=named, error=type(error).__name__, place=place_of(error)
        )
        made = work(bad)
        since, _ = left_out.get((kind, name), (parts.clock(), bad))
        left_out[kind, name] = since, bad
        return made
    left_out.pop((kind, name), None)
    return made


def _fails(work: Callable[[frozenset[int]], object], but: frozenset[int]) -> bool:
    try:
        work(but)
    except (LedgerError, StorageError):
        raise
    except Exception:  # noqa: BLE001 - that is the question
        return True
    return False


def step_conditions(parts: Parts) -> Iterator[Condition]:
    """Tell of what is kept back, and of what is left out."""
    for kind, said in _KEPT_BACK.items():
        if moments := [since for (one, _), since in parts.health.stuck.items() if one == kind]:
            yield Condition(part=f"preparing {kind}", level="failing", said=said, since=min(moments))
    for (made, name), (since, bad) in parts.health.left_out.items():
        found = numbers(sorted(bad), _MOST_NUMBERS)
        if made == "escalations":
            said = f"An error in this program keeps tasks from being escalated since {{since}}: {found}."
            yield Condition(part=name, level="failing", said=said, since=since)
        else:
            said = f"An error in this program keeps tasks out of a digest since {{since}}: {found}."
            yield Condition(part=name, level="degraded", said=said, since=since)


def left_out_warning(bad: frozenset[int]) -> tuple[str, ...]:
    """Return what a digest says of the tasks that are not in it."""
    found = numbers(sorted(bad), _MOST_NUMBERS)
    return (f"An error in this program keeps tasks out of this digest: {found}.",) if bad else ()
