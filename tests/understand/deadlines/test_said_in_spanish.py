"""How families and colleagues say in Spanish when something is due."""

from __future__ import annotations

import pytest

from assistant.understand.deadlines import find_deadline
from tests.understand.deadlines.moments import CHICAGO_CALENDAR, CHICAGO_WRITTEN_AT, told_in_chicago

SAID = [
    ("Necesito el formulario para el viernes a más tardar.", "2026-03-13"),
    ("Envíeme el resumen a más tardar pasado mañana.", "2026-03-12"),
    ("Por favor llame antes de las 3 de la tarde.", "2026-03-10T15:00"),
    ("Responda dentro de 48 horas, por favor.", "2026-03-12T09:30"),
    ("Mande los papeles mañana por la mañana.", "2026-03-11T12:00"),
    ("Lo necesito hoy mismo.", "2026-03-10"),
    ("Entregue el documento antes del 20 de marzo.", "2026-03-20"),
    ("Entregue el documento antes de que termine el mes.", "2026-03-31"),
    ("Firme la autorización a fin de mes.", "2026-03-31"),
    ("Tiene cinco días hábiles para responder.", "2026-03-17"),
    ("Por favor devuélvalo en un plazo de 10 días.", "2026-03-20"),
    ("Llámeme esta tarde, por favor.", "2026-03-10T17:00"),
    ("Necesito su respuesta para el mediodía de mañana.", "2026-03-11T12:00"),
    ("Avíseme a las 4 y media de la tarde a más tardar.", "2026-03-10T16:30"),
    ("Mándelo el próximo martes.", "2026-03-17"),
    ("Fecha límite: 18/03/2026", "2026-03-18"),
    ("Necesitamos los resultados dos días antes de la cirugía del 20 de marzo.", "2026-03-18"),
    ("Envíelo de aquí al jueves.", "2026-03-12"),
    ("Tráigalo a más tardar el día 16.", "2026-03-16"),
    ("Entregue todo dentro de una semana.", "2026-03-17"),
    ("Lo necesito a mediados de abril.", "2026-04-15"),
    ("Avise antes de las 10:30 a.m. del miércoles.", "2026-03-11T10:30"),
    ("Necesito que lo mande antes de que cierre la clínica hoy.", "2026-03-10"),
    ("Por favor conteste antes del mediodía.", "2026-03-10T12:00"),
    ("Necesito los documentos a más tardar el 18 de este mes.", "2026-03-18"),
    ("Llame en las próximas 24 horas.", "2026-03-11T09:30"),
    ("Envíelo esta misma tarde.", "2026-03-10T17:00"),
    ("Lo ocupo para mañana temprano.", "2026-03-11"),
    ("Favor de llamar mañana a las 9 de la mañana.", "2026-03-11T09:00"),
    ("Mándeme la lista antes de que acabe la semana.", "2026-03-13"),
    ("Confirme por favor para el jueves al mediodía.", "2026-03-12T12:00"),
    ("Haga el favor de mandarlo hoy antes de las cinco.", "2026-03-10T17:00"),
    ("La fecha límite es el 20 de marzo a las 5 p.m.", "2026-03-20T17:00"),
    ("Responda en un plazo máximo de 3 días hábiles.", "2026-03-13"),
    ("Avíseme el jueves por la tarde.", "2026-03-12T17:00"),
    ("Devuélvalo el lunes de la próxima semana.", "2026-03-16"),
    ("Por favor agende para la semana del 23 de marzo.", "2026-03-23"),
    ("Mande los estudios un día antes de la cita del 20 de marzo.", "2026-03-19"),
    ("Para el próximo lunes necesito el reporte.", "2026-03-16"),
    ("Entréguelo a finales de marzo.", "2026-03-31"),
    ("Se requiere respuesta a más tardar a las 17:00 horas del día 12.", "2026-03-12T17:00"),
    ("Para mañana a las 10 necesito la lista.", "2026-03-11T10:00"),
    ("¿Me lo puede mandar hoy antes de las 4?", "2026-03-10T16:00"),
    ("Necesitamos el consentimiento firmado antes del jueves a mediodía.", "2026-03-12T12:00"),
    ("Tiene 30 días para apelar.", "2026-04-09"),
    ("Por favor llámenos a más tardar mañana a las 12.", "2026-03-11T12:00"),
    ("Tráigame los papeles la semana que viene.", "2026-03-16"),
    ("Lo necesito para el 1 de abril.", "2026-04-01"),
    ("Envíelo antes de que termine el día.", "2026-03-10"),
    ("Debe entregarse a más tardar el último día del mes.", "2026-03-31"),
    ("Mande el registro el último día hábil de mayo.", "2026-05-29"),
    ("El plazo vence el 18 de marzo de 2026.", "2026-03-18"),
    ("Tiene hasta el viernes para entregar los papeles.", "2026-03-13"),
]


@pytest.mark.parametrize(("sentence", "due"), SAID)
def test_what_people_write_in_spanish_is_due_when_they_mean(sentence: str, due: str) -> None:
    found = find_deadline(sentence, CHICAGO_WRITTEN_AT, CHICAGO_CALENDAR)

    assert (told_in_chicago(found.due) if found else None) == due
    assert found is None or found.words in sentence
