"""Weeks, months and the ends of things: end of the week, EOD, next week, end of March, first Monday of October."""

from __future__ import annotations

from typing import Final

from assistant.understand.deadlines import borders
from assistant.understand.deadlines.lexicon import MONTHS, WEEKDAYS, WORKING, WORKING_AFTER
from assistant.understand.deadlines.numbers import ordinal_at
from assistant.understand.deadlines.pieces import CloseOfDay, DayNumber, Edge, NthWeekday, Reading, Span, SpanUnit
from assistant.understand.deadlines.tokens import Tokens

_UNITS: Final[dict[str, SpanUnit]] = {
    **dict.fromkeys(("day", "dia", "workday", "jornada"), "day"),
    **dict.fromkeys(("week", "wk", "semana", "workweek"), "week"),
    **dict.fromkeys(("weekend", "wknd"), "weekend"),
    **dict.fromkeys(("month", "mes"), "month"),
    **dict.fromkeys(("quarter", "qtr", "trimestre"), "quarter"),
    **dict.fromkeys(("year", "ano"), "year"),
}
_LATER: Final = {
    **dict.fromkeys(("this", "the", "current", "esta", "este", "la", "el", "del", "my", "our"), 0),
    **dict.fromkeys(("next", "following", "coming", "proxima", "proximo", "siguiente"), 1),
    **dict.fromkeys(("last", "past", "previous", "pasada", "pasado"), -1),
}
_YEARS: Final = range(2000, 2200)
_SHORT: Final[dict[str, Span]] = {
    "eow": Span("week", 0, "end"),
    "eom": Span("month", 0, "end"),
    "eoq": Span("quarter", 0, "end"),
    "eoy": Span("year", 0, "end"),
}
_CLOSES: Final = (
    ("eod",),
    ("cob",),
    ("eob",),
    ("end", "of", "day"),
    ("end", "of", "the", "day"),
    ("end", "of", "business"),
    ("end", "of", "business", "day"),
    ("end", "of", "the", "business", "day"),
    ("end", "of", "the", "workday"),
    ("end", "of", "the", "work", "day"),
    ("end", "of", "work"),
    ("end", "of", "shift"),
    ("end", "of", "your", "shift"),
    ("end", "of", "my", "shift"),
    ("end", "of", "the", "shift"),
    ("close", "of", "business"),
    ("close", "of", "the", "business", "day"),
    ("close", "of", "day"),
    ("days", "end"),
    ("closing", "time"),
    ("day", "'", "s", "end"),
    ("fin", "de", "dia"),
    ("fin", "del", "dia"),
    ("final", "del", "dia"),
    ("fin", "de", "la", "jornada"),
    ("cierre", "del", "dia"),
    ("cierre", "de", "la", "oficina"),
)
_EDGES: Final[dict[str, Edge]] = {
    **dict.fromkeys(("end", "close", "fin", "final", "finales", "last"), "end"),
    **dict.fromkeys(("beginning", "start", "begin", "early", "first", "principios", "inicio", "comienzos"), "start"),
    **dict.fromkeys(("middle", "mid", "mediados"), "middle"),
    "late": "end",
    "later": "end",
    "ultimo": "end",
}
_OF: Final = frozenset({"of", "in", "de", "del"})
_QUARTERS: Final = range(1, 5)
_OVER: Final = frozenset({"out", "over", "up", "done", "through"})
_ENDS: Final = frozenset({"ends", "closes", "acabe", "acaba", "termine", "cierre"})
STARTS: Final = (
    _SHORT.keys() | _EDGES.keys() | _LATER.keys() | {words[0] for words in _CLOSES} | {"sometime", "anytime", "during"}
) | {"before", "by", "antes", "within", "in", "over", "a", "month", "week", "year", "fin", "first", "quarter", "qtr"}


HEARTS: Final = _UNITS.keys() | _SHORT.keys() | {"eod", "cob", "eob", "end", "close", "oficina"}
"""One of these, or a month, stands in each of what is read here."""
_CLOSES_OF: Final = {words[0]: tuple(one for one in _CLOSES if one[0] == words[0]) for words in _CLOSES}


def close_of_day_at(tokens: Tokens, place: int) -> Reading:
    """Read EOD, COB, close of business, end of the day; "end of today" leaves the day to be read."""
    start = place + (tokens.word(place) in {"the", "el"})
    closes = _CLOSES_OF.get(tokens.word(start), ())
    if best := max((len(words) for words in closes if tokens.has(start, *words)), default=0):
        return start + best, CloseOfDay()
    joined = tokens.has(start, "end", "of") or tokens.has(start, "close", "of")
    if joined and tokens.word(start + 2) in {"today", "tomorrow", "business"} | WEEKDAYS.keys():
        return start + 2, CloseOfDay()
    if joined and tokens.word(start + 2) in {"this", "next"} and tokens.word(start + 3) in WEEKDAYS:
        return start + 2, CloseOfDay()
    return None


def span_at(tokens: Tokens, place: int) -> Reading:
    """Read a week, month, quarter or year, or one end of it."""
    if tokens.word(place) in _SHORT:
        return place + 1, _SHORT[tokens.word(place)]
    return _before_end(tokens, place) or _edge_of(tokens, place) or _whole(tokens, place)


def _before_end(tokens: Tokens, place: int) -> Reading:
    """Read "before the month is out", "antes de que se acabe el mes"."""
    if tokens.word(place) in {"before", "by"} and tokens.word(place + 1) in {"the", "this"}:
        unit, end = _UNITS.get(tokens.word(place + 2)), place + 3
        if tokens.word(end) in {"is", "'"} and tokens.word(end + 1 + (tokens.word(end) == "'")) in _OVER:
            end += 2 + (tokens.word(end) == "'")
        elif tokens.word(end) in _ENDS:
            end += 1
        else:
            return None
    elif tokens.has(place, "antes", "de", "que"):
        step = place + 3 + (tokens.word(place + 3) == "se")
        if tokens.word(step) not in _ENDS or tokens.word(step + 1) not in {"el", "la"}:
            return None
        unit, end = _UNITS.get(tokens.word(step + 2)), step + 3
    else:
        return None
    if unit is None:
        return None
    return (end, CloseOfDay()) if unit == "day" else (end, Span(unit, 0, "end"))


def _edge_of(tokens: Tokens, place: int) -> Reading:
    """Read "the end of the month", "fin de mes", "early next week", "week's end", "end of March"."""
    start = place + (tokens.word(place) in {"the", "a", "el"})
    if tokens.has(start + 1, "'", "s", "end") and tokens.word(start) in _UNITS:
        return start + 4, Span(_UNITS[tokens.word(start)], 0, "end")
    if end := _joined_end(tokens, start):
        return end, Span(_UNITS[tokens.word(start)], 0, "end")
    edge = _EDGES.get(tokens.word(start))
    if edge is None or tokens.word(start) in {"last", "first", "ultimo"}:
        return _last_day(tokens, start)
    step = start + 1
    has_of = tokens.word(step) in {"of", "de", "del", "-"}
    step += has_of
    named = _named_span(tokens, step, needs_article=not has_of)
    if named is not None:
        end, unit, later = named
        return None if unit == "day" else (end, Span(unit, later, edge))
    if has_of and tokens.word(step) in MONTHS:
        return _month_edge(tokens, step, edge)
    return _quarter_edge(tokens, step, edge) if has_of else None


def _quarter_edge(tokens: Tokens, place: int, edge: Edge) -> Reading:
    """Read the Q1 of "the end of Q1"."""
    quarter = tokens.value(place + 1) if tokens.word(place) == "q" and tokens.is_glued(place + 1) else 0
    months = {"start": 2, "middle": 1, "end": 0}
    if edge not in months or quarter not in _QUARTERS:
        return None
    return place + 2, Span("month", 0, edge, 3 * quarter - months[edge])


def _joined_end(tokens: Tokens, place: int) -> int:
    """Return the place behind "month end" and "year-end", 0 where they tell of what kind: "month-end report"."""
    end = place + 1 + (tokens.word(place + 1) == "-")
    is_joined = _UNITS.get(tokens.word(place)) in {"month", "quarter", "year"} and tokens.word(end) == "end"
    return end + 1 if is_joined and borders.stands_alone(tokens, end + 1) else 0


def _month_edge(tokens: Tokens, place: int, edge: Edge) -> Reading:
    month, year = MONTHS[tokens.word(place)], tokens.value(place + 1)
    if year in _YEARS and not tokens[place + 1].lines:
        return place + 2, Span("month", 0, edge, month, year)
    return (place + 1, Span("month", 0, edge, month)) if year < 0 else None


def _last_day(tokens: Tokens, place: int) -> Reading:
    """Read "the last day of the month", "last business day of June 2027", "último día hábil del mes"."""
    if tokens.word(place) not in {"last", "ultimo"}:
        return None
    is_working = tokens.word(place + 1) in WORKING or tokens.word(place + 2) in WORKING_AFTER
    step = place + 2 + is_working
    if not {"day", "dia"} & {tokens.word(place + 1), tokens.word(step - 1)} or tokens.word(step) not in _OF:
        return None
    edge: Edge = "last workday" if is_working else "end"
    if tokens.word(step + 1) in MONTHS:
        return _month_edge(tokens, step + 1, edge)
    named = _named_span(tokens, step + 1, needs_article=False)
    return (named[0], Span(named[1], named[2], edge)) if named and named[1] != "day" else None


def _named_span(tokens: Tokens, place: int, *, needs_article: bool) -> tuple[int, SpanUnit, int] | None:
    step, later = place, 0
    for _ in range(2):
        word = tokens.word(step)
        if word not in _LATER or (word in {"the", "la", "el"} and step > place):
            break
        later = _LATER[word] or later
        step += 1
    if needs_article and step == place:
        return None
    unit = _UNITS.get(tokens.word(step))
    if unit is None:
        return None
    end = step + 1
    if tokens.word(end) in {"proxima", "proximo", "siguiente", "entrante"}:
        return end + 1, unit, 1
    if tokens.has(end, "que", "viene"):
        return end + 2, unit, 1
    if tokens.word(end) in {"pasada", "pasado"}:
        return end + 1, unit, -1
    return end, unit, later


def _whole(tokens: Tokens, place: int) -> Reading:
    """Read "next week", "sometime this month", "la próxima semana", "esta semana"."""
    word = tokens.word(place)
    if word in {"sometime", "anytime", "during"}:
        named = _named_span(tokens, place + 1, needs_article=True)
        return (named[0], Span(named[1], named[2], "end")) if named and named[1] != "day" else None
    named = _named_span(tokens, place, needs_article=True)
    if named is None or named[1] == "day":
        return None
    end, unit, later = named
    articles = {"the", "la", "el", "del", "my", "our", "past"}
    if word in articles and later == 0 and not (word == "the" and unit == "weekend"):
        return None
    if tokens.word(end) in {"'", "of"} or (tokens.word(place - 1) == "of" and tokens.word(place - 2) == "one"):
        return None
    is_limit = unit == "weekend" and tokens.word(place - 1) in {"by", "before"}
    return end, Span(unit, later, "start" if is_limit else "whole")


def nth_weekday_at(tokens: Tokens, place: int) -> Reading:
    """Read "the first Monday of October 2026", "last Friday of the month", "first of next month"."""
    start = place + (tokens.word(place) in {"the", "el"})
    if tokens.word(start) in {"last", "ultimo"}:
        nth, step = -1, start + 1
    else:
        found = ordinal_at(tokens, start)
        if found is None:
            return _day_of_month(tokens, start, start + 1, tokens.value(start))
        step, nth = found
        if tokens.word(step) not in WEEKDAYS:
            return _day_of_month(tokens, start, step, nth)
    if tokens.word(step) not in WEEKDAYS or tokens.word(step + 1) not in {"of", "in", "de", "del"} or nth > 5:  # noqa: PLR2004
        return None
    weekday, step = WEEKDAYS[tokens.word(step)], step + 2
    if tokens.word(step) in MONTHS:
        year = tokens.value(step + 1)
        has_year = year in _YEARS and tokens[step + 1].lines == 0
        return step + 1 + has_year, NthWeekday(nth, weekday, MONTHS[tokens.word(step)], year if has_year else None)
    named = _named_span(tokens, step, needs_article=True)
    return (named[0], NthWeekday(nth, weekday, None, None, named[2])) if named and named[1] == "month" else None


def _day_of_month(tokens: Tokens, start: int, step: int, day: int) -> Reading:
    """Read "the 20th of next month", "first of the month", "12 of this month"."""
    if not 1 <= day <= 31 or not borders.begins(tokens, start):  # noqa: PLR2004
        return None
    step += tokens.word(step) == "day"
    if tokens.word(step) not in {"of", "de", "del"}:
        return None
    named = _named_span(tokens, step + (tokens.word(step) != "del"), needs_article=True)
    if named is None or named[1] != "month":
        return None
    is_open = tokens.word(step + 1) in {"the", "el", "mes"} and named[2] == 0
    return named[0], DayNumber(day, None if is_open else named[2])
