"""An end with a "not" behind it: of another task it closes the first; where it may be of the same, it is asked."""

from __future__ import annotations

import time

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.desk_made import desk
from tests.decide.commands.replies_made import read


def closed(words: str) -> set[int | None]:
    return {one.number for one in read_reply(words, desk()).operations if one.op in {"done", "drop"}}


@pytest.mark.parametrize(
    ("words", "ended", "other"),
    [
        ("8 is done, couldn't get hold of the daughter", {8}, 4),
        ("done 3, no answer at the daughter's", {3}, 4),
        ("done 3 but couldn't reach his daughter", {3}, 4),
        ("finished 4, still no luck with the EKG", {4}, 8),
        ("la 3 ya está, la hija no contesta", {3}, 4),
        ("done with 3 and 4 but not with Rivera", {3, 4}, 6),
        ("1 and 3 done, no luck on the van", {1, 3}, 7),
        ("3 done, haven't gotten to the van", {3}, 7),
        ("9 done, no word from Duarte", {9}, 8),
        ("3 done - can't find the consent", {3}, 9),
        ("4 is finished, never heard back on the interpreter", {4}, 5),
    ],
)
def test_what_another_task_waits_for_leaves_the_end_standing(words: str, ended: set[int], other: int):
    assert closed(words) == ended
    assert (
        any(one.startswith(f"note {other} ") for one in read(words, desk())) or other in read_reply(words, desk()).kept
    )


@pytest.mark.parametrize(
    ("words", "ended", "kept"),
    [("Kim done, Rivera no", 1, 6), ("Kim's done, Rivera isn't", 1, 6), ("Osei done but Kim not yet", 7, 1)],
)
def test_a_name_and_no_keep_that_patients_task(words: str, ended: int, kept: int):
    assert closed(words) == {ended}
    assert read_reply(words, desk()).kept == (kept,)


@pytest.mark.parametrize(
    "words",
    [
        "1 done, still waiting on the lab",
        "3 sent, can't reach Marcus though",
        "8 done, waiting on the EKG",
        "8 done, still waiting on cardiology",
        "4 done, she didn't pick up",
        "6 done, no result yet",
        "10 done, lab never called back",
        "3 done, the wound clinic hasn't confirmed",
        "done 9, the signature is still missing",
        "7 done, couldn't get the van",
        "3 done but Alvarez hasn't called back",
    ],
)
def test_what_may_be_of_the_same_task_is_asked(words: str):
    reading = read_reply(words, desk())
    assert not [one for one in reading.operations if one.op in {"done", "drop"}]
    assert reading.ask is not None


@pytest.mark.parametrize(
    "words", ["Alvarez done, Kim no", "8 done? no luck with the daughter", "8 not done, daughter no"]
)
def test_who_has_several_tasks_or_none_done_closes_nothing(words: str):
    assert not closed(words)


@pytest.mark.parametrize("words", ["8 done, no issues", "8 is done, no problem", "done 3, nothing else needed"])
def test_a_no_that_doubts_nothing_leaves_the_end(words: str):
    assert len(closed(words)) == 1


@pytest.mark.parametrize("many", ["8, " * 400, "8 and " * 400, "done " * 400, "8 done, no " + "no " * 400])
def test_long_rows_are_read_in_time(many: str):
    began = time.monotonic()
    read_reply(f"{many} done, couldn't reach the daughter", desk())
    assert time.monotonic() - began < 5
