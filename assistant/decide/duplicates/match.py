"""A finding and the open tasks -> the one that it asks for again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.decide.duplicates.asked import asked
from assistant.decide.duplicates.compare import Request, Verdict, compare, weighty
from assistant.records import Finding, Person, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    task: Task
    is_sure: bool
    """False: a person has to say."""


def match(finding: Finding, tasks: Iterable[Task], *, thread: str, coordinator: Person) -> Match | None:
    """Return the open task that a finding repeats.

    Of several that fit, the one of its own thread is meant; where that leaves a choice, a person is asked.
    """
    new = _of_finding(finding, thread, coordinator)
    names = (coordinator.name,)
    judged: list[tuple[Verdict, Task]] = [
        (compare(_of_task(task, coordinator), new, names=names), task) for task in tasks if task.state == "open"
    ]
    same = [task for verdict, task in judged if verdict == "same"]
    near = [task for task in same if task.thread == thread]
    chosen = near or same
    if len(chosen) == 1:
        return Match(task=chosen[0], is_sure=True)
    likely = chosen or [task for verdict, task in judged if verdict == "perhaps"]
    if not likely:
        return None
    said = f"{finding.title} {finding.quote}"
    best = max(likely, key=lambda task: (fuzz.token_set_ratio(said, f"{task.title} {task.quote}"), -task.number))
    return Match(task=best, is_sure=False)


def names_a_thing_of(finding: Finding, task: Task) -> bool:
    """Return whether the words of a finding name a thing, or a person, that a task names as well."""
    said = asked(finding.title, finding.quote, said_on=finding.said_on, names=())
    known = asked(task.title, f"{task.quote} {task.patient or ''}", said_on=task.said_on, names=())
    return bool(weighty(said.all_things) & weighty(known.all_things))


def _of_finding(finding: Finding, thread: str, coordinator: Person) -> Request:
    return Request(
        title=finding.title,
        quote=finding.quote,
        patient=finding.patient,
        said_by=finding.said_by,
        said_on=finding.said_on,
        due_on=finding.deadline.local_day(coordinator.calendar) if finding.deadline else None,
        owner=finding.owner,
        waiting=finding.waiting,
        thread=thread,
    )


def _of_task(task: Task, coordinator: Person) -> Request:
    return Request(
        title=task.title,
        quote=task.quote,
        patient=task.patient,
        said_by=task.requester,
        said_on=task.said_on,
        due_on=task.deadline.local_day(coordinator.calendar) if task.deadline else None,
        owner=task.owner,
        waiting=task.waiting,
        thread=task.thread,
    )
