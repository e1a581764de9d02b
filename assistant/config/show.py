"""A Config -> the text of what is in force, every default included, without anything that lets somebody in."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from assistant.config.fields import Settings, is_place
from assistant.config.settings import AccountSettings, Config
from assistant.config.write import toml

State = Callable[[str, str], str]
_HIDDEN = "..."
_SECRET_PATHS = {"heartbeat_url"}
"""Whoever knows such an address can speak in our name there."""


def shown(config: Config, state: State) -> str:
    """Return it as TOML; `state` says of a setting and the place it names whether its secret is there."""
    parts: list[str] = []
    for section in type(config).model_fields:
        value = getattr(config, section)
        rows, title = (value, f"[[{section}]]") if isinstance(value, tuple) else ((value,), f"[{section}]")
        parts += ["\n".join([title, *_lines(section, row, state), ""]) for row in rows]
    return "\n".join(parts)


def _lines(section: str, settings: Settings, state: State) -> list[str]:
    lines: list[str] = []
    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        line = f"{name} = {toml(_redacted(name, value))}"
        if value and is_place(field):
            whose = settings.name if isinstance(settings, AccountSettings) else section
            line += f"  # {state(f'{whose}, {name}', value)}"
        lines.append(line)
    return lines


def _redacted(name: str, value: object) -> object:
    """Return the value, of an address only what is not secret in it."""
    if not isinstance(value, str) or "://" not in value:
        return value
    parts = urlsplit(value)
    host = parts.netloc.rpartition("@")[2]
    netloc = f"{_HIDDEN}@{host}" if host != parts.netloc else host
    path = f"/{_HIDDEN}" if name in _SECRET_PATHS else parts.path
    return parts._replace(netloc=netloc, path=path, query=_HIDDEN if parts.query else "", fragment="").geturl()
