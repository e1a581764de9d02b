"""Answers that tell on which day a patient's visit is: that moves no deadline, and closes what had to be booked."""

from __future__ import annotations

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import digest, read
from tests.decide.tasks_made import task

TITLES = {
    41: ("Reschedule the missed hearing test", "Opal Winters"),
    42: ("Book anesthesia for the tonsil case", "Rufus Bale"),
    43: ("Get clearance from the cardiologist", "Ines Correa"),
    44: ("Mail the no-show letter", "Hank Dorsey"),
    45: ("Schedule IOP intake", "Nola Frye"),
    46: ("Call the lab about the crown", "Vic Amato"),
}


def desk() -> ReplyContext:
    made = tuple(task(number, title=title, patient=patient) for number, (title, patient) in TITLES.items())
    return digest(tuple(TITLES), tasks=made)


READ = [
    ("opal winters is on for friday at 10am", ["done 41"]),
    ("Opal's down for friday 10am", ["done 41"]),
    ("Nola is set for 3/20", ["done 45"]),
    ("hearing test is on for friday", ["done 41"]),
    ("IOP intake: Wed 3/18, letter mailed", ["done 45"]),
    ("IOP intake - 3/18 confirmed", ["done 45"]),
    ("Opal: 3/18 2pm, mom knows", ["done 41"]),
    ("move opal to friday", ["due 41 2026-03-13"]),
    ("opal to friday", ["due 41 2026-03-13"]),
    ("45: friday", ["due 45 2026-03-13"]),
    (
        "hank's letter went out, and ines - her doctor wants a scan first so give me til friday",
        ["done 44", "due 43 2026-03-13"],
    ),
    (
        "hank's letter is out, vic - they never called back so snooze it until friday",
        ["done 44", "snooze 46 2026-03-13"],
    ),
    ("Opal is on for friday, so close it", ["done 41"]),
]
CHANGES_NOTHING = [
    "rufus is on for friday",
    "Rufus is set for friday",
    "Ines is on for friday at 10am",
    "Vic is booked for friday",
    "opal might be on for friday",
    "opal is penciled in for friday",
    "hopefully opal is set for friday",
    "opal isn't on for friday yet",
    "opal wants friday",
    "IOP intake: Wed 3/18",
    "IOP intake: Wed 3/18, who knows",
    "IOP intake: Wed 3/18 at 2pm",
    "IOP intake: Wed 3/18, letter not mailed yet",
    "IOP intake: Wed 3/18 if the doctor is back",
    "IOP intake: needs a peer review, 5 bus. days",
    "hank's letter isn't out, ines is waiting for a scan",
]


@pytest.mark.parametrize(("words", "want"), READ)
def test_a_visit_that_stands_ends_what_had_to_be_booked(words: str, want: list[str]) -> None:
    assert [one for one in read(words, desk()) if not one.startswith("note")] == want


@pytest.mark.parametrize("words", CHANGES_NOTHING)
def test_the_day_of_a_visit_is_no_deadline(words: str) -> None:
    reading = read_reply(words, desk())

    assert [one for one in reading.operations if one.op not in {"note", "question"}] == []
    assert reading.operations or reading.ask


def test_a_short_form_with_a_dot_ends_no_sentence() -> None:
    reading = read_reply("IOP intake: needs a peer review, 5 bus. days", desk())

    assert [(one.op, one.number, one.text) for one in reading.operations] == [
        ("note", 45, "needs a peer review, 5 bus. days")
    ]


def test_a_relative_who_comes_on_a_day_is_not_the_patient() -> None:
    only = digest((45,), tasks=(task(45, title="Schedule IOP intake", patient="Nola Frye"),))

    assert read("mom is down for 3/20 at 3pm", only) != ["done 45"]
    assert read("she is down for 3/20 at 3pm", only) == ["done 45"]
