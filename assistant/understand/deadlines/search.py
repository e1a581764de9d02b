"""A text and its moment -> the times in it, and the one that is its request's deadline."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, tzinfo
from typing import Final

from assistant.records import Calendar, Deadline
from assistant.understand.deadlines import arithmetic
from assistant.understand.deadlines.candidates import FoundDate, candidates, deadline_of, events_in, is_ahead
from assistant.understand.deadlines.choosing import choose
from assistant.understand.deadlines.cues import cue_of
from assistant.understand.deadlines.events import NOTHING, Event, Known
from assistant.understand.deadlines.joining import read
from assistant.understand.deadlines.phrases import Phrase
from assistant.understand.deadlines.pieces import Length, MonthDay
from assistant.understand.deadlines.places import zone_in, zone_of_offset
from assistant.understand.deadlines.resolving import resolve
from assistant.understand.deadlines.screening import may_tell_date, may_tell_time
from assistant.understand.deadlines.setting import Setting
from assistant.understand.deadlines.tokens import Tokens

_OWN_CLOCKS: Final = re.compile(r"\b(?:our|my|nuestr[ao]|aqu[ií]|ac[aá])\b", re.IGNORECASE)
"""What may speak of the writer's own clocks: their zone is looked for only where it counts."""
_HEAD: Final = 4_000
_LINE: Final = 400
_OLDEST_LETTER: Final = 180
"""Days."""
_MOST_LABEL: Final = 5
_PAPERS: Final = frozenset({"letter", "notice", "denial", "determination", "mailed", "issued", "carta", "aviso"})
_LONGEST_DATE: Final = 80
"""Characters of a line that holds a date and nothing else."""
_SAYS_DATE: Final = re.compile(rf"\b(?:dated?|fecha|{'|'.join(sorted(_PAPERS))})\b", re.IGNORECASE)
_OTHER_DATES: Final = frozenset({"birth", "service", "nacimiento", "due", "surgery", "visit", "effective", "exp"})


def find_dates(text: str, reference: datetime, calendar: Calendar, *, day_first: bool = False) -> tuple[FoundDate, ...]:
    """Return every time that `text` names, in its order; none overlaps another.

    Args:
        text: Any text; what is not a time for certain (`at 3`, `sat`) counts only behind a word that makes it one.
        reference: When the words were written, aware; taken to be in the calendar's zone where it is not.
        calendar: Whose zone, working days and hours count.
        day_first: True: 3/4 is the third of April.
    """
    if not may_tell_time(text):
        return ()
    tokens, phrases = read(text, day_first=day_first)
    setting = _setting(text, reference, calendar, NOTHING)
    return tuple(one.found for one in candidates(tokens, phrases, setting, NOTHING))


def find_deadline(
    text: str,
    reference: datetime,
    calendar: Calendar,
    *,
    day_first: bool = False,
    known: Known = NOTHING,
    focus: int | None = None,
    only_marked: bool = False,
) -> Deadline | None:
    """Return the one deadline that a sentence sets for what it asks; None rather than an invented one.

    What "by", "due" or "no later than" marks comes first; else the time of the request itself ("call her Friday").
    Times of events, past days and times that are called off ("not Friday") are none.

    Args:
        text: A sentence.
        reference: When the words were written, aware; taken to be in the calendar's zone where it is not.
        calendar: Whose zone, working days and hours count.
        day_first: True: 3/4 is the third of April.
        known: What other sentences tell: when "the call" of "before the call" is.
        focus: The character where the words begin that ask; of several times one behind it is preferred.
        only_marked: True: only a time that "by", "before" or the like marks counts.
    """
    if not may_tell_time(text):
        return None
    tokens, phrases = read(text, day_first=day_first)
    setting = _setting(text, reference, calendar, known)
    said = candidates(tokens, phrases, setting, known)
    ahead = [one for one in said if is_ahead(one, setting) and (one.found.cue == "deadline" or not only_marked)]
    chosen = choose(tokens, ahead, setting, focus)
    return chosen.found.deadline if chosen else None


def find_events(text: str, reference: datetime, calendar: Calendar, *, day_first: bool = False) -> tuple[Event, ...]:
    """Return the events of a text whose times it tells, in its order; a time of nothing by name is one of ""."""
    if not may_tell_time(text):
        return ()
    tokens, phrases = read(text, day_first=day_first)
    setting = _setting(text, reference, calendar, NOTHING)
    return tuple(events_in(tokens, phrases, setting))


def find_letter_day(text: str, reference: datetime, calendar: Calendar, *, day_first: bool = False) -> date | None:
    """Return the date that a letter bears: alone on a line near its head, or behind "Date:" or "dated"."""
    setting = _setting("", reference, calendar, NOTHING)
    for line in text[:_HEAD].split("\n"):
        may_be_letters = len(line) <= _LONGEST_DATE or _SAYS_DATE.search(line)
        if not may_be_letters or not may_tell_date(line[:_LINE]):
            continue
        tokens, phrases = read(line[:_LINE], day_first=day_first)
        for phrase in phrases:
            if not isinstance(phrase.day, MonthDay) or phrase.clock or not _is_letters(tokens, phrase):
                continue
            resolved = resolve(phrase, setting)
            day = resolved[0] if resolved else None
            if type(day) is date and 0 <= (setting.today - day).days <= _OLDEST_LETTER:
                return day
    return None


def _is_letters(tokens: Tokens, phrase: Phrase) -> bool:
    """Return whether a date is the letter's own: the whole line, or said to be."""
    if (phrase.start, phrase.end) == _inner(tokens):
        return True
    before = [tokens.word(step) for step in range(max(phrase.start - 6, 0), phrase.start)]
    if before[-1:] == ["dated"] or before[-2:] == ["dated", ":"]:
        return bool(_PAPERS & set(before)) or phrase.start <= _MOST_LABEL
    is_label = before[-1:] == [":"] and before[0] in _PAPERS | {"date", "fecha", "dated"} and len(before) <= _MOST_LABEL
    return is_label and not _OTHER_DATES & set(before)


def parse_when(text: str, reference: datetime, calendar: Calendar, *, day_first: bool = False) -> Deadline | None:
    """Return what `text` means where the whole of it is one time: `fri 3pm`, `2 days`, `the 20th`; else None."""
    tokens, phrases = read(text, day_first=day_first)
    setting = Setting(arithmetic.in_zone(reference, calendar.zone), calendar)
    start, end = _inner(tokens)
    for phrase in phrases:
        if phrase.start != start or phrase.end not in {end, len(tokens)}:
            return None
        if isinstance(phrase.day, Length) and phrase.is_bare_length:
            phrase = replace(phrase, day=Length(phrase.day.amounts, "in"))  # noqa: PLW2901 - read as a command
        return deadline_of(tokens, phrase, setting)
    return None


def resolve_point(text: str, reference: datetime, calendar: Calendar, *, day_first: bool = False) -> Deadline | None:
    """Return the first time that `text` names, whatever the words around it say, read as one to come."""
    tokens, phrases = read(text, day_first=day_first)
    setting = Setting(arithmetic.in_zone(reference, calendar.zone), calendar, looks_far=True)
    for phrase in phrases:
        is_whole = phrase.start == _inner(tokens)[0] and phrase.end in {_inner(tokens)[1], len(tokens)}
        is_doubtful = phrase.is_weak and not is_whole and cue_of(tokens, phrase) not in {"deadline", "at"}
        if phrase.is_bare_length or is_doubtful:
            continue
        deadline = deadline_of(tokens, phrase, setting)
        if deadline is not None:
            return deadline
    return None


def _setting(text: str, reference: datetime, calendar: Calendar, known: Known) -> Setting:
    writers: tzinfo | None = None
    if _OWN_CLOCKS.search(text):
        writers = zone_in((text,)) or known.writers_zone
        writers = writers or (zone_of_offset(reference, calendar.zone) if reference.tzinfo else None)
    return Setting(
        arithmetic.in_zone(reference, calendar.zone), calendar, letter_day=known.letter_day, writers_zone=writers
    )


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
