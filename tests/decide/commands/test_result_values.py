"""Answers that tell a result by its value alone: that is what a task that waits for it wanted."""

from __future__ import annotations

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import digest, read
from tests.decide.tasks_made import task

TITLES = {
    51: ("Get potassium level before dialysis", "Mr. Varga"),
    52: ("Chase urine culture result", "Baby Girl Osei"),
    53: ("Call patient about TSH result", "Lorna Pratt"),
    54: ("Order hemoglobin A1c", "Simon Udall"),
    55: ("Schedule swallow test", "Mr. Varga"),
}


def desk() -> ReplyContext:
    made = tuple(task(number, title=title, patient=patient) for number, (title, patient) in TITLES.items())
    return digest(tuple(TITLES), tasks=made)


DONE = [
    ("Potassium 4.1, good to go.", ["done 51"]),
    ("potassium level was 4.1 this morning", ["done 51"]),
    ("Varga's potassium came back at 4.1", ["done 51"]),
    ("urine culture negative", ["done 52"]),
    ("Urine culture for baby Osei negative, mom called.", ["done 52"]),
    ("52: culture was neg", ["done 52"]),
    ("51 - 4.1 mmol/l", []),
]
STAYS = [
    "potassium 6.8, too high",
    "potassium needs to be under 5.5",
    "potassium was 4.1 last week",
    "potassium pending",
    "is the potassium 4.1?",
    "urine culture not negative",
    "hope the urine culture is normal",
    "urine culture should be normal",
    "urine culture for baby Nash negative",
    "urine culture negative if the second one is",
    "urine culture: 2 pm",
    "TSH 2.1",
    "A1c 7.2",
    "swallow test normal",
]


@pytest.mark.parametrize(("words", "want"), DONE)
def test_the_value_of_a_result_ends_the_task_that_waits_for_it(words: str, want: list[str]) -> None:
    assert [one for one in read(words, desk()) if not one.startswith("note")] == want


@pytest.mark.parametrize("words", STAYS)
def test_a_value_that_is_none_or_was_not_waited_for_closes_nothing(words: str) -> None:
    reading = read_reply(words, desk())

    assert [one.op for one in reading.operations if one.op not in {"note", "question"}] == []
