"""What was done, told in Spanish past and participle, of numbers, of things and of the one task; and what was not."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.replies_made import digest, read
from tests.decide.tasks_made import task

TITLES = {
    3: ("Fax the wound care orders to Lakeside Home Health", "Mr. Delgado"),
    4: ("Call Mrs. Nakamura back about her MRI prep", "Mrs. Nakamura"),
    5: ("Book a Somali interpreter for the Thursday clinic", "Amina Warsame"),
    7: ("Get the operative report from Dr. Pruitt's office", "Harold Finch"),
    9: ("Schedule the cardiology follow-up", "Harold Finch"),
    11: ("Order the bariatric walker", "Ms. Tate"),
    12: ("Send the discharge summary to the PCP", "Ms. Tate"),
    15: ("Update the on-call list for the weekend", None),
}
MADE = tuple(task(number, title=title, patient=patient) for number, (title, patient) in TITLES.items())
DONE = [
    ("ya mandé el resumen de alta", 12),
    ("se envió el resumen de alta", 12),
    ("el resumen de alta ya se mandó", 12),
    ("hemos enviado el resumen de alta al PCP", 12),
    ("Ya mandé por fax las órdenes del señor Delgado", 3),
    ("las órdenes ya se mandaron por fax", 3),
    ("ya hablé con la señora Nakamura", 4),
    ("ya reservé al intérprete", 5),
    ("el intérprete ya está confirmado", 5),
    ("llegó el reporte operatorio", 7),
    ("ya recibí el reporte operatorio", 7),
    ("ya agendé la cita de cardiología", 9),
    ("la cita de cardiología ya está agendada", 9),
    ("ya pedimos la andadera", 11),
    ("ya actualicé la lista de guardia", 15),
    ("la 12 se envió esta mañana", 12),
    ("ya envié la 12", 12),
    ("la 12 ya la mandé", 12),
    ("Listas las 12", 12),
]
NOT_DONE = [
    "no mandé el resumen de alta",
    "todavía no he mandado el resumen de alta",
    "mañana mando el resumen de alta",
    "que Ana mande el resumen de alta",
    "mande el resumen de alta",
    "ya mandé a pedir el reporte operatorio",
    "ya mandé la mitad del resumen de alta",
    "creo que ya se mandó el resumen de alta",
    "si ya se mandó el resumen de alta avísame",
    "cuando llegó el reporte operatorio ya era tarde",
    "¿se envió el resumen de alta?",
    "¿ya reservaste al intérprete?",
    "nadie reservó al intérprete",
    "ya mandé el resumen de alta pero rebotó",
    "la 12 no se envió",
    "la 12 se envía mañana",
    "quedaron de mandar el reporte operatorio",
]
ONLY = [
    "ya puedes cerrarlo",
    "ya lo puedes cerrar",
    "ya lo mandé",
    "ya se envió",
    "ya lo envié esta mañana",
    "lo mandé ayer",
]
ONLY_NOT = ["no lo he enviado", "aún no lo envío", "lo mando mañana", "ya lo mandé pero rebotó", "ya lo iba a mandar"]
OTHERS = [
    ("la 7 ya no es urgente", ["priority 7 normal"]),
    ("la 7 es prioridad", ["priority 7 high"]),
    ("yo me encargo de la 7", ["acknowledge 7"]),
    ("recuérdame que tengo que llamar a Aetna el viernes", ["create 2026-03-13 Llamar a Aetna"]),
    ("recuérdame el viernes llamar a Aetna", ["create 2026-03-13 Llamar a Aetna"]),
    ("crea una tarea para el viernes: llamar a Aetna", ["create 2026-03-13 Llamar a Aetna"]),
    ("agrega llamar a Aetna a mi lista", ["create Llamar a Aetna"]),
    ("Please create a task for Friday: call Aetna", ["create 2026-03-13 Call Aetna"]),
    ("one more: call Aetna by Friday", ["create 2026-03-13 Call Aetna"]),
    ("I also need to call Aetna by Friday, please add it", ["create 2026-03-13 Call Aetna"]),
    ('put "call Aetna" on my list', ["create Call Aetna"]),
    ("no me manden más correos", ["stop"]),
    ("turn it back on", ["resume"]),
    ("7 and 9 are both urgent", ["priority 7 high", "priority 9 high"]),
    ("déjala abierta, la 7", []),
    ("lo de la 7 ya quedó", ["done 7"]),
    ("¿puedes cerrar la 7?", ["done 7"]),
    ("¿me puedes cambiar la 7 al viernes?", ["due 7 2026-03-13"]),
    ("la 7 ya no es mía, es de Priya", ["assign 7 priya@clinic.example"]),
    ("avísame el viernes de la 7", ["snooze 7 2026-03-13"]),
    ("la 7 quedó cancelada", ["drop 7"]),
    ("la 7 se canceló porque el paciente ya no quiere", ["drop 7"]),
    ("la 7 quedó rechazada", []),
    ("la 7 quedó suspendida", []),
    ("agregar: llamar a Humana el viernes", ["create 2026-03-13 Llamar a Humana"]),
    ("pon en mi lista llamar a Humana el viernes", ["create 2026-03-13 Llamar a Humana"]),
    ("no la cierres, la 7", []),
]


@pytest.mark.parametrize(("words", "number"), DONE)
def test_a_deed_told_in_spanish_ends_its_task(words: str, number: int):
    assert read(words, digest(tuple(TITLES), tasks=MADE)) == [f"done {number}"]


@pytest.mark.parametrize("words", NOT_DONE)
def test_what_was_not_done_in_spanish_ends_nothing(words: str):
    operations = read_reply(words, digest(tuple(TITLES), tasks=MADE)).operations

    assert [one for one in operations if one.op in {"done", "drop"}] == []


@pytest.mark.parametrize("words", ONLY)
def test_it_was_sent_is_told_of_the_one_task(words: str):
    assert read(words, digest((12,), tasks=MADE)) == ["done 12"]


@pytest.mark.parametrize("words", ONLY_NOT)
def test_it_was_not_sent_leaves_the_one_task_open(words: str):
    operations = read_reply(words, digest((12,), tasks=MADE)).operations

    assert [one for one in operations if one.op in {"done", "drop"}] == []


@pytest.mark.parametrize(("words", "operations"), OTHERS)
def test_what_else_is_bidden_is_read_in_more_than_one_way(words: str, operations: list[str]):
    assert [one.rstrip() for one in read(words) if not one.startswith("note")] == operations


@pytest.mark.parametrize("words", ["la 12 espera, ya están escaneados los papeles", "12: ya les avisé y me llaman"])
def test_a_note_keeps_the_words_of_the_reply(words: str):
    notes = [one.text for one in read_reply(words, digest(tuple(TITLES), tasks=MADE)).operations if one.op == "note"]

    assert notes
    assert all(text in words for text in notes)
