"""Corrections, doubts and leavings in few words: what they change, what they ask, and what they leave alone."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.replies_made import digest, read

READ = [
    ("put 9 back on my list, the plan wants new notes", ["reopen 9"]),
    ("add 4 back to our list", ["reopen 4"]),
    ("9 should not have been closed, nobody ever called back", ["reopen 9"]),
    ("take back what I said about 9, it was denied", ["reopen 9"]),
    ("its 9 thats done", ["done 9"]),
    ("I said 9 is done.", ["done 9"]),
    ("it was 9 that is finished", ["done 9"]),
    ("scratch 12, he has one at home", ["drop 12"]),
    ("strike 5, daughter interprets", ["drop 5"]),
    ("nix 4 because she switched doctors", ["drop 4"]),
    ("9 can wait, remind me Monday", ["snooze 9 2026-03-16"]),
    ("drop 4. 9 stays.", ["drop 4"]),
    ("done 4, 9 stays put", ["done 4"]),
]
NOT_READ = [
    "its 9 thats not done",
    "I said 9 is done?",
    "she said 9 is done",
    "scratch 12, I meant 9",
    "scratch 12, wrong one",
    "9 should stay with Ruth, she knows them",
    "9 stays",
    "Got the list, will go through it after lunch.",
    "Got your email, thanks!",
    "I have the whole list",
    "on hold with Ridgeview 45 min about the stress test order then they hung up",
    "on hold w/ Dr. Abel's office re the Holter report for half an hour",
]
ASKED = [
    "not 9, the other one's done",
    "9 not yet, my other one is done",
    "The warfarin one can go",
    "The Friday one can come off",
    "4 and 9, swap those",
    "swap 4 and 9",
]


@pytest.mark.parametrize(("words", "wanted"), READ)
def test_a_correction_is_read(words: str, wanted: list[str]) -> None:
    assert [one for one in read(words, digest()) if not one.startswith("note")] == wanted


@pytest.mark.parametrize("words", NOT_READ)
def test_what_only_resembles_one_changes_nothing(words: str) -> None:
    assert not [one for one in read(words, digest()) if not one.startswith(("note", "assign", "question"))]


@pytest.mark.parametrize("words", ASKED)
def test_what_leaves_open_which_is_meant_is_asked(words: str) -> None:
    reading = read_reply(words, digest())
    assert reading.ask is not None
    assert not reading.operations
