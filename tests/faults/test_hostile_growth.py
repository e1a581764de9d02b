"""What it costs to understand a mail is bounded, in counted calls: ten times the mail is not ten times the work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from tests.faults.test_hostile_mutants import CONTEXT, engine
from tests.parse.mails import raw, read


def calls(content: bytes, events: tuple[str, ...] = ("call",)) -> int:
    """Return how many calls of functions it takes to understand a mail; "c_call": of those of Python itself."""
    message, count = read(content), 0

    def counted(_frame: FrameType, event: str, _value: object) -> None:
        nonlocal count
        count += event in events

    sys.setprofile(counted)
    try:
        engine().read(message, CONTEXT)
    finally:
        sys.setprofile(None)
    return count


def _asks(count: int) -> bytes:
    return raw("\n\n".join(f"Please send form {n} for Mrs. Dow by Friday." for n in range(count)))


def _answers(count: int) -> bytes:
    return raw(
        "\n".join(f"> Please send form {n}.\nI sent form {n}." for n in range(count)), In_Reply_To="<a@b.example>"
    )


def _people(count: int) -> bytes:
    people = ",\r\n ".join(f"Ana Be{n} <a{n}@lab.example>" for n in range(count))
    return raw("\n\n".join(f"Ana, please call Mr. Be{n}." for n in range(count)), To=people)


def _paragraphs(count: int) -> bytes:
    return raw("\n\n".join(f"x{n} please send form" for n in range(count)))


def _form(count: int) -> bytes:
    return raw("\n".join(f"X{n}: go with d" for n in range(count)))


def _sentences(count: int) -> bytes:
    return raw(" ".join(f"x{n} pls fyi." for n in range(count)))


@pytest.mark.parametrize("made", [_paragraphs, _form, _sentences])
def test_what_lines_that_ask_for_little_cost_grows_no_faster_than_they_do(made: Callable[[int], bytes]):
    events = ("call", "c_call")
    calls(made(10))

    # What more is asked than one mail may ask is heard, and no longer held against each of the others.
    assert calls(made(1200), events) < 1.8 * calls(made(600), events)


def test_a_quoted_list_in_columns_is_read_where_no_sentence_stands_beside_it():
    quoted = "".join(f"> {name} of his   list pls. ok   van\n" for name in ("Rides", "Cabs", "Trips"))

    assert engine().read(read(raw(quoted)), CONTEXT).findings


@pytest.mark.parametrize("made", [_asks, _answers, _people])
def test_what_a_mail_costs_grows_no_faster_than_the_mail(made: Callable[[int], bytes]):
    calls(made(10))

    # What is beyond the bounds is counted, at a call or two a line, and no more.
    assert calls(made(6000)) < 3 * calls(made(2000))


def test_a_mail_that_asks_too_much_is_said_to_be_read_in_part():
    many = engine().read(read(_asks(1000)), CONTEXT)
    few = engine().read(read(_asks(100)), CONTEXT)

    assert len(many.findings) == 300
    assert many.problems
    assert len(few.findings) == 100
    assert not few.problems
