"""What a time counts from: "prior to", "the day before", "the Friday before", "before the call", "by then"."""

from __future__ import annotations

from typing import Final

from assistant.understand.deadlines.events import THEN, event_behind, leaving_behind, then_behind
from assistant.understand.deadlines.lexicon import UNITS, WEEKDAYS, WORKING
from assistant.understand.deadlines.numbers import ordinal_at
from assistant.understand.deadlines.pieces import Length, Reading, Unit, Way
from assistant.understand.deadlines.tokens import Tokens

_MOST_RANK: Final = 8
_NO_ANCHOR: Final = frozenset({"noon", "midnight", "eod", "cob", "lunch", "next", "las", "mediodia"})
_BEFORE: Final = frozenset({"before", "prior", "preceding", "antes"})
_AFTER: Final = frozenset({"after", "from", "following", "of", "past", "since", "despues", "de", "desde"})
_SAME_DAY: Final = (
    ("that", "same", "day"),
    ("that", "day"),
    ("that", "morning"),
    ("that", "afternoon"),
    ("ese", "mismo", "dia"),
    ("ese", "dia"),
)
_UNTIL_EVENT: Final = (
    ("in", "time", "for"),
    ("in", "advance", "of"),
    ("ahead", "of"),
    ("prior", "to"),
    ("the", "day", "of"),
    ("the", "morning", "of"),
    ("day", "of"),
    ("antes", "de", "la"),
    ("antes", "del"),
    ("antes", "de"),
    ("el", "dia", "de"),
    ("el", "dia", "del"),
    ("before",),
    ("by",),
    ("para",),
)
LEADS: Final = frozenset({"before", "by", "prior", "ahead", "advance", "time", "antes", "para"})
"""One of these, or the name of a part of the day, stands in each lead to an event."""
STARTS: Final = {words[0] for words in (*_UNTIL_EVENT, *_SAME_DAY)} | {"the", "el", "la"}
_UNTIL_OF: Final = {words[0]: tuple(one for one in _UNTIL_EVENT if one[0] == words[0]) for words in _UNTIL_EVENT}


def until_event_at(tokens: Tokens, place: int) -> Reading:
    """Read "before the call", "prior to discharge", "by then", "the day of surgery": until an event."""
    if tokens.word(place) in {"that", "ese"}:
        same = next((same for same in _SAME_DAY if tokens.has(place, *same)), None)
        return (place + len(same), Length(((0, "day"),), "before", event=THEN)) if same else None
    for words in _UNTIL_OF.get(tokens.word(place), ()):
        if not tokens.has(place, *words):
            continue
        start = place + len(words)
        if end := then_behind(tokens, start) if words[-1] in _BEFORE | {"by", "de", "para"} else 0:
            return end, Length(((0, "day"),), "before", event=THEN)
        found = event_behind(tokens, start) or (leaving_behind(tokens, start) if words[-1] in _BEFORE else None)
        return (found[0], Length(((0, "day"),), "before", event=found[1])) if found else None
    return None


def single_at(tokens: Tokens, place: int) -> Reading:
    """Read "the day before surgery", "the week after", "the night before": a length of one."""
    start = place + (tokens.word(place) in {"the", "el", "la"})
    if start == place:
        return None
    word = tokens.word(start)
    is_business = word in WORKING
    unit: Unit | None = {"night": "day", "evening": "day", "morning": None}.get(
        word, UNITS.get(tokens.word(start + is_business))
    )
    relative = relation_at(tokens, start + is_business + 1)
    if (
        unit is None
        or relative is None
        or tokens.word(start + is_business + 1) in {"of", "de", "from", "in", "past", "since"}
    ):
        return None
    if tokens.word(relative[0]) in {"yesterday", "tomorrow"}:
        return None
    return relative[0], Length(((1, "workday" if is_business and unit == "day" else unit),), relative[1])


def weekday_before_at(tokens: Tokens, place: int) -> Reading:
    """Read "the Friday before", "the second Tuesday after": such days, counted from what follows."""
    has_article = tokens.word(place) in {"the", "el"}
    place += has_article
    rank = ordinal_at(tokens, place)
    named, count = (rank[0], rank[1]) if rank and 1 <= rank[1] <= _MOST_RANK else (place, 1)
    weekday = WEEKDAYS.get(tokens.word(named))
    if weekday is None or not (has_article or named > place):
        return None
    relative = relation_at(tokens, named + 1)
    is_plain = tokens.word(named + 1) in {"before", "after", "prior", "preceding", "following", "antes", "despues"}
    # "The Friday before noon" is a Friday.
    follows = tokens[relative[0]] if relative else None
    if relative is None or not is_plain or follows is None or follows.text in _NO_ANCHOR:
        return None
    if follows.kind == "number" and tokens.word(relative[0] + 1) not in {"/", "-", "st", "nd", "rd", "th", "de"}:
        return None
    return relative[0], Length(((count, "week"),), relative[1], weekday=weekday)


def relation_at(tokens: Tokens, place: int) -> tuple[int, Way] | None:
    """Read before, prior to, after, from, of: what follows is what the length counts from."""
    word = tokens.word(place)
    if word == "in" and tokens.word(place + 1) == "advance":
        return place + 2 + (tokens.word(place + 2) == "of"), "before"
    if word == "ahead":
        return place + 1 + (tokens.word(place + 1) == "of"), "before"
    if word in _BEFORE:
        return place + 1 + (tokens.word(place + 1) in {"to", "de", "del"}), "before"
    if word in _AFTER:
        return place + 1 + (tokens.word(place + 1) in {"de", "del"} and word == "despues"), "after"
    return None
