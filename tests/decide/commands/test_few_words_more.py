"""Few words that lean on what stands around them: a new task's day in front, "just 2 and 5", "never mind that one"."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.decide.commands import read_reply
from assistant.records import SentMail
from tests.decide.commands.replies_made import DANA, NOW, digest, made, read

ENDS = ("done", "drop", "reopen", "assign", "due")


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("Add for friday 2pm - visit by the fit team", "create 2026-03-13T14:00:00-05:00 Visit by the fit team"),
        ("add for friday: call the daughter of Mr. Boone", "create 2026-03-13 Call the daughter of Mr. Boone"),
        ("new for monday - order gloves", "create 2026-03-16 Order gloves"),
        ("new task for friday 3pm: call the lab", "create 2026-03-13T15:00:00-05:00 Call the lab"),
        ("can you add by thursday - fit test for the new aide", "create 2026-03-12 Fit test for the new aide"),
    ],
)
def test_the_day_of_a_new_task_may_stand_before_it(words: str, asked: str):
    assert read(words) == [asked]


@pytest.mark.parametrize(
    "words",
    ["add to 12 - they want it by fax", "add for 12: they want a cover sheet", "add for Tess: call the daughter"],
)
def test_what_is_added_to_a_known_task_or_for_nobody_known_is_no_new_one(words: str):
    assert not [one for one in read(words) if one.startswith("create")]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("done 2, 7 and 12. wait 7 hasn't confirmed, just 2 and 12", ["done 2", "done 12"]),
        ("done 2 and 7. wait, 7 is not in yet, just 2", ["done 2"]),
        ("2, 7, 12 done. oh wait 12 isn't here yet so just 2 and 7", ["done 2", "done 7"]),
        ("done 2 and 7. no wait, 7 never got back to me, only 2", ["done 2"]),
        ("done 2, 7 and 12. wait 7 hasn't confirmed, just 2", ["done 2"]),
    ],
)
def test_only_what_is_named_last_stays_done(words: str, asked: list[str]):
    assert read(words) == asked


@pytest.mark.parametrize(
    ("words", "open_still"),
    [
        ("done 2 and 7. wait 7 hasn't confirmed, just 7", "done 7"),
        ("done 2 and 7. hm 7 hasn't called back", "done 7"),
        ("done 2, 7 - wait, 12 hasn't confirmed", "done 12"),
    ],
)
def test_a_torn_correction_closes_nothing_of_what_it_denies(words: str, open_still: str):
    assert open_still not in read(words)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("9 - on for tues, done", ["done 9"]),
        ("9 - friday, done", ["done 9"]),
        ("9 is on for friday, all done", ["done 9"]),
        ("9 friday at 2, done.", ["done 9"]),
    ],
)
def test_a_day_with_done_behind_it_is_the_day_of_what_was_set(words: str, asked: list[str]):
    assert read(words) == asked


@pytest.mark.parametrize(
    "words",
    ["9 - on for friday, done by then", "9 - on for friday, not done", "9 to friday, done", "9 due friday, done?"],
)
def test_a_day_with_a_doubt_behind_it_ends_nothing(words: str):
    assert "done 9" not in read(words)


@pytest.mark.parametrize(
    "words",
    [
        "never mind about that one",
        "nevermind that one please",
        "9 goes to the OT, not us",
        "9 should go to the front desk, not our team",
        "9 is for the billing office, not for us",
    ],
)
def test_what_cannot_be_obeyed_is_asked_about(words: str):
    reading = read_reply(words, digest())
    assert not [one for one in reading.operations if one.op in ENDS]
    assert reading.ask is not None


@pytest.mark.parametrize("words", ["never mind", "nvm, thanks"])
def test_a_bare_never_mind_is_left_alone(words: str):
    reading = read_reply(words, digest())
    assert (reading.operations, reading.ask) == ((), None)


def test_a_colleague_is_still_given_what_goes_to_her():
    assert read("9 goes to Priya, not me") == ["assign 9 priya@clinic.example"]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("don't show me 5 or 9 before monday", ["snooze 5 2026-03-16", "snooze 9 2026-03-16"]),
        ("don't show me 9 again until friday", ["snooze 9 2026-03-13"]),
        ("stop showing me 9 till friday please", ["snooze 9 2026-03-13"]),
        ("done 5 to 9", ["done 5", "done 7", "done 9"]),
        ("5 to 9 done", ["done 5", "done 7", "done 9"]),
        ("close 2 to 4", ["done 2", "done 4"]),
        ("done 12 to 5", []),
        ("don't show 9 to Priya", ["note 9 don't show 9 to Priya"]),
    ],
)
def test_numbers_joined_by_or_and_to_go_together(words: str, asked: list[str]):
    assert read(words) == asked


@pytest.mark.parametrize("words", ["swap 4 and 9", "swap 4 with 9", "switch 4 for 9", "4 and 9 swap"])
def test_two_tasks_that_shall_swap_are_asked_what(words: str):
    reading = read_reply(words, digest())
    assert reading.operations == ()
    assert (reading.ask or "").startswith("What shall #4 and #9 swap, their days or their owners?")


def test_resume_is_no_summary_in_english():
    reading = read_reply("resume 9", digest())
    assert (reading.operations, reading.ask is None) == ((), False)
    assert read("resume la 9") == ["summary 9"]


@pytest.mark.parametrize("words", ["{0} is home. Done!", "the ride for {0} came and she is home. Done!"])
def test_where_somebody_is_names_no_task_that_has_the_word(words: str):
    tasks = (*made(), replace(made()[1], number=30, title="Order home oxygen", patient="Mrs. Zamora"))
    asked = replace(digest((2, 30)), tasks=tasks)
    assert "done 30" not in read(words.format("Zamora"), asked)
    assert read("home oxygen is done", asked) == ["done 30"]


@pytest.mark.parametrize(
    "words",
    ["9 next week sometime", "9 sometime next week", "9: some time in the spring", "9 eventually", "9 maybe friday"],
)
def test_a_day_left_open_is_asked_about(words: str):
    reading = read_reply(words, digest())
    assert (reading.operations, (reading.ask or "")[:11]) == ((), "When is #9 ")


@pytest.mark.parametrize(
    "words", ["9 she comes in sometime next week", "9 friday clinic called", "9 eventually reached her son"]
)
def test_a_remark_with_such_a_word_is_no_day_left_open(words: str):
    assert (read_reply(words, digest()).ask or "")[:11] != "When is #9 "


@pytest.mark.parametrize("words", ["ya voy en camino", "voy para allá", "heading over now", "omw"])
def test_who_is_on_the_way_has_heard_the_call(words: str):
    sent = SentMail(message_id="m", key="k", kind="escalation", recipient=DANA.email, numbers=(5,), prepared_at=NOW)
    assert read(words, digest((5,), answered=sent)) == ["acknowledge 5"]
    assert read(f"no {words}", digest((5,), answered=sent)) != ["acknowledge 5"]
