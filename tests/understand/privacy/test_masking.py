from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understand.embedded.reading import fields_of
from assistant.understand.privacy import Masking, names_of
from tests.understand.llm.mails import CONTEXT, RULES, mail

PLACEHOLDER = re.compile(r"\[[A-Z]+-\d+[A-Z]?\]")


def masking(text: str = "", *known: str, patients: tuple[str, ...] = ()) -> Masking:
    context = replace(CONTEXT, patients=frozenset(patients))
    return Masking(names_of(fields_of(mail(text), context, RULES), known))


@pytest.mark.parametrize(
    "text",
    [
        "phone (312) 555-0142",
        "call 312-555-0142 x 204",
        "call 555-0142",
        "fax +1 312.555.0142",
        "from +44 20 7946 0958",
        "ext. 4471",
        "write to m.okafor@lakeview.example",
        "SSN 987-65-4320",
        "MRN: 00482913",
        "MRN# A4829",
        "chart 48-2913",
        "member ID W8821-90",
        "policy no. H4471209",
        "acct #7714",
        "license RN-20441",
        "DEA: BK4471290",
        "VIN 1HGCM82633A004352",
        "plate 7ABC123",
        "serial: SN-88A-2210",
        "pump lot L0092A",
        "https://portal.lakeview.example/p/8812?id=4",
        "www.lakeview.example",
        "see portal.lakeview.example/p/8812",
        "from 10.2.40.7",
        "from 2001:db8:85a3:0:0:8a2e:370:7334",
        "voiceprint VP-8812",
        "DOB 04/17/1951",
        "born 4/17/51",
        "admitted 2026-02-11",
        "seen March 3",
        "since March 3-5, 2026",
        "on 3 March 2026",
        "el 14 de abril de 2026",
        "by the 14th",
        "in March",
        "surgery 3/14",
        "a 93-year-old",
        "aged 91",
        "a ninety-two-year-old woman",
        "a man, a hundred and one years old",
        "turned ninety in spring",
        "una señora de noventa y cuatro años",
        "cumplió 95",
        "for her 94th birthday",
        "the nonagenarian in bed 4",
        "una centenaria",
        "1420 N Maple Street, Apt 4B",
        "at 88 elm avenue",
        "P.O. Box 4471",
        "Oak Park, IL 60302",
        "zip 60302",
        "Cook County",
        "photo IMG_okafor.jpg",
        "order 88213-4471",
        "call 312–555–0142",
        "MRN 00 48 29 13",
        "license plate ABC 1234",
        "from fe80::1ff:fe23:4567:890a",
        "a 95 y.o. man",
        "97 years of age",
        "rural route 2 box 14",
        "SSN, last four 7781",
        "see scan (12).pdf",
        "by mid-March",
        "accession S26-18842",
    ],
)
def test_each_formatted_kind_becomes_a_placeholder_and_comes_back(text: str):
    one = masking()

    masked = one.mask(text)

    hidden = PLACEHOLDER.sub("", masked)
    assert PLACEHOLDER.search(masked)
    assert not re.search(r"\d{2}|@|example|Maple|elm|Cook|Oak|okafor|ninety|hundred|noventa|genari|tenari", hidden)
    assert one.unmask(masked) == text


@pytest.mark.parametrize(
    "text",
    [
        "please call by Friday, before 3 pm tomorrow",
        "within 48 hours, at 10:30 or by noon",
        "take the Foley out and book the PET/CT",
        "Hodgkin lymphoma, Crohn's and a Swan-Ganz line",
        "Bell's palsy and Graves disease",
        "COVID-19 test, CA-125, HbA1c and B12",
        "Eliquis 5 mg twice a day, INR 2.4",
        "Could you fax the signed order to the ward?",
        "she is 62 years old",
        "sixty-two years old, ninety tablets and a hundred mg",
        "open 24/7",
        "this may be late",
    ],
)
def test_due_words_and_medical_words_stay(text: str):
    assert masking().mask(text) == text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Please call Mrs. Okafor today", "Okafor"),
        ("the ride for Adaeze Okafor is open", "Adaeze Okafor"),
        ("OKAFOR, ADAEZE needs a bed", "OKAFOR"),
        ("okafor still has no ride", "okafor"),
        ("Okafor's consent is missing", "Okafor"),
        ("ask J. Okafor-Bell about it", "Bell"),
        ("Susan Park wants a call", "Park"),
        ("Maria de la Cruz is here", "Cruz"),
        ("thanks, Imani", "Imani"),
        ("tell Dr. Sorensen", "Sorensen"),
        ("Lakeview has not answered", "Lakeview"),
    ],
)
def test_names_become_placeholders_however_they_are_written(text: str, hidden: str):
    one = masking("A word about a ride.", "Adaeze Okafor")

    masked = one.mask(text)

    assert hidden not in masked
    assert one.unmask(masked) == text


def test_a_patient_of_the_ledger_is_known_in_lower_case_too():
    assert "tolliver" not in masking(patients=("Ray Tolliver",)).mask("tolliver needs a ride")
    assert "tolliver" in masking().mask("tolliver needs a ride")


def test_the_same_words_have_one_placeholder_and_one_person_one_number():
    one = masking("x", "Adaeze Okafor")

    assert one.mask("Adaeze Okafor and Imani Brooks") == "[PATIENT-1] and [PERSON-2]"
    assert one.mask("Mrs. Okafor, Adaeze Okafor") == "Mrs. [PATIENT-1B], [PATIENT-1]"


@pytest.mark.parametrize("said", ["call [PATIENT-7]", "fax [PHONE-1] to 9", "PERSON-4 asks", "[ patient 9 ]"])
def test_a_placeholder_that_was_never_given_out_is_refused(said: str):
    one = masking("x", "Adaeze Okafor")
    one.mask("Mrs. Okafor")

    assert one.unmask(said) is None


def test_what_a_mail_writes_like_a_placeholder_is_hidden_itself():
    one = masking("x", "Adaeze Okafor")

    masked = one.mask("Mrs. Okafor and [PATIENT-1] and [phone 2]")

    assert masked == "Mrs. [PATIENT-1] and [TEXT-1] and [TEXT-2]"
    assert one.unmask(masked) == "Mrs. Okafor and [PATIENT-1] and [phone 2]"


@pytest.mark.parametrize("said", ["[patient-1]", "PATIENT-1", "[PATIENT 1]", "[Patient_1]"])
def test_a_model_may_write_a_placeholder_a_little_differently(said: str):
    one = masking("x", "Adaeze Okafor")
    one.mask("Adaeze Okafor")

    assert one.unmask(f"call {said} back") == "call Adaeze Okafor back"


PIECES = (
    "Mrs. Okafor",
    "[PATIENT-1]",
    "312-555-0142",
    "3/14",
    "by Friday",
    "PATIENT-2",
    "a@b.example",
    "Foley",
    "12 Elm St",
)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=8).map(" ".join))
def test_what_is_masked_comes_back_as_it_was(text: str):
    line = " ".join(text.split())
    one = masking("x", "Adaeze Okafor")

    assert one.unmask(one.mask(line)) == line


@pytest.mark.parametrize(
    "text", ["1-" * 5000, "A. " * 5000, "[a" * 5000, "Mc" * 5000, "9 de " * 4000, "a." * 5000, "1.1" * 5000]
)
def test_hostile_text_takes_no_longer_than_other_text(text: str):
    one = masking()

    assert one.unmask(one.mask(text)) == text
