"""Secrets: where they may lie, where not, and where they never turn up."""

from __future__ import annotations

import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

import keyring
import keyring.errors
import pytest
from pydantic import ValidationError

from assistant.config import load
from assistant.config.settings import SignIn
from assistant.config.write import example
from assistant.errors import ConfigError
from assistant.signin import Password, Proof, Secrets, open_credential

SECRET = "four-grey-herons-wade"


def private(folder: Path, text: str = f"{SECRET}\n", mode: int = 0o600) -> Path:
    file = folder / "secret"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return file


def told(place: str, **environment: str) -> str:
    """Return what is said of a secret that cannot be had."""
    with pytest.raises(ConfigError) as caught:
        Secrets(environment).get("desk, password", place)
    said = str(caught.value)
    assert said.startswith("desk, password: ")
    assert "\n" not in said
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    return said


def test_a_secret_comes_from_the_environment_a_file_systemd_or_nowhere(tmp_path: Path):
    file = private(tmp_path)
    secrets = Secrets({"PW": SECRET, "CREDENTIALS_DIRECTORY": str(tmp_path)})

    assert secrets.get("x", "env:PW") == SECRET
    assert secrets.get("x", f"file:{file}") == SECRET
    assert secrets.get("x", "credential:secret") == SECRET
    assert secrets.get("x", "") is None


def test_systemd_guards_its_credentials_by_other_means_than_modes(tmp_path: Path):
    private(tmp_path, mode=0o440)

    assert Secrets({"CREDENTIALS_DIRECTORY": str(tmp_path)}).get("x", "credential:secret") == SECRET


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o666, 0o777])
def test_a_file_that_others_may_use_is_refused(tmp_path: Path, mode: int):
    assert "run: chmod 600" in told(f"file:{private(tmp_path, mode=mode)}")


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_file_that_only_we_may_read_is_taken(tmp_path: Path, mode: int):
    assert Secrets({}).get("x", f"file:{private(tmp_path, mode=mode)}") == SECRET


def test_a_file_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = private(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: file.stat().st_uid + 1)

    assert "belongs to another user; run: chown" in told(f"file:{file}")


@pytest.mark.parametrize(
    ("place", "problem"),
    [
        ("env:NOT_SET", "the environment variable NOT_SET is not set"),
        ("env:BLANK", "the environment variable BLANK is not set"),
        ("file:/nowhere/at/all", "cannot read the file /nowhere/at/all"),
        ("credential:secret", "systemd hands over no credentials; write LoadCredential=secret"),
    ],
)
def test_a_secret_that_is_not_there_is_asked_for(place: str, problem: str):
    assert problem in told(place, BLANK=" ")


@pytest.mark.parametrize(
    ("content", "problem"), [("", "is empty"), (" \n", "is empty"), ("x" * 70_000, "is too long for a secret")]
)
def test_what_is_no_secret_is_said(tmp_path: Path, content: str, problem: str):
    assert problem in told(f"file:{private(tmp_path, content)}")


def test_a_credential_of_another_name_is_said(tmp_path: Path):
    assert "no credential imap" in told("credential:imap", CREDENTIALS_DIRECTORY=str(tmp_path))


class KeyStore:
    """A key store with one entry, or one that is locked."""

    is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise keyring.errors.KeyringLocked("for dana")
        return SECRET if (service, username) == ("assistant", "imap") else None


@pytest.fixture
def store() -> KeyStore:
    return KeyStore()


@pytest.fixture(autouse=True)
def _in_use(store: KeyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_password", store.get_password)


def test_a_key_store_is_asked(store: KeyStore):
    assert Secrets({}).get("x", "keyring:assistant/imap") == SECRET
    assert "run: keyring set assistant smtp" in told("keyring:assistant/smtp")

    store.is_locked = True
    assert "the key store cannot be opened (KeyringLocked)" in told("keyring:assistant/imap")


def test_without_the_extra_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "keyring", None)

    assert "coordination-assistant[keyring]" in told("keyring:assistant/imap")


@pytest.mark.parametrize("setting", ["password", "client_secret", "service_account"])
def test_a_secret_in_the_configuration_itself_is_refused_and_not_repeated(setting: str):
    with pytest.raises(ValidationError) as caught:
        SignIn.model_validate({setting: SECRET})

    assert "says where a secret lies and never holds it" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_secret_in_the_configuration_is_not_in_the_traceback_either(tmp_path: Path):
    path = tmp_path / "config.toml"
    path.write_text(example().replace("env:ASSISTANT_PASSWORD", SECRET), encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        load(path)
    assert "accounts, number 1, password: says where a secret lies" in str(caught.value)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_no_repr_holds_a_secret():
    secrets = Secrets({"PW": SECRET})
    way_in = open_credential(
        "desk", SignIn(password="env:PW"), secrets, folder=Path("/nowhere"), clock=lambda: datetime.now(UTC)
    )

    assert isinstance(way_in, Password)
    assert SECRET not in repr((secrets, way_in, Proof("password", SECRET)))
