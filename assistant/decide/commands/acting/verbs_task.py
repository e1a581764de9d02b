"""The commands that concern one task. The first line of each docstring is its help text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from assistant.decide.commands.acting.effects import Desk, Effect, command, on_task, refused
from assistant.decide.commands.acting.rights import may
from assistant.decide.commands.reply import Operation
from assistant.decide.commands.wording.saying import day_words, is_tellable
from assistant.decide.commands.wording.text import fold
from assistant.decide.evidence import all_evidence
from assistant.records import (
    Change,
    DeadlineSet,
    Inquiry,
    NoteAdded,
    PrioritySet,
    Task,
    TaskAcknowledged,
    TaskAssigned,
    TaskDone,
    TaskDropped,
    TaskReopened,
    TaskSnoozed,
    settled,
)

_WHY = re.compile(r"[\s¿¡]*(?:why|how come|por que)\b")
_KEY = 12
"""Characters of a mail's key that name it."""
_IS = {"done": "done", "dropped": "dropped"}


def _is_closed(task: Task, what: str) -> Effect:
    return refused(
        f"#{task.number} is {_IS[task.state]}, so {what}. To open it again, write: reopen {task.number}", task
    )


@command("done", example="done 12, 14")
@on_task
def close(_operation: Operation, task: Task, desk: Desk) -> Effect:
    """It is finished."""
    if task.state == "done":
        return refused(f"#{task.number} is done already; nothing was changed.", task)
    if task.state == "dropped":
        return _is_closed(task, "it was not marked done")
    after = replace(settled(task, desk.asked.now), state="done", called=task.called)
    return Effect(said=f"#{task.number} is done.", changes=((task.number, TaskDone()),), task=after)


@command("acknowledge", example="ack 12")
@on_task
def acknowledge(operation: Operation, task: Task, desk: Desk) -> Effect:
    """I am on it; nobody else is called for now."""
    if task.state != "open":
        return _is_closed(task, "there is nothing to acknowledge")
    asked = desk.asked
    until = asked.now + asked.ack_holds
    if operation.until is not None and is_tellable(operation.until.due):
        until = max(asked.now, operation.until.passes_at(asked.person.calendar))
        until = until if until > asked.now else asked.now + asked.ack_holds
    after = replace(settled(task, asked.now), acknowledged_until=until, acknowledged_by=asked.person.email)
    said = f"You are on #{task.number}. It stays open; I ask again after {day_words(until, desk.zone, asked.now)}."
    return Effect(said=said, changes=((task.number, TaskAcknowledged(until=until)),), task=after)


@command("snooze", example="snooze 12 until monday")
@on_task
def snooze(operation: Operation, task: Task, desk: Desk) -> Effect:
    """Not before that day or hour."""
    if task.state != "open":
        return _is_closed(task, "it was not snoozed")
    if operation.until is None or not is_tellable(operation.until.due):
        return refused(f"Until when? Please write for example: snooze {task.number} until monday", task)
    until, asked = operation.until.due, desk.asked
    today = asked.now.astimezone(desk.zone).date()
    is_past = until <= asked.now if isinstance(until, datetime) else until <= today
    when = day_words(until, desk.zone, asked.now)
    if is_past:
        return refused(f"{when} is not ahead of us, so #{task.number} was not snoozed. Please write a later day.", task)
    after = replace(settled(task, desk.asked.now), snoozed_until=until)
    return Effect(
        said=f"#{task.number} rests until {when}.", changes=((task.number, TaskSnoozed(until=until)),), task=after
    )


@command("due", example="12 due fri 3pm")
@on_task
def set_due(operation: Operation, task: Task, desk: Desk) -> Effect:
    """It has another deadline."""
    if task.state != "open":
        return _is_closed(task, "its deadline was left as it is")
    if operation.until is None or not is_tellable(operation.until.due):
        return refused(f"When? Please write for example: {task.number} due friday 3pm", task)
    after = replace(settled(task, desk.asked.now), deadline=operation.until)
    said = f"#{task.number} is due {day_words(operation.until.due, desk.zone, desk.asked.now)}."
    if operation.until.passes_at(desk.asked.person.calendar) < desk.asked.now:
        said += " That is past."
    return Effect(said=said, changes=((task.number, DeadlineSet(deadline=operation.until)),), task=after)


@command("assign", example="give 12 to priya")
@on_task
def assign(operation: Operation, task: Task, desk: Desk) -> Effect:
    """Somebody else sees to it."""
    if task.state != "open":
        return _is_closed(task, "it was not handed over")
    person = next((one for one in desk.asked.people if operation.to and one.is_at(operation.to)), None)
    if person is None:
        return refused(f"I do not know whom you mean. Please write: give {task.number} to NAME", task)
    if task.owner is not None and person.is_at(task.owner):
        return refused(f"#{task.number} is {person.name}'s already; nothing was changed.", task)
    after = replace(settled(task, desk.asked.now), owner=person.email, waiting=False, promised=None, away=None)
    said = f"#{task.number} is {person.name}'s now."
    return Effect(said=said, changes=((task.number, TaskAssigned(owner=person.email)),), task=after)


@command("note", example="note 12 left voicemail")
@on_task
def add_note(operation: Operation, task: Task, desk: Desk) -> Effect:
    """Words to keep with it."""
    if not operation.text:
        return refused(f"There was nothing to note. Please write: note {task.number} and your words", task)
    if desk.asked.is_noted(task.number, operation.text):
        return refused(f"That note stands with #{task.number} already; it was not added a second time.", task)
    after = replace(task, notes=(*task.notes, operation.text))
    said = f"Noted with #{task.number}."
    return Effect(said=said, changes=((task.number, NoteAdded(text=operation.text)),), task=after)


@command("priority", example="12 urgent")
@on_task
def set_priority(operation: Operation, task: Task, desk: Desk) -> Effect:
    """It is critical, urgent or normal."""
    if task.state != "open":
        return _is_closed(task, "its priority was left as it is")
    if operation.level is None:
        return refused(f"How urgent? Please write for example: {task.number} urgent", task)
    if operation.level == task.priority and task.certain:
        return refused(f"#{task.number} is {task.priority} already; nothing was changed.", task)
    after = replace(task, priority=operation.level, certain=True, left_since=desk.asked.now)
    said = f"#{task.number} has {operation.level} priority now."
    return Effect(said=said, changes=((task.number, PrioritySet(priority=operation.level)),), task=after)


@command("drop", example="drop 12")
@on_task
def drop(operation: Operation, task: Task, desk: Desk) -> Effect:
    """There is nothing to do."""
    if task.state == "dropped":
        return refused(f"#{task.number} is dropped already; nothing was changed.", task)
    if task.state == "done":
        return _is_closed(task, "it was not dropped")
    after = replace(settled(task, desk.asked.now), state="dropped", called=task.called)
    change = TaskDropped(reason=operation.text)
    if operation.of is not None:
        return _joined(task, after, change, operation.of, desk)
    return Effect(said=f"#{task.number} is dropped.", changes=((task.number, change),), task=after)


def _joined(task: Task, after: Task, change: TaskDropped, number: int, desk: Desk) -> Effect:
    """Drop a duplicate; the task that it repeats keeps its mails as evidence."""
    other = desk.tasks.get(number)
    if other is None or other.number == task.number or other.state != "open" or not may("drop", other, desk.asked):
        said = f"#{number} is not an open task of yours, so #{task.number} stays. To drop it, write: drop {task.number}"
        return refused(said, task)
    evidence = all_evidence(task, other, desk.asked.person.calendar)
    changes: tuple[tuple[int, Change], ...] = ((task.number, change), *((number, one) for one in evidence))
    said = f"#{task.number} is dropped; #{number} keeps its mail as well."
    return Effect(said=said, changes=changes, task=after)


@command("reopen", example="reopen 12")
@on_task
def reopen(_operation: Operation, task: Task, desk: Desk) -> Effect:
    """It is not finished after all."""
    if task.state == "open":
        return refused(f"#{task.number} is open already; nothing was changed.", task)
    after = replace(settled(task, desk.asked.now), state="open")
    return Effect(said=f"#{task.number} is open again.", changes=((task.number, TaskReopened()),), task=after)


@command("question", example="who asked for 12?")
@on_task
def tell(operation: Operation, task: Task, desk: Desk) -> Effect:
    """How it stands, and where it came from."""
    owner = next((one.name for one in desk.asked.people if task.owner and one.is_at(task.owner)), task.owner)
    parts = [f"#{task.number} is {task.state}"]
    parts.append(f"{owner} has it" if owner else "nobody has it yet")
    if task.deadline is not None:
        parts.append(f"it is due {day_words(task.deadline.due, desk.zone, desk.asked.now)}")
    if task.requester:
        parts.append(f"it came from {task.requester} on {day_words(task.opened_at, desk.zone, desk.asked.now)}")
    said = "; ".join(parts) + "."
    if task.quote:
        said += f" The mail said: “{task.quote}”"
    if _WHY.match(fold(operation.line)):
        found_by = "you" if task.engine == "person" else f"the {task.engine} engine, {task.rule}".rstrip(", ")
        said += f" It was found by {found_by}, in mail {task.source[:_KEY]}."
    inquiry = Inquiry(heading=f"Task #{task.number}", said=said, tasks=(task,))
    return Effect(said=said, is_silent=True, inquiry=inquiry)
