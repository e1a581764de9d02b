"""What it costs to understand a mail is bounded, in counted calls: ten times the mail is not ten times the work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from tests.faults.test_hostile_mutants import CONTEXT, engine
from tests.parse.mails import raw, read


def calls(content: bytes) -> int:
    """Return how many calls of functions it takes to understand a mail."""
    message, count = read(content), 0

    def counted(_frame: FrameType, event: str, _value: object) -> None:
        nonlocal count
        count += event == "call"

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
