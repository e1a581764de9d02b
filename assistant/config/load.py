"""A TOML file -> Config. Whatever is wrong with it is one line: the file, the setting, the problem."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assistant.config.settings import AccountSettings, Config, SignIn
from assistant.errors import ConfigError


def load(path: Path) -> Config:
    """Read the configuration; relative paths in it count from its own folder.

    Raises:
        ConfigError: It is missing, no TOML, has an unknown or wrong setting, or settings contradict each other.

    """
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(str(path), "there is no such file; `assistant init` writes one") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), "cannot be read; it must be a UTF-8 text file that you may read") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(path), f"is no TOML: {error}") from error
    try:
        config = Config.model_validate(settings)
    except ValidationError as error:
        raise ConfigError(str(path), _first(error.errors(include_url=False))) from error
    _check(config, str(path))
    return _anchored(config, path.resolve().parent)


def _first(problems: list[ErrorDetails]) -> str:
    """Return the first problem in words, and how many more there are."""
    first = problems[0]
    where = ", ".join(f"number {step + 1}" if isinstance(step, int) else step for step in first["loc"])
    said = {
        "extra_forbidden": "there is no such setting; check its spelling",
        "missing": "is missing",
    }.get(first["type"], first["msg"].removeprefix("Value error, "))
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{where}: {said}{more}"


def _check(config: Config, file: str) -> None:
    known = [person.email for person in config.people]
    every = [email for person in config.people for email in (person.email, *person.aliases)]
    for name, count in (*Counter(every).items(), *Counter(account.name for account in config.accounts).items()):
        if count > 1:
            raise ConfigError(file, f"{name} stands there {count} times; addresses and account names must be unique")
    for person in config.people:
        for role in ("backup", "supervisor"):
            other = getattr(person, role)
            if other and other not in known:
                raise ConfigError(file, f"{role} of {person.email}: {other} is not among the people")
        if person.workday[0] >= person.workday[1]:
            raise ConfigError(file, f"workday of {person.email}: it ends before it begins")
    if not config.smtp.host:
        raise ConfigError(file, "smtp: needs a host; without it no digest can leave")
    if config.trust.sender_proof == "headers" and not config.trust.authserv_id:
        raise ConfigError(
            file,
            'trust: sender_proof = "headers" needs authserv_id, the name your server writes in Authentication-Results',
        )
    for account in config.accounts:
        _check_account(account, known, file)


def _check_account(account: AccountSettings, known: list[str], file: str) -> None:
    if account.person not in known:
        raise ConfigError(file, f"account {account.name}: {account.person} is not among the people")
    if account.maildir is None and not account.host:
        raise ConfigError(file, f"account {account.name}: needs a host or a maildir")


def _anchored(config: Config, folder: Path) -> Config:
    """Return the same with absolute paths."""
    accounts = tuple(
        account.model_copy(update={"maildir": account.maildir and folder / account.maildir} | _files(account, folder))
        for account in config.accounts
    )
    key_file = config.model.api_key_file and folder / config.model.api_key_file
    return config.model_copy(
        update={
            "accounts": accounts,
            "assistant": config.assistant.model_copy(update={"ledger": folder / config.assistant.ledger}),
            "smtp": config.smtp.model_copy(update=_files(config.smtp, folder)),
            "smtp_backup": config.smtp_backup.model_copy(update=_files(config.smtp_backup, folder)),
            "model": config.model.model_copy(update={"api_key_file": key_file}),
            "backup": config.backup.model_copy(update={"folder": folder / config.backup.folder}),
        }
    )


def _files(sign_in: SignIn, folder: Path) -> dict[str, Path | None]:
    return {
        "password_file": sign_in.password_file and folder / sign_in.password_file,
        "ca_file": sign_in.ca_file and folder / sign_in.ca_file,
    }
