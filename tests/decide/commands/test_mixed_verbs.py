"""Several verbs in one sentence, each with a task of its own, in English and in Spanish."""

from __future__ import annotations

import pytest

from tests.decide.commands.replies_made import PRIYA, RUTH, read

HERS, RUTHS = PRIYA.email, RUTH.email
FRIDAY, MONDAY, TOMORROW = "2026-03-13", "2026-03-16", "2026-03-11"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2 hecho y 4 viernes", ["done 2", f"due 4 {FRIDAY}"]),
        ("2 listo y 4 para el viernes", ["done 2", f"due 4 {FRIDAY}"]),
        ("2 hecho, 4 el lunes y 5 lo tiene Priya", ["done 2", f"due 4 {MONDAY}", f"assign 5 {HERS}"]),
        ("2 listo, 4 lunes, 5 Priya", ["done 2", f"due 4 {MONDAY}", f"assign 5 {HERS}"]),
        ("2 viernes y 4 hecho", [f"due 2 {FRIDAY}", "done 4"]),
        ("2 y 4 hechos y 5 viernes", ["done 2", "done 4", f"due 5 {FRIDAY}"]),
        ("2 la tiene Priya, 4 hecho y 5 viernes", [f"assign 2 {HERS}", "done 4", f"due 5 {FRIDAY}"]),
        ("2 enviado y 4 lunes, gracias", ["done 2", f"due 4 {MONDAY}"]),
        ("4 viernes 3pm", ["due 4 2026-03-13T15:00:00-05:00"]),
        ("2 hecho y 4 se lo doy a Priya", ["done 2", f"assign 4 {HERS}"]),
        ("2 hecho, 4 se lo paso a Ruth", ["done 2", f"assign 4 {RUTHS}"]),
        ("2 listo y el 4 que lo haga Priya", ["done 2", f"assign 4 {HERS}"]),
        ("2 listo y la 4 la muevo al viernes", ["done 2", f"due 4 {FRIDAY}"]),
        (
            "2 hecho, 4 lo paso al lunes y 5 que lo vea Priya",
            ["done 2", f"due 4 {MONDAY}", f"assign 5 {HERS}"],
        ),
        ("2 y 4 las muevo al viernes", [f"due 2 {FRIDAY}", f"due 4 {FRIDAY}"]),
        ("2, 4 y 5 los paso al viernes", [f"due 2 {FRIDAY}", f"due 4 {FRIDAY}", f"due 5 {FRIDAY}"]),
        ("2 y 4 se los doy a Priya", [f"assign 2 {HERS}", f"assign 4 {HERS}"]),
        ("2 done and 4 friday", ["done 2", f"due 4 {FRIDAY}"]),
        ("2 done, 4 tomorrow and Priya has 5", ["done 2", f"due 4 {TOMORROW}", f"assign 5 {HERS}"]),
        ("2 done; 4 fri; 5 drop", ["done 2", f"due 4 {FRIDAY}", "drop 5"]),
        ("2 friday and 4 done", [f"due 2 {FRIDAY}", "done 4"]),
        ("2 done & 4 urgent & 5 to Priya", ["done 2", "priority 4 high", f"assign 5 {HERS}"]),
        ("2 done and Priya has 4 and 5 tomorrow", ["done 2", f"assign 4 {HERS}", f"assign 5 {HERS}"]),
        ("2 done and Ruth takes 4 friday", ["done 2", f"assign 4 {RUTHS}"]),
        ("2 hecho y Priya tiene 4 y 5 mañana", ["done 2", f"assign 4 {HERS}", f"assign 5 {HERS}"]),
    ],
)
def test_each_task_has_its_verb(words: str, expected: list[str]):
    assert read(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "2 casi hecho y 4 quizás viernes",
        "2 no está hecho y 4 tampoco",
        "2 estará hecho el viernes",
        "ni 2 ni 4 están hechos",
        "2 pacientes llamaron y 4 veces marqué",
        "quizás 4 se lo doy a Priya",
    ],
)
def test_what_is_said_of_none_of_them_changes_none(words: str):
    assert not [one for one in read(words) if not one.startswith(("note", "acknowledge"))]
