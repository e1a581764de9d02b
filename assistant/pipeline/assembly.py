"""Config -> Parts: opens the ledger, the engines, the mailboxes and the courier that it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from assistant.config import AccountSettings, Config, material, people, secret
from assistant.config.escalation import load_escalation
from assistant.errors import AssistantError
from assistant.intake import Copies, Mailbox, open_copies, open_mailbox
from assistant.ledger import Ledger
from assistant.outbox import Courier, open_smtp
from assistant.pipeline.parts import Parts
from assistant.records import EscalationPolicy
from assistant.understand import Answers, Reader, open_reader

Environment = Mapping[str, str]


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
        lock: False to look at a ledger that another assistant may be working on.
        stopwatch: Returns seconds that pass evenly; shows when the clock is set.

    Raises:
        ConfigError: A secret, rule or prompt is missing or wrong.
        LedgerError: The ledger cannot be used.
    """
    # Most of what can be wrong with the configuration is found before the ledger is touched.
    people(config, clock().year)
    courier, second = open_courier(config, environment), open_second_courier(config, environment)
    mailboxes = {account.name: open_account(account, environment) for account in config.accounts}
    watched = {account.name: open_account(account, environment) for account in config.accounts if account.idle}
    copies = {account.name: open_our_copies(account, environment) for account in config.accounts}
    escalation = load_escalation(material("rules") / "escalation.toml")
    ledger = Ledger(config.assistant.ledger, lock=lock)
    try:
        reader = open_engines(config, environment, ledger.answers)
    except AssistantError:
        ledger.close()
        raise
    if lock:
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
        escalation=escalation,
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


def close(parts: Parts) -> None:
    """Let go of what is open; a server that does not say goodbye is none of our trouble."""
    parts.room.close()
    mailboxes: tuple[Mailbox | Copies, ...] = (*parts.mailboxes.values(), *parts.watched.values())
    for mailbox in (*mailboxes, *parts.copies.values()):
        with suppress(AssistantError):
            mailbox.close()
    parts.ledger.close()


def open_engines(config: Config, environment: Environment, answers: Answers | None) -> Reader:
    """Return the reader; a model's answers are kept in `answers`, in memory where that is None."""
    model = config.model
    key = secret("model.api_key", variable=model.api_key_env, file=model.api_key_file, environment=environment)
    rules = material("rules") / "extract"
    return open_reader(model, api_key=key, prompts=material("prompts"), rules=rules, answers=answers)


def open_courier(config: Config, environment: Environment) -> Courier:
    smtp = config.smtp
    password = secret("smtp.password", variable=smtp.password_env, file=smtp.password_file, environment=environment)
    return open_smtp(smtp, password or "")


def open_second_courier(config: Config, environment: Environment) -> Courier | None:
    smtp = config.smtp_backup
    if not smtp.host:
        return None
    where = "smtp_backup.password"
    password = secret(where, variable=smtp.password_env, file=smtp.password_file, environment=environment)
    return open_smtp(smtp, password or "")


def open_account(account: AccountSettings, environment: Environment) -> Mailbox:
    return open_mailbox(account, _password(account, environment))


def open_our_copies(account: AccountSettings, environment: Environment) -> Copies:
    return open_copies(account, _password(account, environment))


def _password(account: AccountSettings, environment: Environment) -> str:
    where = f"account {account.name}, password"
    found = secret(where, variable=account.password_env, file=account.password_file, environment=environment)
    return found or ""
