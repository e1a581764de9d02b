"""Tasks that a reply gave to somebody -> one mail to each receiver, whose day it is; nothing to the giver."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from assistant.decide.authority import person_at
from assistant.decide.commands.acting.effects import Desk
from assistant.decide.worktime import passes_at, quiet_until
from assistant.records import Handoff, LedgerEvent, Notice, Person, Task, TaskAssigned, TaskOpened


def handoffs(events: Iterable[LedgerEvent], desk: Desk) -> tuple[Notice, ...]:
    """Return one mail for each person who has tasks now by the word of somebody else."""
    asked = desk.asked
    # One that was made for somebody has never been anybody else's.
    given = dict.fromkeys(event.number for event in events if isinstance(event.change, TaskAssigned | TaskOpened))
    theirs: dict[str, tuple[Person, list[Task]]] = {}
    for task in (desk.tasks[number] for number in given):
        person = person_at(task.owner or "", asked.people)
        if person is not None and person != asked.person and task.state == "open":
            theirs.setdefault(person.email, (person, []))[1].append(task)
    return tuple(_notice(person, tasks, desk) for person, tasks in theirs.values())


def still_theirs(tasks: Iterable[Task], person: Person) -> tuple[Task, ...]:
    """Return those of the tasks that a person was given and still has to see to."""
    return tuple(task for task in tasks if task.state == "open" and task.owner is not None and person.is_at(task.owner))


def _notice(person: Person, tasks: list[Task], desk: Desk) -> Notice:
    asked = desk.asked
    return Notice(
        key=f"handoff:{asked.source}:{person.email}",
        content=Handoff(person=person, now=asked.now, by=asked.person.name, tasks=tuple(tasks)),
        not_before=_not_before(person, tasks, desk),
    )


def _not_before(person: Person, tasks: list[Task], desk: Desk) -> datetime | None:
    """Return when the receiver's quiet time ends; None where it is not quiet, or where one of the tasks cannot wait."""
    now = desk.asked.now
    ends = quiet_until(now, person)
    if ends is None:
        return None
    is_urgent = any(task.priority != "normal" or passes_at(task, person) <= ends for task in tasks)
    return None if is_urgent else ends
