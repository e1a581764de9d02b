"""Whose clocks an hour is told by: the reader's, the writer's, or those of a place that is named."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from assistant.understand.deadlines import find_deadline
from tests.understand.deadlines.moments import CALENDAR, WRITTEN_AT, told

EASTERN = WRITTEN_AT.astimezone(timezone(timedelta(hours=-5)))
TOLD = [
    ("Please fax it by Thursday 2 pm our time", "2027-02-11T12:00"),
    ("Please fax it by 2 pm Thursday, our time", "2027-02-11T12:00"),
    ("Please fax it by 2 pm (our time) on Thursday", "2027-02-11T12:00"),
    ("Please call me by 4 my time today", "2027-02-09T14:00"),
    ("Please fax it by 2 pm your time on Thursday", "2027-02-11T14:00"),
    ("Please fax it by Thursday 2 pm", "2027-02-11T14:00"),
    ("Please fax it by Thursday 2 pm Chicago time", "2027-02-11T13:00"),
    ("Please fax it by Thursday 2 pm Los Angeles time", "2027-02-11T15:00"),
    ("Please fax it by 2 pm Thursday Honolulu time", "2027-02-11T17:00"),
    ("Please fax it by Thursday 2 pm our time (we are in Tampa, FL)", "2027-02-11T12:00"),
    ("Please fax it by Thursday 2 pm our time, I work from our Seattle office", "2027-02-11T15:00"),
    ("Please fax it by Thursday 2 pm our time (Portland, OR)", "2027-02-11T15:00"),
    ("Por favor mándelo el jueves antes de las 2 pm hora de Chicago", "2027-02-11T13:00"),
    ("Please page Austin by 2 pm Thursday", "2027-02-11T14:00"),
]


@pytest.mark.parametrize(("text", "due"), TOLD)
def test_an_hour_is_told_by_the_clocks_that_are_meant(text: str, due: str) -> None:
    found = find_deadline(text, EASTERN, CALENDAR)

    assert told(found.due if found else None) == due


def test_the_writers_clocks_change_with_summer_time() -> None:
    friday = datetime(2027, 3, 12, 9, tzinfo=timezone(timedelta(hours=-5)))

    found = find_deadline("Please fax it by Monday 2 pm our time", friday, CALENDAR)

    assert found is not None
    assert found.due == datetime(2027, 3, 15, 14, tzinfo=ZoneInfo("America/New_York"))


def test_an_offset_that_no_us_clock_shows_is_taken_as_it_is() -> None:
    berlin = WRITTEN_AT.astimezone(timezone(timedelta(hours=1)))

    found = find_deadline("Please fax it by Thursday 4 pm our time", berlin, CALENDAR)

    assert told(found.due if found else None) == "2027-02-11T08:00"
