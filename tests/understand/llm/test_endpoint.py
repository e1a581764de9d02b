"""Endpoints that cannot do what the newest can, that are busy, or down."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from assistant.config.model import ModelSettings
from assistant.errors import ModelUnavailableError, UnusableAnswerError
from assistant.understand.llm.endpoint import Endpoint, Reply, TooLongError
from assistant.understand.llm.prompt import Turn
from tests.modelserver.scripted import Act, ScriptedModel, completion, refused, scripted

TURNS = (Turn(role="user", text="Which tasks does MARKER ask for?"),)


def endpoint(model: ScriptedModel, *, timeout_s: float = 5, retries: int = 0) -> Endpoint:
    settings = ModelSettings(base_url=model.base_url, model="scripted", timeout_s=timeout_s, retries=retries)
    return Endpoint(settings, "key")


def ask(one: Endpoint, *, is_second: bool = False) -> Reply:
    return one.ask(TURNS, name="read_mail", schema={"type": "object"}, is_second=is_second)


def test_the_strict_form_is_asked_for_first():
    with scripted(completion("{}", tokens=(7, 3))) as model:
        reply = ask(endpoint(model))

    assert (reply.text, reply.tokens_in, reply.tokens_out) == ("{}", 7, 3)
    assert model.requests[0]["response_format"]["json_schema"]["strict"] is True
    assert model.requests[0]["model"] == "scripted"


def knows_only(*forms: str, status: int) -> Any:  # noqa: ANN401 - a script
    def script(request: dict[str, Any]) -> Act:
        form = request.get("response_format", {}).get("type", "text")
        return completion("{}") if form in forms else refused(status)

    return script


@pytest.mark.parametrize("status", [400, 415, 422, 500, 501])
@pytest.mark.parametrize("form", ["json_object", "text"])
def test_a_looser_form_is_taken_where_the_strict_one_is_refused_and_that_is_remembered(status: int, form: str):
    with scripted(script=knows_only(form, status=status)) as model:
        one = endpoint(model)
        ask(one)
        ask(one)

    assert model.forms[-2:] == [form, form]
    assert model.forms.count("json_schema") == 1


def test_a_form_that_has_worked_is_not_given_up_because_of_one_failure():
    with scripted(completion("{}"), refused(500), completion("{}")) as model:
        one = endpoint(model)
        ask(one)
        with pytest.raises(ModelUnavailableError, match="HTTP 500"):
            ask(one)
        ask(one)

    assert model.forms == ["json_schema"] * 3


def test_a_mail_that_an_endpoint_refuses_while_it_takes_others_is_no_outage():
    with scripted(completion("{}"), refused(400, "content policy")) as model:
        one = endpoint(model)
        ask(one)
        with pytest.raises(UnusableAnswerError, match="HTTP 400"):
            ask(one)


def test_a_second_question_is_put_in_a_looser_form_which_is_not_remembered():
    with scripted(completion("{}")) as model:
        one = endpoint(model)
        ask(one)
        ask(one, is_second=True)
        ask(one)

    assert model.forms == ["json_schema", "json_object", "json_schema"]


@pytest.mark.parametrize(
    ("option", "instead"), [("temperature", None), ("max_tokens", "max_completion_tokens")], ids=["none", "renamed"]
)
def test_an_option_that_is_refused_by_name_is_given_up(option: str, instead: str | None):
    def script(request: dict[str, Any]) -> Act:
        return refused(400, f"Unsupported parameter: '{option}'") if option in request else completion("{}")

    with scripted(script=script) as model:
        one = endpoint(model)
        ask(one)
        ask(one)

    assert [option in request for request in model.requests] == [True, False, False]
    assert model.forms == ["json_schema"] * 3
    assert instead is None or instead in model.requests[-1]


def test_a_busy_server_is_asked_again_when_it_says():
    with scripted(refused(429, Retry_After="0.05"), completion("{}")) as model:
        ask(endpoint(model, retries=1))

    assert len(model.requests) == 2


LONG_WAITS = [
    *({"Retry_After": wait} for wait in ("31", "3600", "inf", "nan", "Fri, 31 Dec 2100 23:59:59 GMT", "soon")),
    {"retry_after_ms": "31000"},
]


@pytest.mark.parametrize("wait", LONG_WAITS, ids=str)
def test_a_server_that_wants_us_to_wait_long_is_not_waited_for(wait: dict[str, str]):
    busy = refused(429, x_should_retry="true", **wait)
    with scripted(busy, completion("{}")) as model, pytest.raises(ModelUnavailableError, match="HTTP 429"):
        ask(endpoint(model, retries=3))

    assert len(model.requests) == 1


OUTAGES = {
    "key refused": refused(401),
    "no such model": refused(404),
    "busy": refused(429),
    "broken": refused(500),
    "behind a proxy that is up": refused(503),
    "cut in the middle": Act(body=completion("{}").body, cuts_after=60, headers={"Content-Type": "application/json"}),
    "silent": Act(is_silent=True),
    "endless": Act(drips=True),
    "a page of a proxy": Act(body=b"<html>Sign in</html>", headers={"Content-Type": "text/html"}),
    "bytes that are nothing": Act(body=bytes(range(256)) * 9, headers={"Content-Type": "application/json"}),
    "JSON without choices": Act(body=b'{"object": "list", "data": []}', headers={"Content-Type": "application/json"}),
    "an error with status 200": Act(body=b'{"error": {"code": 500}}', headers={"Content-Type": "application/json"}),
    "JSON that is no object": Act(body=b'"MARKER"', headers={"Content-Type": "application/json"}),
    "JSON nested too deeply": Act(body=b"[" * 100_000, headers={"Content-Type": "application/json"}),
    "a wrong charset": Act(body=b'"\xff"', headers={"Content-Type": "application/json; charset=no-such"}),
    "gzip that is none": Act(body=b"MARKER", headers={"Content-Encoding": "gzip", "Content-Type": "application/json"}),
    "an answer too big": Act(
        body=b" " * 5_000_000 + completion("{}").body, headers={"Content-Type": "application/json"}
    ),
}


@pytest.mark.timeout(10)
@pytest.mark.parametrize("act", OUTAGES.values(), ids=OUTAGES.keys())
def test_whatever_is_no_reply_is_an_outage_and_its_error_says_nothing_of_the_mail(
    act: Act, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO)
    with scripted(act) as model, pytest.raises(ModelUnavailableError) as caught:
        ask(endpoint(model, timeout_s=0.3))

    assert "MARKER" not in f"{caught.value} {caught.value.__cause__} {caplog.text}"
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_mail_goes_to_the_configured_address_and_to_no_other():
    with scripted(completion("{}")) as elsewhere:
        sent_on = Act(status=307, headers={"Location": f"{elsewhere.base_url}/chat/completions"})
        with scripted(sent_on) as model, pytest.raises(ModelUnavailableError):
            ask(endpoint(model))

    assert elsewhere.requests == []


def test_an_address_where_nothing_listens_is_an_outage():
    with scripted(completion("{}")) as model:
        one = endpoint(model)
    with pytest.raises(ModelUnavailableError):
        ask(one)


def test_while_an_outage_lasts_each_mail_costs_one_attempt():
    with scripted(refused(503, Retry_After="0.01")) as model:
        one = endpoint(model, retries=2)
        for _ in range(3):
            with pytest.raises(ModelUnavailableError):
                ask(one)

    assert len(model.requests) == 3 + 1 + 1


@pytest.mark.parametrize(
    "act",
    [
        refused(400, "This model's maximum context length is 8192 tokens"),
        refused(400, "the request exceeds the available context size"),
        refused(413),
    ],
)
def test_a_conversation_that_is_too_long_is_told_from_other_refusals(act: Act):
    with scripted(act) as model, pytest.raises(TooLongError):
        ask(endpoint(model))

    assert len(model.requests) == 1


def test_a_refusal_and_an_answer_that_was_cut_are_told():
    with scripted(completion(None, refusal="I cannot"), completion("", finish="content_filter")) as model:
        one = endpoint(model)

        assert ask(one).is_refusal
        assert ask(one).is_refusal
    with scripted(completion("{", finish="length")) as model:
        assert ask(endpoint(model)).is_cut
