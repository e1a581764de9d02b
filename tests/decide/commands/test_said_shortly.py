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


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("Priya did 4 fri", ["done 4"]),
        ("priya did 4 on friday", ["done 4"]),
        ("did 4 fri", ["done 4"]),
        ("did 4 on 3/6, 7 fri", ["done 4", f"due 7 {FRIDAY}"]),
        ("ruth did 4 and 7 mon", ["done 4", "done 7"]),
        ("did 4 for priya", ["done 4"]),
    ],
)
def test_what_was_done_on_a_weekday_or_for_somebody_is_done(words: str, asked: list[str]):
    assert read(words) == asked


@pytest.mark.parametrize(
    "words",
    [
        "did priya do 4 fri",
        "did 4 fri go out",
        "did 4 fri?",
        "priya will do 4 fri",
        "priya did part of 4 fri",
        "priya said she did 4 fri",
        "priya did 4 fri but the wrong form",
        "did 4 for priya go out",
    ],
)
def test_a_deed_that_is_asked_promised_or_hearsay_closes_nothing(words: str):
    assert not [one for one in read(words) if one.startswith(("done", "drop"))]


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("7 urgnt, she fell", "high"),
        ("7 critcal", "critical"),
        ("make 7 urgant", "high"),
        ("7 is urgnt pls", "high"),
        ("7 hihg", "high"),
        ("bump 7 to importnt", "high"),
        ("7 nromal", "normal"),
    ],
)
def test_a_priority_is_known_through_a_slip(words: str, level: str):
    assert read(words) == [f"priority 7 {level}"]


@pytest.mark.parametrize("words", ["7 not urgnt", "7 urgnt?", "7 thigh", "7 hugh", "7 urine", "7 normals", "7 urgntly"])
def test_what_is_no_priority_ranks_nothing(words: str):
    assert not [one for one in read(words) if one.startswith("priority")]


def test_who_got_something_for_a_colleague_does_not_hand_it_over():
    assert read("got 7 for priya, report is in the chart") == ["done 7"]


@pytest.mark.parametrize(
    "words",
    [
        "got 7 for priya",
        "got 7 for priya to do",
        "got 4 for priya, she is out today",
        "got 7 for priya, report comes tomorrow",
        "got 7 for priya but the wrong report",
    ],
)
def test_got_it_for_a_colleague_alone_is_asked_about(words: str):
    reading = read_reply(words, digest())
    assert not [one for one in reading.operations if one.op != "note"]
    assert reading.ask is not None


@pytest.mark.parametrize(
    "words",
    [
        "7 do i need a new order or is the old one still good",
        "7 did they call back",
        "7 can he use the old card",
        "7 does it expire",
        "7 has anyone called",
        "7 is it the feb one or the mar one",
        "7 was it denied",
        "7 is there a fax number",
        "7 which one",
        "7 how much",
        "when is 7 due",
        "whens 7 due",
        "when was 7 due",
        "when can you close 7",
    ],
)
def test_a_question_needs_no_mark(words: str):
    assert read(words) == ["question 7"]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("7 did it", ["done 7"]),
        ("7 did that", ["done 7"]),
        ("7 is done", ["done 7"]),
        ("7 can wait til fri", [f"snooze 7 {FRIDAY}"]),
        ("7 can go to priya", [TO_PRIYA.format(n=7)]),
    ],
)
def test_what_only_begins_like_a_question_is_a_command(words: str, asked: list[str]):
    assert read(words) == asked


@pytest.mark.parametrize("words", ["7 is the wrong form", "7 has her consent in", "9 do not send", "7 which is done"])
def test_what_only_begins_like_a_question_may_be_news(words: str):
    assert all(one.startswith("note") for one in read(words))


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("7 done. 7 DONE. stop emailing me about it", ["done 7"]),
        ("7 done, stop asking about it", ["done 7"]),
        ("done 7. quit reminding me about 7", ["done 7"]),
        ("4 7 done pls stop reminding me about them", ["done 4", "done 7"]),
        ("7 done. stop emailing me about 9", ["done 7", "drop 9"]),
        ("stop emailing me about 9", ["drop 9"]),
    ],
)
def test_to_be_asked_no_more_of_what_is_done_says_only_that_it_is(words: str, asked: list[str]):
    assert read(words) == asked


@pytest.mark.parametrize("words", ["7 not done. stop emailing me about it", "7 done. drop it"])
def test_what_is_open_is_not_dropped_by_who_is_tired_of_it(words: str):
    reading = read_reply(words, digest())
    assert not [one for one in reading.operations if one.op in {"done", "drop"}]
    assert reading.ask is not None


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("2 4 done 7 fri", ["done 2", "done 4", f"due 7 {FRIDAY}"]),
        ("2 4 done 5 lft msg 7 tomorrow", ["done 2", "done 4", "note 5 lft msg", "due 7 2026-03-11"]),
        ("2 done 4 5 fri 9 priya", ["done 2", f"due 4 {FRIDAY}", f"due 5 {FRIDAY}", TO_PRIYA.format(n=9)]),
        ("2 4 not done 5 done", ["done 5"]),
    ],
)
def test_numbers_side_by_side_are_told_of_together(words: str, asked: list[str]):
    assert read(words) == asked


@pytest.mark.parametrize("words", ["2 4 done if 5 sent", "2 4 wait for 5 done", "2 4 maybe done 5 fri", "2 4 done 5"])
def test_what_hangs_on_the_next_number_closes_nothing(words: str):
    assert not [one for one in read(words) if one.startswith(("done", "drop"))]


def test_an_hour_behind_a_date_is_no_task():
    assert read("5 interpreter booked for 4/29 1030") == ["done 5"]
