"""Where a number may begin and end, so that telephone numbers, doses and versions are not read as times."""

from __future__ import annotations

from typing import Final

from assistant.understand.deadlines.lexicon import FOLLOWERS, MEASURES, NUMBERED, TITLES
from assistant.understand.deadlines.tokens import Tokens

_OPENERS: Final = frozenset("([{\"'@~<>;,:?!|*+")
_CLOSERS: Final = frozenset("()]}\"'<>;,:?!|*.&")


def begins(tokens: Tokens, place: int, *, after_dash: bool = False) -> bool:
    """Return whether a number at `place` is one of its own: not a piece of 555-0142, $30, #12 or 1.2."""
    if not tokens.is_glued(place):
        return tokens.word(place - 1) not in {"#", "$"}
    mark, before = tokens[place - 1], tokens[place - 2]
    # The clock of 2026-03-14T15:00.
    if mark.text == "t":
        return mark.is_glued and before.kind == "number"
    if mark.text == "-":
        return after_dash or not (mark.is_glued and before.kind == "number")
    if mark.text in {",", ".", ":"}:
        return not (mark.is_glued and before.kind == "number")
    return mark.text in _OPENERS


def ends(tokens: Tokens, place: int) -> bool:
    """Return whether what was read up to `place` ends there: the rest of its run is closing marks."""
    token = tokens[place]
    if not token.is_glued:
        return token.text not in {"%", "$"}
    if token.text == "-":
        return not (tokens.is_glued(place + 1) and tokens[place + 1].kind == "number")
    if token.text in {".", ",", ":"}:
        return not (tokens.is_glued(place + 1) and tokens[place + 1].kind == "number")
    return token.text in _CLOSERS


def counts_something(tokens: Tokens, place: int) -> bool:
    """Return whether a unit or a thing that is counted stands at `place`: the number before it is no time."""
    return tokens.word(place) in MEASURES and tokens[place].lines == 0


def is_named(tokens: Tokens, place: int) -> bool:
    """Return whether the number at `place` belongs to the word before it: room 12, page 3, BP 120."""
    before = place - 1 - (tokens.word(place - 1) in {"#", ":", ".", "is", "of"})
    if tokens.word(before) == "no" and tokens[before].raw == "no":
        return False
    return tokens.word(before) in NUMBERED and tokens[place].lines == 0


def stands_alone(tokens: Tokens, place: int) -> bool:
    """Return whether nothing that is counted or named follows at `place`: "by 4", but not "by 4 patients"."""
    token = tokens[place]
    if token.kind == "end" or token.lines:
        return True
    if token.kind == "mark":
        return ends(tokens, place) if token.is_glued else token.text in "()-,;.!?:"
    return token.kind == "word" and token.text in FOLLOWERS


def ends_sentence(tokens: Tokens, place: int) -> bool:
    """Return whether the mark at `place` ends a sentence: not the stop of "Mr. Dow", "A. Dow" or 3.5."""
    word = tokens.word(place)
    if word in {";", "!", "?"}:
        return True
    if word != "." or tokens.is_glued(place + 1):
        return False
    before = tokens[place - 1]
    is_initial = len(before.raw) == 1 and before.raw.isupper() and before.raw != "I"
    return not (tokens.is_glued(place) and (before.text in TITLES or is_initial))
