"""Dates: March 14, 14 de marzo de 2026, 3/14, 2026-03-14, 23.04.2022, the 20th, el día 14."""

from __future__ import annotations

from typing import Final

from assistant.understand.deadlines import borders
from assistant.understand.deadlines.arithmetic import day_or_none
from assistant.understand.deadlines.days import is_after_title
from assistant.understand.deadlines.lexicon import MONTHS, WEEKDAYS
from assistant.understand.deadlines.numbers import LEAST_DAY_IN_WORDS, Count, cardinal_at, ordinal_at
from assistant.understand.deadlines.pieces import DayNumber, MonthDay, Reading
from assistant.understand.deadlines.tokens import Tokens

_LEAP_YEAR: Final = 2028
_YEARS: Final = range(1900, 2200)
_MONTHS_IN_YEAR: Final = 12
_LAST_DAY: Final = 31
_PAIR: Final = 2
_FULL_YEAR: Final = 4
_LONGEST_SHORT_NAME: Final = 4
_DAY_CUES: Final = frozenset(
    {"by", "on", "before", "until", "til", "till", "to", "del", "para", "hasta", "antes", "de"}
)
_DATED: Final = frozenset({"by", "before", "due", "dated", "until", "on"})
_NOT_DAYS: Final = frozenset({"floor", "street", "st", "ave", "avenue", "dose", "cycle", "grade", "time", "attempt"})
STARTS: Final = MONTHS.keys() | {"the", "el", "dia"}


def month_day_at(tokens: Tokens, place: int) -> Reading:
    """Read March 14, Mar. 14th, 2026, 14 de marzo, the fifth of May, Mar-14-2027."""
    return _month_first(tokens, place) if tokens.word(place) in MONTHS else _day_first(tokens, place)


def _month_first(tokens: Tokens, place: int) -> Reading:
    if is_after_title(tokens, place):
        return None
    step = place + 1
    if tokens.word(step) in {".", "/", "-"} and tokens.is_glued(step):
        step += 1
    step += tokens.word(step) == "the"
    day = ordinal_at(tokens, step) or _plain_day(tokens, step)
    # "May 3:30" is an hour.
    if day is None or (tokens.word(day[0]) == ":" and tokens.is_glued(day[0] + 1)):
        return None
    end, number = _range_end(tokens, *day)
    end, year = _year_at(tokens, end)
    is_joined = tokens.word(end) in {"-", "/"}
    if borders.counts_something(tokens, end) or not (borders.ends(tokens, end) or is_joined):
        return None
    return _made(end, MONTHS[tokens.word(place)], number, year)


def _plain_day(tokens: Tokens, place: int) -> Count | None:
    """Read the day of "June 21" and "June twenty one"; single figures in words are hours or counts too often."""
    if tokens.value(place) >= 0:
        return (place + 1, tokens.value(place)) if len(tokens.word(place)) <= _PAIR else None
    found = cardinal_at(tokens, place)
    return found if found and LEAST_DAY_IN_WORDS <= found[1] <= _LAST_DAY else None


def _range_end(tokens: Tokens, end: int, number: int) -> Count:
    """Return the last day of "March 3-5", `number` where it is no range."""
    last, behind = tokens.value(end + 1), end + 2
    is_range = tokens.word(end) in {"-", "to", "through", "thru"} and number < last <= _LAST_DAY
    is_clock = tokens.word(behind) in {"am", "pm", "a", "p", ":"}
    return (behind, last) if is_range and borders.ends(tokens, behind) and not is_clock else (end, number)


def _day_first(tokens: Tokens, place: int) -> Reading:
    start = place + (tokens.word(place) in {"the", "el"})
    start += tokens.word(start) == "dia"
    day = ordinal_at(tokens, start)
    if day is None:
        if tokens.value(start) < 0 or not borders.begins(tokens, start) or len(tokens.word(start)) > _PAIR:
            return None
        day = (start + 1, tokens.value(start))
    step = day[0]
    if tokens.has(step, "day", "of"):
        step += 2
    elif tokens.word(step) in {"of", "de", ".", "-", "/"}:
        step += 1
    if tokens.word(step) not in MONTHS:
        return None
    # "the second may call": without "of" the verb is meant.
    if tokens[step].raw == "may" and step == day[0] and tokens.value(start) < 0:
        return None
    end = step + 1
    is_short = len(tokens.word(step)) <= _LONGEST_SHORT_NAME and tokens.word(end) == "." and tokens.is_glued(end)
    end += is_short and tokens[end + 1].kind == "number"
    end, year = _year_at(tokens, end)
    return _made(end, MONTHS[tokens.word(step)], day[1], year)


def _year_at(tokens: Tokens, place: int) -> tuple[int, int | None]:
    """Read the year behind a day and month; 1005 and "2015 hrs" are hours."""
    step = place + (tokens.word(place) in {",", "de", "del", "-", "/"})
    is_year = len(tokens.word(step)) == _FULL_YEAR and tokens.value(step) in _YEARS and tokens[step].lines == 0
    ends = borders.ends(tokens, step + 1) or tokens.word(step + 1) == "-"
    if not is_year or not ends or tokens.word(step + 1) in {"hrs", "hours", "h"}:
        return place, None
    return step + 1, tokens.value(step)


def day_number_at(tokens: Tokens, place: int) -> Reading:
    """Read "the 14th", "on the 14", "el día 14", and a bare "14th" as a weak one."""
    has_article = tokens.word(place) in {"the", "el"}
    is_called_day = tokens.word(place + has_article) == "dia"
    # "Del día 12" holds the article.
    has_article = has_article or (is_called_day and tokens.word(place - 1) == "del")
    start = place + (tokens.word(place) in {"the", "el"}) + is_called_day
    after_weekday = tokens.word(place - 1) in WEEKDAYS or tokens.word(place - 2) in WEEKDAYS
    found = ordinal_at(tokens, start)
    if found is None and tokens.word(place - 1) in WEEKDAYS and tokens.value(place) > _MONTHS_IN_YEAR:
        # "Thursday 18": smaller ones may be hours.
        found = (place + 1, tokens.value(place))
    if found is None:
        is_spanish = tokens.word(place) == "el"
        is_said = has_article and (tokens.word(place - 1) in _DAY_CUES or is_spanish or after_weekday)
        if not is_said or tokens.value(start) < 0:
            return None
        found = (start + 1, tokens.value(start))
    end, day = found
    is_word = tokens.value(start) < 0
    if not 1 <= day <= _LAST_DAY or not borders.ends(tokens, end):
        return None
    if is_word and not after_weekday and not (has_article and day >= LEAST_DAY_IN_WORDS):
        return None
    if not has_article and borders.is_named(tokens, start):
        return None
    follows_weekday = after_weekday and tokens[end].kind == "word" and tokens.word(end) not in _NOT_DAYS
    if not borders.stands_alone(tokens, end) and not follows_weekday:
        return None
    # "El 25" is a task's number as often as a day.
    is_spanish = tokens.word(place) == "el" and not is_called_day
    return end, DayNumber(day, is_weak=not has_article or is_spanish or (is_word and not after_weekday))


def figures_at(tokens: Tokens, place: int, *, day_first: bool) -> Reading:
    """Read 2026-03-14, 3/14, 3/14/26, 3-14-2026, 23.04.2022 and, day first, 23.8."""
    mark = tokens.word(place + 1)
    is_joined = tokens.is_glued(place + 1) and tokens.is_glued(place + 2) and tokens.value(place + 2) >= 0
    if mark not in {"/", "-", "."} or not is_joined or tokens.value(place) < 0:
        return None
    if not borders.begins(tokens, place) or borders.is_named(tokens, place):
        return None
    has_third = tokens.word(place + 3) == mark and tokens.is_glued(place + 3) and tokens.is_glued(place + 4)
    if has_third and tokens[place + 4].kind == "number":
        return _three_figures(tokens, place, mark, day_first=day_first)
    return _two_figures(tokens, place, mark, day_first=day_first)


def _three_figures(tokens: Tokens, place: int, mark: str, *, day_first: bool) -> Reading:
    lengths = [len(tokens.word(place + step)) for step in (0, 2, 4)]
    first, second, third = (tokens.value(place + step) for step in (0, 2, 4))
    end = place + 5
    if lengths[0] == _FULL_YEAR and mark != ".":
        # In 2026-03-14T15:00 the clock is the next piece.
        is_joined = tokens.word(end) == "t" and tokens.is_glued(end + 1)
        return _made(end + is_joined, second, third, first) if is_joined or _ends(tokens, end) else None
    if max(lengths[:2]) > _PAIR or lengths[2] not in {_PAIR, _FULL_YEAR} or not _ends(tokens, end):
        return None
    # 1.10.30 is a version, 1-2-33 a part's number; 03-14-26 and "by 3.14.26" are dates.
    is_sure = mark == "/" or (mark == "-" and lengths[1] == _PAIR) or tokens.word(place - 1) in _DATED
    if lengths[2] == _PAIR and not is_sure:
        return None
    year = third + (2000 if lengths[2] == _PAIR else 0)
    orders = ((second, first), (first, second)) if day_first else ((first, second), (second, first))
    return _made(end, *orders[0], year, is_figures=True) or _made(end, *orders[1], year)


def _two_figures(tokens: Tokens, place: int, mark: str, *, day_first: bool) -> Reading:
    first, second, end = tokens.value(place), tokens.value(place + 2), place + 3
    if max(len(tokens.word(place)), len(tokens.word(place + 2))) > _PAIR:
        return None
    if mark == "." and not day_first and not (tokens.word(place - 1) == "on" and borders.stands_alone(tokens, end)):
        return None
    has_stop = mark == "." and tokens.word(end) == "." and tokens.is_glued(end)
    if not _ends(tokens, end) and not has_stop:
        return None
    if borders.counts_something(tokens, end) or tokens.word(end) in {"of", "de"} or (first, second) == (24, 7):
        return None
    month, day = (second, first) if day_first else (first, second)
    is_weak = mark != "/"
    if month > _MONTHS_IN_YEAR >= day:
        # The other order is the only one that can be meant.
        month, day, is_weak = day, month, True
    return _made(end + has_stop, month, day, None, is_weak=is_weak, is_figures=True)


def _ends(tokens: Tokens, end: int) -> bool:
    """Return whether a date in figures ends there; a clock or the end of a range may follow at once."""
    is_clock = tokens.word(end) == "." and tokens.word(end + 2) == ":"
    is_range = tokens.word(end) == "-" and tokens.word(end + 2) == "/"
    return borders.ends(tokens, end) or is_clock or is_range


def _made(
    end: int, month: int, day: int, year: int | None, *, is_weak: bool = False, is_figures: bool = False
) -> Reading:
    if (year is not None and year not in _YEARS) or day_or_none(year or _LEAP_YEAR, month, day) is None:
        return None
    return end, MonthDay(month, day, year, is_weak, is_figures)
