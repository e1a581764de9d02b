"""Counts that stand with a noun ("one week") -> the tasks whose titles count so: it tells alike titles apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.decide.commands.wording.likeness import stem
from assistant.decide.commands.wording.spelled import VALUES
from assistant.decide.commands.wording.text import fold
from assistant.records import Task

_COUNTED = re.compile(r"(?=(?<![\w#.:/$-])([a-z]{2,12}|\d{1,3})[ -]([a-z]{3,20}))")
_COUNTS = {word: value for word, value in VALUES.items() if word != "once"}


def told_apart(words: str, numbers: Sequence[int], tasks: Sequence[Task]) -> tuple[int, ...]:
    """Return those of some tasks whose titles count what `words` count; all of them where none or no title does."""
    said = _pairs(words)
    if len(numbers) < len(("one", "other")) or not said:
        return tuple(numbers)
    counts = {task.number: _pairs(task.title) for task in tasks if task.number in numbers}
    alike = tuple(number for number in numbers if said & counts.get(number, frozenset()))
    nouns = {noun for _, noun in said}
    # Only where the others count the same thing otherwise: "one week" beside "two weeks".
    others = [counts.get(number, frozenset()) for number in numbers if number not in alike]
    is_apart = len(alike) == 1 and all(nouns & {noun for _, noun in other} for other in others)
    return alike if is_apart else tuple(numbers)


@lru_cache(maxsize=4096)
def _pairs(words: str) -> frozenset[tuple[int, str]]:
    plain = fold(words)
    found = []
    for match in _COUNTED.finditer(plain):
        value = int(match[1]) if match[1].isdigit() else _COUNTS.get(match[1], 0)
        if value:
            found.append((value, stem(match[2])))
    return frozenset(found)
