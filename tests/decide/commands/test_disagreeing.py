"""Replies whose words are of another patient, thing, place or result than the task: nothing closes. And their twins."""

from __future__ import annotations

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import digest
from tests.decide.commands.test_ordinary_words import office
from tests.decide.tasks_made import task

ANOTHERS = [
    ("12 done for Mrs. Lindqvist", "#4"),
    ("done 12 (Lindqvist)", "#4"),
    ("12 done - Lindqvist", "#4"),
    ("12 (Lindqvist) done", "#4"),
    ("Castillo's 12 is done", "#7 or #9"),
    ("Mrs. Lindqvist 12 done", "#4"),
    ("done 12, Lindqvist", "#4"),
    ("12 done re Castillo", "#7 or #9"),
    ("closed 9 for Mr. Okafor", "#2 or #12"),
    ("12 done for thuy", "#5"),
    ("4, 7 done (Okafor)", "#2 or #12"),
    ("12 hecho para la Sra. Lindqvist", "#4"),
    ("Mr. Okafor is discharged so drop 4", "#2 or #12"),
    ("Joan cancelled, drop 12", "#7 or #9"),
    ("Joan cancelled so drop the last one", "#7 or #9"),
    ("Joan Castillo died. Drop 12.", "#7 or #9"),
    ("drop 5, Lindqvist died", "#4"),
    ("drop 12 because Thuy was discharged", "#5"),
    ("Mrs. Lindqvist was discharged, forget the last two", "#4"),
    ("Thuy is discharged, forget the first two", "#5"),
    ("Lindqvist falleció, cancela la 12", "#4"),
]
"""The patient who is named is not the one of the number; with the tasks that may have been meant."""


@pytest.mark.parametrize(("words", "meant"), ANOTHERS)
def test_a_task_stays_open_where_another_patient_is_named_and_theirs_are_asked_about(words: str, meant: str):
    reading = read_reply(words, digest())

    assert _ended(words) == []
    assert reading.ask is not None
    assert reading.ask.endswith(f"Did you mean {meant}?")


ODD = [
    "she's been discharged so forget the last two",
    "he's been discharged so forget the last two",
    "she cancelled so drop the last two",
    "she passed away, drop 12",
    "he was discharged so drop 4",
    "12 done for her",
    "4 done for him",
    "Mrs. Okafor's loop recorder is ordered",
    "12 interpreter booked",
    "#12 warfarin refill done",
    "12 warfarin done",
    "done: 12 Holter report",
    "12 - Holter report is in",
    "4 recorder ordered",
    "2 rehab auth submitted",
    "5: Holter report arrived",
    "7 interpreter is booked",
    "2 faxed to Lakeside",
    "2 done, faxed to Lakeside Imaging",
    "7 report came from Dr. Chen",
    "7 received from dr. chen",
    "la 12 de Lindqvist está lista",
]


@pytest.mark.parametrize("words", ODD)
def test_a_numbered_task_stays_open_where_the_words_are_of_another_thing(words: str):
    assert _ended(words) == []


ELSEWHERE = [
    "release sent to Dr. Kim",
    "release of information to Dr. Chen sent",
    "release went out to dr. patel",
    "release faxed to Mercy Hospital",
    "films from Austin came",
    "films on CD from Dallas arrived",
    "van to church booked",
    "van to the mall is booked",
    "wheelchair van to clinic booked",
    "heart monitor shipped to Tess",
    "heart monitor delivered to the patient",
    "shower bench delivered to Walt's neighbor",
    "bench dropped off at the wrong house",
    "la banca llegó a la vecina",
    "Nico's mom has the record",
    "Ramp delivered",
    "ramp installed",
    "wheelchair arrived",
    "consent received, unsigned",
    "consent signed but undated",
    "el consentimiento llego incompleto",
    "vaccine record mailed, returned to sender",
    "shower bench delivered then returned",
    "echo booked, patient declined",
    "night sitter found, family declined",
    "CD arrived empty",
    "el CD llegó vacío",
    "la silla de baño llegó rota",
    "called daughter, she'll call back",
    "called daughter, she hung up",
    "talked to the daughter about something else",
    "spoke with daughter, she'll call back tomorrow",
]


@pytest.mark.parametrize("words", ELSEWHERE)
def test_ordinary_words_close_nothing_where_place_direction_or_result_disagree(words: str):
    assert _ended(words, office()) == []


AGREED = [
    ("12 done for Mr. Okafor", ["done 12"]),
    ("7 done - Castillo", ["done 7"]),
    ("12 and 4 done for Okafor and Lindqvist", ["done 12", "done 4"]),
    ("12 (Okafor) done", ["done 12"]),
    ("Okafor's 12 is done", ["done 12"]),
    ("drop 12 (Okafor)", ["drop 12"]),
    ("Joan Castillo: 7 and 9 done", ["done 7", "done 9"]),
    ("Castillo 7 done, Okafor 12 done, Pham 5 booked", ["done 7", "done 12", "done 5"]),
    ("5 (Thuy Pham) is booked", ["done 5"]),
    ("12 (Okafor) is not done", []),
    ("Okafor's 12 will be done", []),
    ("Okafor 2 weeks out", []),
    ("Joan from radiology called, 12 done", ["done 12"]),
    ("Joan in billing says it went through, 12 done", ["done 12"]),
    ("12 done per Joan", ["done 12"]),
    ("12 done thx Joan", ["done 12"]),
    ("hi Joan, 12 done", ["done 12"]),
    ("12 done (her daughter Joan called)", ["done 12"]),
    ("12 done, spoke with Dr. Okafor", ["done 12"]),
    ("4 done, spoke with Dr. Okafor", ["done 4"]),
    ("12 done for Priya", ["done 12"]),
    ("12 done, Mrs. Lindqvist is next", ["done 12"]),
    ("4 done. Okafor next week", ["done 4"]),
    ("4 done, Mr. Okafor's daughter called too", ["done 4"]),
    ("Mr. Okafor is discharged so drop 2 and 12", ["drop 2", "drop 12"]),
    ("Mrs. Lindqvist cancelled, drop 4", ["drop 4"]),
    ("his wife cancelled, drop 12", ["drop 12"]),
    ("his sister died so she cancelled, drop 12", ["drop 12"]),
    ("she called and cancelled, drop 9", ["drop 9"]),
    ("drop 12, Joan cancelled it", ["drop 12"]),
    ("2 faxed to Ridgeview", ["done 2"]),
    ("2 sent to Ridgeview by fax", ["done 2"]),
    ("2 done, Priya sent it to me", ["done 2"]),
    ("7 report from Abel is in", ["done 7"]),
    ("done: 7 Holter report", ["done 7"]),
    ("5 interpreter booked", ["done 5"]),
    ("9 rehab auth submitted", ["done 9"]),
    ("12 done, now on the interpreter", ["done 12"]),
]


@pytest.mark.parametrize(("words", "ended"), AGREED)
def test_names_that_are_nobody_elses_patient_leave_a_number_what_it_is(words: str, ended: list[str]):
    assert _ended(words) == ended


AT_HOME = [
    ("release sent to Dr. Wu", 36),
    ("release sent to Wu's office", 36),
    ("release faxed to the clinic", 36),
    ("films from Tulsa came", 42),
    ("van to dialysis booked", 31),
    ("van booked for Omar to dialysis", 31),
    ("heart monitor sent back", 43),
    ("shower bench delivered to Walt", 37),
    ("shower bench delivered to his home", 37),
    ("ramp quote delivered", 38),
    ("vaccine record sent to the school nurse", 47),
    ("consent received, signed", 35),
    ("el consentimiento llego firmado", 35),
    ("echo booked, patient notified", 34),
    ("called daughter, she knows", 41),
    ("spoke with daughter, she'll be there at 3", 41),
    ("talked to the daughter, she will pick her up at 4", 41),
]


@pytest.mark.parametrize(("words", "number"), AT_HOME)
def test_ordinary_words_still_close_what_agrees_with_them(words: str, number: int):
    assert _ended(words, office()) == [f"done {number}"]


def test_one_person_cannot_be_the_reason_for_two_patients_tasks():
    reading = read_reply("she died, drop 7 and 4", digest())

    assert reading.operations == ()
    assert reading.about == (4, 7)


def test_what_else_the_reply_says_still_holds():
    assert _ended("4 done\n12 done for Thuy Pham\n9 done") == ["done 4", "done 9"]


def test_a_name_that_is_a_word_is_no_patient_in_lower_case():
    tasks = (task(3, title="Book the van", patient="Mrs. Long"), task(8, title="Fax the order", patient="Mr. Ames"))
    asked = digest((3, 8), tasks=tasks)

    assert _ended("8 done, took long", asked) == ["done 8"]
    assert _ended("8 done for Mrs. Long", asked) == []


def test_a_task_of_no_patient_may_be_anybodys():
    tasks = (task(3, title="Book the van", patient=None), task(8, title="Fax the order", patient="Mr. Ames"))

    assert _ended("3 done for Mr. Ames", digest((3, 8), tasks=tasks)) == ["done 3"]


def _ended(words: str, asked: ReplyContext | None = None) -> list[str]:
    operations = read_reply(words, asked or digest()).operations
    return [f"{one.op} {one.number}" for one in operations if one.op in {"done", "drop"}]
