"""What a reply wants left open nothing in it may close."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.replies_made import digest, read

TORN = [
    "9 is done. Please keep 9 open.",
    "9 done. Don't close it yet.",
    "9 done - leave 9 open please",
    "Done with 9. Keep it open.",
    "9 is done but please keep it on my list",
    "9 hecho. Deje abierto el 9.",
    "Listo el 9. No cierres el 9 todavia",
    "9 done\n\n9 stays open until she is home",
    "9 done. Do not remove it from the list.",
    "don't close 9. 9 is done",
]
LEFT = [
    ("keep 9 open", []),
    ("do not close 9 yet", []),
    ("9 should stay open until the denial letter comes", []),
    ("all done but keep 7 open", ["done 12", "done 2", "done 4", "done 5", "done 9"]),
    ("12 done, leave 9 alone", ["done 12"]),
    ("done 12. 9 stays open", ["done 12"]),
    ("done 12. Leave 9 as it is.", ["done 12"]),
]


@pytest.mark.parametrize("words", TORN)
def test_done_and_left_open_is_asked_about(words: str) -> None:
    reading = read_reply(words, digest())
    assert reading.ask is not None
    assert not [one for one in reading.operations if one.number == 9]


@pytest.mark.parametrize(("words", "wanted"), LEFT)
def test_what_is_left_open_does_not_hold_up_the_rest(words: str, wanted: list[str]) -> None:
    assert sorted(one for one in read(words, digest()) if not one.startswith("note")) == wanted
