"""Whatever a reply holds, reading it neither fails nor closes a task that it does not name."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.decide.commands import obey, read_reply
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
