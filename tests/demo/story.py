"""The demo's people, settings, mails and time: one Tuesday morning at a clinic that does not exist."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.mailservers.embedded import EmbeddedMailServers

CENTRAL = ZoneInfo("America/Chicago")
DANA, PRIYA, MARCUS = "dana@lakeside.example", "priya@lakeside.example", "marcus@lakeside.example"
ASSISTANT = "assistant@lakeside.example"
USERS = (DANA, PRIYA, MARCUS, ASSISTANT)
MAILS = Path(__file__).parent / "mails"
MORNING = datetime(2026, 3, 10, 6, 55, tzinfo=CENTRAL)

_CONFIG = """
[organisation]
name = "Lakeside Medical Center"
timezone = "America/Chicago"
[assistant]
address = "{assistant}"
log = "error"
[[people]]
email = "{dana}"
name = "Dana Whitfield"
backup = "{priya}"
supervisor = "{marcus}"
[[people]]
email = "{priya}"
name = "Priya Raghavan"
digest_at = ""
[[people]]
email = "{marcus}"
name = "Marcus Oyelaran"
digest_at = ""
[[accounts]]
name = "dana"
kind = "inbox"
person = "{dana}"
user = "{dana}"
since = 2026-03-01
{imap}
[[accounts]]
name = "assistant"
kind = "forwarded"
person = "{dana}"
user = "{assistant}"
{imap}
[smtp]
host = "{host}"
port = {smtp_port}
security = "starttls"
user = "{assistant}"
password_env = "DEMO_PASSWORD"
ca_file = "{ca_file}"
"""
_IMAP = """host = "{host}"
port = {imap_port}
security = "starttls"
password_env = "DEMO_PASSWORD"
ca_file = "{ca_file}"
poll_every_s = 1"""


def write_config(folder: Path, servers: EmbeddedMailServers) -> Path:
    reach = {"host": servers.host, "ca_file": servers.ca_file.as_posix()}
    imap = _IMAP.format(imap_port=servers.imap_port, **reach)
    names = {"dana": DANA, "priya": PRIYA, "marcus": MARCUS, "assistant": ASSISTANT}
    path = folder / "config.toml"
    path.write_text(_CONFIG.format(imap=imap, smtp_port=servers.smtp_port, **names, **reach), encoding="utf-8")
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
