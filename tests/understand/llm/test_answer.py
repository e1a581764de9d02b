"""What models write, and the tasks in it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understand.llm.answer import FIELDS, MAX_TASKS, Claim, read_answer, schema
from tests.modelserver.scripted import task

TASK = task(3, "Fax the order")
WHOLE = json.dumps({"tasks": [TASK]})

USABLE = {
    "as asked": WHOLE,
    "in a fence": f"```json\n{WHOLE}\n```",
    "after a sentence": f"Here are the tasks:\n\n{WHOLE}\n\nLet me know!",
    "after a thought": f"<think>There may be {{two}} tasks.</think>\n{WHOLE}",
    "with a trailing comma": WHOLE.replace("}]}", "},]}"),
    "in single quotes": "{'tasks': [{'n': 3, \"do\": \"Fax the order\"}]}",
    "a bare list": json.dumps([TASK]),
    "a bare task": json.dumps(TASK),
    "two objects": WHOLE + "\n" + json.dumps({"tasks": []}),
    "one task that is no list": json.dumps({"tasks": TASK}),
    "a broken task beside": json.dumps({"tasks": [TASK, {"do": "no line"}, {"n": 0}, {"n": True}, "text", None]}),
    "the same twice": json.dumps({"tasks": [TASK, TASK]}),
    "a number as text": json.dumps({"tasks": [{**TASK, "n": "3"}]}),
    "fields of the wrong type": json.dumps({"tasks": [{**TASK, "by": ["x"], "urgent": "no", "who": {}}]}),
    "fields too many": json.dumps({"tasks": [{**TASK, "due": "2026-03-12"}], "summary": "one task"}),
    "fields missing": json.dumps({"tasks": [{"n": 3, "do": "Fax the order"}]}),
    "words for nothing": json.dumps({"tasks": [{**TASK, "by": "null", "who": "N/A"}]}),
}


@pytest.mark.parametrize("text", USABLE.values(), ids=USABLE.keys())
def test_a_task_is_read_however_it_is_wrapped(text: str):
    assert read_answer(text) == (Claim(n=3, do="Fax the order"),)


USELESS = [
    "",
    "null",
    "There are no tasks.",
    "[]",
    "{}",
    "42",
    '{"tasks": "none"}',
    '{"tasks": ["call", "fax"]}',
    "[" * 5000,
]


@pytest.mark.parametrize("text", USELESS, ids=[text[:20] for text in USELESS])
def test_an_answer_without_a_list_of_tasks_is_no_answer(text: str):
    assert read_answer(text) is None


def test_no_tasks_is_an_answer():
    assert read_answer('{"tasks": []}') == ()


def test_the_last_task_of_an_answer_that_was_cut_is_left_out():
    cut = json.dumps({"tasks": [TASK, task(4, "Call the ward by noon")]})[:-40]

    assert [claim.n for claim in read_answer(cut, is_cut=True) or ()] == [3]
    assert read_answer('{"tasks": [{"n": 3, "do": "Fax the o', is_cut=True) is None


def test_a_model_that_repeats_itself_is_stopped():
    many = {"tasks": [task(place) for place in range(1, 200)]}

    assert len(read_answer(json.dumps(many)) or ()) == MAX_TASKS


@pytest.mark.timeout(20)
@pytest.mark.parametrize("garbage", ["{'", '{"a":', "{[", "[", '"', "{```json", "\\"])
def test_no_garbage_takes_long_to_be_told_from_an_answer(garbage: str):
    assert read_answer(garbage * 50_000) is None


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda raw: raw.decode("latin-1")))
def test_no_text_breaks_the_reading(text: str):
    read_answer(text)
    read_answer(text, is_cut=True)


@given(st.integers(0, len(WHOLE)), st.sampled_from(["", "\x00", "}", '"', "[[", "\ud800", "-", "9" * 400]))
def test_no_damaged_answer_names_a_line_below_one_or_beyond_reason(place: int, damage: str):
    for claim in read_answer(WHOLE[:place] + damage + WHOLE[place + 1 :]) or ():
        assert 1 <= claim.n <= 100_000


@pytest.mark.parametrize("fields", [FIELDS, ("n", "do")])
def test_the_schema_asks_for_each_field_and_allows_no_other(fields: tuple[str, ...]):
    shape = schema(fields)["properties"]["tasks"]["items"]

    assert tuple(shape["properties"]) == tuple(shape["required"]) == fields
    assert set(fields) <= set(Claim.model_fields)
    assert shape["additionalProperties"] is False
