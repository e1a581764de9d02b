"""What is said in as few words as a telephone takes: a day before its numbers, one end of a list, "11 me", minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.decide.commands import read_reply
from assistant.records import Deadline, SentMail
from tests.decide.commands.replies_made import DANA, NOW, digest, made, read, when
from tests.decide.tasks_made import PRIYA

FRIDAY = "2026-03-13"
TO_PRIYA = "assign {n} priya@clinic.example"
MINUTES = {"30 min": 30, "20 min": 20, "45 min": 45, "an hour": 60, "half an hour": 30, "2 hrs": 120}


def when_or_minutes(phrase: str) -> Deadline | None:
    said = phrase.lower().removeprefix("for ").removeprefix("in ").replace(" more", "").strip()
    if said in MINUTES:
        return Deadline(due=NOW + timedelta(minutes=MINUTES[said]), words=phrase, rule="test")
    return when(phrase)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("moved to fri: 4", [f"due 4 {FRIDAY}"]),
        ("pushed to friday: 4, 9", [f"due 4 {FRIDAY}", f"due 9 {FRIDAY}"]),
        ("due fri: 4 9", [f"due 4 {FRIDAY}", f"due 9 {FRIDAY}"]),
        ("rescheduled to fri 3pm: 5", ["due 5 2026-03-13T15:00:00-05:00"]),
        ("bumped back to friday - 5", [f"due 5 {FRIDAY}"]),
        ("snooze til fri: 4, 9", [f"snooze 4 {FRIDAY}", f"snooze 9 {FRIDAY}"]),
        ("can wait until friday: 7", [f"snooze 7 {FRIDAY}"]),
        ("not until friday: 7", [f"snooze 7 {FRIDAY}"]),
        ("7 isnt due til friday fyi", [f"due 7 {FRIDAY}"]),
        ("7 isn't due until friday btw", [f"due 7 {FRIDAY}"]),
        ("4 and 7 arent due till fri anyway", [f"due 4 {FRIDAY}", f"due 7 {FRIDAY}"]),
    ],
)
def test_a_day_stands_before_its_numbers_or_is_told_as_a_fact(words: str, asked: list[str]):
    assert read(words) == asked


@pytest.mark.parametrize(
    "words",
    [
        "moved to fri?: 4",
        "may move to fri: 4",
        "not moved to fri: 4",
        "surgery moved to fri: 5",
        "done fri: 4",
        "moved to room 4: 5",
        "7 wasn't due til friday but i sent it",
        "is 7 not due til friday",
    ],
)
def test_a_day_that_is_asked_denied_or_of_something_else_moves_nothing(words: str):
    assert not [one for one in read(words) if one.startswith(("due", "done", "snooze", "drop"))]


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("snooze the whole list til fri 7am except 7", {2, 4, 5, 9, 12}),
        ("snooze whole list til fri 3pm except 4 and 9", {2, 5, 7, 12}),
        ("snooze everything til friday 10am but not 12", {2, 4, 5, 7, 9}),
        ("push all to fri 3pm except the Holter report", {2, 4, 5, 9, 12}),
    ],
)
def test_an_hour_between_a_list_and_what_it_spares_is_no_number_of_it(words: str, left: set[int]):
    assert {int(one.split()[1]) for one in read(words)} == left


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("7 and up are Priya's this week", [TO_PRIYA.format(n=n) for n in (7, 9, 12)]),
        ("7 and up to priya", [TO_PRIYA.format(n=n) for n in (7, 9, 12)]),
        ("9+ to priya", [TO_PRIYA.format(n=n) for n in (9, 12)]),
        ("everything above 7 to priya", [TO_PRIYA.format(n=n) for n in (9, 12)]),
        ("priya has 9 and up", [TO_PRIYA.format(n=n) for n in (9, 12)]),
        ("snooze 7 on up til fri", [f"snooze {n} {FRIDAY}" for n in (7, 9, 12)]),
        ("from 7 on due fri", [f"due {n} {FRIDAY}" for n in (7, 9, 12)]),
        ("9 or higher urgent", ["priority 9 high", "priority 12 high"]),
        ("5 and below done", ["done 2", "done 4", "done 5"]),
        ("everything below 5 is done", ["done 2", "done 4"]),
        ("7 thru the end to priya", [TO_PRIYA.format(n=n) for n in (7, 9, 12)]),
    ],
)
def test_one_end_names_all_the_numbers_on_that_side(words: str, asked: list[str]):
    assert read(words) == asked


@pytest.mark.parametrize(
    "words",
    [
        "7 and up done?",
        "7 and up to 3 copies",
        "7 and up the dose",
        "not 7 and up",
        "90 and up to priya",
        "7 and above all call her daughter",
        "7 and under 2 weeks",
    ],
)
def test_what_only_sounds_like_one_end_changes_nothing(words: str):
    assert not [one for one in read(words) if not one.startswith(("note", "question"))]


def test_in_a_list_that_is_not_in_the_order_of_its_numbers_up_is_left_alone():
    assert not [one for one in read("7 and up to priya", digest((12, 9, 7, 5, 4, 2))) if one.startswith("assign")]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("7 me", []),
        ("7 - me", []),
        ("me 7", []),
        ("7 is me", []),
        ("7 stays with me", []),
        ("7 stays mine", []),
        ("i keep 7", []),
        ("i'll keep 7", []),
        ("keep 7 with me", []),
        ("4 priya\n7 me", [TO_PRIYA.format(n=4)]),
        ("7 me, priya has 9", [TO_PRIYA.format(n=9)]),
    ],
)
def test_who_keeps_their_own_changes_nothing_and_is_not_asked(words: str, asked: list[str]):
    assert read(words) == asked
    assert read_reply(words, digest()).ask is None


@pytest.mark.parametrize("words", ["9 me", "9 stays with me", "me: 9", "keep 9 with me"])
def test_who_says_so_of_anothers_task_takes_it(words: str):
    others = tuple(replace(one, owner=PRIYA.email) if one.number == 9 else one for one in made())
    assert read(words, digest(tasks=others)) == [f"assign 9 {DANA.email}"]


@pytest.mark.parametrize(
    "words", ["9 me?", "9 not me", "9 call me", "9 me or priya", "9 me and priya", "keep 9 with priya"]
)
def test_me_beside_a_doubt_or_a_second_taker_hands_nothing_over(words: str):
    assert not [one for one in read(words) if one.startswith(("assign", "done", "drop"))]


def _called_about(number: int) -> SentMail:
    return SentMail(
        message_id="m", key="k", kind="escalation", recipient=DANA.email, numbers=(number,), prepared_at=NOW
    )


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("give me 30 min", 30),
        ("gimme 20 min pls", 20),
        ("need an hour", 60),
        ("can you give me half an hour?", 30),
        ("i need another 45 more min", 45),
        ("in a procedure, give me 20 min", 20),
        ("give me 30 min and its done", 30),
        ("give me 20 min and i'll call them", 20),
        ("not done, give me 2 hrs", 120),
    ],
)
def test_who_asks_for_minutes_is_asked_again_once_they_are_over(words: str, minutes: int):
    called = digest((7,), when=when_or_minutes, answered=_called_about(7))
    until = (NOW + timedelta(minutes=minutes)).isoformat()
    assert [one for one in read(words, called) if not one.startswith("note")] == [f"snooze 7 {until}"]


@pytest.mark.parametrize(
    "words",
    ["don't give me 30 min", "give him 30 min", "they need 30 min notice", "give me 30 min warning", "give me a break"],
)
def test_minutes_that_are_not_asked_for_put_nothing_off(words: str):
    called = digest((7,), when=when_or_minutes, answered=_called_about(7))
    assert not [one for one in read(words, called) if one.startswith(("snooze", "done", "due"))]


def test_minutes_with_no_task_to_count_for_are_asked_about():
    reading = read_reply("give me 30 min", digest(when=when_or_minutes))
    assert not reading.operations
    assert reading.ask is not None
