from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.records import Calendar
from assistant.understand.deadlines import find_dates, parse_when


def _due(zone: str, written: str, text: str) -> datetime:
    calendar = Calendar(zone=ZoneInfo(zone))
    found = parse_when(text, datetime.fromisoformat(written), calendar)
    assert found is not None
    assert isinstance(found.due, datetime)
    return found.due


@pytest.mark.parametrize(
    ("zone", "eve"),
    [
        ("America/Chicago", "2027-03-13T18:00"),
        ("America/Chicago", "2027-11-06T18:00"),
        ("America/New_York", "2028-03-11T20:00"),
        ("Australia/Lord_Howe", "2027-10-02T18:00"),
        ("America/Phoenix", "2027-03-13T18:00"),
    ],
)
def test_24_hours_are_24_hours_over_the_night_that_the_clocks_change(zone: str, eve: str) -> None:
    due = _due(zone, eve, "in 24 hours")

    assert due.astimezone(UTC) - datetime.fromisoformat(eve).replace(tzinfo=ZoneInfo(zone)).astimezone(
        UTC
    ) == timedelta(hours=24)


def test_a_time_that_the_spring_night_leaves_out_moves_forward() -> None:
    due = _due("America/Chicago", "2027-03-13T18:00", "tomorrow at 2:30am")

    assert due.isoformat() == "2027-03-14T03:30:00-05:00"


def test_of_a_time_that_comes_twice_in_autumn_the_first_is_meant() -> None:
    due = _due("America/Chicago", "2027-11-06T18:00", "tomorrow at 1:30am")

    assert due.isoformat() == "2027-11-07T01:30:00-05:00"


def test_a_gap_of_half_an_hour_is_one_too() -> None:
    due = _due("Australia/Lord_Howe", "2027-10-02T18:00", "tomorrow at 2:15am")

    assert due.isoformat() == "2027-10-03T02:45:00+11:00"


def test_a_morning_after_the_change_is_that_morning() -> None:
    due = _due("America/New_York", "2027-11-06T18:00", "tomorrow at 9am")

    assert due.isoformat() == "2027-11-07T09:00:00-05:00"


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("3pm ET", 12),
        ("3 pm EST", 12),
        ("3pm Eastern", 12),
        ("3 p.m. Central Time", 13),
        ("3pm MT", 14),
        ("3pm PDT", 15),
    ],
)
def test_a_named_zone_is_the_same_instant_on_the_readers_clocks(words: str, hour: int) -> None:
    due = _due("America/Los_Angeles", "2027-07-06T08:00", f"Thursday {words}")

    assert (due.day, due.hour) == (8, hour)


@pytest.mark.parametrize(("words", "hour"), [("3pm CT scan", 15), ("10 am PT eval", 10), ("2 pm ct", 14)])
def test_a_scan_and_a_treatment_are_no_zones(words: str, hour: int) -> None:
    calendar = Calendar(zone=ZoneInfo("America/New_York"))
    written = datetime(2027, 7, 6, 8, tzinfo=calendar.zone)

    (found,) = find_dates(f"Thursday {words}", written, calendar)

    assert isinstance(found.deadline.due, datetime)
    assert found.deadline.due.hour == hour
