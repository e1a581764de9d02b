"""Records <-> JSON text, without loss: a day stays a day, an instant an instant."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, TypeVar, get_args

from assistant.records import Change, Deadline, Evidence, Outcome, Stranger, Task

_Record = TypeVar("_Record")
_KINDS = (*get_args(Change), Deadline, Evidence, Outcome, Stranger, Task)
_RECORDS: dict[str, type[Any]] = {kind.__name__: kind for kind in _KINDS}
_FIELDS = {name: tuple(field.name for field in fields(kind)) for name, kind in _RECORDS.items()}


def encode(record: Change | Task | Outcome) -> str:
    """Return the record as one line of JSON."""
    return json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":"))


def decode(text: str, kind: type[_Record]) -> _Record:
    """Return the record that `encode` was given.

    Raises:
        ValueError: The text is no record of this kind; fields that a newer version added do not count.

    """
    record = _record(json.loads(text))
    if not isinstance(record, kind):
        raise ValueError(f"expected {kind.__name__}, found {type(record).__name__}")  # noqa: TRY004 - the text is wrong
    return record


def _plain(value: Any) -> Any:  # noqa: ANN401 - any field of any record
    if is_dataclass(value) and not isinstance(value, type):
        return {"is": type(value).__name__} | {
            name: _plain(getattr(value, name)) for name in _FIELDS[type(value).__name__]
        }
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _record(value: Any) -> Any:  # noqa: ANN401 - any field of any record
    if isinstance(value, list):
        return tuple(_record(item) for item in value)
    if not isinstance(value, dict):
        return value
    # A record is told first: one of its fields may be named "at".
    if "is" not in value:
        return datetime.fromisoformat(value["at"]) if "at" in value else date.fromisoformat(value["day"])
    kind = _RECORDS[value["is"]]
    known = _FIELDS[value["is"]]
    return kind(
        **{
            # Most values are what they are: text, a number, nothing.
            name: _record(item) if isinstance(item, dict | list) else item
            for name, item in value.items()
            if name in known
        }
    )
