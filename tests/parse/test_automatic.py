from __future__ import annotations

import pytest

from tests.parse.mails import mixed, raw, read

REPORT = 'multipart/report; report-type={}; boundary="m"'
STATUS = "Final-Recipient: rfc822; ana@lab.example\nAction: failed\nStatus: 5.1.1\n"
SESSION = "RCPT TO: <ana@lab.example>\n550 No such user here\n"
SPAM = "Content-Type: message/rfc822\n\nFrom: Dana <dana@clinic.example>\nSubject: Films\n\nSend them.\n"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (mixed("\nNot delivered", "Content-Type: message/delivery-status\n\nAction: failed"), "bounce"),
        (raw(Content_Type=REPORT.format("delivery-status")), "bounce"),
        (raw(Content_Type=REPORT.format("feedback-report")), "machine"),
        (raw(Content_Type=REPORT.format("disposition-notification")), "machine"),
        (raw(X_Failed_Recipients="dana@clinic.example"), "bounce"),
        (raw(From="<>", Subject="Delivery report"), "bounce"),
        (raw(From="Mail Delivery System <mx7@host.example>", Subject="Undelivered mail"), "bounce"),
        (raw(f"It failed.\n\n{STATUS}", From="robot@host.example", Subject="Returned mail: films"), "bounce"),
        (raw(f"It failed.\n\n{SESSION}", From="robot@host.example", Subject="Returned mail: films"), "bounce"),
        (raw(SESSION, From="postmaster@lab.example", Subject="Re: films", In_Reply_To="<a@b>"), "bounce"),
        (mixed(SPAM, Subject="Complaint about message from 192.0.2.7"), "machine"),
        (mixed(SPAM, Subject="Email Feedback Report for IP 2001:db8:0:0:1::7"), "machine"),
        (raw(From="MAILER-DAEMON@mx.clinic.example"), "bounce"),
        (raw(From="MAILER-DAEMON <>"), "bounce"),
        (raw(From="Postmaster <postmaster@clinic.example>"), "bounce"),
        (raw(Return_Path="<>"), "machine"),
        (raw(Return_Path="<>", Subject="Undeliverable: list"), "bounce"),
        (raw(Return_Path="<>", Subject="Automatic reply: list"), "auto-reply"),
        (raw(Auto_Submitted="auto-replied"), "auto-reply"),
        (raw(Auto_Submitted="Auto-Replied; owner-email=dana@clinic.example"), "auto-reply"),
        (raw(Auto_Submitted="auto-generated"), "machine"),
        (raw(X_Autoreply="yes"), "auto-reply"),
        (raw(X_Auto_Response_Suppress="All", Subject="Automatic reply: list"), "auto-reply"),
        (raw(X_MS_Exchange_Inbox_Rules_Loop="x", Subject="Respuesta automática: lista"), "auto-reply"),
        (raw(Precedence="auto_reply"), "auto-reply"),
        (raw(Precedence="bulk"), "bulk"),
        (raw(Precedence="Junk"), "bulk"),
        (raw(List_Unsubscribe="<https://news.example/u>"), "bulk"),
        (raw(List_Unsubscribe="<https://news.example/u>", List_Post="NO"), "bulk"),
        (raw(From="No-Reply <no-reply@payer.example>"), "machine"),
        (raw(From="lab.donotreply@lab.example"), "machine"),
        (raw(From="noreply+77@lab.example"), "machine"),
    ],
)
def test_automatic_mail_is_recognised(content: bytes, why: str):
    assert read(content).automatic == why


@pytest.mark.parametrize(
    "content",
    [
        raw(),
        raw(Auto_Submitted="no"),
        raw(X_Autoreply="no"),
        raw(Precedence="list", List_Id="<ward.clinic.example>"),
        raw(List_Id="<ward.clinic.example>"),
        raw(List_Unsubscribe="<mailto:leave@x.example>", List_Post="<mailto:ward@clinic.example>", List_Id="<ward>"),
        raw(X_Auto_Response_Suppress="DR, RN"),
        raw(Subject="Out of office coverage for Friday"),
        raw(Subject="Vacation requests are due"),
        raw(Subject="Re: Automatic reply: list", X_Auto_Response_Suppress="All"),
        raw(Subject="Fwd: Undeliverable: list"),
        raw(Subject="Delivery failed for the oxygen, please call"),
        raw(From="reply@clinic.example"),
        raw(From="norepley.jones@clinic.example"),
        raw(From="postmaster@clinic.example", Subject="Re: quota", In_Reply_To="<a@b>"),
        raw(Return_Path="<truiz@clinic.example>"),
        raw(X_Failed_Recipients=""),
        raw("Your mail to Ana came back: 550 5.1.1, no such user.\n", Subject="Undeliverable mail to Ana"),
        raw("550 Main Street\nStatus: 5.1.1\n", Subject="Delivery error at 550 Main Street"),
        raw(f"See below.\n\n{STATUS}{SESSION}", Subject="Fwd: Returned mail: films"),
        raw(f"Why?\n\nFrom: Mail System\nSubject: Returned mail\n\n{STATUS}", Subject="Returned mail, why?"),
        raw("> " + STATUS.replace("\n", "\n> "), Subject="Returned mail, why?"),
        raw(f"Ana's address is wrong.\n\n{STATUS}", Subject="Films"),
        raw("Please call them.\n", From="System Administrator <it@clinic.example>", Subject="Undeliverable mail"),
        raw("The log says 550.\n", From="postmaster@lab.example", Subject="Re: films", In_Reply_To="<a@b>"),
        mixed("\nPlease see this.", SPAM, Subject="Complaint about message from 192.0.2.7"),
        mixed(SPAM, Subject="Fwd: Films"),
        mixed(SPAM, Subject="Complaint about the message from room 12"),
    ],
)
def test_a_persons_mail_is_never_taken_for_automatic(content: bytes):
    assert read(content).automatic is None


def test_our_own_mail_that_comes_back_is_a_quotation():
    returned = "From: Dana <dana@clinic.example>\nSubject: Films\n\nPlease send the films by Friday.\n"
    status = "Content-Type: message/delivery-status\n\nAction: failed\nStatus: 5.1.1"
    message = read(
        mixed("\nNot delivered.", status, f"Content-Type: message/rfc822\n\n{returned}").replace(
            b"multipart/mixed", b"multipart/report; report-type=delivery-status"
        )
    )

    assert message.automatic == "bounce"
    assert [part.kind for part in message.parts] == ["own", "quoted"]
