r"""Patterns -> which of them can match a text at all, told from four letters in a row. Saves most of the searches.

Each pattern is taken apart once: what letters must stand in a text that it matches? Of these the rarest four in a row
are looked up; a text that holds none of them is not searched. A pattern that needs no letters is always searched.
Whatever is no letter or digit counts as a space, and so does the border of a word: "by" in `\bby\b` is " by ".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_GRAM = 4
_MOST = 128
"""Strings that one part of a pattern is spelled out into."""
_MOST_IN_SET = 6
_Strings = frozenset[str]
_EMPTY: _Strings = frozenset([""])
_BORDER: _Strings = frozenset([" "])
_BORDERS = {sre.AT_BEGINNING, sre.AT_BEGINNING_STRING, sre.AT_BOUNDARY, sre.AT_END, sre.AT_END_STRING}
_NO_LETTERS = re.compile(r"[\W_]{1,999}")


class Screen:
    """For a fixed list of patterns."""

    def __init__(self, patterns: Sequence[re.Pattern[str]], samples: Iterable[str]) -> None:
        """Take the patterns apart.

        Args:
            patterns: Compiled with IGNORECASE.
            samples: Ordinary text; what is rare in it is worth looking up.
        """
        common = Counter(gram for text in samples for gram in _grams(text))
        self._always = 0
        self._by_gram: dict[str, int] = {}
        for place, pattern in enumerate(patterns):
            needed = needs(pattern, common)
            if needed is None:
                self._always |= 1 << place
                continue
            for gram in {_rarest(string, common) for string in needed}:
                self._by_gram[gram] = self._by_gram.get(gram, 0) | 1 << place
        self._grams = frozenset(self._by_gram)
        self.candidates = lru_cache(maxsize=512)(self._candidates)
        """text -> the patterns that may match it, as bits."""

    def _candidates(self, text: str) -> int:
        bits = self._always
        for gram in self._grams & _grams(text):
            bits |= self._by_gram[gram]
        return bits


def needs(pattern: re.Pattern[str], common: Mapping[str, int]) -> _Strings | None:
    r"""Return strings one of which stands, made plain, in any text that the pattern matches; None: there are none.

    Args:
        pattern: Compiled with IGNORECASE.
        common: How often three letters stand together in ordinary text; of several such sets the rarest is returned.

    >>> sorted(needs(re.compile(r"\b(?:fax|mail)(?:ed)? it\b", re.IGNORECASE), {}))
    [' fax it ', ' faxed it ', ' mail it ', ' mailed it ']
    >>> needs(re.compile(r"\d{1,3}"), {})
    """
    try:
        return _needed(parser.parse(pattern.pattern, pattern.flags), common)
    except (re.error, RecursionError):
        return None


def _rarest(string: str, common: Mapping[str, int]) -> str:
    grams = (string[at : at + _GRAM] for at in range(len(string) - _GRAM + 1))
    return min(grams, key=lambda one: (common.get(one, 0), one))


def _plain(text: str) -> str:
    return _NO_LETTERS.sub(" ", text.casefold())


def _grams(text: str) -> frozenset[str]:
    folded = _plain(f" {text} ")
    return frozenset([folded[at : at + _GRAM] for at in range(len(folded) - _GRAM + 1)])


def _needed(sequence: Any, common: Mapping[str, int]) -> _Strings | None:  # noqa: ANN401 - the parser's own types
    """Return the best of what the parts of a sequence need, neighbours taken together."""
    found: list[_Strings] = []
    run = _EMPTY
    for op, value in sequence:
        strings = _exact(op, value)
        joined = None if strings is None else frozenset(one + other for one in run for other in strings)
        if joined is not None and len(joined) <= _MOST:
            run = joined
            continue
        found.append(run)
        run = strings if strings is not None else _EMPTY
        if strings is None and (inner := _inner(op, value, common)) is not None:
            found.append(inner)
    found.append(run)
    plain = [frozenset(map(_plain, one)) for one in found]
    useful = [one for one in plain if all(len(string) >= _GRAM for string in one)]
    return min(useful, key=lambda one: _cost(one, common)) if useful else None


def _cost(strings: _Strings, common: Mapping[str, int]) -> tuple[int, int, list[str]]:
    """Return how often ordinary text would have to be searched for these."""
    grams = {_rarest(string, common) for string in strings}
    return sum(common.get(gram, 0) for gram in grams), len(grams), sorted(grams)


def _inner(op: Any, value: Any, common: Mapping[str, int]) -> _Strings | None:  # noqa: ANN401
    """Return what one part needs that cannot be spelled out."""
    if op is sre.SUBPATTERN:
        return _needed(value[-1], common)
    if op is sre.BRANCH:
        each = [_needed(one, common) for one in value[1]]
        return None if any(one is None for one in each) else frozenset().union(*(one for one in each if one))
    if op in {sre.MAX_REPEAT, sre.MIN_REPEAT} and value[0] > 0:
        return _needed(value[2], common)
    return None


def _exact(op: Any, value: Any) -> _Strings | None:  # noqa: ANN401, PLR0911 - one case for each kind of part
    """Return every string that one part can match, in lower case; None where they are too many."""
    if op is sre.LITERAL:
        return frozenset([chr(value).casefold()])
    if op is sre.AT:
        return _BORDER if value in _BORDERS else _EMPTY
    if op in {sre.ASSERT, sre.ASSERT_NOT}:
        return _EMPTY
    if op is sre.IN:
        plain = [chr(one).casefold() for kind, one in value if kind is sre.LITERAL]
        return frozenset(plain) if len(plain) == len(value) <= _MOST_IN_SET else None
    if op is sre.SUBPATTERN:
        return _spelled(value[-1])
    if op is sre.BRANCH:
        each = [_spelled(one) for one in value[1]]
        if any(one is None for one in each):
            return None
        union: _Strings = frozenset().union(*(one for one in each if one))
        return union if len(union) <= _MOST else None
    if op in {sre.MAX_REPEAT, sre.MIN_REPEAT} and value[1] == 1:
        inner = _spelled(value[2])
        return None if inner is None else inner | (_EMPTY if value[0] == 0 else frozenset())
    return None


def _spelled(sequence: Any) -> _Strings | None:  # noqa: ANN401
    run = _EMPTY
    for op, value in sequence:
        strings = _exact(op, value)
        if strings is None or len(run) * len(strings) > _MOST:
            return None
        run = frozenset(one + other for one in run for other in strings)
    return run
