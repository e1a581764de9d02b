"""A task's history, and what a mail of ours showed of it -> what somebody else changed since, and how that is asked.

A mail tells by a mark which changes by others it shows. Versions are numbers of this ledger's events, and one that was
restored counts anew; the mails that the changes came from are the same, in whatever order they are read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.decide.commands.reply import Operation, ReplyContext
from assistant.records import (
    PRIORITIES,
    Change,
    ChangesUndone,
    DeadlineSet,
    EvidenceAdded,
    LedgerEvent,
    NoteAdded,
    Person,
    PrioritySet,
    Task,
    TaskAcknowledged,
    TaskAssigned,
    TaskDone,
    TaskDropped,
    TaskReopened,
    TaskSnoozed,
)

_ASKED = {
    "done": "Still mark it done?",
    "drop": "Still drop it?",
    "snooze": "Still put it off?",
    "due": "Still move it?",
    "priority": "Still make it less urgent?",
}


def changed_by_other(
    history: Iterable[LedgerEvent], person: Person, *, version: int | None, at: datetime
) -> LedgerEvent | None:
    """Return the last change of a task that `person` cannot have seen in our mail; None where there is none.

    Their own changes do not count, nor what we note of our own accord; but a mail that asks again does.

    Args:
        history: The task's events.
        person: Who answers the mail.
        version: The task's version that the mail shows; None where that is not known.
        at: When the mail was prepared.

    """
    events = list(history)
    later = [one for one in events if (one.at > at if version is None else one.id > version)]
    ids = {one.id for one in later}
    undone = {one for event in events if isinstance(event.change, ChangesUndone) for one in event.change.event_ids}
    unseen = [one for one in later if one.id not in undone and _counts(one, person) and not _cancels(one, ids)]
    return max(unseen, key=lambda one: one.id, default=None)


def seen_mark(history: Iterable[LedgerEvent], person: Person) -> str:
    """Return what stands for all that others than `person` have done to a task so far."""
    return _mark_of({one.source for one in history if _counts(one, person)})


def version_of_mark(
    history: Iterable[LedgerEvent], person: Person, mark: str, *, given: Collection[str] = ()
) -> int | None:
    """Return the version of a task at which its mark was this one; None where it never was.

    Args:
        history: The task's events, in their order.
        person: Whom the mail was sent to that carries the mark.
        mark: Made by `seen_mark`.
        given: What the mail shows though its mark was made before: where the handing over came from that it tells of.

    """
    sources: set[str] = set()
    found = 0 if mark == _mark_of(sources) else None
    for one in history:
        if _counts(one, person):
            sources.add(one.source)
            if mark == _mark_of(sources) or (
                given and sources.issuperset(given) and mark == _mark_of(sources - {*given})
            ):
                found = one.id
    return found


def _mark_of(sources: set[str]) -> str:
    return hashlib.sha256("\x1f".join(sorted(sources)).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _counts(event: LedgerEvent, person: Person) -> bool:
    if isinstance(event.change, EvidenceAdded):
        return event.change.asked.requester is None or not person.is_at(event.change.asked.requester)
    return "@" in event.actor and not person.is_at(event.actor)


def _cancels(event: LedgerEvent, later: set[int]) -> bool:
    """Return whether an event only takes back what the mail did not show either."""
    return isinstance(event.change, ChangesUndone) and later.issuperset(event.change.event_ids)


def question(operation: Operation, task: Task, asked: ReplyContext) -> str | None:
    """Return what is asked before a command closes, postpones or hands over a task that somebody else changed since.

    None where it may be carried out: notes and acknowledgements always may.
    """
    event = asked.changed.get(task.number)
    if event is None or not _is_guarded(operation, task):
        return None
    who = next((one.name for one in asked.people if one.is_at(event.actor)), event.actor)
    told = _told(event.change, task.number, who, asked.people)
    when = _when(event.at, asked.now, asked.person.calendar.zone)
    return f"{told} {when}, after the mail that you answered. {_still(operation, asked)}"


def _still(operation: Operation, asked: ReplyContext) -> str:
    if operation.op != "assign":
        return _ASKED[operation.op]
    return f"Still give it to {_name(operation.to or '', asked.people)}?"


def _is_guarded(operation: Operation, task: Task) -> bool:
    if operation.op == "priority":
        level = operation.level
        return level is not None and PRIORITIES.index(level) > PRIORITIES.index(task.priority)
    return operation.op in _ASKED or operation.op == "assign"


def command_for(operation: Operation, zone: ZoneInfo) -> str:
    """Return the command in our own words, so that it can be given once more."""
    number = operation.number
    match operation.op:
        case "drop" if operation.of is not None:
            return f"drop {number} duplicate of {operation.of}"
        case "snooze" if operation.until is not None:
            return f"snooze {number} until {_until(operation.until.due, zone)}"
        case "due" if operation.until is not None:
            return f"{number} due {_until(operation.until.due, zone)}"
        case "assign":
            return f"give {number} to {operation.to}"
        case "priority":
            return f"{number} {operation.level}"
        case "stop":
            return "stop" if operation.until is None else f"stop until {_until(operation.until.due, zone)}"
        case _:
            return f"{operation.op} {number}"


def _until(due: object, zone: ZoneInfo) -> str:
    return f"{due.astimezone(zone):%Y-%m-%d %H:%M}" if isinstance(due, datetime) else f"{due}"


def _told(change: Change, number: int, who: str, people: Sequence[Person]) -> str:  # noqa: PLR0911 - one line each
    match change:
        case TaskDone():
            return f"{who} marked #{number} done"
        case TaskDropped():
            return f"{who} dropped #{number}"
        case TaskReopened():
            return f"{who} opened #{number} again"
        case TaskSnoozed():
            return f"{who} put #{number} off"
        case DeadlineSet():
            return f"{who} moved the deadline of #{number}"
        case TaskAssigned(owner=owner):
            name = _name(owner, people)
            return f"{who} took #{number} over" if name == who else f"{who} gave #{number} to {name}"
        case NoteAdded():
            return f"{who} made a note with #{number}"
        case TaskAcknowledged():
            return f"{who} took #{number} in hand"
        case PrioritySet(priority=priority):
            return f"{who} gave #{number} {priority} priority"
        case EvidenceAdded():
            return f"A mail asked for #{number} again"
        case _:
            return f"{who} changed #{number}"


def _name(email: str, people: Sequence[Person]) -> str:
    return next((one.name for one in people if one.is_at(email)), email)


def _when(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    clock = f"at {local.hour % 12 or 12}:{local:%M} {local.strftime('%p').lower()}"
    return clock if local.date() == now.astimezone(zone).date() else f"on {local:%a %b} {local.day} {clock}"
