"""init, doctor: the commands that set the assistant up."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import DEFAULT_CONFIG, ConfigPath, out
from assistant.config import AccountSettings, Config, SignIn, load, material, people
from assistant.config.escalation import load_escalation
from assistant.config.fields import email_address, known_zone
from assistant.config.write import write
from assistant.daemon import clock
from assistant.errors import AssistantError, ConfigError
from assistant.intake import Mailbox, open_mailbox
from assistant.ledger import FILE, backups, public_keys, unusable
from assistant.outbox import Courier, open_smtp
from assistant.pipeline.assembly import SMTP, SMTP_BACKUP, ledger_key, open_engines, open_ledger, open_way, refuse_lost
from assistant.pipeline.replies.trust import proof_in_force
from assistant.records import Check

_PROVIDERS = {
    "gmail": {"imap": "imap.gmail.com", "smtp": "smtp.gmail.com", "smtp_security": "tls"},
    "microsoft": {"imap": "outlook.office365.com", "smtp": "smtp.office365.com", "smtp_security": "starttls"},
    "other": {"imap": "", "smtp": "", "smtp_security": "tls"},
}
_PROOF = {"gmail": "gmail", "microsoft": "microsoft365", "other": "own"}
"""What shows who sent a mail, by provider."""


_NO_CLIENT = "00000000-0000-0000-0000-000000000000"


def _asked_as(look: Callable[[str], str]) -> Callable[[str], str]:
    """Return what looks at an answer at once, so that a wrong one is asked for again."""

    def checked(text: str) -> str:
        try:
            return look(text)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error

    return checked


def _one_of(*words: str) -> Callable[[str], str]:
    def look(text: str) -> str:
        if text not in words:
            raise ValueError(f"{text!r} is not known; write {', '.join(words[:-1])} or {words[-1]}")
        return text

    return look


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise ValueError(f"{text!r} is no day; write it as 2026-03-01") from error


def init(
    config: ConfigPath = DEFAULT_CONFIG,
    *,
    name: Annotated[str, typer.Option(help="The coordinator's name.", prompt="Coordinator's name")],
    email: Annotated[
        str,
        typer.Option(
            help="Their address; digests go there.", prompt="Coordinator's address", callback=_asked_as(email_address)
        ),
    ],
    timezone: Annotated[
        str, typer.Option(help="IANA name.", prompt="Time zone", callback=_asked_as(known_zone))
    ] = "America/New_York",
    kind: Annotated[
        str,
        typer.Option(
            help="forwarded: the assistant has a mailbox of its own; inbox: it reads the coordinator's.",
            prompt="Mailbox: forwarded (its own) or inbox (the coordinator's)",
            callback=_asked_as(_one_of("forwarded", "inbox")),
        ),
    ] = "forwarded",
    address: Annotated[
        str,
        typer.Option(
            help="The mailbox's address.", prompt="Address of that mailbox", callback=_asked_as(email_address)
        ),
    ],
    provider: Annotated[
        str,
        typer.Option(
            help="gmail, microsoft or other.",
            prompt="Provider (gmail, microsoft, other)",
            callback=_asked_as(_one_of(*_PROVIDERS)),
        ),
    ],
    imap: Annotated[str, typer.Option(help="IMAP server, where the provider is another.")] = "",
    smtp: Annotated[str, typer.Option(help="SMTP server, where the provider is another.")] = "",
    since: Annotated[
        str,
        typer.Option(help="Read mail from this day on, e.g. 2026-03-01; today by default.", callback=_asked_as(_day)),
    ] = "",
    client_id: Annotated[
        str, typer.Option(help="microsoft: the id of the application that you registered; see docs/sign-in.md.")
    ] = _NO_CLIENT,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a configuration that is there.")] = False,
) -> None:
    """Write a configuration, by a short dialogue or from the options alone."""
    if config.exists() and not force:
        raise ConfigError(str(config), "is there already; say --force to overwrite it")
    known = _PROVIDERS[provider]
    hosts = {
        "imap": imap or known["imap"] or typer.prompt("IMAP server"),
        "smtp": smtp or known["smtp"] or typer.prompt("SMTP server"),
    }
    sign_in = {"user": address, "password": "env:ASSISTANT_PASSWORD"}
    if provider == "microsoft":
        # It takes no passwords; a directory is known by its domain as well.
        tenant = address.rpartition("@")[2]
        sign_in = {"user": address, "auth": "microsoft365", "tenant": tenant, "client_id": client_id}
    account = {"name": "mail", "kind": kind, "person": email, "host": hosts["imap"], **sign_in}
    text = write(
        {
            "organisation": {"timezone": timezone},
            "assistant": {"address": address},
            "people": [{"email": email, "name": name}],
            "accounts": [account | {"since": date.fromisoformat(since) if since else _today()}],
            "smtp": {"host": hosts["smtp"], "security": known["smtp_security"], **sign_in},
            "trust": {"sender_proof": _PROOF[provider]},
        }
    )
    _save(config, text)
    out.print(f"Wrote {config}. Next:", highlight=False)
    said = '  export ASSISTANT_PASSWORD=...   (or a 0600 file: password = "file:PATH")'
    if provider == "microsoft":
        said = f"  register an application (docs/sign-in.md), write its client_id\n  assistant login mail -c {config}"
    out.print(said, highlight=False, markup=False)
    houses = "  [limits] known = [...]   (domains you work with: what others ask is escalated to nobody but its owner)"
    out.print(houses, highlight=False, markup=False)
    out.print(f"  assistant doctor -c {config}\n  assistant run -c {config}", highlight=False)


def _save(path: Path, text: str) -> None:
    """Write the configuration; take it back where it does not hold together, so that a typing mistake is said now."""
    try:
        before = path.read_bytes() if path.exists() else None
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(str(path), f"cannot be written ({error.strerror})") from error
    try:
        load(path)
    except ConfigError:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
        raise


def doctor(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Check the configuration, the ledger and every connection; say in a line each what is so and what to do."""
    all_fine = True
    for check in _checks(load(config)):
        mark, style = ("ok  ", "green") if check.is_fine else ("FAIL", "bold red")
        if check.is_fine and check.is_risky:
            mark, style = "WARN", "yellow"
        out.print(f"[{style}]{mark}[/] ", end="")
        out.print(f"{check.name}: {check.said}", markup=False, highlight=False)
        all_fine &= check.is_fine
    if not all_fine:
        raise typer.Exit(1)


def _checks(config: Config) -> Iterator[Check]:
    yield _check("configuration", lambda: f"{len(config.people)} people, {len(config.accounts)} mailboxes")
    yield _check("calendar", lambda: _calendar(config))
    yield _check("rules", _rules)
    yield _check("ledger", lambda: _ledger(config))
    yield _check("backup", lambda: _backup(config))
    yield _check("answers", lambda: _answers(config))
    yield _check("commands", lambda: f"need {proof_in_force(config)}")
    for account in config.accounts:
        yield _connection(f"mailbox {account.name}", lambda account=account: _mailbox(config, account).check())  # type: ignore[misc]
    yield _connection("smtp", lambda: _courier(config, SMTP, config.smtp).check())
    if config.smtp_backup.host:
        yield _connection(
            "smtp_backup",
            lambda: replace(_courier(config, SMTP_BACKUP, config.smtp_backup).check(), name="smtp_backup"),
        )
    yield _connection("engine", lambda: open_engines(config, os.environ, None).check())
    yield alarm(config)


def alarm(config: Config) -> Check:
    """Say who would hear that the assistant, or its mail server, is out."""
    ours, administrator = config.assistant.address, config.assistant.administrator
    ways = {
        "[health] heartbeat_url": bool(config.health.heartbeat_url),
        "[smtp_backup]": bool(config.smtp_backup.host),
        # In the same house, it is out with the same mail server.
        "[assistant] administrator": administrator is not None
        and administrator.rpartition("@")[2] != ours.rpartition("@")[2],
    }
    if there := [name for name, is_there in ways.items() if is_there]:
        return Check(name="alarm", is_fine=True, said=f"trouble is told by {' and '.join(there)} as well")
    said = (
        "if this machine or its mail server is out, nobody hears of it; set heartbeat_url under [health], or a second"
        " server under [smtp_backup], or an administrator at another mail provider"
    )
    return Check(name="alarm", is_fine=True, said=said, is_risky=True)


def _mailbox(config: Config, account: AccountSettings) -> Mailbox:
    way_in = "" if account.maildir is not None else open_way(config, account.name, account, os.environ, clock)
    return open_mailbox(account, way_in)


def _courier(config: Config, name: str, settings: SignIn) -> Courier:
    return open_smtp(settings, open_way(config, name, settings, os.environ, clock))


def _check(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name=name, is_fine=True, said=look())
    except AssistantError as error:
        return Check(name=name, is_fine=False, said=str(error))


def _connection(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except AssistantError as error:
        return Check(name=name, is_fine=False, said=str(error))


def _rules() -> str:
    load_escalation(material("rules") / "escalation.toml")
    return "escalation.toml is sound"


def _calendar(config: Config) -> str:
    everyone = people(config, _today().year)
    return f"{everyone[0].calendar.zone.key}, {len(everyone[0].calendar.holidays)} days off in four years"


def _ledger(config: Config) -> str:
    folder = config.assistant.ledger
    ledger_key(config, os.environ)
    with suppress(OSError):
        # Where we may not look, opening it tells why.
        if not (folder / FILE).exists():
            refuse_lost(config)
            if problem := unusable(folder):
                raise ConfigError("[assistant] ledger", f"{folder} cannot be made: {problem}")
            return f"{folder} is made at the first start"
    ledger = open_ledger(config, os.environ, lock=False)
    try:
        found = ledger.quick_check()
    finally:
        ledger.close()
    if found != "ok":
        raise ConfigError(str(folder / FILE), f"is damaged ({found}); restore a backup")
    if not os.access(folder / FILE, os.W_OK):
        said = "it may not be written; look at who owns it and how its disk is mounted"
        raise ConfigError(str(folder / FILE), said)
    return f"{folder} is sound"


def _backup(config: Config) -> str:
    folder, chosen = config.backup.folder, config.backup
    if not chosen.keep_days:
        return "no copies are made: keep_days is 0"
    if problem := unusable(folder):
        raise ConfigError("[backup] folder", f"no copy can be made in {folder}: {problem}")
    if chosen.recipients:
        public_keys(chosen.recipients)
    copies = backups(folder)
    newest = f"the newest of {copies[-1][0]:%Y-%m-%d}" if copies else "none yet"
    return f"each night at {chosen.at:%H:%M} to {folder}; {len(copies)} copies, {newest}"


def _answers(config: Config) -> str:
    """A reply goes to our address; somebody has to read it there."""
    address = config.assistant.address
    if all(account.user.lower() != address for account in config.accounts if account.maildir is None):
        return f"no mailbox signs in as {address}; make sure that one of them receives its mail"
    return f"{address} is read by us"


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day where this machine stands, as its user means it
