"""Classes of ordinary wording, each with several phrasings: what they ask, and what they leave open."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.replies_made import digest, read
from tests.decide.commands.test_ordinary_words import office

SETTLED = [
    ("Omar's ride is confirmed with the cab company, you can close it", [31]),
    ("the ramp people emailed their price, so that's done", [38]),
    ("Walt's daughter says the bench is in the bathroom now, strike that as completed", [37]),
    ("spoke with the school about Nico, you can tick that off", [47]),
    ("12 - they wanted the other model instead, reordered, so closed", []),
    ("the MRI people want no auth at all, so that's taken care of", []),
    ("heart monitor went back with UPS on Friday, please mark it done", [43]),
    ("the night sitter starts tonight so that one's settled", []),
    ("el interprete no hace falta, asi que eso queda cerrado", []),
    ("Sonia's audiology referral is with the clinic, cross that off", [39]),
]
NUMBERED = [
    ("9: approved, 12 visits", ["done 9"]),
    ("7 arrived", ["done 7"]),
    ("2 faxed and confirmed", ["done 2"]),
    ("12 - they wanted the other model instead, reordered, so closed", ["done 12"]),
    ("5 booked for tuesday at 9", ["done 5"]),
    ("9 denied", ["note 9"]),
    ("9: approved? not yet", ["question 9"]),
    ("7 arrived blank", ["note 7"]),
    ("2 faxed to the wrong number", ["note 2"]),
    ("4 adn 9 donne, 2 nto yet", ["done 4", "done 9"]),
    ("teh 5 is compelted", ["done 5"]),
    ("snoze 7 unitl firday", ["snooze 7 2026-03-13"]),
    ("asign 9 to Priya plesae", ["assign 9 priya"]),
    ("mvoe 12 to tomorow", ["due 12 2026-03-11"]),
    ("okay so number four is done and um number nine is done too", ["done 4", "done 9"]),
    ("uh number twelve is done", ["done 12"]),
    ("task number five and seven are done", ["done 5", "done 7"]),
    ("move number nine to thursday at ten a m", ["due 9 2026-03-12T10:00:00-05:00"]),
    ("that is our number two concern", []),
    ("from 2 to 5 are done", ["done 2", "done 4", "done 5"]),
    ("de la 2 a la 5 ya quedaron", ["done 2", "done 4", "done 5"]),
    ("desde la 7 hasta la 9 ya estan hechas", ["done 7", "done 9"]),
    ("9 can wait, move the due date to friday", ["due 9 2026-03-13"]),
    ("cambia la fecha de la 9 para el viernes", ["due 9 2026-03-13"]),
    ("change the deadline of 9 to friday", ["due 9 2026-03-13"]),
    ("12 isn't a task", ["drop 12"]),
    ("12 was never really a task", []),
    ("12 isn't really a task, it was an fyi", ["drop 12"]),
    ("9 give to Priya", ["assign 9 priya"]),
    ("9 assign Priya", ["assign 9 priya"]),
    ("I'll take 9 myself", ["acknowledge 9"]),
    ("Priya, could you take 9 from now on?", ["assign 9 priya"]),
    ("can Priya take 9?", ["assign 9 priya"]),
    ("Priya, 9 is yours now", ["assign 9 priya"]),
    ("2 done, took three tries", ["done 2"]),
    ("2 done on the second attempt", ["done 2"]),
    ("all six are done", [f"done {number}" for number in (12, 2, 4, 5, 7, 9)]),
    ("all five are done", []),
    ("9: they call back friday. Leave it till then.", ["note 9", "snooze 9 2026-03-13"]),
    ("9 needs a form that comes friday. Remind me then", ["note 9", "snooze 9 2026-03-13"]),
    ("summary please", ["list"]),
    ("give me a quick rundown", ["list"]),
    ("4 done, she is at 312-555-0112 if needed", ["done 4"]),
    ("4 done if needed", []),
    ("need until friday for 9", ["due 9 2026-03-13"]),
    ("9 won't happen before friday", ["snooze 9 2026-03-13"]),
    ("5 isn't needed until monday", ["snooze 5 2026-03-16"]),
    ("5 and 7 aren't needed anymore", ["drop 5", "drop 7"]),
    ("5 isn't needed if she speaks English", []),
    ("Thuy Pham cancelled her visit so we don't need the interpreter", ["drop 5"]),
    ("she doesn't need the loop recorder anymore", ["drop 12"]),
    ("we don't need the interpreter until friday", []),
    ("we don't need the interpreter yet", []),
    ("we don't need the interpreter today", []),
    ("I don't need a reminder", []),
    ("rehab auth approved!", ["done 9"]),
    ("autorizacion aprobada", ["done 9"]),
    ("rehab auth not approved", []),
    ("done w 2 & 4", ["done 2", "done 4"]),
    ("the last one is done", ["done 12"]),
    ("la 2 ya esta pero la 4 no", ["done 2"]),
    ("dile a Priya que haga la 9", ["assign 9 priya"]),
    ("chair 9 is broken", []),
    ("bay 12 is clean", []),
]
ASKED = [
    "mark 12 done and move 12 to friday",
    "12 done, give it to Priya",
    "drop 9. 9 due friday",
    "I think 12 is done",
    "pretty sure 9 is finished",
    "creo que la 9 ya esta hecha",
    "12 is done, they told me",
    "everything but 9 is done I think",
    "all except 4 and 5 are probably done",
]


@pytest.mark.parametrize(("words", "numbers"), SETTLED)
def test_a_story_that_says_that_it_is_over_closes_its_one_task(words: str, numbers: list[int]) -> None:
    assert [one for one in read(words, office()) if one.startswith("done")] == [f"done {n}" for n in numbers]


@pytest.mark.parametrize(("words", "wanted"), NUMBERED)
def test_a_class_of_wording_asks_for_what_it_means(words: str, wanted: list[str]) -> None:
    found = sorted(one for one in read(words, digest()) if wanted or not one.startswith("note"))
    assert len(found) == len(wanted), found
    assert all(one.startswith(start) for one, start in zip(found, sorted(wanted), strict=True)), found


@pytest.mark.parametrize("words", ASKED)
def test_what_contradicts_itself_or_is_only_believed_is_asked_about(words: str) -> None:
    reading = read_reply(words, digest())
    assert reading.ask is not None
    assert [one for one in reading.operations if one.op in {"done", "drop", "due", "assign"}] == []
