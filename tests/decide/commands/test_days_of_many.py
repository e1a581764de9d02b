"""Many tasks named by a day: those due that day are meant, not all; where that is not plain, it is asked."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.desk_made import SHOWN, desk
from tests.decide.commands.replies_made import read

_TODAY, _TOMORROW = {3, 4, 6}, {1, 2, 7, 8, 9}


def touched(words: str) -> set[int | None]:
    return {one.number for one in read_reply(words, desk()).operations}


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("push everything for tomorrow to friday", _TOMORROW),
        ("move everything for today to thursday", _TODAY),
        ("push all for wednesday to thursday", _TOMORROW),
        ("snooze everything for tomorrow to monday", _TOMORROW),
        ("all Alvarez stuff for tomorrow to friday", {2}),
        ("move all the Alvarez things from today to friday", {3, 4}),
        ("everything for Rivera today to friday", {6}),
        ("move everything from tomorrow to monday", _TOMORROW),
        ("bump all the tasks for wednesday to thursday", _TOMORROW),
        ("push all of Wednesday's to friday", _TOMORROW),
        ("move tomorrow's stuff to friday", _TOMORROW),
        ("push today's tasks to friday", _TODAY),
        ("push all the things set for tomorrow back to friday", _TOMORROW),
        ("can you push everything for tomorrow to friday?", _TOMORROW),
        ("todo lo de mañana al viernes", _TOMORROW),
        ("move everything for Osei to friday", {7}),
        ("push everything to friday", {*SHOWN}),
        ("snooze everything for friday", {*SHOWN}),
        ("move 7 and 8 to friday", {7, 8}),
    ],
)
def test_everything_for_a_day_is_what_is_due_that_day(words: str, numbers: set[int]):
    assert touched(words) == numbers


@pytest.mark.parametrize(
    "words",
    [
        "push everything for monday to friday",
        "move everything for today and tomorrow to friday",
        "push all but 3 for tomorrow to friday",
        "cancel all of Wednesday's",
        "close all of tomorrow's tasks",
        "drop everything for tomorrow",
        "everything for tomorrow is done",
        "finished everything for today",
        "finished everything today but the van",
    ],
)
def test_a_day_that_leaves_a_doubt_is_asked_about(words: str):
    reading = read_reply(words, desk())
    assert not reading.operations
    assert reading.ask is not None


@pytest.mark.parametrize(
    ("words", "numbers"),
    [("finished everything today except the referral", {4, 6}), ("finished everything due today", _TODAY)],
)
def test_everything_today_but_one_closes_what_is_due_today(words: str, numbers: set[int]):
    assert {one for one in read(words, desk()) if one.startswith("done")} == {f"done {number}" for number in numbers}


def test_what_is_not_to_be_moved_stays():
    assert not [one for one in read("don't push everything for tomorrow to friday", desk()) if one.startswith("due")]
