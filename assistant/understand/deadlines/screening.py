"""A text -> whether a time may stand in it, and at which places. Most sentences tell none and are read no further.

A rule may begin at words as common as "the" and "in"; what makes a time of them is another, rarer word or a figure
close behind. Those words stand here, with the leads ("before", "para") that count on an event told elsewhere.
"""

from __future__ import annotations

import re
from typing import Final

from assistant.understand.deadlines import clocks, named_days, numbers, relations, spans
from assistant.understand.deadlines.lexicon import MONTHS, PARTS, RELATIVE_DAYS, UNITS, WEEKDAYS, WORKING
from assistant.understand.deadlines.tokens import Tokens, fold

_WORD: Final = re.compile(r"[0-9]|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
_JOINED: Final = re.compile(r"[0-9][/.-][0-9]")
_FIGURES: Final = frozenset("0123456789")
HEARTS: Final = (
    frozenset[str]().union(WEEKDAYS, MONTHS, RELATIVE_DAYS, PARTS, UNITS)
    | {f"{name}s" for name in WEEKDAYS}
    | {"tonight", "tonite", "thing", "open", "opens", "close", "closes", "closing"}
    | clocks.STARTS
    | numbers.CARDINALS
    | numbers.ORDINALS_ALONE
    | spans.HEARTS
    | named_days.HEARTS
    | relations.LEADS
)
"""Each time holds one of these words, or a figure."""
_REACH: Final = 7
"""How many tokens behind its first one a rule meets its heart at the latest: "en un plazo de un par de días"."""
_HELD: Final = 2
"""How many tokens behind a heart a rule may begin that goes on from it: "Thursday the third"."""
_ARTICLES: Final = frozenset({"the", "el", "la"})
_BEHIND_ARTICLE: Final = HEARTS | spans.STARTS | numbers.ORDINAL_STARTS | WORKING | {"same", "mismo"}
"""Words before which an article may begin a time."""


def may_tell_time(text: str) -> bool:
    """Return False where no rule can apply in `text`; costs less than splitting it into tokens."""
    words = _WORD.findall(text.lower())
    if not HEARTS.isdisjoint(words) or not _FIGURES.isdisjoint(words):
        return True
    return not text.isascii() and any(fold(word) in HEARTS for word in words if not word.isascii())


def may_tell_date(text: str) -> bool:
    """Return False where no day of a named or numbered month can stand in `text`."""
    return bool(_JOINED.search(text)) or not MONTHS.keys().isdisjoint(_WORD.findall(fold(text)))


def places_to_read(tokens: Tokens) -> list[int]:
    """Return the places, in order, at which a time may begin: those with a heart in reach."""
    places: list[int] = []
    following = 0
    for place in range(len(tokens)):
        if tokens.word(place) not in HEARTS and tokens[place].kind != "number":
            continue
        behind = min(place + _HELD + 1, len(tokens))
        reached = range(max(following, place - _REACH), behind)
        places.extend(one for one in reached if tokens.word(one) not in _ARTICLES or _goes_on(tokens, one + 1))
        following = behind
    return places


def _goes_on(tokens: Tokens, place: int) -> bool:
    """Return whether the word at `place` may stand behind the article of a time."""
    return tokens[place].kind == "number" or tokens.word(place) in _BEHIND_ARTICLE
