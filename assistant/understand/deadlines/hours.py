"""What stands around an hour: am, p.m., o'clock, "in the morning", "half past", "y media", "de la tarde"."""

from __future__ import annotations

from typing import Final

from assistant.understand.deadlines import borders
from assistant.understand.deadlines.lexicon import PARTS
from assistant.understand.deadlines.numbers import cardinal_at
from assistant.understand.deadlines.pieces import Clock, Half, PartName, Reading
from assistant.understand.deadlines.tokens import Tokens

NOON: Final = 12
_LAST_HOUR: Final = 23
_LAST_MINUTE: Final = 59
_HALVES: Final[dict[str, Half]] = {"a": "am", "am": "am", "p": "pm", "pm": "pm"}
_PART_HALVES: Final[dict[PartName, Half]] = {"morning": "am", "afternoon": "pm", "evening": "pm", "night": "pm"}
_LEADS: Final = (("in", "the"), ("de", "la"), ("por", "la"), ("en", "la"), ("at",), ("del",))
_PAST: Final = frozenset({"past", "after"})
_TO: Final = frozenset({"to", "till", "of", "before"})
_SPANISH_MINUTES: Final = {
    ("y", "media"): 30,
    ("y", "cuarto"): 15,
    ("menos", "cuarto"): -15,
    ("en", "punto"): 0,
}


def clock(end: int, hour: int, minute: int = 0, half: Half = "", *, second: int = 0, is_weak: bool = False) -> Reading:
    """Return the clock time that ends before `end`, None where no clock shows it (14 pm, 25:12)."""
    if hour > _LAST_HOUR or minute > _LAST_MINUTE or second > _LAST_MINUTE or (half in {"am", "pm"} and hour > NOON):
        return None
    if half == "pm" and hour < NOON:
        hour += NOON
    elif half == "am" and hour == NOON:
        hour = 0
    return end, Clock(hour, minute, second, half, is_weak)


def is_hour(number: int) -> bool:
    return 1 <= number <= NOON


def half_at(tokens: Tokens, place: int) -> tuple[int, Half]:
    """Read am, p.m., `p` right behind a figure; return the place behind it."""
    word = tokens.word(place)
    if word in {"am", "pm"}:
        return place + 1, _HALVES[word]
    if word not in {"a", "p"}:
        return place, ""
    if tokens.has(place + 1, ".", "m"):
        return place + 3 + (tokens.word(place + 3) == "." and tokens.is_glued(place + 3)), _HALVES[word]
    if tokens.has(place + 1, "m"):
        return place + 2, _HALVES[word]
    # Bed 12A is in capitals, 3p is not.
    is_half = tokens.is_glued(place) and tokens[place].raw.islower() and borders.ends(tokens, place + 1)
    return (place + 1, _HALVES[word]) if is_half else (place, "")


def o_clock_end(tokens: Tokens, place: int) -> int:
    """Return the place behind "o'clock" at `place`; `place` where it does not stand there."""
    if tokens.word(place) == "oclock":
        return place + 1
    for words in (("o", "'", "clock"), ("o", "clock")):
        if tokens.has(place, *words):
            return place + len(words)
    return place


def with_part(tokens: Tokens, end: int, hour: int, minute: int = 0) -> Reading:
    """Read what says the half of the day behind an hour: "in the morning", "at night", "de la tarde"."""
    for lead in _LEADS:
        if not tokens.has(end, *lead):
            continue
        word = tokens.word(end + len(lead))
        if lead == ("del",) and word == "mediodia":
            return clock(end + 2, hour, minute, "pm")
        part = PARTS.get(word)
        if part and (len(lead) > 1 or part == "night"):
            is_midnight = hour == NOON and part == "night"
            return clock(
                end + len(lead) + 1, 0 if is_midnight else hour, minute, "24" if is_midnight else _PART_HALVES[part]
            )
    return None


def after_o_clock(tokens: Tokens, place: int, hour: int, minute: int = 0) -> Reading:
    """Read "o'clock" and what follows it: "3 o'clock am", "4 o'clock in the afternoon"."""
    end = o_clock_end(tokens, place)
    if end == place:
        return None
    behind, half = half_at(tokens, end)
    return with_part(tokens, end, hour, minute) or clock(behind, hour, minute, half)


def past_or_to(tokens: Tokens, place: int, minutes: int) -> Reading:
    """Read "past three" or "to 2pm" behind a number of minutes."""
    word = tokens.word(place)
    if word not in _PAST | _TO or minutes > _LAST_MINUTE:
        return None
    found = _hour_at(tokens, place + 1)
    if found is None:
        return None
    end, hour, half = found
    if word in _PAST or not minutes:
        return clock(end, hour, minutes, half)
    # A quarter to 12 pm is in the morning, a quarter to 12 am in the night.
    if hour == NOON and half in {"am", "pm"}:
        half = "am" if half == "pm" else "pm"
    return clock(end, hour - 1 or NOON, 60 - minutes, half)


def _hour_at(tokens: Tokens, place: int) -> tuple[int, int, Half] | None:
    found = (place + 1, tokens.value(place)) if tokens.value(place) >= 0 else cardinal_at(tokens, place)
    if found is None or not is_hour(found[1]):
        return None
    end, half = half_at(tokens, found[0])
    if half:
        return end, found[1], half
    spoken = with_part(tokens, end, found[1])
    if spoken and isinstance(spoken[1], Clock):
        return spoken[0], found[1], spoken[1].half
    return (end, found[1], "") if borders.stands_alone(tokens, end) else None


def spanish(tokens: Tokens, place: int, end: int, hour: int) -> Reading:
    """Read "las 3 y media", "las cuatro menos cuarto", "las 10 en punto": `place` is the hour, `end` behind it."""
    if tokens.word(place - 1) not in {"las", "la"}:
        return None
    for words, minutes in _SPANISH_MINUTES.items():
        if tokens.has(end, *words):
            end += len(words)
            told = (hour, minutes) if minutes >= 0 else (hour - 1 or NOON, 60 + minutes)
            return with_part(tokens, end, *told) or clock(end, *told)
    return None
