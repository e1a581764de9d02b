"""The model engine, from a mail to a reading, against a server that misbehaves in every way it can."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.config.settings import ModelSettings
from assistant.errors import ModelUnavailableError, UnusableAnswerError
from assistant.understand.llm import ModelEngine
from tests.modelserver.scripted import Act, ScriptedModel, completion, refused, scripted, task, tasks
from tests.understand.llm.mails import CONTEXT, mail

PROMPTS = Path(__file__).parents[3] / "prompts"
LETTER = mail("Please fax the order to the ward.\n\nAlso call the lab by noon.")
FAX, CALL = "Please fax the order to the ward", "Also call the lab by noon"
LONG = mail("\n\n".join([FAX, *(f"Nothing to do in paragraph {place}." for place in range(100)), CALL]))


def engine(model: ScriptedModel, **changes: Any) -> ModelEngine:  # noqa: ANN401 - settings of any kind
    values = {"base_url": model.base_url, "model": "scripted", "timeout_s": 5, "retries": 0, **changes}
    return ModelEngine(ModelSettings(**values), api_key=None, prompts=PROMPTS)


def quotes(one: ModelEngine, message: Any = LETTER) -> list[str]:  # noqa: ANN401 - any mail
    return [finding.quote for finding in one.read(message, CONTEXT).findings]


def test_one_question_reads_a_mail():
    with scripted(tasks(task(FAX), task(CALL), task("Please send money"))) as model:
        reading = engine(model).read(LETTER, CONTEXT)

    assert [finding.quote for finding in reading.findings] == [FAX, CALL]
    assert {finding.rule for finding in reading.findings} == {"read_mail@1"}
    assert (reading.engine, reading.tokens_in, reading.tokens_out) == ("scripted", 100, 20)
    assert not reading.read_again
    assert len(model.requests) == 1


def test_the_endpoint_is_sent_the_mails_words_and_whose_they_are_and_no_more():
    with scripted(tasks()) as model:
        engine(model).read(LETTER, CONTEXT)

    shown = model.requests[0]["messages"][-1]["content"]
    assert "The coordinator is Imani Brooks <imani@lakeview.example>." in shown
    assert FAX in shown
    assert not any(word in str(model.requests) for word in ("tomas@", LETTER.key, str(LETTER.message_id)))


USELESS = {
    "prose": completion("I think there is one task."),
    "nothing": completion(""),
    "no text at all": completion(None),
    "a list of strings": tasks("fax", "call"),
    "half an object": completion('{"tas'),
}


@pytest.mark.parametrize("act", USELESS.values(), ids=USELESS.keys())
def test_a_useless_answer_is_asked_for_once_more(act: Act):
    with scripted(act, tasks(task(FAX))) as model:
        reading = engine(model).read(LETTER, CONTEXT)

    assert [finding.quote for finding in reading.findings] == [FAX]
    assert (reading.tokens_in, reading.tokens_out) == (200, 40)
    assert "Answer with that object and nothing else" in model.requests[1]["messages"][-1]["content"]


@pytest.mark.parametrize("act", USELESS.values(), ids=USELESS.keys())
def test_two_useless_answers_make_the_mail_unusable_and_their_cost_is_kept(act: Act):
    with scripted(act) as model, pytest.raises(UnusableAnswerError) as caught:
        engine(model).read(LETTER, CONTEXT)

    assert len(model.requests) == 2
    assert (caught.value.tokens_in, caught.value.tokens_out) == (200, 40)


def test_a_refusal_is_not_argued_with():
    with (
        scripted(completion(None, refusal="I cannot help")) as model,
        pytest.raises(UnusableAnswerError, match="refus"),
    ):
        engine(model).read(LETTER, CONTEXT)

    assert len(model.requests) == 1


def shown_mail(request: dict[str, Any]) -> str:
    return str(request["messages"][-1]["content"])


def answer_what_is_shown(request: dict[str, Any]) -> Act:
    return tasks(*(task(quote) for quote in (FAX, CALL) if quote in shown_mail(request)))


def test_an_answer_that_was_cut_is_asked_for_again_in_halves():
    def script(request: dict[str, Any]) -> Act:
        if FAX in shown_mail(request) and CALL in shown_mail(request):
            return completion('{"tasks": [{"quote": "Please fax', finish="length")
        return answer_what_is_shown(request)

    with scripted(script=script) as model:
        assert quotes(engine(model), LONG) == [FAX, CALL]
    assert len(model.requests) == 3


def test_a_cut_answer_of_a_short_mail_is_used_as_far_as_it_goes():
    whole = json.dumps({"tasks": [task(FAX), task(CALL)]})
    with scripted(completion(whole[:-40], finish="length")) as model:
        assert quotes(engine(model)) == [FAX]


def test_a_model_that_goes_round_in_circles_is_asked_once():
    circling = json.dumps({"tasks": [task(FAX), *[task(CALL)] * 40]})[:-60]
    with scripted(completion(circling, finish="length")) as model:
        assert quotes(engine(model), LONG) == [FAX, CALL]
    assert len(model.requests) == 1


def test_a_mail_over_the_limit_is_read_in_pieces():
    with scripted(script=answer_what_is_shown) as model:
        assert quotes(engine(model, max_chars=1500), LONG) == [FAX, CALL]
    assert len(model.requests) > 2
    assert all(len(shown_mail(request)) < 1700 for request in model.requests)


def test_a_mail_that_is_too_long_for_the_model_is_read_in_halves():
    def script(request: dict[str, Any]) -> Act:
        if len(shown_mail(request)) > 2000:
            return refused(400, "the request exceeds the available context size")
        return answer_what_is_shown(request)

    with scripted(script=script) as model:
        assert quotes(engine(model), LONG) == [FAX, CALL]


def test_a_mail_that_no_model_of_this_size_can_read_is_unusable():
    with scripted(refused(413)) as model, pytest.raises(UnusableAnswerError, match="too long"):
        engine(model).read(LONG, CONTEXT)


def test_one_mail_cannot_make_us_ask_for_ever():
    endless = mail("Please call the ward. " * 20_000)
    with scripted(tasks()) as model, pytest.raises(UnusableAnswerError, match="too many questions"):
        engine(model).read(endless, CONTEXT)

    assert len(model.requests) == 16


def test_a_piece_that_is_out_makes_the_whole_mail_wait():
    with scripted(tasks(task(FAX)), refused(503)) as model, pytest.raises(ModelUnavailableError) as caught:
        engine(model, max_chars=1500).read(LONG, CONTEXT)

    assert not isinstance(caught.value, UnusableAnswerError)


@pytest.fixture(scope="module")
def any_model() -> Any:  # noqa: ANN401 - a generator
    """A model that answers whatever `say` holds."""
    say: list[Act] = [tasks()]
    with scripted(script=lambda _: say[0]) as model:
        yield say, engine(model)


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["tasks", "quote", "title", "choices", "message", "content", "usage", "due_words"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
_CONTENT = st.text(max_size=60).map(completion) | _JSON.map(json.dumps).map(completion)
_BODY = (st.binary(max_size=60) | _JSON.map(lambda value: json.dumps(value).encode())).map(
    lambda body: Act(body=body, headers={"Content-Type": "application/json"})
)
_CUT = st.integers(0, len(tasks(task(FAX)).body)).map(
    lambda cut: Act(body=tasks(task(FAX)).body[:cut], headers={"Content-Type": "application/json"})
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(act=_CONTENT | _BODY | _CUT)
def test_whatever_a_server_answers_nothing_but_our_own_error_comes_out(any_model: Any, act: Act):  # noqa: ANN401
    say, one = any_model
    say[0] = act
    try:
        reading = one.read(LETTER, CONTEXT)
    except ModelUnavailableError:
        return

    assert all(finding.quote in LETTER.text for finding in reading.findings)
