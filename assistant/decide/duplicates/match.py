"""A finding and the open tasks -> the one that it asks for again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from assistant.decide.duplicates.asked import asked
from assistant.decide.duplicates.compare import Request, Verdict, compare, weighty
from assistant.records import Finding, Person, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    task: Task
    is_sure: bool
    """False: a person has to say."""


def match(
    finding: Finding,
    tasks: Iterable[Task],
    *,
    thread: str,
    coordinator: Person,
    comes_first: Callable[[Task], bool] = lambda _task: False,
) -> Match | None:
    """Return the open task that a finding repeats, or that repeats it.

    Of several that fit, the one of its own thread is meant; where that leaves a choice, a person is asked.

    Args:
        finding: What a mail asks for.
        tasks: What stands.
        thread: The mail's.
        coordinator: Whose tasks they are.
        comes_first: Whether the mail came before those that ask for a task, which is then what repeats.

    """
    new = _of_finding(finding, thread, coordinator)
    judged: list[tuple[Verdict, Task]] = [
        (_judged(new, task, coordinator, comes_first=comes_first(task)), task) for task in tasks if task.state == "open"
    ]
    same = [task for verdict, task in judged if verdict == "same"]
    near = [task for task in same if thread in _threads(task)]
    chosen = near or same
    if len(chosen) == 1:
        return Match(task=chosen[0], is_sure=True)
    likely = chosen or [task for verdict, task in judged if verdict == "perhaps"]
    if not likely:
        return None
    said = f"{finding.title} {finding.quote}"
    best = max(likely, key=lambda task: (fuzz.token_set_ratio(said, f"{task.title} {task.quote}"), -task.number))
    return Match(task=best, is_sure=False)


def _judged(new: Request, task: Task, coordinator: Person, *, comes_first: bool) -> Verdict:
    standing = _of_task(task, coordinator)
    if new.thread in _threads(task):
        standing = replace(standing, thread=new.thread)
    pair = (new, standing) if comes_first else (standing, new)
    return compare(*pair, names=(coordinator.name,))


def _threads(task: Task) -> set[str]:
    """Return the threads in which the task was asked for."""
    return {task.thread, *(one.asked.thread for one in task.evidence)}


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
