from __future__ import annotations

import base64

import pytest

from assistant.records import Attachment
from tests.parse.mails import mixed, raw, read


def file(kind: str, name: str, data: bytes, *more: str) -> Attachment:
    encoded = base64.encodebytes(data).decode()
    fields = [f'Content-Type: {kind}; name="{name}"', "Content-Transfer-Encoding: base64", *more]
    return read(mixed("\nSee the file.", "\n".join(fields) + f"\n\n{encoded}")).attachments[0]


@pytest.mark.parametrize(
    ("kind", "name", "data", "text"),
    [
        ("text/plain", "note.txt", b"Call Ana\r\nby noon", "Call Ana\nby noon"),
        (
            "text/csv",
            "beds.csv",
            b'Ward,Bed,Note\n"Maple, 2",7,"open\nnow"\n',
            "Ward | Bed | Note\nMaple, 2 | 7 | open now",
        ),
        ("text/csv", "beds.csv", b"Ward;Bed\nMaple;7", "Ward | Bed\nMaple | 7"),
        ("application/octet-stream", "beds.CSV", b"a,b\n1,2", "a | b\n1 | 2"),
        ("application/octet-stream", "note.txt", b"Call Ana", "Call Ana"),
        ("text/html", "page.html", b"<p>Call</p><p hidden>x</p><p>Ana</p>", "Call\n\nAna"),
        ("text/plain", "a.txt", b"caf\xe9", "café"),
        ("text/csv", "nul.csv", b"a,\x00b\n" + b'"' * 10, 'a | b\n""""'),
    ],
)
def test_a_text_file_is_read(kind: str, name: str, data: bytes, text: str):
    found = file(kind, name, data)

    assert found.text == text
    assert found.problem is None
    assert found.size == len(data)


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("application/pdf", "denial.pdf", "This is a PDF; its text is not read."),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "a.docx",
            "This is a Word document; its text is not read.",
        ),
        ("application/zip", "a.zip", "This is an archive; its text is not read."),
        ("image/jpeg", "scan.jpg", "This is a picture; its text is not read."),
        ("application/octet-stream", "a.bin", "This is not plain text; its text is not read."),
        ("text/rtf", "a.rtf", "This is not plain text; its text is not read."),
    ],
)
def test_what_is_not_read_is_said(kind: str, name: str, said: str):
    found = file(kind, name, b"\x00\x01")

    assert (found.text, found.problem) == (None, said)


def test_a_signatures_picture_is_no_problem():
    assert file("image/png", "logo.png", b"\x89PNG", "Content-ID: <logo>").problem is None


def test_a_large_inline_picture_is_one():
    assert file("image/png", "scan.png", b"\x89PNG" * 50_000, "Content-ID: <scan>").problem is not None


def test_an_invitation_says_what_where_and_when():
    invitation = """BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Central
BEGIN:STANDARD
DTSTART:16010101T020000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Discharge\\, Mr. Kim
DTSTART;TZID=America/Chicago:20260312T140000
DTEND:20260312T200000Z
LOCATION:Room 4
DESCRIPTION:Bring the
  list\\nand the films
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")

    assert file("text/calendar", "invite.ics", invitation.encode()).text == (
        "Invitation\nSummary: Discharge, Mr. Kim\nStart: 2026-03-12 14:00 (America/Chicago)\n"
        "End: 2026-03-12 20:00 UTC\n"
        "Location: Room 4\nDescription: Bring the list\nand the films"
    )


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\temp\\list.bin"', "list.bin"),
        ('attachment; filename="=?utf-8?q?caf=C3=A9.bin?="', "café.bin"),
        ("attachment; filename*=utf-8''caf%C3%A9.bin", "café.bin"),
        ("attachment; filename*=nonsense''a%FF.bin", None),
        ("attachment", "unnamed octet-stream"),
        ('attachment; filename="a\u202etxt.exe"', "atxt.exe"),
    ],
)
def test_a_file_has_a_harmless_name(field: str, name: str | None):
    found = read(
        mixed("\nSee.", f"Content-Type: application/octet-stream\nContent-Disposition: {field}\n\n\x01\x02")
    ).attachments

    assert len(found) == 1
    assert name is None or found[0].name == name


def test_a_long_text_is_cut_and_said():
    found = file("text/plain", "long.txt", b"word " * 100_000)

    assert found.text is not None
    assert len(found.text) == 200_000
    assert found.problem == "It is long; only its beginning was read."


def test_a_mail_that_is_only_a_file_is_read():
    message = read(raw("JVBERi0x", Content_Type='application/pdf; name="a.pdf"', Content_Transfer_Encoding="base64"))

    assert [one.name for one in message.attachments] == ["a.pdf"]
    assert message.parts == ()
