"""Whatever a reply holds, reading it neither fails nor closes a task that it does not name."""

from __future__ import annotations

import re
import sys
import time
from dataclasses import replace
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.decide.commands import obey, read_reply
from assistant.records import Answer
from tests.decide.commands.replies_made import SHOWN, digest

WORDS = (
    *("done", "not", "12", "4", "#9", "2-5", "all", "rest", "except", "it", "drop", "friday", "until", "snooze", "->"),
    *("priya", "to", "give", "note", ":", ",", ";", ".", "?", "-", "\n", "and", "or", "undo", "stop", "new", "urgent"),
    *(
        "hecho",
        "el",
        "no",
        "if",
        "will",
        "I",
        "Okafor",
        "Holter",
        "report",
        "faxed",
        "✅",
        ">",
        "thanks",
        "room",
        "\x00",
        "§",
    ),
)
SAYS_ALL = re.compile(r"all|everything|rest|except|ones", re.IGNORECASE)
replies = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join),
)
# Patients and titles so plain that no ordinary word can mean them: what closes then was named by number.
NAMELESS = digest(tasks=tuple(replace(task, title="Zzyzx", patient=None) for task in digest().tasks))


@settings(max_examples=400, deadline=None)
@given(replies)
def test_no_reply_makes_reading_or_obeying_fail(words: str):
    asked = digest()
    decision = obey(read_reply(words, asked), asked)

    assert decision.state == "answer"
    assert [one.key for one in decision.notices if one.key.startswith("answer:")] == ["answer:reply-1"]


@settings(max_examples=400, deadline=None)
@given(replies)
def test_a_task_is_closed_only_by_its_number_or_by_all(words: str):
    closing = {one.number for one in read_reply(words, NAMELESS).operations if one.op in {"done", "drop"}}

    if not SAYS_ALL.search(words):
        named = {int(digits) for digits in re.findall(r"[0-9]{1,6}", words)}
        ranges = re.findall(r"([0-9]{1,6})\s?-\s?#?([0-9]{1,6})", words)
        named |= {number for number in SHOWN for low, high in ranges if int(low) <= number <= int(high)}
        assert closing <= named


@pytest.mark.parametrize("label", ["Done", "Not done", "Waiting", "Later", "Reassign", "Friday", "Note"])
def test_a_label_over_numbers_that_no_task_has_is_answered(label: str):
    asked = digest()

    assert not obey(read_reply(f"{label}: 104, 107 Kim.", asked), asked).events


def test_long_lines_are_read_in_time_that_grows_no_faster_than_they_do():
    hostile = [
        "12 " * 700,
        "done except " * 200,
        "give " * 500,
        "a, " * 700,
        "§" * 2000,
        "is it " * 400,
        "12, and " * 300,
    ]

    for line in hostile:
        before = time.process_time()
        read_reply("\n".join([line] * 3), digest())
        assert time.process_time() - before < 3, line[:20]


def test_what_stands_beyond_the_bound_of_one_reply_is_told_not_lost():
    asked = digest()
    talk = "\n".join(f"the fax in corridor {letter} hums" for letter in "abcdefghij" * 30)
    decision = obey(read_reply(f"4 done\n{talk}\n12 done", asked), asked)
    answer = next(one.content for one in decision.notices if one.key == "answer:reply-1")

    assert [event.number for event in decision.events] == [4]
    assert isinstance(answer, Answer)
    assert answer.outcomes[-1].said.startswith("From here on I read nothing")
    assert answer.outcomes[-1].line.startswith("the fax in corridor")


def test_a_reply_that_is_read_to_its_end_is_not_said_to_be_longer():
    assert not read_reply("4 done\n" * 150, digest()).unread
    assert read_reply("4 done\n" * 250, digest()).unread


def test_what_is_asked_beyond_the_bound_of_one_reply_is_told_not_lost():
    tasks = tuple(replace(digest().tasks[0], number=number) for number in range(100, 300))
    asked = digest(tasks=tasks, numbers=tuple(task.number for task in tasks), bulk_limit=1000)
    decision = obey(read_reply("100-159 done\n160-219 done\n220-229 done", asked), asked)
    answer = next(one.content for one in decision.notices if one.key == "answer:reply-1")

    assert len(decision.events) == 120
    assert isinstance(answer, Answer)
    assert (answer.outcomes[-1].line, answer.outcomes[-1].is_done) == ("220-229 done", False)


@pytest.mark.parametrize("length", range(1985, 2005))
def test_half_of_a_sentence_is_never_taken_for_the_whole(length: int):
    line = ("Thanks. " * 300)[:length].rpartition(" ")[0] + " 12 done unless the lab calls back."

    assert [one for one in read_reply(line, digest()).operations if one.op == "done"] == []


def _calls(words: str) -> int:
    """Return how many calls of functions it takes to read a reply."""
    asked, count = digest(), 0

    def counted(_frame: FrameType, event: str, _value: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        read_reply(words, asked)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("words", ["Please send the form for Mrs. Dow by Friday. ", "1. ", "12, and ", "is it "])
@pytest.mark.parametrize("width", [60, 2000])
def test_what_a_reply_costs_has_an_end(words: str, width: int):
    line, few, many = (words * width)[:width], 14_000 // width, 42_000 // width
    _calls(line)

    # What is beyond the bounds costs some calls a line, and no more.
    assert _calls("\n".join([line] * many)) < 1.5 * _calls("\n".join([line] * few)) + 150 * (many - few)
