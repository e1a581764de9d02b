"""News of another thing than the task asks for closes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.decide.commands.replies_made import digest, read
from tests.decide.tasks_made import task

TASKS = (
    task(4, title="Ask the pharmacy about the copay card", patient="Mr. Kim"),
    task(5, title="Get Dr. Abel to sign the orders", patient="Mrs. Lindqvist"),
    task(7, title="Send the housing letter", patient="Thuy Pham"),
)


@pytest.mark.parametrize(
    "words",
    ["pharmacy asked about the copay card", "4 pharmacy asked about it", "Abel signed the referral", "7 form sent"],
)
def test_what_became_of_another_thing_closes_nothing(words: str):
    said = read(words, replace(digest((4, 5, 7)), tasks=TASKS))

    assert not [one for one in said if not one.startswith("note")]


@pytest.mark.parametrize(
    ("words", "number"),
    [("asked the pharmacy", 4), ("Abel signed the orders", 5), ("7 letter sent, form is on file", 7)],
)
def test_what_became_of_the_thing_itself_closes_its_task(words: str, number: int):
    assert f"done {number}" in read(words, replace(digest((4, 5, 7)), tasks=TASKS))
