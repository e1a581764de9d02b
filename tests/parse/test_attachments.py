from __future__ import annotations

import pytest

from assistant.records import Attachment
from tests.parse.files import attached, mail_with
from tests.parse.mails import mixed, raw, read


def file(kind: str, name: str, data: bytes, *fields: str) -> Attachment:
    return read(mail_with(attached(kind, name, data, *fields))).attachments[0]


@pytest.mark.parametrize(
    ("kind", "name", "data", "text"),
    [
        ("text/plain", "note.txt", b"Call Ana\r\nby noon", "Call Ana\nby noon"),
        (
            "text/csv",
            "beds.csv",
            b'Ward;Bed;Note\n"Maple, 2";7;"open\nnow"\n',
            "Ward | Bed | Note\nMaple, 2 | 7 | open now",
        ),
        ("text/csv", "beds.csv", b"Ward;Bed\nMaple;7", "Ward | Bed\nMaple | 7"),
        ("application/octet-stream", "beds.CSV", b"a,b\n1,2", "a,b\n1,2"),
        ("application/octet-stream", "note.txt", b"Call Ana", "Call Ana"),
        ("text/html", "page.html", b"<p>Call</p><p hidden>x</p><p>Ana</p>", "Call\n\nAna"),
        ("text/plain", "a.txt", b"caf\xe9", "café"),
        ("text/csv", "nul.csv", b"a;\x00b\n" + b'"' * 10, 'a | b\n""""'),
    ],
)
def test_a_text_file_is_read(kind: str, name: str, data: bytes, text: str):
    found = file(kind, name, data)

    assert found.text == text
    assert found.problem is None
    assert found.size == len(data)


@pytest.mark.parametrize(
    ("kind", "name", "data", "said"),
    [
        ("application/pdf", "denial.pdf", b"\x00\x01", "This PDF (2 bytes) is damaged; it was not read."),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "a.docx",
            b"\x00\x01",
            "This Word document (2 bytes) is damaged; it was not read.",
        ),
        ("application/zip", "a.zip", b"PK\x03\x04" + bytes(40), "This archive (44 bytes) is not opened."),
        (
            "application/zip",
            "a.zip",
            b"PK\x03\x04\x14\x00\x01" + bytes(2000),
            "This archive (2 kB) is locked with a password; it was not opened.",
        ),
        (
            "image/jpeg",
            "scan.jpg",
            b"\xff\xd8\xff",
            "This picture (3 bytes) was not read: no text recognition is installed here.",
        ),
        ("image/heic", "IMG_1.HEIC", b"a" * 9, "This picture (9 bytes) is in a format (HEIC) that we do not read."),
        ("application/octet-stream", "a.bin", b"\x00\x01", "This file (2 bytes) is of a kind that we do not read."),
        ("text/rtf", "a.rtf", b"{\\rtf1}", "This rich-text document (7 bytes) is of a kind that we do not read."),
        ("audio/wav", "voice.wav", b"RIFF", "This recording (4 bytes) was not listened to."),
        (
            "application/octet-stream",
            "encrypted.asc",
            b"-----BEGIN PGP MESSAGE-----\n\nhQ",
            "This encrypted part (31 bytes) can be read only by who holds its key; it was not read.",
        ),
        (
            "application/pkcs7-mime",
            "smime.p7m",
            b"0\x80\x06\x09",
            "This encrypted part (4 bytes) can be read only by who holds its key; it was not read.",
        ),
        ("application/pdf", "a.pdf", b"", "This file (0 bytes) is empty."),
        (
            "application/msword",
            "old.doc",
            b"a" * 3000,
            "This Word document (3 kB) is in the format of Word 2003 and older, which we do not read.",
        ),
        ("application/octet-stream", "a.msg", b"a", "This Outlook message (1 byte) is damaged; it was not read."),
    ],
)
def test_what_is_not_read_is_said_of_the_file_and_of_the_mail(kind: str, name: str, data: bytes, said: str):
    message = read(mail_with(attached(kind, name, data)))

    assert [(one.text, one.problem) for one in message.attachments] == [(None, said)]
    assert message.problems == (said,)


def test_of_many_files_that_are_not_read_the_mail_tells_the_first_few():
    kinds = ("application/zip", "audio/wav", "video/mp4", "application/x-a", "application/x-b")
    problems = read(mail_with(*(attached(kind, "a", b"abcd") for kind in kinds))).problems

    assert len(problems) == 4
    assert problems[-1] == "2 more of its files were not read in full."


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
        "Invitation\nSummary: Discharge, Mr. Kim\nStart: Thursday, March 12, 2026 at 2:00 PM (America/Chicago)\n"
        "End: Thursday, March 12, 2026 at 8:00 PM (UTC)\n"
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
    assert found.problem == "This file (500 kB) is long; only its beginning was read."


def test_a_mail_that_is_only_a_file_is_read():
    message = read(raw("JVBERi0x", Content_Type='application/pdf; name="a.pdf"', Content_Transfer_Encoding="base64"))

    assert [one.name for one in message.attachments] == ["a.pdf"]
    assert message.parts == ()
