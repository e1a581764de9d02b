"""Other days that a reply wants for a task: told, it is moved; not told, or told loosely, it is asked about."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from assistant.decide.commands.plain.several import several
from tests.decide.commands.replies_made import digest, read
from tests.decide.tasks_made import task

WANTS_ANOTHER = [
    "5 needs to be later",
    "5 has to be earlier",
    "#5 should be later",
    "5 needs to move",
    "5 needs to be pushed back",
    "5 needs to be rescheduled",
    "4 and 5 need more time",
    "5 could use a bit more time",
    "5 sometime next week is fine",
    "5 - some time this week",
    "5 any day next week works",
    "5 maybe friday",
    "5 friday works for me",
    "5 next week is fine",
    "5 tiene que ser otro dia",
]
MOVED = [
    ("5 moves to friday", ["due 5 2026-03-13"]),
    ("5 goes to monday", ["due 5 2026-03-16"]),
    ("5 is moving to friday", ["due 5 2026-03-13"]),
    ("5 slips to thursday", ["due 5 2026-03-12"]),
    ("snooze 4 and 5 until friday", ["snooze 4 2026-03-13", "snooze 5 2026-03-13"]),
]
MOVES_NOTHING = [
    "5 doesn't need to be later",
    "5: she moves slowly",
    "5 goes to a lab in Dayton",
    "the patient moves to friday clinic",
]
VERB_OF_THE_SECOND = [
    ("2 done and snooze 5 friday", ["done 2", "snooze 5 2026-03-13"]),
    ("2 hecho y recuérdame el 5 el viernes", ["done 2", "snooze 5 2026-03-13"]),
    ("2 hecho y cierra la 5", ["done 2", "done 5"]),
    ("2 done and reopen 5", ["done 2", "reopen 5"]),
]
GONE_ALREADY = [
    ("the rehab prior authorization is approved, 9 can go", ["done 9"]),
    ("9 is done, so 9 can go", ["done 9"]),
    ("9 can go", ["drop 9"]),
    ("7 done, 9 can go", ["done 7", "drop 9"]),
]
THE_REST = [
    ("2, 4, 5 and 7 are done. The rest: Priya.", ["9", "12"]),
    ("2, 4, 5 and 7 are done. The others: Priya please", ["9", "12"]),
]


@pytest.mark.parametrize("words", WANTS_ANOTHER)
def test_another_day_that_is_not_told_is_asked_for(words: str) -> None:
    assert read(words) == []
    assert read_reply(words, digest()).ask is not None


@pytest.mark.parametrize(("words", "asked"), [*MOVED, *VERB_OF_THE_SECOND, *GONE_ALREADY])
def test_what_is_told_is_read(words: str, asked: list[str]) -> None:
    assert read(words) == asked


@pytest.mark.parametrize("words", MOVES_NOTHING)
def test_words_of_something_else_move_nothing(words: str) -> None:
    assert [one for one in read(words) if one.split()[0] != "note"] == []


@pytest.mark.parametrize(("words", "given"), THE_REST)
def test_the_rest_goes_to_who_is_named_behind_it(words: str, given: list[str]) -> None:
    found = [one.split() for one in read(words)]
    assert [one[1] for one in found if one[0] == "assign" and one[2].startswith("priya")] == given


def test_words_behind_a_number_name_no_other_task() -> None:
    titles = {41: "Book the week 2 infusion chair", 42: "Check the pump battery", 43: "Call the pump vendor"}
    made = tuple(task(number, title=title) for number, title in titles.items())
    words = "snooze 42 and 43 for a week"
    assert several(words, digest(tuple(titles), tasks=made)) == words
