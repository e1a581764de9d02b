"""Days that are counted from others, or go by a name."""

from __future__ import annotations

import pytest

from assistant.understand.deadlines import find_deadline, parse_when
from tests.understand.deadlines.moments import CALENDAR, WRITTEN_AT, told

NAMED = [
    ("by MLK Day", "2028-01-17"),
    ("before Martin Luther King Jr. Day", "2028-01-17"),
    ("by Presidents' Day", "2027-02-15"),
    ("by Columbus Day", "2027-10-11"),
    ("before Memorial Day", "2027-05-31"),
    ("St. Patrick's Day", "2027-03-17"),
    ("Easter", "2027-03-28"),
    ("Good Friday", "2027-03-26"),
    ("Viernes Santo", "2027-03-26"),
]
COUNTED = [
    ("two Fridays from now", "2027-02-19"),
    ("3 Mondays from today", "2027-03-01"),
    ("the Friday before 3/14", "2027-03-12"),
    ("the Monday after Easter", "2027-03-29"),
    ("the second Tuesday after 3/14", "2027-03-23"),
    ("the second Friday before 3/14", "2027-03-05"),
    ("the Sunday before 3/14", "2027-03-07"),
    ("Friday + 3 days", "2027-02-15"),
    ("the next day", "2027-02-10"),
    ("next week, say on Wednesday", "2027-02-17"),
    ("next week, how about Thursday", "2027-02-18"),
    ("Fri 12/2", "2027-02-12"),
    ("Fri 2/12", "2027-02-12"),
    ("Tue 12/3/2027", "2027-12-03"),
]
IN_SENTENCES = [
    ("Please send the film the Friday before her surgery on 3/10", "2027-03-05"),
    ("Surgery is 3/10. Please send clearance by the Monday before surgery.", "2027-03-08"),
    ("Please call her the Friday before noon", "2027-02-12T12:00"),
    ("Let's talk sometime next week, ideally Wednesday", "2027-02-17"),
    ("We need the next day delivery form, please", None),
    ("Please ask the Friday nurse before rounds", None),
]


@pytest.mark.parametrize(("text", "due"), NAMED + COUNTED)
def test_days_are_counted_from_others_or_go_by_a_name(text: str, due: str) -> None:
    found = parse_when(text, WRITTEN_AT, CALENDAR)

    assert told(found.due if found else None) == due


@pytest.mark.parametrize(("text", "due"), IN_SENTENCES)
def test_counted_days_are_deadlines_in_sentences_too(text: str, due: str | None) -> None:
    found = find_deadline(text, WRITTEN_AT, CALENDAR)

    assert told(found.due if found else None) == due
