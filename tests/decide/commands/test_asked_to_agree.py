"""Ends behind which a reply asks for a yes, or which it may take back; and things that were got."""

from __future__ import annotations

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import digest, read
from tests.decide.tasks_made import task

TITLES = {
    31: ("Book transport chair for dialysis", "Rhoda Quist"),
    32: ("Fax the wound photos to Lakeview", "Emil Sato"),
    33: ("Get consent signed", "Rhoda Quist"),
    34: ("Order compression stockings", "Emil Sato"),
}


def desk() -> ReplyContext:
    made = tuple(task(number, title=title, patient=patient) for number, (title, patient) in TITLES.items())
    return digest(tuple(TITLES), tasks=made)


ASKS_FOR_A_YES = [
    "32 done, right?",
    "32 hecho, ¿no?",
    "32 listo, ¿verdad?",
    "32 is done, correct?",
    "31 and 32 done, yes?",
    "the wound photos were faxed, right?",
    "wound photos are faxed, no?",
    "Ruth faxed the wound photos, didn't she?",
    "drop 32, right?",
    "32 done. Right?",
]
MAY_BE_ANOTHER = [
    "32 done, no 31",
    "done 32, no 31",
    "32 done no 31",
    "32 done, no #4",
    "31 and 32 done, no 34",
    "drop 32, no 31",
]
ANOTHER_IS_MEANT = [
    ("done 32, no wait 31", ["done 31"]),
    ("done 32, sorry, 31", ["done 31"]),
    ("all done, no 34", ["done 31", "done 32", "done 33"]),
    ("32 done, not 31", ["done 32"]),
]
PARTS = ["32 done. ok?", "32 done. OK?", "32 done. Later!", "32 done. Laters!", "32 done. See you later!"]
GOT = [
    ("got the transport chair", ["done 31"]),
    ("I got the transport chair for Rhoda", ["done 31"]),
]
NOT_GOT = [
    "got the phone number for the transport chair",
    "got a quote for the transport chair",
    "got the transport chair on hold",
    "got the transport chair waitlisted",
    "almost got the transport chair",
    "got the transport chair form",
    "31 got her in the queue",
    "I got the stockings list",
]


@pytest.mark.parametrize("words", [*ASKS_FOR_A_YES, *MAY_BE_ANOTHER])
def test_an_end_that_may_be_none_is_asked_about(words: str) -> None:
    assert [one for one in read(words, desk()) if not one.startswith("question")] == []
    assert read_reply(words, desk()).ask is not None


@pytest.mark.parametrize(("words", "asked"), [*ANOTHER_IS_MEANT, *GOT])
def test_what_is_meant_in_the_end_is_done(words: str, asked: list[str]) -> None:
    assert read(words, desk()) == asked
    assert read_reply(words, desk()).ask is None


@pytest.mark.parametrize("words", PARTS)
def test_a_farewell_leaves_no_doubt(words: str) -> None:
    assert read(words, desk()) == ["done 32"]
    assert read_reply(words, desk()).ask is None


@pytest.mark.parametrize("words", NOT_GOT)
def test_something_else_that_was_got_ends_nothing(words: str) -> None:
    assert [one for one in read(words, desk()) if one.split()[0] in {"done", "drop", "acknowledge"}] == []
