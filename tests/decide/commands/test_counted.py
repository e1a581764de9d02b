"""Answers that count a task's things: what tells of all of them closes it, what tells of some keeps it open."""

from __future__ import annotations

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import digest, read
from tests.decide.tasks_made import task

TITLES = {
    21: ("Scan 8 intake packets", None),
    22: ("Fax the biopsy slides request", "Della Munro"),
    23: ("Get 3 reference letters", "Ansel Boyer"),
    24: ("Return voicemails from the weekend", None),
    25: ("Request 10 home visits from Meridian", "Della Munro"),
    26: ("Book week 6 ultrasound", "Pia Sandoval"),
}


def desk() -> ReplyContext:
    made = tuple(task(number, title=title, patient=patient) for number, (title, patient) in TITLES.items())
    return digest(tuple(TITLES), tasks=made)


ALL_OF_THEM = [
    ("all 8 intake packets are scanned", ["done 21"]),
    ("8 of 8 packets scanned", ["done 21"]),
    ("Meridian approved 10 visits", ["done 25"]),
    ("Meridian approved all ten home visits", ["done 25"]),
    ("voicemails are all returned", ["done 24"]),
    ("slides request faxed 9/30", ["done 22"]),
    ("week 6 ultrasound is booked for 3/20", ["done 26"]),
    ("Meridian gave us 6 of the 10 visits, good enough, close it", ["done 25"]),
]
ONLY_SOME = [
    "intake packets: five of the eight are scanned",
    "packets: 5 of 8 done",
    "21: five done, three to go",
    "#21: six scanned so far",
    "intake packets scanned, two left",
    "we scanned four of the packets",
    "a handful of the packets are scanned",
    "Meridian approved 6 visits",
    "got two of the letters for Ansel",
    "23: one of them is in",
    "voicemails: half of them are returned",
    "voicemails are done, four to go",
    "voicemails: a few still open",
    "siete de los ocho packets ya estan listos",
    "all but two of the packets are scanned",
    "everything but one of the letters is in",
    "packets scanned except three",
    "packets: 5 of 8 done. The rest is done tomorrow.",
    "packets: 5 of 8 done. The rest are next week.",
    "packets: 5 of 8 done, the rest friday",
    "22 is half done, the rest friday",
    "22 is mostly done. Rest is done friday.",
]

WHICH = [
    "ya hice una",
    "I did one",
    "finished two so far",
    "two sent",
    "got through a couple",
    "hice dos",
    "most are faxed",
]


@pytest.mark.parametrize(("words", "want"), ALL_OF_THEM)
def test_whoever_tells_of_all_that_a_task_counts_closes_it(words: str, want: list[str]) -> None:
    assert read(words, desk()) == want


@pytest.mark.parametrize("words", ONLY_SOME)
def test_whoever_tells_of_some_of_what_a_task_counts_changes_nothing(words: str) -> None:
    reading = read_reply(words, desk())

    assert [one for one in reading.operations if one.op not in {"note", "acknowledge"}] == []
    assert reading.operations or reading.ask


def test_the_remainder_is_told_of_the_task_of_which_a_part_was() -> None:
    reading = read_reply("packets: 5 of 8 are done. The remainder waits for the printer.", desk())

    assert [(one.op, one.number, one.text) for one in reading.operations] == [
        ("note", 21, "5 of 8 are done"),
        ("note", 21, "The remainder waits for the printer"),
    ]


@pytest.mark.parametrize("words", WHICH)
def test_it_is_asked_which_tasks_are_done_where_they_are_only_counted(words: str) -> None:
    reading = read_reply(words, desk())

    assert reading.operations == ()
    assert reading.ask is not None
