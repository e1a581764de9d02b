"""The demo's people, settings, mails and time: one Tuesday morning at a clinic that does not exist."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.configs import Section, config_text, person, reached
from tests.mailservers.embedded import EmbeddedMailServers

CENTRAL = ZoneInfo("America/Chicago")
DANA, PRIYA, MARCUS = "dana@lakeside.example", "priya@lakeside.example", "marcus@lakeside.example"
ASSISTANT = "assistant@lakeside.example"
USERS = (DANA, PRIYA, MARCUS, ASSISTANT)
MAILS = Path(__file__).parent / "mails"
HOUSES = ("lakesidesurgical", "meridianplan", "cornerdialysis", "valleyhomecare", "lakesidecardio")
MORNING = datetime(2026, 3, 10, 6, 55, tzinfo=CENTRAL)


def write_config(folder: Path, servers: EmbeddedMailServers) -> Path:
    known: Section = {"security": "starttls", "password": "env:DEMO_PASSWORD"}
    imap = reached(servers, servers.imap_port, **known, poll_every_s=1)
    text = config_text(
        organisation={"name": "Lakeside Medical Center", "timezone": "America/Chicago"},
        assistant={"address": ASSISTANT, "log": "error"},
        people=[
            person(DANA, "Dana Whitfield", backup=PRIYA, supervisor=MARCUS),
            person(PRIYA, "Priya Raghavan", digest_at=""),
            person(MARCUS, "Marcus Oyelaran", digest_at=""),
        ],
        accounts=[
            {"name": "dana", "kind": "inbox", "person": DANA, "user": DANA, "since": date(2026, 3, 1), **imap},
            {"name": "assistant", "person": DANA, "user": ASSISTANT, **imap},
        ],
        smtp=reached(servers, servers.smtp_port, **known, user=ASSISTANT),
        limits={"known": [f"{house}.example" for house in HOUSES]},
    )
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def deliver_mails(servers: EmbeddedMailServers) -> int:
    """Put the story's mails into Dana's inbox, each at its own time; return how many there are."""
    paths = sorted(MAILS.glob("*.eml"))
    for path in paths:
        content = path.read_bytes()
        stated = message_from_bytes(content, policy=policy.default)["Date"].datetime
        servers.deliver(content, to=DANA, received_at=stated.astimezone(UTC))
    return len(paths)


class StoryClock:
    """A clock that runs as usual and can be set forward."""

    def __init__(self, moment: datetime) -> None:
        self._ahead = moment.astimezone(UTC) - datetime.now(UTC)
        self._started = time.monotonic()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def go_to(self, moment: datetime) -> None:
        self._ahead = max(self._ahead, moment.astimezone(UTC) - datetime.now(UTC))


def reply_to(original: bytes, words: str, now: datetime) -> EmailMessage:
    """Return what Dana's mail program makes of her answer, the answered mail quoted below."""
    answered = message_from_bytes(original, policy=policy.default)
    body = answered.get_body(("plain",))
    assert body is not None
    quoted = "\n".join(f"> {line}" for line in body.get_content().splitlines())
    when = answered["Date"].datetime.astimezone(CENTRAL)
    reply = EmailMessage()
    reply["From"], reply["To"] = f"Dana Whitfield <{DANA}>", str(answered["Reply-To"] or answered["From"])
    reply["Subject"] = f"Re: {answered['Subject']}"
    reply["Date"] = format_datetime(now.astimezone(CENTRAL))
    reply["Message-ID"] = make_msgid(domain="lakeside.example")
    reply["In-Reply-To"] = reply["References"] = str(answered["Message-ID"])
    intro = f"On {when:%a, %b} {when.day}, {when:%Y at %I:%M %p} Coordination Assistant <{ASSISTANT}> wrote:"
    reply.set_content(f"{words}\n\n{intro}\n\n{quoted}\n")
    return reply


def at(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    return MORNING.replace(hour=hour, minute=minute) + timedelta(days=days)
