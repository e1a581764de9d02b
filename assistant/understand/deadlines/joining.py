"""Pieces with their places -> phrases: which of them say one time together, by the words between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from assistant.understand.deadlines.atoms import atoms_in
from assistant.understand.deadlines.phrases import Phrase, extended
from assistant.understand.deadlines.pieces import (
    Atom,
    Clock,
    DayNumber,
    MonthDay,
    NamedDay,
    NthWeekday,
    Relative,
    Span,
    Weekday,
)
from assistant.understand.deadlines.tokens import Token, Tokens

_LINKS: Final = frozenset(
    {",", "at", "on", "@", "the", "of", "in", "around", "about", "approx", "by", "before", "(", ")", "-", "a", "las"}
    | {"la", "el", "de", "del", "por", "para", "no", "not", "later", "than", "~", "antes", "between", "from", "entre"}
    | {
        "early",
        "late",
        "mid",
        "for",
        "as",
        "is",
        "en",
        "after",
        ".",
        "sometime",
        "anytime",
        "any",
        "time",
        "hasta",
        "instead",
    }
)
_DAY_LINKS: Final = frozenset({",", "the", "of", "(", ")", "-", "el", "de", "del", "la", "on", "in", "."})
# "by the 1:15 rounds tomorrow": the event stands between its hour and its day.
_CLOCK_EVENTS: Final = frozenset(
    {"huddle", "meeting", "call", "rounds", "conference", "appointment", "appt", "pickup", "clinic", "slot", "visit"}
    | {"report", "handoff", "surgery", "case", "start", "cutoff", "deadline", "run", "draw", "scan", "discharge"}
)
# "Next week, how about on Wednesday": the day of the week that was named.
_PROPOSING: Final = frozenset(
    {"how", "about", "say", "maybe", "perhaps", "ideally", "preferably", "like", "either", "sometime", "digamos", "tal"}
    | {"vez", "by", "before", "around"}
)
_ANCHOR_STOPS: Final = frozenset({";", "!", "?", ",", "by"})
_JOINTS: Final = frozenset({"-", "to", "through", "thru", "until", "till", "til", "al", "a", "hasta"})
_ARTICLES: Final = frozenset({"the", "el", "las", "la"})
_MOST_LINKS: Final = 4
_LONGEST_REMEMBERED: Final = 600
"""Characters; a longer text is no sentence."""
_MOST_ANCHOR_WORDS: Final = 7


def read(text: str, *, day_first: bool) -> tuple[Tokens, tuple[Phrase, ...]]:
    """Return the tokens of a text and its phrases; a sentence of which several things are asked is read once."""
    return _remembered(text, day_first) if len(text) <= _LONGEST_REMEMBERED else _read(text, day_first)


def _read(text: str, day_first: bool) -> tuple[Tokens, tuple[Phrase, ...]]:  # noqa: FBT001 - a cache's key
    tokens = Tokens(text)
    return tokens, tuple(phrases_in(tokens, day_first=day_first))


# The phrases of a text hang on nothing else. Some hundred sentences are a long mail's; few and short, they cost little.
_remembered = lru_cache(maxsize=256)(_read)


def phrases_in(tokens: Tokens, *, day_first: bool) -> Iterator[Phrase]:
    """Yield the phrases of a text in order; each piece belongs to one of them."""
    atoms = atoms_in(tokens, day_first=day_first)
    place = 0
    waiting: Phrase | None = None
    while place < len(atoms):
        phrase, place = _gathered(tokens, atoms, place)
        if waiting is not None:
            joined = _range(tokens, waiting, phrase)
            if joined is None:
                yield waiting
            phrase = joined or phrase
        waiting = phrase
    if waiting is not None:
        yield waiting


def _gathered(tokens: Tokens, atoms: list[Atom], first: int) -> tuple[Phrase, int]:
    """Return the phrase that begins with the atom `first`, and the number of the atom behind it."""
    start, place = atoms[first].start, first
    phrase = Phrase(start, start)
    while place < len(atoms):
        if place > first and not _is_linked(tokens, phrase, atoms[place]):
            break
        longer = extended(phrase, atoms[place].piece, atoms[place].end)
        if longer is None:
            break
        phrase, place = longer, place + 1
        if phrase.offset and place < len(atoms) and _is_anchor(tokens, phrase, atoms[place]):
            anchor, place = _gathered(tokens, atoms, place)
            return replace(phrase, end=anchor.end + (tokens.word(anchor.end) == ")"), anchor=anchor), place
    return phrase, max(place, first + 1)


def _is_anchor(tokens: Tokens, phrase: Phrase, atom: Atom) -> bool:
    """Return whether "two days before" counts from the atom, over the event's own words: "her stress test on 3/9"."""
    if atom.start - phrase.end > _MOST_ANCHOR_WORDS:
        return False
    if not isinstance(atom.piece, Relative | Weekday | MonthDay | DayNumber | NthWeekday | NamedDay | Span):
        # "48 hours before 10 am Friday": an hour, if its day follows.
        return isinstance(atom.piece, Clock) and atom.start == phrase.end
    between = [tokens[step] for step in range(phrase.end, atom.start + 1)]
    if any(token.text in _ANCHOR_STOPS or token.lines > 1 for token in between):
        return False
    return not any(_ends_sentence(one, following) for one, following in pairwise(between))


def _ends_sentence(token: Token, following: Token) -> bool:
    return token.text == "." and not following.is_glued and following.raw[:1].isupper()


def _is_linked(tokens: Tokens, phrase: Phrase, atom: Atom) -> bool:
    """Return whether the atom goes on saying the phrase's time."""
    gap = [tokens[step] for step in range(phrase.end, min(atom.start, phrase.end + _MOST_LINKS + 1))]
    lines = sum(token.lines for token in gap) + tokens[atom.start].lines
    if len(gap) > _MOST_LINKS or lines > 1:
        return False
    is_day = isinstance(atom.piece, MonthDay | DayNumber | Weekday | Relative | NamedDay | Span)
    is_second_day = is_day and phrase.has_day
    words = {token.text for token in gap}
    # A table's next line begins with a day as well.
    if lines and not gap and is_second_day:
        return False
    if "." in words and not _is_abbreviation(gap, tokens[atom.start]):
        return False
    if is_second_day:
        is_day_of_week = isinstance(phrase.day, Span) and phrase.day.unit == "week" and isinstance(atom.piece, Weekday)
        return words <= (_DAY_LINKS | _PROPOSING if is_day_of_week else _DAY_LINKS)
    if is_day and phrase.clock and words <= _CLOCK_EVENTS | _DAY_LINKS:
        return True
    return words <= _LINKS and ("for" not in words or isinstance(atom.piece, Clock))


def _is_abbreviation(gap: list[Token], following: Token) -> bool:
    """Return whether the stop between two pieces ends no sentence: "Tues. 3pm", "24.8. 10:00"."""
    if len(gap) != 1 or not gap[0].is_glued:
        return False
    return following.kind == "number" or following.is_glued or following.raw[:1].islower()


def _range(tokens: Tokens, start: Phrase, end: Phrase) -> Phrase | None:
    """Return one phrase for "Tuesday to Thursday" and "between 9 and 11 am": its end, with the day that both share."""
    if start.offset or end.offset or start.is_bare_length or end.is_bare_length:
        return None
    if end.start - start.end > _MOST_LINKS or not _are_joined(tokens, start, end):
        return None
    if start.has_day and not end.has_day:
        shared = replace(end, start=start.start, weekday=start.weekday, day=start.day, begin=start)
        return shared if end.clock else None
    if end.has_day and not start.has_day and not end.clock:
        return None
    if isinstance(start.day, MonthDay) and isinstance(end.day, DayNumber):
        day = MonthDay(start.day.month, end.day.day, start.day.year)
        return replace(end, start=start.start, day=day, begin=start)
    return replace(end, start=start.start, begin=start)


def _are_joined(tokens: Tokens, start: Phrase, end: Phrase) -> bool:
    words = [tokens.word(step) for step in range(start.end, end.start)]
    joints = [word for word in words if word not in _ARTICLES]
    if len(joints) != 1:
        return False
    return joints[0] in _JOINTS or (joints[0] in {"and", "y", "&"} and _opens_between(tokens, start))


def _opens_between(tokens: Tokens, phrase: Phrase) -> bool:
    """Return whether "between" stands before the phrase or inside it: "Monday between 10 and noon"."""
    places = range(max(phrase.start - 2, 0), phrase.end)
    return any(tokens.word(place) in {"between", "entre"} for place in places)
