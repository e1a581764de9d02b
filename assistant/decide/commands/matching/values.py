"""What stands between a task's number and its "done" -> whether it is but the value found: "9 - inr 2.1 ok done"."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.explained import told_words
from assistant.decide.commands.matching.told import thing
from assistant.decide.commands.wording.text import SIGN
from assistant.records import Task

_VALUE = re.compile(r"[<>=]?\d{1,4}(?:[.:/]\d{1,4}){0,2}[a-z%]{0,5}")
_JUDGED = re.compile(
    r"ok|okay|fine|good|normal|nl|wnl|neg|negative|clear|stable|all|mg|mcg|ml|dl|mmol|units?|percent|bpm|and|y|bien"
)
_BESIDE = re.compile(rf"(?:(?:the|task|la|el) )?{SIGN}+\s*[:,.>-]*\s*(?P<v>[^{SIGN}]{{1,40}})")
_MOST = 6
_LEAST_PREFIX = 2


def is_value(slot: str, task: Task) -> bool:
    """Return whether the folded words hold a number and a task's value, and name at most the very thing it asks for."""
    match = _BESIDE.fullmatch(slot)
    words = told_words(match["v"]) if match else []
    if not 0 < len(words) <= _MOST or not any(_VALUE.fullmatch(word) for word in words):
        return False
    own = thing(task)
    return all(
        _VALUE.fullmatch(word) or _JUDGED.fullmatch(word) or (len(word) >= _LEAST_PREFIX and own.startswith(word))
        for word in words
    )
