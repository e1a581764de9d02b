"""What the grammar reaches on public test sets: floors, so that a change which loses ground is seen."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.records import Calendar
from assistant.understand.deadlines import resolve_point

pytestmark = pytest.mark.material


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _calendar(row: dict[str, Any]) -> Calendar:
    return Calendar(zone=ZoneInfo("Etc/GMT+2" if row.get("utc_offset") == "-02:00" else "UTC"))


def test_the_day_is_right_in_most_of_the_public_points(data: Path) -> None:
    rows = _rows(data / "deadlines" / "points.jsonl")
    right = 0
    for row in rows:
        calendar = _calendar(row)
        written = datetime.fromisoformat(row["reference_datetime"]).replace(tzinfo=calendar.zone)
        found = resolve_point(row["text"], written, calendar, day_first=row["day_first"])
        days = {value[:10] for value in (row["expected"], *row.get("alternatives", ()))}
        right += found is not None and found.local_day(calendar).isoformat() in days

    assert right / len(rows) >= 0.91


def test_hardly_anything_is_found_where_nothing_is_a_date(data: Path) -> None:
    calendar = Calendar(zone=ZoneInfo("UTC"))
    written = datetime(2016, 10, 1, 12, tzinfo=UTC)

    rows = _rows(data / "deadlines" / "negative.jsonl")
    wrong = [row["text"] for row in rows if resolve_point(row["text"], _reference(row, written), calendar)]

    assert len(wrong) <= 2


def _reference(row: dict[str, Any], otherwise: datetime) -> datetime:
    if not row.get("ref"):
        return otherwise
    return datetime.fromisoformat(row["ref"])
