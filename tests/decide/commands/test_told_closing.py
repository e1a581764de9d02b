"""How an end is told beside plain words: a count behind, a slash, a day, a place; and what only sounds so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import NOW, digest, made, read
from tests.decide.tasks_made import due, local, task

_NUMBERS = {
    30: ("Order knee brace", "Hank Moberly"),
    31: ("Fax wound photos to Dr. Estes", "Hank Moberly"),
    5: ("Confirm ride for Friday", "Nita Vance"),
    12: ("Answer 34 survey questions", None),
    33: ("Call Mrs. Vance about drops", "Nita Vance"),
    34: ("Update the fax number in the directory", None),
}


def desk() -> ReplyContext:
    tasks = tuple(task(number, title=title, patient=patient) for number, (title, patient) in _NUMBERS.items())
    return digest(tuple(_NUMBERS), tasks=tasks)


def dated() -> ReplyContext:
    """Two tasks are late, two due today, one tomorrow, one on Friday."""
    days = {2: date(2026, 3, 9), 4: local(3, 9, 15), 5: date(2026, 3, 10), 7: local(3, 10, 16), 9: date(2026, 3, 11)}
    days[12] = date(2026, 3, 13)
    return digest(tasks=tuple(replace(one, deadline=due(days[one.number])) for one in made()))


SLASHED = [
    ("30/31 done thx", ["done 30", "done 31"]),
    ("done 30/31/33", ["done 30", "done 31", "done 33"]),
    ("30/31 both done, thanks!", ["done 30", "done 31"]),
    ("drop 31/33", ["drop 31", "drop 33"]),
    ("#30/#33 are finished", ["done 30", "done 33"]),
    ("snooze 30 / 31 until friday", ["snooze 30 2026-03-13", "snooze 31 2026-03-13"]),
    ("30/31 not done", []),
    ("12/30 we talked about it", []),
    ("30/99 done", []),
    ("BP was 33/31", []),
    ("5/31 is when she comes", []),
    ("30/34 questions are answered", []),
]


@pytest.mark.parametrize(("words", "asked"), SLASHED)
def test_slashed_numbers_are_a_list_where_each_is_a_task_and_no_day_fits(words: str, asked: list[str]) -> None:
    assert [one for one in read(words, desk()) if not one.startswith("note")] == asked


COUNTED_BEHIND = [
    ("Hank is finished, both of them", ["done 30", "done 31"]),
    ("Mr. Moberly is done - both", ["done 30", "done 31"]),
    ("Nita Vance done, all of it", ["done 5", "done 33"]),
    ("done with Hank, both of them!", ["done 30", "done 31"]),
    ("Vance is all set (both)", ["done 5", "done 33"]),
    ("Nita is done, both tasks", ["done 5", "done 33"]),
    ("Hank is finished, all three", []),
    ("Hank is finished, one of them", []),
    ("Hank is not finished, both of them", []),
    ("Hank is almost done, both of them", []),
    ("is Hank finished, both of them?", []),
    ("Hank will be done, both of them, by noon", []),
    ("Hank should be finished, both of them", []),
    ("Estes is done, both of them", []),
    ("Hank is done with both knees", []),
]


@pytest.mark.parametrize(("words", "asked"), COUNTED_BEHIND)
def test_a_count_behind_a_patient_is_of_the_patients_tasks(words: str, asked: list[str]) -> None:
    assert [one for one in read(words, desk()) if one.startswith("done")] == asked


VERB_LEFT_OUT = [
    ("did 4 last night and 7 first thing today", ["done 4", "done 7"]),
    ("I finished 4 yesterday, and 7 today", ["done 4", "done 7"]),
    ("4 done yesterday and 7 this morning", ["done 4", "done 7"]),
    ("we closed 4 last nite, 7 earlier today", ["done 4", "done 7"]),
    ("took care of 4 and 5 yesterday and 7 an hour ago", ["done 4", "done 5", "done 7"]),
    ("hice la 4 ayer y la 7 hoy temprano", ["done 4", "done 7"]),
    ("did 4 last night and 7 tomorrow", ["done 4", "due 7 2026-03-11"]),
    ("did 4 last night and will do 7 first thing tomorrow", ["done 4"]),
    ("4 done yesterday and 7 friday", ["done 4", "due 7 2026-03-13"]),
    ("did 4 last night and not 7 this morning", ["done 4"]),
    ("did 4 last night, did 7 go out this morning?", ["done 4"]),
]


@pytest.mark.parametrize(("words", "asked"), VERB_LEFT_OUT)
def test_a_deed_told_of_two_times_is_told_of_both(words: str, asked: list[str]) -> None:
    found = [one for one in read(words) if one.split()[0] in {"done", "due"}]
    assert found == asked


def test_a_deed_of_today_moves_no_deadline() -> None:
    assert not [one for one in read("did 4 last night and 7 first thing today") if one.startswith("due")]


BY_DAYS = [
    ("Everything due today is done.", ["done 5", "done 7"]),
    ("all the tasks due today are finished", ["done 5", "done 7"]),
    ("finished everything that was due today", ["done 5", "done 7"]),
    ("the ones due tomorrow are done", ["done 9"]),
    ("everything due friday is done", ["done 12"]),
    ("everything overdue is taken care of", ["done 2", "done 4"]),
    ("the items due by today are done", ["done 2", "done 4", "done 5", "done 7"]),
    ("everything due today is done except 7", ["done 5"]),
    ("move everything due today to friday", ["due 5 2026-03-13", "due 7 2026-03-13"]),
    ("snooze everything overdue until friday", ["snooze 2 2026-03-13", "snooze 4 2026-03-13"]),
    ("todo lo que vence hoy ya está listo", ["done 5", "done 7"]),
    ("everything due thursday is done", []),
    ("move everything due thursday to friday", []),
    ("almost everything due today is done", []),
    ("not everything due today is done", []),
    ("most of the tasks due today are done", []),
    ("everything due today will be done by 5", []),
    ("is everything due today done?", []),
    ("nothing due today is done", []),
    ("7 and 9 both due friday", ["due 7 2026-03-13", "due 9 2026-03-13"]),
    ("what's due today?", []),
]


@pytest.mark.parametrize(("words", "asked"), BY_DAYS)
def test_tasks_are_named_together_by_when_they_are_due(words: str, asked: list[str]) -> None:
    found = read(words, dated())
    assert [one for one in found if one.split()[0] not in {"note", "question"}] == asked


@pytest.mark.parametrize("words", ["everything due thursday is done", "drop the ones due thursday"])
def test_a_day_on_which_nothing_is_due_is_asked_about(words: str) -> None:
    reading = read_reply(words, dated())
    assert reading.ask is not None
    assert not reading.operations


SPOKEN_OF = [
    ("7 came by fax. Done there.", ["done 7"]),
    ("Thuy's interpreter for the valve clinic is Marta. All done on that one.", ["done 5"]),
    ("7 is at her daughter's. Done with that one", ["done 7"]),
    ("7 came by fax. Not done there.", []),
    ("all done there", []),
    ("everything is done there", []),
    ("9: they want more notes. Almost done there", []),
]


@pytest.mark.parametrize(("words", "asked"), SPOKEN_OF)
def test_done_there_is_said_of_what_was_spoken_of(words: str, asked: list[str]) -> None:
    assert [one for one in read(words) if one.startswith("done")] == asked


REST_OPEN = [
    ("Everything for Joan is complete, nothing else is yet.", ["done 7", "done 9"]),
    ("4 is done, nothing else yet", ["done 4"]),
    ("4 and 5 done, none of the others are", ["done 4", "done 5"]),
    ("4 hecha, nada mas por ahora", ["done 4"]),
    ("4 is done, only took 3 calls", ["done 4"]),
    ("4 is done, just took me two tries", ["done 4"]),
    ("4 is not done, nothing else is either", []),
    ("nothing is done yet", []),
    ("4 is done, only the refill is left", []),
    ("4 is done, took two calls but she still needs one", []),
]


@pytest.mark.parametrize(("words", "asked"), REST_OPEN)
def test_that_the_rest_is_open_takes_nothing_from_what_is_done(words: str, asked: list[str]) -> None:
    assert [one for one in read(words) if one.startswith("done")] == asked


ENDED_SO = [
    ("Nita's ride is switched to the wheelchair van for tonight, so that one is finished.", ["done 5"]),
    ("la cita de Nita: la 5 ya se pagó, gracias", []),
    ("la 5 ya", ["done 5"]),
    ("el 30 ya, la 31 para el viernes", ["done 30", "due 31 2026-03-13"]),
    ("30 y 31 ya", ["done 30", "done 31"]),
    ("la 30 ya casi", []),
    ("la 30 ya no", []),
    ("¿la 30 ya?", []),
    ("necesito la 30 ya", []),
    ("Nita will be moved tonight, so that one is finished", []),
]


@pytest.mark.parametrize(("words", "asked"), ENDED_SO)
def test_an_end_is_told_behind_a_booking_and_by_a_spanish_ya(words: str, asked: list[str]) -> None:
    assert [one for one in read(words, desk()) if one.split()[0] in {"done", "due"}] == asked


def test_the_digest_of_these_tests_is_answered_on_a_tuesday() -> None:
    assert NOW.astimezone(dated().person.calendar.zone).date() == date(2026, 3, 10)
