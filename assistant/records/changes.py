"""Facts about tasks, each what one event of the ledger says (stages 4 and 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from assistant.records.reading import Deadline, Priority


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
    leads: bool = False
    """True where the mail came before what the task rests on, and was read after it: the task is told in its words."""


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
