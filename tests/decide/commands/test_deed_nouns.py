"""Deeds told by their noun, a count that tells two titles apart, who came and went, and asides in brackets."""

from __future__ import annotations

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import digest, read
from tests.decide.tasks_made import task

_TITLES = {
    51: ("Order left ankle brace", "Ida Marsh"),
    52: ("Get x-ray report from Northgate", "Ida Marsh"),
    53: ("Courtesy call, three days before the colonoscopy", "Boyd Amos"),
    54: ("Courtesy call, one day before the colonoscopy", "Lena Orr"),
    55: ("Call plumber for the sink in exam 3", None),
    56: ("Collect sputum sample", "Cal Dove"),
    57: ("Refer to nutrition", "Cal Dove"),
    58: ("Correct phone number in the portal", "Jo Lark"),
}


def desk() -> ReplyContext:
    tasks = tuple(task(number, title=title, patient=patient) for number, (title, patient) in _TITLES.items())
    return digest(tuple(_TITLES), tasks=tasks)


CLOSED = [
    ("sent the brace order to the vendor", [51]),
    ("brace order went in this morning", [51]),
    ("faxed over the ankle brace order", [51]),
    ("Ida's brace order is in", [51]),
    ("sent the nutrition referral", [57]),
    ("nutrition referral went out yesterday", [57]),
    ("made the one day courtesy call", [54]),
    ("three day courtesy call is made", [53]),
    ("the one day courtesy call is done", [54]),
    ("plumber came and went", [55]),
    ("the plumber has come and gone, sink drains fine", [55]),
    ("sputum collected, on its way to the lab", [56]),
    ("Jo Lark phone # corrected", [58]),
    ("phone # for Jo Lark is corrected", [58]),
    ("Sent the brace order to the vendor (left, size M) and the x-ray report is here", [51, 52]),
    ("x-ray report is here (two pages, with films)", [52]),
]
OPEN = [
    "sent the brace order back",
    "brace order came back unsigned",
    "need to send the brace order",
    "will send the brace order to the vendor",
    "sent the brace order to be signed",
    "Sent the brace order to the vendor (not the left one yet)",
    "sent Dave's brace order",
    "they asked us to send the nutrition referral",
    "who sent the nutrition referral",
    "made the courtesy call",
    "made the two day courtesy call",
    "made the one day courtesy call, left a voicemail",
    "will make the one day courtesy call today",
    "plumber came and went without fixing it",
    "plumber came and went, still leaks",
    "the electrician came and went",
    "the plumber is on his way",
    "sputum not collected",
    "sputum sample is on its way",
    "Mo Lark phone # corrected",
]


@pytest.mark.parametrize(("words", "closed"), CLOSED)
def test_a_deed_may_be_told_by_its_noun(words: str, closed: list[int]) -> None:
    assert read(words, desk()) == [f"done {number}" for number in closed]


@pytest.mark.parametrize("words", OPEN)
def test_a_deed_that_is_not_done_or_is_anothers_closes_nothing(words: str) -> None:
    assert not [one for one in read(words, desk()) if one.split()[0] in {"done", "drop", "due", "snooze"}]


@pytest.mark.parametrize("words", ["made the courtesy call", "courtesy call is done"])
def test_two_titles_alike_are_asked_about(words: str) -> None:
    reading = read_reply(words, desk())
    assert reading.ask is not None
    assert not reading.operations


def test_what_is_on_its_way_is_the_thing_and_not_who_writes() -> None:
    assert not [one for one in read("x-ray report is here\non its way to the lab", desk()) if "acknowledge" in one]


def test_a_result_in_brackets_behind_a_number_counts() -> None:
    assert read("51 (called, no issues, done), 52 (done)", desk()) == ["done 51", "done 52"]


def test_refill_holds_no_promise() -> None:
    asked = digest((53,), tasks=(task(53, title="Refill call about insulin", patient="Boyd Amos"),))
    assert not [one for one in read("insulin refill call is done", asked) if one.startswith("acknowledge")]
