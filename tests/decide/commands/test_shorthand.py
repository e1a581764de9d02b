"""Replies in figures, signs and short forms: lists, emoji, thumbed words, formal ones; and twins changing nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import DANA, SHOWN, TEAM, digest, read
from tests.decide.tasks_made import task

PRIYA, RUTH, LUCAS = "priya@clinic.example", "ruth@clinic.example", "lucas@clinic.example"
WARD: dict[int, tuple[str, str | None]] = {
    2: ("Get potassium before the infusion", "Ida Fox"),
    3: ("Find monitored bed", "Mr. Boone"),
    4: ("Move patient to isolation", "Mrs. Okoro"),
    6: ("Confirm discharge with Dr. Lund", "Mr. Munn"),
    7: ("Get EVS to turn over room 7", None),
    8: ("Send images to Dr. Osei", "Frank Dietz"),
    11: ("Arrange sitter for tonight", "Mrs. Okoro"),
    15: ("Call Aetna about the MRI authorization", "Paul Denning"),
}
CHANGES = {"done", "drop", "assign", "snooze", "due", "priority", "reopen"}


def ward() -> ReplyContext:
    """Return the surroundings of a reply by somebody on a ward; one of her colleagues is called Lucas."""
    lucas = replace(DANA, email=LUCAS, name="Lucas James", aliases=frozenset(), backup=None)
    tasks = tuple(task(number, title=title, patient=patient) for number, (title, patient) in WARD.items())
    return replace(digest(tuple(WARD)), tasks=tasks, people=(*TEAM, lucas))


def changed(words: str, asked: ReplyContext | None = None) -> list[str]:
    """Return what a reply changes: neither its notes, its questions nor what it says was seen."""
    return [one for one in read(words, asked) if one.split()[0] in CHANGES]


THUMBED = {
    "gv 4 n 7 to priya pls, gone till 3": [f"assign 4 {PRIYA}", f"assign 7 {PRIYA}"],
    "asgn 4 to priya": [f"assign 4 {PRIYA}"],
    "gv 4 to priya n 7 to ruth": [f"assign 4 {PRIYA}", f"assign 7 {RUTH}"],
    "mv 7 n 9 to fri": ["due 7 2026-03-13", "due 9 2026-03-13"],
    "7 rec'd": ["done 7"],
    "5 cx'd": ["drop 5"],
    "7 dome, 9 donw": ["done 7", "done 9"],
    "7 dun 9 dome": ["done 7", "done 9"],
    "ck w/ me thurs on 7": ["snooze 7 2026-03-12"],
    "2 out": ["done 2"],
    "7 urgente xq se le vence": ["priority 7 high"],
    "7 urgent because it expires": ["priority 7 high"],
    "5 cxl": ["drop 5"],
    "cxl 5": ["drop 5"],
    "7 hi pri": ["priority 7 high"],
    "7 compl, 4 pend": ["done 7"],
    "7 done 4 not": ["done 7"],
    "2 sent 7 not sent": ["done 2"],
    "2-done 7-done": ["done 2", "done 7"],
    "[7] done": ["done 7"],
    "7 .. fri": ["due 7 2026-03-13"],
    "4=done; 7=Priya; 9=fri": ["done 4", f"assign 7 {PRIYA}", "due 9 2026-03-13"],
}
SIGNED = {
    "7 ➡️ Priya": [f"assign 7 {PRIYA}"],
    "7 ⏰ Friday": ["snooze 7 2026-03-13"],
    "7 📅 Friday": ["due 7 2026-03-13"],
    "7 🚨": ["priority 7 high"],
    "4 ✅ 7 ❌ no report yet 9 ➡️ Priya": ["done 4", f"assign 9 {PRIYA}"],
    "✅ 4, ❌ 7": ["done 4"],
    "✅ 4 ❌ 7 no report": ["done 4"],
    "4, 5 ✅, 7 ❌": ["done 4", "done 5"],
    "👉 4 done": ["done 4"],
    "4 👍 7 👍 9 in a bit": ["done 4", "done 7"],
    "4 ✅ but 7 ❌": ["done 4"],
    "4 [x]\n7 [ ]\n9 [x]": ["done 4", "done 9"],
    "☑ 4 ☐ 7 ☑ 9": ["done 4", "done 9"],
    "7 ⏸ Friday": ["snooze 7 2026-03-13"],
    "4 ✅ 7 pages": ["done 4"],
    "7 → Priya → Friday": [f"assign 7 {PRIYA}", "due 7 2026-03-13"],
    "4👍🏽 7👎": ["done 4"],
    "#4 ✅ #7 ⏳": ["done 4"],
    "7 ⏳ till Friday": ["snooze 7 2026-03-13"],
    "4 (done), 7 (Priya), 9 (Friday), 12 (urgent)": [
        "done 4",
        f"assign 7 {PRIYA}",
        "due 9 2026-03-13",
        "priority 12 high",
    ],
}
COUNTED = {
    "(a) Item 4 has been completed\n(b) Items 7 and 9 may be reassigned to Ms. Raman": [
        "done 4",
        f"assign 7 {PRIYA}",
        f"assign 9 {PRIYA}",
    ],
    "a) 4 is done\nb) 7 is not": ["done 4"],
    "1) 4 done\n2) 7 finished": ["done 4", "done 7"],
    "1. done with 9\n2. 7 is for Priya\n3. remind me about 12 friday": [
        "done 9",
        f"assign 7 {PRIYA}",
        "snooze 12 2026-03-13",
    ],
    "1) 12 done": ["done 12"],
    "4. done 7. not yet": ["done 4"],
    "4. done 7. done": ["done 4", "done 7"],
    "4) done 7) not yet 9) Priya": ["done 4", f"assign 9 {PRIYA}"],
    "1. Holter report: received\n2. 9 to Priya": ["done 7", f"assign 9 {PRIYA}"],
}
FORMAL = {
    "Item 7 should be deferred until Friday.": ["snooze 7 2026-03-13"],
    "Items 7 and 9 may be held until Friday.": ["snooze 7 2026-03-13", "snooze 9 2026-03-13"],
    "Item 7 is to be transferred to Ms. Raman.": [f"assign 7 {PRIYA}"],
    "Item 7 to be actioned by Priya Raman.": [f"assign 7 {PRIYA}"],
    "I should be obliged if you would reassign item 7 to Ms. Raman.": [f"assign 7 {PRIYA}"],
    "We would be grateful if item 7 could be moved to Friday.": ["due 7 2026-03-13"],
    "Item 7: please defer to Friday.": ["due 7 2026-03-13"],
    "Please note that item 7 is now due on Friday.": ["due 7 2026-03-13"],
    "Please be informed that task 7 has been concluded.": ["done 7"],
    "As regards item 7, this has been attended to.": ["done 7"],
    "I hereby confirm completion of item 7.": ["done 7"],
    "Item 7 is hereby closed.": ["done 7"],
    "Item 7 can be struck from the list.": ["drop 7"],
    "Item 7 has been withdrawn.": ["drop 7"],
    "la 7 p/ Priya, la 9 se la paso a Ruth": [f"assign 7 {PRIYA}", f"assign 9 {RUTH}"],
    "7 due date is wrong, should be Friday": ["due 7 2026-03-13"],
    "the deadline on 7 is off, it's Friday": ["due 7 2026-03-13"],
    "wrong date on 7, should be Friday": ["due 7 2026-03-13"],
    "7: report will take 3 weeks. ask me again Friday": ["snooze 7 2026-03-13"],
    "4 done, the Holter report - Priya has it": ["done 4", f"assign 7 {PRIYA}"],
}


@pytest.mark.parametrize(
    ("words", "said"), [*THUMBED.items(), *SIGNED.items(), *COUNTED.items(), *FORMAL.items()], ids=str
)
def test_short_forms_signs_and_counts_mean_what_they_stand_for(words: str, said: list[str]):
    assert changed(words) == said


@pytest.mark.parametrize(
    "words",
    [
        "dont gv 4 to priya",
        "should i gv 4 to priya",
        "can we gv 4 a call",
        "7 not rec'd",
        "5 not cx'd",
        "7 dome?",
        "7 not dome",
        "7 dose changed",
        "7 gone",
        "9 the RN signed it",
        "9 still talking to the rn",
        "7 doing it rn",
        "bed B4 7",
        "K 3.2, 7 waiting",
        "7 urgent? because he called",
        "7 ❌",
        "❌ 7",
        "7 ❌ sent it to the wrong fax",
        "7 ➡️ she will call back",
        "7 ⏰",
        "7 🚨 lab lost it",
        "7 ⏳ waiting on the md",
        "7 ⏰ when she calls",
        "7 💯",
        "7 ☐",
        "☐ 7",
        "7 ✅?",
        "7 ✅ I think",
        "7 ✅ except the cover page",
        "7 not ✅ yet",
        "7 (Priya?)",
        "7 (Priya or Ruth)",
        "7 (not Priya)",
        "7 ➡️ Priya or Ruth",
        "7 x",
        "7 - n",
        "7-lead monitor",
        "7 not cxl",
        "7 done 4 of them left, no",
        "7 ❓",
        "7 (?)",
        "7 (no)",
        "7 (Castillo)",
        "called 7 (Priya) yesterday",
        "1) done\n2) not yet\n3) Priya",
        "1) called twice\n2) no answer\n3) fax is down",
        "Item 7 might be reassigned to Ms. Raman.",
        "Item 7 may be reassigned.",
        "May item 7 be reassigned to Ms. Raman?",
        "Item 7 should not be reassigned to Ms. Raman.",
        "Item 7 should not be deferred until Friday.",
        "Item 7 should be deferred until further notice.",
        "7 should be given to the patient",
        "7 should be removed from the fridge",
        "remove 7 from the cart",
        "7 must be taken to the lab",
        "Please note that item 7 is not complete.",
        "Please note that item 7 will be concluded by Friday.",
        "Has item 7 been attended to?",
        "Item 7 has not been attended to.",
        "Item 7 has almost been concluded.",
        "Item 7 is being attended to.",
        "I cannot confirm completion of item 7.",
        "Please confirm completion of item 7.",
        "Item 7 should not be removed.",
        "Item 7: the consent was withdrawn.",
        "Item 7 to be actioned by the vendor.",
        "Item 7 is not to be handled by Priya.",
        "We would be grateful if you could explain item 7.",
        "7 date of birth is wrong, should be Friday's",
        "7 due date is wrong",
        "is the due date on 7 wrong?",
        "7 due date was wrong, I fixed it",
    ],
)
def test_their_twins_change_nothing(words: str):
    assert changed(words) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("11 Lucas", [f"assign 11 {LUCAS}"]),
        ("3 is found, 6 Lucas", ["done 3", f"assign 6 {LUCAS}"]),
        ("7 is clean", ["done 7"]),
        ("6 discharged per Lund 0615, images - Priya has them", ["done 6", f"assign 8 {PRIYA}"]),
        ("8 sent. 3 to 233A. 4 to 611.", ["done 8", "done 3", "done 4"]),
        ("3 done in 233A. 4 not yet", ["done 3"]),
        ("8 went by courier at 3", ["done 8"]),
        ("8 went via secure message", ["done 8"]),
        ("2 - pot 4.1 ok done", ["done 2"]),
        ("2 done, rate is 1.5 not 1", ["done 2"]),
        ("rate is 1.5 not 1, 8 done", ["done 8"]),
        ("8 done - extension is 633, not 663", ["done 8"]),
        ("4 moved to 1330, 8 done", ["done 4", "done 8"]),
        ("8 sent, sitter - no answer yet", ["done 8"]),
    ],
)
def test_rooms_values_and_times_are_no_tasks(words: str, said: list[str]):
    assert changed(words, ward()) == said


@pytest.mark.parametrize(
    "words",
    [
        "3 Lucas?",
        "8 patients called",
        "8 went by his house",
        "8 went by yesterday, nobody home",
        "8 went by mail but came back",
        "8 went by courier to the wrong office",
        "8 will go by courier",
        "15 went by fax",
        "15 - MRI 9.1 ok done",
        "2 - page 2.5 done",
        "2 - k 4.1 pending",
        "4 to 611?",
        "4 not to 611",
        "4 to 611 tomorrow",
        "15 to 611",
        "6 discharged?",
        "6 not discharged",
        "6 to be discharged at noon",
        "7 is not clean",
        "7 is almost clean",
        "2 not done, rate is 1.5 not 1",
    ],
)
def test_their_twins_close_nothing(words: str):
    assert changed(words, ward()) == []


def test_a_count_within_a_line_is_no_task():
    said = "My update: 1) Item 8 - completed. 2) Item 11 - to be reassigned to Ms. Raman. 3) Item 15 - outstanding."
    few = replace(ward(), tasks=tuple(one for one in ward().tasks if one.number > len("1) 2")))

    assert changed(said, few) == ["done 8", f"assign 11 {PRIYA}"]


@pytest.mark.parametrize("words", ["7 💯", "7 🤷", "7 x", "7 - n", "7 y"])
def test_a_sign_nobody_can_tell_is_asked_about(words: str):
    assert read_reply(words, digest()).ask is not None


def test_a_time_between_two_tasks_does_not_make_one_list_of_them():
    reading = read_reply("6 seen 0615, #11: Priya has it", ward())

    assert [one.number for one in reading.operations if one.op == "assign"] == [11]


def test_all_the_numbers_of_these_tests_are_on_the_list():
    assert {4, 5, 7, 9, 12} <= {*SHOWN}
