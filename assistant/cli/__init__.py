"""The command line: each command reads its arguments and calls one function."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.metadata import version
from typing import Annotated, NoReturn

import typer

from assistant.cli import (
    audit,
    backup,
    configuration,
    dialogue,
    keys,
    ledger,
    purge,
    quarantine,
    running,
    setup,
    signing_in,
    status,
)
from assistant.cli.discretion import be_discreet
from assistant.cli.options import unforeseen
from assistant.errors import AssistantError, ConfigError

app = typer.Typer(
    name="assistant",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _say_version(is_asked: bool) -> None:  # noqa: FBT001 - it is called with the value alone
    if is_asked:
        print(f"assistant {version('coordination-assistant')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    _: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which one this is, and end.")
    ] = False,
) -> None:
    """Coordination assistant: reads the inbox, keeps the ledger, answers by mail."""


app.command()(running.run)
app.command()(running.once)
app.command()(dialogue.init)
app.command()(setup.doctor)
app.command()(signing_in.login)
app.add_typer(configuration.app, name="config")
app.command()(status.status)
app.command()(ledger.tasks)
app.command()(ledger.show)
app.command()(ledger.digest)
app.command()(running.replay)
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(backup.encrypt)
app.command()(purge.purge)
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(keys.app, name="keys")
app.add_typer(audit.app, name="audit")


def main() -> None:
    """Run a command. An error is one line; exit status 2 means that the configuration or the call is wrong."""
    be_discreet()
    try:
        app()
    except AssistantError as error:
        _end(str(error), 2 if isinstance(error, ConfigError) else 1)
    except Exception as error:  # noqa: BLE001 - a traceback would show what the mail says that was being read
        _end(unforeseen(error), 1)


def _end(said: str, status: int) -> NoReturn:
    # Where even this cannot be written, the status tells.
    with suppress(OSError):
        print(f"assistant: {said}", file=sys.stderr, flush=True)
    sys.exit(status)
