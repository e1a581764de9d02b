"""Tokens -> the times that are meant in them, each with its deadline and what the words around it say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from assistant.records import Deadline
from assistant.understand.deadlines.cues import Cue, cue_of
from assistant.understand.deadlines.events import THEN, Event, Known, event_behind, event_of_time, time_of
from assistant.understand.deadlines.phrases import Phrase
from assistant.understand.deadlines.pieces import DayNumber, MonthDay
from assistant.understand.deadlines.resolving import Due, resolve
from assistant.understand.deadlines.setting import Setting
from assistant.understand.deadlines.tokens import Tokens

# A "deadline" further away is a birth date's century or an end of validity.
_FARTHEST_DAYS: Final = 3 * 366
# A text with more times than this is a table: nothing in it is looked up for anything else.
_MOST_EVENTS: Final = 60
_JOINTS: Final = frozenset({"or", "and", "&", "y", "o", "on", "the", "el"})
_MOST_JOINTS: Final = 3


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
class Candidate:
    phrase: Phrase
    found: FoundDate


def candidates(tokens: Tokens, told: Sequence[Phrase], setting: Setting, known: Known) -> list[Candidate]:
    """Return the phrases that mean a time; those that hang on an event get its time from here or from what is known."""
    phrases = [phrase for phrase in told if not phrase.is_bare_length]
    cues = _cues(tokens, phrases)
    is_hanging = any(phrase.offset and phrase.anchor is None for phrase in phrases)
    here = tuple(events_in(tokens, phrases, setting)) if is_hanging else ()
    lone = _only_day(tokens, phrases, cues, setting) if is_hanging else None
    kept: list[Candidate] = []
    for phrase, cue in zip(phrases, cues, strict=True):
        if phrase.is_weak and cue not in {"deadline", "at"}:
            continue
        whole = phrase
        if phrase.offset and phrase.anchor is None:
            whole = replace(phrase, point=_point(tokens, phrase, here, lone, known))
        deadline = deadline_of(tokens, whole, setting)
        if deadline is not None:
            said: Cue = "past" if is_over(deadline.due, setting) and cue != "deadline" else cue
            start, end = tokens[phrase.start].start, tokens[phrase.end - 1].end
            kept.append(Candidate(phrase, FoundDate(start=start, end=end, deadline=deadline, cue=said)))
    return kept


def _cues(tokens: Tokens, phrases: list[Phrase]) -> list[Cue]:
    """Return what is said of each time; of "seen Tuesday and Thursday" both are the visit's."""
    cues: list[Cue] = []
    for place, phrase in enumerate(phrases):
        cue = cue_of(tokens, phrase)
        before = phrases[place - 1] if place else phrase
        gap = range(before.end, phrase.start)
        is_joined = 0 < len(gap) <= _MOST_JOINTS and all(tokens.word(step) in _JOINTS for step in gap)
        if cue == "none" and is_joined and cues and cues[-1] in {"event", "past"}:
            cue = cues[-1]
        cues.append(cue)
    return cues


def events_in(tokens: Tokens, phrases: Sequence[Phrase], setting: Setting) -> Iterator[Event]:
    """Yield the events whose times these phrases tell, coming ones only."""
    for phrase in phrases[:_MOST_EVENTS]:
        told = phrase.anchor if phrase.offset else phrase
        if told is None or told.offset or told.is_bare_length or not (told.has_day or told.clock):
            continue
        if (told.is_weak or not told.has_day) and cue_of(tokens, told) not in {"at", "event"}:
            continue
        resolved = resolve(told, setting)
        if resolved is None or is_over(resolved[0], setting):
            continue
        is_counted = phrase is not told and phrase.offset is not None
        noun = phrase.offset.event if is_counted and phrase.offset else ""
        noun = noun or event_of_time(tokens, told.start, told.end) or ""
        # "Send the visit note by Friday" tells of no visit's time.
        if is_counted or cue_of(tokens, told) != "deadline":
            yield Event(noun, resolved[0])


def _point(tokens: Tokens, phrase: Phrase, here: tuple[Event, ...], lone: Due | None, known: Known) -> Due | None:
    """Return the time that a phrase without an anchor counts from, None where nothing tells it for certain."""
    offset = phrase.offset
    behind = event_behind(tokens, phrase.end)
    noun = (offset.event if offset else "") or (behind[1] if behind else THEN)
    exact = time_of(noun, (here, *known.events), alike=False)
    if exact is not None or (noun == THEN and here):
        return exact
    is_counted = offset is None or not offset.event
    return (lone if is_counted else None) or time_of(
        noun, (here, *known.events), alike=True, nameless=is_counted and noun != THEN
    )


def _only_day(tokens: Tokens, phrases: list[Phrase], cues: list[Cue], setting: Setting) -> Due | None:
    """Return the one day that "the day before surgery" can mean in this text, None where there are several."""
    days: dict[date, Due] = {}
    for phrase, cue in zip(phrases[:_MOST_EVENTS], cues, strict=False):
        is_named = phrase.weekday or isinstance(phrase.day, MonthDay | DayNumber)
        if not is_named or phrase.is_weak or cue in {"past", "deadline"} or phrase.offset:
            continue
        deadline = deadline_of(tokens, phrase, setting)
        if deadline is not None and not is_over(deadline.due, setting):
            days.setdefault(deadline.local_day(setting.calendar), deadline.due)
    return next(iter(days.values())) if len(days) == 1 else None


def deadline_of(tokens: Tokens, phrase: Phrase, setting: Setting) -> Deadline | None:
    resolved = resolve(phrase, setting)
    if resolved is None:
        return None
    return Deadline(due=resolved[0], words=tokens.slice(phrase.start, phrase.end), rule=resolved[1])


def is_over(due: Due, setting: Setting) -> bool:
    day = due.astimezone(setting.calendar.zone).date() if isinstance(due, datetime) else due
    return day < setting.today


def is_ahead(candidate: Candidate, setting: Setting) -> bool:
    """Return whether it may be a deadline: not over, no century away."""
    deadline = candidate.found.deadline
    days = (deadline.local_day(setting.calendar) - setting.today).days
    return candidate.found.cue != "past" and 0 <= days <= _FARTHEST_DAYS
