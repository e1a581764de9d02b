"""Where a secret lies, as the configuration says -> the secret. Every password and key of ours comes this way."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from assistant.errors import ConfigError

_MOST = 64 * 1024
"""Bytes of a secret; a service account's key is the longest."""


class Secrets:
    """Fetches secrets, and keeps none: nothing of them is in its repr or in any error's text."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def __repr__(self) -> str:
        return "Secrets()"

    def get(self, where: str, place: str) -> str | None:
        """Return the secret; None where no place is named.

        Args:
            where: The setting, for the error's text.
            place: "env:NAME", "file:PATH", "credential:NAME" (systemd's LoadCredential) or "keyring:SERVICE/NAME".

        Raises:
            ConfigError: It is not there, or others could read it.

        """
        if not place:
            return None
        kind, _, name = place.partition(":")
        match kind:
            case "env":
                return self._from_environment(where, name)
            case "file":
                return read_private(where, Path(name))
            case "credential":
                return self._from_systemd(where, name)
            case _:
                # Most sites have no key store, and its library comes as an extra.
                from assistant.signin.keystore import looked_up  # noqa: PLC0415

                return looked_up(where, *name.split("/", 1))

    def _from_environment(self, where: str, name: str) -> str:
        value = self._environment.get(name, "").strip()
        if not value:
            raise ConfigError(where, f"the environment variable {name} is not set")
        return value

    def _from_systemd(self, where: str, name: str) -> str:
        folder = self._environment.get("CREDENTIALS_DIRECTORY", "")
        if not folder:
            problem = f"systemd hands over no credentials; write LoadCredential={name}:... in the unit"
            raise ConfigError(where, problem)
        try:
            # systemd lets nobody else in, by an access list that shows as a group's right.
            return _text(where, name, (Path(folder) / name).read_bytes())
        except OSError:
            problem = f"systemd hands over no credential {name}; see LoadCredential= in the unit"
            raise ConfigError(where, problem) from None


def read_private(where: str, path: Path) -> str:
    """Return what a file holds that belongs to us and that nobody else may read.

    Raises:
        ConfigError: It is missing or empty, belongs to somebody else, or others may read it.

    """
    try:
        with path.open("rb") as file:
            # Asked of the open file: what its name stands for may change meanwhile.
            status = os.fstat(file.fileno())
            # Windows has no such modes; there the folder's rights must do.
            if os.name == "posix" and status.st_uid != os.geteuid():
                raise ConfigError(where, f"{path} belongs to another user; run: chown {_user()} {path}")
            if os.name == "posix" and status.st_mode & 0o077:
                raise ConfigError(where, f"{path} may be read by others; run: chmod 600 {path}")
            return _text(where, str(path), file.read(_MOST + 1))
    except OSError as error:
        raise ConfigError(where, f"cannot read the file {path} ({error.strerror or 'not readable'})") from None


def _text(where: str, name: str, content: bytes) -> str:
    if len(content) > _MOST:
        raise ConfigError(where, f"{name} is too long for a secret")
    try:
        value = content.decode().strip()
    except UnicodeDecodeError:
        raise ConfigError(where, f"{name} is not UTF-8") from None
    if not value:
        raise ConfigError(where, f"{name} is empty; put the secret on its first line")
    return value


def _user() -> str:
    return str(os.geteuid())
