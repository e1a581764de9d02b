"""Clauses in free wording, read by what their words point to: a task, one day or one colleague, and what to do."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.replies_made import PRIYA, digest, read

TOLD = {
    "new deadline for 9 is thursday": ["due 9 2026-03-12"],
    "9's deadline got pushed to Friday": ["due 9 2026-03-13"],
    "payer gave us an extension on the rehab authorization for Castillo, new date friday": ["due 9 2026-03-13"],
    "both 4 and 7 now have until friday": ["due 4 2026-03-13", "due 7 2026-03-13"],
    "please correct the date on 12 to thursday": ["due 12 2026-03-12"],
    "12 - they want it by tomorrow instead": ["due 12 2026-03-11"],
    "i need 12 to be due thursday not wednesday": ["due 12 2026-03-12"],
    "put friday as the due date for 5": ["due 5 2026-03-13"],
    "no reminders on 4 till friday pls": ["snooze 4 2026-03-13"],
    "ping me again on #4 tomorrow": ["snooze 4 2026-03-11"],
    "i dont want to see 4 again until monday": ["snooze 4 2026-03-16"],
    "put 4 to sleep until tomorrow": ["snooze 4 2026-03-11"],
    "let 4 rest until thursday": ["snooze 4 2026-03-12"],
    "9: not now, try me at tomorrow": ["snooze 9 2026-03-11"],
    "nothing on 9 before friday please": ["snooze 9 2026-03-13"],
    "4 isn't mine any more, put it under Priya": [f"assign 4 {PRIYA.email}"],
    "can you switch 4 from Ruth to Priya": [f"assign 4 {PRIYA.email}"],
    "priya volunteered for 4": [f"assign 4 {PRIYA.email}"],
    "make priya the owner of 4": [f"assign 4 {PRIYA.email}"],
    "4 should be on priya's list": [f"assign 4 {PRIYA.email}"],
    "tell priya 4 is hers from here on": [f"assign 4 {PRIYA.email}"],
    "4 and 5, priya has em tonight": [f"assign 4 {PRIYA.email}", f"assign 5 {PRIYA.email}"],
    "4 due wednesday. Sorry, I meant Thursday.": ["due 4 2026-03-12"],
    "4 needs to come back on": ["reopen 4"],
    "drop 4 to normal and make 5 high": ["priority 4 normal", "priority 5 high"],
    f"4 over to {PRIYA.email}": [f"assign 4 {PRIYA.email}"],
    "no more reminders on 4 please, he switched plans and it's moot": ["drop 4"],
    "open 4 again": ["reopen 4"],
    "who has 4, me or Priya?": ["question 4"],
    "4 can drop to normal priority": ["priority 4 normal"],
    "raise the priority on 4 to high": ["priority 4 high"],
    "4 has to be open again": ["reopen 4"],
    "I closed 4 by mistake yesterday. Please put it back on the list.": ["reopen 4"],
    "4 wasn't supposed to be closed": ["reopen 4"],
    "neither 4 nor 5 is needed. Please drop both.": ["drop 4", "drop 5"],
    "no need for 4, the family is driving": ["drop 4"],
    "both 4 and 5 are off, patient cancelled": ["drop 4", "drop 5"],
}
UNTOLD = (
    "4 might be pushed to friday",
    "they said 4 may get extended until friday",
    "dr abel wants 4 by thursday or friday",
    "4: left a message, they'll call back tomorrow",
    "4 is booked for thursday",
    "i asked them about 4 on monday",
    "priya thinks 4 is hers",
    "maybe priya could take 4",
    "waiting on priya for 4",
    "priya can't take 4",
    "don't give 4 to priya",
    "4 was due yesterday and we missed it",
    "neither 4 nor 5 is done",
    "no need for 4 to be rushed",
    "4 should be dropped at the front desk",
    "4 and 5 are off schedule",
    "4 needs high priority review by the doctor",
    "4 again no answer",
    "nothing new on 4",
    "4 could become urgent if he gets worse",
    "4 has papers with priya 5 no rush",
    "4 still with the desk 5 high priority",
    "2 waits for them 7 remind me again friday",
    "2 with the lab 7 deadline now friday",
    "2 still with the lab 7 should be on priya's list",
    "4 rest of the pages to come friday",
)
ASKED = (
    "move 4 to sometime friday",
    "4 should be due thursday, or maybe friday",
    "somebody on days should pick up 4",
    "give 4 to whoever is on",
    "put Rashid on 4",
    "Valentina from the float pool will do 4.",
)


@pytest.mark.parametrize("words", TOLD)
def test_free_wording_is_read_by_what_it_points_to(words: str):
    assert sorted(read(words)) == sorted(TOLD[words])


@pytest.mark.parametrize("words", UNTOLD)
def test_words_that_only_tell_change_nothing(words: str):
    changes = [one for one in read(words) if one.split()[0] not in {"note", "question", "acknowledge"}]

    assert changes == []


@pytest.mark.parametrize("words", ASKED)
def test_words_that_point_to_no_one_day_or_colleague_are_asked_about(words: str):
    reading = read_reply(words, digest())

    assert reading.ask
    assert reading.operations == ()
