"""Masking with Presidio, the real one where a test is marked so, and spaCy without a model."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.errors import ConfigError, UnusableAnswerError
from assistant.understand.embedded.reading import fields_of
from assistant.understand.llm import ModelEngine
from assistant.understand.privacy import Masking, Presidio, names_of, open_presidio
from tests.modelserver.scripted import scripted, task, tasks
from tests.understand.llm.mails import CONTEXT, RULES, mail
from tests.understand.llm.test_engine import engine, read
from tests.understand.privacy.test_masking import masking

PLACEHOLDER = re.compile(r"\[[A-Z]+-\d+[A-Z]?\]")
ONLY_PRESIDIO = (
    ("card 4111 1111 1111 1111 on file", r"\d"),
    ("refund to DE89 3704 0044 0532 0130 00", r"\d"),
    ("or to GB29 NWBK 6016 1331 9268 19", r"\d|NWBK"),
    ("phone: 04 1234 5678", r"\d"),
)
"""A text, and what of it only Presidio hides."""


@pytest.fixture(scope="module")
def presidio() -> Presidio:
    return open_presidio("blank")


def with_presidio(presidio: Presidio, text: str = "") -> Masking:
    return Masking(names_of(fields_of(mail(text), CONTEXT, RULES), ("Adaeze Okafor",)), presidio.spans)


class Failing:
    """An analyzer that fails with words of the mail in what it says."""

    def analyze(self, text: str, **_: Any) -> Iterator[Any]:  # noqa: ANN401 - as the true one's
        raise ValueError(f"did not find '{text}'")


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)

    with scripted(tasks()) as model, pytest.raises(ConfigError) as raised:
        engine(model, mask="always", presidio="en_core_web_sm")

    said = str(raised.value)
    assert said.startswith("[model] presidio: Presidio is not installed")
    assert "[presidio]" in said
    assert "\n" not in said


@pytest.mark.parametrize("changes", [{"mask": "always"}, {"mask": "never", "presidio": "blank"}])
def test_presidio_is_looked_for_only_where_it_is_asked_for_and_something_is_masked(
    changes: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)

    with scripted(tasks(task(1))) as model:
        assert isinstance(engine(model, **changes), ModelEngine)


def test_where_masking_fails_nothing_leaves_and_nothing_of_the_mail_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("assistant.understand.llm.engine.open_presidio", lambda _: Presidio(Failing()))

    with scripted(tasks(task(1))) as model:
        one = engine(model, mask="always", presidio="blank")
        with pytest.raises(UnusableAnswerError) as raised:
            read(one, mail("Please call Okafor."))

    assert model.requests == []
    assert "Okafor" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


@pytest.mark.presidio
@pytest.mark.parametrize(("text", "shown"), ONLY_PRESIDIO)
def test_what_only_presidio_finds_is_hidden_and_comes_back(text: str, shown: str, presidio: Presidio):
    one = with_presidio(presidio)

    masked = one.mask(text)

    assert re.search(shown, PLACEHOLDER.sub("", masking().mask(text)))
    assert not re.search(shown, PLACEHOLDER.sub("", masked))
    assert one.unmask(masked) == text


@pytest.mark.presidio
@pytest.mark.parametrize(
    "text",
    [
        "Mrs. Okafor, MRN 00482913, born 4/17/51, call (312) 555-0142",
        "write to m.okafor@lakeview.example from 10.2.40.7 or [PATIENT-1]",
        "Oak Park, IL 60302 and 912 70 1234",
    ],
)
def test_what_our_own_patterns_hide_stays_hidden(text: str, presidio: Presidio):
    alone, both = masking(text, "Adaeze Okafor"), with_presidio(presidio, text)

    def shown(one: Masking) -> str:
        return PLACEHOLDER.sub(" ", one.mask(text))

    assert set(shown(both).split()) <= set(shown(alone).split())
    assert both.unmask(both.mask(text)) == text


@pytest.mark.presidio
@pytest.mark.parametrize(
    "text",
    [
        "please call by Friday, before 3 pm tomorrow",
        "within 48 hours, at 10:30 or by noon",
        "Eliquis 5 mg twice a day, INR 2.4, COVID-19 and HbA1c",
        "open 24/7",
        "",
        " ",
    ],
)
def test_due_words_and_medical_words_stay_with_presidio_too(text: str, presidio: Presidio):
    assert with_presidio(presidio).mask(text) == text


@pytest.mark.presidio
def test_the_names_and_places_of_a_spacy_model_are_hidden_and_its_days_are_not(monkeypatch: pytest.MonkeyPatch):
    import spacy  # noqa: PLC0415 - comes with the extra

    pipeline = spacy.blank("en")
    pipeline.add_pipe("entity_ruler").add_patterns(
        [
            {"label": "PERSON", "pattern": "marisol"},
            {"label": "GPE", "pattern": "tulsa"},
            {"label": "DATE", "pattern": "friday"},
            {"label": "SHOE", "pattern": "boots"},
        ]
    )
    monkeypatch.setattr("assistant.understand.privacy.presidio._pipeline", lambda _: pipeline)

    one = with_presidio(open_presidio("a model"))

    assert one.mask("ask marisol in tulsa for boots by friday") == "ask [PERSON-1] in [PLACE-1] for boots by friday"
    assert one.unmask("[PERSON-1], [PLACE-1]") == "marisol, tulsa"


@pytest.mark.presidio
@pytest.mark.parametrize("before", [0, 3_780, 3_799, 3_980, 3_990, 4_000, 7_590, 20_000])
def test_a_card_is_found_wherever_it_stands_in_a_long_text(before: int, presidio: Presidio):
    text = f"{'so it is ' * 3000}"[:before] + " 4111 1111 1111 1111 is hers"
    one = with_presidio(presidio)

    masked = one.mask(text)

    assert "1111" not in masked
    assert one.unmask(masked) == text


@pytest.mark.presidio
@pytest.mark.parametrize("text", ["1-" * 5000, "A. " * 5000, "a." * 5000, "1.1" * 5000, "4111 " * 3000, "9" * 15000])
def test_hostile_text_comes_back_with_presidio_too(text: str, presidio: Presidio):
    one = with_presidio(presidio)

    assert one.unmask(one.mask(text)) == text


@pytest.mark.presidio
def test_a_model_sees_what_presidio_hides_as_placeholders_only():
    with scripted(tasks(task(1))) as model:
        reading = read(
            engine(model, mask="always", presidio="blank"), mail("Please charge card 4111 1111 1111 1111 today.")
        )

    assert "1111" not in str(model.requests[0])
    assert "[ID-1]" in str(model.requests[0])
    assert "4111 1111 1111 1111" in reading.findings[0].quote


@pytest.mark.presidio
@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("no_such_model", "is not installed; `python -m spacy download no_such_model` fetches it"),
        (".", "is not installed"),
        ("spacy", "cannot be used"),
    ],
)
def test_a_model_that_is_not_there_is_one_line_and_is_not_fetched(name: str, problem: str):
    with pytest.raises(ConfigError) as raised:
        open_presidio(name)

    assert str(raised.value).startswith(f"[model] presidio: the spaCy model {name} {problem}")
    assert "\n" not in str(raised.value)


@pytest.mark.presidio
def test_no_word_of_a_mail_is_logged_even_where_everything_is(presidio: Presidio, caplog: pytest.LogCaptureFixture):
    caplog.set_level("DEBUG", logger="")

    assert "[PHONE-1]" in with_presidio(presidio).mask("marisol, phone: 04 1234 5678")

    assert "marisol" not in caplog.text
