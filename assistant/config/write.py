"""Settings -> a commented config.toml: the example in the repository, and what `assistant init` writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from assistant.config.fields import Settings
from assistant.config.settings import AccountSettings, Config, PersonSettings, SignIn

_HEAD = """\
# Configuration of the Coordination Assistant.
# A line that begins with "#" shows a default; take the "#" away to change it.
# Passwords do not stand here, only where they lie: in the environment, in a file with mode 0600, or in a key store.
"""
_SECTIONS = {
    "organisation": "# --- The organisation",
    "assistant": "# --- The assistant itself",
    "people": "# --- The people it works for: one [[people]] each",
    "accounts": "# --- The mailboxes it reads: one [[accounts]] each",
    "smtp": "# --- The server that our mails leave by",
    "smtp_backup": "# --- A second server for them, of another house if possible; without a host there is none",
    "model": "# --- A language model; without one the embedded engine reads all mail",
    "backup": "# --- Copies of the ledger, made each night",
    "storage": "# --- Who may read the ledger's files",
    "retention": "# --- How long what is kept is kept; open tasks and mails that wait are never purged",
    "limits": "# --- What senders and loops may cost; all of it is read, and nothing is lost",
    "health": "# --- How others notice that something is wrong; `assistant status` tells it at any time",
    "rights": "# --- What people may do with a task by mail, by what they are to it; all that they are counts",
    "trust": "# --- Whose words are followed: a command needs a token of ours, and proof of who sent it",
}
_Chosen = Mapping[str, object]


def write(chosen: Mapping[str, _Chosen | list[_Chosen]]) -> str:
    """Return the text of a configuration in which every setting stands, those that are `chosen` with their value.

    Args:
        chosen: section -> setting -> value; for `people` and `accounts` a list of these.

    """
    parts = [_HEAD]
    for section, field in Config.model_fields.items():
        parts.append(_SECTIONS[section])
        kind = _record(field)
        several = get_origin(field.annotation) is tuple
        given = chosen.get(section, [{}] if several else {})
        rows = given if isinstance(given, list) else [given]
        title = f"[[{section}]]" if several else f"[{section}]"
        parts.extend(_table(title, kind, row) for row in rows)
    return "\n".join(parts)


def example() -> str:
    """Return the text of config.example.toml."""
    return write(
        {
            "assistant": {"address": "assistant@example.org"},
            "people": [
                {"email": "dana@example.org", "name": "Dana Whitfield", "supervisor": "marcus@example.org"},
                {"email": "marcus@example.org", "name": "Marcus Oyelaran"},
            ],
            "accounts": [
                {
                    "name": "assistant",
                    "person": "dana@example.org",
                    "host": "imap.example.org",
                    "user": "assistant@example.org",
                    "password": "env:ASSISTANT_PASSWORD",
                }
            ],
            "smtp": {
                "host": "smtp.example.org",
                "user": "assistant@example.org",
                "password": "env:ASSISTANT_PASSWORD",
            },
        }
    )


def _record(field: FieldInfo) -> type[Settings]:
    if get_origin(field.annotation) is tuple:
        return PersonSettings if "PersonSettings" in str(field.annotation) else AccountSettings
    assert isinstance(field.annotation, type)
    return field.annotation


def _table(title: str, kind: type[Settings], given: _Chosen) -> str:
    lines = [title]
    # What a record adds to the sign-in comes first: its name and kind.
    for name, field in sorted(kind.model_fields.items(), key=lambda item: item[0] in SignIn.model_fields):
        value = given.get(name, None if field.default is PydanticUndefined else field.default)
        mark = "" if name in given or field.is_required() else "# "
        line = f"{mark}{name} = {toml(value)}"
        lines.append(f"{line:<44}  # {field.description}" if field.description else line)
    return "\n".join(lines) + "\n"


def toml(value: object) -> str:
    """Return a value as TOML writes it; None is an empty string, which every optional setting reads as nothing."""
    if value is None:
        return '""'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime('"%H:%M"')
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    # JSON's strings are TOML's basic strings.
    return json.dumps(value.as_posix() if isinstance(value, Path) else str(value), ensure_ascii=False)
