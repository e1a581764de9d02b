"""Answers that hold, and absences: what is noted of them, and what only sounds like them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from assistant.records import Finding, Message
from assistant.understand.embedded import EmbeddedEngine
from tests.understand.embedded.conftest import CONTEXT, RUTH, mail, part


def found(engine: EmbeddedEngine, message: Message, kind: str) -> list[Finding]:
    return [one for one in engine.read(message, CONTEXT).findings if one.kind == kind]


def answer(text: str) -> Message:
    """Return Omar's answer to a question of Ruth's."""
    return mail(text, part("Can you send the quote?", "quoted", RUTH, 1))


def due(finding: Finding) -> date | None:
    if finding.deadline is None:
        return None
    said = finding.deadline.due
    return said.date() if isinstance(said, datetime) else said


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("I'll check and get back to you tomorrow.", date(2026, 3, 11)),
        ("Let me look into this, and I will let you know by Wednesday.", date(2026, 3, 11)),
        ("Still working on it, give me until Friday.", date(2026, 3, 13)),
        ("Thanks, will get back to you early next week.", date(2026, 3, 16)),
        ("I need to check with the surgeon first, will update you Monday.", date(2026, 3, 16)),
        ("I'll have it to you Thursday.", date(2026, 3, 12)),
        ("We'll have an answer by 3/13.", date(2026, 3, 13)),
        ("Déjeme revisar y le aviso mañana.", date(2026, 3, 11)),
        ("We are looking into it.", None),
        ("On it.", None),
        ("I'll be in touch.", None),
    ],
)
def test_a_holding_answer_is_heard_with_the_day_that_it_promises(engine: EmbeddedEngine, text: str, until: date | None):
    (finding,) = found(engine, answer(text), "holding")

    assert (finding.quote, finding.said_by) == (text, "omar.said@clearwater.example")
    assert due(finding) == until


@pytest.mark.parametrize(
    "text",
    [
        "Can you check and get back to me tomorrow?",
        "I won't be able to check until Monday.",
        "I checked, all fine.",
        "Please check with Tom.",
        "You will need to follow up with billing.",
        "I will send the invoice Friday.",
        "Checking in on this.",
        "Let me know if you need anything.",
        "She will check on Monday.",
        "Dr. Rao will let you know.",
        "To check your benefits, visit the portal.",
        "The lab will get back to the family on Monday.",
    ],
)
def test_what_promises_no_answer_of_the_writers_holds_nothing(engine: EmbeddedEngine, text: str):
    assert found(engine, answer(text), "holding") == []


def test_the_promise_with_a_day_is_the_one_to_note(engine: EmbeddedEngine):
    (finding,) = found(engine, answer("Let me check. I'll get back to you on Friday."), "holding")

    assert due(finding) == date(2026, 3, 13)


def test_a_first_mail_answers_nothing(engine: EmbeddedEngine):
    assert found(engine, mail("I'll check and get back to you tomorrow."), "holding") == []


def test_the_coordinators_own_promise_is_not_what_we_wait_for(engine: EmbeddedEngine):
    ours = mail("I'll check and get back to you tomorrow.", part("Any news?", "quoted", depth=1), sender=RUTH)

    assert found(engine, ours, "holding") == []


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("I am out of the office until Monday, March 16. For urgent matters call the desk.", date(2026, 3, 16)),
        ("I will be out of the office from March 9 through March 13, returning March 16.", date(2026, 3, 16)),
        ("Out of office 3/9 - 3/13", date(2026, 3, 13)),
        ("I am out of the office from Monday, March 9th to Friday, March 13th.", date(2026, 3, 13)),
        ("I'm on vacation this week and will be back on Monday.", date(2026, 3, 16)),
        ("I am away with limited access to email. I will return on Tuesday 3/17.", date(2026, 3, 17)),
        ("I'm out today, back tomorrow.", date(2026, 3, 11)),
        ("I will be unavailable until April 2nd.", date(2026, 4, 2)),
        ("Estoy fuera de la oficina hasta el lunes 16 de marzo.", date(2026, 3, 16)),
    ],
)
@pytest.mark.parametrize("automatic", ["auto-reply", None])
def test_an_absence_is_heard_with_its_end(engine: EmbeddedEngine, text: str, until: date, automatic: str | None):
    message = mail(text, subject="Automatic reply: quote", automatic="auto-reply" if automatic else None)
    (finding,) = found(engine, message, "away")

    assert due(finding) == until
    assert finding.quote in text


@pytest.mark.parametrize(
    "text",
    [
        "I am out of the office.",
        "I am on leave starting March 12.",
        "I was out of the office until March 6.",
        "Thank you for your message. Ticket 1234 was created; expect an answer by March 13.",
        "The van is out for repair until Friday.",
        "The office is closed until Monday.",
    ],
)
def test_no_end_is_made_up(engine: EmbeddedEngine, text: str):
    assert found(engine, mail(text, automatic="auto-reply"), "away") == []


def test_an_automatic_reply_still_holds_no_task(engine: EmbeddedEngine):
    message = mail("I am out until Monday. Please call the front desk.", automatic="auto-reply")

    assert [one.kind for one in engine.read(message, CONTEXT).findings] == ["away"]
