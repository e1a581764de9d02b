"""Answers as short and careless as they come: what they ask, and what they leave open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from assistant.records import SentMail
from tests.decide.commands.replies_made import DANA, NOW, PRIYA, SHOWN, digest, made, read

ALL = [f"done {number}" for number in SHOWN]


def called(*numbers: int) -> ReplyContext:
    """Return the surroundings of an answer to an escalation of these tasks."""
    sent = SentMail(message_id="m", key="k", kind="escalation", recipient=DANA.email, numbers=numbers, prepared_at=NOW)
    return digest(numbers, answered=sent)


@pytest.mark.parametrize(
    "words", ["ok", "Ok.", "ok 👍", "ok thanks", "thx got it", "k", "received, ty", "👌", "vale gracias"]
)
def test_a_bare_ok_to_a_call_says_that_it_was_heard(words: str):
    assert read(words, called(5)) == ["acknowledge 5"]
    assert read(words, called(5, 7)) == ["acknowledge 5", "acknowledge 7"]
    assert read(words) == []


@pytest.mark.parametrize("words", ["thanks", "thank you!", "yes", "ok but not today", "gracias"])
def test_thanks_and_a_yes_to_no_question_are_not_heard_as_one(words: str):
    assert "acknowledge 5" not in read(words, called(5))


@pytest.mark.parametrize("words", ["its done", "thats done", "Its finished", "its been done", "its all done"])
def test_a_missing_apostrophe_takes_nothing_away(words: str):
    assert read(words, called(5)) == ["done 5"]


@pytest.mark.parametrize(
    "words", ["its not done", "isnt done", "its being done", "hasnt been done", "its done?", "thats not done yet"]
)
def test_a_missing_apostrophe_adds_nothing(words: str):
    assert "done 5" not in read(words, called(5))


def test_capitals_are_no_word_without_its_apostrophe():
    tasks = (*made()[:1], replace(made()[1], number=30, title="Deliver the IM notice", patient="Mrs. Zamora"))
    reading = read_reply("Zamora IM notice delivered", replace(digest((2, 30)), tasks=tasks))

    assert [(one.op, one.number) for one in reading.operations] == [("done", 30)]


@pytest.mark.parametrize(
    "words",
    [
        "that's the whole list done!",
        "whole list done",
        "thats everything done",
        "all of these are done",
        "they're all done",
        "these are all finished",
        "every single task is complete",
        "I did all of these",
        "finished the entire list today",
    ],
)
def test_the_whole_list_is_called_by_many_names(words: str):
    assert read(words) == ALL


@pytest.mark.parametrize(
    "words",
    [
        "that's all done",
        "they're nearly all done",
        "they're all done?",
        "not all of these are done",
        "all of these will be done tomorrow",
        "I wish these were all done",
        "if these are all done, great",
    ],
)
def test_what_only_sounds_like_the_whole_list_closes_nothing(words: str):
    assert not [one for one in read(words) if one.startswith("done")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("make 7 wednesday, sorry meant thursday", ["due 7 2026-03-12"]),
        ("push 7 to friday. Correction: thursday", ["due 7 2026-03-12"]),
        ("7 done. oops meant 9", ["done 9"]),
        ("give 7 to Priya - sorry, meant Ruth", ["assign 7 ruth@clinic.example"]),
        ("just remove 12", ["drop 12"]),
        ("12 is covered by 9 already, just remove 12", ["drop 12"]),
        ("just push 7 to friday", ["due 7 2026-03-13"]),
        ("you can just close 7", ["done 7"]),
        ("just sent 7 a reminder", ["note 7"]),
    ],
)
def test_commands_with_a_slip_or_a_just(words: str, expected: list[str]):
    assert [
        " ".join(one.split()[: len(want.split())]) for one, want in zip(read(words), expected, strict=True)
    ] == expected


@pytest.mark.parametrize(
    "words",
    ["I'll do 7 myself", "Priya is swamped, I'll do 7 myself", "I'll handle 7 instead of Priya", "put 7 under me"],
)
def test_who_does_a_colleagues_task_takes_it(words: str):
    theirs = replace(digest(), tasks=tuple(replace(one, owner=PRIYA.email) for one in made()))

    assert read(words, theirs) == [f"assign 7 {DANA.email}"]


def test_who_does_their_own_task_is_at_it():
    asked = replace(digest(), tasks=tuple(replace(one, owner=DANA.email) for one in made()))

    assert read("I'll do 7 myself", asked) == ["acknowledge 7"]


@pytest.mark.parametrize(
    "words",
    [
        "The new Holter report has been in her chart since 9, looks clean. You can check that off.",
        "Holter report's been in the chart since 9. tick it off please",
    ],
)
def test_what_was_told_just_before_is_ticked_off(words: str):
    assert read(words) == ["done 7"]


def test_nothing_is_ticked_off_where_nothing_was_told():
    assert read("tick it off please") == []
