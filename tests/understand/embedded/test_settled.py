"""A request in an older mail and the newest words of its thread -> whether it still stands open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.records import Message
from assistant.understand.embedded import EmbeddedEngine
from tests.understand.embedded.conftest import EARLIER, OMAR, RUTH, mail, part, tasks

ECHO = "Could you get Mr. Dow's echo report from his cardiologist by Thursday?"
AUTH = "Please submit the auth for Nora Quill's infusion to Granite by Friday."
RIDE = "Can you book a ride for Mrs. Abel to her Monday visit?"
LETTER = "Would you get Dr. Koh's signature on the appeal letter and send it to me?"
INTERPRETER = "Please book a Somali interpreter for Thursday's consult."
LABS = "Please have her CBC redrawn before Monday."
PREP = "Could you call Mrs. Reyes about the prep instructions tomorrow?"
SUMMARY = "Please fax the discharge summary to Dr. Ames at 555-0133."
SLOT = "Could you move her to the ten o'clock slot on Wednesday?"
TWO = "Please send the H&P to Ridge Surgical. Also can you find out if her CPAP was delivered?"

CLOSED = [
    (ECHO, "Turns out the echo was scanned in last week, so nothing to chase."),
    (ECHO, "It came! Thank you."),
    (ECHO, "We have the echo now."),
    (ECHO, "You can stop chasing that echo."),
    (ECHO, "Cardiology beat you to it, report is in."),
    (ECHO, "Mr. Dow passed away last night."),
    (ECHO, "All good on Dow."),
    (ECHO, "nvm found it"),
    (ECHO, "Ya llegó el eco, gracias."),
    (AUTH, "Pull the plug on the Granite auth, she changed plans."),
    (AUTH, "Approved! Granite called with the number."),
    (AUTH, "Ours cancelled it, the infusion isn't happening."),
    (AUTH, "Granite says no auth is required for her plan."),
    (RIDE, "Her son will drive her, so she won't be needing the ride."),
    (RIDE, "She's all set."),
    (RIDE, "Disregard my note below."),
    (RIDE, "No need for the van any more, visit is by video."),
    (RIDE, "Ya no hace falta el transporte, la lleva su hijo."),
    (LETTER, "He signed this morning, so you can cross that off."),
    (LETTER, "Caught Koh in the hall and got the signature myself."),
    (INTERPRETER, "Consult is off."),
    (INTERPRETER, "Family brings a cousin who interprets, so drop the interpreter."),
    (LABS, "Hold the presses, the lab found her tube."),
    (LABS, "Already got it from the PCP."),
    (PREP, "Talked to her this morning, she has everything."),
    (SUMMARY, "Went over this morning, confirmation page attached."),
    (SUMMARY, "Done."),
    (SLOT, "Leave her where she is."),
    (SLOT, "Front desk moved her already."),
    (TWO, "CPAP got there Tuesday and Ridge has the H&P, thank you!"),
    (TWO, "Both done, thanks for the quick work."),
]
OPEN = [
    (ECHO, "We got the stress test, but the echo has not come."),
    (ECHO, "His EKG came through, now just the echo."),
    (ECHO, "Thanks so much!"),
    (AUTH, "The chart notes are in her folder now."),
    (AUTH, "Granite says they never received it."),
    (AUTH, "Infusion is booked for the 24th."),
    (RIDE, "She uses a walker, forgot to say."),
    (LETTER, "The letter is on his desk now."),
    (INTERPRETER, "He confirmed he's coming."),
    (LABS, "Her potassium came back fine, it's only the CBC that was clotted."),
    (SUMMARY, "Their fax was down, it's back up now."),
    (SUMMARY, "I called Dr. Ames' office, they are waiting for it."),
    (TWO, "Ridge has the H&P now, thanks."),
]


@pytest.mark.parametrize("answer", [None, "Will do."])
@pytest.mark.parametrize(("asked", "newest"), CLOSED)
def test_what_later_words_settle_is_no_task(engine: EmbeddedEngine, asked: str, newest: str, answer: str | None):
    assert tasks(engine, thread(newest, answer, asked)) == []


@pytest.mark.parametrize("answer", [None, "Will do."])
@pytest.mark.parametrize(("asked", "newest"), OPEN)
def test_what_later_words_only_touch_stays_a_task(engine: EmbeddedEngine, asked: str, newest: str, answer: str | None):
    assert tasks(engine, thread(newest, answer, asked)) != []


def test_a_word_about_one_day_closes_the_askedof_that_day(engine: EmbeddedEngine):
    asked = "Please book a van for Mrs. Abel on Thursday. Please book a sitter for her on Friday."

    found = tasks(engine, thread("Scratch the Thursday one.", None, asked))

    assert [one.quote for one in found] == ["Please book a sitter for her on Friday."]


def test_a_word_about_another_patient_closes_nothing(engine: EmbeddedEngine):
    found = tasks(engine, thread("Mrs. Reyes' echo report came in this morning.", None, ECHO))

    assert [one.quote for one in found] == [ECHO]


def thread(newest: str, answer: str | None, asked: str) -> Message:
    """Return a mail with the request quoted below it, and the coordinator's answer between them if there is one."""
    between = [part(answer, "quoted", RUTH, 1, EARLIER + timedelta(hours=2))] if answer else []
    return mail(newest, *between, part(asked, "quoted", OMAR, len(between) + 1, EARLIER))
