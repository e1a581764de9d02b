"""Findings -> Decision: which tasks a mail opens, which it asks for again, what it claims of others. Closes nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from rapidfuzz import fuzz

from assistant.decide.duplicates import Match, match, names_a_thing_of
from assistant.decide.evidence import ASSISTANT, came_before, forward_to, is_later, is_ours_alone
from assistant.records import (
    AwayNoted,
    Change,
    Decision,
    EvidenceAdded,
    Finding,
    HoldingNoted,
    LedgerEvent,
    MailState,
    Message,
    Person,
    Reading,
    Stranger,
    Task,
    TaskMarked,
    TaskOpened,
)

_ALIKE = 60
"""Of 100: how alike a claim and the one task it may speak of must be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailContext:
    """What the ledger knows around one mail."""

    coordinator: Person
    thread: str
    thread_tasks: tuple[Task, ...]
    open_tasks: tuple[Task, ...] = ()
    """All that the coordinator has open: one of them may be asked for again."""
    next_number: int
    has_effect: Callable[[str], bool]
    """Whether an effect was recorded before."""
    now: datetime
    came_at: Callable[[str], datetime | None] = lambda _mail: None
    """When a mail came, by our server's clock; None where that is not known."""
    is_relayed: bool = False
    """Whether an assistant like us wrote the mail, as it says: it may tell us what we told it."""
    stranger: Stranger | None = None
    """Who wrote the mail, where we do not know them."""
    is_shared: bool = False
    """Whether the mail lies in somebody else's inbox as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """A change that a finding leads to, unless it was recorded before."""

    number: int
    change: Change
    effect: str


def judge(message: Message, reading: Reading, context: MailContext) -> Decision:
    """Return what the mail changes: each finding opens one task, once, whoever quotes its words again.

    What an open task asks for already is joined to it as further evidence.
    """
    events: list[LedgerEvent] = []
    seen: set[str] = set()
    asked_again: set[int] = set()
    number = context.next_number
    found = _relayed(reading.findings) if context.is_relayed else reading.findings
    for finding in _without_kept_promises(found, context):
        tasks = tuple(
            task for task in context.open_tasks if task.source != message.key and task.number not in asked_again
        )
        for due in _changes(finding, context, number, message, tasks):
            if due.effect in seen or context.has_effect(due.effect):
                continue
            seen.add(due.effect)
            events.append(_event(message, context, due))
            number += isinstance(due.change, TaskOpened)
            if isinstance(due.change, EvidenceAdded):
                asked_again.add(due.number)
    return Decision(events=tuple(events), state=_state(message, reading))


def effect_of(finding: Finding, thread: str, about: int) -> str:
    """Return the key that makes a finding count once: its words, who said them when, and in which thread."""
    subject = "" if finding.kind == "task" else str(about)
    words = _plain(finding.quote)
    said = finding.said_on.isoformat() if finding.said_on else ""
    identity = "\x1f".join((finding.kind, subject, thread, said, words, finding.patient or ""))
    return f"{finding.kind}:{hashlib.sha256(identity.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def _changes(
    finding: Finding, context: MailContext, number: int, message: Message, tasks: tuple[Task, ...]
) -> Iterator[_Due]:
    match finding.kind:
        case "task":
            yield from _asked(finding, context, number, message, tasks)
        case "holding" | "away":
            for task in _waited_for(finding, context):
                effect = effect_of(finding, context.thread, task.number)
                if (news := _news(finding)) is not None:
                    yield _Due(number=task.number, change=news, effect=effect)
        case _:
            spoken_of = _spoken_of(finding, context, message)
            if spoken_of is not None:
                effect = effect_of(finding, context.thread, spoken_of.number)
                marked = TaskMarked(claim=finding.kind, quote=finding.quote)
                yield _Due(number=spoken_of.number, change=marked, effect=effect)


def _asked(
    finding: Finding, context: MailContext, number: int, message: Message, tasks: tuple[Task, ...]
) -> Iterator[_Due]:
    """Yield the task's opening, or what a task that stands learns from being asked for again."""
    effect = effect_of(finding, context.thread, 0)
    if context.has_effect(effect) and _is_asked_of_us_too(finding, context, message):
        effect = f"{effect}:{context.coordinator.email}"
    if context.has_effect(effect):
        return

    def comes_first(task: Task) -> bool:
        return is_ours_alone(task) and came_before(message.received_at, task, context.came_at)

    found = match(finding, tasks, thread=context.thread, coordinator=context.coordinator, comes_first=comes_first)
    if found is not None and context.is_relayed:
        return
    found = found or _promised(finding, context, comes_first)
    if found is None or not found.is_sure:
        yield _Due(number=number, change=_opened(finding, context, found), effect=effect)
        return
    task, calendar = found.task, context.coordinator.calendar
    again = EvidenceAdded(
        asked=_opened(finding, context, None),
        mail=message.key,
        forward_to=forward_to(task.deadline, finding.deadline, calendar),
        # What a person knows under a stranger's name stays under it; what they know under another's does as well.
        leads=comes_first(task) and (context.stranger is None or task.stranger is not None),
    )
    yield _Due(number=task.number, change=again, effect=effect)
    first, last = (finding, task) if comes_first(task) else (task, finding)
    if is_later(first.deadline, last.deadline, calendar):
        moved = TaskMarked(claim="looks_moved", quote=_with_date(last))
        yield _Due(number=task.number, change=moved, effect=f"moved:{effect}")


def _promised(finding: Finding, context: MailContext, comes_first: Callable[[Task], bool]) -> Match | None:
    """Return the task that somebody's promise opened, where it answers what a mail before it asked of them.

    Read after the mail, the promise would have been noted with what that asks for.
    """
    if not finding.waiting or finding.owner is None:
        return None
    promises = [
        task
        for task in context.thread_tasks
        if task.state == "open" and task.waiting and not task.evidence and comes_first(task)
        if (task.owner or "").lower() == (task.requester or "").lower() == finding.owner.lower()
    ]
    return Match(task=promises[0], is_sure=True) if len(promises) == 1 else None


def _with_date(said: Finding | Task) -> str:
    """Return the words that ask, with those that name the date where they stand elsewhere in the mail."""
    named = said.deadline.words if said.deadline is not None else ""
    return said.quote if _plain(named) in _plain(said.quote) else f"{said.quote} ... {named}"


def _is_asked_of_us_too(finding: Finding, context: MailContext, message: Message) -> bool:
    """Return whether the words that opened a task on somebody else's list are a request to the coordinator as well."""
    coordinator, words = context.coordinator, _plain(finding.quote)
    if not context.is_shared or finding.waiting or finding.owner is None or not coordinator.is_at(finding.owner):
        return False
    ours = [task for task in context.thread_tasks if coordinator.is_at(task.coordinator)]
    known = [one for task in ours for one in (task.quote, *(further.asked.quote for further in task.evidence))]
    is_new = any(words in _plain(part.text) for part in message.parts if part.kind != "quoted")
    return is_new and words not in {_plain(one) for one in known}


def _opened(finding: Finding, context: MailContext, perhaps: Match | None) -> TaskOpened:
    return TaskOpened(
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
        said_on=finding.said_on,
        may_repeat=perhaps.task.number if perhaps else None,
        stranger=context.stranger,
    )


def _spoken_of(finding: Finding, context: MailContext, message: Message) -> Task | None:
    """Return the one open task of the thread that a claim is about; None where that is not clear.

    What was asked for after it cannot be meant. The coordinator's own come before those of others who were asked in the
    same thread. Of one that is alone there, few words tell: "Received the clearance, all set."
    """
    tasks = [task for task in context.thread_tasks if task.state == "open"]
    tasks = [task for task in tasks if not came_before(message.received_at, task, context.came_at)]
    tasks = [task for task in tasks if context.coordinator.is_at(task.coordinator)] or tasks
    alike = [one for one in tasks if fuzz.token_set_ratio(finding.title, f"{one.title} {one.quote}") >= _ALIKE]
    if not alike and len(tasks) == 1 and names_a_thing_of(finding, tasks[0]):
        return tasks[0]
    return alike[0] if len(alike) == 1 else None


def _waited_for(finding: Finding, context: MailContext) -> tuple[Task, ...]:
    """Return the open tasks for which we wait for the writer of the quoted words.

    A promise is about its own thread, an absence about all that the person owes.
    """
    coordinator, writer = context.coordinator, finding.said_by
    if writer is None or coordinator.is_at(writer):
        return ()
    tasks = {task.number: task for task in context.thread_tasks}
    if finding.kind == "away":
        tasks |= {task.number: task for task in context.open_tasks}
    waiting = [task for task in tasks.values() if task.state == "open" and task.is_others(coordinator)]
    theirs = tuple(task for task in waiting if task.owner is not None and task.owner.lower() == writer.lower())
    nobodys = tuple(task for task in waiting if task.owner is None and task.thread == context.thread)
    return theirs or (nobodys if len(nobodys) == 1 else ())


def _news(finding: Finding) -> HoldingNoted | AwayNoted | None:
    writer = finding.said_by or ""
    if finding.kind == "holding":
        return HoldingNoted(quote=finding.quote, said_by=writer, until=finding.deadline)
    if finding.deadline is None:
        return None
    return AwayNoted(quote=finding.quote, said_by=writer, until=finding.deadline)


def _relayed(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return what may be new to us of another assistant's mail: a person has to say, and no task of ours changes."""
    return tuple(replace(one, certain=False) for one in findings if one.kind == "task")


def _without_kept_promises(findings: tuple[Finding, ...], context: MailContext) -> Iterator[Finding]:
    """Leave out promises that answer what we wait for already: they are told with the task that stands."""
    kept = {(one.quote, one.said_by) for one in findings if one.kind == "holding" and _waited_for(one, context)}
    return (one for one in findings if not (one.kind == "task" and one.waiting and (one.quote, one.said_by) in kept))


def _event(message: Message, context: MailContext, due: _Due) -> LedgerEvent:
    return LedgerEvent(
        id=0,
        number=due.number,
        at=context.now,
        actor=ASSISTANT,
        source=message.key,
        change=due.change,
        effect=due.effect,
    )


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()


def _state(message: Message, reading: Reading) -> MailState:
    if any(finding.kind == "task" for finding in reading.findings):
        return "tasks"
    return "automatic" if message.automatic else "no_task"
