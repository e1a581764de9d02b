from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from PIL import Image

from assistant.errors import SlowMailError, UnreadableMailError
from assistant.parse import parse
from assistant.parse.message import TRUNCATED
from assistant.reading_room import ReadingRoom
from assistant.records import Message
from tests.faults.test_hostile_mutants import CONTEXT, engine
from tests.parse.files import (
    ANYTHING,
    attached,
    mail_with,
    outlook_message,
    packed_zeros,
    pdf,
    pdf_of,
    rezipped,
    saved,
    scanned_pdf,
    sheet,
    word,
)
from tests.parse.mails import alternative, raw, read, spooled

UNSAFE = "could not be read safely."
FAULTY = ("-m", "tests.reading_room.faulty_desk")


@pytest.fixture(scope="module")
def room() -> Iterator[ReadingRoom]:
    opened = ReadingRoom()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def faulty() -> Iterator[ReadingRoom]:
    opened = ReadingRoom(file_s=1, understand_s=3, command=FAULTY)
    yield opened
    opened.close()


def faulty_mail(*files: str) -> bytes:
    return mail_with(*(attached("application/pdf", f"{name}.pdf", b"%PDF-" + name.encode()) for name in files))


def told(message: Message) -> list[str | None]:
    """Return what is told of each file: its text, or the end of what is the matter with it."""
    return [one.text or (one.problem or "").partition(") ")[2] for one in message.attachments]


@pytest.mark.parametrize(
    "content",
    [
        raw("Please call Ana.\n"),
        alternative("Café 🏥", "<p>Café 🏥</p>", Subject="=?utf-8?q?Caf=C3=A9?="),
        mail_with(attached(ANYTHING, "a.pdf", pdf("Denial of service")), attached("text/csv", "b.csv", b"a,b")),
        mail_with(
            attached(ANYTHING, "a.msg", outlook_message("Bed", "Call.", "a@lab.example", [("b.docx", word("x"))]))
        ),
        raw("long line\n" * 30_000),
    ],
    ids=["plain", "alternative", "files", "outlook", "long"],
)
def test_a_mail_reads_the_same_here_and_apart(room: ReadingRoom, content: bytes):
    assert room.read(spooled(content)) == parse(spooled(content))


def test_a_plain_mail_needs_no_process():
    message = ReadingRoom(command=("-c", "raise SystemExit")).read(spooled(raw("Please call Ana.\n")))

    assert message.own_words == "Please call Ana."


def test_a_mail_with_nothing_to_read_is_refused_from_apart(room: ReadingRoom):
    with pytest.raises(UnreadableMailError, match="the mail is empty"):
        room.read(spooled(raw(" \n" * 120_000, Subject=None)))


def test_only_the_files_that_end_their_reader_stay_closed(faulty: ReadingRoom):
    message = faulty.read(spooled(faulty_mail("fine", "sleeps", "stops", "crashes", "also fine")))

    assert told(message) == ["read", UNSAFE, UNSAFE, UNSAFE, "read"]
    assert message.own_words == "Please see the file."
    assert message.problems == tuple(dict.fromkeys(one.problem for one in message.attachments if one.problem))


def test_many_such_files_cost_a_few_tries_only(faulty: ReadingRoom):
    message = faulty.read(spooled(faulty_mail(*["crashes"] * 6)))

    assert told(message) == [UNSAFE] * 6
    assert message.own_words == "Please see the file."


def test_a_mail_that_hangs_as_a_whole_is_read_in_part(faulty: ReadingRoom):
    message = faulty.read(spooled(raw("Please call Ana.\n" + "hangs as a whole\n" * 20_000)))

    assert message.own_words.startswith("Please call Ana.")
    assert TRUNCATED in message.problems


def test_a_mail_is_read_where_no_process_can_be_had():
    closed = ReadingRoom(command=("-c", "raise SystemExit"))
    message = closed.read(spooled(faulty_mail("fine")))

    assert told(message) == [UNSAFE]
    assert message.own_words == "Please see the file."


@pytest.mark.parametrize("fault", ["fills", "calls", "runs", "writes"])
def test_a_file_gets_no_more_memory_no_network_no_program_and_no_disk(faulty: ReadingRoom, fault: str):
    message = faulty.read(spooled(faulty_mail(fault, "fine")))

    assert told(message)[1] == "read"
    assert message.attachments[0].text is None
    assert not Path("/tmp/words-of-a-mail").exists() or not Path("/tmp/words-of-a-mail").read_text("utf-8")


def test_a_library_that_prints_does_not_speak_for_the_reader(faulty: ReadingRoom):
    assert told(faulty.read(spooled(faulty_mail("prints")))) == ["read"]


def test_the_reader_is_told_no_secret(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DESK_PASSWORD", "open sesame")
    room = ReadingRoom(command=FAULTY)
    seen = told(room.read(spooled(faulty_mail("looks"))))[0]
    room.close()

    assert seen
    assert "DESK_PASSWORD" not in seen


def test_one_process_reads_many_mails_and_ends_with_the_room():
    room = ReadingRoom()
    room.read(spooled(faulty_mail("one")))
    assert room._reader is not None
    process = room._reader._process
    room.read(spooled(faulty_mail("two")))
    assert room._reader._process is process

    room.close()

    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_a_scan_is_said_to_be_one_where_no_text_recognition_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    room = ReadingRoom()
    message = room.read(spooled(mail_with(attached(ANYTHING, "fax", scanned_pdf(["Denial of service"])))))
    room.close()

    assert told(message) == ["is a scan, and no text recognition is installed here; it was not read."]


def huge_picture() -> bytes:
    return saved(Image.new("1", (30_000, 30_000)), "PNG", optimize=False)


def far_cells() -> bytes:
    cells = "".join(f'<row r="{n}"><c r="XFD{n}" t="str"><v>x</v></c></row>' for n in range(1, 1_048_576, 2000))
    schema = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = f'<worksheet xmlns="{schema}"><sheetData>{cells}</sheetData></worksheet>'.encode()
    return rezipped(sheet(["x"]), "xl/worksheets/sheet1.xml", data)


def huge_word() -> bytes:
    file = BytesIO()
    with ZipFile(BytesIO(word("x"))) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
        body = "<w:p><w:r><w:t>a b c d e f g</w:t></w:r></w:p>" * 1_000_000
        schema = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        new.writestr("word/document.xml", f'<w:document xmlns:w="{schema}"><w:body>{body}</w:body></w:document>')
        # Noise lowers the rate at which it is packed, by which a bomb would be known.
        new.writestr("word/media/noise.bin", os.urandom(600_000))
    return file.getvalue()


@pytest.mark.parametrize(
    "bomb",
    [
        lambda: pdf_of(packed_zeros(100_000_000), filters="/Filter/FlateDecode"),
        lambda: pdf_of(packed_zeros(100_000_000, 2), filters="/Filter[/FlateDecode/FlateDecode]"),
        lambda: pdf_of(b"q " * 200_000 + b"BT (a) Tj ET"),
        lambda: pdf(*["a page"] * 5000),
        huge_word,
        far_cells,
        huge_picture,
    ],
    ids=["packed pdf", "twice packed pdf", "deep pdf", "5000 pages", "word", "sheet", "picture"],
)
def test_a_bomb_hurts_nobody(bomb: object, room: ReadingRoom):
    assert callable(bomb)
    content = mail_with(attached(ANYTHING, "bomb", bomb()), attached(ANYTHING, "fine.pdf", pdf("Denial of service")))
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()

    message = room.read(spooled(content))

    assert message.own_words == "Please see the file."
    assert message.attachments[0].problem or message.attachments[0].text
    assert message.attachments[1].text == "Denial of service"
    assert time.monotonic() - start < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


LONG = "\n\n".join(f"Please send form {n} for Mrs. Dow by Friday." for n in range(300))


def test_a_mail_is_understood_apart_as_it_is_here(room: ReadingRoom):
    message = read(raw(LONG))

    assert room.understand(message, CONTEXT) == engine().read(message, CONTEXT)


def test_the_process_goes_on_to_read_after_it_understood(room: ReadingRoom):
    message = read(raw(LONG))
    room.understand(message, CONTEXT)

    assert told(room.read(spooled(mail_with(attached(ANYTHING, "a.docx", word("x")))))) == ["x"]
    assert room.understand(message, CONTEXT).findings


def test_a_mail_that_is_not_understood_in_time_is_told_and_costs_no_other(faulty: ReadingRoom):
    start = time.monotonic()
    with pytest.raises(SlowMailError):
        faulty.understand(read(raw("hangs as a whole")), CONTEXT)

    assert time.monotonic() - start < 60
    assert faulty.understand(read(raw(LONG)), CONTEXT).findings
