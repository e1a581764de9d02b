"""rules/escalation.toml -> the ladder for each priority."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import TypeVar, get_args

from assistant.errors import ConfigError
from assistant.records import PRIORITIES, EscalationPolicy, EscalationStep, Role

_DELAY = re.compile(r"(\d{1,4}) ?(min|h|days?)")
_UNITS = {
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "day": timedelta(days=1),
    "days": timedelta(days=1),
}
_ROLES: tuple[Role, ...] = get_args(Role)

Name = TypeVar("Name", bound=str)


def load_escalation(path: Path) -> EscalationPolicy:
    """Return the policy that the file at `path` describes.

    Raises:
        ConfigError: The file cannot be read, or something in it is missing or wrong.

    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(path.name, "cannot be read; is it there, and saved as UTF-8?") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path.name, f"is not valid TOML: {error}") from error
    unknown = set(table) - {*PRIORITIES, "ignores_quiet_hours"}
    if unknown:
        raise ConfigError(path.name, f"has {', '.join(sorted(unknown))}, which means nothing here")
    return EscalationPolicy(
        critical=_ladder(path.name, table, "critical"),
        high=_ladder(path.name, table, "high"),
        normal=_ladder(path.name, table, "normal"),
        ignores_quiet_hours=frozenset(
            _names(f"{path.name}, ignores_quiet_hours", table.get("ignores_quiet_hours"), PRIORITIES)
        ),
    )


def _ladder(file: str, table: dict[str, object], priority: str) -> tuple[EscalationStep, ...]:
    steps = table.get(priority)
    if not isinstance(steps, list) or not steps:
        raise ConfigError(file, f"needs at least one [[{priority}]] with `after` and `to`")
    return tuple(_step(f"{file}, {priority} step {place}", step) for place, step in enumerate(steps, start=1))


def _step(where: str, step: object) -> EscalationStep:
    if not isinstance(step, dict) or set(step) != {"after", "to"}:
        raise ConfigError(where, "needs `after` and `to`, and nothing else")
    to = _names(f"{where}, to", step["to"], _ROLES)
    if not to:
        raise ConfigError(f"{where}, to", "names nobody")
    return EscalationStep(after=_delay(f"{where}, after", step["after"]), to=to)


def _delay(where: str, value: object) -> timedelta:
    match = _DELAY.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ConfigError(where, f'{value!r} is no delay; write e.g. "30 min", "4 h" or "2 days"')
    return int(match[1]) * _UNITS[match[2]]


def _names(where: str, value: object, known: tuple[Name, ...]) -> tuple[Name, ...]:
    if not isinstance(value, list):
        raise ConfigError(where, f"is missing or no list; choose from {', '.join(known)}")
    names: list[Name] = []
    for one in value:
        if one not in known:
            raise ConfigError(where, f"{one!r} is not known; choose from {', '.join(known)}")
        names.append(known[known.index(one)])
    return tuple(names)
