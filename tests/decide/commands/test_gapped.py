"""A verb that is said once for several people, and tasks that are named and of which nothing was read."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.replies_made import PRIYA, RUTH, digest, read

TO_RUTH, TO_PRIYA = [f"assign {number} {RUTH.email}" for number in (2, 4)], f"assign 5 {PRIYA.email}"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ruth has 2 and 4, priya 5", [*TO_RUTH, TO_PRIYA]),
        ("Ruth takes 2 and 4 and Priya 5", [*TO_RUTH, TO_PRIYA]),
        ("Ruth will do 2 and 4, Priya Raman 5.", [*TO_RUTH, TO_PRIYA]),
        ("give ruth 2 and 4, priya 5", [*TO_RUTH, TO_PRIYA]),
        ("ruth 2 and 4, priya 5", [*TO_RUTH, TO_PRIYA]),
        ("ruth - 2 4 / priya - 5", [*TO_RUTH, TO_PRIYA]),
        ("7 done, ruth has 2 and 4, priya 5", ["done 7", *TO_RUTH, TO_PRIYA]),
        ("ruth has 2 AND 4, priya 5, scrap 9 its a dup", [*TO_RUTH, TO_PRIYA, "drop 9"]),
    ],
)
def test_a_verb_that_is_said_once_counts_for_each_colleague(words: str, expected: list[str]):
    assert [one.removesuffix(" its a dup") for one in read(words)] == [
        one.removesuffix(" its a dup") for one in expected
    ]


@pytest.mark.parametrize(
    "words",
    [
        # Pages, questions, and a patient of the list.
        "ruth has 2, priya 5 pages",
        "ruth has 2, castillo 5",
        "does ruth have 2, priya 5?",
        "ruth has not 2, priya 5",
        "ruth 2 done, priya 5 done",
    ],
)
def test_what_only_looks_like_such_a_list_hands_nothing_to_the_second(words: str):
    assert TO_PRIYA not in read(words)


@pytest.mark.parametrize("words", ["ruth has 2, bob 5", "done 7. ruth has 2, bob 5"])
def test_a_task_that_is_named_beside_another_and_not_read_is_told(words: str):
    (told,) = read_reply(words, digest()).not_understood

    assert "bob 5" in told


@pytest.mark.parametrize(
    "words",
    [
        "all done except 5",
        "2 done, not 5",
        "drop 4, same as 5",
        "4 is a duplicate of 5",
        "note 2 see 5",
        "done 2, 5 friday",
    ],
)
def test_what_was_said_of_every_task_that_is_named_leaves_nothing_to_tell(words: str):
    assert read_reply(words, digest()).not_understood == ()
