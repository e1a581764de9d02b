"""Where a person is, or went, is no result of a task, though its title holds the same words."""

from __future__ import annotations

import pytest

from tests.decide.commands.replies_made import digest, read

NO_RESULT = [
    "She's at Ridgeview today",
    "he is at Ridgeview Imaging",
    "Mr. Okafor is at Ridgeview",
    "Okafor is over at Ridgeview today",
    "Okafor went out to Ridgeview",
    "he went over to Ridgeview",
    "Mr. Okafor made it to Ridgeview",
    "Ridgeview has Mr. Okafor",
    "2 he's at Ridgeview now",
    "Marcus Boyd is at Ridgeview Imaging today",
    "I'm at Ridgeview today",
    "we're at Ridgeview this morning",
    "Joan's in with Dr. Abel",
    "Joan Castillo is with Dr. Abel",
    "she is back from Dr. Abel",
    "I'm with Dr. Abel",
    "give 7 to Priya. Actually Ruth, she's with Dr. Abel today",
    "give 12 to Ruth, she is in at Ridgeview this week",
    "Priya can have 7, he's at Dr. Abel's now",
]
RESULTS = [
    ("the stress test order is at Ridgeview", ["done 2"]),
    ("the order went over to Ridgeview", ["done 2"]),
    ("stress test order made it to Ridgeview", ["done 2"]),
    ("Ridgeview has the stress test order", ["done 2"]),
    ("Okafor's stress test order is over at Ridgeview", ["done 2"]),
    ("the Holter report is in", ["done 7"]),
    ("Thuy Pham's interpreter is booked", ["done 5"]),
]


@pytest.mark.parametrize("words", NO_RESULT)
def test_where_somebody_is_closes_nothing(words: str) -> None:
    assert not [one for one in read(words, digest()) if one.startswith(("done", "drop"))]


@pytest.mark.parametrize(("words", "wanted"), RESULTS)
def test_where_a_thing_is_may_end_its_task(words: str, wanted: list[str]) -> None:
    assert read(words, digest()) == wanted
