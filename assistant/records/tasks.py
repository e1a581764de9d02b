"""The task that its changes add up to, and what we have told and counted of tasks and mails (stages 4 and 5)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from assistant.records.changes import AwayNoted, HoldingNoted, Stranger, TaskMarked, TaskOpened
from assistant.records.people import Person
from assistant.records.reading import Deadline, Priority

TaskState = Literal["open", "done", "dropped"]
MailState = Literal["waiting", "tasks", "no_task", "automatic", "answer", "needs_person"]
"""Every mail is in exactly one; "answer" is a known person's reply to us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A further mail that asks for what a task asks for."""

    event_id: int
    at: datetime
    mail: str
    asked: TaskOpened


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What one person owes: the fold of its events."""

    number: int
    """Short and never used again: #12."""
    state: TaskState
    title: str
    quote: str
    coordinator: str
    owner: str | None
    waiting: bool
    deadline: Deadline | None
    priority: Priority
    patient: str | None
    requester: str | None
    certain: bool
    engine: str
    rule: str
    thread: str
    source: str
    opened_at: datetime
    changed_at: datetime
    changed_by: str
    version: int
    """The id of its last event: tells whether it changed since somebody saw it."""
    snoozed_until: date | datetime | None = None
    acknowledged_until: datetime | None = None
    escalation_step: int | None = None
    """The last step that went out since the clock started; None: none yet."""
    escalated_at: datetime | None = None
    marked: TaskMarked | None = None
    notes: tuple[str, ...] = ()
    said_on: date | None = None
    may_repeat: int | None = None
    """Number of a task that asks for the same, perhaps."""
    evidence: tuple[Evidence, ...] = ()
    """The mails that asked again, oldest first."""
    promised: HoldingNoted | None = None
    away: AwayNoted | None = None
    stranger: Stranger | None = None
    """Who wrote the mail that opened it, where we did not know them."""
    left_since: datetime | None = None
    """When a person's word last left it to its owner; None: nobody's has."""
    called: tuple[str, ...] = ()
    """Emails of those whom escalations have called about it since."""
    acknowledged_by: str | None = None
    """Email of who is on it."""
    reminder: TaskOpened | None = None
    """What the mail that opened it asked, where the task is told in the words of one that came before it."""

    @property
    def asked(self) -> TaskOpened:
        """What it asks for, as a mail asked for it."""
        return TaskOpened(
            title=self.title,
            quote=self.quote,
            coordinator=self.coordinator,
            owner=self.owner,
            waiting=self.waiting,
            deadline=self.deadline,
            priority=self.priority,
            patient=self.patient,
            requester=self.requester,
            certain=self.certain,
            engine=self.engine,
            rule=self.rule,
            thread=self.thread,
            said_on=self.said_on,
        )

    @property
    def asked_last(self) -> TaskOpened | None:
        """What asked for it last, whichever mail was read last; None where it was asked for once."""
        again = [one.asked for one in self.evidence] + ([self.reminder] if self.reminder else [])
        return max(reversed(again), key=lambda one: one.said_on or date.min, default=None)

    def is_others(self, person: Person) -> bool:
        """True where `person` waits for somebody else to do it; whom a colleague waits for does not."""
        if self.owner is not None and person.is_at(self.owner) and not person.is_at(self.coordinator):
            return False
        return self.waiting or (self.owner is not None and not person.is_at(self.owner))


def settled(task: Task, at: datetime) -> Task:
    """Return the task after a person's word on it: it is real, no claim hangs over it, and its clocks start anew."""
    return replace(
        task,
        certain=True,
        marked=None,
        may_repeat=None,
        snoozed_until=None,
        acknowledged_until=None,
        acknowledged_by=None,
        escalation_step=None,
        escalated_at=None,
        left_since=at,
        called=(),
    )


def task_mark(source: str, quote: str) -> str:
    """Return what tells a task from all others, whatever number it has: the mail that opened it, and its words."""
    return hashlib.sha256(f"{source}\x1f{quote}".encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMail:
    """A mail of ours that a reply may answer."""

    message_id: str
    kind: str
    recipient: str
    key: str
    numbers: tuple[int, ...]
    """The tasks that it shows."""
    prepared_at: datetime
    versions: tuple[tuple[int, int], ...] = ()
    """Those of them whose version is known, each with the one that it shows."""
    choices: tuple[tuple[str, str], ...] = ()
    """What may be answered in one character, and the commands that it stands for; none: leave all as it is."""
    entries: int = 0
    """How long the audit was of which it tells; 0: it tells of none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainHead:
    """How long the audit is, and the hash that stands for all of it: written down elsewhere, it shows any change."""

    count: int
    hash: str
    """Hexadecimal."""

    @property
    def words(self) -> str:
        """The form that mails carry and `audit verify --head` takes: `1204:9f3c...`."""
        return f"{self.count}:{self.hash}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Where every mail that was read since the last digest stands; the sum is checked before it is printed."""

    read: int
    tasks: int
    no_task: int
    automatic: int
    answer: int
    needs_person: int
    waiting: int
    newest_at: datetime | None
    mailboxes: int = 1
    """How many of them are read."""

    @property
    def adds_up(self) -> bool:
        return self.read == (
            self.tasks + self.no_task + self.automatic + self.answer + self.needs_person + self.waiting
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinedMail:
    key: str
    account: str
    received_at: datetime
    reason: str
    """Why it could not be read, or not all of it; a sentence that holds nothing of the mail."""
    sender: str = ""
    """As far as it can be told, so that a person can find the mail."""
    attempts: int = 0
