"""Where prompts/ and rules/ lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from assistant.errors import ConfigError

_PACKAGE = Path(__file__).resolve().parent.parent


def material(name: Literal["prompts", "rules"]) -> Path:
    """Return the folder of that name.

    Raises:
        ConfigError: It is in neither place, so the installation is broken.

    """
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise ConfigError(name, "the folder is missing from this installation; install the program again")
