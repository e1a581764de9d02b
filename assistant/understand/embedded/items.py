"""A sentence about a numbered list -> which of its items it speaks of, and with which words: "1 and 4 by Friday"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

RANKS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "primero": 1, "segundo": 2, "tercero": 3}
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
SPOKEN = re.compile(
    r"\bfirst (?P<count>two|three|four|five|[2-5])\b"
    r"|\b(?P<rank>first|second|third|fourth|fifth|last)(?: one\b| item\b)"
    r"|\b(?P<ranked>primero|segundo|tercero)\b"
    r"|(?:#|\b(?:numbers?|nos?\.?|items?) ?)(?P<number>\d{1,2})(?:(?:,? and |, | ?& ?|-)(?P<also>\d{1,2}))?\b"
    r"|(?<![\d/:.$-])\b(?P<one>\d) and (?P<two>\d)\b(?![\d/:.%-]| ?(?:am|pm|mg|ml|days?|hours?|weeks?|patients?)\b)",
    re.IGNORECASE,
)
MAX = 400


def spoken_items(text: str, count: int) -> Iterator[tuple[frozenset[int], str]]:
    """Yield the numbers of a list of `count` items that a sentence speaks of, each with the words up to the next.

    >>> [(sorted(which), words) for which, words in spoken_items("1 and 4 by noon, number 2 whenever", 4)]
    [([1, 4], '1 and 4 by noon, '), ([2], 'number 2 whenever')]
    """
    found = list(SPOKEN.finditer(text[:MAX]))
    ends = [match.start() for match in found] + [len(text)]
    for match, (start, end) in zip(found, pairwise(ends), strict=True):
        yield frozenset(one for one in _numbers(match, count) if 1 <= one <= count), text[start:end]


def _numbers(match: re.Match[str], count: int) -> Iterator[int]:
    if match["count"]:
        yield from range(1, COUNTS[match["count"].lower()] + 1)
    if rank := match["rank"] or match["ranked"]:
        yield count if rank.lower() == "last" else RANKS[rank.lower()]
    for name in ("number", "also", "one", "two"):
        if match[name]:
            yield int(match[name])
    if match["number"] and match["also"] and "-" in match.group():
        yield from range(int(match["number"]), int(match["also"]) + 1)
