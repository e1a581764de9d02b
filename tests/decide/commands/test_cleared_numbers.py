"""Numbers told to be behind one, takers in few words, and what the writer only has: each read as what it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import DANA, PRIYA, RUTH, SHOWN, digest, made, read

ALL_BUT_9 = [f"done {number}" for number in SHOWN if number != 9]
READ = [
    ("that's 4 and 7 out of the way", ["done 4", "done 7"]),
    ("ok that's 4 done", ["done 4"]),
    ("that makes 4 and 5 off the list", ["done 4", "done 5"]),
    ("got 9 out of the way this morning", ["done 9"]),
    ("12 is finally behind us", ["done 12"]),
    ("we got 9 over the line today", ["done 9"]),
    ("I got 9 through, approval is in the chart", ["done 9"]),
    ("down to just 9, the others are finished", ALL_BUT_9),
    ("only 9 left, the rest are done", ALL_BUT_9),
    ("everything else is done, just 9 left", ALL_BUT_9),
    ("Priya covers me Thursday, let her have 4 and 9", [f"assign 4 {PRIYA.email}", f"assign 9 {PRIYA.email}"]),
    ("Ruth is in tomorrow. Have her do 5", [f"assign 5 {RUTH.email}"]),
    ("la 5 que la haga Priya", [f"assign 5 {PRIYA.email}"]),
    ("la 5 que la vea Ruth, el viernes", [f"assign 5 {RUTH.email}", "due 5 2026-03-13"]),
    ("la 5 que la vea Ruth, para el viernes", [f"assign 5 {RUTH.email}", "due 5 2026-03-13"]),
    ("5 -> Ruth, by Friday", [f"assign 5 {RUTH.email}", "due 5 2026-03-13"]),
    ("Mrs. Lindqvist died last night. Please take hers off the list", ["drop 4"]),
    ("Joan Castillo passed away. Remove all of hers from the list.", ["drop 7", "drop 9"]),
    ("7 thurs. He is in clinic till friday 1pm, remind me then about 9", ["due 7 2026-03-12"]),
]
NOT_CLOSED = [
    "that's 4 and 7 almost out of the way",
    "is 4 out of the way?",
    "once 4 is out of the way I'll do 7",
    "if 4 is out of the way, push 7 to Friday",
    "she says 4 is behind us",
    "4 isn't out of the way",
    "4 will be out of the way by noon",
    "I'll get 4 out of the way today",
    "never got 9 through",
    "couldn't get 9 through",
    "I got 9 through the first review",
    "I got 9 through to Priya",
    "down to 9, the others are not finished",
    "down to 9, the others should be done by noon",
    "only 9 left, the rest are almost done",
    "down to 9",
    "9 - the plan says they never got it",
    "9: they got it I think",
    "I got 9 from Ruth",
    "I got 9 approved I hope",
]
NOT_TAKEN = [
    "9 - the plan says they never got it",
    "9 the fax desk says they got it",
    "I got 9 approved",
    "I got 9 from Ruth",
    "9 they haven't got it",
]
TAKEN = ["It's on my desk.", "I know, I know. It's on my desk.", "on my list for today", "next in my queue", "got it"]


@pytest.mark.parametrize(("words", "wanted"), READ)
def test_what_is_behind_one_or_another_s_is_read(words: str, wanted: list[str]) -> None:
    found = [one for one in read(words, digest()) if not one.startswith(("note", "snooze"))]
    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("words", ["taking 7 off Priya's plate, I'm in today", "I'll take 7 off Priya's hands"])
def test_what_is_taken_off_another_s_plate_is_the_writer_s(words: str) -> None:
    tasks = tuple(replace(one, owner=PRIYA.email) for one in made())
    assert f"assign 7 {DANA.email}" in read(words, digest(tasks=tasks))


@pytest.mark.parametrize("words", NOT_CLOSED)
def test_what_is_not_behind_one_closes_nothing(words: str) -> None:
    assert not [one for one in read(words, digest()) if one.startswith(("done", "drop"))]


@pytest.mark.parametrize("words", NOT_TAKEN)
def test_what_others_got_is_not_taken_on(words: str) -> None:
    assert not [one for one in read(words, digest()) if one.startswith("acknowledge")]


@pytest.mark.parametrize("words", TAKEN)
def test_what_lies_on_ones_desk_is_taken_on(words: str) -> None:
    assert [one.split()[:2] for one in read(words, digest((9,)))] == [["acknowledge", "9"]]


@pytest.mark.parametrize("words", ["later for 9", "9 later", "not now on 9", "another day for 9"])
def test_later_without_a_day_is_asked_about(words: str) -> None:
    reading = read_reply(words, digest())
    assert reading.ask
    assert not reading.operations


def test_an_hour_told_as_a_reason_is_the_one_meant_by_then() -> None:
    words = "9 - Abel is in clinic till friday 1pm, remind me then"
    assert "snooze 9 2026-03-13T13:00:00-05:00" in read(words, digest())


def test_what_came_of_a_reason_is_read_by_itself() -> None:
    assert "done 5" in read("Her niece speaks it so the interpreter is confirmed", digest())


def shipping() -> ReplyContext:
    tasks = tuple(
        replace(one, title="Ship the loop recorder to Ridgeview") if one.number == 12 else one for one in made()
    )
    return digest((12,), tasks=tasks)


@pytest.mark.parametrize(
    "words",
    [
        "left on the 4 o'clock truck",
        "it left with the courier at noon",
        "12 left on the noon truck",
        "the recorder left with fedex",
    ],
)
def test_what_was_to_be_shipped_and_has_left_is_done(words: str) -> None:
    assert read(words, shipping()) == ["done 12"]


@pytest.mark.parametrize(
    "words",
    [
        "it was left on the truck",
        "the recorder got left on the truck",
        "it leaves on the 4 o'clock truck",
        "left on the truck but came back",
        "hasn't left with the courier",
        "left a note with the driver",
        "his daughter left with the driver",
        "I think it left on the truck",
        "left on the 4 o'clock truck?",
    ],
)
def test_what_was_left_on_the_truck_is_not(words: str) -> None:
    assert "done 12" not in read(words, shipping())
