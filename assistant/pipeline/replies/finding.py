"""A person's question -> the tasks that hold its words, of those that they may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from assistant.decide.authority import may_see
from assistant.pipeline.parts import Parts
from assistant.records import Person, Task

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def finder(parts: Parts, person: Person) -> Callable[[tuple[str, ...], bool], tuple[tuple[Task, ...], int]]:
    """Return what finds tasks by the beginnings of words; see `ReplyContext.find`."""

    def find(beginnings: tuple[str, ...], closed: bool) -> tuple[tuple[Task, ...], int]:  # noqa: FBT001 - see there
        ledger, people, rights = parts.ledger, parts.people(), parts.config.rights.table()
        tasks = (*parts.standing.of(ledger).tasks, *(ledger.book.closed_since(_EPOCH) if closed else ()))
        seen = [task for task in tasks if may_see(task, person, people, rights)]
        holding = ledger.search.numbers(beginnings) if beginnings else None
        return tuple(task for task in seen if holding is None or task.number in holding), len(seen)

    return find
