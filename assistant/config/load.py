"""A TOML file -> Config. Whatever is wrong with it is one line: the file, the setting, the problem."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assistant.config.fields import is_private
from assistant.config.model import ModelSettings
from assistant.config.settings import AccountSettings, Config, SignIn
from assistant.errors import ConfigError

_NEEDED_BY = {
    "password": {"password"},
    "client_id": {"microsoft365", "google", "oauth2"},
    "client_secret": {"microsoft365", "google", "oauth2"},
    "tenant": {"microsoft365"},
    "service_account": {"google"},
    "token_url": {"oauth2"},
}
"""setting -> the ways of signing in that take it."""
_ADDRESS = "assistant, address"
_LEAST_DAYS = 7
"""Until the next digest has surely told of what happened."""
_DAYS_A_YEAR = 365.25


def load(path: Path) -> Config:
    """Read the configuration; relative paths in it count from its own folder.

    Raises:
        ConfigError: It is missing, no TOML, has an unknown or wrong setting, or settings contradict each other.

    """
    try:
        # Some editors begin a file with a mark that is no TOML.
        settings = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise ConfigError(str(path), "there is no such file; `assistant init` writes one") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), "cannot be read; it must be a UTF-8 text file that you may read") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(path), f"is no TOML: {error}") from error
    try:
        config = Config.model_validate(settings)
    except ValidationError as error:
        # The chain is cut: it holds what was written, which may be a secret in the wrong place.
        raise ConfigError(str(path), _first(error.errors(include_url=False, include_input=False))) from None
    _check(config, str(path))
    return _anchored(config, path.resolve().parent)


def _first(problems: list[ErrorDetails]) -> str:
    """Return the first problem in words, and how many more there are; what only follows from one of them is none."""
    places = [problem["loc"] for problem in problems]
    problems = [
        problem
        for problem in problems
        if not any(
            len(place) > len(problem["loc"]) and place[: len(problem["loc"])] == problem["loc"] for place in places
        )
    ]
    lacking = [_place_of(problem) for problem in problems if problem["type"] == "missing"]
    # What is missing may only be misspelt.
    misspelt = [problem for problem in problems if problem["type"] == "extra_forbidden"]
    if lacking and not misspelt:
        return _lacking(lacking, len(problems) - len(lacking))
    first = (misspelt or problems)[0]
    where = _place_of(first)
    said = {
        "extra_forbidden": "there is no such setting; check its spelling",
        "time_parsing": 'write it as "07:00"',
        "date_from_datetime_parsing": "write it as 2026-03-01",
        "tuple_type": _as_list(first["loc"]),
    }.get(first["type"], first["msg"].removeprefix("Value error, "))
    return f"{where}: {said}{_more(len(problems) - 1)}"


def _place_of(problem: ErrorDetails) -> str:
    where = ", ".join(f"number {step + 1}" if isinstance(step, int) else step for step in problem["loc"])
    # Of that section alone one setting has to be there.
    return _ADDRESS if where == "assistant" else where


def _as_list(place: tuple[int | str, ...]) -> str:
    if place[-1] in {"quiet", "workday"}:
        return 'is two times: write it as ["19:00", "07:00"]'
    return f"is a list: write [[{place[0]}]]" if len(place) == 1 else "is a list: write [...] around its values"


def _lacking(places: list[str], others: int) -> str:
    """Return all that is missing in words: who writes it all at once need not come back for each."""
    names = " and ".join(filter(None, ("; ".join(places[:-1]), places[-1])))
    verb = "are" if len(places) > 1 else "is"
    why = "; our mails come from there and are answered to there" if _ADDRESS in places else ""
    return f"{names}: {verb} missing{why}{_more(others)}"


def _more(count: int) -> str:
    return f" (and {count} more)" if count else ""


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
            if other == person.email:
                raise ConfigError(file, f"{role} of {person.email}: that is the same person; name another one, or none")
        if person.workday[0] >= person.workday[1]:
            raise ConfigError(file, f"workday of {person.email}: it ends before it begins")
    if not config.smtp.host:
        raise ConfigError(file, "smtp: needs a host; without it no digest can leave")
    if config.trust.sender_proof == "headers" and not config.trust.authserv_id:
        raise ConfigError(
            file,
            'trust: sender_proof = "headers" needs authserv_id, the name your server writes in Authentication-Results',
        )
    if config.model.is_on and not (is_private(config.model.base_url) or config.model.plain):
        problem = "model: base_url is unencrypted and not on this machine"
        raise ConfigError(file, f"{problem}; begin it with https://, or say plain = true for your own network")
    _check_hosted(config.model, file)
    _check_retention(config, file)
    _check_sign_in("smtp", config.smtp, file)
    _check_sign_in("smtp_backup", config.smtp_backup, file)
    for account in config.accounts:
        _check_account(account, known, file)


def _check_retention(config: Config, file: str) -> None:
    """Refuse to let go what may still be answered, or is yet to be told: a digest may be days away."""
    least = max(_LEAST_DAYS, config.trust.token_days)
    kept = config.retention
    for name, days in (("raw_mail_days", kept.raw_mail_days), ("tasks_years", kept.tasks_years * _DAYS_A_YEAR)):
        if 0 < days < least:
            said = (
                f"retention: {name} keeps too little: our mails are answered and told of for {least} days; 0 keeps all"
            )
            raise ConfigError(file, said)


def _check_hosted(model: ModelSettings, file: str) -> None:
    """Raise where mails would go to a model outside of our own network without what that takes."""
    if not model.is_hosted:
        return
    host = urlsplit(model.base_url).hostname
    if not model.baa:
        problem = f"{host} is outside of your own network, and mails hold PHI"
        raise ConfigError(
            file, f"model: {problem}; say baa = true where a business associate agreement with its operator is in force"
        )
    if model.mask == "never":
        raise ConfigError(file, f'model: mask = "never" is not for {host}, which is outside of your own network')


def _check_account(account: AccountSettings, known: list[str], file: str) -> None:
    if account.name in {"smtp", "smtp_backup"}:
        raise ConfigError(file, f"account {account.name}: a section has this name; give the account another one")
    if account.person not in known:
        raise ConfigError(file, f"account {account.name}: {account.person} is not among the people")
    if account.maildir is None and not account.host:
        raise ConfigError(file, f"account {account.name}: needs a host or a maildir")
    if account.maildir is None and account.auth == "password":
        for name in ("user", "password"):
            if not getattr(account, name):
                raise ConfigError(file, f"account {account.name}: needs {name}, to sign in at {account.host}")
    _check_sign_in(f"account {account.name}", account, file)


def _check_sign_in(where: str, sign_in: SignIn, file: str) -> None:
    """Raise where a way of signing in lacks what it needs, or has what it does not take."""
    given = {name for name in _NEEDED_BY if getattr(sign_in, name)}
    if sign_in.auth == "password" and sign_in.host and sign_in.user and not sign_in.password:
        raise ConfigError(file, f"{where}: needs password, to sign in as {sign_in.user}")
    if sign_in.auth != "password" and not sign_in.user:
        raise ConfigError(file, f'{where}: auth = "{sign_in.auth}" needs user')
    needed = {
        "password": set(),
        "microsoft365": {"client_id", "tenant"},
        "google": {"service_account"} if sign_in.service_account else {"client_id", "client_secret"},
        "oauth2": {"client_id", "token_url"},
    }[sign_in.auth]
    if missing := sorted(needed - given):
        raise ConfigError(file, f'{where}: auth = "{sign_in.auth}" needs {" and ".join(missing)}')
    if idle := sorted(name for name in given if sign_in.auth not in _NEEDED_BY[name]):
        raise ConfigError(file, f'{where}: {" and ".join(idle)} is of no use with auth = "{sign_in.auth}"')


def _anchored(config: Config, folder: Path) -> Config:
    """Return the same with absolute paths."""
    accounts = tuple(
        account.model_copy(update={"maildir": account.maildir and folder / account.maildir} | _files(account, folder))
        for account in config.accounts
    )
    return config.model_copy(
        update={
            "accounts": accounts,
            "assistant": config.assistant.model_copy(update={"ledger": folder / config.assistant.ledger}),
            "smtp": config.smtp.model_copy(update=_files(config.smtp, folder)),
            "smtp_backup": config.smtp_backup.model_copy(update=_files(config.smtp_backup, folder)),
            "model": config.model.model_copy(
                update={
                    "api_key": _place(config.model.api_key, folder),
                    "ca_file": config.model.ca_file and folder / config.model.ca_file,
                }
            ),
            "backup": config.backup.model_copy(update={"folder": folder / config.backup.folder}),
            "storage": config.storage.model_copy(
                update={"encryption_key": _place(config.storage.encryption_key, folder)}
            ),
        }
    )


def _files(sign_in: SignIn, folder: Path) -> dict[str, Path | str | None]:
    return {
        "password": _place(sign_in.password, folder),
        "client_secret": _place(sign_in.client_secret, folder),
        "service_account": _place(sign_in.service_account, folder),
        "ca_file": sign_in.ca_file and folder / sign_in.ca_file,
    }


def _place(text: str, folder: Path) -> str:
    kind, _, name = text.partition(":")
    return f"file:{folder / name}" if kind == "file" else text
