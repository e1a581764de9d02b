"""A password or key: from the environment, or from a file that only its owner may read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from assistant.errors import ConfigError


def secret(where: str, *, variable: str, file: Path | None, environment: Mapping[str, str]) -> str | None:
    """Return the secret, or None where neither a variable nor a file is named.

    Args:
        where: The setting, for the error's text.
        variable: Name of the environment variable; "" for none.
        file: The file; its mode must be 0600 or stricter.
        environment: Where variables are looked up.

    Raises:
        ConfigError: The variable is not set, or the file is missing, empty or readable by others.

    """
    if variable:
        value = environment.get(variable)
        if not value:
            raise ConfigError(where, f"the environment variable {variable} is not set")
        return value
    return None if file is None else _from_file(where, file)


def _from_file(where: str, file: Path) -> str:
    try:
        status = file.stat()
        value = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(where, f"cannot read the file {file} ({_reason(error)})") from error
    # Windows has no such modes; there the folder's rights must do.
    if os.name == "posix" and (status.st_mode & 0o077 or status.st_uid not in {os.getuid(), 0}):
        raise ConfigError(where, f"{file} may be read by others; run: chmod 600 {file}")
    if not value:
        raise ConfigError(where, f"{file} is empty; put the password on its first line")
    return value


def _reason(error: Exception) -> str:
    return (error.strerror or "not readable") if isinstance(error, OSError) else "not UTF-8"
