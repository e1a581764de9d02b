"""The commands that concern what a task rests on. The first line of each docstring is its help text."""

from __future__ import annotations

from dataclasses import replace

from assistant.decide.commands.acting.effects import Desk, Effect, command, on_task, refused, task_of
from assistant.decide.commands.reply import Operation
from assistant.decide.evidence import without_evidence
from assistant.records import Change, EvidenceAdded, EvidenceParted, Summary, Task


@command("split", example="split 12")
@on_task
def split(_operation: Operation, task: Task, desk: Desk) -> Effect:
    """It is no duplicate: what was joined to it stands by itself."""
    parted = EvidenceParted(event_ids=tuple(one.event_id for one in task.evidence))
    # Its deadline may have come from what goes; the ledger knows the old one.
    after = without_evidence(task)
    if not task.evidence:
        if task.may_repeat is None:
            return refused(f"#{task.number} was asked for once, so there is nothing to part from it.", task)
        said = f"#{task.number} stands by itself, beside #{task.may_repeat}."
        return Effect(said=said, changes=((task.number, parted),), task=after)
    first, *others = task.evidence
    number = desk.next_number
    desk.next_number += 1
    opened = replace(first.asked, certain=True)
    further = tuple(EvidenceAdded(asked=one.asked, mail=one.mail) for one in others)
    changes: list[tuple[int, Change]] = [(task.number, parted), (number, opened)]
    changes += [(number, one) for one in further]
    desk.tasks[task.number] = after
    said = f"#{number} stands by itself now, and #{task.number} is what was asked for first."
    return Effect(said=said, changes=tuple(changes), task=task_of(number, opened, desk))


@command("summary", example="summary 12")
@on_task
def summarise(_operation: Operation, task: Task, desk: Desk) -> Effect:
    """Its mails in a few lines."""
    lines = desk.asked.summarise(task)
    if not lines:
        return refused(f"There is no mail behind #{task.number} that I could sum up.", task)
    return Effect(said="", task=task, is_silent=True, summary=Summary(task=task, lines=lines))
