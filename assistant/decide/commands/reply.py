"""The nouns of a reply: what it answers, what it asks for, and what could not be made out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from assistant.records import (
    Deadline,
    DigestStop,
    LedgerEvent,
    Person,
    Priority,
    Rights,
    SentMail,
    Standing,
    SummaryLine,
    Task,
)

Verb = Literal[
    "done",
    "reopen",
    "snooze",
    "due",
    "assign",
    "drop",
    "note",
    "acknowledge",
    "priority",
    "create",
    "undo",
    "stop",
    "resume",
    "help",
    "list",
    "question",
    "split",
    "summary",
]


Finder = Callable[[tuple[str, ...], bool], tuple[tuple[Task, ...], int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyContext:
    """One reply's surroundings: whose it is, what it may touch, and what time it is there."""

    person: Person
    people: tuple[Person, ...]
    tasks: tuple[Task, ...]
    """All that the person may speak of: shown, their own open ones, those closed lately."""
    shown: tuple[int, ...]
    """The numbers that the answered mail lists, in its order."""
    answered: SentMail | None
    now: datetime
    source: str
    subject: str
    message_id: str | None
    when: Callable[[str], Deadline | None]
    """Reads a whole phrase ("fri 3pm") as a deadline, counted from the reply."""
    last_changes: tuple[LedgerEvent, ...] = ()
    """What `undo` takes back: what the person's previous reply changed, or the one whose receipt they answer."""
    handed: Mapping[int, str] = field(default_factory=dict)
    """The tasks that the answered mail handed to the person, each with who gave it (email)."""
    undoes_older: bool = False
    """True where that is not their last reply."""
    changed_since: frozenset[int] = frozenset()
    """Tasks that somebody else changed after that."""
    next_number: int
    ack_holds: timedelta = timedelta(hours=24)
    bulk_limit: int = 10
    """How many tasks may be closed without a question that the reply does not name by their numbers."""
    closes_left: int | None = None
    """How many tasks may still be closed in the person's name within this hour without a question; None: any number."""
    choices: tuple[tuple[str, str], ...] = ()
    """What the answered mail offers to answer in one character, and the commands that each stands for."""
    changed: Mapping[int, LedgerEvent] = field(default_factory=dict)
    """Tasks that somebody else changed after the answered mail was written, each with the last such change."""
    summarise: Callable[[Task], tuple[SummaryLine, ...]] = lambda _task: ()
    """Tells the mails behind a task in a few lines."""
    rights: Rights = field(default_factory=Rights)
    """What people may do with a task, by what they are to it."""
    standing: Standing = "acts"
    """What this mail may do, by what it shows for itself."""
    stopped: DigestStop | None = None
    """They had their digests stopped; None: these come."""
    find: Finder = lambda _words, _closed: ((), 0)
    """Returns the tasks that hold all these words, of those that the person may see, and how many of these there are;
    of the open ones, and also of the closed ones where the second argument says so."""
    made: tuple[Task, ...] = ()
    """The open tasks that the person made by a reply, in other mails than this."""
    is_noted: Callable[[int, str], bool] = lambda _number, _text: False
    """Tells whether these words were noted with a task by a mail that came just before, and is this one sent twice."""
    listed: tuple[Task, ...] = field(init=False, repr=False, compare=False)
    """The tasks that the answered mail shows and that are still open, in its order."""
    _by_number: Mapping[int, Task] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Asked for with each word of a reply, by people who have a thousand tasks.
        by_number = {task.number: task for task in reversed(self.tasks)}
        shown = (by_number.get(number) for number in self.shown)
        object.__setattr__(self, "_by_number", by_number)
        object.__setattr__(self, "listed", tuple(task for task in shown if task is not None and task.state == "open"))

    @property
    def is_forwarded(self) -> bool:
        """True where the answered mail of ours was sent to somebody else."""
        return self.answered is not None and not self.person.is_at(self.answered.recipient)

    @property
    def called(self) -> frozenset[int]:
        """The tasks that an escalation called the person about, which they answer."""
        is_call = self.answered is not None and self.answered.kind == "escalation" and not self.is_forwarded
        return frozenset(self.shown) if is_call else frozenset()

    def task(self, number: int | None) -> Task | None:
        return self._by_number.get(number) if number is not None else None

    def seen(self, number: int) -> int:
        """Return the version of a task that the person has seen, as far as we know."""
        shown = dict(self.answered.versions).get(number) if self.answered else None
        if shown is not None:
            return shown
        task, event = self.task(number), self.changed.get(number)
        if event is not None:
            return event.id - 1
        return task.version if task else 0

    @property
    def only(self) -> int | None:
        """The one task that the answered mail is about, where it is about one."""
        return self.shown[0] if len(self.shown) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that a reply asks for."""

    op: Verb
    number: int | None = None
    line: str = ""
    """The reply's words that ask for it."""
    until: Deadline | None = None
    """When it is due, snoozed until or promised for."""
    to: str | None = None
    """Email of the new owner."""
    of: int | None = None
    """The task that this one repeats."""
    text: str = ""
    """A note's words, or the reason for dropping."""
    level: Priority | None = None
    title: str = ""
    """Of a new task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyReading:
    """What a reply was understood to ask."""

    operations: tuple[Operation, ...] = ()
    not_understood: tuple[str, ...] = ()
    """Lines that may have been meant as commands."""
    unread: str = ""
    """With what begins that was not read, of a reply that is too long."""
    ask: str | None = None
    """One question to put to the person, in whole sentences."""
    choice: str = ""
    """The commands that a "yes" to it stands for; none where it takes more than that."""
    about: tuple[int, ...] = ()
    """The tasks that the question is about."""
    kept: tuple[int, ...] = ()
    """Tasks that the reply says are not done: nothing changes, and the answer says so."""
