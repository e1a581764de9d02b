"""A mail that is refused or comes back: a person hears of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from assistant.errors import RefusedMailError
from assistant.pipeline import deliver
from assistant.records import OutgoingMail
from tests.configs import person
from tests.pipeline.clinic import ADMIN, Clinic
from tests.pipeline.office import CONFIG, DANA, PRIYA, US, office_config

# --- what never arrives


def test_a_refused_digest_is_told_to_the_administrator_once(clinic: Clinic):
    clinic.house.trouble = RefusedMailError("smtp: refused the recipient's address for good (550)")
    clinic.owe_digest()
    deliver(clinic.parts)
    clinic.house.trouble = None
    for _ in range(3):
        clinic.work()
        clinic.pass_time(minutes=5)

    assert [mail.kind for mail in clinic.house.accepted] == ["alert"]
    alert = clinic.house.accepted[0]
    assert alert.recipient == ADMIN
    assert "550" in clinic.said()
    assert DANA in clinic.said()


def test_the_administrator_is_told_once_a_day_of_a_person_whom_mail_does_not_reach(clinic: Clinic):
    clinic.work()
    clinic.house.accepted.clear()
    refuse_only(clinic, DANA)
    for _ in range(3):
        clinic.answer_by_writing("list")
        clinic.work()
        clinic.work()

    assert clinic.states("answer") == ["failed"] * 3
    assert [mail.kind for mail in clinic.house.to(ADMIN)] == ["alert"]


def test_a_refused_escalation_calls_who_is_next_in_line_once(clinic: Clinic):
    clinic.owe_escalation()
    refuse_only(clinic, DANA)
    for _ in range(3):
        deliver(clinic.parts)
        clinic.pass_time(seconds=20)

    calls = [mail for mail in clinic.house.to(PRIYA) if mail.kind == "escalation"]
    assert len(calls) == 1
    body = clinic.house.taken[clinic.house.accepted.index(calls[0])].get_body(("plain",))
    assert body is not None
    assert "does not reach Dana Whitfield" in " ".join(body.get_content().split())
    assert "Osei" not in calls[0].subject
    assert len(clinic.house.to(ADMIN)) >= 1


def test_people_who_stand_in_for_each_other_are_called_once_each(tmp_path: Path):
    sam = "sam@clinic.example"
    third = person(sam, "Sam Ito", digest_at="", backup=PRIYA)
    stands_in = {"backup": DANA, "supervisor": sam}
    clinic = Clinic(tmp_path, office_config(third, priya=stands_in, assistant={"administrator": ADMIN}))
    clinic.owe_escalation()
    refuse_only(clinic, DANA, PRIYA, sam)
    for _ in range(10):
        deliver(clinic.parts)
        clinic.pass_time(seconds=20)

    assert clinic.states("escalation") == ["failed", "failed", "failed"], "Dana, Priya in her place, Sam in Priya's"
    assert "Called instead: nobody" in " ".join(clinic.said().split())
    clinic.parts.ledger.close()


def test_without_an_administrator_who_stands_behind_the_person_hears_of_it(tmp_path: Path):
    clinic = Clinic(tmp_path, CONFIG)
    refuse_only(clinic, DANA)
    clinic.owe_digest()
    deliver(clinic.parts)
    deliver(clinic.parts)

    assert [(mail.kind, mail.recipient) for mail in clinic.house.accepted] == [("alert", PRIYA)]
    clinic.parts.ledger.close()


def refuse_only(clinic: Clinic, *emails: str) -> None:
    take = clinic.house.send

    def send(mail: OutgoingMail) -> None:
        if mail.recipient in emails:
            raise RefusedMailError("smtp: refused the recipient's address for good (550)")
        take(mail)

    clinic.house.send = send  # type: ignore[method-assign]


# --- what comes back


def returned(mail: OutgoingMail, *, recipient: str = DANA, action: str = "failed", status: str = "5.1.1") -> bytes:
    """Return a server's report as RFC 3464 wants it."""
    head = mail.content.partition(b"\r\n\r\n")[0].decode()
    return (
        f"From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nTo: {US}\r\nSubject: Undelivered Mail\r\n"
        "Message-ID: <report-1@mx.example>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI am sorry to have to inform you.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{head}\r\n\r\n--b--\r\n"
    ).encode()


def by_envelope(mail: OutgoingMail) -> bytes:
    """Return one that names the mail by its envelope id alone."""
    report, _, _ = returned(mail).partition(b"--b\r\nContent-Type: text/rfc822-headers")
    named = f"Original-Envelope-Id: {mail.message_id}\r\nReporting-MTA".encode()
    return report.replace(b"Reporting-MTA", named) + b"--b--\r\n"


def in_words(mail: OutgoingMail) -> bytes:
    """Return one that is plain text, with the mail below."""
    return (
        f"From: MAILER-DAEMON@mx.example\r\nTo: {US}\r\nSubject: failure notice\r\nDate: Mon, 9 Mar 2026 14:00:00 +0000"
        f"\r\n\r\nHi. I wasn't able to deliver your message.\r\n\r\n<{DANA}>:\r\n550 no such user\r\n\r\n"
        "--- Below this line is a copy of the message.\r\n\r\n"
    ).encode() + mail.content


@pytest.mark.parametrize("report", [returned, by_envelope, in_words])
def test_a_mail_that_comes_back_is_undelivered_and_said(clinic: Clinic, report: Callable[[OutgoingMail], bytes]):
    clinic.work()
    digest = clinic.house.accepted[0]
    clinic.arrive_raw(report(digest))
    clinic.work()
    clinic.work()

    assert clinic.states("digest") == ["failed"]
    assert [mail.recipient for mail in clinic.house.accepted] == [DANA, ADMIN]
    assert not clinic.open


def test_an_escalation_that_comes_back_calls_who_is_next_in_line(clinic: Clinic):
    clinic.owe_escalation()
    deliver(clinic.parts)
    escalation = next(mail for mail in clinic.house.accepted if mail.kind == "escalation")
    clinic.arrive_raw(returned(escalation))
    clinic.arrive_raw(returned(escalation, status="5.2.1"))
    clinic.work()

    assert [mail.kind for mail in clinic.house.to(PRIYA)] == ["escalation"]
    assert clinic.states("escalation") == ["failed", "sent"]


@pytest.mark.parametrize(
    ("harmless", "noted"),
    [
        ({"action": "delayed", "status": "4.4.1"}, "delayed (4.4.1)"),
        ({"action": "relayed", "status": "2.0.0"}, ""),
        ({"recipient": US}, ""),
    ],
)
def test_a_word_of_delay_or_of_our_own_copy_only_notes(clinic: Clinic, harmless: dict[str, str], noted: str):
    clinic.work()
    clinic.arrive_raw(returned(clinic.house.accepted[0], **harmless))
    clinic.work()

    assert clinic.states("digest") == ["sent"]
    assert len(clinic.house.accepted) == 1
    assert clinic.problems("digest")[0].endswith(noted)


def test_a_report_of_somebody_elses_mail_is_read_like_any_mail(clinic: Clinic):
    clinic.work()
    other = EmailMessage()
    other["Message-ID"] = "<other@surgery.example>"
    other.set_content("The fax for Mrs. Rivera.")
    clinic.arrive_raw(
        returned(replace(clinic.house.accepted[0], content=other.as_bytes(), message_id="other@x.example"))
    )
    clinic.work()

    assert clinic.states("digest") == ["sent"]
