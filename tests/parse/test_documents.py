"""What is read of each kind of document; the limits that need a process of their own are tests/reading_room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from assistant.parse import Desk
from assistant.parse.documents import Recognise, kind_of, text_of
from assistant.parse.documents.extracted import MAX_TEXT
from assistant.parse.message import parse
from tests.parse.files import (
    ANYTHING,
    DOCX,
    attached,
    drawn,
    locked_pdf,
    mail_with,
    message_of,
    outlook_message,
    packed_zeros,
    pdf,
    pdf_of,
    rezipped,
    saved,
    scanned_pdf,
    sheet,
    winmail,
    word,
)
from tests.parse.mails import spooled

LETTER = ("Denial of service", "Member: Luis Ortega", "Appeal by March 20, 2026")


def opened(content: bytes, recognise: Recognise | None = None) -> tuple[str | None, str | None]:
    found = text_of(kind_of("unnamed", ANYTHING, content), content, recognise)
    return found.text, found.problem


def reader(*words: str | None) -> Recognise:
    """Return a recognition that reads these words, picture by picture."""
    left = list(words)
    return lambda _picture: left.pop(0)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (pdf("Denial of service\nAppeal by March 20", "Page two"), "Denial of service\nAppeal by March 20\n\nPage two"),
        (b"\x00\x00junk" + pdf("Late header"), "Late header"),
        (locked_pdf("Locked against changes only", ""), "Locked against changes only"),
        (word("One", "", "Two", rows=[["Item", "Due"], ["CT order", "3/20"]]), "One\nTwo\nItem | Due\nCT order | 3/20"),
        (
            sheet(
                ["Due", "At", "Units"],
                [date(2026, 3, 20), datetime.fromisoformat("2026-03-20T09:30"), 2.0],
            ),
            "Due | At | Units\n2026-03-20 | 2026-03-20 09:30 | 2",
        ),
        (sheet(["a", None, "c"], [None, None], ["d"], more={"Beds": [["e"]]}), "Sheet\na |  | c\nd\nBeds\ne"),
    ],
    ids=["pdf", "pdf after junk", "pdf with an empty password", "word", "sheet", "sheets"],
)
def test_a_document_is_read(content: bytes, text: str):
    assert opened(content) == (text, None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (locked_pdf("x", "secret"), "PDF (1 kB) is locked with a password; it was not read."),
        (scanned_pdf(LETTER), "is a scan, and no text recognition is installed here; it was not read."),
        (pdf("x")[:200], "PDF (200 bytes) is damaged; it was not read."),
        (pdf(""), "shows no words that we could read."),
        (word("x")[:3000], "Word document (3 kB) is damaged; it was not read."),
        (word(), "shows no words that we could read."),
        (saved(drawn(*LETTER), "PNG"), "was not read: no text recognition is installed here."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "is locked with a password"),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes, said: str):
    text, problem = opened(content)

    assert text is None
    assert problem is not None
    assert problem.startswith("This ")
    assert said in problem


def test_a_file_that_is_too_large_stays_closed():
    text, problem = opened(b"%PDF-1.4" + bytes(25_000_000))

    assert (text, problem) == (None, "This PDF (25.0 MB) is too large to be opened; it was not read.")


def test_of_a_long_pdf_the_first_fifty_pages_are_read():
    text, problem = opened(pdf(*(f"page {n}" for n in range(60))))

    assert text is not None
    assert text.endswith("page 49")
    assert problem is not None
    assert problem.endswith("has 60 pages; only the first 50 were read.")


@pytest.mark.parametrize("content", [pdf("word " * 60_000), word("word " * 60_000), sheet(["word " * 6000] * 9)])
def test_of_a_long_text_the_beginning_is_kept(content: bytes):
    text, problem = opened(content)

    assert text is not None
    assert len(text) == MAX_TEXT
    assert problem is not None
    assert problem.endswith("is long; only its beginning was read.")


def test_the_other_pages_are_read_where_one_is_damaged():
    content = pdf_of(b"BT /F1 12 Tf (before) Tj ET", packed_zeros(100_000_000), b"BT /F1 12 Tf (after) Tj ET")
    content = content.replace(b"<</Length", b"<</Filter/FlateDecode/Length", 2).replace(b"/Filter/FlateDecode", b"", 1)

    text, problem = opened(content)

    assert text == "before\n\nafter"
    assert problem is not None
    assert problem.endswith("was read in part: 1 of its 3 pages is damaged.")


def test_words_are_recognised_on_pages_without_text():
    text, problem = opened(scanned_pdf(LETTER, LETTER), reader("Denial of service", "Appeal by March"))

    assert (text, problem) == ("Denial of service\n\nAppeal by March", None)


def test_words_are_recognised_under_a_fax_machines_line():
    writer = PdfWriter(clone_from=PdfReader(BytesIO(scanned_pdf(LETTER))))
    writer.pages[0].merge_page(PdfReader(BytesIO(pdf("03/10 10:15 FROM 555-0100 P 1/1"))).pages[0])
    file = BytesIO()
    writer.write(file)
    whole = "03/10 10:15 FROM 555-0100 P 1/1 Denial of service"

    assert opened(file.getvalue(), reader(whole)) == (whole, None)
    text, problem = opened(file.getvalue())
    assert text == "03/10 10:15 FROM 555-0100 P 1/1"
    assert problem is not None
    assert problem.endswith("1 of its 1 pages is a scan, and no text recognition is installed here.")


def test_pages_for_which_there_is_no_time_are_said():
    text, problem = opened(scanned_pdf(LETTER, LETTER, LETTER), reader("Denial of service", None))

    assert text == "Denial of service"
    assert problem is not None
    assert problem.endswith("2 of its 3 pages are scans, and the time for them was up.")


def test_a_fax_of_several_pages_is_read():
    pages = [drawn(*LETTER).convert("1") for _ in range(2)]
    fax = saved(pages[0], "TIFF", pages[1], compression="group4")

    assert opened(fax, reader("Denial of service", "Appeal by March")) == ("Denial of service\n\nAppeal by March", None)
    text, problem = opened(fax, reader("Denial of service", None))
    assert text == "Denial of service"
    assert problem is not None
    assert problem.endswith("has 2 pages; only the first 1 were read.")


def test_letters_found_in_a_photo_are_no_text():
    text, problem = opened(saved(drawn(), "JPEG"), reader("a ;. il"))

    assert text is None
    assert problem is not None
    assert problem.endswith("shows no words that we could read.")


def test_a_fax_in_the_usual_fineness_is_recognised_in_its_true_shape():
    shown: list[bytes] = []

    def look(picture: bytes) -> str:
        shown.append(picture)
        return "three whole words"

    squeezed = drawn(*LETTER).resize((1700, 550))
    fax = saved(squeezed.convert("1"), "TIFF", compression="group4", dpi=(204, 98))

    opened(fax, look)

    assert shown[0].split()[1:3] == [b"1700", b"1145"]


def test_a_page_whose_letters_are_drawn_as_lines_is_a_scan_and_a_blank_one_is_not():
    strokes = b"0 0 m 9 9 l S\n" * 50

    assert (opened(pdf_of(strokes))[1] or "").endswith(
        "is a scan, and no text recognition is installed here; it was not read."
    )
    assert opened(pdf_of(strokes), reader("whole words")) == ("whole words", None)
    assert opened(pdf("first page", "")) == ("first page", None)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_body(body: str) -> bytes:
    return rezipped(word("x"), "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>".encode())


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(text: str) -> str:
    return f"<w:p>{run(text)}</w:p>"


def cell(body: str) -> str:
    return f"<w:tc>{body}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:sdt><w:sdtContent><w:p>{run('In a field')}</w:p></w:sdtContent></w:sdt>", "In a field"),
        (f"<w:p>{run('Name: ')}<w:sdt><w:sdtContent>{run('Ana')}</w:sdtContent></w:sdt></w:p>", "Name: Ana"),
        (f"<w:p><w:ins>{run('new')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>", "new"),
        (f"<w:p>{run('a')}<w:r><w:br/></w:r>{run('b')}</w:p>", "a\nb"),
        ("<w:p><w:pPr><w:numPr/></w:pPr>" + run("first") + "</w:p>", "- first"),
        (f"<w:p><w:r><w:pict><w:txbxContent><w:p>{run('boxed')}</w:p></w:txbxContent></w:pict></w:r></w:p>", "boxed"),
        (
            row(cell(row(cell(paragraph("in")), cell(paragraph("ner")))), cell(paragraph("outer"))),
            "in | ner | outer",
        ),
    ],
)
def test_all_that_a_word_document_shows_is_read(body: str, text: str):
    assert opened(word_body(body))[0] == text


def test_hidden_sheets_are_left_out_and_said():
    text, problem = opened(sheet(["seen"], more={"_notes": [["unseen"]]}))

    assert text == "seen"
    assert problem is not None
    assert problem.endswith("has 1 hidden sheet, left out.")


LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9)
    ) + b"]>"
)  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        rezipped(
            sheet(["x"]),
            "xl/worksheets/sheet1.xml",
            LAUGHS + b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
            b'<c t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>',
        ),
        rezipped(sheet(["x"]), "xl/workbook.xml", LAUGHS + b"<workbook>&j;</workbook>"),
        rezipped(
            word("x"),
            "word/document.xml",
            LAUGHS + f"<w:document {W}><w:body><w:p>{run('&j;')}</w:p></w:body></w:document>".encode(),
        ),
        rezipped(
            word("x"),
            "word/document.xml",
            b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
            + f"<w:document {W}><w:body><w:p>{run('&a;')}</w:p></w:body></w:document>".encode(),
        ),
    ],
    ids=["sheet", "workbook", "word", "file"],
)
def test_entities_are_not_expanded(content: bytes):
    text, problem = opened(content)

    assert text is None
    assert problem is not None


@pytest.mark.parametrize(
    ("made", "member"), [(word, "word/document.xml"), (sheet, "xl/worksheets/sheet1.xml")], ids=["word", "sheet"]
)
def test_an_office_file_that_unpacks_to_too_much_stays_closed(made: Callable[[], bytes], member: str):
    text, problem = opened(rezipped(made(), member, bytes(20_000_000)))

    assert text is None
    assert problem is not None
    assert problem.endswith("unpacks to more than we open; it was not read.")


def test_an_office_file_with_a_password_on_its_parts_stays_closed():
    content = bytearray(word("x"))
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1

    assert (opened(bytes(content))[1] or "").endswith("is locked with a password; it was not read.")


def test_a_closed_desk_opens_nothing_and_says_so():
    parts = [
        attached("application/pdf", "a.pdf", pdf("x")),
        attached(ANYTHING, "b.msg", outlook_message("s", "b", "c")),
    ]
    message = parse(spooled(mail_with(*parts)), Desk(lambda: False))

    assert [one.text for one in message.attachments] == [None, None]
    assert all((one.problem or "").endswith("could not be read safely.") for one in message.attachments)
    assert message.own_words == "Please see the file."


def test_a_text_file_is_no_document_and_is_not_asked_for():
    def refuse() -> bool:
        raise AssertionError

    message = parse(spooled(mail_with(attached("text/csv", "a.csv", b"a,b"))), Desk(refuse))

    assert message.attachments[0].text == "a,b"


SAMPLES = [
    pdf("Denial of service"),
    locked_pdf("x", ""),
    word("One", rows=[["a", "b"]]),
    sheet(["a", 1]),
    outlook_message("s", "b", "a@lab.example", [("a.txt", b"abc")]),
    winmail("Please call", [("a.txt", b"abc")]),
    saved(drawn("Fax"), "TIFF"),
]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), max_size=6))
def test_no_mutation_of_a_file_raises_or_is_silent(sample: bytes, cuts: list[tuple[float, bytes]]):
    content = bytearray(sample)
    for place, piece in cuts:
        at = round(place * len(content))
        content[at : at + len(piece)] = piece
    found = parse(
        spooled(mail_with(attached(ANYTHING, "a", bytes(content)))), Desk(recognise=lambda _: "three whole words")
    )

    listed = found.attachments[0]
    assert listed.text or listed.problem or len(found.attachments) > 1 or len(found.parts) > 1 or found.problems


def test_a_word_document_names_what_it_is_by_its_bytes():
    with ZipFile(BytesIO(word("x"))) as archive:
        assert "word/document.xml" in archive.namelist()
    assert message_of("noname", ANYTHING, word("Call Ana")).attachments[0].text == "Call Ana"
    assert message_of("a.docx", DOCX, pdf("Call Ana")).attachments[0].text == "Call Ana"
