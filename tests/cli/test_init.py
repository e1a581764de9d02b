"""`init` without anybody at the keyboard: what is left out has its default, or is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.config import load
from assistant.errors import ConfigError

GIVEN = {"--name": "Dana", "--email": "dana@clinic.example", "--address": "assistant@clinic.example"}
GIVEN |= {"--provider": "other", "--imap": "imap.clinic.example", "--smtp": "smtp.clinic.example"}


def said(folder: Path, **options: str) -> Result:
    given = GIVEN | {f"--{name}": value for name, value in options.items()} | {"--config": str(folder / "config.toml")}
    words = [word for name, value in given.items() if value for word in (name, value)]
    return CliRunner().invoke(app, ["init", *words], input="")


def test_what_has_a_default_need_not_be_given(tmp_path: Path):
    result = said(tmp_path)
    config = load(tmp_path / "config.toml")

    assert result.exit_code == 0, result.output
    assert (config.accounts[0].kind, config.organisation.timezone) == ("forwarded", "America/New_York")


@pytest.mark.parametrize("option", ["name", "email", "address", "provider", "imap", "smtp"])
def test_an_option_that_is_needed_is_named(tmp_path: Path, option: str):
    result = said(tmp_path, **{option: ""})

    assert isinstance(result.exception, ConfigError)
    assert str(result.exception) == f"--{option}: is not given, and nobody is there to be asked"
    assert list(tmp_path.iterdir()) == []


def test_a_port_behind_a_servers_name_is_taken_for_one(tmp_path: Path):
    result = said(tmp_path, imap="localhost:21993", smtp="[::1]:587")
    config = load(tmp_path / "config.toml")

    assert result.exit_code == 0, result.output
    assert (config.accounts[0].host, config.accounts[0].port) == ("localhost", 21993)
    assert (config.smtp.host, config.smtp.port) == ("::1", 587)


@pytest.mark.parametrize(
    "server", ["imaps://mail.example", "mail.example:imaps", "mail.example:0", "mail:99999", "a b"]
)
def test_what_is_no_server_is_refused(tmp_path: Path, server: str):
    result = said(tmp_path, imap=server)

    assert result.exit_code == 2
    assert "is no server; write it as mail.example.org or mail.example.org:993" in result.output
    assert list(tmp_path.iterdir()) == []
