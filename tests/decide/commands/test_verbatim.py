"""What a receipt says that its reader wrote."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.replies_made import digest


@pytest.mark.parametrize(
    ("words", "op", "number", "wrote"),
    [
        ("4 n 9 dun, thx", "done", 9, "4 n 9 dun, thx"),
        ("Both of Castillo's are done. 2 to fri", "done", 7, "Both of Castillo's are done."),
        ("all but the warfarin call is done", "done", 2, "all but the warfarin call is done"),
        ("twelve is done", "done", 12, "twelve is done"),
        ("Good morning! Could 5 please be moved to friday?", "due", 5, "Could 5 please be moved to friday?"),
        ("Listo el 4 y el 9, gracias", "done", 9, "Listo el 4 y el 9, gracias"),
        ("Reassign: 4 Priya", "assign", 4, "Reassign: 4 Priya"),
        ("7 ✅\n9 ⏰ friday", "snooze", 9, "9 ⏰ friday"),
        ("new: call Aetna for Mr. Okafor friday", "create", None, "new: call Aetna for Mr. Okafor friday"),
    ],
)
def test_it_is_what_they_wrote_and_not_how_it_was_read(words: str, op: str, number: int | None, wrote: str):
    found = [one.line for one in read_reply(words, digest()).operations if (one.op, one.number) == (op, number)]

    assert [" ".join(line.split()).rstrip(".,") for line in found] == [wrote.rstrip(".,")]


def test_what_was_not_understood_is_shown_and_asked_as_it_was_written():
    reading = read_reply("recd the thng tmrw idk", digest())

    assert reading.not_understood == ("recd the thng tmrw idk",)
    assert "“recd the thng tmrw idk”" in str(reading.ask)
