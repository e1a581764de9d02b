"""The reader: both engines where both can read, the embedded one always."""

from __future__ import annotations

import pytest

from assistant.config.model import ModelSettings
from assistant.errors import ModelUnavailableError
from assistant.records import Check, Finding, Message, Reading, ReadingContext
from assistant.understand import Engine, Reader, open_reader
from assistant.understand.llm import ModelEngine
from tests.modelserver.scripted import Act, completion, refused, scripted, task, tasks
from tests.understand.llm.mails import CONTEXT, PROMPTS, ROOT, RULES, mail

LETTER = mail("Please fax the order to the ward. Dr. Yun wants her films.")
FAX, FILMS = "Please fax the order to the ward.", "Dr. Yun wants her films."


class Says:
    """An engine that always finds the same, or fails, and counts how often it is asked."""

    name = "embedded"

    def __init__(self, *quotes: str, error: Exception | None = None) -> None:
        self.quotes = quotes
        self.error = error
        self.asked = 0

    def read(self, message: Message, context: ReadingContext) -> Reading:
        assert message.account
        assert context.people
        self.asked += 1
        if self.error:
            raise self.error
        found = (Finding(kind="task", title=quote, quote=quote, engine=self.name) for quote in self.quotes)
        return Reading(findings=tuple(found), engine=self.name)


class Model:
    """A model that always finds the same, or has nothing to be asked about, or fails."""

    name = "model"

    def __init__(self, *quotes: str, error: Exception | None = None, is_asked: bool = True) -> None:
        self.inner = Says(*quotes, error=error)
        self.is_asked = is_asked

    def read(self, message: Message, context: ReadingContext, known: tuple[Finding, ...]) -> Reading | None:
        assert all(one.engine == "embedded" for one in known)
        return self.inner.read(message, context) if self.is_asked else None

    def check(self) -> Check:
        return Check(name=self.name, is_fine=self.inner.error is None, said="asked")


def read_with(act: Act) -> tuple[Reading, Reader]:
    """What comes out where the embedded engine finds the fax, and a model does `act`."""
    with scripted(act) as model:
        settings = ModelSettings(base_url=model.base_url, model="scripted", timeout_s=0.5, retries=0)
        reader = Reader(Says(FAX), ModelEngine(settings, api_key=None, prompts=PROMPTS, rules=RULES))
        return reader.read(LETTER, CONTEXT), reader


def test_without_a_model_the_embedded_engine_reads_alone():
    reading = Reader(Says(FAX), None).read(LETTER, CONTEXT)

    assert [(one.quote, one.certain) for one in reading.findings] == [(FAX, True)]
    assert not reading.read_again


def test_with_a_model_both_are_united():
    reading, reader = read_with(tasks(task(1)))

    assert [(one.quote, one.certain) for one in reading.findings] == [(FAX, True), (FILMS, False)]
    assert not reading.read_again
    assert not reader.is_degraded


@pytest.mark.parametrize(
    "act",
    [refused(503), refused(401), Act(is_silent=True), Act(body=b"<html>"), Act(body=tasks().body, cuts_after=9)],
    ids=["503", "401", "silent", "no JSON", "cut"],
)
def test_in_an_outage_the_embedded_reading_stands_in_until_the_mail_is_read_again(act: Act):
    reading, reader = read_with(act)

    assert [(one.quote, one.certain) for one in reading.findings] == [(FAX, True)]
    assert reading.read_again
    assert reader.is_degraded


@pytest.mark.parametrize("act", [completion(""), completion(None, refusal="no"), completion("42")])
def test_a_mail_of_which_the_model_makes_nothing_is_not_read_again(act: Act):
    reading, reader = read_with(act)

    assert [(one.quote, one.certain) for one in reading.findings] == [(FAX, True)]
    assert not reading.read_again
    assert reading.tokens_in > 0
    assert not reader.is_degraded


def test_a_mail_in_which_there_is_nothing_to_ask_the_model_is_the_embedded_engines():
    reading = Reader(Says(FAX), Model(FILMS, is_asked=False)).read(LETTER, CONTEXT)

    assert (reading.engine, [one.quote for one in reading.findings]) == ("embedded", [FAX])


@pytest.mark.parametrize("trusts", [True, False])
def test_what_a_trusted_model_alone_finds_counts(trusts: bool):  # noqa: FBT001 - a column of the table
    reading = Reader(Says(FAX), Model(FILMS), trusts=trusts).read(LETTER, CONTEXT)

    assert [one.certain for one in reading.findings] == [True, trusts]


def test_after_an_answer_the_reader_is_whole_again():
    model = Model(FILMS, error=ModelUnavailableError("out"))
    reader = Reader(Says(FAX), model)
    reader.read(LETTER, CONTEXT)
    was_degraded, model.inner.error = reader.is_degraded, None
    reader.read(LETTER, CONTEXT)

    assert was_degraded
    assert not reader.is_degraded


def test_a_model_that_stays_out_is_not_asked_for_each_mail_of_a_queue():
    now = [0.0]
    model = Model(error=ModelUnavailableError("out"))
    reader = Reader(Says(FAX), model, clock=lambda: now[0])
    readings = [reader.read(LETTER, CONTEXT) for _ in range(100)]
    asked_at_first = model.inner.asked
    now[0] = 61
    readings += [reader.read(LETTER, CONTEXT) for _ in range(100)]

    assert asked_at_first == 3
    assert model.inner.asked == 4
    assert all(reading.read_again and reading.findings for reading in readings)


def test_the_configuration_says_whether_a_model_reads():
    letter = mail("The films of Dr. Yun would be good to have.")
    alone = open_reader(ModelSettings(), api_key=None, prompts=PROMPTS, rules=ROOT / "rules/extract")
    with scripted(tasks(task(1))) as model:
        settings = ModelSettings(base_url=model.base_url, model="scripted")
        both = open_reader(settings, api_key=None, prompts=PROMPTS, rules=ROOT / "rules/extract")

        assert "scripted" in both.read(letter, CONTEXT).engine
    assert "scripted" not in alone.read(letter, CONTEXT).engine


def test_both_engines_keep_the_protocol():
    engines: list[Engine] = [Says()]

    assert all(engine.name for engine in engines)


def test_doctor_hears_that_no_model_is_named_and_that_is_fine():
    check = Reader(Says(FAX), None).check()

    assert check.is_fine
    assert "embedded engine" in check.said


@pytest.mark.parametrize(("act", "is_fine"), [(tasks(), True), (refused(401), False)])
def test_doctor_asks_the_model_for_an_answer(act: Act, is_fine: bool):  # noqa: FBT001 - a column of the table
    with scripted(act) as model:
        settings = ModelSettings(base_url=model.base_url, model="scripted", timeout_s=0.5, retries=0)
        engine = ModelEngine(settings, api_key=None, prompts=PROMPTS, rules=RULES)
        check = Reader(Says(FAX), engine).check()

    assert check.is_fine is is_fine
    assert "scripted" in check.said


def test_long_mails_alone_are_understood_apart():
    here, apart = Says(FAX), Says(FILMS)
    reader = Reader(here, None, apart=apart.read)

    assert [one.quote for one in reader.read(LETTER, CONTEXT).findings] == [FAX]
    assert [one.quote for one in reader.read(mail(f"{FAX} " * 500), CONTEXT).findings] == [FILMS]
    assert (here.asked, apart.asked) == (1, 1)
