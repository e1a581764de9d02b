"""An office on the eve of its second day: what lies in its mailbox and its ledger, made by the assistant itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from tests.configs import DANA, PRIYA, US, Section, Value, config_text, person
from tests.faults.sweep_leaks import CHART, PHONE, SENDER, SUBJECT
from tests.faults.sweep_sink import Sink, Taken

USERS = (DANA, PRIYA, US)
MONDAY = datetime(2026, 3, 9, 14, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
MAILS = 8
"""So many lie in the mailbox on the second day, and so many of them differ; what we send ourselves comes on top."""
DIFFERENT_MAILS = 7
OPEN_TASKS = 5
Arrive = Callable[[bytes, datetime], None]


DEADLY = b"From: ruth@surgery.example\r\nTo: dana@clinic.example\r\nX-Deadly: yes\r\n\r\nPlease call me.\r\n"
"""Kills the process that reads it: the driver sees to that."""


class Inbox(Protocol):
    """Where the office's mail lies."""

    account: Section
    """The part of the configuration that names it."""

    def arrive(self, content: bytes, at: datetime) -> None:
        """Let a mail lie there, as having come at that time, for all days that are begun from now on."""

    def begin(self, day: Path) -> None:
        """Begin a day: only what arrived lies there."""

    def file(self, mail: Taken) -> None:
        """Put one of our own mails, which the server has just taken, where a server of this kind puts it."""

    def held(self) -> int:
        """Return how many mails lie there today."""


def told(
    sink: Sink,
    account: Section,
    *,
    timezone: str = "UTC",
    digests: tuple[str, str] = ("07:00", "08:00"),
    **dana: Value,
) -> str:
    """Return what the office is told: whose digests come when, and where its mail lies and leaves."""
    return config_text(
        organisation={"timezone": timezone, "holidays": ""},
        assistant={"log": "info", "ledger": "ledger"},
        people=[person(DANA, backup=PRIYA, digest_at=digests[0], **dana), person(PRIYA, digest_at=digests[1])],
        accounts=[account],
        backup={"folder": "backups"},
        smtp=sink.settings,
    )


class Maildir:
    """An inbox that is a folder beside the ledger, and is copied with it. Nobody keeps sent mails."""

    account: Section = MappingProxyType({"name": "desk", "user": US, "person": DANA, "maildir": "mail"})

    def __init__(self, eve: Path) -> None:
        self._count = 0
        self._today = eve / "mail"
        for name in ("new", "cur", "tmp"):
            (self._today / name).mkdir(parents=True)

    def arrive(self, content: bytes, at: datetime) -> None:
        self._count += 1
        stamp = f"Received: from a.example by b.example; {format_datetime(at)}\r\n".encode()
        (self._today / "new" / f"{self._count:04}.mail").write_bytes(stamp + content)

    def begin(self, day: Path) -> None:
        self._today = day / "mail"

    def file(self, mail: Taken) -> None:
        if mail.recipient == US:
            self.arrive(mail.content, TUESDAY)

    def held(self) -> int:
        return len(list((self._today / "new").iterdir()))


def first_day(arrive: Arrive) -> None:
    """Mails of Monday: among them what will be overdue on Tuesday, and what Dana will close."""
    arrive(_mail(1, MONDAY, f"STAT: please call the ward about Mr. Osei today, chart {CHART}, {PHONE}."), MONDAY)
    both = "Please fax the cardiac clearance to pre-op by Friday.\nPlease send the referral to the wound clinic."
    arrive(_mail(2, MONDAY, both), MONDAY)


def second_day(arrive: Arrive, digest: Taken) -> None:
    """Mails of Tuesday, of every kind that is settled in another way."""
    at = [TUESDAY - timedelta(minutes=20 - one) for one in range(10)]
    work = _mail(3, at[0], "Please schedule the MRI for Mrs. Lindqvist by Thursday.\nCould you confirm her ride home?")
    arrive(work, at[0])
    # The same mail by another way, and another mail under its name.
    arrive(b"Received: from list.example by b.example; Tue, 10 Mar 2026 13:45:00 +0000\r\n" + work, at[1])
    arrive(_mail(3, at[2], "Please order a walker for Mr. Abara by Monday."), at[2])
    arrive(_mail(4, at[3], "Thanks for the lovely lunch, see you on the ward."), at[3])
    arrive(_mail(5, at[4], "I am out of the office this week.", Auto_Submitted="auto-replied"), at[4])
    arrive(_answer(6, at[5], digest, "done 2"), at[5])


def _mail(
    number: int,
    at: datetime,
    text: str,
    sender: str = f"Ruth {SENDER} <ruth@surgery.example>",
    to: str = DANA,
    **headers: str,
) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Date"] = sender, to, format_datetime(at)
    given = {"Subject": f"{SUBJECT} matter", "Message-ID": f"<mail-{number}@surgery.example>"}
    for name, value in (given | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        mail[name] = value
    mail.set_content(text)
    return mail.as_bytes(policy=policy.SMTP)


def _answer(number: int, at: datetime, digest: Taken, words: str) -> bytes:
    parsed = message_from_bytes(digest.content, EmailMessage, policy=policy.default)
    body = parsed.get_body(("plain",))
    assert body is not None
    quoted = "\n".join(f"> {line}" for line in body.get_content().splitlines())
    text = f"{words}\n\nOn Mon, Mar 9, 2026 at 2:00 PM Coordination Assistant <{US}> wrote:\n\n{quoted}\n"
    headers = {"In_Reply_To": str(parsed["Message-ID"]), "Subject": f"Re: {parsed['Subject']}"}
    return _mail(number, at, text, sender=DANA, to=US, **headers)
