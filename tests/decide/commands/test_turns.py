"""Everyday turns of phrase for each command, in both languages, and their twins that must change nothing."""

from __future__ import annotations

import pytest

from tests.decide.commands.replies_made import SHOWN, digest, made, read
from tests.decide.tasks_made import task

DAYS = [
    "New deadline for 7 is Friday",
    "the new due date for #7 is Friday",
    "7: new deadline Friday",
    "deadline on 7 has been moved to Friday",
    "the due date for 7 was pushed back to Friday",
    "update the due date of 7 to Friday",
    "extend 7 through Friday",
    "we got an extension on 7 until Friday",
    "they gave us until Friday for 7",
    "need 7 moved to Friday",
    "7 will have to be Friday",
    "la nueva fecha límite de la 7 es el viernes",
    "nueva fecha para la 7: viernes",
    "la fecha de la 7 se movió al viernes",
    "la 7 se aplazó al viernes",
    "nos dieron hasta el viernes para la 7",
    "extiende la 7 al viernes",
    "pon la 7 para el viernes",
    "cámbiale la fecha a la 7 para el viernes",
]
LATER = [
    "put 7 on hold until Friday",
    "keep 7 on hold until Friday",
    "bring 7 back Friday",
    "let 7 sit until Friday",
    "7 will have to wait until Friday",
    "stop asking about 7 until Friday",
    "circle back to 7 on Friday",
    "recuérdame lo de la 7 el viernes",
    "la 7 que espere hasta el viernes",
    "no me recuerdes la 7 hasta el viernes",
    "pregúntame de nuevo por la 7 el viernes",
]
HANDED = [
    "put Priya on 7",
    "put 7 on Priya's list",
    "Priya volunteered for 7",
    "7 is with Priya now",
    "7 is being handled by Priya",
    "7 has been assigned to Priya",
    "I gave 7 to Priya",
    "I've asked Priya to take 7",
    "make Priya the owner of 7",
    "7 owner: Priya",
    "7 - Priya's on it",
    "not mine, 7 should go to Priya",
    "for 7, please assign to Priya",
    "Could Priya take 7 please?",
    "la 7 ahora es de Priya",
    "la 7 le toca a Priya",
    "la 7 la va a hacer Priya",
    "Priya se va a encargar de la 7",
    "que la 7 la haga Priya",
    "ya le pasé la 7 a Priya",
    "la 7 se la di a Priya",
    "la 7 no es mía, es de Priya",
    "¿puede Priya tomar la 7?",
]
OFF = [
    "cross 7 off, not needed",
    "7 can be removed",
    "7 won't be needed",
    "we no longer need 7",
    "no need for 7 any more",
    "7 is just FYI, not a task",
    "7 is not really a task, just FYI",
    "7 doesn't apply any more",
    "please stop tracking 7",
    "take 7 off my list please",
    "quita la 7 de la lista",
    "la 7 ya no se necesita",
    "ya no necesitamos la 7",
    "la 7 no es una tarea, solo era un aviso",
    "la 7 está repetida",
    "saca la 7 de la lista",
]
FINISHED = [
    "Just finished up 7",
    "You can check 7 off",
    "closing 7",
    "7 is a wrap",
    "I was able to finish 7 before lunch",
    "managed to get 7 done",
    "Completed today: 7",
    "The following are complete: 7",
    "Update: 7 complete",
    "feel free to close 7",
    "ya hice la 7",
    "la 7 ya la hice",
    "ya se resolvió la 7",
    "acabo de terminar la 7",
    "la 7 ya la puedes cerrar",
    "pon la 7 como terminada",
    "la 7 sí quedó",
]
SEVERAL = [
    ("numbers 2 to 5: done", ["done 2", "done 4", "done 5"]),
    ("everything from 2 to 5 is done", ["done 2", "done 4", "done 5"]),
    ("Knocked these out: 2, 4", ["done 2", "done 4"]),
    ("2 and 4 can come off", ["drop 2", "drop 4"]),
    ("Priya - 9, Ruth - 7", ["assign 9 priya@clinic.example", "assign 7 ruth@clinic.example"]),
    ("Hi team - #2 complete. #5 Priya is handling.", ["done 2", "assign 5 priya@clinic.example"]),
    ("5 booked for friday 7am", ["done 5"]),
    ("5 will be booked for friday 7am", ["note 5 "]),
    ("7 is slipping to Friday", ["due 7 2026-03-13"]),
    ("let's say Friday for 7", ["due 7 2026-03-13"]),
    ("7 - patient rescheduled, no longer needed", ["drop 7"]),
    ("7 is cancelled because she doesn't need it", ["drop 7"]),
    ("7 is cancelled because of snow, unless they open", []),
    ("can I get an updated list", ["list"]),
    ("number six fifteen is done and so is six eighteen", ["done 615", "done 618"]),
    ("um one oh four is finished and one thirty one to Priya", ["done 104", "assign 131 priya@clinic.example"]),
    ("Please be advised that items 2 and 4 were completed on October 13.", ["done 2", "done 4"]),
    ("2: sent\n5: booked, 7:30 Monday", ["done 2", "done 5"]),
    ("2 done, they have a room through May", ["done 2"]),
    ("just wanted to let you know that 7 is finish", ["done 7"]),
    ("with respect to item 7, may I ask who requested it?", ["question 7"]),
    ("quedaron listas la 2 y la 4", ["done 2", "done 4"]),
    ("del 4 al 7 hechas", ["done 4", "done 5", "done 7"]),
    ("2 is done, as is 4", ["done 2", "done 4"]),
    ("Please close the following: 2, 7, 12", ["done 2", "done 7", "done 12"]),
    ("two and four are done", ["done 2", "done 4"]),
    ("Hey um two and seven are taken care of and I am still working on twelve", ["done 2", "done 7", "note 12"]),
    ("move seven to friday", ["due 7 2026-03-13"]),
    ("la siete ya está hecha", ["done 7"]),
    ("last one is done", ["done 12"]),
    ("la primera está lista", ["done 2"]),
    ("7 to Priya, 9 is with Priya too", ["assign 7 priya@clinic.example", "assign 9 priya@clinic.example"]),
]
NOTHING = [
    "I didn't give 7 to Priya",
    "put Priya on speaker for 7",
    "we asked for an extension on 7 until Friday",
    "Joan Castillo called back",
    "Mrs. Lindqvist called back",
    "seven and nine are not done",
    "seven are done, five to go",
    "four done, two left",
    "see you at seven, not done",
    "two of them are done",
    "seven patients are done",
    "closing 7 isn't possible yet",
    "we can't close 7",
    "I was not able to finish 7",
    "didn't manage to get 7 done",
    "is the new deadline for 7 Friday?",
    "the deadline for 7 might move to Friday",
    "the deadline for 7 is not Friday",
    "they wouldn't give us until Friday on 7",
    "we may no longer need 7",
    "do we still need 7?",
    "we don't need 7 yet",
    "7 can't be removed",
    "should 7 be removed?",
    "7 is not just an FYI",
    "don't take 7 off the list",
    "Priya can't take 7",
    "7 was not given to Priya",
    "did you give 7 to Priya?",
    "7 is with the lab now",
    "I gave 7 to the courier",
    "la 7 no la he hecho",
    "la 7 quedó a medias",
    "la 7 quedó en revisión",
    "la 7 está lista para mandar",
    "la 7 se hizo mal",
    "quedé de mandar la 7",
    "no quites la 7",
    "¿ya hice la 7?",
    "¿ya no hace falta la 7?",
    "si ya está la 7, ciérrala",
    "hay que hacer la 7",
    "la 7 todavía hace falta",
]
CLOSING = {"done", "drop", "due", "snooze", "assign", "create", "reopen"}


@pytest.mark.parametrize("words", DAYS)
def test_a_new_day_is_set_however_it_is_told(words: str):
    assert read(words) == ["due 7 2026-03-13"]


@pytest.mark.parametrize("words", LATER)
def test_a_task_rests_however_it_is_asked_for(words: str):
    assert read(words) == ["snooze 7 2026-03-13"]


@pytest.mark.parametrize("words", HANDED)
def test_a_colleague_gets_the_task_however_it_is_told(words: str):
    assert read(words) == ["assign 7 priya@clinic.example"]


@pytest.mark.parametrize("words", OFF)
def test_a_task_is_dropped_however_it_is_called_off(words: str):
    assert [one for one in read(words) if not one.startswith("note")] == ["drop 7"]


@pytest.mark.parametrize("words", FINISHED)
def test_a_task_is_done_however_it_is_told(words: str):
    assert read(words) == ["done 7"]


@pytest.mark.parametrize(("words", "operations"), SEVERAL)
def test_several_tasks_get_what_is_said_of_them(words: str, operations: list[str]):
    hundreds = tuple(task(number, title=f"Call clinic {number}") for number in (104, 131, 615, 618))
    asked = (
        digest((*SHOWN, 104, 131, 615, 618), tasks=(*made(), *hundreds))
        if " six " in words or " oh " in words
        else None
    )

    assert [one if not one.startswith("note") else one[:7] for one in read(words, asked)] == operations


@pytest.mark.parametrize("words", NOTHING)
def test_words_that_only_sound_so_change_nothing(words: str):
    assert not {one.split()[0] for one in read(words)} & CLOSING


RIDES = {
    3: ("Arrange the ride to dialysis", "Mr. Boyle"),
    6: ("Book a Somali interpreter for the Thursday clinic", "Amina Warsame"),
    8: ("Order the bariatric walker", "Ms. Tate"),
}
ONLY = [
    ("All set here", ["done 8"]),
    ("turned that in friday", []),
    ("ordered", ["done 8"]),
    ("I did this yesterday", ["done 8"]),
    ("done ✅", ["done 8"]),
    ("did it an hour ago", ["done 8"]),
    ("ordered?", []),
    ("I did this yesterday and it came back", []),
    ("I ordered it last time, who does it now?", []),
]
HARDER = [
    "interpreter cancelled",
    "the interpreter cancelled on us",
    "el intérprete canceló",
    "3 is double booked",
    "all interpreters are booked",
    "interpreters are booked solid",
    "they are fully booked for the ride",
    "8 received a call about it",
    "6 que se mande",
    "ya pedimos la andadera equivocada",
    "ordered the walker for another patient",
]
RECEIVED = ["got it", "yes I have it", "I have it", "received", "sent that back"]
CALLED_OFF = [
    ("take the ride off the list, family handles it", ["drop 3"]),
    ("his son is driving him so take the ride off the list, we don't need it any more", ["drop 3"]),
    ("cross the ride off, family is driving him", ["drop 3"]),
    ("we no longer need the interpreter", ["drop 6"]),
    ("no interpreter needed anymore", ["drop 6"]),
    ("scratch the walker, she already has one", ["drop 8"]),
    ("quita la andadera de la lista", ["drop 8"]),
    ("take the ride off the list if family drives", []),
    ("don't take the ride off the list", []),
    ("we don't need the ride until Friday", []),
    ("should I take the ride off the list?", []),
]


@pytest.mark.parametrize(("words", "operations"), CALLED_OFF)
def test_a_thing_is_called_off_by_its_name(words: str, operations: list[str]):
    made_up = tuple(task(number, title=title, patient=patient) for number, (title, patient) in RIDES.items())
    found = read(words, digest(tuple(RIDES), tasks=made_up))

    assert [one for one in found if one.split()[0] in {"done", "drop"}] == operations


@pytest.mark.parametrize(("words", "operations"), ONLY)
def test_a_bare_result_is_told_of_the_one_task_that_the_mail_is_about(words: str, operations: list[str]):
    made_up = tuple(task(number, title=title, patient=patient) for number, (title, patient) in RIDES.items())
    found = read(words, digest((8,), tasks=made_up))

    assert [one for one in found if one.split()[0] in {"done", "drop"}] == operations


@pytest.mark.parametrize("words", HARDER)
def test_what_makes_a_task_harder_does_not_end_it(words: str):
    made_up = tuple(task(number, title=title, patient=patient) for number, (title, patient) in RIDES.items())

    assert not {one.split()[0] for one in read(words, digest(tuple(RIDES), tasks=made_up))} & CLOSING


@pytest.mark.parametrize("words", RECEIVED)
def test_who_has_got_our_mail_has_not_got_the_thing(words: str):
    made_up = (task(4, title="Get the operative report from Dr. Abel"), task(5, title="Send the summary to the PCP"))

    for number in (4, 5):
        assert not {one.split()[0] for one in read(words, digest((number,), tasks=made_up))} & CLOSING
