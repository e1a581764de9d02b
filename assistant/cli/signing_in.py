"""login: a person lets the assistant into a mailbox, once."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from assistant.cli.options import DEFAULT_CONFIG, ConfigPath, out
from assistant.config import Config, SignIn, load
from assistant.daemon import clock
from assistant.errors import ConfigError
from assistant.pipeline.assembly import SMTP, SMTP_BACKUP, open_way
from assistant.signin import Password, Terminal


def login(
    account: Annotated[str, typer.Argument(help="An account's name, or smtp.")],
    config: ConfigPath = DEFAULT_CONFIG,
    *,
    port: Annotated[int, typer.Option(help="google: where your browser comes back to here; 0 for any.")] = 0,
) -> None:
    """Sign in where passwords do not do (Microsoft 365, Google, OAuth2), also anew after that has ended."""
    chosen = load(config)
    settings = _section(chosen, account)
    way_in = open_way(chosen, account, settings, os.environ, clock)
    if isinstance(way_in, Password):
        problem = 'signs in with a password, which lies where `password` says; this is for auth = "microsoft365"'
        raise ConfigError(account, f'{problem}, "google" or "oauth2"')
    granted = way_in.login(Terminal(tell=_tell, ask_secret=_ask_secret, port=port))
    if granted.user and granted.user.lower() != settings.user.lower():
        _tell(f"Signed in as {granted.user}, to open the mailbox of {settings.user}: both are right for a shared one.")
    _tell(f"Signed in. `assistant doctor -c {config}` shows whether the mailbox opens; an assistant that runs goes on.")


def _section(config: Config, name: str) -> SignIn:
    sections: dict[str, SignIn] = {SMTP: config.smtp, SMTP_BACKUP: config.smtp_backup}
    sections |= {account.name: account for account in config.accounts}
    if name not in sections:
        raise ConfigError(name, f"there is no such account; choose from {', '.join(sections)}")
    return sections[name]


def _tell(text: str) -> None:
    out.print(text, highlight=False, markup=False)


def _ask_secret(question: str) -> str:
    # Never an argument: those stand in the list of processes.
    return str(typer.prompt(question, hide_input=True))
