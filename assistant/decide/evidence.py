"""What was asked again -> how it stands as a task, and as evidence of another one."""

from __future__ import annotations

from assistant.records import Calendar, Deadline, EvidenceAdded, Task, TaskOpened


def forward_to(standing: Deadline | None, new: Deadline | None, calendar: Calendar) -> Deadline | None:
    """Return the new deadline where it comes before the standing one; None where the task keeps what it has."""
    if new is None or (standing is not None and new.passes_at(calendar) >= standing.passes_at(calendar)):
        return None
    return new


def is_later(standing: Deadline | None, new: Deadline | None, calendar: Calendar) -> bool:
    """Return whether the new deadline comes after the standing one: only a person may put a task off."""
    return standing is not None and new is not None and new.passes_at(calendar) > standing.passes_at(calendar)


def as_asked(task: Task) -> TaskOpened:
    """Return what a task asks for, as a mail asked for it."""
    return TaskOpened(
        title=task.title,
        quote=task.quote,
        coordinator=task.coordinator,
        owner=task.owner,
        waiting=task.waiting,
        deadline=task.deadline,
        priority=task.priority,
        patient=task.patient,
        requester=task.requester,
        certain=task.certain,
        engine=task.engine,
        rule=task.rule,
        thread=task.thread,
        said_on=task.said_on,
    )


def all_evidence(task: Task, standing: Task, calendar: Calendar) -> tuple[EvidenceAdded, ...]:
    """Return all that asks for `task` as further evidence of `standing`, which it repeats."""
    first = EvidenceAdded(
        asked=as_asked(task), mail=task.source, forward_to=forward_to(standing.deadline, task.deadline, calendar)
    )
    return (first, *(EvidenceAdded(asked=one.asked, mail=one.mail) for one in task.evidence))
