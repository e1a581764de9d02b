"""config show: what is in force."""

from __future__ import annotations

import os

import typer

from assistant.cli.options import DEFAULT_CONFIG, ConfigPath
from assistant.config import load
from assistant.config.show import shown
from assistant.errors import ConfigError
from assistant.signin import Secrets

app = typer.Typer(name="config", help="The configuration.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def config() -> None:
    """Look at the configuration."""


@app.command()
def show(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Show every setting that is in force, defaults included; of secrets only where they lie, and whether they do."""
    secrets = Secrets(os.environ)

    def state(where: str, place: str) -> str:
        try:
            secrets.get(where, place)
        except ConfigError as error:
            return f"MISSING: {error}"
        return "is there"

    print(shown(load(config), state))
