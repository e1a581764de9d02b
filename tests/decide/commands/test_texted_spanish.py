"""Spanish as telephones are thumbed: little words cut short, letters that hang, a thing and its day; and its twins."""

from __future__ import annotations

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from assistant.decide.commands.plain.slips import legible
from assistant.decide.commands.plain.texted import texted_in_full
from tests.decide.commands.replies_made import digest, read
from tests.decide.tasks_made import task

_TASKS = {
    3: ("Pedir la silla de ruedas", "Aurelio Pinto"),
    4: ("Llamar a la clínica del sueño", "Aurelio Pinto"),
    6: ("Mandar receta a la farmacia", "Nélida Roca"),
    8: ("Agendar cita de podología", "Nélida Roca"),
    9: ("Imprimir hojas de presión", None),
}


def desk(only: int | None = None) -> ReplyContext:
    tasks = tuple(task(number, title=title, patient=patient) for number, (title, patient) in _TASKS.items())
    return digest(tuple(_TASKS) if only is None else (only,), tasks=tasks)


SAID = [
    ("la 4 q la vea Priya", ["assign 4 {priya}"]),
    ("el 6 q lo haga Priya xfa", ["assign 6 {priya}"]),
    ("9 pa Priya porfa", ["assign 9 {priya}"]),
    ("3 listo, 4 pa Priya", ["done 3", "assign 4 {priya}"]),
    ("el 4 pa el jueves", ["due 4 2026-03-12"]),
    ("la 6 pal viernes", ["due 6 2026-03-13"]),
    ("la 6 ta lista", ["done 6"]),
    ("3 lissto, 9 todavia no", ["done 3"]),
    ("3 y 9 hechooos", ["done 3", "done 9"]),
    ("8 doneee", ["done 8"]),
    ("la silla hasta el viernes", ["due 3 2026-03-13"]),
    ("la cita mejor el jueves", ["due 8 2026-03-12"]),
    ("9 ponlo para el viernes", ["due 9 2026-03-13"]),
    ("borra la 9 ya no se usan esas hojas", ["drop 9"]),
    ("quita la 8 porque se mudó", ["drop 8"]),
    ("elimina el 3, nadie la pidió", ["drop 3"]),
]
NOTHING = [
    "la 6 q no la haga Priya todavia",
    "q paso con la silla?",
    "la clinica abre hasta el viernes",
    "la silla no llega hasta el viernes",
    "la 4 no ta lista",
    "la pa de la silla ya salio",
    "no borres la 9",
    "si ya no se usa borra la 9",
    "3 no lissto",
    "Priya ya no viene",
]


@pytest.mark.parametrize(("words", "asked"), SAID)
def test_words_cut_short_are_read_as_the_whole_ones(words: str, asked: list[str]) -> None:
    priya = next(person.email for person in desk().people if person.name.startswith("Priya"))
    assert read(words, desk()) == [one.format(priya=priya) for one in asked]


@pytest.mark.parametrize("words", NOTHING)
def test_what_only_looks_so_changes_nothing(words: str) -> None:
    found = read_reply(words, desk()).operations
    assert {one.op for one in found} <= {"note", "question"}


@pytest.mark.parametrize("words", ["pasalo pa el viernes", "muevelo al jueves", "dejalo pal viernes porfa"])
def test_a_day_set_for_it_is_the_one_tasks_or_a_question(words: str) -> None:
    reading = read_reply(words, desk())
    assert not reading.operations
    assert reading.ask
    assert [one.op for one in read_reply(words, desk(4)).operations] == ["due"]


@pytest.mark.parametrize(
    "words",
    [
        "14 pa Priya",
        "the pa for 3 is in",
        "amoxicillin q 8 hours",
        "3 x ray done",
        "la pa ya salio",
        "el pa hoy",
    ],
)
def test_an_authorization_and_a_dose_are_not_put_in_other_words(words: str) -> None:
    assert texted_in_full(words, digest()) == words


@pytest.mark.parametrize("words", ["the lists", "Annette called", "see the todo", "cheesse"])
def test_words_with_double_letters_of_their_own_stay(words: str) -> None:
    assert legible(words) == words
