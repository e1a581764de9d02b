"""A thing, by its words or its number, that is said to be a colleague's: it goes over; and what only sounds so."""

from __future__ import annotations

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import PRIYA, digest, read
from tests.decide.tasks_made import task

_TASKS = {
    21: ("Book lift van for dialysis", "Orla Finn"),
    22: ("File 3871 form", "Desmond Hale"),
    23: ("Fix the seating plan for bay 2", None),
    25: ("Send iron panel to the Dover unit", "Orla Finn"),
    26: ("Order access study", "Rose Acton"),
}


def desk() -> ReplyContext:
    return digest(tuple(_TASKS), tasks=tuple(task(n, title=t, patient=p) for n, (t, p) in _TASKS.items()))


HERS = [
    ("3871 is priya's not mine", 22),
    ("the 3871 is Priya's", 22),
    ("seating plan is priyas, not me", 23),
    ("the seating plan is Priya's job", 23),
    ("iron panel isn't mine its Priyas", 25),
    ("not mine, 26 is Priya's", 26),
    ("Priyas got the Finn van today, take it off me", 21),
    ("Priya's got 26, take it off my list", 26),
    ("Priya has the dover panel, pls take it off my plate", 25),
    ("take the access study off me, Priya's doing it", 26),
    ("Priya is doing 22, take me off it", 22),
    ("fyi the lift van belongs to Priya", 21),
]
NOBODYS = [
    "is 3871 Priya's or mine?",
    "i think the seating plan is Priya's",
    "the seating plan was Priya's",
    "Priya's form is not the 3871",
    "Priya's got a question about the van",
    "Priya has the van keys",
    "maybe Priya has the iron panel, take it off me",
    "the driver of the van is Priya",
    "Orla's got the van, take it off me",
    "the lift van is Orla's",
    "if the seating plan is Priya's tell me",
    "the iron panel isn't Priya's",
]


@pytest.mark.parametrize(("words", "number"), HERS)
def test_a_thing_that_is_a_colleagues_goes_over_to_her(words: str, number: int) -> None:
    assert read(words, desk()) == [f"assign {number} {PRIYA.email}"]


@pytest.mark.parametrize("words", NOBODYS)
def test_what_only_sounds_so_goes_to_nobody(words: str) -> None:
    assert {one.op for one in read_reply(words, desk()).operations} <= {"note", "question"}


@pytest.mark.parametrize("words", ["take 22 off me", "22 - take it off me"])
def test_what_is_to_be_taken_off_asks_who_shall_have_it(words: str) -> None:
    reading = read_reply(words, desk())
    assert not reading.operations
    assert reading.ask
    assert "#22" in reading.ask
