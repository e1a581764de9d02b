from __future__ import annotations

from datetime import datetime

import pytest

from assistant.parse.dates import quoted_date

NEAR = datetime.fromisoformat("2026-03-11T09:00:00-05:00")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tue, Mar 10, 2026 at 8:17 AM", "2026-03-10T08:17:00-05:00"),
        ("Mar 10, 2026, at 12:05 AM", "2026-03-10T00:05:00-05:00"),
        ("Mar 10, 2026 at 12:05 p.m.", "2026-03-10T12:05:00-05:00"),
        ("Tuesday, March 10th, 2026 20:17", "2026-03-10T20:17:00-05:00"),
        ("10 March 2026 08:17:30", "2026-03-10T08:17:30-05:00"),
        ("Tue, 10 Mar 2026 08:17:00 -0700", "2026-03-10T08:17:00-07:00"),
        ("2026-03-10 8:17 GMT+02:00", "2026-03-10T08:17:00+02:00"),
        ("March 10, 2026 at 8:17:00 AM PDT", "2026-03-10T08:17:00-07:00"),
        ("martes, 10 de marzo de 2026 8:17", "2026-03-10T08:17:00-05:00"),
        ("Dienstag, 10. März 2026 08:17", "2026-03-10T08:17:00-05:00"),
        ("mardi 10 mars 2026 08h17", "2026-03-10T08:17:00-05:00"),
        ("10.03.26 um 08:17", "2026-03-10T08:17:00-05:00"),
        ("3/10/26 4:55 PM", "2026-03-10T16:55:00-05:00"),
        ("3/10/2026", "2026-03-10T00:00:00-05:00"),
        ("10/3/2026 8:17", "2026-03-10T08:17:00-05:00"),  # October would be after the mail that quotes it
        ("25/2/2026 8:17", "2026-02-25T08:17:00-05:00"),
        ("tomorrow", None),
        ("13/13/2026", None),
        ("Feb 30, 2026", None),
        ("99:99 Mar 10, 2026 at 99:99", None),
        ("", None),
    ],
)
def test_a_date_over_a_quotation_is_an_instant(text: str, said: str | None):
    found = quoted_date(text, near=NEAR)

    assert (found.isoformat() if found else None) == said


@pytest.mark.parametrize(("day_first", "month"), [(False, 2), (True, 3)])
def test_a_date_with_two_readings_is_read_as_its_language_does(day_first: bool, month: int):  # noqa: FBT001 -- a table's column
    found = quoted_date("2/3/2026 8:17", near=NEAR, day_first=day_first)

    assert found is not None
    assert found.month == month
