"""Numbers as they are spoken, "six fifteen" or "one oh four" -> their figures, where a task has such a number."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_TEN, _HUNDRED = 10, 100


def spoken_of(words: str, values: Mapping[str, int], known: Collection[int]) -> tuple[str, tuple[int, ...]]:
    """Return some counting words with each number in figures, and the numbers.

    Hundreds go together only where they are a task's: "six fifteen" is #615 if that is listed, else #6 and #15.

    >>> tens = {"six": 6, "fifteen": 15, "eighteen": 18, "one": 1, "thirty": 30}
    >>> spoken_of("six fifteen and six eighteen", tens, {615, 618})
    ('#615 and #618', (615, 618))
    >>> spoken_of("six fifteen", tens, {6, 15})
    ('#6 #15', (6, 15))
    >>> spoken_of("one thirty one", tens, {131})
    ('#131', (131,))
    """
    tokens = re.findall(r"[a-z]+|[^a-z]+", words)
    said: list[str] = []
    found: list[int] = []
    place = 0
    while place < len(tokens):
        length, number = _longest(tokens, place, values, known)
        if number:
            found.append(number)
            said.append(f"#{number}")
        else:
            said.append(tokens[place])
        place += length
    return "".join(said), tuple(found)


def _longest(tokens: list[str], place: int, values: Mapping[str, int], known: Collection[int]) -> tuple[int, int]:
    """Return the number that begins here, and of how many tokens; 0 where none does."""
    first = values.get(tokens[place], 0)
    if not first:
        return 1, 0
    parts, ends = [first], [place + 1]
    while len(parts) < len(("six", "fifteen", "one")) and (after := _next(tokens, ends[-1], values)) is not None:
        parts.append(after)
        ends.append(ends[-1] + 2)
    for count in range(len(parts), 1, -1):
        number = _together(parts[:count])
        if number in known:
            return ends[count - 1] - place, number
    # "Twenty three" is one number, listed or not.
    is_tens = len(parts) > 1 and _is_tens(parts[0], parts[1])
    return (ends[1] - place, parts[0] + parts[1]) if is_tens else (1, first)


def _next(tokens: list[str], place: int, values: Mapping[str, int]) -> int | None:
    if place + 1 >= len(tokens) or tokens[place] not in {" ", "-"}:
        return None
    return 0 if tokens[place + 1] in {"oh", "o", "zero", "hundred"} else values.get(tokens[place + 1])


def _is_tens(tens: int, unit: int) -> bool:
    return _TEN < tens < _HUNDRED and tens % _TEN == 0 and 0 < unit < _TEN


def _together(parts: list[int]) -> int:
    """Return 615 of six, fifteen; 131 of one, thirty, one; 104 of one, oh, four; 23 of twenty, three."""
    number = parts[0]
    for part in parts[1:]:
        is_joined = part and (_is_tens(number % _HUNDRED, part) or (number >= _HUNDRED and number % _HUNDRED == 0))
        number = number + part if is_joined else number * _HUNDRED + part
    return number
