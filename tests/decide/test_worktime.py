from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from assistant.decide.worktime import instant, is_quiet
from tests.decide.tasks_made import DANA, ZONE, local


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        ("America/Chicago", date(2026, 3, 10), time(7), datetime(2026, 3, 10, 12, tzinfo=UTC)),
        ("America/Chicago", date(2026, 3, 8), time(1, 59), datetime(2026, 3, 8, 7, 59, tzinfo=UTC)),
        ("America/Chicago", date(2026, 3, 8), time(2), datetime(2026, 3, 8, 8, tzinfo=UTC)),
        ("America/Chicago", date(2026, 3, 8), time(2, 30), datetime(2026, 3, 8, 8, tzinfo=UTC)),
        ("America/Chicago", date(2026, 3, 8), time(2, 59, 59), datetime(2026, 3, 8, 8, tzinfo=UTC)),
        ("America/Chicago", date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
        ("America/Phoenix", date(2026, 3, 8), time(2, 30), datetime(2026, 3, 8, 9, 30, tzinfo=UTC)),
        ("Pacific/Apia", date(2011, 12, 30), time(7), datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ],
)
def test_a_skipped_local_time_becomes_the_next_one_and_of_a_doubled_one_the_first_counts(
    zone: str, day: date, at: time, expected: datetime
):
    assert instant(day, at, ZoneInfo(zone)) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (local(3, 10, 6, 59), True),
        (local(3, 10, 7, 0), False),
        (local(3, 10, 18, 59), False),
        (local(3, 10, 19, 0), True),
        (local(3, 14, 12, 0), True),  # a Saturday
        (local(7, 3, 12, 0), True),  # a holiday
    ],
)
def test_quiet_hours_run_over_midnight_and_all_through_days_off(now: datetime, *, expected: bool):
    assert is_quiet(now, DANA) is expected


@pytest.mark.parametrize(("hour", "expected"), [(8, False), (9, True), (15, True), (16, False), (23, False)])
def test_somebody_who_sleeps_by_day_is_quiet_by_day(hour: int, *, expected: bool):
    nightly = replace(DANA, quiet_from=time(9), quiet_until=time(16))

    assert is_quiet(datetime(2026, 3, 10, hour, tzinfo=ZONE), nightly) is expected


def test_equal_quiet_hours_mean_none():
    assert not is_quiet(datetime(2026, 3, 10, 3, tzinfo=ZONE), replace(DANA, quiet_from=time(0), quiet_until=time(0)))
