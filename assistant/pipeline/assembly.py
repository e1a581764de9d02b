"""Config -> Parts: opens the ledger, the engines, the mailboxes and the courier that it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from assistant.config import AccountSettings, Config, ModelSettings, SignIn, material, people
from assistant.config.escalation import load_escalation
from assistant.errors import AssistantError, DamagedLedgerError
from assistant.intake import Copies, Mailbox, open_copies, open_mailbox
from assistant.ledger import FILE, Ledger, backups
from assistant.outbox import Courier, open_smtp
from assistant.pipeline.parts import Parts
from assistant.pipeline.purse import Purse
from assistant.reading_room import ReadingRoom
from assistant.records import EscalationPolicy
from assistant.signin import Credential, Password, Secrets, Token, open_credential, trusting
from assistant.understand import Answers, Reader, open_reader

Environment = Mapping[str, str]
SMTP, SMTP_BACKUP = "smtp", "smtp_backup"


def assemble(
    config: Config,
    environment: Environment,
    clock: Callable[[], datetime],
    *,
    lock: bool = True,
    stopwatch: Callable[[], float] | None = None,
) -> Parts:
    """Return the parts; nothing is connected yet.

    Args:
        config: What to open.
        environment: Where secrets are looked up.
        clock: Returns the time, aware, in UTC.
        lock: False to look at a ledger that another assistant may be working on; then nobody signs in anywhere and no
            model is asked, so no secrets but the ledger's own are needed.
        stopwatch: Returns seconds that pass evenly; shows when the clock is set.

    Raises:
        ConfigError: A secret, rule or prompt is missing or wrong.
        LedgerError: The ledger cannot be used.
    """
    # Most of what can be wrong with the configuration is found before the ledger is touched.
    people(config, clock().year)
    ways: dict[str, Credential] = open_ways(config, environment, clock) if lock else {}

    def last_look() -> None:
        # It is opened below, when all else is sound.
        ledger.still_ours()

    courier, second = open_smtp(config.smtp, ways.get(SMTP, ""), last_look), _second_courier(config, ways, last_look)
    mailboxes = {account.name: open_mailbox(account, ways.get(account.name, "")) for account in config.accounts}
    watched = {
        account.name: open_mailbox(account, ways.get(account.name, "")) for account in config.accounts if account.idle
    }
    copies = {account.name: open_copies(account, ways.get(account.name, "")) for account in config.accounts}
    escalation = load_escalation(material("rules") / "escalation.toml")
    ledger = open_ledger(config, environment, lock=lock)
    try:
        room = ReadingRoom(understand_s=config.limits.understand_s)
        asked = config if lock else config.model_copy(update={"model": ModelSettings()})
        reader = open_engines(asked, environment, ledger.answers, Purse(config, ledger, clock), room)
    except AssistantError:
        ledger.close()
        raise
    if lock:
        note_settings(config, ledger, clock())
        ledger.outgoing.recover(clock(), timedelta(minutes=config.smtp.look_after_min))
    return Parts(
        config=config,
        ledger=ledger,
        reader=reader,
        mailboxes=mailboxes,
        watched=watched,
        courier=courier,
        second_courier=second,
        copies=copies,
        credentials=tuple({way.key: way for way in ways.values() if isinstance(way, Token)}.values()),
        escalation=escalation,
        room=room,
        clock=clock,
        stopwatch=stopwatch,
        started_at=clock(),
    )


def assemble_replay(
    config: Config, account: AccountSettings, ledger: Path, environment: Environment, clock: Callable[[], datetime]
) -> Parts:
    """Return parts that read one local account into a ledger of their own, and send nothing."""
    return Parts(
        config=config.model_copy(update={"accounts": (account,)}),
        ledger=Ledger(ledger, lock=True),
        reader=open_engines(config, environment, None),
        mailboxes={account.name: open_mailbox(account, "")},
        watched={},
        courier=open_smtp(config.smtp, ""),
        escalation=EscalationPolicy(critical=(), high=(), normal=()),
        clock=clock,
        started_at=clock(),
    )


def open_ledger(config: Config, environment: Environment, *, lock: bool) -> Ledger:
    """Open the ledger that the configuration names; see `Ledger`."""
    key, guarded = ledger_key(config, environment), config.storage.check_permissions
    refuse_lost(config)
    return Ledger(config.assistant.ledger, lock=lock, key=key, is_guarded=guarded)


def refuse_lost(config: Config) -> None:
    """Raise where there are copies of a ledger and no ledger: an empty one would pass for it, and forget all.

    Raises:
        DamagedLedgerError: It is lost, or its disk is not there.

    """
    path, copies = config.assistant.ledger / FILE, backups(config.backup.folder)
    try:
        is_lost = path.stat().st_size == 0
    except FileNotFoundError:
        is_lost = True
    except OSError:
        # What keeps us from it is told where it is opened.
        is_lost = False
    if is_lost and copies:
        said = f"is lost, and copies of it lie in {config.backup.folder}; put the newest in its place"
        newest = f"assistant restore {copies[-1][1]}"
        raise DamagedLedgerError(f"{path}: {said}: {newest}; or, to begin anew, move the copies away")


def note_settings(config: Config, ledger: Ledger, now: datetime) -> None:
    """Commit what we work with from now on, where it is not as before: who may do what is part of what happened."""
    settings = config.model_dump(mode="json")
    # Such an address is as good as a password.
    settings["health"].pop("heartbeat_url")
    ledger.audit.note_settings(settings, "assistant", now)


def ledger_key(config: Config, environment: Environment) -> str | None:
    """Return what an encrypted ledger is opened with; None: it is not encrypted."""
    return Secrets(environment).get("[storage] encryption_key", config.storage.encryption_key)


def close(parts: Parts) -> None:
    """Let go of what is open; a server that does not say goodbye is none of our trouble."""
    parts.room.close()
    mailboxes: tuple[Mailbox | Copies, ...] = (*parts.mailboxes.values(), *parts.watched.values())
    for mailbox in (*mailboxes, *parts.copies.values()):
        with suppress(AssistantError):
            mailbox.close()
    parts.ledger.close()


def open_engines(
    config: Config,
    environment: Environment,
    answers: Answers | None,
    purse: Purse | None = None,
    room: ReadingRoom | None = None,
) -> Reader:
    """Return the reader; a model's answers are kept in `answers`, in memory where that is None.

    Long mails are understood in `room`, where there is one.
    """
    model = config.model
    key = Secrets(environment).get("[model] api_key", model.api_key)
    if model.ca_file is not None:
        trusting("[model]", model.ca_file)
    rules = material("rules") / "extract"
    return open_reader(
        model,
        api_key=key,
        prompts=material("prompts"),
        rules=rules,
        answers=answers,
        purse=purse,
        apart=room.understand if room is not None else None,
    )


def open_ways(config: Config, environment: Environment, clock: Callable[[], datetime]) -> dict[str, Credential]:
    """Return how we sign in everywhere: an account's name, "smtp" or "smtp_backup" -> our way in."""
    sections: dict[str, SignIn] = {SMTP: config.smtp}
    if config.smtp_backup.host:
        sections[SMTP_BACKUP] = config.smtp_backup
    sections |= {account.name: account for account in config.accounts if account.maildir is None}
    return {
        name: open_way(config, name, section, environment, clock, remembers=True) for name, section in sections.items()
    }


def open_way(
    config: Config,
    name: str,
    section: SignIn,
    environment: Environment,
    clock: Callable[[], datetime],
    *,
    remembers: bool = False,
) -> Password | Token:
    folder = config.assistant.ledger / "sign-in"
    return open_credential(name, section, Secrets(environment), folder=folder, clock=clock, remembers=remembers)


def _second_courier(config: Config, ways: Mapping[str, Credential], last_look: Callable[[], None]) -> Courier | None:
    return open_smtp(config.smtp_backup, ways[SMTP_BACKUP], last_look) if SMTP_BACKUP in ways else None
