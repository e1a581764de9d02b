"""What one command comes to: changes of tasks, and the sentence that tells them; the table of all commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from assistant.decide.commands.acting.rights import RIGHT_FOR, decider, may, may_suggest, told
from assistant.decide.commands.acting.seen import command_for, question
from assistant.decide.commands.reply import Operation, ReplyContext, Verb
from assistant.records import Change, DigestSwitch, Inquiry, Person, Summary, Task, TaskOpened


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    said: str
    changes: tuple[tuple[int, Change], ...] = ()
    """Each with its task's number."""
    task: Task | None = None
    """As it stands afterwards."""
    is_done: bool = True
    wants_help: bool = False
    wants_list: bool = False
    is_silent: bool = False
    """True where a list, a summary or the help text says it all."""
    summary: Summary | None = None
    choice: str = ""
    """The command that would carry it out all the same, where `said` asks whether it shall."""
    proposal: Proposal | None = None
    inquiry: Inquiry | None = None
    digests: DigestSwitch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A command that is put to somebody who may give it."""

    to: Person
    operation: Operation
    task: Task
    said: str
    """After the name of who proposes it."""


@dataclass(slots=True, kw_only=True)
class Desk:
    """The tasks while a reply is carried out, one command after the other."""

    asked: ReplyContext
    next_number: int
    tasks: dict[int, Task] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return self.asked.person.calendar.zone


Doing = Callable[[Operation, Desk], Effect]
OnTask = Callable[[Operation, Task, Desk], Effect]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command: how it is written, what it does, and the function that does it."""

    example: str
    does: str
    carry_out: Doing


COMMANDS: dict[Verb, Command] = {}
"""By the order in which the help text lists them."""


def command(verb: Verb, *, example: str) -> Callable[[Doing], Doing]:
    """Enter a function into the table of commands; the first line of its docstring is the help text."""

    def enter(function: Doing) -> Doing:
        does = (function.__doc__ or "").strip().splitlines()[0].rstrip(".")
        does = does if does.startswith("I ") else does[:1].lower() + does[1:]
        COMMANDS[verb] = Command(example=example, does=does, carry_out=function)
        return function

    return enter


def on_task(function: OnTask) -> Doing:
    """Let a command run on a task that is there and that the person may touch; say so where it is not."""

    def checked(operation: Operation, desk: Desk) -> Effect:
        number = operation.number
        task = desk.tasks.get(number) if number is not None else None
        if task is None:
            named = f"#{number}" if number is not None else "a task without a number"
            return refused(f"There is no task {named} on your list.", None)
        if not may(RIGHT_FOR[operation.op], task, desk.asked):
            return _proposed(operation, task, desk, function)
        effect = function(operation, task, desk)
        if effect.changes and (said := question(operation, task, desk.asked)) is not None:
            return replace(refused(said, task), choice=command_for(operation, desk.zone))
        if effect.task is not None:
            desk.tasks[effect.task.number] = effect.task
        return effect

    checked.__doc__ = function.__doc__
    return checked


def _proposed(operation: Operation, task: Task, desk: Desk, function: OnTask) -> Effect:
    """Change nothing; put the command to somebody who may give it, where its writer may suggest and knows the task."""
    asked, right = desk.asked, RIGHT_FOR[operation.op]
    if not may_suggest(right, task, asked):
        return refused(f"#{task.number} is not on your list, so nothing was changed.", None)
    # Tried on a copy of the desk: what would change nothing, or lacks a day, is no suggestion.
    tried = function(operation, task, replace(desk, tasks=dict(desk.tasks)))
    if not tried.changes:
        return refused(tried.said, task)
    to = decider(task, right, asked)
    if to is None:
        return refused(f"You may not do that with #{task.number}, and there is nobody whom I could ask.", task)
    said = f"#{task.number} is not yours to change, so I left it as it is and put your suggestion to {to.name}."
    proposal = Proposal(to=to, operation=operation, task=task, said=told(operation, asked))
    return replace(refused(said, task), proposal=proposal)


def is_listed(task: Task, asked: ReplyContext) -> bool:
    """True for the tasks of the person's own list: they have them, or answer for them."""
    person = asked.person
    return person.is_at(task.coordinator) or (task.owner is not None and person.is_at(task.owner))


def refused(said: str, task: Task | None) -> Effect:
    return Effect(said=said, task=task, is_done=False)


def task_of(number: int, opened: TaskOpened, desk: Desk) -> Task:
    """Return the task that a command opens, as the ledger will fold it."""
    return Task(
        number=number,
        state="open",
        title=opened.title,
        quote=opened.quote,
        coordinator=opened.coordinator,
        owner=opened.owner,
        waiting=opened.waiting,
        deadline=opened.deadline,
        priority=opened.priority,
        patient=opened.patient,
        requester=opened.requester,
        certain=opened.certain,
        engine=opened.engine,
        rule=opened.rule,
        thread=opened.thread,
        said_on=opened.said_on,
        source=desk.asked.source,
        opened_at=desk.asked.now,
        changed_at=desk.asked.now,
        changed_by=desk.asked.person.email,
        version=0,
    )
