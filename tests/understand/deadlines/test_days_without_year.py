from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.records import Calendar
from assistant.understand.deadlines import parse_when, resolve_point

CALENDAR = Calendar(zone=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("written", "text", "due"),
    [
        (date(2026, 12, 28), "1/4", date(2027, 1, 4)),
        (date(2027, 1, 4), "12/28", date(2026, 12, 28)),
        (date(2027, 1, 4), "11/1", date(2027, 11, 1)),
        (date(2027, 6, 15), "6/15", date(2027, 6, 15)),
        (date(2027, 12, 31), "tomorrow", date(2028, 1, 1)),
        (date(2028, 2, 28), "tomorrow", date(2028, 2, 29)),
        (date(2027, 2, 28), "tomorrow", date(2027, 3, 1)),
        (date(2028, 2, 10), "end of month", date(2028, 2, 29)),
        (date(2027, 3, 1), "2/29", date(2028, 2, 29)),
        (date(2027, 1, 31), "in 1 month", date(2027, 2, 28)),
        (date(2028, 2, 29), "in a year", date(2029, 2, 28)),
        (date(2027, 4, 15), "the 31st", date(2027, 5, 31)),
        (date(2027, 12, 20), "the 5th", date(2028, 1, 5)),
        (date(2027, 11, 10), "end of the quarter", date(2027, 12, 31)),
        (date(2027, 12, 30), "end of next month", date(2028, 1, 31)),
        (date(2027, 5, 8), "end of the week", date(2027, 5, 14)),
        (date(2027, 5, 7), "Friday", date(2027, 5, 14)),
        (date(2027, 5, 7), "this Friday", date(2027, 5, 7)),
        (date(2027, 5, 7), "next Friday", date(2027, 5, 14)),
        (date(2027, 5, 9), "next Friday", date(2027, 5, 14)),
        (date(2027, 5, 7), "1 business day", date(2027, 5, 10)),
        (date(2027, 9, 1), "first Monday of October", date(2027, 10, 4)),
        (date(2027, 9, 1), "last Friday of the month", date(2027, 9, 24)),
        (date(2027, 9, 1), "the 20th of next month", date(2027, 10, 20)),
        (date(2027, 12, 1), "new year's eve", date(2027, 12, 31)),
    ],
)
def test_months_and_years_end_where_the_calendar_says(written: date, text: str, due: date) -> None:
    found = parse_when(text, datetime(written.year, written.month, written.day, 9, tzinfo=CALENDAR.zone), CALENDAR)

    assert found is not None
    assert found.due == due


def test_a_point_that_is_known_to_come_is_never_taken_back() -> None:
    written = datetime(2027, 1, 4, 9, tzinfo=CALENDAR.zone)

    found = resolve_point("See you on 12/28 then", written, CALENDAR)

    assert found is not None
    assert found.due == date(2027, 12, 28)


@pytest.mark.parametrize("year", [1, 9999])
def test_the_ends_of_time_raise_nothing(year: int) -> None:
    written = datetime(year, 12 if year > 1 else 1, 31 if year > 1 else 1, 12, tzinfo=CALENDAR.zone)

    for text in (
        "tomorrow",
        "yesterday",
        "in 3 months",
        "12/31",
        "next week",
        "last Friday",
        "in 48 hours",
        "5pm",
        "Fri",
    ):
        resolve_point(text, written, CALENDAR)
