"""Findings -> Decision: which tasks a mail opens, and which it claims are done. Closes nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz

from assistant.records import (
    Change,
    Decision,
    Finding,
    LedgerEvent,
    MailState,
    Message,
    Person,
    Reading,
    Task,
    TaskMarked,
    TaskOpened,
)

ASSISTANT = "assistant"
"""The actor of what we do by ourselves."""
_ALIKE = 60
"""Of 100: how alike a claim and the one task it may speak of must be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailContext:
    """What the ledger knows around one mail."""

    coordinator: Person
    thread: str
    thread_tasks: tuple[Task, ...]
    next_number: int
    has_effect: Callable[[str], bool]
    """Whether an effect was recorded before."""
    now: datetime


def judge(message: Message, reading: Reading, context: MailContext) -> Decision:
    """Return what the mail changes: each finding opens one task, once, whoever quotes its words again."""
    events: list[LedgerEvent] = []
    seen: set[str] = set()
    number = context.next_number
    for finding in reading.findings:
        change, about = _change(finding, context, number)
        if change is None:
            continue
        effect = effect_of(finding, context.thread, about)
        if effect in seen or context.has_effect(effect):
            continue
        seen.add(effect)
        events.append(_event(message, context, about, change, effect))
        number += isinstance(change, TaskOpened)
    return Decision(events=tuple(events), state=_state(message, reading))


def effect_of(finding: Finding, thread: str, about: int) -> str:
    """Return the key that makes a finding count once: its words, who said them when, and in which thread."""
    subject = "" if finding.kind == "task" else str(about)
    words = re.sub(r"\W+", " ", finding.quote).casefold().strip()
    said = finding.said_on.isoformat() if finding.said_on else ""
    identity = "\x1f".join((finding.kind, subject, thread, said, words, finding.patient or ""))
    return f"{finding.kind}:{hashlib.sha256(identity.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def _change(finding: Finding, context: MailContext, number: int) -> tuple[Change | None, int]:
    if finding.kind != "task":
        spoken_of = _spoken_of(finding, context.thread_tasks)
        if spoken_of is None:
            return None, 0
        return TaskMarked(claim=finding.kind, quote=finding.quote), spoken_of.number
    opened = TaskOpened(
        title=finding.title,
        quote=finding.quote,
        coordinator=context.coordinator.email,
        owner=finding.owner,
        waiting=finding.waiting,
        deadline=finding.deadline,
        priority=finding.priority,
        patient=finding.patient,
        requester=finding.said_by,
        certain=finding.certain,
        engine=finding.engine,
        rule=finding.rule,
        thread=context.thread,
    )
    return opened, number


def _spoken_of(finding: Finding, tasks: tuple[Task, ...]) -> Task | None:
    """Return the one open task of the thread that a claim is about; None where that is not clear."""
    alike = [
        task
        for task in tasks
        if task.state == "open" and fuzz.token_set_ratio(finding.title, f"{task.title} {task.quote}") >= _ALIKE
    ]
    return alike[0] if len(alike) == 1 else None


def _event(message: Message, context: MailContext, number: int, change: Change, effect: str) -> LedgerEvent:
    return LedgerEvent(
        id=0, number=number, at=context.now, actor=ASSISTANT, source=message.key, change=change, effect=effect
    )


def _state(message: Message, reading: Reading) -> MailState:
    if any(finding.kind == "task" for finding in reading.findings):
        return "tasks"
    return "automatic" if message.automatic else "no_task"
