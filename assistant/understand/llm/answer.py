"""What a model wrote -> the tasks it claims, checked field by field; None where nothing usable can be made of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Annotated, Any

import json_repair
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

MAX_TASKS = 25
"""One mail does not ask for more; a model that says so has begun to repeat itself."""
_A_LOOP = 3
_MAX_CHARS = 100_000
_MAX_MENDED = 8_000
"""Characters: on some garbage json-repair takes the square of the length, a second for this much, minutes for all."""
_MAX_FIELD = 2_000
_MAX_NUMBER = 100_000
_NO_WORD = {"", "null", "none", "n/a", "na", "unknown", "unclear", "not specified", "not mentioned", "-"}


def _word(value: object) -> str | None:
    """A field's text; None for the many ways in which models write that there is none."""
    if value is None or isinstance(value, bool | dict | list):
        return None
    text = str(value).strip()[:_MAX_FIELD]
    return None if text.lower() in _NO_WORD else text


def _number(value: object) -> object:
    """A line's number; some models write it as text."""
    return None if isinstance(value, bool | float) else value


def _is_true(value: object) -> bool:
    return value is True or str(value).strip().lower() in {"true", "yes", "1"}


_Word = Annotated[str | None, BeforeValidator(_word)]


class Claim(BaseModel):
    """One task as the model claims it; nothing here has been held against the mail yet."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    n: Annotated[int, BeforeValidator(_number), Field(ge=1, le=_MAX_NUMBER)]
    """The line that asks."""
    do: _Word = None
    who: _Word = None
    by: _Word = None
    urgent: Annotated[bool, BeforeValidator(_is_true)] = False


FIELDS = tuple(Claim.model_fields)
_TEXT_OR_NULL: dict[str, Any] = {"type": ["string", "null"]}
_SHAPES: dict[str, dict[str, Any]] = {
    "n": {"type": "integer"},
    "do": {"type": "string"},
    "who": _TEXT_OR_NULL,
    "by": _TEXT_OR_NULL,
    "urgent": {"type": "boolean"},
}


def schema(fields: tuple[str, ...] = FIELDS) -> dict[str, Any]:
    """Return the schema of an answer with these fields a task.

    Kept to what every endpoint with "strict" knows: each field is required, no other is allowed, no length is limited.
    """
    item = {
        "type": "object",
        "properties": {field: _SHAPES[field] for field in fields},
        "required": list(fields),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"tasks": {"type": "array", "items": item}},
        "required": ["tasks"],
        "additionalProperties": False,
    }


def read_answer(text: str, *, is_cut: bool = False) -> tuple[Claim, ...] | None:
    """Return the tasks that an answer claims, at most 25; an empty tuple where it says that there are none.

    Fences, thoughts before the answer, trailing commas, a bare list and several objects are put up with. A task without
    a line is left out, but an answer in which every task is broken is no answer.

    Args:
        text: What the model wrote.
        is_cut: True where the answer stops in the middle; its last task is then left out, for it may be cut too.

    """
    items = _items(_decoded(text))
    if items is None:
        return None
    claims = [claim for claim in map(_claim, items) if claim is not None]
    if is_cut:
        del claims[-1:]
    if (items or is_cut) and not claims:
        return None
    return tuple(dict.fromkeys(claims))[:MAX_TASKS]


def unmasked(claim: Claim, unmask: Callable[[str], str | None]) -> Claim | None:
    """Return a claim with the words that stand behind its placeholders; None where `unmask` does not know one."""
    told = {name: unmask(text) for name in ("do", "who", "by") if (text := getattr(claim, name)) is not None}
    return None if None in told.values() else claim.model_copy(update=told)


def repeats_itself(text: str) -> bool:
    """True where one task stands in the answer three times: small models fall into this and do not get out again."""
    items = [json.dumps(item, sort_keys=True) for item in _items(_decoded(text)) or ()]
    return any(count >= _A_LOOP for count in Counter(items).values())


def _decoded(text: str) -> object:
    """The JSON in `text`, mended where it is broken; None where there is none."""
    text = text[:_MAX_CHARS].rpartition("</think>")[2].strip()
    try:
        try:
            return json.loads(text)
        except ValueError:
            begins = max(0, text.find("{"))
            return json_repair.loads(text[begins : begins + _MAX_MENDED])
    # Thousands of brackets in a row; and json-repair promises nothing about what it raises.
    except (RecursionError, ValueError, TypeError, LookupError, AttributeError):
        return None


def _items(answer: object) -> list[object] | None:
    """The entries of every "tasks" list in the answer; None where it holds no such list."""
    if isinstance(answer, dict):
        tasks = answer.get("tasks")
        if isinstance(tasks, list):
            return tasks
        if isinstance(tasks, dict):
            return [tasks]
        return [answer] if "n" in answer else None
    if isinstance(answer, list) and answer:
        found = [items for items in map(_items, (one for one in answer if isinstance(one, dict))) if items is not None]
        return [item for items in found for item in items] if found else None
    return None


def _claim(item: object) -> Claim | None:
    try:
        return Claim.model_validate(item)
    except ValidationError:
        return None
