"""Facts about tasks, and the task that they add up to (stages 4 and 5)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from assistant.records.people import Person
from assistant.records.reading import Deadline, Priority

TaskState = Literal["open", "done", "dropped"]
MailState = Literal["waiting", "tasks", "no_task", "automatic", "answer", "needs_person"]
"""Every mail is in exactly one; "answer" is a known person's reply to us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """Who wrote a mail, whom we did not know when it was read."""

    email: str
    """As the mail says; empty where it names nobody."""
    came_at: datetime
    """When the mail came, by our server's clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOpened:
    title: str
    quote: str
    coordinator: str
    """Email of the person whose list it stands on."""
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
    """The thread's first message id, as far as we know it."""
    said_on: date | None = None
    """The day on which the quoted words were written, where the mail tells."""
    may_repeat: int | None = None
    """Number of a task that asks for the same, perhaps; a person has to say."""
    stranger: Stranger | None = None
    """Who wrote the mail that opened it, where we did not know them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAdded:
    """A mail asks again for what the task asks for; the task stays one, and knows both mails."""

    asked: TaskOpened
    """The task that the mail would have opened: `split` opens it after all."""
    mail: str
    """The mail's key."""
    forward_to: Deadline | None = None
    """The task's deadline from now on, where the mail names an earlier one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceParted:
    """The named events, all of them `EvidenceAdded`, speak of another task."""

    event_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDone:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDropped:
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReopened:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSnoozed:
    until: date | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineSet:
    deadline: Deadline | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAssigned:
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAcknowledged:
    """A promise with a clock; it does not close."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PrioritySet:
    priority: Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEscalated:
    step: int
    """From 0."""
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskMarked:
    """A mail claims that the task is done, moved or called off; a person has to confirm."""

    claim: Literal["looks_done", "looks_moved", "looks_dropped"]
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingNoted:
    """Whom we wait for says that they are on it: "I'll check". It puts nothing off."""

    quote: str
    said_by: str
    """Email."""
    until: Deadline | None
    """By when they promise; None where they name no time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayNoted:
    """Whom we wait for is out of the office."""

    quote: str
    said_by: str
    """Email."""
    until: Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesUndone:
    """The named events of this task count as if they had never been."""

    event_ids: tuple[int, ...]


Change = (
    TaskOpened
    | EvidenceAdded
    | EvidenceParted
    | TaskDone
    | TaskDropped
    | TaskReopened
    | TaskSnoozed
    | DeadlineSet
    | TaskAssigned
    | NoteAdded
    | TaskAcknowledged
    | PrioritySet
    | TaskEscalated
    | TaskMarked
    | HoldingNoted
    | AwayNoted
    | ChangesUndone
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEvent:
    """A past-tense fact about one task; never changed."""

    id: int
    """Its place in the ledger; 0 until it is committed."""
    number: int
    """The task's."""
    at: datetime
    actor: str
    """Email of the person whose word it was; `assistant` where it was ours."""
    source: str
    """The mail's key, or the occasion's (`tick:...`)."""
    change: Change
    effect: str | None = None
    """UNIQUE in the ledger: the same effect is recorded once, whatever is repeated."""


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

    def is_others(self, person: Person) -> bool:
        """True where `person` waits for somebody else to do it."""
        return self.waiting or (self.owner is not None and not person.is_at(self.owner))


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
