"""Words that a mail's form sets aside: what they ask for is shown in doubt, and what everybody writes is no request."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.records import SET_ASIDE, Address, Finding, Message, Part
from assistant.understand.embedded import EmbeddedEngine
from tests.understand.embedded.conftest import CONTEXT, LENA, OMAR, RUTH, mail, part

REQUEST = "Please fax the signed order for Mrs. Dow to us by Thursday."
OWN = "Good morning,\n\nThe visit went well."


def asked(engine: EmbeddedEngine, message: Message) -> list[Finding]:
    return [one for one in engine.read(message, CONTEXT).findings if one.kind == "task"]


def first_mail(*parts: Part | str) -> Message:
    """Return a mail that answers nothing."""
    return replace(mail(*parts), in_reply_to=None)


@pytest.mark.parametrize(
    "text",
    [
        REQUEST,
        f"-- \n{REQUEST}",
        f"__________________\nOmar\n{REQUEST}",
        f"CONFIDENTIALITY NOTICE: {REQUEST}",
        f"Sent from my iPhone {REQUEST}",
        "-- \nHi Ruth,\nplease call the plan.",
        "-- \nCan you return the attached form?",
        "-- \nI will send you the films for Mrs. Dow by Thursday.",
    ],
)
def test_a_request_below_a_signature_mark_is_shown_in_doubt(engine: EmbeddedEngine, text: str):
    found = asked(engine, mail(OWN, part(text, kind="signature")))

    assert len(found) == 1
    assert not found[0].certain
    assert found[0].rule.startswith(SET_ASIDE)


@pytest.mark.parametrize(
    "text",
    [
        "-- \nOmar Said, PA-C\nPlease call 555-0100 to schedule.",
        "-- \nFax referrals to 555-0123.\nPlease use our portal for messages.",
        "-- \nPlease consider the environment before printing this e-mail.",
        "If you received this in error, notify the sender and delete it.",
        "Si usted lo recibió por error, bórrelo de inmediato y avise al remitente.",
        "CONFIDENTIALITY NOTICE: please delete this message and tell the sender.",
        "-- \nAsk me about our new infusion suite!\nWe reply within two business days.",
        "-- \nPlease copy my assistant on all scheduling requests.",
        "-- \nFor refills please call your pharmacy first.",
        "Sent from my iPhone",
    ],
)
def test_what_stands_under_every_mail_asks_for_nothing(engine: EmbeddedEngine, text: str):
    assert asked(engine, mail(OWN, part(text, kind="signature"))) == []


@pytest.mark.parametrize("author", [None, LENA, OMAR, RUTH])
def test_a_mail_that_answers_nothing_has_nothing_to_quote(engine: EmbeddedEngine, author: Address | None):
    quoted = part(REQUEST, kind="quoted", sender=author, depth=1)
    found = asked(engine, first_mail(OWN, quoted))

    assert [one.quote for one in found] == [REQUEST]


@pytest.mark.parametrize("subject", ["hello", "Re: hello"])
def test_what_an_answer_quotes_was_read_when_it_came(engine: EmbeddedEngine, subject: str):
    quoted = part(REQUEST, kind="quoted", sender=LENA, depth=1)
    answer = mail("Will do, thanks.", quoted, subject=subject)
    by_subject = replace(answer, in_reply_to=None, subject="Re: hello")

    assert asked(engine, answer) == []
    assert asked(engine, by_subject) == []


def test_words_that_are_called_the_coordinators_and_speak_to_them_are_read(engine: EmbeddedEngine):
    quoted = part(f"Hi Ruth,\n\n{REQUEST}", kind="quoted", sender=RUTH, depth=1)

    assert [one.quote for one in asked(engine, mail(OWN, quoted))] == [REQUEST]


@pytest.mark.parametrize(
    "head",
    [
        f"From: Lena Fry\nSent: Monday, March 9, 2026\nTo: Ruth\nSubject: {REQUEST}",
        f"On 3/9/2026 Lena:\n{REQUEST}\nOmar wrote:",
    ],
)
def test_a_request_among_the_lines_that_head_an_older_mail_is_read(engine: EmbeddedEngine, head: str):
    message = first_mail(OWN, part("Thanks.", kind="quoted", sender=LENA, depth=1))

    assert [
        one.quote for one in asked(engine, replace(message, heads=(head,), text=f"{OWN}\n\n{head}\n\nThanks."))
    ] == [REQUEST]


def test_a_heads_subject_that_is_the_mails_own_asks_for_nothing(engine: EmbeddedEngine):
    head = f"From: Lena Fry <lena@clearwater.example>\nSent: Monday, March 9, 2026\nSubject: {REQUEST}"
    message = mail(OWN, part("Thanks.", kind="forwarded", sender=LENA, depth=1), subject=f"Fwd: {REQUEST}")

    assert asked(engine, replace(message, heads=(head,), text=f"{OWN}\n\n{head}\n\nThanks.")) == []


def test_a_request_that_counts_anyway_is_not_shown_twice(engine: EmbeddedEngine):
    found = asked(engine, first_mail(REQUEST, part(f"-- \n{REQUEST}", kind="signature")))

    assert [one.certain for one in found] == [True]


def test_a_signature_within_a_forwarded_mail_is_read_as_that_mails_words(engine: EmbeddedEngine):
    forwarded = part("Good morning, the films are in.", kind="forwarded", sender=LENA, depth=1)
    signature = part(f"-- \n{REQUEST}", kind="signature", sender=LENA, depth=1)
    found = asked(engine, first_mail("Please see below.", forwarded, signature))

    assert [one.quote for one in found if REQUEST in one.quote] == [REQUEST]
    assert [one.said_by for one in found if REQUEST in one.quote] == [LENA.email]


def test_what_people_see_as_the_senders_own_is_read_whatever_the_plain_form_says(engine: EmbeddedEngine):
    answer = mail("Thanks!", part(REQUEST, kind="quoted", sender=LENA, depth=1))

    assert [one.quote for one in asked(engine, replace(answer, own_to_readers=(REQUEST,)))] == [REQUEST]
