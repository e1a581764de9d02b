"""Replies of which a careless reading would change too much: contradictions, conditions, parts, other things."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from assistant.decide.commands.reading.everything import says_more
from tests.decide.commands.replies_made import SHOWN, digest, made, read
from tests.decide.tasks_made import task

CHANGES = {"done", "drop", "reopen", "snooze", "due", "assign", "priority"}
CONTRADICTIONS = [
    "5 booked. 5 isn't booked yet, sorry, not sure",
    "5 done. Actually 5 might not be",
    "2 done. Hmm, it bounced.",
    "2 faxed this morning. They say they never got it",
    "done 2. they never received it",
    "2 - done\n2 - not done",
    "finished 9. turns out 9 needs another signature",
    "7 is done. 7 fell through",
    "9 submitted. It was rejected",
    "12 done. 12 still needs a PO number",
    "12 ordered. No, it didn't go through.",
    "4 done. I spoke too soon, she wasn't home",
    "5 isn't booked yet. 5 done",
    "9: done\n9: not done, the portal was down",
    "la 5 ya está. la 5 todavía no está",
    "2 lista. no llegó el fax",
    "closed 7. Dr. Abel's office: they never sent it",
]
CONDITIONS = [
    "if they don't call back by friday, move 9 to monday",
    "unless Aetna calls, push 9 to thursday",
    "if Ruth is out, give 2 to Priya",
    "give 2 to Priya if Ruth is out",
    "give 2 to Priya, unless Ruth is back",
    "should Aetna not answer, give 9 to Ruth",
    "in case the van cancels, drop 12",
    "when the recorder arrives close 12",
    "once the recorder arrives, mark 12 done",
    "as soon as Aetna answers, close 9",
    "assuming he goes home, cancel 12",
    "provided they sign, 9 is done",
    "close 7 when Ruth is back",
    "you can close 9 once Aetna calls",
    "If they don't call back by friday. Move 9 to monday.",
    "Aetna may call friday. if not, push 9 to monday",
    "If Aetna says no we appeal. In that case give 9 to Ruth.",
    "9 - if no answer by noon, give it to Priya",
    "otherwise give 9 to Priya",
    "only if Dr. Abel agrees, drop 7",
    "the moment she calls, drop 4",
    "si no llaman el viernes, pasa la 9 al lunes",
    "si llaman, cierra la 9",
    "cuando llegue el equipo cierra la 12",
    "en caso de que cancelen, borra la 5",
    "en cuanto firme, cierra la 9",
    "a menos que llamen, dale la 4 a Priya",
]
POLITE = [
    ("if possible snooze 9 to friday", ["snooze 9 2026-03-13"]),
    ("if you can, snooze 9 to friday", ["snooze 9 2026-03-13"]),
    ("when you get a chance, snooze 9 to friday", ["snooze 9 2026-03-13"]),
    ("move 9 to friday if that's ok", ["due 9 2026-03-13"]),
    ("if it's not too much trouble move 9 to friday", ["due 9 2026-03-13"]),
    ("if you don't mind, give 2 to Ruth", ["assign 2 ruth@clinic.example"]),
    ("if you could move 9 to friday, thanks", ["due 9 2026-03-13"]),
    ("si se puede, pasa la 9 al viernes", ["due 9 2026-03-13"]),
    ("cuando puedas, pasa la 9 al viernes", ["due 9 2026-03-13"]),
    ("done 9, call me if you need anything", ["done 9"]),
    ("When I called they had it. 9 is done", ["done 9"]),
]
PARTS = [
    "2 - Ruth sent the first page",
    "2: first half is sent",
    "half of 2 is sent",
    "2: draft went out",
    "9: the draft is sent to Dr. Abel for review",
    "a draft of the prior authorization was submitted",
    "the first page of the stress test order was faxed",
    "the stress test order's cover sheet was faxed",
    "9 submitted for his ok",
    "7 one of two reports received",
    "12: two of the three boxes delivered",
    "9 cover letter submitted",
    "2 mailed a copy to the family",
    "2 returned to sender",
    "7 received the first section",
    "12 ordered a sample kit",
    "la 9: se mandó la primera hoja",
    "la 2: mandé el borrador",
]
OTHERS = [
    "9 Aetna approved the CT",
    "7 received the invoice",
    "12 ordered the battery",
    "2 faxed the parking permit",
    "5 booked the projector",
    "dropped off 0805",
    "5 dropped off 0805",
    "7 dropped in on Dr. Abel",
    "the driver dropped Mr. Okafor off",
    "9 called, on hold 40 minutes",
    "7 on hold for an hour",
    "5: clinic was rescheduled for monday",
    "12: surgery moved to friday",
    "12 procedure pushed to thursday",
    "5 visit is moved to friday",
    "4 appointment is friday now",
    "la 12: la cirugía se movió al viernes",
    "12 delivery set for friday",
    "give Ruth a call about 9",
    "9 for Ruth's info",
    "9 asked Ruth about this",
]
ELSEWHERE = [
    "spoke with Mrs. Lindqvist, another call needed",
    "7 received page one",
    "Holter report received, they want another signature",
    "faxed the stress test order to the cardiology office",
    "the stress test order was mailed to our old address",
    "Holter report received, page 2 missing",
    "la 9 se mandó al doctor para firma",
    "2 faxed to the wrong number",
    "Mr. Okafor had it ordered elsewhere",
    "7 filled in up to the signature",
    "2 done-ish",
    "2 done my foot",
    "2 - done with page 1",
    "close 2 on friday",
    "drop 2 on monday",
    "borra la 2 el viernes",
    "cierra la 2 si llaman",
    "pasa la 2 a Priya si no viene Ruth",
    "not working on 2, so done for today",
]
WHOLE = [
    "all done with the paperwork",
    "all done barring the recorder",
    "done with everything barring the recorder",
    "everything is finished on my side of the rehab",
    "everything bar the recorder is done",
    "all the easy ones are done",
]
SPARED = [
    ("all done except 9", "9"),
    ("everything done other than 9", "9"),
    ("everything is done with the exception of 9", "9"),
    ("all complete apart from the Holter report", "7"),
    ("everything is done except the interpreter", "5"),
    ("all finished, excluding 9", "9"),
    ("all are done short of 9", "9"),
    ("todo listo menos la 9", "9"),
    ("todo listo con excepción de la 9", "9"),
    ("todas listas salvo el intérprete", "5"),
]
UNDONE = [
    "sorry, take back what I just sent",
    "disregard my last mail",
    "please disregard the email I just sent",
    "ignore my last message",
    "can you cancel what I just did",
    "cancel my previous reply",
    "I take back everything in my last email",
    "that last email was sent by mistake",
    "my last reply was a mistake, please reverse it",
    "that was meant for someone else, please ignore my last message",
    "please take back everything I told you this morning",
    "undo my last email please",
    "olvida mi último correo",
    "ignora mi mensaje anterior",
    "deshaz lo que acabo de mandar",
]


def changes(words: str) -> list[str]:
    return [one for one in read(words) if one.split()[0] in CHANGES]


@pytest.mark.parametrize("words", CONTRADICTIONS)
def test_what_a_reply_says_and_takes_back_is_asked_about(words: str) -> None:
    assert changes(words) == []
    assert read_reply(words, digest()).ask is not None


@pytest.mark.parametrize("words", CONDITIONS)
def test_a_command_that_hangs_on_a_condition_changes_nothing(words: str) -> None:
    assert changes(words) == []
    assert read_reply(words, digest()).ask is not None


@pytest.mark.parametrize(("words", "wanted"), POLITE)
def test_a_polite_condition_is_none(words: str, wanted: list[str]) -> None:
    assert changes(words) == wanted
    assert read_reply(words, digest()).ask is None


@pytest.mark.parametrize("words", PARTS)
def test_a_part_or_a_draft_is_not_the_whole(words: str) -> None:
    assert changes(words) == []


@pytest.mark.parametrize("words", OTHERS)
def test_what_is_told_of_another_thing_changes_nothing(words: str) -> None:
    assert changes(words) == []


@pytest.mark.parametrize("words", ELSEWHERE)
def test_what_went_elsewhere_or_waits_for_a_day_changes_nothing(words: str) -> None:
    assert changes(words) == []


@pytest.mark.parametrize("words", WHOLE)
def test_the_whole_list_is_not_closed_by_words_that_say_more(words: str) -> None:
    assert changes(words) == []


@pytest.mark.parametrize(("words", "number"), SPARED)
def test_what_is_spared_is_never_closed(words: str, number: str) -> None:
    assert f"done {number}" not in changes(words)


@pytest.mark.parametrize("words", UNDONE)
def test_a_mail_taken_back_is_undone_and_closes_nothing(words: str) -> None:
    assert [one for one in read(words) if not one.startswith("note")] == ["undo"]
    # Also where the answered mail is about one task.
    asked = digest((12,))
    assert [one for one in read(words, asked) if not one.startswith("note")] == ["undo"]


def test_a_number_that_goes_with_a_noun_of_a_title_is_no_task() -> None:
    tasks = (*made(), task(6, title="Collect the questionnaire from donor 4", patient=None))
    asked = digest((*SHOWN, 6), tasks=tasks)

    said = read_reply("donor 4 called and is done with the questionnaire", asked)
    assert [one for one in said.operations if one.number not in {6, None}] == []
    assert read("done 4", asked) == ["done 4"]


def test_a_thing_of_another_number_than_the_titles_closes_nothing() -> None:
    tasks = (*made(), task(6, title="Get the consent signed for donor 601", patient=None))
    asked = digest((*SHOWN, 6), tasks=tasks)

    assert [one for one in read("consent signed by donor 602", asked) if one.split()[0] in CHANGES] == []
    assert [one for one in read("consent signed by donor 601", asked) if one.split()[0] in CHANGES] == ["done 6"]


def test_words_of_the_whole_list_repeated_cost_no_more_than_their_length() -> None:
    # Laid on such words, one form with alternatives in a loop would try each way to part them.
    assert says_more("all done " * 2000 + "barring one", ())
    assert not says_more("all done " * 2000, ())
