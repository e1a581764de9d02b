"""What servers report of a mail: which one they mean, what became of it, and for whom."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.parse import parse
from assistant.parse.deliveries import delivery_report
from assistant.parse.mime import open_mail
from assistant.records import Delivery, DeliveryReport, SpooledMail

OURS = "digest.5f0a@clinic.example"
_REPORT = """From: MAILER-DAEMON@mx.example
To: assistant@clinic.example
Subject: {subject}
Message-ID: <report@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is what became of your mail.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
{fields}

--b
{returned}

--b--
"""
_WHOLE = f"Content-Type: message/rfc822\n\nFrom: a@clinic.example\nMessage-ID: <{OURS}>\nSubject: x\n\nWords."
_HEADERS = f"Content-Type: text/rfc822-headers\n\nFrom: a@clinic.example\nMessage-ID:\n <{OURS}>"
_NOTHING = "Content-Type: text/plain\n\nNothing is returned."
_FAILED = "Final-Recipient: rfc822; Dana@Clinic.example\nAction: failed\nStatus: 5.1.1"
_DANA = Delivery(recipient="dana@clinic.example", outcome="failed", status="5.1.1")


def read(text: str) -> DeliveryReport:
    content = text.replace("\n", "\r\n").encode()
    mail = SpooledMail(key="k", account="a", received_at=datetime(2026, 3, 9, tzinfo=UTC), content=content, attempts=0)
    report = parse(mail).delivery
    assert report is not None
    return report


def report(fields: str = "\n" + _FAILED, returned: str = _NOTHING, subject: str = "Undelivered Mail") -> str:
    return _REPORT.format(fields=fields, returned=returned, subject=subject)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(report(returned=_WHOLE), id="whole mail"),
        pytest.param(report(returned=_HEADERS), id="headers, folded"),
        pytest.param(report(fields=f"Original-Envelope-Id: {OURS}\n\n{_FAILED}"), id="envelope id"),
        pytest.param(report(fields=f"Original-Envelope-Id: {OURS.replace('.', '+2E')}\n\n{_FAILED}"), id="xtext"),
        pytest.param(report().replace("MIME-Version", f"In-Reply-To: <{OURS}>\nMIME-Version"), id="in reply to"),
        pytest.param(report().replace("MIME-Version", f"References: <x@y> <{OURS}>\nMIME-Version"), id="references"),
    ],
)
def test_a_report_names_the_mail_that_it_means(text: str):
    found = read(text)

    assert OURS in found.about
    assert found.each == (_DANA,)
    assert "report@mx.example" not in found.about, "its own id names no other mail"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (_FAILED, _DANA),
        (_FAILED.replace("failed", "delayed").replace("5.1.1", "4.4.1"), ("delayed", "4.4.1")),
        (_FAILED.replace("failed", "relayed").replace("5.1.1", "2.0.0"), ("delivered", "2.0.0")),
        (_FAILED.replace("Action: failed", "Action: mislaid"), _DANA),
        # Forwarded: what counts is the address that was written to.
        (f"Original-Recipient: rfc822;dana@clinic.example\n{_FAILED.replace('Dana@Clinic', 'd77@other')}", _DANA),
    ],
)
def test_the_fields_of_a_report_say_what_became_of_it(fields: str, expected: Delivery | tuple[str, str]):
    (found,) = read(report(fields="\n" + fields)).each

    assert (found if isinstance(expected, Delivery) else (found.outcome, found.status)) == expected


def test_each_recipient_has_a_word_of_their_own():
    copy = "Final-Recipient: rfc822; assistant@clinic.example\nAction: delayed\nStatus: 4.2.2"
    found = read(report(fields=f"\n{_FAILED}\n\n{copy}"))

    assert [(one.recipient, one.outcome) for one in found.each] == [
        ("dana@clinic.example", "failed"),
        ("assistant@clinic.example", "delayed"),
    ]


@pytest.mark.parametrize(
    ("subject", "words", "outcome"),
    [
        ("failure notice", "<dana@clinic.example>: 550 no such user", "failed"),
        ("failure notice", "451 4.4.1 gave up after five days", "failed"),
        ("Warning: message delayed 24 hours", "You do not need to resend it.", "delayed"),
        ("Delivery has been delayed", "450 4.2.1 try again later", "delayed"),
        ("Delivery has been delayed", "550 5.1.1 and now it has failed", "failed"),
    ],
)
def test_a_report_in_words_alone_is_read_as_far_as_it_goes(subject: str, words: str, outcome: str):
    text = (
        f"From: MAILER-DAEMON@mx.example\nTo: assistant@clinic.example\nSubject: {subject}\n\n{words}\n\n"
        f"--- Below is a copy of the mail.\n\nFrom: a@clinic.example\nMessage-ID: <{OURS}>\n\nWords.\n"
    )
    found = read(text)

    assert OURS in found.about
    assert found.each[0].outcome == outcome


def test_a_mail_of_a_person_is_no_report():
    content = f"From: ruth@surgery.example\nSubject: Re: Digest\nIn-Reply-To: <{OURS}>\n\ndone 4\n".encode()
    mail = SpooledMail(key="k", account="a", received_at=datetime(2026, 3, 9, tzinfo=UTC), content=content, attempts=0)

    assert parse(mail).delivery is None


@given(st.binary(max_size=2000), st.integers(0, 900))
def test_nothing_in_a_report_makes_it_fail(noise: bytes, where: int):
    text = report(returned=_WHOLE).encode()
    content = text[:where] + noise + text[where:]

    assert delivery_report(content, open_mail(content)).each


@pytest.mark.parametrize("flood", ["References: " + "<" * 200_000, "References: a\n" * 20_000, "x\n\n" * 60_000])
def test_a_flood_of_fields_is_read_in_no_time_and_kept_short(flood: str):
    content = report(returned=_WHOLE).replace("This is what", flood + "\nThis is what").encode()

    found = delivery_report(content, open_mail(content))

    assert len(found.about) <= 50
