"""Files to attach, built from what a test cares about; those of Outlook by hand, byte for byte."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import openpyxl
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter

from assistant.records import Message
from tests.parse.mails import mixed, read

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ANYTHING = "application/octet-stream"


def attached(kind: str, name: str, data: bytes, *fields: str) -> str:
    """Return a part of a mail that holds the file."""
    head = [f'Content-Type: {kind}; name="{name}"', "Content-Transfer-Encoding: base64", *fields]
    return "\n".join(head) + f"\n\n{base64.encodebytes(data).decode()}"


def mail_with(*parts: str) -> bytes:
    return mixed("\nPlease see the file.", *parts)


def pdf(*pages: str) -> bytes:
    """Return a PDF with these lines on its pages."""
    return pdf_of(*(_shown(page).encode("latin-1") for page in pages))


def _shown(page: str) -> str:
    lines = (line.replace("(", r"\(").replace(")", r"\)") for line in page.split("\n"))
    return "BT /F1 12 Tf 72 720 Td 16 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"


def pdf_of(*contents: bytes, filters: str = "") -> bytes:
    """Return a PDF whose pages have these content streams; `filters` says how they are packed."""
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(contents)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(contents)}/Kids[{kids}]>>".encode()]
    for n, content in enumerate(contents):
        font = "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<<{font}>>/Contents {4 + 2 * n} 0 R>>"
        stream = f"<</Length {len(content)}{filters}>>stream\n".encode() + content + b"\nendstream"
        objects += [page.encode(), stream]
    file = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj".encode() + body + b"endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(file)}\n%%EOF"
    )
    return bytes(file) + end.encode()


def locked_pdf(text: str, password: str) -> bytes:
    """Return a PDF that opens with the password; with "" it is only locked against changes."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(text))))
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def drawn(*lines: str) -> Image.Image:
    """Return a page of a fax, as it is scanned."""
    page = Image.new("L", (1700, 1100), 255)
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(40)
    for place, line in enumerate(lines):
        pen.text((150, 150 + 80 * place), line, fill=0, font=font)
    return page


def saved(picture: Image.Image, form: str, *more: Image.Image, **options: object) -> bytes:
    file = BytesIO()
    if more:
        options |= {"save_all": True, "append_images": list(more)}
    picture.save(file, form, **options)
    return file.getvalue()


def scanned_pdf(*pages: Sequence[str]) -> bytes:
    first, *more = (drawn(*lines) for lines in pages)
    return saved(first, "PDF", *more, resolution=200)


def word(*paragraphs: str, rows: Sequence[Sequence[str]] = ()) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for cells, values in zip(table.rows, rows, strict=True):
            for cell, value in zip(cells.cells, values, strict=True):
                cell.text = value
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def sheet(*rows: Sequence[object], more: dict[str, Sequence[Sequence[object]]] | None = None) -> bytes:
    """Return a spreadsheet with these rows; `more` names further sheets, hidden where the name starts with "_"."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, others in (more or {}).items():
        page = book.create_sheet(name)
        page.sheet_state = "hidden" if name.startswith("_") else "visible"
        for row in others:
            page.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def rezipped(content: bytes, member: str, data: bytes) -> bytes:
    """Return an Office file with one member replaced."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, data if name == member else old.read(name))
    return file.getvalue()


def packed_zeros(size: int, times: int = 1) -> bytes:
    """Return so many zeros, packed; again and again, where `times` says so."""
    packer, block = zlib.compressobj(9), bytes(1_000_000)
    data = b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def winmail(body: str, files: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """Return Outlook's wrapping (MS-OXTNEF) of a text and of files."""

    def attribute(level: int, name: int, kind: int, data: bytes) -> bytes:
        return struct.pack("<BHHI", level, name, kind, len(data)) + data + struct.pack("<H", sum(data) % 65536)

    parts = [struct.pack("<IH", 0x223E9F78, 1), attribute(1, 0x9006, 8, struct.pack("<I", 0x10000))]
    parts += [attribute(1, 0x800C, 2, body.encode() + b"\0")] if body else []
    for name, data in files:
        parts.append(attribute(2, 0x9002, 6, bytes(14)))
        parts.append(attribute(2, 0x8010, 1, name.encode() + b"\0"))
        parts.append(attribute(2, 0x800F, 6, data))
    return b"".join(parts)


def outlook_message(
    subject: str, body: str, sender: str, files: Sequence[tuple[str, bytes]] = (), headers: str = ""
) -> bytes:
    """Return a .msg file (MS-OXMSG)."""

    def storage(given: dict[int, str | bytes], head: int) -> dict[str, bytes]:
        streams, entries = {}, bytes(head)
        for number, value in given.items():
            kind = 0x001F if isinstance(value, str) else 0x0102
            data = value.encode("utf-16-le") if isinstance(value, str) else value
            streams[f"__substg1.0_{number:04X}{kind:04X}"] = data
            entries += struct.pack("<HHIII", kind, number, 6, len(data) + 2, 0)
        return {**streams, "__properties_version1.0": entries}

    root = storage({0x0037: subject, 0x1000: body, 0x0C1A: sender, 0x0C1F: sender, 0x007D: headers}, 32)
    attachments = [storage({0x3707: name, 0x3701: data}, 8) for name, data in files]
    return compound_file(root, {f"__attach_version1.0_#{n:08X}": one for n, one in enumerate(attachments)})


_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound_file(streams: dict[str, bytes], folders: dict[str, dict[str, bytes]]) -> bytes:
    """Return an OLE file (MS-CFB) of streams, and of folders one deep; all streams in sectors of 64 bytes."""
    names: list[tuple[str, int, bytes, int]] = []  # name, kind, data, place of the folder
    for name, data in streams.items():
        names.append((name, 2, data, -1))
    for folder, inner in folders.items():
        place = len(names)
        names.append((folder, 1, b"", -1))
        names += [(name, 2, data, place) for name, data in inner.items()]
    small, small_table, entries = b"", [], []
    for place, (name, kind, data, parent) in enumerate(names):
        count = -(-len(data) // 64)
        start = len(small) // 64 if data else _END
        small += data.ljust(count * 64, b"\0")
        small_table += [*range(start + 1, start + count), _END] if data else []
        siblings = [n for n, one in enumerate(names) if one[3] == parent and n > place]
        right = siblings[0] + 1 if siblings else _FREE
        children = [n for n, one in enumerate(names) if one[3] == place]
        entries.append(_entry(name, kind, (start, len(data)), right=right, children=children))
    tops = [n for n, one in enumerate(names) if one[3] == -1]
    sectors = [small.ljust(-(-len(small) // 512) * 512, b"\0")]
    small_start, table_start = 0, len(sectors[0]) // 512
    table = struct.pack(f"<{len(small_table)}I", *small_table)
    table = table.ljust(-(-len(table) // 512) * 512, b"\xff")
    directory_start = table_start + len(table) // 512
    root = _entry("Root Entry", 5, (small_start, len(small)), right=_FREE, children=tops)
    directory = b"".join([root, *entries])
    directory = directory.ljust(-(-len(directory) // 512) * 512, b"\0")
    lengths = [len(sectors[0]) // 512, len(table) // 512, len(directory) // 512]
    fat_start = sum(lengths)
    fat_count = -(-(fat_start + 1) // 127)
    chains: list[int] = []
    for length in lengths:
        chains += [*range(len(chains) + 1, len(chains) + length), _END]
    chains += [_FAT] * fat_count
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(fat_count * 512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, fat_count, directory_start, 0, 4096, table_start, lengths[1], _END, 0)
    head += struct.pack("<109I", *[fat_start + n if n < fat_count else _FREE for n in range(109)])
    return head + sectors[0] + table + directory + fat


def _entry(name: str, kind: int, data: tuple[int, int], *, right: int, children: list[int]) -> bytes:
    label = (name + "\0").encode("utf-16-le")
    child = children[0] + 1 if children else _FREE
    return (
        label.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(label), kind, 1, _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", *data)
    )


def message_of(name: str, kind: str, data: bytes) -> Message:
    """Return a mail with one file, read."""
    return read(mail_with(attached(kind, name, data)))
