"""A job runs once at a time, and nobody who asks for it is forgotten."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from assistant.pipeline.turns import Turns


def test_who_asks_during_a_run_gets_one_more_right_after():
    found: list[bool] = []

    def work() -> None:
        if not found:
            # However often it is asked for.
            found.extend((turns.once_more(), turns.once_more()))
        else:
            found.append(False)

    turns = Turns(work)
    turns.run()

    assert found == [True, True, False]


def test_a_run_that_is_over_is_not_what_was_asked_for():
    runs: list[int] = []
    turns = Turns(lambda: runs.append(1))
    turns.run()

    assert not turns.once_more()
    turns.run()
    assert len(runs) == 2


def test_a_second_one_that_comes_during_a_run_leaves_it_alone():
    runs: list[int] = []

    def work() -> None:
        runs.append(1)
        turns.run()

    turns = Turns(work)
    turns.run()

    assert len(runs) == 1


def test_what_is_asked_for_by_many_threads_is_always_seen_by_a_later_run():
    asked, seen, start = [0] * 4, [0] * 4, Barrier(4)

    def work() -> None:
        seen[:] = asked

    def ask(place: int) -> None:
        start.wait()
        for number in range(1, 501):
            asked[place] = number
            if not turns.once_more():
                turns.run()

    turns = Turns(work)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(ask, range(4)))

    assert seen == [500] * 4


def test_work_that_breaks_off_can_be_done_again():
    runs: list[int] = []

    def work() -> None:
        runs.append(1)
        if len(runs) == 1:
            turns.once_more()
            sys.exit()

    turns = Turns(work)
    with pytest.raises(SystemExit):
        turns.run()
    turns.run()

    assert len(runs) == 2
