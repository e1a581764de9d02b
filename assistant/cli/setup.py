"""doctor: what keeps the assistant from its work is said before its first start."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

import typer

from assistant.cli.options import DEFAULT_CONFIG, ConfigPath, out
from assistant.cli.tables import counted
from assistant.config import AccountSettings, Config, SignIn, load, material, people
from assistant.config.escalation import load_escalation
from assistant.daemon import clock
from assistant.errors import AssistantError, ConfigError
from assistant.intake import Mailbox, open_mailbox
from assistant.ledger import FILE, backups, public_keys, unusable
from assistant.outbox import Courier, open_smtp
from assistant.pipeline.assembly import SMTP, SMTP_BACKUP, ledger_key, open_engines, open_ledger, open_way, refuse_lost
from assistant.pipeline.replies.trust import proof_in_force
from assistant.records import Check


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
    yield _check("configuration", lambda: _whom(config))
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


def _whom(config: Config) -> str:
    mailboxes = counted(len(config.accounts), "mailbox", "mailboxes")
    return f"{counted(len(config.people), 'person', 'people')}, {mailboxes}"


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
    return f"each night at {chosen.at:%H:%M} to {folder}; {counted(len(copies), 'copy', 'copies')}, {newest}"


def _answers(config: Config) -> str:
    """A reply goes to our address; somebody has to read it there."""
    address = config.assistant.address
    if all(account.user.lower() != address for account in config.accounts if account.maildir is None):
        return f"no mailbox signs in as {address}; make sure that one of them receives its mail"
    return f"{address} is read by us"


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day where this machine stands, as its user means it
