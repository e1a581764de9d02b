"""Clock times: 3pm, 15:30, 0800, 16h00, noon, half past three, by 4, a las 3 de la tarde."""

from __future__ import annotations

from typing import Final

from assistant.understand.deadlines import borders, hours
from assistant.understand.deadlines.lexicon import CLOCK_CUES, MONTHS, PARTS, RELATIVE_DAYS, WEEKDAYS
from assistant.understand.deadlines.numbers import cardinal_at
from assistant.understand.deadlines.pieces import Clock, Reading
from assistant.understand.deadlines.tokens import Tokens
from assistant.understand.deadlines.zones import offset_at, zone_at

_NAMED: Final = {
    **dict.fromkeys(("noon", "noontime", "midday", "mediodia"), Clock(12, half="24")),
    # People mean the end of the day that they name.
    **dict.fromkeys(("midnight", "medianoche"), Clock(23, 59, half="24")),
    **dict.fromkeys(("lunchtime", "lunch"), Clock(12, half="24", is_weak=True)),
}
_MEALS: Final = frozenset({"lunchtime", "lunch"})
_BY: Final = frozenset({"by", "before", "until"})
_SPOKEN_CUES: Final = _BY | {"at", "las", "la"}
_BETWEEN: Final = frozenset({"between", "entre", "from"})
_UNITS: Final = frozenset({"hrs", "hours", "h", "hs", "horas", "hr"})
_YEARS: Final = range(1950, 2100)
_DAYS: Final = WEEKDAYS.keys() | RELATIVE_DAYS.keys() | {"tonight", "eod"}
_ORDINALS: Final = frozenset({"st", "nd", "rd", "th"})
# "all 3 tomorrow", "of 3 Friday": the number counts something.
_COUNTING: Final = frozenset({"of", "and", "for", "x", "task", "#", "all", "these", "those", "the"})
_FIGURES: Final = 2
_SPOKEN_MINUTES: Final = frozenset({5, 10, 20, 25})
_MILITARY: Final = (3, 4)
STARTS: Final = _NAMED.keys() | {"half", "quarter"}


def clock_at(tokens: Tokens, place: int) -> Reading:
    """Read a clock time at `place`."""
    word = tokens.word(place)
    if tokens[place].kind == "number":
        if borders.is_named(tokens, place):
            return None
        return (
            _twelve(tokens, place)
            or _with_minutes(tokens, place)
            or _military(tokens, place)
            or _full_hour(tokens, place)
        )
    if word in _NAMED:
        is_meal = word in _MEALS and tokens.word(place - 1) not in _BY
        return None if is_meal else (place + 1, _NAMED[word])
    if word in {"half", "quarter"}:
        return hours.past_or_to(tokens, place + 1, 30 if word == "half" else 15)
    return _in_words(tokens, place)


def _twelve(tokens: Tokens, place: int) -> Reading:
    """Read "12 noon" and "12:00 midnight"."""
    end = place + 3 if tokens.has(place, "12", ":", "00") else place + 1
    is_named = tokens.word(place) in {"12", "twelve"} and tokens.word(end) in {"noon", "midnight"}
    return (end + 1, _NAMED[tokens.word(end)]) if is_named else None


def _with_minutes(tokens: Tokens, place: int) -> Reading:
    """Read 3:30, 15:30:10, 16h00 and, behind "at" or a day, 16.40."""
    hour, mark, minute = tokens.value(place), tokens.word(place + 1), tokens.value(place + 2)
    is_joined = tokens.is_glued(place + 1) and _is_pair(tokens, place + 2)
    if not is_joined or mark not in {":", "h", "."} or not borders.begins(tokens, place, after_dash=True):
        return None
    end, second = place + 3, 0
    if mark == "." and (not _is_cued(tokens, place) or borders.counts_something(tokens, end)):
        return None
    if mark == ":" and tokens.word(end) == ":" and _is_pair(tokens, end + 1):
        second, end = tokens.value(end + 1), end + 2
    end, half = hours.half_at(tokens, end)
    end += tokens.word(end) in _UNITS
    if not (borders.ends(tokens, end) or _is_dash(tokens, end) or offset_at(tokens, end)):
        return None
    if mark == "." and not half and not borders.stands_alone(tokens, end):
        return None
    is_padded = tokens.word(place).startswith("0") or mark == "h"
    return hours.clock(end, hour, minute, half or ("24" if is_padded else ""), second=second)


def _is_pair(tokens: Tokens, place: int) -> bool:
    return tokens.is_glued(place) and tokens.value(place) >= 0 and len(tokens.word(place)) == _FIGURES


def _military(tokens: Tokens, place: int) -> Reading:
    """Read 0800 and 1515 where a cue or a day stands beside it; 2026 is a year unless "hrs" follows."""
    text = tokens.word(place)
    if len(text) not in _MILITARY or not borders.begins(tokens, place):
        return None
    hour, minute = divmod(int(text), 100)
    end, half = hours.half_at(tokens, place + 1)
    is_certain = bool(half) or tokens.word(end) in _UNITS
    end += tokens.word(end) in _UNITS or tokens.word(end) == "ish"
    if not is_certain and (len(text) == min(_MILITARY) or int(text) in _YEARS or not _is_cued(tokens, place)):
        return None
    if not borders.ends(tokens, end) or not borders.stands_alone(tokens, end):
        return None
    if hour > hours.NOON or (len(text) == max(_MILITARY) and not half):
        half = "24"
    return hours.clock(end, hour, minute, half, is_weak=not is_certain)


def _full_hour(tokens: Tokens, place: int) -> Reading:
    """Read 3pm, 3p, 3 a.m., 3 o'clock, 8h, and a bare hour behind a cue: by 4, tomorrow 9."""
    if len(tokens.word(place)) > _FIGURES or not borders.begins(tokens, place, after_dash=True):
        return None
    hour, end = tokens.value(place), place + 1
    behind, half = hours.half_at(tokens, end)
    if half:
        is_whole = borders.ends(tokens, behind) or _is_dash(tokens, behind)
        return hours.clock(behind, hour, 0, half) if is_whole and hour else None
    spoken = hours.after_o_clock(tokens, end, hour)
    if spoken:
        return spoken
    if _is_dash(tokens, end):
        return _range_end(tokens, place)
    if tokens.word(end) in {"minutes", "min", "mins", "minute"}:
        return hours.past_or_to(tokens, end + 1, hour)
    return _open_hour(tokens, place) if borders.begins(tokens, place) else None


def _open_hour(tokens: Tokens, place: int) -> Reading:
    """Read an hour in figures that nothing joined to it makes one: "8h", "3 de la tarde", "between 1 and 3", "by 4"."""
    hour, end = tokens.value(place), place + 1
    is_h = tokens.word(end) == "h" and tokens.is_glued(end) and borders.ends(tokens, end + 1)
    if is_h and _is_cued(tokens, place):
        return hours.clock(end + 1, hour, 0, "24", is_weak=True)
    return (
        _between_end(tokens, place)
        or hours.spanish(tokens, place, end, hour)
        or hours.with_part(tokens, end, hour)
        or _bare_hour(tokens, place, end, hour)
    )


def _bare_hour(tokens: Tokens, place: int, end: int, hour: int, minute: int = 0) -> Reading:
    """Read an hour that only the word before it ("by 4") or the day behind it ("9 tomorrow") makes one."""
    is_before_day = tokens.word(end) in _DAYS - WEEKDAYS.keys() and tokens.word(place - 1) not in _COUNTING
    if not (is_before_day or _is_cued(tokens, place)) or not hours.is_hour(hour):
        return None
    is_zoned = zone_at(tokens, end) is not None
    if not is_zoned and not (borders.ends(tokens, end) and borders.stands_alone(tokens, end)):
        return None
    # "by Monday 2) refill the cart" is a list.
    if tokens.word(end) == ")" and not any(tokens.word(step) == "(" for step in range(max(place - 6, 0), place)):
        return None
    return hours.clock(end, hour, minute, "24" if tokens.word(place).startswith("0") else "", is_weak=True)


def _is_cued(tokens: Tokens, place: int) -> bool:
    """Return whether "at" or the like, or a day, stands right before `place`."""
    before = tokens.word(place - 1)
    if before in {",", ".", ")"}:
        return tokens.word(place - 2) in _DAYS or _ends_date(tokens, place - 2)
    if before == "la":
        return tokens.word(place - 2) in {"a", "de", "para", "hasta"}
    return before in CLOCK_CUES or before in _DAYS or before in PARTS or _ends_date(tokens, place - 1)


def _ends_date(tokens: Tokens, place: int) -> bool:
    """Return whether the token at `place` ends a date: Dec 4, 14th, 4 Dec, 9/24, 24.8, March 4, 2026."""
    if tokens[place].kind == "word":
        is_ordinal = tokens.word(place) in _ORDINALS and tokens.is_glued(place)
        return is_ordinal or (tokens.word(place) in MONTHS and tokens.value(place - 1) > 0)
    if tokens.value(place) < 0:
        return False
    before = tokens.word(place - 1)
    if before in {"/", "."}:
        return tokens.is_glued(place) and tokens.value(place - 2) > 0
    is_year = tokens.value(place) in _YEARS and before in {",", "de", "del"} and tokens.value(place - 2) > 0
    return before in MONTHS or is_year


def _is_dash(tokens: Tokens, place: int) -> bool:
    """Return whether a dash at `place` joins two times: 8-10 am, 9:00-10:30."""
    return tokens.word(place) == "-" and tokens[place + 1].kind == "number"


def _range_end(tokens: Tokens, place: int) -> Reading:
    """Read 8-10 am: the end of a range that says its half of the day once."""
    if not hours.is_hour(tokens.value(place)) or len(tokens.word(place + 2)) > _FIGURES:
        return None
    # One step only: in 1-2-3-4 pm nothing is meant.
    if _is_dash(tokens, place + 3):
        return None
    found = _with_minutes(tokens, place + 2) or _full_hour(tokens, place + 2)
    return found if found and isinstance(found[1], Clock) and found[1].half in {"am", "pm"} else None


def _between_end(tokens: Tokens, place: int) -> Reading:
    """Read "between 1 and 3": the later hour; any other reading of the second number wins over a bare one."""
    later = place + 2
    if tokens.word(place - 1) not in _BETWEEN or tokens.word(place + 1) not in {"and", "to", "y"}:
        return None
    end, half = hours.half_at(tokens, later + 1)
    if not hours.is_hour(tokens.value(place)) or not hours.is_hour(tokens.value(later)):
        return None
    if not borders.ends(tokens, end) or not borders.stands_alone(tokens, end):
        return None
    return hours.clock(end, tokens.value(later), 0, half, is_weak=not half)


def _in_words(tokens: Tokens, place: int) -> Reading:
    """Read hours in words: "at eight forty-five", "ten a m", "a las tres y media"."""
    spoken = cardinal_at(tokens, place)
    # "By ten to four"; "from ten to four" is a range.
    is_minutes = spoken and spoken[1] in _SPOKEN_MINUTES and tokens.word(place - 1) in _SPOKEN_CUES
    if spoken and is_minutes and (told := hours.past_or_to(tokens, *spoken)):
        return told
    if spoken is None or not hours.is_hour(spoken[1]):
        return None
    if noon := _twelve(tokens, place):
        return noon
    end, hour = spoken
    more = cardinal_at(tokens, end)
    minute = 0
    if more and 10 <= more[1] <= 59:  # noqa: PLR2004 - minutes are two figures
        end, minute = more
    behind, half = hours.half_at(tokens, end)
    if half:
        return hours.clock(behind, hour, minute, half)
    told = hours.after_o_clock(tokens, end, hour, minute) or hours.spanish(tokens, place, end, hour)
    if told or tokens.word(place - 1) not in _SPOKEN_CUES | _DAYS:
        return told
    end += bool(minute) and tokens.word(end) in {"minutes", "minute"}
    return hours.with_part(tokens, end, hour, minute) or _bare_hour(tokens, place, end, hour, minute)
