"""An answer to a receipt of the wrong task: the one opens again, the other is done; and what puts nothing right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import digest, made, read


def receipt() -> ReplyContext:
    """The answered mail tells of 9 alone, which is closed."""
    tasks = tuple(replace(one, state="done") if one.number == 9 else one for one in made())
    return digest((9,), tasks=tasks)


RIGHT = [
    ("wrong one, i meant 7", ["reopen 9", "done 7"]),
    ("wrong castillo one!! i meant 7", ["reopen 9", "done 7"]),
    ("oops that's the wrong task - meant 7", ["reopen 9", "done 7"]),
    ("ugh wrong one. should be 12", ["reopen 9", "done 12"]),
    ("i never said 9 was done", ["reopen 9"]),
    ("hey we didn't say #9 is finished", ["reopen 9"]),
    ("i didnt say it was done", ["reopen 9"]),
    ("no, i never marked that as done", ["reopen 9"]),
]
NOTHING = [
    "was that the wrong one? i meant 7",
    "did i say 9 was done?",
    "i never said 7 was done",
    "wrong one, i meant 99",
    "wrong fax number, i meant the other",
]


@pytest.mark.parametrize(("words", "asked"), RIGHT)
def test_a_wrong_receipt_is_put_right(words: str, asked: list[str]) -> None:
    assert read(words, receipt()) == asked


@pytest.mark.parametrize("words", NOTHING)
def test_what_puts_nothing_right_closes_and_opens_nothing(words: str) -> None:
    assert {one.op for one in read_reply(words, receipt()).operations} <= {"note", "question"}


@pytest.mark.parametrize("words", [words for words, _ in RIGHT])
def test_under_another_mail_nothing_is_closed(words: str) -> None:
    assert not {one.op for one in read_reply(words, digest()).operations} & {"done", "reopen"}
