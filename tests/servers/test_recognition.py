"""Scans and faxes, read by the real tesseract (make servers)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PIL import Image

from assistant.reading_room import ReadingRoom
from tests.parse.files import ANYTHING, attached, drawn, mail_with, saved
from tests.parse.mails import spooled

pytestmark = pytest.mark.servers

LINES = (
    "Valley Radiology - prior authorization",
    "Patient: Luis Ortega, DOB 04/12/1961",
    "The signed order for the CT of the abdomen is missing.",
    "Please send it no later than Friday, March 20, 2026.",
)


@pytest.fixture(scope="module")
def room() -> Iterator[ReadingRoom]:
    opened = ReadingRoom()
    yield opened
    opened.close()


def fax() -> Image.Image:
    return drawn(*LINES).convert("1")


@pytest.mark.parametrize(
    "content",
    [
        saved(fax(), "PDF", resolution=200),
        saved(drawn(*LINES).rotate(90, expand=True), "PDF", resolution=200),
        saved(fax().resize((1700, 528)), "TIFF", compression="group4", dpi=(204, 98)),
        saved(drawn(*LINES), "JPEG", quality=60),
        saved(fax(), "PNG"),
    ],
    ids=["scanned pdf", "sideways", "fax", "photo", "png"],
)
def test_the_words_of_a_scan_are_read(room: ReadingRoom, content: bytes):
    message = room.read(spooled(mail_with(attached(ANYTHING, "fax", content))))

    text = message.attachments[0].text or ""
    assert [line for line in text.split("\n") if line] == list(LINES)
    assert message.problems == ()


def test_each_page_of_a_fax_is_read(room: ReadingRoom):
    content = saved(fax(), "TIFF", fax(), fax(), compression="group4")
    message = room.read(spooled(mail_with(attached(ANYTHING, "fax", content))))

    assert (message.attachments[0].text or "").count("March 20, 2026") == 3


def test_a_picture_without_words_is_said_to_have_none(room: ReadingRoom):
    content = saved(Image.radial_gradient("L").resize((800, 800)), "JPEG")
    problem = room.read(spooled(mail_with(attached(ANYTHING, "a.jpg", content)))).attachments[0].problem

    assert problem is not None
    assert problem.endswith("shows no words that we could read.")
