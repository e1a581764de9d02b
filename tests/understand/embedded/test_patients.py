from __future__ import annotations

import pytest

from assistant.config import material
from assistant.understand.embedded.patients import NotPatients, patient_in
from assistant.understand.embedded.rules import load_rules


@pytest.fixture(scope="module")
def others() -> NotPatients:
    words = load_rules(material("rules") / "extract").words
    return NotPatients(words=words["no_name"] | words["no_name_more"], people=())


@pytest.mark.parametrize(
    ("text", "patient"),
    [
        ("mr vasko needs a bed upstairs", "mr vasko"),
        ("can you ring mrs. oyelaran back", "mrs. oyelaran"),
        ("ms. vega goes home saturday", "ms. vega"),
        ("mrs. hazel oyelaran, bed 4", "mrs. hazel oyelaran"),
        ("doña petra llamó otra vez", "doña petra"),
        ("mrs. oyelaran called about her ride", "mrs. oyelaran"),
        ("the mr ordered for him was never read", None),
        ("ms word file attached", None),
        ("Estimada Lucinda, gracias por todo", None),
    ],
)
def test_a_title_in_lower_case_names_a_patient_and_no_more_words_than_the_name(
    others: NotPatients, text: str, patient: str | None
):
    assert patient_in(text, others) == patient


@pytest.mark.parametrize(
    ("text", "patient"),
    [
        ("Mom's knee surgery", None),
        ("Dad's walker???", None),
        ("My mother (Ida Ferris) asks about her blood thinner.", "Ida Ferris"),
        ("Dad (Emil Ferris) almost fell.", "Emil Ferris"),
        ("mi papá (Abel Rosas) tiene diálisis", "Abel Rosas"),
        ("My son (Monday at the latest) will call.", None),
    ],
)
def test_a_relation_is_no_name_but_leads_to_one(others: NotPatients, text: str, patient: str | None):
    assert patient_in(text, others) == patient
