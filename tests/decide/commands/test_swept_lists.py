"""A whole list closed by one word: an idiom, a part, or a critical task among the rest is asked about first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.desk_made import SHOWN, desk
from tests.decide.commands.replies_made import read


def calm() -> ReplyContext:
    """Return the same desk with nothing critical."""
    asked = desk()
    return replace(asked, tasks=tuple(replace(one, priority="normal") for one in asked.tasks))


@pytest.mark.parametrize(
    "words",
    [
        "drop everything and call me",
        "drop everything, Mrs. Rivera is coding",
        "drop everything and head to the OR",
        "Drop everything - fire alarm on 3 west",
        "drop everything, I need you in pre-op",
    ],
)
@pytest.mark.parametrize("asked", [desk(), calm()])
def test_to_drop_everything_and_come_drops_nothing_unasked(words: str, asked: ReplyContext):
    reading = read_reply(words, asked)
    assert not [one for one in reading.operations if one.op in {"done", "drop"}]
    assert reading.ask is not None


@pytest.mark.parametrize(
    "words", ["drop everything", "all done", "close everything", "everything is done", "todo listo"]
)
def test_a_whole_list_with_a_critical_task_is_closed_after_a_question(words: str):
    reading = read_reply(words, desk())
    assert not reading.operations
    assert reading.ask is not None
    assert "critical ones too: #10" in reading.ask
    assert reading.choice in {"done 1-10", "drop 1-10"}


@pytest.mark.parametrize(
    ("words", "verb", "numbers"),
    [
        ("drop everything please", "drop", SHOWN),
        ("all done", "done", SHOWN),
        ("all done, thanks!", "done", SHOWN),
        ("drop everything except the van and the EKG", "drop", (10, 3, 4, 6, 9, 1, 5, 2)),
    ],
)
def test_without_one_it_is_closed_at_once(words: str, verb: str, numbers: tuple[int, ...]):
    assert sorted(read(words, calm())) == sorted(f"{verb} {number}" for number in numbers)


@pytest.mark.parametrize("words", ["all 10 done", "done 1-10", "drop 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"])
def test_what_is_counted_or_named_by_its_number_is_not_asked_about(words: str):
    assert len(read(words, desk())) == len(SHOWN)


@pytest.mark.parametrize(
    "words",
    [
        "close everything from Marcus",
        "cancel all of Wednesday's",
        "close everything from the lab",
        "all done with the paperwork",
        "drop everything from pre-op",
    ],
)
@pytest.mark.parametrize("asked", [desk(), calm()])
def test_a_part_of_the_list_is_asked_for_by_its_numbers_never_by_a_line_that_closes_it_all(
    words: str, asked: ReplyContext
):
    reading = read_reply(words, asked)
    assert not reading.operations
    assert reading.ask is not None
    assert "1-10" not in reading.ask
    assert not reading.choice


@pytest.mark.parametrize(
    ("words", "open_still"),
    [
        ("Dealt with the stat lab and the referral. Van - waiting for callback.", {6, 10, 7}),
        ("Dealt with the stat result.", {6, 10}),
        ("stat lab handled", {6, 10}),
        ("the stat result is taken care of", {6, 10}),
    ],
)
def test_a_word_that_stands_in_another_tasks_mail_alone_is_asked_about(words: str, open_still: set[int]):
    reading = read_reply(words, desk())
    assert open_still.isdisjoint(one.number for one in reading.operations if one.op in {"done", "drop"})
    assert reading.ask is not None


@pytest.mark.parametrize(
    ("words", "done"),
    [
        ("finished the referral and the consent", "done 3"),
        ("van done", "done 7"),
        ("outside lab result done", "done 6"),
    ],
)
def test_a_task_that_alone_has_the_words_is_meant(words: str, done: str):
    assert done in read(words, desk())
