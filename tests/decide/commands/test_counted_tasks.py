"""Tasks that a sentence counts by what they are about: "the two monitors can wait"; and counts that do not fit."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from assistant.decide.commands.reply import ReplyContext
from tests.decide.commands.replies_made import PRIYA, digest, read
from tests.decide.tasks_made import task

FRI = "2026-03-13"


def asked() -> ReplyContext:
    titles = {
        2: ("Order glucose meter", "Vega Twin A"),
        3: ("Order glucose meter", "Vega Twin B"),
        5: ("Schedule stress echo", "Tom Farrow"),
        6: ("Schedule stress echo", "Ida Marsh"),
        8: ("Confirm wheelchair van", "Ida Marsh"),
        9: ("Order nitrile gloves", None),
    }
    tasks = tuple(task(number, title=title, patient=patient) for number, (title, patient) in titles.items())
    return digest(tuple(titles), tasks=tasks)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("The two Vega meters can wait til Friday", [f"snooze 2 {FRI}", f"snooze 3 {FRI}"]),
        ("both meters can wait til Friday", [f"snooze 2 {FRI}", f"snooze 3 {FRI}"]),
        ("move both echos to Friday", [f"due 5 {FRI}", f"due 6 {FRI}"]),
        ("snooze the two stress echos until Friday", [f"snooze 5 {FRI}", f"snooze 6 {FRI}"]),
        ("the two Marsh ones can wait until Friday", [f"snooze 6 {FRI}", f"snooze 8 {FRI}"]),
        ("both meters are ordered", ["done 2", "done 3"]),
        ("give both Vega meters to Priya", [f"assign 2 {PRIYA.email}", f"assign 3 {PRIYA.email}"]),
    ],
)
def test_tasks_counted_by_what_they_are_about_are_all_meant(words: str, wanted: list[str]) -> None:
    assert read(words, asked()) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "the two vans can wait til Friday",
        "the three echos can wait until Friday",
        "give both vans to Priya",
        "both orders are done",
        "drop both echos",
        "the two meters are done",
    ],
)
def test_a_count_that_does_not_fit_or_an_end_changes_nothing_and_asks(words: str) -> None:
    reading = read_reply(words, asked())
    assert not reading.operations
    assert reading.ask


def test_the_things_of_one_task_may_be_counted() -> None:
    assert read("the two gloves can wait until Friday", asked()) in ([f"snooze 9 {FRI}"], [])
