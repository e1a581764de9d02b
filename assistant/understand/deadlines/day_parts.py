"""Parts of the day: this morning, tomorrow am, in the evening, first thing, esta tarde, por la mañana."""

from __future__ import annotations

from typing import Final

from assistant.understand.deadlines.lexicon import PARTS, RELATIVE_DAYS, WEEKDAYS
from assistant.understand.deadlines.pieces import CloseOfDay, Part, Reading
from assistant.understand.deadlines.tokens import Tokens

_THIS: Final = frozenset({"this", "esta", "este"})
_LEADS: Final = (("in", "the"), ("por", "la"), ("en", "la"), ("de", "la"))
_HALVES: Final = {"am": "morning", "pm": "afternoon"}
_WHO: Final = frozenset(
    {"clinic", "office", "desk", "pharmacy", "lab", "unit", "practice", "center", "we", "you", "they", "doors"}
) | {"lines", "phones", "registration", "department"}
"""Who opens in the morning and closes in the evening."""
_DAYS: Final = WEEKDAYS.keys() | RELATIVE_DAYS.keys()
STARTS: Final = PARTS.keys() | _THIS | {lead[0] for lead in _LEADS} | _HALVES.keys() | _WHO | {"first", "a"}


def part_at(tokens: Tokens, place: int) -> Reading:
    """Read a part of the day at `place`."""
    word = tokens.word(place)
    if tokens.has(place, "first", "thing"):
        return place + 2 + 3 * tokens.has(place + 2, "in", "the", "morning"), Part("first")
    if tokens.has(place, "a", "primera", "hora"):
        return place + 3, Part("first")
    if word in _THIS:
        named = place + 1 + (tokens.word(place + 1) in {"late", "early", "misma"})
        part = PARTS.get(tokens.word(named))
        return (named + 1, Part(part, is_this=True)) if part else None
    for lead in _LEADS:
        part = PARTS.get(tokens.word(place + len(lead)))
        if part and tokens.has(place, *lead):
            return place + len(lead) + 1, Part(part)
    if word in _WHO:
        return _doors_at(tokens, place)
    # "mañana" alone is tomorrow.
    if word in PARTS and word != "manana":
        return place + 1, Part(PARTS[word])
    return _half(tokens, place)


def _doors_at(tokens: Tokens, place: int) -> Reading:
    """Read "(by the time the) clinic opens", "(before) you close"; a clock behind it says more: "close at 5"."""
    before, verb, follows = tokens.word(place - 1), tokens.word(place + 1), tokens[place + 2]
    before = tokens.word(place - 2) if before == "the" else before
    says_more = follows.kind == "number" or follows.text in {"at", "@", "the", "her", "his", "a", "this"}
    if before not in {"before", "time", "when"} or says_more:
        return None
    if verb in {"open", "opens"}:
        return place + 2, Part("opening")
    return (place + 2, CloseOfDay()) if verb in {"close", "closes"} else None


def _half(tokens: Tokens, place: int) -> Reading:
    """Read the am of "tomorrow am"."""
    word = tokens.word(place)
    if word not in _HALVES or tokens.word(place - 1) not in _DAYS or tokens.word(place + 1) == "i":
        return None
    return place + 1, Part("morning" if word == "am" else "afternoon")
