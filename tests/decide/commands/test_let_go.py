"""Words that let a task go or lie, and days that tell of a visit: what they do not ask for does not happen."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.replies_made import digest, read


@pytest.mark.parametrize(
    ("words", "does", "asks"),
    [
        ("9 never mind", [], "Shall #9 go?"),
        ("never mind about 9", [], "Shall #9 go?"),
        ("4 done. 9 nvm", ["done 4"], "Shall #9 go?"),
        ("2 due friday. 9 never mind. 5 done", ["due 2 2026-03-13", "done 5"], "Shall #9 go?"),
        ("9 can wait", [], "Until when shall #9 rest?"),
        ("4 and 9 can both wait", [], "Until when shall #4 rest?"),
        ("9 can wait, remind me friday", ["snooze 9 2026-03-13"], None),
        ("9 needs to come up sooner", [], "When is #9 due?"),
        ("12 done, never mind", [], None),
        ("12 done. never mind 12", [], None),
    ],
)
def test_what_lets_a_task_go_takes_nothing_else_back(words: str, does: list[str], asks: str | None):
    reading = read_reply(words, digest())

    assert [one for one in read(words) if one.split()[0] not in {"note", "question"}] == does
    assert (reading.ask is None) if asks is None else asks in str(reading.ask)


@pytest.mark.parametrize(
    "words", ["5 is booked, tomorrow 7:30", "the interpreter is booked for the clinic, friday 9am"]
)
def test_the_day_of_what_is_booked_is_no_deadline(words: str):
    assert not [one for one in read(words) if one.startswith("due")]


def test_a_day_behind_what_is_not_booked_is_its_deadline():
    assert "due 5 2026-03-13" in read("5 not booked, friday")
