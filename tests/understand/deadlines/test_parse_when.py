from __future__ import annotations

import pytest

from assistant.understand.deadlines import parse_when
from tests.understand.deadlines.moments import CALENDAR, WRITTEN_AT, told

WHOLE = [
    ("fri 3pm", "2027-02-12T15:00"),
    ("mon", "2027-02-15"),
    ("sat", "2027-02-13"),
    ("tomorrow", "2027-02-10"),
    ("tmrw am", "2027-02-10T12:00"),
    ("2morrow", "2027-02-10"),
    ("today", "2027-02-09"),
    ("tonight", "2027-02-09T23:59"),
    ("next week", "2027-02-16"),
    ("next month", "2027-03-01"),
    ("next fri", "2027-02-19"),
    ("2 days", "2027-02-11"),
    ("2 business days", "2027-02-11"),
    ("a week", "2027-02-16"),
    ("in 2h", "2027-02-09T12:15"),
    ("2h", "2027-02-09T12:15"),
    ("an hour and a half", "2027-02-09T11:45"),
    ("30 min", "2027-02-09T10:45"),
    ("+1 day", "2027-02-10"),
    ("3d", "2027-02-12"),
    ("3/14", "2027-03-14"),
    ("3/14 at 2p", "2027-03-14T14:00"),
    ("3/14/27", "2027-03-14"),
    ("2027-03-14", "2027-03-14"),
    ("2027-03-14T09:30", "2027-03-14T09:30"),
    ("the 20th", "2027-02-20"),
    ("20th", "2027-02-20"),
    ("Mar 3", "2027-03-03"),
    ("3 March", "2027-03-03"),
    ("3-Mar-2027", "2027-03-03"),
    ("Friday the 12th", "2027-02-12"),
    ("Thursday, February 18 at 10:30 am", "2027-02-18T10:30"),
    ("end of month", "2027-02-28"),
    ("EOD", "2027-02-09"),
    ("cob thurs", "2027-02-11"),
    ("end of the week", "2027-02-12"),
    ("noon", "2027-02-09T12:00"),
    ("midnight", "2027-02-09T23:59"),
    ("3p", "2027-02-09T15:00"),
    ("at 3", "2027-02-09T15:00"),
    ("until Monday", "2027-02-15"),
    ("by Friday, please", "2027-02-12"),
    ("Friday.", "2027-02-12"),
    ("Wed. 8:30", "2027-02-10T08:30"),
    ("viernes", "2027-02-12"),
    ("mañana", "2027-02-10"),
    ("manana por la manana", "2027-02-10T12:00"),
    ("pasado mañana", "2027-02-11"),
    ("el viernes a las 3 de la tarde", "2027-02-12T15:00"),
    ("la próxima semana", "2027-02-16"),
    ("el 14", "2027-02-14"),
    ("14 de marzo de 2027", "2027-03-14"),
    ("fin de mes", "2027-02-28"),
    ("en 48 horas", "2027-02-11T10:15"),
    ("dos días hábiles", "2027-02-11"),
    ("first thing tomorrow", "2027-02-10T09:00"),
    ("the day after tomorrow", "2027-02-11"),
    ("a week from Thursday", "2027-02-18"),
    ("2/29", None),
    ("2/30", None),
    ("31 April", None),
]
NOT_A_TIME = [
    "",
    "   ",
    "12",
    "12 & 14 done",
    "done",
    "call her tomorrow",
    "tomorrow the list",
    "Dr. Friday",
    "555-0142",
    "120/80",
    "1.10.30",
    "13 pm",
    "25:10",
    "2027-13-01",
    "yes",
    "second",
    "may",
    "every Friday",
    "99999 years",
    "9999999999999999999999 days",
]


@pytest.mark.parametrize(("text", "due"), WHOLE)
def test_a_command_may_say_its_time_in_many_ways(text: str, due: str | None) -> None:
    found = parse_when(text, WRITTEN_AT, CALENDAR)

    assert told(found.due if found else None) == due


@pytest.mark.parametrize("text", NOT_A_TIME)
def test_a_text_that_is_not_all_time_is_none(text: str) -> None:
    assert parse_when(text, WRITTEN_AT, CALENDAR) is None
