"""What the occasions work with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event

from assistant.config import AccountSettings, Config, people
from assistant.decide.commands import help_lines
from assistant.intake import Mailbox
from assistant.ledger import Ledger
from assistant.outbox import Courier, Sender, render
from assistant.reading_room import ReadingRoom
from assistant.records import EscalationPolicy, Notice, OutgoingMail, Person
from assistant.understand import Reader


@dataclass(kw_only=True)
class Health:
    """What is known of the parts since the start: for the digest's warnings."""

    looked_at: dict[str, datetime] = field(default_factory=dict)
    """account -> when its mailbox was last read without trouble."""
    compared_at: dict[str, datetime] = field(default_factory=dict)
    """account -> when its whole list was last compared with ours."""
    delivery_problem: str = ""


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
    room: ReadingRoom = field(default_factory=ReadingRoom)
    """Where mail is parsed."""
    health: Health = field(default_factory=Health)
    stop: Event = field(default_factory=Event)
    """Set when the assistant shall end: the mail in hand is finished, the rest waits for the next start."""

    def people(self) -> tuple[Person, ...]:
        return people(self.config, self.clock().year)

    def account(self, name: str) -> AccountSettings | None:
        return next((account for account in self.config.accounts if account.name == name), None)

    def poll_every_s(self, name: str) -> float:
        account = self.account(name)
        return account.poll_every_s if account else 60

    def rendered(self, notice: Notice) -> OutgoingMail:
        """Return the final bytes of a mail that is owed."""
        chosen = self.config.assistant
        sender = Sender(address=chosen.address, name=chosen.name, organisation=self.config.organisation.name)
        return render(notice, sender, self.clock(), help_lines=help_lines())
