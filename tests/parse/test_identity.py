from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.parse import content_key, key_and_sender, sender_of
from tests.parse.mails import raw


@pytest.mark.parametrize(
    "trace",
    [
        "Received: from a by b; Tue, 10 Mar 2026 08:00:00 +0000",
        "Received: from a\r\n\tby b;\r\n Tue, 10 Mar 2026 08:00:00 +0000",
        "Return-Path: <bounce@list.example>",
        "Delivered-To: dana@clinic.example",
        "X-Spam-Status: No",
        "ARC-Seal: i=1; a=rsa-sha256",
        "Authentication-Results: mx.clinic.example; spf=pass",
        "Received-SPF: pass",
        "DKIM-Signature: v=1; a=rsa-sha256",
        "status\t: RO",
        "X-:",
        f"x-{'a' * 98}: as long as a name may be",
        "X-One: a\r\n b\r\nX-Two: c\r\n\td\r\nReceived: e",
    ],
)
def test_a_second_delivery_has_the_key_of_the_first(trace: str):
    mail = raw("Please call.\n")

    assert content_key(trace.encode() + b"\r\n" + mail) == content_key(mail)


@pytest.mark.parametrize(
    "change",
    [
        lambda mail: mail.replace(b"\r\n", b"\n"),
        lambda mail: mail + b"\r\n\r\n",
        lambda mail: mail.replace(b"Subject: Thursday list", b"subject:  Thursday\r\n list"),
        lambda mail: b"From dana@clinic.example Tue Mar 10 08:00:00 2026\r\n" + mail,
    ],
)
def test_line_endings_folding_and_spelling_do_not_change_the_key(change: Callable[[bytes], bytes]):
    mail = raw("Please call.\n")

    assert content_key(change(mail)) == content_key(mail)


@pytest.mark.parametrize(
    "other",
    [
        raw("Please call now.\n"),
        raw("Please call.\n", Subject="Friday list"),
        raw("Please call.\n", To="x@y.example"),
        b"Received-By: the desk\r\n" + raw("Please call.\n"),
        b"Statuses: R\r\n" + raw("Please call.\n"),
        b"x-%b: longer than any name\r\n" % (b"a" * 99) + raw("Please call.\n"),
        b"X-no colon\r\n" + raw("Please call.\n"),
    ],
)
def test_another_mail_with_the_same_message_id_has_another_key(other: bytes):
    assert content_key(other) != content_key(raw("Please call.\n"))


@pytest.mark.parametrize("odd", [b"", b"\n", b"\r\n\r\n", b":\n \n\n", b" folded\n\nbody", b"\x00\xff"])
def test_anything_has_a_key(odd: bytes):
    assert len(content_key(odd)) == 64


@pytest.mark.parametrize(
    ("head", "sender"),
    [
        (b"Subject: x\r\nFROM: Ruth\r\n <Ruth@x.example>\r\nFrom: eve@x.example", "ruth@x.example"),
        (b"Received: x\r\n From: eve@x.example\r\nFrom: ruth@x.example", "ruth@x.example"),
        (b"From eve@x.example Mon\nX-From: eve@x.example\nfrom:nobody, ruth@x.example", "ruth@x.example"),
        (b"Subject: x", ""),
    ],
)
def test_a_mail_is_named_together_with_its_sender(head: bytes, sender: str):
    mail = head + b"\r\n\r\nFrom: eve@x.example\r\n"

    assert key_and_sender(mail) == (content_key(mail), sender)
    assert sender_of(mail) == sender
