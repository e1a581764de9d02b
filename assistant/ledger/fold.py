"""Events -> the task that they add up to. Pure; the same events always make the same task."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import assert_never

from assistant.records import (
    PRIORITIES,
    AwayNoted,
    ChangesUndone,
    DeadlineSet,
    Evidence,
    EvidenceAdded,
    EvidenceParted,
    HoldingNoted,
    LedgerEvent,
    NoteAdded,
    PrioritySet,
    Task,
    TaskAcknowledged,
    TaskAssigned,
    TaskDone,
    TaskDropped,
    TaskEscalated,
    TaskMarked,
    TaskOpened,
    TaskReopened,
    TaskSnoozed,
    settled,
)


def fold(events: Iterable[LedgerEvent]) -> Task | None:
    """Return the task after all its events, in the order of their ids; None where its opening was undone.

    Undone events are passed over, but whoever undid them is the last who changed the task.
    """
    history = sorted(events, key=lambda event: event.id)
    undone = {one for event in history if isinstance(event.change, ChangesUndone) for one in event.change.event_ids}
    standing = [event for event in history if event.id not in undone]
    parted = {one for event in standing if isinstance(event.change, EvidenceParted) for one in event.change.event_ids}
    task: Task | None = None
    for event in standing:
        if event.id in parted:
            continue
        if isinstance(event.change, TaskOpened):
            task = _opened(event, event.change)
        elif task is not None:
            task = _changed(task, event)
    return task


def _opened(event: LedgerEvent, change: TaskOpened) -> Task:
    return Task(
        number=event.number,
        state="open",
        title=change.title,
        quote=change.quote,
        coordinator=change.coordinator,
        owner=change.owner,
        waiting=change.waiting,
        deadline=change.deadline,
        priority=change.priority,
        patient=change.patient,
        requester=change.requester,
        certain=change.certain,
        engine=change.engine,
        rule=change.rule,
        thread=change.thread,
        said_on=change.said_on,
        may_repeat=change.may_repeat,
        stranger=change.stranger,
        source=event.source,
        opened_at=event.at,
        changed_at=event.at,
        changed_by=event.actor,
        version=event.id,
    )


def _changed(task: Task, event: LedgerEvent) -> Task:  # noqa: C901, PLR0911, PLR0912 - one case for each change
    task = replace(task, changed_at=event.at, changed_by=event.actor, version=event.id)
    change = event.change
    match change:
        case TaskDone():
            # Whoever was called about it is told that it is closed.
            return replace(settled(task, event.at), state="done", called=task.called)
        case TaskDropped():
            return replace(settled(task, event.at), state="dropped", called=task.called)
        case TaskReopened():
            return replace(settled(task, event.at), state="open")
        case TaskSnoozed():
            return replace(settled(task, event.at), snoozed_until=change.until)
        case DeadlineSet():
            return replace(settled(task, event.at), deadline=change.deadline)
        case TaskAssigned():
            return replace(settled(task, event.at), owner=change.owner, waiting=False, promised=None, away=None)
        case NoteAdded():
            return replace(task, notes=(*task.notes, change.text))
        case TaskAcknowledged():
            return replace(settled(task, event.at), acknowledged_until=change.until, acknowledged_by=event.actor)
        case PrioritySet():
            return replace(task, priority=change.priority, certain=True, left_since=event.at)
        case TaskEscalated():
            called = tuple(dict.fromkeys((*task.called, *change.to)))
            return replace(task, escalation_step=change.step, escalated_at=event.at, called=called)
        case TaskMarked():
            return replace(task, marked=change)
        case EvidenceAdded():
            return _asked_again(task, event, change)
        case HoldingNoted():
            # A promise postpones nothing; where no day was set, it is the one to ask again on.
            return replace(task, promised=change, deadline=task.deadline or change.until)
        case AwayNoted():
            return replace(task, away=change)
        case EvidenceParted():
            return replace(task, may_repeat=None)
        case ChangesUndone():
            # Whoever took a word back has looked at the task just now.
            return replace(task, escalation_step=None, escalated_at=None, left_since=event.at, called=())
        case TaskOpened():
            return task
        case _:
            assert_never(change)


def _asked_again(task: Task, event: LedgerEvent, change: EvidenceAdded) -> Task:
    """Return the task with one mail more that asks for it: what that changes can only make it more pressing."""
    asked = change.asked
    again = replace(
        _told_in_its_words(task, asked) if change.leads else task,
        evidence=(*task.evidence, Evidence(event_id=event.id, at=event.at, mail=change.mail, asked=asked)),
        priority=min(task.priority, asked.priority, key=PRIORITIES.index),
        certain=task.certain or asked.certain,
        patient=(asked.patient or task.patient) if change.leads else (task.patient or asked.patient),
        # By itself, the mail would have opened a task that is shown.
        snoozed_until=None,
    )
    if change.forward_to is None:
        return again
    forward = change.forward_to
    return replace(again, deadline=forward, acknowledged_until=None, escalation_step=None, escalated_at=None, called=())


def _told_in_its_words(task: Task, asked: TaskOpened) -> Task:
    """Return the task in the words of the mail that came first; what the one that opened it says is kept."""
    return replace(
        task,
        title=asked.title,
        quote=asked.quote,
        requester=asked.requester,
        said_on=asked.said_on,
        owner=asked.owner or task.owner,
        engine=asked.engine,
        rule=asked.rule,
        stranger=asked.stranger,
        reminder=task.reminder or task.asked,
    )


def is_snoozed(task: Task, now: datetime, today: date) -> bool:
    """Return whether the task stays hidden for now; `today` is the reader's."""
    until = task.snoozed_until
    if until is None:
        return False
    return until > now if isinstance(until, datetime) else until > today
