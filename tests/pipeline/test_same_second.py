"""Mails of one second, as a phone that was offline sends them, are read in the order in which they lie there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.records import Task
from tests.pipeline.office import DANA, US, Office
from tests.pipeline.test_any_order import FOLLOWING, REQUEST, read, seen

SECOND_THOUGHTS: dict[tuple[str, str], Callable[[Task], bool]] = {
    ("done 1", "reopen 1"): lambda task: task.state == "open",
    ("reopen 1", "done 1"): lambda task: task.state == "done",
    ("give 1 to priya", "give 1 to dana"): lambda task: task.owner == DANA,
    ("1 due march 20", "1 due march 12"): lambda task: getattr(task.deadline, "due", None) == date(2026, 3, 12),
}


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Path]:
    return (tmp_path / str(number) for number in range(1000))


@pytest.mark.parametrize(
    ("words", "holds"), SECOND_THOUGHTS.items(), ids=[" then ".join(words) for words in SECOND_THOUGHTS]
)
def test_of_two_words_of_one_second_the_last_one_holds(
    tmp_path: Path, words: tuple[str, str], holds: Callable[[Task], bool]
):
    office = Office(tmp_path)
    office.arrive("Please fax the clearance for Mrs. Rivera to pre-op by Friday.")
    office.work()
    answered = str(office.postbox.taken[-1]["Message-ID"])
    office.pass_time(minutes=5)
    for word in words:
        office.arrive(word, sender=DANA, to=US, In_Reply_To=answered)
    office.work()

    task = office.parts.ledger.book.task(1)
    assert task is not None
    assert holds(task)


@pytest.mark.parametrize("name", ["chaser", "reminder", "done", "called off", "for a later day", "for an earlier hour"])
def test_what_follows_a_request_within_its_second_is_read_after_it(folders: Iterator[Path], name: str):
    following = replace(FOLLOWING[name], day=0)
    one_by_one = seen(read(next(folders), [REQUEST, following]))

    assert len(one_by_one) == 1
    assert seen(read(next(folders), [REQUEST, following], at_once=True)) == one_by_one


@pytest.mark.parametrize("name", ["done", "called off"])
def test_a_claim_that_was_read_before_the_request_of_its_second_is_read_once_more(folders: Iterator[Path], name: str):
    claim = replace(FOLLOWING[name], day=0)
    (in_order,) = seen(read(next(folders), [REQUEST, claim]))

    assert in_order.claim
    for order, at_once in (([claim, REQUEST], True), ([claim, REQUEST], False)):
        assert seen(read(next(folders), order, at_once=at_once)) == [in_order]
