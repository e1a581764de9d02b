"""Tasks closed in somebody's name within an hour -> whether these are too many, and how many more may follow.

An hour is one in which the words came that close them: what is read late, after an outage, was not said at once, and
what is held up somewhere may have been.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from assistant.pipeline.parts import Parts
from assistant.records import Closing, Condition, Person

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def closing_conditions(parts: Parts) -> Iterator[Condition]:
    """Yield in whose names more was closed than `[limits] closed_per_hour`.

    Whoever reads somebody's mail can answer in their name, and is told the same: so others hear of it too.
    """
    now, most = parts.clock(), parts.config.limits.closed_per_hour
    # A clock that was set back has days before it that have been.
    closed = [one for one in parts.ledger.book.closings(now - _DAY) if one.at <= now] if most else []
    is_fine = True
    for person in parts.people():
        theirs = sorted((one for one in closed if person.is_at(one.actor)), key=lambda one: one.came_at)
        since = _too_many_since(theirs, most, now)
        if since is not None:
            is_fine = False
            count = sum(since <= one.came_at <= since + _HOUR for one in theirs)
            said = (
                f"{count} tasks were closed in the name of {person.name} within an hour, since {{since}}. "
                "Ask them whether it was they; if not, this ends it: assistant keys revoke."
            )
            yield Condition(part=f"closing {person.email}", level="failing", said=said, since=since)
    if is_fine:
        said = f"nobody closed more than {most} tasks in an hour"
        yield Condition(part="closing", level="fine", said=said, since=now)


def closes_left(parts: Parts, person: Person, came_at: datetime) -> int | None:
    """Return how many tasks more a mail of that moment may close in a person's name before they are asked; None: any.

    What came earlier and is read only now comes with all that was said meanwhile, which is counted with its own hour.
    """
    most = parts.config.limits.closed_per_hour
    if not most:
        return None
    closed = parts.ledger.book.closings(min(came_at, parts.clock()) - _HOUR)
    return max(0, most - sum(person.is_at(one.actor) and came_at - _HOUR < one.came_at <= came_at for one in closed))


def _too_many_since(closed: list[Closing], most: int, now: datetime) -> datetime | None:
    """Return when the first hour began that holds too many, of which some were closed just now."""
    for first in range(len(closed) - most):
        within = closed[first : first + most + 1]
        if within[-1].came_at - within[0].came_at <= _HOUR and any(one.at > now - _HOUR for one in within):
            return within[0].came_at
    return None
