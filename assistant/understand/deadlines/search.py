"""A text and its moment -> the times in it, and the one that is its request's deadline."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from assistant.records import Calendar, Deadline
from assistant.understand.deadlines import arithmetic
from assistant.understand.deadlines.cues import Cue, cue_of
from assistant.understand.deadlines.joining import phrases_in
from assistant.understand.deadlines.phrases import Phrase
from assistant.understand.deadlines.pieces import DayNumber, Length, MonthDay
from assistant.understand.deadlines.places import zone_in, zone_of_offset
from assistant.understand.deadlines.requests import asks_for, is_aside
from assistant.understand.deadlines.resolving import Due, resolve
from assistant.understand.deadlines.setting import Setting
from assistant.understand.deadlines.tokens import Tokens

# A "deadline" further away is a birth date's century or an end of validity.
_FARTHEST_DAYS: Final = 3 * 366
# A text with more times than this that nothing marks is a table.
_MOST_UNMARKED: Final = 20
_OWN_CLOCKS: Final = re.compile(r"\b(?:our|my|nuestra)\b", re.IGNORECASE)
_CORRECTIONS: Final = frozenset({"make", "actually", "instead", "now", "sorry", "correction", "rather", "so", "mejor"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A time that stands in a text."""

    start: int
    """Its first character."""
    end: int
    """The character behind it."""
    deadline: Deadline
    cue: Cue
    """What the words around it say of it."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    phrase: Phrase
    found: FoundDate


def find_dates(text: str, reference: datetime, calendar: Calendar, *, day_first: bool = False) -> tuple[FoundDate, ...]:
    """Return every time that `text` names, in its order; none overlaps another.

    Args:
        text: Any text; what is not a time for certain (`at 3`, `sat`) counts only behind a word that makes it one.
        reference: When the words were written, aware; taken to be in the calendar's zone where it is not.
        calendar: Whose zone, working days and hours count.
        day_first: True: 3/4 is the third of April.
    """
    tokens = Tokens(text)
    setting = _setting(text, reference, calendar)
    return tuple(one.found for one in _candidates(tokens, setting, day_first=day_first))


def find_deadline(text: str, reference: datetime, calendar: Calendar, *, day_first: bool = False) -> Deadline | None:
    """Return the one deadline that a sentence sets for what it asks; None rather than an invented one.

    What "by", "due" or "no later than" marks comes first; else the time of the request itself ("call her Friday").
    Times of events, past days and times that are called off ("not Friday") are none.
    """
    tokens = Tokens(text)
    setting = _setting(text, reference, calendar)
    fitting = [one for one in _candidates(tokens, setting, day_first=day_first) if _is_ahead(one, setting)]
    marked = [one for one in fitting if one.found.cue == "deadline"]
    chosen = marked or [one for one in fitting[:_MOST_UNMARKED] if _is_time_of_request(tokens, one)]
    if not chosen:
        return None
    corrected = [one for one in chosen[1:] if _is_correction(tokens, one.phrase.start)]
    return (corrected[-1] if corrected else chosen[0]).found.deadline


def parse_when(text: str, reference: datetime, calendar: Calendar, *, day_first: bool = False) -> Deadline | None:
    """Return what `text` means where the whole of it is one time: `fri 3pm`, `2 days`, `the 20th`; else None."""
    tokens = Tokens(text)
    setting = Setting(arithmetic.in_zone(reference, calendar.zone), calendar)
    start, end = _inner(tokens)
    for phrase in phrases_in(tokens, day_first=day_first):
        if phrase.start != start or phrase.end not in {end, len(tokens)}:
            return None
        if isinstance(phrase.day, Length) and phrase.is_bare_length:
            phrase = replace(phrase, day=Length(phrase.day.amounts, "in"))  # noqa: PLW2901 - read as a command
        return _deadline(tokens, phrase, setting)
    return None


def resolve_point(text: str, reference: datetime, calendar: Calendar, *, day_first: bool = False) -> Deadline | None:
    """Return the first time that `text` names, whatever the words around it say, read as one to come."""
    tokens = Tokens(text)
    setting = Setting(arithmetic.in_zone(reference, calendar.zone), calendar, looks_far=True)
    for phrase in phrases_in(tokens, day_first=day_first):
        is_whole = phrase.start == _inner(tokens)[0] and phrase.end in {_inner(tokens)[1], len(tokens)}
        is_doubtful = phrase.is_weak and not is_whole and cue_of(tokens, phrase) not in {"deadline", "at"}
        if phrase.is_bare_length or is_doubtful:
            continue
        deadline = _deadline(tokens, phrase, setting)
        if deadline is not None:
            return deadline
    return None


def _setting(text: str, reference: datetime, calendar: Calendar) -> Setting:
    writers = zone_in((text,)) if _OWN_CLOCKS.search(text) else None
    if writers is None and reference.tzinfo is not None:
        writers = zone_of_offset(reference, calendar.zone)
    return Setting(arithmetic.in_zone(reference, calendar.zone), calendar, writers_zone=writers)


_WRAPPING: Final = frozenset({".", ",", "!", "?", "(", ")", '"', "'", "-", ">", ":"})
_TRAILING: Final = frozenset({"please", "pls", "plz"})
_LEADING: Final = frozenset({"by", "on", "at", "until", "till", "til", "to", "for", "before", "around", "el", "para"})


def _inner(tokens: Tokens) -> tuple[int, int]:
    """Return where a command's time begins and ends: "until fri." is "fri"."""
    start, end = 0, len(tokens)
    while start < end - 1 and tokens.word(start) in _LEADING | _WRAPPING:
        if tokens.word(start) == "el" and tokens.value(start + 1) >= 0:
            break
        start += 1
    if tokens.has(start, "a", "las") or tokens.has(start, "a", "la"):
        start += 2
    while end > start and tokens.word(end - 1) in _WRAPPING | _TRAILING:
        end -= 1
    return start, end


def _candidates(tokens: Tokens, setting: Setting, *, day_first: bool) -> list[_Candidate]:
    """Return the phrases that mean a time, with what is said of them; those that hang on an event last get its day."""
    phrases = [phrase for phrase in phrases_in(tokens, day_first=day_first) if not phrase.is_bare_length]
    cues = [cue_of(tokens, phrase) for phrase in phrases]
    anchor = _only_event(tokens, phrases, cues, setting)
    kept: list[_Candidate] = []
    for phrase, cue in zip(phrases, cues, strict=True):
        if phrase.is_weak and cue not in {"deadline", "at"}:
            continue
        whole = phrase
        if phrase.offset and phrase.anchor is None and anchor is not None:
            whole = replace(phrase, anchor=anchor)
        deadline = _deadline(tokens, whole, setting)
        if deadline is not None:
            said: Cue = "past" if _is_over(deadline.due, setting) and cue != "deadline" else cue
            start, end = tokens[phrase.start].start, tokens[phrase.end - 1].end
            kept.append(_Candidate(phrase, FoundDate(start=start, end=end, deadline=deadline, cue=said)))
    return kept


def _only_event(tokens: Tokens, phrases: list[Phrase], cues: list[Cue], setting: Setting) -> Phrase | None:
    """Return the one day that "the day before surgery" can mean in this text, None where there are several."""
    if not any(phrase.offset and phrase.anchor is None for phrase in phrases):
        return None
    days: dict[date, Phrase] = {}
    for phrase, cue in zip(phrases, cues, strict=True):
        is_named = phrase.weekday or isinstance(phrase.day, MonthDay | DayNumber)
        if not is_named or phrase.is_weak or cue in {"past", "deadline"} or phrase.offset:
            continue
        deadline = _deadline(tokens, phrase, setting)
        if deadline is not None and not _is_over(deadline.due, setting):
            days.setdefault(deadline.local_day(setting.calendar), phrase)
    return next(iter(days.values())) if len(days) == 1 else None


def _deadline(tokens: Tokens, phrase: Phrase, setting: Setting) -> Deadline | None:
    resolved = resolve(phrase, setting)
    if resolved is None:
        return None
    return Deadline(due=resolved[0], words=tokens.slice(phrase.start, phrase.end), rule=resolved[1])


def _is_over(due: Due, setting: Setting) -> bool:
    day = due.astimezone(setting.calendar.zone).date() if isinstance(due, datetime) else due
    return day < setting.today


def _is_ahead(candidate: _Candidate, setting: Setting) -> bool:
    deadline = candidate.found.deadline
    days = (deadline.local_day(setting.calendar) - setting.today).days
    return candidate.found.cue not in {"past", "event"} and 0 <= days <= _FARTHEST_DAYS


def _is_time_of_request(tokens: Tokens, candidate: _Candidate) -> bool:
    """Return whether a time without a cue is when the asked thing is to be done."""
    phrase, cue = candidate.phrase, candidate.found.cue
    if phrase.begin and not phrase.has_day:
        return False
    if is_aside(tokens, phrase.start):
        return False
    if (phrase.start, phrase.end) == _inner(tokens):
        return True
    # A bare date in figures is some fact's date more often than not.
    is_plain = not isinstance(phrase.day, MonthDay | DayNumber)
    return asks_for(tokens, phrase.start) if cue == "at" or not is_plain else cue == "none"


def _is_correction(tokens: Tokens, place: int) -> bool:
    """Return whether the words before `place` take back what was said: "sorry, rather Friday"."""
    return any(tokens.word(step) in _CORRECTIONS for step in range(max(place - 3, 0), place))
