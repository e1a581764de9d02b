"""Replies that name tasks by their numbers, several at once and in many wordings, and what each of them asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from assistant.records import Deadline
from tests.decide.commands.replies_made import digest, made, read

FRI, MON, TOMORROW = "2026-03-13", "2026-03-16", "2026-03-11"
PRIYA, RUTH, DANA = "priya@clinic.example", "ruth@clinic.example", "dana@clinic.example"

DONE = [
    ("2+4 done", [2, 4]),
    ("2 + 4 + 5 done", [2, 4, 5]),
    ("2, 4, 5, and 7. All four complete.", [2, 4, 5, 7]),
    ("2, 4 and 5. All done.", [2, 4, 5]),
    ("2 4 5: all finished", [2, 4, 5]),
    ("Done: 2 4 5", [2, 4, 5]),
    ("Completed - 2, 4", [2, 4]),
    ("Finished:\n2, 4", [2, 4]),
    ("Listo: 2, 4 y 5", [2, 4, 5]),
    ("closed 2, 4 & 5 today", [2, 4, 5]),
    ("did 2, 4 and 9 this morning", [2, 4, 9]),
    ("2 thru 5 done", [2, 4, 5]),
    ("2 to 5 are done", [2, 4, 5]),
    ("2 done 4 done 5 done", [2, 4, 5]),
    ("done 2 done 4 done 5", [2, 4, 5]),
    ("2 yes done", [2]),
    ("2 negative, done", [2]),
    ("2 confirmed for 6a so done", [2]),
    ("approved this morning so 9 is done", [9]),
    ("Joan says the pump is set up at home so 7's done", [7]),
    ("the office has it, so 4 and 5 are done", [4, 5]),
    ("ya la mandé, así que la 9 está lista", [9]),
    ("Room 412 has the cart (5 ✅)", [5]),
    ("the form went out (9 done)", [9]),
    ("the first three are done", [2, 4, 5]),
    ("first two done", [2, 4]),
    ("the last two are finished", [9, 12]),
    ("done with the first two", [2, 4]),
    ("top 3 done", [2, 4, 5]),
    ("las primeras tres están listas", [2, 4, 5]),
    ("las dos últimas ya quedaron", [9, 12]),
    ("everything through 7 is done", [2, 4, 5, 7]),
    ("all up to 5 done", [2, 4, 5]),
    ("todo hasta la 5 está hecho", [2, 4, 5]),
    ("4 done. No wait, I meant 5", [5]),
    ("4 done. No wait, I meant 5. 4 is still open.", [5]),
    ("4 done - sorry, 5 not 4", [5]),
    ("done 4. oops I mean 5", [5]),
    ("hecho el 4, no, perdón, el 5", [5]),
    ("2 - done\n4 - done\n5 - still waiting", [2, 4]),
    ("2: done / 4: done / 5: pending", [2, 4]),
    ("hecho 2 y 4, la 9 la sigo esperando", [2, 4]),
    ("hecho 2 y 4, la 9 sigue en espera", [2, 4]),
    ("listas la 2 y la 4, la 5 me falta", [2, 4]),
    ("done 2 and 4, 9 they never called back", [2, 4]),
    ("done 2, 4, 9 still waiting on the doctor", [2, 4]),
    ("finished 2 and 4, 5 I could not reach her", [2, 4]),
    ("2/4/5 done", [2, 4, 5]),
    ("2, 4, 5. done.", [2, 4, 5]),
    ("2\n4\n5\nall done", [2, 4, 5]),
    ("Done:\n2\n4\n\nOpen:\n5 - line busy", [2, 4]),
    ("Done: 2 (faxed at 9), 4. Open: 5 - no answer", [2, 4]),
    ("2 (done), 4 (done), 5 (pending)", [2, 4]),
    ("2: done. 4: ditto", [2, 4]),
    ("2 done, so is 4", [2, 4]),
    ("2 done 4 done 5 no 7 no", [2, 4]),
    ("Did 2, didn't get to 4", [2]),
    ("2 I did, 4 I didn't", [2]),
    ("Finished 2. Haven't touched 4.", [2]),
    ("done w/ 2, moving on to 4", [2]),
    ("2-5 are good, close em", [2, 4, 5]),
    ("marking 2 and 4 complete", [2, 4]),
    ("Re: 2 - resent, no answer. Re: 4 - done", [4]),
    ("all except 4 and 7 are finished. 4 lab has it", [2, 5, 9, 12]),
]

OTHERS = [
    ("4 give to Ruth", [f"assign 4 {RUTH}"]),
    ("4 hand over to Ruth please", [f"assign 4 {RUTH}"]),
    ("4: assign to Ruth", [f"assign 4 {RUTH}"]),
    ("4 Ruth", [f"assign 4 {RUTH}"]),
    ("4 - Ruth pls", [f"assign 4 {RUTH}"]),
    ("4 Ruth can take that", [f"assign 4 {RUTH}"]),
    ("4 ruth will handle it", [f"assign 4 {RUTH}"]),
    ("4 ruth has it now", [f"assign 4 {RUTH}"]),
    ("4 is Ruth's now", [f"assign 4 {RUTH}"]),
    ("4 Priya is off so to Ruth", [f"assign 4 {RUTH}"]),
    ("4 Priya is out, give it to Ruth", [f"assign 4 {RUTH}"]),
    ("4 to Ruth, 5 same", [f"assign 4 {RUTH}", f"assign 5 {RUTH}"]),
    ("4 to Ruth, 5 likewise", [f"assign 4 {RUTH}", f"assign 5 {RUTH}"]),
    ("4 to Ruth, same for 5", [f"assign 4 {RUTH}", f"assign 5 {RUTH}"]),
    ("la 4 mándala a Ruth", [f"assign 4 {RUTH}"]),
    ("la 4 pásasela a Ruth", [f"assign 4 {RUTH}"]),
    ("la 4 que la haga Ruth", [f"assign 4 {RUTH}"]),
    ("la 4 es de Ruth", [f"assign 4 {RUTH}"]),
    ("4 y 5 para Ruth", [f"assign 4 {RUTH}", f"assign 5 {RUTH}"]),
    ("que Ruth se encargue de la 4", [f"assign 4 {RUTH}"]),
    ("Reassign: 4 Ruth", [f"assign 4 {RUTH}"]),
    ("Reassign: 4 to Ruth, 5 to Priya", [f"assign 4 {RUTH}", f"assign 5 {PRIYA}"]),
    ("Reassign to Ruth: 4, 5", [f"assign 4 {RUTH}", f"assign 5 {RUTH}"]),
    ("To Ruth: 4, 5", [f"assign 4 {RUTH}", f"assign 5 {RUTH}"]),
    ("Ruth: 4 and 5", [f"assign 4 {RUTH}", f"assign 5 {RUTH}"]),
    ("Ruth gets 4 and 5", [f"assign 4 {RUTH}", f"assign 5 {RUTH}"]),
    ("tell Ruth 4 is hers", [f"assign 4 {RUTH}"]),
    ("everything of Ruth's give to Priya", [f"assign 5 {PRIYA}", f"assign 9 {PRIYA}"]),
    ("assign everything that's Ruth's to Priya", [f"assign 5 {PRIYA}", f"assign 9 {PRIYA}"]),
    ("give all of Ruth's to Priya", [f"assign 5 {PRIYA}", f"assign 9 {PRIYA}"]),
    ("I'll take 9 off Ruth's hands", [f"assign 9 {DANA}"]),
    ("I'll take 9 off Ruth's plate", [f"assign 9 {DANA}"]),
    ("I can take 9 for Ruth", [f"assign 9 {DANA}"]),
    ("4 moved to fri 2pm", [f"due 4 {FRI}T14:00:00-05:00"]),
    ("4 - call moved to fri 2pm", [f"due 4 {FRI}T14:00:00-05:00"]),
    ("la 4 para el viernes", [f"due 4 {FRI}"]),
    ("la 4 mejor el viernes", [f"due 4 {FRI}"]),
    ("4 pásala para el viernes", [f"due 4 {FRI}"]),
    ("Later: 4 fri 10am", [f"snooze 4 {FRI}T10:00:00-05:00"]),
    ("Later: 4 friday, 5 monday", [f"snooze 4 {FRI}", f"snooze 5 {MON}"]),
    ("Snooze: 4 fri", [f"snooze 4 {FRI}"]),
    ("Push: 4 fri, 5 mon", [f"due 4 {FRI}", f"due 5 {MON}"]),
    ("Friday: 4, 5", [f"due 4 {FRI}", f"due 5 {FRI}"]),
    ("4 fri 5 mon", [f"due 4 {FRI}", f"due 5 {MON}"]),
    ("2,4 done 5 fri 7 mon", ["done 2", "done 4", f"due 5 {FRI}", f"due 7 {MON}"]),
    ("2 done 4 tomorrow 5 ruth", ["done 2", f"due 4 {TOMORROW}", f"assign 5 {RUTH}"]),
    ("4 lab ships thurs, check again friday", [f"snooze 4 {FRI}"]),
    ("4 called twice no answer, try again friday", [f"snooze 4 {FRI}"]),
    ("4 no luck yet, look again monday", [f"snooze 4 {MON}"]),
    ("4 stuck with the dr, remind me fri", [f"snooze 4 {FRI}"]),
    ("4 nobody there, ask me again monday", [f"snooze 4 {MON}"]),
    ("la 4 no contestan, recuérdame el viernes", [f"snooze 4 {FRI}"]),
    ("4 can go to friday", [f"due 4 {FRI}"]),
    ("4 and 5 can both go to friday", [f"due 4 {FRI}", f"due 5 {FRI}"]),
    ("4 skip", ["drop 4"]),
    ("skip 4 the clinic is off", ["drop 4"]),
    ("skip 4, she declined", ["drop 4"]),
    ("skip 4", []),
    ("skip 4 for now", []),
    ("4 she doesn't need it after all so cancel", ["drop 4"]),
    ("4: transferred out, so drop it", ["drop 4"]),
    ("4 patient moved away, cancel it please", ["drop 4"]),
    ("take 4 off, wrong number anyway", ["drop 4"]),
    ("4 ya no la necesita, cancélala", ["drop 4"]),
    ("la 4 bórrala", ["drop 4"]),
    ("forget the last two", ["drop 9", "drop 12"]),
    ("Cancelled: 4, 5", ["drop 4", "drop 5"]),
    ("Drop: 4 5", ["drop 4", "drop 5"]),
    ("4 reopen please, ambulance never showed", ["reopen 4"]),
    ("4 reopen - doc forgot to date it", ["reopen 4"]),
    ("4 needs reopening", ["reopen 4"]),
    ("la 4 ábrela de nuevo", ["reopen 4"]),
    ("Reopen: 4, 5", ["reopen 4", "reopen 5"]),
    ("4 URGENT make it critical", ["priority 4 critical"]),
    ("4 URGENT make it critical and give it to Ruth", ["priority 4 critical", f"assign 4 {RUTH}"]),
    ("4 denied, appeal going in, bump it up to critical", ["priority 4 critical"]),
    ("4 make urgent", ["priority 4 high"]),
    ("4 stat!", ["priority 4 critical"]),
    ("Urgent: 4, 5", ["priority 4 high", "priority 5 high"]),
    ("la 4 ponla urgente", ["priority 4 high"]),
    ("4 make it due friday and give it to Ruth", [f"due 4 {FRI}", f"assign 4 {RUTH}"]),
    ("4 to Ruth due friday", [f"assign 4 {RUTH}", f"due 4 {FRI}"]),
    ("2 & 4 DONE — 5: she doesn't need it so cancel — 7 Ruth", ["done 2", "done 4", "drop 5", f"assign 7 {RUTH}"]),
    ("2 done, drop 4, 5 to Ruth, 7 fri", ["done 2", "drop 4", f"assign 5 {RUTH}", f"due 7 {FRI}"]),
    (
        "everything's done except 4 and 7, those can all go to friday",
        ["done 2", "done 5", "done 9", "done 12", f"due 4 {FRI}", f"due 7 {FRI}"],
    ),
    ("4 \u2718", []),
    ("didn't get to 4", []),
    ("ya terminé 2 y 4, el 5 lo hace Priya", ["done 2", "done 4", f"assign 5 {PRIYA}"]),
    ("swap 4 to Ruth", [f"assign 4 {RUTH}"]),
    ("4 needs to go to Ruth instead, I'm out", [f"assign 4 {RUTH}"]),
    ("leave 4 with Ruth", [f"assign 4 {RUTH}"]),
    ("passing 4 to Ruth", [f"assign 4 {RUTH}"]),
    ("Ruth to do 4", [f"assign 4 {RUTH}"]),
    ("4 and 7 all Ruth's", [f"assign 4 {RUTH}", f"assign 7 {RUTH}"]),
    ("have Ruth do 4 by friday", [f"assign 4 {RUTH}", f"due 4 {FRI}"]),
    ("give me until friday on 4", [f"due 4 {FRI}"]),
    ("4: on hold per Dr. Abel until friday", [f"snooze 4 {FRI}"]),
    ("I closed 4 by accident, pls put it back", ["reopen 4"]),
    ("4 isn't urgent anymore", ["priority 4 normal"]),
    ("urgente la 4", ["priority 4 high"]),
    ("la 4 se canceló", ["drop 4"]),
    ("scratch 4", ["drop 4"]),
    ("consider 4 done", ["done 4"]),
    ("put 4 back on the list", ["reopen 4"]),
    ("move 4 back a bit", []),
    ("I don't need 4 anymore", ["drop 4"]),
    ("need a task for Ruth: order gowns by friday", [f"create {FRI} Order gowns"]),
    ("Not done: 4", []),
    ("Still open: 4, 5", []),
    ("Pending: 4", []),
    ("remind Ruth to order gowns friday", [f"create {FRI} Order gowns"]),
    ("please remind Ruth to order gowns, friday. Cheers, D.", [f"create {FRI} Order gowns"]),
    ("also add pls: order more vaccine, by friday", [f"create {FRI} Order more vaccine"]),
    ("add pls: order more vaccine", ["create Order more vaccine"]),
    ("one more for the list: order gowns by friday", [f"create {FRI} Order gowns"]),
]

NOTES = [
    ("7 note: Amedisys draws Tues/Fri", ["note 7 Amedisys draws Tues/Fri"]),
    ("7 nota: llegan a las 3", ["note 7 llegan a las 3"]),
    ("7 fyi they moved to suite 4", ["note 7 they moved to suite 4"]),
]

NO_CHANGE = [
    "la 9 la sigo esperando",
    "la 9 sigue en espera",
    "el 9 sigo sin respuesta",
    "la 9 está por llegar",
    "la 9 casi",
    "9 he said it is done",
    "9 they want it done",
    "9 asked to have it done",
    "9 if the fax went through so done",
    "9 not yet, done with the other form",
    "9 could not reach her, done trying",
    "9 almost there so nearly done",
    "9 would be done if she called",
    "9 is it done",
    "9 ok so done?",
    "9 done on thurs",
    "9 done friday",
    "9 hecho el jueves",
    "sure, 9, whatever, 'done'",
    "9 'done', thrilled",
    "9 yeah right, done",
    "done with room 9",
    "the first three pages are done",
    "the last two weeks were done in a rush",
    "the first two of them may be done",
    "first two not done",
    "everything through 7 is not done",
    "9 says she got the cancel notice",
    "9 don't cancel it",
    "9 do not skip",
    "9 they might cancel",
    "9 they cancelled the visit, so call them again",
    "9 she asked whether to skip it",
    "9 patient may cancel",
    "Done: none of these, 9 is stuck",
    "Not done: 2 4 5",
    "Done? 2 4",
    "Almost done: 2, 4",
    "Done tomorrow: 2, 4",
    "2 waiting 4 done?",
    "2 4 5 called, nobody done",
    "2, 4 and 5. None complete.",
    "2, 4, 5. Two complete.",
    "Will finish: 2, 4",
    "Gave report on bed 9, all done there",
    "give 9 to Priya, she has the authorization",
    "bump 9 to the top, the stress test is at 7:30",
    "2 fell through, interpreter cancelled",
    "I closed 9 by mistake",
    "el 9 lo hace Priya",
    "9 is done. Actually maybe not.",
    "9 done. jk",
    "9 was done last year, do it again",
    "closed the chart for bed 9",
    "after 9 is done close 2",
    "si la 9 está lista, ciérrala",
    "9 done \U0001f643",
    "oh sure 9 is totally done",
    "one of 4 and 9 is done",
    "most of them are done",
]


@pytest.mark.parametrize(("words", "numbers"), DONE)
def test_the_numbers_said_to_be_done_close_and_no_others(words: str, numbers: list[int]):
    assert _changes(words) == [f"done {number}" for number in numbers]


@pytest.mark.parametrize(("words", "operations"), OTHERS)
def test_each_number_gets_what_is_said_of_it(words: str, operations: list[str]):
    assert _changes(words) == operations


@pytest.mark.parametrize(("words", "operations"), NOTES)
def test_a_note_keeps_the_words_without_the_word_note(words: str, operations: list[str]):
    assert read(words, _mine()) == operations


@pytest.mark.parametrize("words", NO_CHANGE)
def test_a_number_beside_words_that_do_not_say_done_closes_nothing(words: str):
    assert [one for one in _changes(words) if one.startswith(("done", "drop"))] == []


def test_a_task_that_is_closed_and_said_to_be_open_is_opened_again():
    tasks = tuple(replace(task, state="done") if task.number == 5 else task for task in made())

    assert "reopen 5" in read("I messed up, 5 is still open!", digest(tasks=tasks))


@pytest.mark.parametrize(
    "words",
    [
        "9 done on thurs",
        "one of 4 and 9 is done",
        "some are done",
        "sure, 9, whatever, 'done'",
        "2, 4, 5. Two complete.",
    ],
)
def test_a_done_that_may_be_meant_otherwise_is_asked_about(words: str):
    assert read_reply(words, digest()).ask is not None


def test_a_spanish_day_of_the_month_may_be_spelled_out():
    asked = digest(
        when=lambda phrase: Deadline(due=date(2026, 3, 13), words=phrase, rule="") if "13" in phrase else None
    )

    assert read("la 4 para el viernes trece", asked) == [f"due 4 {FRI}"]


def _mine() -> ReplyContext:
    """Return a digest in which two tasks are Ruth's."""
    return digest(tasks=tuple(replace(task, owner=RUTH) if task.number in {5, 9} else task for task in made()))


def _changes(words: str) -> list[str]:
    """Return what the words change; notes and acknowledgements are beside the point."""
    return [one for one in read(words, _mine()) if not one.startswith(("note", "acknowledge", "question"))]
