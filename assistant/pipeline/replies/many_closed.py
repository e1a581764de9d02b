"""Tasks closed in somebody's name within the hour -> whether these are more than a person closes."""

from __future__ import annotations

from datetime import timedelta

from assistant.pipeline.parts import Parts
from assistant.records import Condition

_HOUR = timedelta(hours=1)


def closing_condition(parts: Parts) -> Condition:
    """Return whether more was closed in one person's name than `[limits] closed_per_hour`.

    Whoever reads somebody's mail can answer in their name, and is told the same: so others hear of it too.
    """
    now, most = parts.clock(), parts.config.limits.closed_per_hour
    closed = parts.ledger.book.closed_since(now - _HOUR) if most else ()
    for person in parts.people():
        theirs = [task.changed_at for task in closed if person.is_at(task.changed_by)]
        if len(theirs) > most:
            said = (
                f"{len(theirs)} tasks were closed in the name of {person.name} within an hour, since {{since}}. "
                "Ask them whether it was they; if not, this ends it: assistant keys revoke."
            )
            return Condition(part="closing", level="failing", said=said, since=min(theirs))
    return Condition(part="closing", level="fine", said=f"nobody closed more than {most} tasks in an hour", since=now)
