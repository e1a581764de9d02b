"""Turns of ordinary wording, each with several phrasings: headings, what is moot, takers, hearsay, Spanish nouns."""

from __future__ import annotations

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import digest, read
from tests.decide.tasks_made import task

TITLES = {
    2: ("Push the CT images to Mercy PACS", "Mr. Stroud"),
    3: ("Vietnamese discharge sheet", "Mr. Pham"),
    4: ("Complaint about the late interpreter", None),
    5: ("Find shelter placement", "Ty Rowan"),
    6: ("Submit prior auth to Meridian", "Osgood"),
    7: ("Wig voucher from Halo Fund", "Wanda Teague"),
    8: ("Arrange wheelchair van with Metro Lift", "Ida Bergstrom"),
    9: ("Book ride home after sedation", "Doris Plum"),
    11: ("Clean up the fax queue", None),
    12: ("Medical clearance before extraction", "Vera Stone"),
    13: ("Return the loaner set to Orthovista", None),
}


def ward() -> ReplyContext:
    made = tuple(task(number, title=title, patient=patient) for number, (title, patient) in TITLES.items())
    return digest(tuple(TITLES), tasks=made)


DOES = [
    ("fax queue: snooze til friday", ["snooze 11 2026-03-13"]),
    ("Fax queue - remind me friday", ["snooze 11 2026-03-13"]),
    ("Wig voucher: Priya has it", ["assign 7 priya"]),
    ("Clearance for Vera: done", ["done 12"]),
    ("loaner set, move it to friday", ["due 13 2026-03-13"]),
    ("Osgood backed out of surgery, so nothing to submit", ["drop 6"]),
    ("Osgood changed surgeons, there's nothing left to submit", ["drop 6"]),
    ("Rowan left overnight so there's no placement to find anymore", ["drop 5"]),
    ("Rowan went to his sister's, so no shelter to find any more", ["drop 5"]),
    ("Mr. Pham passed away Sunday. Please take him off.", ["drop 3"]),
    ("Priya agreed to own the wig voucher", ["assign 7 priya"]),
    ("Priya will run with the wig voucher from here on", ["assign 7 priya"]),
    ("Priya is now looking for the shelter placement", ["assign 5 priya"]),
    ("la queja que la vea Priya", ["assign 4 priya"]),
    ("el vale de la peluca se lo paso a Priya", ["assign 7 priya"]),
    ("la hoja de alta de Mr. Pham ya se entregó", ["done 3"]),
    ("2: Pushed at 8:05", ["done 2"]),
    ("the loaner set was picked up (13)", ["done 13"]),
    ("my list: 7 done", ["done 7"]),
    ("13) shipped back yesterday", ["done 13"]),
    ("12: her doctor approved it", ["done 12"]),
    ("6: resubmitted, approved thru Dec", ["done 6"]),
    ("wig voucher - give me until friday", ["due 7 2026-03-13"]),
    ("dictated: 7 done period 13 done period", ["done 13", "done 7"]),
    ("all set on everything for Osgood", ["done 6"]),
    ("done with everything for Mr. Pham", ["done 3"]),
    ("12 comfirmed and aproved", ["done 12"]),
]
CLOSES_NOTHING = [
    "done with everything for today",
    "finished everything about the audit",
    "the ride is done",
    "ride sorted",
    "Metro dropped the voucher",
    "the courier dropped the loaner set",
    "Osgood is approved, nothing to submit until friday",
    "nothing to submit yet for Osgood",
    "no placement to find today",
    "I'm fairly sure Vera's clearance was approved, don't quote me",
    "Priya says Orthovista got the loaner set, haven't checked",
    "creo que la hoja de alta de Pham ya se entregó",
    "6: resubmitted with labs",
    "6: called, then resubmitted, nothing approved",
    "12: pharmacy has it ready at noon",
    "13: I saw it, they leave in 5",
    "13: she told me it was returned, no idea if it was",
    "fax queue: not done",
    "Wig voucher: is it done?",
    "Clearance: will be done friday",
    "Wig voucher - almost done",
]
ASKS = [
    "the ride is done",
    "I'm fairly sure Vera's clearance was approved, don't quote me",
    "Vera's clearance might have been approved, not sure",
    "pass the wig voucher along to Geoff",
    "give the wig voucher to Ottoline",
    "have Priyo call about the wig voucher",
    "could somebody besides me do 7?",
    "7 done. Wait no, they hung up. Or was 7 the other one?",
]


@pytest.mark.parametrize(("words", "expected"), DOES, ids=[words for words, _ in DOES])
def test_ordinary_turns_are_read_as_the_plain_command(words: str, expected: list[str]) -> None:
    changes = [one for one in read(words, ward()) if not one.startswith("note")]
    assert sorted(changes) == [one.replace("priya", "priya@clinic.example") for one in expected]


@pytest.mark.parametrize("words", CLOSES_NOTHING)
def test_what_is_told_in_doubt_or_of_something_else_closes_nothing(words: str) -> None:
    assert not [one for one in read_reply(words, ward()).operations if one.op in {"done", "drop"}]


@pytest.mark.parametrize("words", ASKS)
def test_what_can_be_read_in_two_ways_is_asked_about(words: str) -> None:
    reading = read_reply(words, ward())
    assert reading.ask is not None
    assert not [one for one in reading.operations if one.op in {"done", "drop", "assign"}]
