"""The times of a sentence -> the one that governs what it asks."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Final

from assistant.understand.deadlines.candidates import Candidate
from assistant.understand.deadlines.cues import is_agreed, is_firm
from assistant.understand.deadlines.pieces import DayNumber, MonthDay
from assistant.understand.deadlines.requests import asks_for, is_aside
from assistant.understand.deadlines.setting import Setting
from assistant.understand.deadlines.tokens import Tokens

# A text with more times than this that nothing marks is a table.
_MOST_UNMARKED: Final = 20
_CORRECTIONS: Final = frozenset({"make", "actually", "instead", "now", "sorry", "correction", "rather", "so"}) | {
    "mejor",
    "perdon",
    "digo",
}
_TAKEN_BACK: Final = frozenset({"actually", "sorry", "correction", "rather", "perdon", "digo", "mejor", "disculpe"})
_SOFT: Final = frozenset({"ideally", "preferably", "hopefully", "possible", "hoping", "prefer", "idealmente"})
_JOINING: Final = frozenset(
    {"or", ",", "by", "no", "later", "than", "the", "but", "definitely", "absolutely", "-", "o"}
)
_PAST: Final = frozenset({"was", "were", "had", "saw", "came", "called", "did", "went", "left", "been", "vino", "fue"})


def choose(tokens: Tokens, said: list[Candidate], setting: Setting, focus: int | None = None) -> Candidate | None:
    """Return the time that is the request's deadline, None where none is."""
    fitting = [one for one in said if one.found.cue != "event"]
    marked = [one for one in fitting if one.found.cue == "deadline"]
    asked = [one for one in fitting[:_MOST_UNMARKED] if one not in marked and _is_time_of_request(tokens, one)]
    if not marked:
        if not asked:
            return _event_today(tokens, said[:_MOST_UNMARKED], setting)
        corrected = [one for one in asked[1:] if _is_correction(tokens, one.phrase.start, _CORRECTIONS)]
        return corrected[-1] if corrected else (_behind(asked, focus) or asked)[0]
    taken_back = [one for one in fitting if one.found.start > marked[0].found.start]
    taken_back = [one for one in taken_back if _is_correction(tokens, one.phrase.start, _TAKEN_BACK)]
    if taken_back:
        return taken_back[-1]
    # "It expires the 30th; ask for more tomorrow, please": what is asked has its own time.
    if focus and not _behind(marked, focus) and (own := _behind(asked, focus)):
        return own[0]
    return _governing(tokens, marked, setting, focus)


def _behind(said: list[Candidate], focus: int | None) -> list[Candidate]:
    return [one for one in said if focus is not None and one.found.start >= focus]


def _governing(tokens: Tokens, marked: list[Candidate], setting: Setting, focus: int | None) -> Candidate:
    """Return which of several deadlines holds: a corrected, firm or agreed one, that behind the asking words, or
    the first to come.
    """
    corrected = [one for one in marked[1:] if _is_correction(tokens, one.phrase.start, _CORRECTIONS)]
    if corrected:
        return corrected[-1]
    for before, one in pairwise(marked):
        if is_firm(tokens, one.phrase) and _is_hedged(tokens, before, one):
            return one
    agreed = [one for one in marked if is_agreed(tokens, one.phrase.end)]
    direct = agreed or [one for one in marked if not is_aside(tokens, one.phrase.start)] or marked
    if behind := _behind(direct, focus):
        return behind[0]
    return min(direct, key=lambda one: one.found.deadline.local_day(setting.calendar))


def _is_hedged(tokens: Tokens, soft: Candidate, firm: Candidate) -> bool:
    """Return whether the first time was only wished for: "ideally Friday, Monday at the latest"."""
    start, end = soft.phrase.end, firm.phrase.start
    if all(tokens.word(step) in _JOINING for step in range(start, min(end, start + len(_JOINING)))):
        return True
    around = {tokens.word(step) for step in range(max(soft.phrase.start - 6, 0), min(start + 6, end))}
    return bool(around & _SOFT)


def _is_time_of_request(tokens: Tokens, candidate: Candidate) -> bool:
    """Return whether a time without a cue is when the asked thing is to be done."""
    phrase, cue = candidate.phrase, candidate.found.cue
    if phrase.begin and not phrase.has_day:
        return False
    if is_aside(tokens, phrase.start):
        return False
    if phrase.start <= _first(tokens) and phrase.end >= _last(tokens):
        return True
    # A bare date in figures is some fact's date more often than not.
    is_plain = not isinstance(phrase.day, MonthDay | DayNumber)
    return asks_for(tokens, phrase.start) if cue == "at" or not is_plain else cue == "none"


def _event_today(tokens: Tokens, said: list[Candidate], setting: Setting) -> Candidate | None:
    """Return the hour of today's event that a request is to be ready for: "please get it signed, she visits at 4"."""
    for one in said:
        due, place = one.found.deadline.due, one.phrase.start
        if not isinstance(due, datetime) or due.date() != setting.today or due <= setting.reference:
            continue
        clause = {tokens.word(step) for step in range(max(place - 6, 0), place)}
        if "," in clause and not clause & _PAST and asks_for(tokens, place):
            return one
    return None


def _is_correction(tokens: Tokens, place: int, words: frozenset[str]) -> bool:
    """Return whether the words before `place` take back what was said: "sorry, rather Friday"."""
    return any(tokens.word(step) in words for step in range(max(place - 3, 0), place))


def _first(tokens: Tokens) -> int:
    """Return the place of the first word of a text that is more than a mark or a link."""
    return next((step for step in range(len(tokens)) if tokens[step].kind != "mark"), 0)


def _last(tokens: Tokens) -> int:
    return next((step + 1 for step in range(len(tokens) - 1, -1, -1) if tokens[step].kind != "mark"), len(tokens))
