"""Mails that are built to hang, fill or crash whoever reads them, each made here, by its name."""

from __future__ import annotations

import base64
import itertools
import os
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from tests.parse.files import (
    DOCX,
    XLSX,
    attached,
    mail_with,
    outlook_message,
    packed_zeros,
    pdf_of,
    rezipped,
    sheet,
    winmail,
    word,
)
from tests.parse.mails import alternative, mixed, raw

_ASKS = "Please send the signed consent form for Mrs. Dow by Friday."
_XML = '<?xml version="1.0"?>'


def _zipped(*members: tuple[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for name, data in members:
            packed.writestr(name, data)
    return file.getvalue()


def _zip_in_zip() -> bytes:
    inner = _zipped(("a.txt", bytes(20_000_000)))
    for _ in range(8):
        inner = _zipped(*((f"{n}.zip", inner) for n in range(4)))
    return mail_with(attached("application/zip", "scans.zip", inner))


def _entities(kind: str, name: str, whole: bytes, member: str) -> bytes:
    """Return an Office file whose text is a word that stands for ten, each of which stands for ten."""
    names = "abcdefghij"
    told = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise(names))
    data = f'{_XML}<!DOCTYPE x [<!ENTITY a "{"consent " * 50}">{told}]><x>&j;</x>'
    return mail_with(attached(kind, name, rezipped(whole, member, data.encode())))


def _outside_entity() -> bytes:
    data = f'{_XML}<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'.encode()
    return mail_with(attached(DOCX, "a.docx", rezipped(word("x"), "word/document.xml", data)))


def _objects(*bodies: bytes, root: int = 1) -> bytes:
    file, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(file))
        file += b"%d 0 obj" % number + body + b"endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(bodies) + 1}/Root {root} 0 R"
    return bytes(file) + f"{end}/Prev {len(file)}>>\nstartxref\n{len(file)}\n%%EOF".encode()


def _sent(pdf: bytes) -> bytes:
    return mail_with(attached("application/pdf", "order.pdf", pdf))


def _lzw(size: int) -> bytes:
    """Return a stream of the codes 258, 259, 260 ..., each one letter longer than the one before."""
    bits, count, width, code = 0b100000000, 9, 9, 258
    bits, count = bits << 9 | 65, count + 9
    for _ in range(size):
        bits, count = bits << width | code, count + width
        code += 1
        width = 12 if code > 2046 else 11 if code > 1022 else 10 if code > 510 else 9
        if code == 4094:
            bits, count, width, code = bits << 12 | 256, count + 12, 9, 258
            bits, count = bits << 9 | 65, count + 9
    padding = -count % 8
    return (bits << padding).to_bytes((count + padding) // 8, "big")


def _huge_image_pdf() -> bytes:
    data = packed_zeros(60_000_000)
    image = b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    return _objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>",
        image + b"/Filter/FlateDecode/Length %d>>stream\n" % len(data) + data + b"\nendstream",
        b"<</Length 5>>stream\n/I Do\nendstream",
    )


def _huge_picture() -> bytes:
    """Return a PNG of 60,000 by 60,000 pixels in a few kilobytes; its head alone says so."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed_zeros(200_000_000)) + chunk(b"IEND", b"")
    return mail_with(attached("image/png", "wound.png", file))


def _nested(depth: int, kind: str) -> bytes:
    text = f"Subject: in\nContent-Type: text/plain\n\n{_ASKS}\n"
    for n in range(depth):
        if kind == "rfc822":
            text = f"Subject: Fwd\nContent-Type: message/rfc822\n\n{text}"
        else:
            text = f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n{text}\n--b{n}--\n'
    return raw("", Content_Type="message/rfc822").rstrip() + b"\r\n\r\n" + text.encode()


def _html(body: str) -> bytes:
    return raw(f"<html><body><p>{_ASKS}</p>{body}</body></html>", Content_Type="text/html; charset=utf-8")


def _calendar() -> bytes:
    rules = "\r\n".join(
        f"RRULE:FREQ=SECONDLY;INTERVAL=1;BYMONTH=2;BYMONTHDAY=30;COUNT={10**9}\r\nRDATE:20260{n % 9 + 1}01T000000Z"
        for n in range(300)
    )
    event = f"BEGIN:VEVENT\r\nUID:1\r\nDTSTART:19700101T000000Z\r\nSUMMARY:Case review\r\n{rules}\r\nEND:VEVENT\r\n"
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{event * 100}END:VCALENDAR\r\n"
    return mail_with(attached("text/calendar", "invite.ics", text.encode()))


def _damaged_winmail() -> bytes:
    whole = winmail(_ASKS, [("a.txt", b"x" * 1000)])
    lengths = whole.replace(struct.pack("<I", 1000), b"\xff\xff\xff\x7f").replace(b"\x06\x00\x00\x00", b"\xff" * 4)
    return mail_with(attached("application/ms-tnef", "winmail.dat", lengths + whole[:300] * 2000))


def _damaged_outlook() -> bytes:
    whole = bytearray(outlook_message("Bed", _ASKS, "a@lab.example", [("b.docx", word("x"))]))
    # The table of sectors names itself as what follows each of them.
    for place in range(512, len(whole) - 4, 4):
        if bytes(whole[place : place + 4]) in (b"\xfe\xff\xff\xff", b"\xfd\xff\xff\xff"):
            whole[place : place + 4] = struct.pack("<I", place % 7)
    return mail_with(attached("application/vnd.ms-outlook", "mail.msg", bytes(whole)))


def _huge_word() -> bytes:
    body = "<w:p><w:r><w:t>a b c d e f g</w:t></w:r></w:p>" * 1_000_000
    schema = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    data = f'<w:document xmlns:w="{schema}"><w:body>{body}</w:body></w:document>'.encode()
    noise = BytesIO(rezipped(word("x"), "word/document.xml", data))
    with ZipFile(noise, "a", ZIP_DEFLATED) as packed:
        # Noise lowers the rate at which it is packed, by which a bomb would be known.
        packed.writestr("word/media/noise.bin", os.urandom(600_000))
    return mail_with(attached(DOCX, "note.docx", noise.getvalue()))


def _far_cells() -> bytes:
    cells = "".join(f'<row r="{n}"><c r="XFD{n}" t="str"><v>x</v></c></row>' for n in range(1, 1_048_576, 2000))
    schema = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = f'<worksheet xmlns="{schema}"><sheetData>{cells}</sheetData></worksheet>'.encode()
    return mail_with(attached(XLSX, "list.xlsx", rezipped(sheet(["x"]), "xl/worksheets/sheet1.xml", data)))


def _endless_base64() -> bytes:
    head = b"From: a@x.example\r\nSubject: scan\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head + base64.b64encode(_ASKS.encode() * 100_000)[:-3]


def _addresses(count: int) -> bytes:
    people = ",\r\n ".join(f"Ana Be{n} <a{n}@lab.example>" for n in range(count))
    calls = "\n\n".join(f"Ana, please call Mr. Be{n} today." for n in range(2000))
    return raw(calls, To=people)


def _asks(count: int) -> bytes:
    return raw(
        "\n\n".join(f"Please send form {n} for Mrs. Dow{chr(97 + n % 26)} by Friday, or call me." for n in range(count))
    )


def _quotes(count: int) -> bytes:
    said = "\n".join(f"{'>' * (n % 60)} Please send form {n}.\nDone, I sent form {n}." for n in range(count))
    return raw(said, In_Reply_To="<a@b.example>")


def _compound_words() -> bytes:
    lies = "=?utf-8?B?" + "QQ" * 2000 + "?= =?x?q?" + "=41" * 1000 + "?= "
    return raw(_ASKS, Subject=lies * 60, From=lies * 60 + "<a@x.example>")


BOMBS: dict[str, Callable[[], bytes]] = {
    "zip in zip": _zip_in_zip,
    "zip that unpacks a thousandfold": lambda: mail_with(
        attached("application/zip", "a.zip", _zipped(*((f"{n}.csv", bytes(60_000_000)) for n in range(6))))
    ),
    "word entities": lambda: _entities(DOCX, "a.docx", word("x"), "word/document.xml"),
    "word entity from outside": _outside_entity,
    "word of 1,000,000 paragraphs": _huge_word,
    "sheet entities": lambda: _entities(XLSX, "a.xlsx", sheet(["x"]), "xl/worksheets/sheet1.xml"),
    "sheet with far cells": _far_cells,
    "sheet that unpacks a thousandfold": lambda: mail_with(
        attached(XLSX, "a.xlsx", rezipped(sheet(["x"]), "xl/worksheets/sheet1.xml", bytes(300_000_000)))
    ),
    "pdf packed": lambda: _sent(pdf_of(packed_zeros(200_000_000), filters="/Filter/FlateDecode")),
    "pdf packed twice": lambda: _sent(
        pdf_of(packed_zeros(200_000_000, 2), filters="/Filter[/FlateDecode/FlateDecode]")
    ),
    "pdf packed by lzw": lambda: _sent(pdf_of(_lzw(60_000), filters="/Filter/LZWDecode")),
    "pdf whose table points at itself": lambda: _sent(_objects(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages>>")),
    "pdf whose pages hold each other": lambda: _sent(
        _objects(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 9/Kids[3 0 R 3 0 R]>>",
            b"<</Type/Pages/Count 9/Parent 2 0 R/Kids[2 0 R 2 0 R 3 0 R]>>",
        )
    ),
    "pdf with a huge image": lambda: _sent(_huge_image_pdf()),
    "pdf of nested arrays": lambda: _sent(_objects(b"<</Type/Catalog/Pages " + b"[" * 200_000 + b">>")),
    "pdf of pushed states": lambda: _sent(pdf_of(b"q " * 200_000 + b"BT (a) Tj ET")),
    "500 mails within mails": lambda: _nested(500, "rfc822"),
    "500 parts within parts": lambda: _nested(500, "multipart"),
    "10,000 parts": lambda: mixed(*[f"Content-Type: text/plain\n\nPlease send form {n}." for n in range(10_000)]),
    "10,000 files": lambda: mixed(*[f'Content-Type: text/plain; name="{n}.txt"\n\n{_ASKS}' for n in range(10_000)]),
    "5,000 parentheses in an address": lambda: raw(_ASKS, From="(" * 5000 + ")" * 5000 + " <a@x.example>"),
    "parentheses that stay open": lambda: raw(_ASKS, To="a(" * 50_000),
    "header of 1 MB": lambda: raw(_ASKS, X_Note="a" * 1_000_000),
    "header of 100,000 lines": lambda: raw(_ASKS, X_Note="a\r\n " * 100_000),
    "encoded words": _compound_words,
    "100,000 addresses": lambda: _addresses(100_000),
    "100,000 references": lambda: raw(_ASKS, References=" ".join(f"<{n}@x.example>" for n in range(100_000))),
    "base64 without end": _endless_base64,
    "soft breaks": lambda: raw(_ASKS + "=\n" * 1_000_000, Content_Transfer_Encoding="quoted-printable"),
    "html 100,000 deep": lambda: _html("<div>" * 100_000 + "deep"),
    "html quotes 50,000 deep": lambda: _html("<blockquote>" * 50_000 + "deep"),
    "html of 50,000 tables": lambda: _html("<table><tr><td>a" * 50_000),
    "html row of 10,000 columns": lambda: _html("<table>" + ("<tr>" + "<td>open" * 10_000) * 3 + "</table>"),
    "html of open marks": lambda: _html("<a " * 200_000 + "<!--" * 50_000 + "<![CDATA[" * 50_000),
    "html of hidden spans": lambda: _html("<span style='display:none;color:#fff'>x" * 50_000),
    "table of 10,000 columns": lambda: raw("\n".join([" | ".join(f"c{n}" for n in range(10_000))] * 40)),
    "table of 50,000 rows": lambda: raw("Patient | Missing\n" + "\n".join(f"Dow {n} | consent" for n in range(50_000))),
    "calendar without end": _calendar,
    "winmail.dat that lies": _damaged_winmail,
    "msg that goes in circles": _damaged_outlook,
    "picture of 60,000 by 60,000": _huge_picture,
    "one line of 5 MB": lambda: raw("Please call Ana " * 320_000),
    "one word of 5 MB": lambda: raw("a" * 5_000_000),
    "on x at x": lambda: raw(" on x at x" * 100_000),
    "On On On": lambda: raw("On " * 100_000),
    ">>>>": lambda: raw(">" * 100_000 + "\n" + "> " * 100_000),
    "a b. a b.": lambda: raw("a b. " * 100_000),
    "capitals": lambda: raw("Ana Bee Cee " * 20_000),
    "numbers": lambda: raw("1/2 3/4 10:00 5 pm by Friday at " * 10_000),
    "semicolons": lambda: raw("x; please y; and z; " * 20_000),
    "5,000 requests": lambda: _asks(5000),
    "5,000 answers between quotes": lambda: _quotes(5000),
    "both forms huge": lambda: alternative("Please call. " * 80_000, "<p>Please call. " * 80_000),
    "no bytes": lambda: b"",
    "nothing but NULs": lambda: bytes(1_000_000),
}
