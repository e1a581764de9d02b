"""A reader whose language is Spanish: what they are sent, and how they answer it, through the whole office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.outbox.test_language import ENGLISH
from tests.pipeline.office import DANA, US, Office
from tests.pipeline.test_own_words_later import LEE, team_config

TITLES = re.compile(r'#\d+ .*|"[^"]*"|\S+@\S+')


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Return an office in which Dana reads Spanish, has two tasks and their digest."""
    office = Office(tmp_path, team_config(language="es"))
    office.arrive("Please fax the cardiac clearance for Mr. Alvarez to Ridgeview by Wednesday noon.")
    office.work()
    office.pass_time(minutes=1)
    office.arrive("Could you arrange transport for Mrs. Kim for Thursday 9am?", sender="lee@cardio.example")
    office.work()
    yield office
    office.parts.ledger.close()


def states(office: Office) -> dict[int, str]:
    return {task.number: task.state for task in office.parts.ledger.book.numbered((1, 2))}


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("hecho 1", "#1 está hecha."),
        ("2 me encargo", "Usted se encarga de #2."),
        ("posponer 1 hasta lunes", "#1 descansa hasta el lun 16 mar."),
        ("dar 2 a Lee", "#2 la tiene ahora Lee Park."),
        ("1 no es mía", "¿Quién debe tener #1? Escriba: dar 1 a NOMBRE."),
        ("hecho 77", "No hay ninguna tarea #77 en su lista."),
        ("¿qué hay pendiente para la señora Kim?", "Busqué en 2 tareas abiertas que usted puede ver: 1 corresponde."),
        ("what is overdue?", "Busqué en 2 tareas abiertas que usted puede ver: ninguna corresponde."),
        ("ayuda", "no hay nada que hacer: `descartar 12`"),
        ("deshacer", "No hay ningún cambio suyo que retirar."),
        ("parar hasta jueves", "Sus resúmenes descansan hasta jue 12 mar y vuelven solos"),
        ("lista", "SUS TAREAS ABIERTAS (2)"),
        ("done 1", "#1 está hecha."),
    ],
)
def test_an_answer_in_either_language_is_answered_in_spanish(office: Office, words: str, answered: str):
    office.answer(words)
    office.work()
    answer = next(mail for mail in reversed(office.postbox.taken) if DANA in mail["To"])
    body = answer.get_body(("plain",))
    assert body is not None
    said = " ".join(str(body.get_content()).split())

    assert answered in said


def test_others_are_still_written_to_in_english(office: Office):
    office.answer("dar 2 a Lee")
    office.work()
    handoff = next(mail for mail in office.postbox.taken if LEE in mail["To"])

    assert handoff["Subject"] == "Handed to you: #2"


@pytest.mark.parametrize(("name", "state"), [("Hecho", "done"), ("Me encargo", "open"), ("+1 día", "open")])
def test_its_links_answer_in_spanish_with_one_touch(office: Office, name: str, state: str):
    html = office.postbox.taken[-1].get_body(("html",))
    assert html is not None
    found = re.findall(
        r'href="mailto:[^"?]+\?subject=([^"&]+)&(?:amp;)?body=([^"]+)"[^>]*>([^<]+)<', html.get_content()
    )
    subject, body = next((unquote(a), unquote(b)) for a, b, label in found if label.replace("&nbsp;", " ") == name)
    number = int(re.search(r"\d+", body)[0])  # type: ignore[index]
    office.pass_time(minutes=5)
    office.arrive(body, sender=DANA, to=US, Subject=subject)
    office.work()

    assert not ENGLISH.search(body)
    assert states(office)[number] == state
    assert "Hecho como dijo".upper() in office.said()
