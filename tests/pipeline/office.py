"""A small office for tests: real parts on local folders, a clock that is set, and a courier that keeps what it gets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from assistant.config import ModelSettings, load, material
from assistant.config.escalation import load_escalation
from assistant.intake import open_mailbox
from assistant.ledger import Ledger
from assistant.pipeline import Parts, collect, deliver, receive, tick
from assistant.pipeline.assembly import open_engines
from assistant.records import Check, OutgoingMail, Task
from assistant.understand import Reader, open_reader
from tests.configs import DANA, PRIYA, US, Section, config_text, person

__all__ = ["CONFIG", "DANA", "MONDAY", "PRIYA", "US", "Office", "Postbox", "embedded_reader", "office_config"]
MONDAY = datetime(2026, 3, 9, 14, tzinfo=UTC)
"""10 in the morning in New York."""


def office_config(*others: Section, priya: Section = MappingProxyType({}), **sections: Section) -> str:
    """Return what an office is told; there may be other people, other settings of Priya's, further sections."""
    return config_text(
        people=[person(DANA, backup=PRIYA), {**person(PRIYA, digest_at=""), **priya}, *others],
        accounts=[{"name": "desk", "person": DANA, "maildir": "mail"}],
        smtp={"host": "127.0.0.1", "port": 9},
        **sections,
    )


CONFIG = office_config()
FAX = "Good morning,\n\nPlease fax the cardiac clearance for Mrs. Rivera to pre-op by tomorrow noon.\n\nRuth"
SEND = "Dana,\n\nCan you send the wound clinic referral for Mr. Alvarez by Friday?\n\nRuth"


@lru_cache(maxsize=1)
def embedded_reader() -> Reader:
    """Return the one reader of all offices without a model: it remembers nothing, and its rules take a second."""
    return open_reader(ModelSettings(), api_key=None, prompts=material("prompts"), rules=material("rules") / "extract")


class Postbox:
    """A courier that keeps the mails; `trouble` is raised instead of taking the next one."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.trouble: Exception | None = None

    def send(self, mail: OutgoingMail) -> None:
        if self.trouble is not None:
            raise self.trouble
        parsed = message_from_bytes(mail.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.taken.append(parsed)

    def check(self) -> Check:
        return Check(name="smtp", is_fine=True, said="keeps what it gets")


class Office:
    """All parts, and the folders that they work on.

    Attributes:
        may_break: Whether an error of ours while time passes is what a test is about.

    """

    def __init__(self, folder: Path, config: str = CONFIG) -> None:
        self.now = MONDAY
        self.folder = folder
        self.postbox = Postbox()
        for name in ("new", "cur", "tmp"):
            (folder / "mail" / name).mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(config, encoding="utf-8")
        self._count = 0
        self.may_break = False
        self.parts = self._opened()

    def _opened(self) -> Parts:
        config = load(self.folder / "config.toml")
        ledger = Ledger(config.assistant.ledger, lock=True)
        ledger.outgoing.recover(self.now)
        return Parts(
            config=config,
            ledger=ledger,
            reader=open_engines(config, {}, ledger.answers) if config.model.is_on else embedded_reader(),
            mailboxes={account.name: open_mailbox(account, "") for account in config.accounts},
            watched={},
            courier=self.postbox,
            escalation=load_escalation(material("rules") / "escalation.toml"),
            clock=lambda: self.now,
            started_at=self.now,
        )

    def restart(self) -> None:
        """End, and start again on the same folders."""
        self.parts.ledger.close()
        self.parts = self._opened()

    def pass_time(self, **span: float) -> None:
        self.now += timedelta(**span)

    def arrive(self, text: str, sender: str = "ruth@surgery.example", to: str = DANA, **headers: str) -> None:
        """Let a mail arrive now; `In_Reply_To` becomes In-Reply-To."""
        self._count += 1
        mail = EmailMessage()
        mail["From"], mail["To"] = sender, to
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        given = {"Subject": "a matter", "Message-ID": f"<mail-{self._count}@surgery.example>"} | given
        for name, value in given.items():
            mail[name] = value
        mail["Date"] = format_datetime(self.now)
        mail.set_content(text)
        self.arrive_raw(mail.as_bytes())

    def again(self) -> None:
        """Let the last mail be delivered once more."""
        self.arrive_raw(self._last)

    def arrive_raw(self, content: bytes) -> None:
        self._count += 1
        self._last = content
        stamp = f"Received: from a by b; {format_datetime(self.now)}\r\n".encode()
        (self.folder / "mail" / "new" / f"{self._count:04}.mail").write_bytes(stamp + content)

    def answer(self, text: str, sender: str = DANA, **headers: str) -> None:
        """Let a person answer the newest mail that the assistant sent."""
        last = self.postbox.taken[-1]
        given = {"In_Reply_To": str(last["Message-ID"]), "Subject": f"Re: {last['Subject']}"}
        body = last.get_body(("plain",))
        assert body is not None
        quoted = "\n".join(f"> {line}" for line in body.get_content().splitlines())
        words = f"{text}\n\nOn Mon, Mar 9, 2026 at 10:00 AM Coordination Assistant <{US}> wrote:\n\n{quoted}\n"
        self.arrive(words, sender=sender, to=US, **(given | headers))

    def confirm(self, sender: str = DANA) -> None:
        """Let a person say yes to all that the newest mail offers, and go on."""
        self.work()
        mail = self.parts.ledger.outgoing.find([str(self.postbox.taken[-1]["Message-ID"]).strip("<>")])
        assert mail is not None
        self.answer(mail.choices[-2][0], sender=sender)

    def work(self) -> None:
        """Go once through the four occasions."""
        collect(self.parts, "desk")
        receive(self.parts)
        tick(self.parts)
        # What a step could not do it keeps to itself; of our own errors a test shall hear.
        assert self.may_break or not (self.parts.health.stuck or self.parts.health.left_out)
        deliver(self.parts)

    @property
    def open(self) -> tuple[Task, ...]:
        return self.parts.ledger.book.open_tasks()

    def said(self) -> str:
        """Return the plain text of the newest mail that left."""
        body = self.postbox.taken[-1].get_body(("plain",))
        assert body is not None
        return str(body.get_content())
