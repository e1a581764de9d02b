"""Tasks closed in somebody's name within the hour -> whether these are too many, and how many more may follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from assistant.pipeline.parts import Parts
from assistant.records import Condition, Person, Task

_HOUR = timedelta(hours=1)


def closing_condition(parts: Parts) -> Condition:
    """Return whether more was closed in one person's name than `[limits] closed_per_hour`.

    Whoever reads somebody's mail can answer in their name, and is told the same: so others hear of it too.
    """
    now, most = parts.clock(), parts.config.limits.closed_per_hour
    closed = tuple(_closed(parts)) if most else ()
    for person in parts.people():
        theirs = [task.changed_at for task in closed if person.is_at(task.changed_by)]
        if len(theirs) > most:
            said = (
                f"{len(theirs)} tasks were closed in the name of {person.name} within an hour, since {{since}}. "
                "Ask them whether it was they; if not, this ends it: assistant keys revoke."
            )
            return Condition(part="closing", level="failing", said=said, since=min(theirs))
    return Condition(part="closing", level="fine", said=f"nobody closed more than {most} tasks in an hour", since=now)


def closes_left(parts: Parts, person: Person, came_at: datetime) -> int | None:
    """Return how many tasks more may be closed in a person's name within the hour before they are asked; None: any.

    What came earlier and is read only now, after an outage, comes with all that was said meanwhile.
    """
    most = parts.config.limits.closed_per_hour
    if not most or parts.clock() - came_at > _HOUR:
        return None
    return max(0, most - sum(person.is_at(task.changed_by) for task in _closed(parts)))


def _closed(parts: Parts) -> Iterator[Task]:
    now = parts.clock()
    for task in parts.ledger.book.closed_since(now - _HOUR):
        # A clock that was set back has days before it that have been.
        if task.changed_at <= now:
            yield task
