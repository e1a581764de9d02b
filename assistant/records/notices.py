"""The mails that we owe somebody, as data, and as frozen bytes (stages 4 and 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from assistant.records.changes import LedgerEvent
from assistant.records.people import Person
from assistant.records.tasks import Balance, ChainHead, MailState, QuarantinedMail, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One person's morning: every section in the order in which it is shown."""

    number: int
    """Counts the person's digests, so that a gap shows."""
    person: Person
    local_day: date
    now: datetime
    is_late: bool
    balance: Balance
    overdue: tuple[Task, ...]
    today: tuple[Task, ...]
    later: tuple[Task, ...]
    waiting: tuple[Task, ...]
    needs_look: tuple[Task, ...]
    unreadable: tuple[QuarantinedMail, ...]
    closed: tuple[Task, ...]
    snoozed: int
    warnings: tuple[str, ...]
    """What is degraded, a sentence each."""
    called: tuple[Task, ...] = ()
    """Others' tasks that the person was called about, and that nobody has taken up since."""
    newcomers: tuple[Task, ...] = ()
    """What senders whom we do not know asked, where they are more than a few; none of it is in the sections above."""
    strangers: tuple[Task, ...] = ()
    """What senders whom we do not know sent in a flood: no more is made of it than a line for each sender."""
    head: ChainHead | None = None
    """The audit's, when this was written: a copy of it that nobody who can write the ledger can change."""

    @property
    def listed(self) -> tuple[Task, ...]:
        shown = (*self.overdue, *self.called, *self.today, *self.later, *self.waiting, *self.needs_look)
        return (*shown, *self.newcomers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one command of a reply."""

    line: str
    """The words that asked for it, or that were not understood."""
    said: str
    """What was done, or why nothing was."""
    task: Task | None = None
    """As it stands afterwards."""
    is_done: bool = True
    choice: str = ""
    """The command that would carry it out all the same, where `said` asks whether it shall."""
    names: tuple[Task, ...] = ()
    """Further tasks whose titles stand in `said`: a question names those that may be meant."""


SummaryKind = Literal["asked", "again", "said", "promised", "open", "next"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLine:
    """One thing that is to be known of a task's thread, and the words it rests on."""

    kind: SummaryKind
    text: str
    """What it is, in a few words of ours."""
    quote: str
    """Verbatim."""
    said_by: str | None
    """Email."""
    said_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A task's thread in a few lines."""

    task: Task
    lines: tuple[SummaryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A question, and what the ledger says to it."""

    heading: str
    """What was looked for, in our words."""
    said: str
    """How many were found among how many records that the person may see."""
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What we say to a reply."""

    person: Person
    now: datetime
    in_reply_to: str | None
    subject: str
    """Of the mail that is answered; shown only where it was ours."""
    outcomes: tuple[Outcome, ...]
    listed: tuple[Task, ...] = ()
    wants_help: bool = False
    wants_list: bool = False
    summaries: tuple[Summary, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    about: tuple[tuple[Task, int], ...] = ()
    """Tasks that it speaks of without showing them, each with the version that the person saw last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What somebody asks who may not do it themselves, for one who may to say yes or no."""

    person: Person
    now: datetime
    by: str
    """Name of who asks."""
    proposals: tuple[Outcome, ...]
    """Each with the command that carries it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationCall:
    """Tasks that one person is called about at one moment, each with the step that called."""

    person: Person
    now: datetime
    tasks: tuple[Task, ...]
    step: int
    is_owner: bool
    alone: int = 0
    """How many of the tasks call nobody else: senders whom we do not know asked for them."""
    silent: tuple[str, ...] = ()
    """Emails of who had to act on them and has not reacted: of what we wait for, who has to chase it."""
    unreached: str = ""
    """Name of the person in whose place this one is called: mail does not reach them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """Tasks that one person was given by the word of another."""

    person: Person
    now: datetime
    by: str
    """Name of who gave them."""
    tasks: tuple[Task, ...]
    """As they stand afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What only the person who runs us can mend."""

    person: Person
    now: datetime
    heading: str
    """Becomes the subject; holds nothing of any mail."""
    lines: tuple[str, ...]
    """A paragraph each."""


Content = Digest | Answer | Suggestion | EscalationCall | Handoff | Alert


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A mail that is owed: to whom, why, and what it says; the outbox makes bytes of it."""

    key: str
    """UNIQUE in the outbox: `digest:dana@...:2026-03-10`."""
    content: Content
    not_before: datetime | None = None
    """When it may leave; None: at once."""

    @property
    def recipient(self) -> Person:
        return self.content.person


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSwitch:
    """A person's own word that their digests shall stop, or go on."""

    person: str
    """Email."""
    is_on: bool
    at: datetime
    source: str
    """The mail's key."""
    until: datetime | None = None
    """When they come again by themselves; None: with a further word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestStop:
    """A person's digests rest."""

    since: datetime
    until: datetime | None = None
    """When they come again by themselves; None: with a further word."""

    def holds(self, at: datetime) -> bool:
        return self.until is None or at < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one occasion changes: facts for the ledger, mails owed."""

    events: tuple[LedgerEvent, ...] = ()
    notices: tuple[Notice, ...] = ()
    state: MailState | None = None
    """What the mail is settled as, where the occasion is a mail."""
    digests: DigestSwitch | None = None


OutgoingState = Literal["pending", "sending", "sent", "uncertain", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    """A mail of ours with its final bytes: sent again, it is the same mail."""

    key: str
    kind: str
    recipient: str
    subject: str
    message_id: str
    content: bytes
    numbers: tuple[int, ...]
    prepared_at: datetime
    attempts: int = 0
    state: OutgoingState = "pending"
    uncertain_at: datetime | None = None
    """When it was last handed over without a clear word on what became of it."""
    doubts: int = 0
    """How often that happened."""
    via: str = ""
    """The server that it was last handed to, by the name of its section."""
    is_copied: bool = False
    """True where it then went to ourselves as well."""
    copy_to: str | None = None
    """Our own address, where a blind copy goes there with the next try."""
    sent_at: datetime | None = None
    kept: str = ""
    """Who put it into Sent."""
    versions: tuple[tuple[int, int], ...] = ()
    """The tasks of `numbers`, each with the version that it shows."""
    choices: tuple[tuple[str, str], ...] = ()
    """What may be answered in one character, and the commands that it stands for."""
    not_before: datetime | None = None
    """When it may leave, until it was first tried; None: at once."""
    anchor: str = ""
    """The audit's head that it carries, where it carries one."""
