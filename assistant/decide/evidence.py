"""What was asked again -> how it stands as a task, and as evidence of another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from assistant.records import Calendar, Deadline, EvidenceAdded, Task

ASSISTANT = "assistant"
"""The actor of what we do by ourselves."""


def came_before(moment: datetime, task: Task, came_at: Callable[[str], datetime | None]) -> bool:
    """Return whether a mail of that moment came before all that ask for a task; `came_at` tells when a mail came."""
    came = (came_at(one) for one in (task.source, *(one.mail for one in task.evidence)))
    return all(at is not None and moment < at for at in came)


def is_ours_alone(task: Task) -> bool:
    """Return whether no person's word stands with a task, as far as it tells."""
    return task.changed_by == ASSISTANT and task.left_since is None and not task.notes


def forward_to(standing: Deadline | None, new: Deadline | None, calendar: Calendar) -> Deadline | None:
    """Return the new deadline where it comes before the standing one; None where the task keeps what it has."""
    if new is None or (standing is not None and new.passes_at(calendar) >= standing.passes_at(calendar)):
        return None
    return new


def is_later(standing: Deadline | None, new: Deadline | None, calendar: Calendar) -> bool:
    """Return whether the new deadline comes after the standing one: only a person may put a task off."""
    return standing is not None and new is not None and new.passes_at(calendar) > standing.passes_at(calendar)


def all_evidence(task: Task, standing: Task, calendar: Calendar) -> tuple[EvidenceAdded, ...]:
    """Return all that asks for `task` as further evidence of `standing`, which it repeats."""
    first = EvidenceAdded(
        asked=task.reminder or task.asked,
        mail=task.source,
        forward_to=forward_to(standing.deadline, task.deadline, calendar),
    )
    return (first, *(EvidenceAdded(asked=one.asked, mail=one.mail) for one in task.evidence))


def without_evidence(task: Task) -> Task:
    """Return the task as the mail that opened it asked for it."""
    first = task.reminder or task.asked
    return replace(
        task,
        title=first.title,
        quote=first.quote,
        requester=first.requester,
        said_on=first.said_on,
        patient=first.patient,
        evidence=(),
        reminder=None,
        may_repeat=None,
    )
