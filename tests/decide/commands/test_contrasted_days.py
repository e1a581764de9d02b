"""Days told by what they are not, by another task's, or in a way in which no such day is there."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from assistant.decide.commands.plain.rewrites.contrasts import put_contrasts_plainly
from tests.decide.commands.replies_made import digest, read

THURSDAY, FRIDAY, MONDAY = "2026-03-12", "2026-03-13", "2026-03-16"
READ = [
    ("12 isn't due till Friday, the vendor moved it", [f"due 12 {FRIDAY}"]),
    ("9 is not due until Monday", [f"due 9 {MONDAY}"]),
    ("The Holter report isn't due till Friday", [f"due 7 {FRIDAY}"]),
    ("la 9 no vence hasta el viernes", [f"due 9 {FRIDAY}"]),
    ("the Holter report has to be signed by Thursday, not Friday", [f"due 7 {THURSDAY}"]),
    ("9 must be submitted by Friday", [f"due 9 {FRIDAY}"]),
    ("5 needs to be lined up by Thursday", [f"due 5 {THURSDAY}"]),
    ("2 has to be faxed over by Friday instead of Monday", [f"due 2 {FRIDAY}"]),
    ("move 2 to Thursday rather than Friday", [f"due 2 {THURSDAY}"]),
    ("7 Thursday not Friday", [f"due 7 {THURSDAY}"]),
    ("7 not Friday but Thursday", [f"due 7 {THURSDAY}"]),
    ("la 7 para el jueves, no el viernes", [f"due 7 {THURSDAY}"]),
    ("snooze 7 until Friday, not Thursday", [f"snooze 7 {FRIDAY}"]),
    ("make the loop recorder Friday 10am instead of 3", ["due 12 2026-03-13T10:00:00-05:00"]),
    ("make the interpreter Friday", [f"due 5 {FRIDAY}"]),
    ("7 thurs no fri", [f"due 7 {FRIDAY}"]),
    ("7 thurs wait fri", [f"due 7 {FRIDAY}"]),
    ("4 done 7 thurs no fri 9 drop", ["done 4", f"due 7 {FRIDAY}", "drop 9"]),
    ("4 done 7 fri 9 drop", ["done 4", f"due 7 {FRIDAY}", "drop 9"]),
    ("7 -> Friday\n9 -> same", [f"due 7 {FRIDAY}", f"due 9 {FRIDAY}"]),
    ("7 to Friday\n9 = same day", [f"due 7 {FRIDAY}", f"due 9 {FRIDAY}"]),
    ("7 to Friday. Move 9 to the same date", [f"due 7 {FRIDAY}", f"due 9 {FRIDAY}"]),
    ("la 7 para el viernes\nla 9 mismo dia", [f"due 7 {FRIDAY}", f"due 9 {FRIDAY}"]),
]
ASKED = [
    "7 to Sept 31",
    "7 due Feb 30",
    "7: snooze till Sept 31",
    "9 to Tuesday the 21st",
    "9 Friday the 29th, please",
    "12 isn't due Friday",
    "la 12 no vence el viernes",
]
NOTHING = [
    "the Holter report isn't due till Friday?",
    "does 9 have to be submitted by Friday?",
    "if 9 has to be submitted by Friday tell me",
    "9 should be submitted by Friday I think",
    "9 the labs were drawn on Friday the 13th",
    "9 same",
    "make the call Friday",
    "she needs to be seen by Friday",
    "7 not Friday",
]


@pytest.mark.parametrize(("words", "wanted"), READ)
def test_the_day_that_holds_is_read(words: str, wanted: list[str]) -> None:
    assert read(words, digest()) == wanted


@pytest.mark.parametrize("words", ASKED)
def test_a_day_that_is_none_is_asked_about(words: str) -> None:
    reading = read_reply(words, digest())
    assert reading.ask
    assert not reading.operations


@pytest.mark.parametrize("words", NOTHING)
def test_what_only_speaks_of_a_day_sets_none(words: str) -> None:
    assert not [one for one in read(words, digest()) if one.startswith(("due", "snooze", "done", "drop"))]


def test_a_number_that_is_no_day_is_left_where_it_stands() -> None:
    assert put_contrasts_plainly("done 4 instead of 7") == "done 4 instead of 7"
