"""The model engine on a real llama.cpp server with a real, small model: what goes over the wire, not how well it reads.

Needs the package `xllamacpp` and `--model-file` with the weights of an instruct model (GGUF).
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.config.model import ModelSettings
from assistant.errors import ModelUnavailableError, UnusableAnswerError
from assistant.records import Finding, Message, Reading, ReadingContext
from assistant.understand import Reader
from assistant.understand.grounding import is_grounded
from assistant.understand.llm import ModelEngine
from assistant.understand.llm.answer import read_answer, schema
from assistant.understand.llm.endpoint import Endpoint
from assistant.understand.llm.prompt import Turn
from tests.modelserver.llama import Llama, llama
from tests.understand.llm.mails import CONTEXT, PROMPTS, RULES, mail

# A model on a machine that does other things as well takes its time; nothing here is about how much.
pytestmark = [pytest.mark.model, pytest.mark.timeout(900)]
FAX = "Please fax the signed order for Mr. Abara to the lab by noon"
LETTER = mail(f"Imani,\n\n{FAX}.\nThe films of the shoulder would be good to have.\n\nHelle")
TURNS = (Turn(role="user", text=f'Which lines ask for something? As JSON, {{"tasks": [{{"n": 1}}]}}.\n1 {FAX}.'),)


def settings(server: Llama, **changes: int) -> ModelSettings:
    return ModelSettings(base_url=server.base_url, model="small", timeout_s=60, retries=0, max_tokens=300, **changes)


@pytest.fixture(scope="module")
def weights(request: pytest.FixtureRequest) -> Path:
    return Path(request.config.getoption("--model-file"))


@pytest.fixture(scope="module")
def server(weights: Path) -> Iterator[Llama]:
    with llama(weights) as one:
        yield one


def test_an_answer_in_the_strict_form_comes_through(server: Llama):
    endpoint = Endpoint(settings(server), None)
    reply = endpoint.ask(TURNS, name="read_mail", schema=schema())

    assert read_answer(reply.text, is_cut=reply.is_cut) is not None
    assert reply.tokens_in > 0
    assert reply.tokens_out > 0
    assert endpoint._form == "json_schema"


def test_a_form_that_the_server_refuses_is_stepped_down_from(server: Llama):
    endpoint = Endpoint(settings(server), None)
    reply = endpoint.ask(TURNS, name="read_mail", schema={"type": "no such type"})

    assert endpoint._form == "json_object"
    assert reply.text.lstrip().startswith("{")


def test_what_is_found_stands_in_the_mail(server: Llama):
    engine = ModelEngine(settings(server), api_key=None, prompts=PROMPTS, rules=RULES)
    reading = engine.read(LETTER, CONTEXT, ())

    assert reading is not None
    assert all(is_grounded(finding.quote, LETTER) for finding in reading.findings)
    assert 100 < reading.tokens_in < 400


def test_a_mail_longer_than_the_model_takes_is_read_in_pieces_or_left(weights: Path):
    overlong = mail("\n\n".join(f"Please fax order {place} for Mr. Abara to the lab by noon." for place in range(150)))
    with llama(weights, tokens=2048) as server:
        engine = ModelEngine(settings(server), api_key=None, prompts=PROMPTS, rules=RULES)
        try:
            reading = engine.read(overlong, CONTEXT, ())
            read = reading.tokens_in if reading else 0
        except UnusableAnswerError as error:
            read = error.tokens_in

    assert read > 2048


class Embedded:
    """Finds the one task of the letter, always."""

    name = "embedded"

    def read(self, message: Message, context: ReadingContext) -> Reading:
        finding = Finding(kind="task", title="Fax the order", quote=FAX, engine=self.name)
        return Reading(findings=(finding,) if is_grounded(FAX, message) and context.people else (), engine=self.name)


def test_when_the_server_dies_in_the_middle_of_an_answer_the_embedded_reading_stands_in(weights: Path):
    with llama(weights) as server, ThreadPoolExecutor() as threads:
        reader = Reader(Embedded(), ModelEngine(settings(server), api_key=None, prompts=PROMPTS, rules=RULES))
        reading = threads.submit(reader.read, LETTER, CONTEXT)
        server.wait_until_busy()
        server.kill()

    assert [finding.quote for finding in reading.result().findings] == [FAX]
    assert reading.result().read_again
    assert reader.is_degraded


def test_a_server_that_is_gone_is_an_outage(weights: Path):
    with llama(weights) as server:
        engine = ModelEngine(settings(server), api_key=None, prompts=PROMPTS, rules=RULES)
        server.kill()
        with pytest.raises(ModelUnavailableError):
            engine.read(LETTER, CONTEXT, ())
