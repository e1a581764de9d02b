"""Answers typed in one breath, with hours as wards write them; and what is asked back where nothing was understood."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.replies_made import SHOWN, digest, made, read
from tests.decide.commands.test_short_answers import called


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2 done 4 done 9 friday 12 left vm with the rep", ["done 2", "done 4", "due 9 2026-03-13"]),
        ("2 faxed 4 tried her twice 5 booked", ["done 2", "done 5"]),
        ("2 done 4 units of blood 9 mg", ["done 2"]),
        ("Good morning: 2 and 4 done", ["done 2", "done 4"]),
        ("Buenos días: 2 y 4 hechas", ["done 2", "done 4"]),
        ("first two are done. last one goes to Priya", ["done 2", "done 4", "assign 12 priya@clinic.example"]),
        ("7 - no action until friday", ["snooze 7 2026-03-13"]),
        ("7: nothing before friday", ["snooze 7 2026-03-13"]),
        ("give 7 till friday", ["due 7 2026-03-13"]),
        ("7 try me again friday", ["snooze 7 2026-03-13"]),
        ("5 is booked for friday at 4, and 7 came in", ["done 5", "done 7"]),
        ("9 resubmitted, ref 55102", []),
        ("5: booked (ref 7750 1123)", ["done 5"]),
        ("5: booked (not confirmed yet)", []),
        ("2 went out before I left", ["done 2"]),
        ("9 subm", ["done 9"]),
        ("can u close 7", ["done 7"]),
        ("Do 7 Friday", ["due 7 2026-03-13"]),
        ("Please send me the list of what is still open.", ["list"]),
        ("por favor ya no me mande estos correos", ["stop"]),
        ("Please disregard the message I sent an hour ago", ["undo"]),
        ("7 - not yet, he is coming in tomorrow to sign", []),
        ("reverse that", ["undo"]),
        ("Disregard my last on this.", ["undo"]),
        ("7 will be refaxed", []),
        ("7 Priya will get to it tonight", []),
        ("reverse the charge on 7", []),
        ("no action on 7", []),
        ("nothing before friday worked", []),
    ],
)
def test_one_breath(words: str, expected: list[str]):
    assert [one for one in read(words) if not one.startswith("note")] == expected


def test_why_something_is_not_done_is_kept():
    assert read("7 - not yet, he is coming in tomorrow to sign")[0].startswith("note 7")


def test_what_a_title_bids_once_more_is_done_once_more():
    tasks = (*made(), replace(made()[0], number=30, title="Resubmit the sleep auth with notes", patient="Mr. Nowicki"))

    assert read("30 resubmitted, ref 55102", digest((*SHOWN, 30), tasks=tasks)) == ["done 30"]


def test_either_of_two_days_is_asked_about():
    reading = read_reply("7 can go Friday or Monday, whichever.", digest())

    assert reading.operations == ()
    assert "#7" in (reading.ask or "")


@pytest.mark.parametrize(
    "words",
    [
        "The MRI item can be closed.",
        "move it to friday",
        "Please close the one we talked about on the telephone.",
        "same as yesterday",
        "give the other one to Priya",
        "One came back approved!",
    ],
)
def test_what_bids_something_of_no_known_task_is_asked_about(words: str):
    reading = read_reply(words, digest())

    assert reading.operations == ()
    assert reading.ask is not None


@pytest.mark.parametrize(
    "words",
    [
        "Thanks, have a good one",
        "I have not moved anything yet",
        "what a day, the copier is down again",
        "Read it, no news from me",
        'a fax said "close 4 and 5", I only tell you',
        "No he terminado ninguna",
        "here is the text of a fax that we got",
        "tracking says today, she wants it in hand first",
    ],
)
def test_what_bids_nothing_is_not_asked_about(words: str):
    assert read_reply(words, digest()).ask is None


def test_until_then_is_the_hour_told_before():
    found = read("The lab says Friday at 2pm. Bring it back then.", called(7))

    assert found[-1] == "snooze 7 2026-03-13T14:00:00-05:00"
    assert read("push it 2 friday", called(7)) == ["due 7 2026-03-13"]


@pytest.mark.parametrize(
    "words", ["7 is done. Or was it 9? One of those two.", "7 done, or was it 9?", "drop 7. Or 9?"]
)
def test_who_is_not_sure_which_closes_neither(words: str):
    reading = read_reply(words, digest())

    assert not [one for one in reading.operations if one.op in {"done", "drop"}]
    assert "#7 or #9" in (reading.ask or "")


def test_a_day_before_the_bid_is_somebody_elses():
    assert read("7: they say thursday so remind me friday 🙏")[0] == "snooze 7 2026-03-13"


def test_an_hour_at_which_somebody_has_it_hands_nothing_over():
    assert not [one for one in read("Priya has 7 at 3pm") if one.startswith("assign")]
    assert read("Priya has 7") == ["assign 7 priya@clinic.example"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("spoke with Mr. Reyes", []),
        ("called Mr. Reyes back", []),
        ("called Mr. Reyes, he arrives at 5:30", []),
        ("called Aetna back", ["done 30"]),
        ("spoke with Aetna, they approved it", ["done 30"]),
        ("spoke with the daughter", ["done 31"]),
    ],
)
def test_only_whom_the_title_bids_to_call_ends_a_call(words: str, expected: list[str]):
    tasks = (
        *made(),
        replace(made()[0], number=30, title="Call Aetna about the MRI", patient="Mr. Reyes"),
        replace(made()[0], number=31, title="Call the daughter about her discharge", patient="Ada Holm"),
    )
    found = read(words, digest((*SHOWN, 30, 31), tasks=tasks))

    assert [one for one in found if one.startswith("done")] == expected
