"""Mails within mails, and Outlook's wrapping: whose words they hold, and what is read of them."""

from __future__ import annotations

from datetime import datetime

from assistant.parse.message import WRAPPED
from tests.parse.files import (
    ANYTHING,
    message_of,
    outlook_message,
    pdf,
    winmail,
    word,
)
from tests.parse.mails import raw, read, shape


def test_an_outlook_message_is_a_mail_that_is_passed_on():
    data = outlook_message(
        "Bed for Mr. Kim",
        "Please call the unit by noon.\r\n",
        "ana@lab.example",
        [("beds.csv", b"a,b\n1,2"), ("letter.pdf", pdf("Appeal by March 20"))],
    )

    message = message_of("fwd.msg", "application/vnd.ms-outlook", data)

    assert shape(message)[1] == ("forwarded", 1, "ana@lab.example", "Bed for Mr. Kim")
    assert [(one.name, one.text) for one in message.attachments] == [
        ("fwd.msg", None),
        ("beds.csv", "a,b\n1,2"),
        ("letter.pdf", "Appeal by March 20"),
    ]
    assert message.problems == ()


def test_an_outlook_messages_own_headers_count():
    headers = "From: Ruth <ruth@surgery.example>\r\nDate: Mon, 9 Mar 2026 08:00:00 -0400\r\nSubject: OR list\r\n"
    part = message_of("a.msg", ANYTHING, outlook_message("x", "See list.", "", headers=headers)).parts[1]

    assert part.sender is not None
    assert part.sender.email == "ruth@surgery.example"
    assert part.sent_at == datetime.fromisoformat("2026-03-09T08:00:00-04:00")
    assert part.text.startswith("OR list")


def test_an_eml_file_is_a_mail_that_is_passed_on():
    message = message_of("fwd.eml", ANYTHING, raw("Please call Ana.\n", From="ruth@surgery.example"))

    assert shape(message)[1] == ("forwarded", 1, "ruth@surgery.example", "Thursday list")


def test_files_in_outlooks_wrapping_are_the_mails_own():
    data = winmail("Please see the file.", [("note.txt", b"Call Ana"), ("order.docx", word("CT order"))])
    message = message_of("winmail.dat", "application/ms-tnef", data)

    assert [(one.name, one.text) for one in message.attachments] == [
        ("winmail.dat", None),
        ("note.txt", "Call Ana"),
        ("order.docx", "CT order"),
    ]
    assert [part.text for part in message.parts] == ["Please see the file."]


def test_the_text_in_outlooks_wrapping_is_read_where_the_mail_has_none():
    message = read(raw("", Content_Type="application/ms-tnef").strip() + b"\r\n\r\n" + winmail("Please call Ana."))

    assert [(part.kind, part.text) for part in message.parts] == [("own", "Please call Ana.")]


def test_a_wrapping_without_plain_text_around_or_in_it_is_said():
    content = raw("", Content_Type="application/ms-tnef").strip() + b"\r\n\r\n" + winmail("", [("a.txt", b"Call Ana")])

    assert read(content).problems == (WRAPPED,)


def test_a_damaged_wrapping_is_read_as_far_as_it_goes():
    data = winmail("", [("note.txt", b"Call Ana"), ("second.txt", b"Call Ben")])[:-4]
    message = message_of("winmail.dat", "application/ms-tnef", data)

    assert message.attachments[1].text == "Call Ana"
    assert message.problems == ("This winmail.dat (147 bytes) is damaged; what could be read of it is shown.",)


def test_what_is_packed_in_a_packed_mail_stays_closed():
    inner = outlook_message("inner", "Hidden words", "a@lab.example")
    message = message_of(
        "outer.msg", ANYTHING, outlook_message("outer", "Outer words", "b@lab.example", [("i.msg", inner)])
    )

    assert "Hidden words" not in message.text
    assert "lies within another packed mail; it is not opened." in message.problems[0]
