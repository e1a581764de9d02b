"""What the occasions work with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from zoneinfo import ZoneInfo

from assistant.config import AccountSettings, Config, people
from assistant.decide.commands import help_lines, seen_mark
from assistant.errors import WithheldMailError
from assistant.intake import Copies, Mailbox, Signatures
from assistant.ledger import Ledger
from assistant.outbox import Courier, Sender, names_of, render
from assistant.pipeline.standing import Standing
from assistant.reading_room import ReadingRoom
from assistant.records import Alert, Calendar, Condition, EscalationPolicy, Notice, OutgoingMail, Person
from assistant.signin import Credential
from assistant.understand import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxTrouble:
    """Why a mailbox is not read."""

    said: str
    """One line; nothing of any mail."""
    needs_person: bool
    """True where it is of no use to wait: a password or a certificate is refused."""


@dataclass(kw_only=True)
class Health:
    """What is known of the parts since the start: for the digest's warnings."""

    looked_at: dict[str, datetime] = field(default_factory=dict)
    """account -> when its mailbox was last read without trouble."""
    mailbox_trouble: dict[str, MailboxTrouble] = field(default_factory=dict)
    """account -> why the last look failed; nothing where it did not."""
    withheld: dict[str, tuple[datetime, WithheldMailError]] = field(default_factory=dict)
    """account -> since when its server does not hand out some mails, and which."""
    compared_at: dict[str, datetime] = field(default_factory=dict)
    """account -> when its whole list was last compared with ours."""
    delivery_problem: str = ""
    recall_tried: bool = False
    """Whether the copies of our mails were looked for after a restore, found or not."""
    backup_tried_at: datetime | None = None
    """When a copy of the ledger was last begun."""
    backup_problem: str = ""
    purge_problem: str = ""
    first_relay_out_since: datetime | None = None
    """When the first mail server began not to take our mails."""
    first_relay_refusal: str = ""
    """Why it refuses to let us in, which no waiting mends; "" where it does not."""
    sign_in_trouble: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    """account or server -> since when and why nobody gives us a token any more."""
    relay_rests_until: dict[str, datetime] = field(default_factory=dict)
    """mail server's section -> until when it is left alone."""
    stuck: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """what falls due, its kind and name -> since when an error of ours keeps it back."""
    left_out: dict[tuple[str, str], tuple[datetime, frozenset[int]]] = field(default_factory=dict)
    """what was made, its kind and name -> since when an error of ours leaves these tasks out of it."""
    clocks: tuple[datetime, float] | None = None
    """What the clock and the stopwatch said when they were last compared."""
    clock_jumped: tuple[datetime, timedelta] | None = None
    """When the clock was last found to have been set, and by how much."""
    steps: Counter[str] = field(default_factory=Counter)
    """occasion -> how many mails it dealt with: one that goes on counting does not hang."""
    cycle_at: datetime | None = None
    """When all mailboxes, receive, tick and deliver had last been gone through without trouble."""
    beat_at: datetime | None = None
    """When the dead-man's switch was last told."""
    heartbeat_failures: int = 0
    """How often in a row the dead-man's switch was not reached."""
    snapshot: Snapshot | None = None
    """How the parts were when they were last looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """How the parts were at one moment: for who asks while the ledger is busy."""

    at: datetime
    conditions: tuple[Condition, ...]
    counts: Mapping[str, int]
    """What there is of how many; holds nothing else."""

    @property
    def is_failing(self) -> bool:
        return any(one.level == "failing" for one in self.conditions)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """All that an occasion works with; a test or another scheduler puts in its own."""

    config: Config
    ledger: Ledger
    reader: Reader
    mailboxes: Mapping[str, Mailbox]
    """account -> its mailbox."""
    watched: Mapping[str, Mailbox]
    """account -> a second way into it, for the thread that waits until the server says that there is mail."""
    courier: Courier
    escalation: EscalationPolicy
    clock: Callable[[], datetime]
    """Returns the time, aware, in UTC."""
    started_at: datetime
    stopwatch: Callable[[], float] | None = None
    """Returns seconds that pass evenly, whoever sets the clock; None: the clock is believed."""
    second_courier: Courier | None = None
    """Another way out, for what cannot wait."""
    credentials: tuple[Credential, ...] = ()
    """Our ways in, everywhere."""
    copies: Mapping[str, Copies] = field(default_factory=dict)
    """account -> its mailbox, as the place where copies of our mails lie; for the thread that delivers."""
    signatures: Signatures = field(default_factory=Signatures)
    """What verifies who signed a mail."""
    room: ReadingRoom = field(default_factory=ReadingRoom)
    """Where mail is parsed."""
    health: Health = field(default_factory=Health)
    standing: Standing = field(default_factory=Standing)
    """The open tasks, in memory."""
    stop: Event = field(default_factory=Event)
    """Set when the assistant shall end: the mail in hand is finished, the rest waits for the next start."""
    _people: dict[int, tuple[Person, ...]] = field(default_factory=dict)
    """year -> who we work for, with the days off around it: asked for several times for each mail."""

    def people(self) -> tuple[Person, ...]:
        year = self.clock().year
        if year not in self._people:
            self._people[year] = people(self.config, year)
        return self._people[year]

    def account(self, name: str) -> AccountSettings | None:
        return next((account for account in self.config.accounts if account.name == name), None)

    @property
    def inboxes(self) -> dict[str, str]:
        """Account -> whose inbox it is; what comes to the assistant's own mailbox is nobody's."""
        return {account.name: account.person for account in self.config.accounts if account.kind == "inbox"}

    def poll_every_s(self, name: str) -> float:
        account = self.account(name)
        return account.poll_every_s if account else 60

    def rendered(self, notice: Notice) -> OutgoingMail:
        """Return the final bytes of a mail that is owed."""
        chosen = self.config.assistant
        sender = Sender(
            address=chosen.address,
            name=chosen.name,
            organisation=self.config.organisation.name,
            names=names_of(self.people()),
            secret=self.ledger.restores.secret(),
            key=self.ledger.keys.newest(),
            token_days=self.config.trust.token_days,
            plus_addresses=self.config.trust.plus_addresses,
        )

        def seen(number: int, version: int | None) -> str:
            history = self.ledger.book.history(number)
            return seen_mark([one for one in history if version is None or one.id <= version], notice.recipient)

        return render(notice, sender, self.clock(), help_lines=help_lines(), seen=seen)

    def alert(
        self, occasion: str, heading: str, lines: tuple[str, ...], *, but: str = "", otherwise: Person | None = None
    ) -> Notice | None:
        """Return a word to the administrator, one for each occasion.

        Args:
            occasion: Names it for ever.
            heading: Becomes the subject; holds nothing of any mail.
            lines: A paragraph each.
            but: An address that mail does not reach.
            otherwise: Who hears it where no administrator is named, or is not reached; None: nobody.

        """
        email = self.config.assistant.administrator
        person = otherwise
        if email is not None and email != but:
            known = next((person for person in self.people() if person.is_at(email)), None)
            zone = ZoneInfo(self.config.organisation.timezone)
            person = known or Person(email=email, name="Administrator", calendar=Calendar(zone=zone), digest_at=None)
        if person is None:
            return None
        content = Alert(person=person, now=self.clock(), heading=heading, lines=lines)
        return Notice(key=f"alert:{occasion}", content=content)
