from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.records import Calendar
from assistant.understand.deadlines import find_dates, find_deadline, parse_when, resolve_point
from tests.understand.deadlines.moments import CALENDAR, WRITTEN_AT

PIECES = [
    "tomorrow",
    "today",
    "Friday",
    "sat",
    "next",
    "this",
    "last",
    "week",
    "month",
    "the",
    "3rd",
    "14th",
    "3/14",
    "2027-02-30",
    "3pm",
    "15:30",
    "0800",
    "noon",
    "midnight",
    "at",
    "by",
    "before",
    "until",
    "to",
    "-",
    "and",
    "between",
    "in",
    "within",
    "2",
    "days",
    "hours",
    "business",
    "of",
    "from",
    "now",
    "ago",
    "end",
    "EOD",
    "COB",
    "mañana",
    "a",
    "las",
    "y",
    "media",
    "de",
    "la",
    "tarde",
    "(",
    ")",
    ",",
    ".",
    ";",
    ":",
    "ET",
    "CT",
    "surgery",
    "day",
    "before",
    "after",
    "\n",
    "first",
    "Monday",
    "March",
    "May",
    "Sept.",
    "31",
    "1/2",
    "99/99",
    "12:99",
    "24/7",
    "+",
    "half",
    "past",
    "quarter",
    "a",
    "an",
    "couple",
    "hace",
    "dentro",
    "fin",
    "mes",
    "que",
    "viene",
    "pasado",
    "2h",
    "1d",
    "8-10",
    "am",
    "p.m.",
    "o'clock",
    "000000",
    "\x00",
    "½",
    "٣",
    "é",
]
texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)
moments = st.datetimes(timezones=st.sampled_from([UTC, ZoneInfo("America/Chicago"), ZoneInfo("Pacific/Kiritimati")]))


@settings(max_examples=400, deadline=None)
@given(text=texts, moment=moments, day_first=st.booleans())
def test_no_text_and_no_moment_raise(text: str, moment: datetime, *, day_first: bool) -> None:
    found = find_dates(text, moment, CALENDAR, day_first=day_first)
    find_deadline(text, moment, CALENDAR, day_first=day_first)
    parse_when(text, moment, CALENDAR, day_first=day_first)
    resolve_point(text, moment, CALENDAR, day_first=day_first)

    ends = [0]
    for one in found:
        assert one.deadline.words == text[one.start : one.end] != ""
        assert one.start >= ends[-1]
        ends.append(one.end)
        assert not isinstance(one.deadline.due, datetime) or one.deadline.due.tzinfo is not None


@settings(max_examples=100, deadline=None)
@given(text=texts)
def test_the_same_words_at_the_same_moment_mean_the_same(text: str) -> None:
    assert find_dates(text, WRITTEN_AT, CALENDAR) == find_dates(text, WRITTEN_AT, CALENDAR)


def test_a_calendar_without_working_days_gives_no_day_rather_than_hang() -> None:
    idle = Calendar(zone=CALENDAR.zone, workdays=frozenset())

    assert parse_when("2 business days", WRITTEN_AT, idle) is None


HOSTILE = (
    "tomorrow ",
    "at 3 ",
    "the day before ",
    "2 days before ",
    "from 8.30am on Monday 8th March 2027 until ",
    "1-",
    "3/",
    "Friday - ",
    "between 3 and ",
    "first Monday of ",
    "a ",
    ".",
    "de la ",
    "1 d, ",
    "é́",
)


def _cost_s(text: str) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        find_deadline(text, WRITTEN_AT, CALENDAR)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("unit", HOSTILE)
def test_four_times_the_text_costs_about_four_times_as_much(unit: str) -> None:
    """A quadratic reading would cost sixteen times as much; the bound leaves room for a busy machine."""
    short, long = unit * (6_000 // len(unit)), unit * (24_000 // len(unit))

    assert _cost_s(long) < 10 * _cost_s(short) + 0.02
