"""Answers in ordinary words, with no number: what they close, hand on, put off or call off; and what they do not."""

from __future__ import annotations

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from assistant.records import Task
from tests.decide.commands.replies_made import PRIYA, RUTH, digest, read
from tests.decide.tasks_made import DANA, task

TITLES: dict[int, tuple[str, str | None, str | None]] = {
    31: ("Wheelchair van to dialysis", "Omar Reese", DANA.email),
    32: ("Find a night sitter", "Edith Crane", DANA.email),
    33: ("MRI authorization", "Paul Denning", DANA.email),
    34: ("Book echo", "Lucia Prado", PRIYA.email),
    35: ("Signed consent for knee surgery", "Paul Denning", DANA.email),
    36: ("Release of information to Dr. Wu", "Tess Arno", RUTH.email),
    37: ("Deliver shower bench", "Walt Hines", DANA.email),
    38: ("Ramp quote", "Walt Hines", DANA.email),
    39: ("Audiology referral", "Sonia Vale", PRIYA.email),
    40: ("GI referral", "Oscar Bright", DANA.email),
    41: ("Call daughter about pick-up time", "Edith Crane", DANA.email),
    42: ("Films on CD from Tulsa", "Omar Reese", DANA.email),
    43: ("Heart monitor return", "Tess Arno", DANA.email),
    44: ("Nutrition visit", "Lucia Prado", DANA.email),
    45: ("Pick up oxygen and bed", "Estate of B. Lowe", DANA.email),
    46: ("Reschedule the wound check", "Ida Moss", DANA.email),
    47: ("Vaccine record to school", "Nico Tran", RUTH.email),
    48: ("Flu shot supplies", None, DANA.email),
}


def office() -> ReplyContext:
    made: tuple[Task, ...] = tuple(
        task(number, title=title, patient=patient, owner=owner) for number, (title, patient, owner) in TITLES.items()
    )
    return digest(tuple(TITLES), tasks=made)


DONE = [
    ("the van for Omar is booked", [31]),
    ("van's booked for Reese", [31]),
    ("Omar's ride is all set, van confirmed", [31]),
    ("sitter found", [32]),
    ("found a sitter for Edith", [32]),
    ("we got a night sitter lined up", [32]),
    ("MRI auth came back approved", [33]),
    ("Denning's auth was approved this morning", [33]),
    ("auth for Mr. Denning got approved, ref in the chart", [33]),
    ("Paul's MRI authorization is approved!!", [33]),
    ("echo is scheduled for Lucia", [34]),
    ("got the echo booked, thursday at 10", [34]),
    ("echo booked and consent signed", [34, 35]),
    ("Paul signed the consent", [35]),
    ("the consent's signed and scanned in", [35]),
    ("consent for Denning came back signed", [35]),
    ("release went out to Dr. Wu this morning", [36]),
    ("the Arno release is faxed", [36]),
    ("I faxed Tess's release over", [36]),
    ("Shower bench was delivered", [37]),
    ("bench dropped off at Walt's", [37]),
    ("ramp quote came in, it's 3,100", [38]),
    ("the ramp quote arrived", [38]),
    ("GI referral went through", [40]),
    ("the audiology one went out", [39]),
    ("audiology referral has been sent", [39]),
    ("spoke with Edith's daughter", [41]),
    ("talked to the daughter, she knows the pick-up time", [41]),
    ("films from Tulsa are here", [42]),
    ("the CD from Tulsa arrived", [42]),
    ("heart monitor was picked up by UPS", [43]),
    ("monitor has been returned", [43]),
    ("nutrition visit is on the books", [44]),
    ("bed and oxygen got picked up last night", [45]),
    ("wound check was moved to the 22nd", [46]),
    ("Ida's wound check has been rescheduled", [46]),
    ("school has the vaccine record", [47]),
    ("flu shot supplies came", [48]),
    ("flu shot supplies are here, put away too", [48]),
    ("la camioneta no, pero el consentimiento ya esta firmado", []),
    ("el CD de Tulsa ya llego", [42]),
    ("ya mande la release de Tess", [36]),
    ("ya llegaron los films de Tulsa", [42]),
    ("both of Walt's are done", [37, 38]),
    ("the GI one and the audiology one are both out the door", [39, 40]),
    ("sitter found. ramp quote came. bench delivered", [32, 37, 38]),
]
NOT_DONE = [
    "release sent to the clinic for signature",
    "consent faxed to the doctor",
    "Tess rescheduled her monitor",
    "quote drafted",
    "bench ordered",
    "supplies on backorder",
    "auth sent, waiting on insurance",
    "sitter called out",
    "daughter's number is disconnected",
    "vaccine record requested",
    "called about the van twice",
    "left a vm for the daughter",
    "asked for the ramp quote again",
    "sent a second request for the films",
    "the auth was denied",
    "MRI auth is still pending",
    "auth submitted",
    "waiting on the consent",
    "consent is at the front desk to be signed",
    "the bench ships friday",
    "bench is on order, should land tomorrow",
    "the van is booked?",
    "is the echo booked",
    "did the films arrive?",
    "I'll fax the release tomorrow",
    "release will go out this afternoon",
    "the referral went through",
    "Paul is all set",
    "Walt's papers",
    "sitter fell through",
    "found a sitter but she cancelled",
    "echo got bumped",
    "Smith's consent is signed",
    "consent for Mrs. Gomez is signed",
    "insurance card was sent for the MRI",
    "oh great, the auth is 'approved' again, sure",
    "once the consent is signed I'll book it",
    "hoping the quote came",
    "they said the monitor was returned",
    "monitor return label was sent to Tess",
    "the daughter was told to call us",
    "spoke with Edith's sister",
    "echo was booked for the wrong day",
    "release faxed to the wrong number",
    "consent signed by the wrong person",
    "CD arrived broken",
    "films came but they're blank",
    "half of the supplies arrived",
    "supplies are almost here",
    "no films yet",
    "nobody has signed the consent",
    "el CD no ha llegado",
    "la van sigue pendiente",
    "manana mando la release",
    "ya llego el CD?",
    "quote requested",
    "ordered the wrong bench",
    "would be nice if the quote came",
    "if the ramp quote came in let me know",
    "Priya says the echo is booked",
]
OTHER = [
    ("Priya has the van thing now", ["assign 31 priya@clinic.example"]),
    ("Priya now has the MRI authorization", ["assign 33 priya@clinic.example"]),
    ("give the sitter to Ruth", ["assign 32"]),
    ("Ruth is taking the ramp quote", ["assign 38"]),
    ("tell Ruth she has the bench now", ["assign 37"]),
    ("let Ruth know she's doing the wound check", ["assign 46"]),
    ("que Ruth se encargue de lo de la van", ["assign 31"]),
    ("everything of Ruth's give to Priya", ["assign 36", "assign 47"]),
    ("assign everything that's Ruth's to Priya, she's on leave", ["assign 36", "assign 47"]),
    ("all of Ruth's go to Priya", ["assign 36", "assign 47"]),
    ("the GI referral goes to Ruth", ["assign 40"]),
    ("put the audiology referral on me", ["assign 39"]),
    ("can Ruth do the ramp quote?", ["assign 38"]),
    ("ramp quote can wait til friday", ["snooze 38 2026-03-13"]),
    ("the wound check can wait until monday", ["snooze 46 2026-03-16"]),
    ("films: remind me friday", ["snooze 42 2026-03-13"]),
    ("ramp quote, let's look again friday", ["snooze 38 2026-03-13"]),
    ("the nutrition visit isn't needed anymore", ["drop 44"]),
    ("Tess passed away, please close out her things", ["drop 36", "drop 43"]),
    ("Walt was discharged so forget both of his", ["drop 37", "drop 38"]),
    ("Paul left AMA so cancel his MRI auth and the consent", ["drop 33", "drop 35"]),
    ("Lucia moved to Ohio, drop both of hers", ["drop 34", "drop 44"]),
]


@pytest.mark.parametrize(("words", "numbers"), DONE)
def test_a_result_told_in_ordinary_words_closes_its_task(words: str, numbers: list[int]) -> None:
    assert sorted(one for one in read(words, office()) if one.startswith("done")) == [f"done {n}" for n in numbers]


@pytest.mark.parametrize("words", NOT_DONE)
def test_words_that_tell_no_result_of_one_clear_task_close_nothing(words: str) -> None:
    assert [one for one in read(words, office()) if not one.startswith(("note", "acknowledge", "question"))] == []


@pytest.mark.parametrize(("words", "wanted"), OTHER)
def test_a_task_named_in_ordinary_words_is_handed_on_put_off_or_called_off(words: str, wanted: list[str]) -> None:
    found = sorted(one for one in read(words, office()) if not one.startswith("note"))
    assert len(found) == len(wanted)
    assert all(one.startswith(start) for one, start in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    "words",
    [
        "the referral went through",
        "Walt's papers",
        "Paul is all set",
        "Hines - done",
        "Denning is taken care of",
        "finished Tess",
        "lo de Omar ya quedó",
        "took care of Lucia",
        "Edith closed",
    ],
)
def test_words_that_fit_two_tasks_ask_one_question_and_change_nothing(words: str) -> None:
    reading = read_reply(words, office())
    assert reading.ask is not None
    assert reading.operations == ()
