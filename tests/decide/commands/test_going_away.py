"""Tasks that are to go, told in few words: behind their number, by a patient's pair, as copies of what another has."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.replies_made import digest, read


@pytest.mark.parametrize(
    "words",
    [
        "9 pls kill",
        "9 kill please",
        "9 - toss",
        "9 scrap it",
        "9 please get rid of",
        "9 trash, she moved",
        "9 can go away",
    ],
)
def test_a_verb_behind_the_number_drops_it(words: str):
    assert read(words) == ["drop 9"]


@pytest.mark.parametrize(
    "words",
    [
        "Castillo moved to Ohio so both of hers can go away",
        "Castillo went to another agency, both of hers can disappear",
        "7 and 9 can go away, she transferred",
        "7 and 9 are dupes of stuff on Priya's list, delete both",
        "7 & 9 are duplicates of what Priya has, drop them",
        "7 and 9 are copies of requests that Priya has already, please remove both",
        "7 and 9 are dupes of things on Priya's list",
    ],
)
def test_what_is_told_of_two_drops_both(words: str):
    assert read(words) == ["drop 7", "drop 9"]


@pytest.mark.parametrize(
    "words",
    [
        "9 don't kill",
        "9 please don't kill",
        "9 might scrap",
        "9 kill it?",
        "9 can go away once she signs",
        "9 can't go away",
        "9 could go away maybe",
        "9 delete the attachment",
        "9 remove her name from the form",
        "9 discard the old fax",
        "7 and 9 are dupes of each other, delete one",
        "7 and 9 aren't dupes of stuff on Priya's list, don't delete",
        "7 and 9 are dupes of stuff on Priya's list, don't delete them",
        "are 7 and 9 dupes of something, delete?",
    ],
)
def test_what_is_not_to_go_or_only_a_thing_of_it_drops_nothing(words: str):
    assert not [one for one in read(words) if one.startswith(("done", "drop", "assign"))]


@pytest.mark.parametrize("words", ["9 delete the task", "9 drop the reminder", "9 remove from the list"])
def test_the_task_itself_may_be_named_behind_the_verb(words: str):
    assert read(words) == ["drop 9"]


@pytest.mark.parametrize("words", ["9 delete the attachment", "7 and 9 are dupes of each other, delete one"])
def test_what_bids_and_leaves_a_doubt_is_asked_about(words: str):
    reading = read_reply(words, digest())
    assert (reading.operations, reading.ask is None) == ((), False)
