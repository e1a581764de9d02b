from __future__ import annotations

from datetime import date

import pytest

from assistant.understand.deadlines import Cue, find_dates
from tests.understand.deadlines.moments import CALENDAR, WRITTEN_AT, told

CUES: list[tuple[str, str, Cue]] = [
    ("Please reply by Friday.", "Friday", "deadline"),
    ("Reply before 3pm", "3pm", "deadline"),
    ("Due: 2/18", "2/18", "deadline"),
    ("She needs it for Friday", "Friday", "deadline"),
    ("Friday at the latest", "Friday", "deadline"),
    ("Her surgery is on Friday", "Friday", "event"),
    ("The Friday clinic is full", "Friday", "event"),
    ("Call on Friday", "Friday", "at"),
    ("Since Monday she is dizzy", "Monday", "past"),
    ("Faxed 2 days ago", "2 days ago", "past"),
    ("We talked last Friday", "last Friday", "past"),
    ("The MRI of 2/1 is missing", "2/1", "past"),
    ("Friday", "Friday", "none"),
]


@pytest.mark.parametrize(("text", "words", "cue"), CUES)
def test_the_words_around_a_time_say_what_it_is(text: str, words: str, cue: Cue) -> None:
    (found,) = find_dates(text, WRITTEN_AT, CALENDAR)

    assert (found.deadline.words, found.cue) == (words, cue)


def test_every_time_of_a_text_is_found_with_its_place() -> None:
    text = "Surgery is 2/18 at 7:30; labs by Friday 2pm, clearance the 15th, and call me tomorrow."

    found = find_dates(text, WRITTEN_AT, CALENDAR)

    assert [(text[one.start : one.end], told(one.deadline.due)) for one in found] == [
        ("2/18 at 7:30", "2027-02-18T07:30"),
        ("Friday 2pm", "2027-02-12T14:00"),
        ("the 15th", "2027-02-15"),
        ("tomorrow", "2027-02-10"),
    ]


def test_a_day_and_an_instant_stay_different_things() -> None:
    day, instant = find_dates("by Friday; by Friday 5pm", WRITTEN_AT, CALENDAR)

    assert day.deadline.due == date(2027, 2, 12)
    assert (day.deadline.is_instant, instant.deadline.is_instant) == (False, True)


def test_a_deadline_names_the_rule_that_computed_it() -> None:
    text = "by Friday; by 3/1 at 4pm; within 2 business days; by EOD"

    rules = [one.deadline.rule for one in find_dates(text, WRITTEN_AT, CALENDAR)]

    assert rules == ["weekday", "date, clock", "in days", "end of day"]


def test_the_day_before_an_event_needs_the_one_day_it_can_mean() -> None:
    one = "Surgery is 2/18. Clearance is due the day before surgery."
    two = "Surgery is 2/18 or 2/25. Clearance is due the day before surgery."

    assert told(find_dates(one, WRITTEN_AT, CALENDAR)[-1].deadline.due) == "2027-02-17"
    assert all("before" not in found.deadline.words for found in find_dates(two, WRITTEN_AT, CALENDAR))
