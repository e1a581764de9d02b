"""All settings of config.toml, each with its default, its unit and what it does. The example and `init` follow them."""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from assistant.config.fields import MOST_PORT, PLACES, Email, Host, HttpsUrl, Place, Settings, Zone, is_private
from assistant.config.keeping import BackupSettings, RetentionSettings, StorageSettings
from assistant.config.model import LimitSettings, ModelSettings
from assistant.records import EVERY_RIGHT, Border, Right, Rights

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_AUTHSERV_ID = re.compile(r"[A-Za-z0-9._-]{1,255}")
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Organisation(Settings):
    name: str = Field("Our clinic", description="shown in the mails that go out")
    timezone: Zone = Field("America/New_York", description="IANA name; for everybody who has none of their own")
    day_first: bool = Field(default=False, description="true: 3/4 is the third of April; false: March 4")
    holidays: str = Field("US", description='country, or country and state as "US-CA"; "" for none')
    days_off: tuple[date, ...] = Field((), description="further days on which nobody works, e.g. [2026-12-24]")
    days_on: tuple[date, ...] = Field((), description="public holidays on which you do work")


class Assistant(Settings):
    address: Email = Field(description="our mails come from here and are answered to here")
    name: str = Field("Coordination Assistant", description="the name beside that address")
    ledger: Path = Field(Path("ledger"), description="folder for the ledger; relative to this file")
    administrator: Email | None = Field(None, description="hears of what only the person who runs this can mend")
    ack_holds_h: float = Field(24, gt=0, description="hours for which `ack` stops an escalation")
    log: Literal["info", "warning", "error"] = Field("info", description="the least that is logged")


class PersonSettings(Settings):
    email: Email = Field(description="obeyed when they write from here; their digest goes here")
    name: str = Field(min_length=1, description="`give 9 to priya` finds them by it")
    aliases: tuple[Email, ...] = Field((), description="other addresses of theirs")
    language: Literal["en", "es"] = Field("en", description="of our mails to them; they may answer in either")
    timezone: Zone | None = Field(None, description="IANA name, where it is not the organisation's")
    workdays: tuple[Weekday, ...] = Field(
        ("mon", "tue", "wed", "thu", "fri"), min_length=1, description="digests come on these days"
    )
    workday: tuple[time, time] = Field((time(8), time(17)), description="a day's deadline passes when it ends")
    digest_at: time | None = Field(time(7), description='local time of the morning digest; "" for none')
    quiet: tuple[time, time] = Field((time(19), time(7)), description="no escalations from-until, but critical ones")
    backup: Email | None = Field(None, description="hears next when this person does not react")
    supervisor: Email | None = Field(None, description="hears last")
    disclosure: Literal["team", "department", "outside"] | None = Field(
        None,
        description="how much of a task mails to them show; team: all; department: initials and what it is about; "
        'outside: number, deadline and what is asked, no patient, no words of a mail; "": as goes with what they are '
        "to it: team for who has it or stands in, department for others in the house, outside for other mail domains",
    )


class SignIn(Settings):
    """How to reach a server, and as whom."""

    host: Host = Field("", description="e.g. imap.gmail.com; smtp.gmail.com")
    port: int = Field(0, ge=0, le=MOST_PORT, description="0: the usual one")
    security: Literal["tls", "starttls"] = Field("tls", description="there is no unencrypted mode")
    user: str = Field("", description="often the whole address")
    auth: Literal["password", "microsoft365", "google", "oauth2"] = Field(
        "password", description="how we sign in; all but password by OAuth2, see `assistant login`"
    )
    password: Place = Field("", description=f"where it lies: {PLACES}")
    client_id: str = Field("", description="OAuth2: the id of the application that was registered for us")
    client_secret: Place = Field(
        "",
        description="OAuth2: where that application's secret lies; microsoft365: with it we sign in as the "
        "application, without it as the user",
    )
    tenant: str = Field("", description="microsoft365: the directory's id, or its domain")
    authority: HttpsUrl = Field(
        "https://login.microsoftonline.com", description="microsoft365: who signs us in; national clouds have their own"
    )
    service_account: Place = Field("", description="google: where a service account's JSON key lies; it needs no login")
    token_url: HttpsUrl = Field("", description="oauth2: the address that gives tokens")
    scopes: tuple[str, ...] = Field((), description="OAuth2: what is asked for; none: to read and send mail")
    ca_file: Path | None = Field(None, description="authority of your own servers' certificates, PEM")
    timeout_s: float = Field(30, gt=0, description="seconds that one call to the server may take")


class AccountSettings(SignIn):
    name: str = Field(min_length=1, pattern=r"^[\w.@+-]+$", description="names the mailbox in logs and in `doctor`")
    kind: Literal["forwarded", "inbox"] = Field(
        "forwarded", description="forwarded: the assistant's own mailbox; inbox: a coordinator's, read beside them"
    )
    person: Email = Field(description="whose tasks these mails become (forwarded: where the sender is not known)")
    folders: tuple[str, ...] = Field(("INBOX",), min_length=1, description="which of its folders are read")
    since: date | None = Field(None, description="mails that came before this day are not read")
    maildir: Path | None = Field(None, description="a local Maildir instead of a server")
    poll_every_s: float = Field(60, gt=0, description="seconds between two looks, where the server cannot push")
    idle: bool = Field(default=True, description="let the server push new mail (IMAP IDLE)")
    max_mail_mb: float = Field(25, gt=0, description="larger mails are read in part only, and said so")


class SmtpSettings(SignIn):
    keep_sent: Literal["auto", "yes", "no"] = Field(
        "auto",
        description="put our mails into the Sent folder where the server did not; "
        "auto: a server that does so as a rule gets an hour for it",
    )
    copy_to_self: Literal["auto", "yes", "no"] = Field(
        "auto",
        description="a blind copy of each mail to `address`, which shows that it left; "
        "auto: where that is a mailbox of our own and its server keeps no sent mails",
    )
    look_after_min: float = Field(
        2, ge=0, description="minutes until a mail whose sending was cut off is looked for, before it is sent again"
    )
    unsure_min: float = Field(
        60, ge=0, description="minutes until a digest is sent again that may have arrived and cannot be looked for"
    )


class SmtpBackupSettings(SignIn):
    after_min: float = Field(
        10, ge=0, description="minutes of trouble with [smtp] until all mail leaves here; escalations do at once"
    )


class HealthSettings(Settings):
    heartbeat_url: str = Field(
        "",
        description="a dead-man's switch, asked after each complete cycle (URL/fail while something stands still): "
        "it calls you when that stops",
    )
    heartbeat_every_s: float = Field(60, gt=0, description="seconds between two words to it, at the least")
    listen: str = Field("", description='"127.0.0.1:9108" serves /healthz and Prometheus\' /metrics there; "" for none')
    canary_at: time | None = Field(
        None, description="local time of a daily test mail to `address`, which must be read here; empty for none"
    )
    canary_back_min: float = Field(30, gt=0, description="minutes within which it must be back")
    disk_low_mb: float = Field(1024, ge=0, description="megabytes of free disk below which digests warn")
    disk_full_mb: float = Field(100, ge=0, description="below which no more mail is taken in; ours still leaves")

    @field_validator("listen")
    @classmethod
    def _is_loopback(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if value and not (host in {"127.0.0.1", "localhost", "[::1]"} and port.isdecimal() and int(port) <= MOST_PORT):
            raise ValueError("only this machine may ask: 127.0.0.1:PORT, localhost:PORT or [::1]:PORT")
        return value

    @field_validator("heartbeat_url")
    @classmethod
    def _is_url(cls, value: str) -> str:
        if value and not is_private(value):
            raise ValueError("begins with https://")
        return value


class RightsSettings(Settings):
    owner: tuple[Right, ...] = Field(EVERY_RIGHT, description="who has the task, or on whose list it stands")
    requester: tuple[Right, ...] = Field(("see", "suggest", "note"), description="who asked for it, if known here")
    backup: tuple[Right, ...] = Field(EVERY_RIGHT, description="the owner's backup, and whom an escalation calls")
    supervisor: tuple[Right, ...] = Field(EVERY_RIGHT, description="the owner's supervisor")
    others: tuple[Right, ...] = Field(
        ("suggest",), description="other people here, of tasks that they were shown; nobody outside has any right"
    )

    def table(self) -> Rights:
        """Return the rights of each role."""
        given: dict[str, tuple[Right, ...]] = dict(self)
        return Rights(**{role: frozenset(rights) for role, rights in given.items()})


class TrustSettings(Settings):
    sender_proof: Literal["own", "headers", "microsoft365", "gmail", "token"] = Field(
        "own",
        description="what must show that a mail is from whom it names, beside the token that answers to ours carry; "
        "own: its DKIM signature for the sender's domain, verified by ourselves (one DNS question; works anywhere); "
        "headers: the Authentication-Results of your own mail server, named by authserv_id, which must remove "
        "such lines from what comes in; microsoft365, gmail: those which these write; "
        "token: nothing, so that who gets hold of one of our mails can answer in its reader's name for two weeks, "
        "and anybody can add tasks in anybody's name: only for a server whose mail never leaves the house",
    )
    authserv_id: str = Field("", description='the name that your server writes after "Authentication-Results:"')
    relays: tuple[str, ...] = Field(
        (), description='further hosts of yours that mail passes after that server, as written after "by" in Received'
    )
    without_dmarc: Literal["dkim", "spf", "nothing"] = Field(
        "dkim",
        description="what is enough of a domain without a DMARC policy (not for own); dkim: its signature; "
        "spf: also a server that the domain names, which at a large provider other customers may write from, too; "
        "nothing: its people are not obeyed",
    )
    plus_addresses: bool = Field(
        default=False, description="true where your server delivers assistant+anything@... to assistant@...; test it"
    )
    token_days: int = Field(14, ge=1, le=90, description="days for which a mail of ours may be answered with effect")
    rotate_days: int = Field(30, ge=1, description="days until a new key makes the tokens; old mails stay answerable")

    @field_validator("authserv_id")
    @classmethod
    def _is_host(cls, value: str) -> str:
        if value and not _AUTHSERV_ID.fullmatch(value):
            raise ValueError("is one word, most often a host's name, without version or semicolon")
        return value.lower()

    @field_validator("relays")
    @classmethod
    def _are_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(host.lower() for host in value)

    def border(self) -> Border:
        """Return whose word on a sender is taken."""
        return Border(
            profile=self.sender_proof,
            authserv_id=self.authserv_id,
            relays=frozenset(self.relays),
            without_dmarc=self.without_dmarc,
        )


class Config(Settings):
    organisation: Organisation = Field(default_factory=Organisation)
    assistant: Assistant
    people: tuple[PersonSettings, ...] = Field(min_length=1)
    accounts: tuple[AccountSettings, ...] = Field(min_length=1)
    smtp: SmtpSettings = Field(default_factory=SmtpSettings)
    smtp_backup: SmtpBackupSettings = Field(default_factory=SmtpBackupSettings)
    model: ModelSettings = Field(default_factory=ModelSettings)
    limits: LimitSettings = Field(default_factory=LimitSettings)
    backup: BackupSettings = Field(default_factory=BackupSettings)
    storage: StorageSettings = Field(default_factory=StorageSettings)
    retention: RetentionSettings = Field(default_factory=RetentionSettings)
    health: HealthSettings = Field(default_factory=HealthSettings)
    rights: RightsSettings = Field(default_factory=RightsSettings)
    trust: TrustSettings = Field(default_factory=TrustSettings)
