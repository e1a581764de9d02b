"""init: answers, or options in their place -> a configuration that holds together."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.options import DEFAULT_CONFIG, ConfigPath, out
from assistant.config import load
from assistant.config.fields import email_address, host_and_port, known_zone
from assistant.config.write import write
from assistant.errors import ConfigError

_PROVIDERS = {
    "gmail": {"imap": "imap.gmail.com", "smtp": "smtp.gmail.com", "smtp_security": "tls"},
    "microsoft": {"imap": "outlook.office365.com", "smtp": "smtp.office365.com", "smtp_security": "starttls"},
    "other": {"imap": "", "smtp": "", "smtp_security": "tls"},
}
_PROOF = {"gmail": "gmail", "microsoft": "microsoft365", "other": "own"}
"""What shows who sent a mail, by provider."""
_NO_CLIENT = "00000000-0000-0000-0000-000000000000"


def _one_of(*words: str) -> Callable[[str], str]:
    def look(text: str) -> str:
        if text not in words:
            raise ValueError(f"{text!r} is not known; write {', '.join(words[:-1])} or {words[-1]}")
        return text

    return look


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ValueError(f"{text!r} is no day; write it as 2026-03-01") from error


def _server(text: str) -> str:
    host_and_port(text)
    return text


def _name(text: str) -> str:
    if not text.strip():
        raise ValueError("write a name")
    return text.strip()


_Look = Callable[[str], str]
_KIND, _PROVIDER = _one_of("forwarded", "inbox"), _one_of(*_PROVIDERS)


def _checked(look: _Look) -> _Look:
    """Return what looks at an answer at once, so that a wrong one is asked for again; "" was not given."""

    def checked(text: str) -> str:
        try:
            return look(text) if text else text
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error

    return checked


def _option(look: _Look, said: str) -> Any:  # noqa: ANN401 - as typer has it
    return typer.Option(help=said, callback=_checked(look))


def init(
    config: ConfigPath = DEFAULT_CONFIG,
    *,
    name: Annotated[str, _option(_name, "The coordinator's name.")] = "",
    email: Annotated[str, _option(email_address, "Their address; digests go there.")] = "",
    timezone: Annotated[str, _option(known_zone, "IANA name; America/New_York by default.")] = "",
    kind: Annotated[
        str,
        _option(
            _KIND,
            "forwarded, by default: the assistant has a mailbox of its own; inbox: it reads the coordinator's.",
        ),
    ] = "",
    address: Annotated[str, _option(email_address, "The mailbox's address.")] = "",
    provider: Annotated[str, _option(_PROVIDER, "gmail, microsoft or other.")] = "",
    imap: Annotated[str, _option(_server, "IMAP server, HOST or HOST:PORT, where the provider is another.")] = "",
    smtp: Annotated[str, _option(_server, "SMTP server, HOST or HOST:PORT, where the provider is another.")] = "",
    since: Annotated[str, _option(_day, "Read mail from this day on, e.g. 2026-03-01; today by default.")] = "",
    client_id: Annotated[
        str, typer.Option(help="microsoft: the id of the application that you registered; see docs/sign-in.md.")
    ] = _NO_CLIENT,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a configuration that is there.")] = False,
) -> None:
    """Write a configuration, by a short dialogue or from the options alone."""
    if config.exists() and not force:
        raise ConfigError(str(config), "is there already; say --force to overwrite it")
    person = {"name": name or _asked("--name", "Coordinator's name", _name)}
    person["email"] = email or _asked("--email", "Coordinator's address", email_address)
    zone = timezone or _asked("--timezone", "Time zone", known_zone, "America/New_York")
    kind = kind or _asked("--kind", "Mailbox: forwarded (its own) or inbox (the coordinator's)", _KIND, "forwarded")
    address = address or _asked("--address", "Address of that mailbox", email_address)
    provider = provider or _asked("--provider", "Provider (gmail, microsoft, other)", _PROVIDER)
    known = _PROVIDERS[provider]
    imap = imap or known["imap"] or _asked("--imap", "IMAP server", _server)
    smtp = smtp or known["smtp"] or _asked("--smtp", "SMTP server", _server)
    sign_in = _sign_in(provider, address, client_id)
    account = {"name": "mail", "kind": kind, "person": person["email"], **_reached(imap), **sign_in}
    text = write(
        {
            "organisation": {"timezone": zone},
            "assistant": {"address": address},
            "people": [person],
            "accounts": [account | {"since": date.fromisoformat(since) if since else _today()}],
            "smtp": {**_reached(smtp), "security": known["smtp_security"], **sign_in},
            "trust": {"sender_proof": _PROOF[provider]},
        }
    )
    _save(config, text)
    _say_what_is_next(config, provider)


def _asked(option: str, question: str, look: _Look, default: str = "") -> str:
    """Return the answer of who sits there; where nobody does, the default."""
    try:
        return str(typer.prompt(question, default=default or None, value_proc=_checked(look)))
    except typer.Abort:
        if sys.stdin.isatty():
            raise
        # The question stands there without an answer.
        print()
        if default:
            return default
        raise ConfigError(option, "is not given, and nobody is there to be asked") from None


def _reached(server: str) -> dict[str, object]:
    host, port = host_and_port(server)
    return {"host": host, "port": port} if port else {"host": host}


def _sign_in(provider: str, address: str, client_id: str) -> dict[str, object]:
    if provider != "microsoft":
        return {"user": address, "password": "env:ASSISTANT_PASSWORD"}
    # It takes no passwords; a directory is known by its domain as well.
    tenant = address.rpartition("@")[2]
    return {"user": address, "auth": "microsoft365", "tenant": tenant, "client_id": client_id}


def _say_what_is_next(config: Path, provider: str) -> None:
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


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day where this machine stands, as its user means it
