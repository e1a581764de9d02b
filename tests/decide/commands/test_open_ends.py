"""Answers that tell an end without saying of which task: they close nothing, and it is asked."""

from __future__ import annotations

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import digest, read
from tests.decide.tasks_made import task

TITLES = {
    71: ("Submit auth for Stelara", "Ada Munson"),
    72: ("Submit auth for CT chest", "Leo Barth"),
    73: ("Get dental clearance for listing", "Leo Barth"),
    74: ("Update insurance on registry form", "Leo Barth"),
    75: ("Send glucose logs", "Ada Munson"),
}


def desk() -> ReplyContext:
    made = tuple(task(number, title=title, patient=patient) for number, (title, patient) in TITLES.items())
    return digest(tuple(TITLES), tasks=made)


ASKED = [
    "Auth came through!",
    "auths came through this morning",
    "Done with him, not with her.",
    "done with him",
    "finished hers",
    "his are done",
    "Done with Leo, not with Ada.",
]
SILENT = [
    "thanks, have a good one",
    "if the auth came through",
    "auth hasn't come through",
    "not done with her",
    "What a day it was with him",
]
READ = [
    ("Barth: dental clearance in chart, registry form updated.", ["done 73", "done 74"]),
    ("Leo - clearance received", ["done 73"]),
    ("Munson: logs sent", ["done 75"]),
    ("Barth: needs dental clearance in chart", ["note 73 Barth: needs dental clearance in chart"]),
]


@pytest.mark.parametrize("words", ASKED)
def test_an_end_of_no_task_in_particular_is_asked_about(words: str) -> None:
    reading = read_reply(words, desk())

    assert reading.operations == ()
    assert reading.ask is not None


@pytest.mark.parametrize("words", SILENT)
def test_words_that_tell_no_end_are_no_reason_to_ask(words: str) -> None:
    reading = read_reply(words, desk())

    assert reading.operations == ()
    assert reading.ask is None


@pytest.mark.parametrize(("words", "want"), READ)
def test_a_patient_at_the_head_of_a_line_tells_whose_task_it_is(words: str, want: list[str]) -> None:
    assert read(words, desk()) == want
