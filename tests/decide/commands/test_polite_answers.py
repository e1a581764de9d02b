"""Answers in many words: what is bidden politely, on a day told before, or to somebody named before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.decide.commands import read_reply
from assistant.records import Task
from tests.decide.commands.replies_made import DANA, PRIYA, digest, made, read
from tests.decide.commands.test_short_answers import called


def changes(words: str, *, escalated: bool = False) -> list[str]:
    """Return what changes tasks, without the notes beside it."""
    asked = called(7) if escalated else digest()
    return [one for one in read(words, asked) if one.split()[0] not in {"note", "question"}]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Could 7 please be moved to Friday?", ["due 7 2026-03-13"]),
        ("If it isn't too much trouble, could 7 be pushed back to Friday?", ["due 7 2026-03-13"]),
        ("May 7 be closed please?", ["done 7"]),
        ("I would be grateful if you could close 7.", ["done 7"]),
        ("I'd really appreciate it if you would drop 9", ["drop 9"]),
        ("I did manage to get 2 and 4 out the door", ["done 2", "done 4"]),
        ("Would you kindly open 7 back up?", ["reopen 7"]),
        ("Give us until Friday on this", []),
        ("Has 7 been moved to Friday?", []),
        ("Could 7 be done?", []),
        ("I should be grateful if you would confirm whether 7 is still open", []),
        ("I did not manage to get 2 out the door", []),
    ],
)
def test_what_is_bidden_politely(words: str, expected: list[str]):
    assert changes(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("give us until Friday please", ["due 7 2026-03-13"]),
        ("Dr. Abel's office moved it to Friday so thats the new due date", ["due 7 2026-03-13"]),
        ("They told me Thursday at 3pm. New deadline accordingly.", ["due 7 2026-03-12T15:00:00-05:00"]),
        ("The report goes out on Friday, so use that.", ["due 7 2026-03-13"]),
        ("He is back on Friday, please bring this back up then.", ["snooze 7 2026-03-13"]),
        ("I'll make it tomorrow", ["acknowledge 7 2026-03-11"]),
        ("Hold tonight's dose", []),
        ("no.", []),
    ],
)
def test_a_day_told_before_counts_where_it_is_said_to(words: str, expected: list[str]):
    assert changes(words, escalated=True) == expected


def test_a_bare_no_to_a_call_is_asked_about():
    assert "I left #7 open" in (read_reply("no.", called(7)).ask or "")
    assert read_reply("no.", digest()).ask is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("This one's Priya's patient, send it to her.", [f"assign 7 {PRIYA.email}"]),
        ("Priya knows the family. Give it to her please", [f"assign 7 {PRIYA.email}"]),
        ("Priya or Ruth know the family. Give it to her please", []),
        ("The daughter called, send it to her", []),
    ],
)
def test_her_is_the_one_colleague_named_before(words: str, expected: list[str]):
    assert changes(words, escalated=True) == expected


def test_her_is_not_the_patient_of_the_same_name():
    hers = (*made()[:1], replace(made()[1], number=30, title="Call Priya Shah about her refill", patient="Priya Shah"))
    reading = read_reply("Priya called. send it to her", replace(called(30), tasks=hers))

    assert not [one for one in reading.operations if one.op == "assign"]


def test_the_writers_own_name_is_no_day():
    asked = digest(person=replace(DANA, name="Dominic Farraday"))

    assert read("7 done. Cheers, Dom", asked) == ["done 7"]


def cancelling() -> tuple[Task, ...]:
    return (*made(), replace(made()[0], number=30, title="Cancel the van for Tuesday", patient="Janet Poe"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("30 is cancelled", ["done 30"]),
        ("Janet's van is cancelled already", ["done 30"]),
        ("30 not cancelled yet", []),
        ("drop 30", ["drop 30"]),
        ("7 is cancelled", ["drop 7"]),
    ],
)
def test_what_was_to_be_cancelled_is_done_when_it_is(words: str, expected: list[str]):
    asked = digest((2, 4, 5, 7, 9, 12, 30), tasks=cancelling())

    assert [one for one in read(words, asked) if not one.startswith("note")] == expected


def test_an_event_that_was_moved_moves_no_task_that_only_precedes_it():
    tasks = (
        *made(),
        replace(made()[0], number=30, title="Get the bridge plan before colonoscopy", patient="Mr. Pratt"),
    )
    asked = digest((2, 4, 5, 7, 9, 12, 30), tasks=tasks)

    assert not [one for one in read("colonoscopy got moved to friday", asked) if one.startswith("due")]
    assert read("the bridge plan got moved to friday", asked) == ["due 30 2026-03-13"]


@pytest.mark.parametrize(
    "words",
    [
        "The report is back on Friday",
        "Dr. Abel is in on Friday",
        "it's ready Friday",
        "in on friday",
        "7 back on Friday",
        "el reporte esta listo el viernes",
    ],
)
def test_what_is_there_on_a_weekday_may_not_be_there_yet(words: str):
    assert not [one for one in read(words, called(7)) if one.startswith("done")]


@pytest.mark.parametrize("words", ["The report came back on Friday", "report is back", "7 came back Friday"])
def test_what_came_on_a_weekday_is_there(words: str):
    assert read(words, called(7)) == ["done 7"]
