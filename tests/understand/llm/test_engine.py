"""The model engine, from a mail to a reading, against a server that misbehaves in every way it can."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.config.model import ModelSettings
from assistant.errors import ModelUnavailableError, UnusableAnswerError
from assistant.records import Finding, Message, Reading
from assistant.understand.llm import ModelEngine
from assistant.understand.llm.answers import KeptAnswers
from tests.modelserver.scripted import Act, ScriptedModel, completion, refused, scripted, task, tasks
from tests.understand.llm.mails import CONTEXT, PROMPTS, RULES, mail

LETTER = mail("Please fax the order to the ward.\n\nAlso call the lab by noon.")
FAX, CALL = "Please fax the order to the ward.", "Also call the lab by noon."
LONG = mail("\n\n".join([FAX, *(f"Nothing to do in paragraph {place}." for place in range(100)), CALL]))
LAST = 102
"""The number of the long mail's last line."""


def engine(server: ScriptedModel, **changes: Any) -> ModelEngine:  # noqa: ANN401 - settings of any kind
    answers = changes.pop("answers", None)
    values = {"base_url": server.base_url, "model": "scripted", "timeout_s": 5, "retries": 0, **changes}
    return ModelEngine(ModelSettings(**values), api_key=None, prompts=PROMPTS, rules=RULES, answers=answers)


def read(one: ModelEngine, message: Message = LETTER, *known: Finding) -> Reading:
    reading = one.read(message, CONTEXT, known)
    assert reading is not None
    return reading


def quotes(one: ModelEngine, message: Message = LETTER) -> list[str]:
    return [finding.quote for finding in read(one, message).findings]


def found(quote: str, *, certain: bool = True) -> Finding:
    """A finding of the rules."""
    return Finding(kind="task", title=quote, quote=quote, engine="embedded", certain=certain)


def test_one_question_reads_a_mail():
    with scripted(tasks(task(1), task(2), task(3))) as model:
        reading = read(engine(model))

    assert [finding.quote for finding in reading.findings] == [FAX, CALL]
    assert {finding.rule for finding in reading.findings} == {"read_mail@2"}
    assert (reading.engine, reading.tokens_in, reading.tokens_out) == ("scripted", 100, 20)
    assert not reading.read_again
    assert len(model.requests) == 1


def test_the_endpoint_is_sent_numbered_lines_and_whose_they_are_and_no_more():
    with scripted(tasks()) as model:
        read(engine(model))

    assert model.requests[0]["messages"][-1]["content"] == (
        f"Coordinator: Imani Brooks\nFrom: Dr. Helle Sorensen\nSubject: For today\n1 {FAX}\n2 {CALL}"
    )
    assert not any(word in str(model.requests) for word in ("@", LETTER.key, str(LETTER.message_id)))


def test_what_the_rules_are_sure_of_is_not_asked_about():
    with scripted(tasks(task(1))) as model:
        reading = read(engine(model), LETTER, found(FAX))

    assert FAX not in shown_mail(model.requests[0])
    assert [finding.quote for finding in reading.findings] == [CALL]


def test_what_the_rules_are_not_sure_of_is_asked_about():
    with scripted(tasks()) as model:
        read(engine(model), LETTER, found(FAX, certain=False))

    assert FAX in shown_mail(model.requests[0])


NOTHING_TO_ASK = {
    "a newsletter": replace(LETTER, automatic="bulk"),
    "a bounce": replace(LETTER, automatic="bounce"),
    "an absence": replace(LETTER, automatic="auto-reply"),
    "small talk": mail("Lovely weather in Tampa!\n\nHelle"),
    "nothing": mail(""),
}


@pytest.mark.parametrize("message", NOTHING_TO_ASK.values(), ids=NOTHING_TO_ASK.keys())
def test_a_mail_in_which_there_is_nothing_to_ask_about_costs_nothing(message: Message):
    with scripted(tasks(task(1))) as model:
        assert engine(model).read(message, CONTEXT, ()) is None
    assert model.requests == []


def test_a_mail_of_which_the_rules_have_found_all_costs_nothing():
    with scripted(tasks(task(1))) as model:
        assert engine(model).read(LETTER, CONTEXT, (found(FAX), found(CALL))) is None
    assert model.requests == []


def test_the_same_question_is_paid_for_once():
    with scripted(tasks(task(1))) as model:
        one = engine(model)
        first, second = read(one), read(one)

    assert second.findings == first.findings
    assert (second.tokens_in, second.tokens_out) == (0, 0)
    assert len(model.requests) == 1


def test_another_model_or_another_mail_is_another_question():
    with scripted(tasks(task(1))) as model:
        answers = KeptAnswers()
        read(engine(model, answers=answers))
        read(engine(model, answers=answers, model="larger"))
        read(engine(model, answers=answers), mail("Please fax the order to the lab."))

    assert len(model.requests) == 3


def test_an_answer_that_was_of_no_use_is_not_kept():
    with scripted(completion("prose"), completion("prose"), tasks(task(1))) as model:
        one = engine(model)
        with pytest.raises(UnusableAnswerError):
            read(one)

        assert quotes(one) == [FAX]


def test_the_store_forgets_the_oldest_answer_first():
    store = KeptAnswers(most=2)
    for key in ("a", "b"):
        store.put(key, "{}")
    store.get("a")
    store.put("c", "{}")

    assert [store.get(key) for key in ("a", "b", "c")] == ["{}", None, "{}"]


@pytest.mark.parametrize(("trust", "priority"), [(True, "high"), (False, "normal")])
def test_only_a_trusted_model_is_asked_how_pressing_it_is(trust: bool, priority: str):  # noqa: FBT001 - a column
    answer = tasks(task(1, urgent=True)) if trust else tasks(task(1))
    with scripted(answer) as model:
        reading = read(engine(model, trust=trust))

    assert [finding.priority for finding in reading.findings] == [priority]
    assert ("urgent" in str(model.requests)) is trust


USELESS = {
    "prose": completion("I think there is one task."),
    "nothing": completion(""),
    "no text at all": completion(None),
    "a list of strings": tasks("fax", "call"),
    "half an object": completion('{"tas'),
}


@pytest.mark.parametrize("act", USELESS.values(), ids=USELESS.keys())
def test_a_useless_answer_is_asked_for_once_more(act: Act):
    with scripted(act, tasks(task(1))) as model:
        reading = read(engine(model))

    assert [finding.quote for finding in reading.findings] == [FAX]
    assert (reading.tokens_in, reading.tokens_out) == (200, 40)
    assert "Answer with that object and nothing else" in model.requests[1]["messages"][-1]["content"]


@pytest.mark.parametrize("act", USELESS.values(), ids=USELESS.keys())
def test_two_useless_answers_make_the_mail_unusable_and_their_cost_is_kept(act: Act):
    with scripted(act) as model, pytest.raises(UnusableAnswerError) as caught:
        read(engine(model))

    assert len(model.requests) == 2
    assert (caught.value.tokens_in, caught.value.tokens_out) == (200, 40)


def test_a_refusal_is_not_argued_with():
    with (
        scripted(completion(None, refusal="I cannot help")) as model,
        pytest.raises(UnusableAnswerError, match="refus"),
    ):
        read(engine(model))

    assert len(model.requests) == 1


def shown_mail(request: dict[str, Any]) -> str:
    return str(request["messages"][-1]["content"])


def answer_what_is_shown(request: dict[str, Any]) -> Act:
    lines = (line.partition(" ") for line in shown_mail(request).split("\n"))
    return tasks(*(task(int(number)) for number, _, words in lines if words in {FAX, CALL}))


def test_an_answer_that_was_cut_is_asked_for_again_in_halves():
    def script(request: dict[str, Any]) -> Act:
        if FAX in shown_mail(request) and CALL in shown_mail(request):
            return completion('{"tasks": [{"n": 1, "do": "Fax', finish="length")
        return answer_what_is_shown(request)

    with scripted(script=script) as model:
        assert quotes(engine(model), LONG) == [FAX, CALL]
    assert len(model.requests) == 3


def test_a_cut_answer_of_a_short_mail_is_used_as_far_as_it_goes():
    whole = json.dumps({"tasks": [task(1), task(2)]})
    with scripted(completion(whole[:-20], finish="length")) as model:
        assert quotes(engine(model)) == [FAX]


def test_a_model_that_goes_round_in_circles_is_asked_once():
    circling = json.dumps({"tasks": [task(1), *[task(LAST)] * 40]})[:-60]
    with scripted(completion(circling, finish="length")) as model:
        assert quotes(engine(model), LONG) == [FAX, CALL]
    assert len(model.requests) == 1


def test_a_mail_over_the_limit_is_read_in_pieces():
    with scripted(script=answer_what_is_shown) as model:
        assert quotes(engine(model, max_chars=1_000), LONG) == [FAX, CALL]
    assert len(model.requests) > 2
    assert all(len(shown_mail(request)) < 1_050 for request in model.requests)


def test_a_mail_that_is_too_long_for_the_model_is_read_in_halves():
    def script(request: dict[str, Any]) -> Act:
        if len(shown_mail(request)) > 2000:
            return refused(400, "the request exceeds the available context size")
        return answer_what_is_shown(request)

    with scripted(script=script) as model:
        assert quotes(engine(model), LONG) == [FAX, CALL]


def test_a_mail_that_no_model_of_this_size_can_read_is_unusable():
    with scripted(refused(413)) as model, pytest.raises(UnusableAnswerError, match="too long"):
        read(engine(model), LONG)


def test_one_mail_cannot_make_us_ask_for_ever():
    endless = mail(" ".join(f"Please call ward {place} about the order." for place in range(1_000)))
    with scripted(tasks()) as model, pytest.raises(UnusableAnswerError, match="too many questions"):
        read(engine(model, max_chars=1_000), endless)

    assert len(model.requests) == 16


def test_a_piece_that_is_out_makes_the_whole_mail_wait():
    with scripted(tasks(task(1)), refused(503)) as model, pytest.raises(ModelUnavailableError) as caught:
        read(engine(model, max_chars=1_000), LONG)

    assert not isinstance(caught.value, UnusableAnswerError)


@pytest.fixture(scope="module")
def any_model() -> Any:  # noqa: ANN401 - a generator
    """A model that answers whatever `say` holds, and an engine that keeps no answer."""
    say: list[Act] = [tasks()]
    with scripted(script=lambda _: say[0]) as model:
        yield say, engine(model, answers=KeptAnswers(most=0))


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["tasks", "n", "do", "choices", "message", "content", "usage", "by"]),
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
_CUT = st.integers(0, len(tasks(task(1)).body)).map(
    lambda cut: Act(body=tasks(task(1)).body[:cut], headers={"Content-Type": "application/json"})
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(act=_CONTENT | _BODY | _CUT)
def test_whatever_a_server_answers_nothing_but_our_own_error_comes_out(any_model: Any, act: Act):  # noqa: ANN401
    say, one = any_model
    say[0] = act
    try:
        reading = read(one)
    except ModelUnavailableError:
        return

    assert all(finding.quote in LETTER.text for finding in reading.findings)
