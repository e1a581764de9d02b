"""What a reply says of the rest of the list, beside the few tasks that it names: what closes, and what does not."""

from __future__ import annotations

import pytest

from tests.decide.commands.replies_made import SHOWN, read


def done_but(*kept: int) -> list[str]:
    """Return the ends of all shown tasks but these."""
    return [f"done {number}" for number in SHOWN if number not in kept]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Only 4 and 7 are still going, rest can be closed", (4, 7)),
        ("only 4 and 7 are left. The rest can be closed", (4, 7)),
        ("just 9 left, close everything else", (9,)),
        ("only 5 is still open, everything else is done", (5,)),
        ("5 and 12 are pending, you can close the rest", (5, 12)),
        ("9 is still open, the rest is done", (9,)),
        ("Only the Castillo ones are still going, the rest can be closed", (7, 9)),
        ("I did everything except for the Castillo ones and the warfarin call", (4, 7, 9)),
        ("we got through everything but 12", (12,)),
        ("did everything apart from 2 and the interpreter", (2, 5)),
    ],
)
def test_the_rest_is_closed_and_what_is_named_stays_open(words: str, kept: tuple[int, ...]):
    assert read(words) == done_but(*kept)


@pytest.mark.parametrize("words", ["2 is done. Everything else is done", "done 2, everything else is done"])
def test_everything_else_is_done_where_it_says_so(words: str):
    assert sorted(read(words)) == sorted(done_but())


def test_what_is_noted_beside_the_rest_stays_open():
    assert read("4 waiting on her son, everything else is done") == ["note 4 waiting on her son", *done_but(4)]


@pytest.mark.parametrize(
    "words",
    [
        "4 is still open, the rest can be closed tomorrow",
        "4 is still open, the rest can be closed once Priya checks",
        "4 is still open, the rest can't be closed",
        "4 is still open, the rest can wait",
        "4 is not done, the rest is?",
        "4 still pending, not sure about the rest",
        "the rest can be closed",
        "Only 4 and 7 are still going",
        "I didn't do everything except 4",
        "I should have done everything except 4",
        "did I do everything except 4?",
        "I'll do everything except 4",
        "I did everything I could except call the lab",
        "I did everything except the odd one",
        "did all but two of them",
        "done with everything else",
    ],
)
def test_no_rest_is_closed_that_is_in_doubt(words: str):
    assert not [one for one in read(words) if one.startswith(("done", "drop"))]
