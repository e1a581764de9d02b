"""PDF -> text: what is written in it, the values of its form, and what is recognised on scanned pages."""

from __future__ import annotations

import logging
import re
from io import BytesIO

import pypdfium2
from pypdf import PageObject, PasswordType, PdfReader
from pypdf.generic import DictionaryObject, PdfObject

from assistant.parse.documents.extracted import LONG, MAX_PAGES, MAX_TEXT, Document, Recognise, RefusedFileError
from assistant.parse.documents.picture import drawn, has_words

# It quotes what it cannot read, and that is a patient's.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)

_FEW = 200
"""A page with fewer characters than this and a picture is taken for a scan with a fax machine's line on it."""
_PAINTED = re.compile(rb"(?<=\s)(?:[BbFfSs]\*?|sh|EI)(?=\s)")
_FEW_STROKES = 20
_DPI = 200
_MAX_SIDE = 3500
"""Pixels; a page that is larger is drawn smaller."""


def read_pdf(content: bytes, recognise: Recognise | None) -> Document:
    """Return the text page by page.

    Raises:
        RefusedFileError: It is locked with a password, or a scan that cannot be read here.
    """
    reader = PdfReader(BytesIO(content))
    # Against changes only, a PDF is locked with an empty password.
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise RefusedFileError("is locked with a password; it was not read.")
    pages = reader.pages[:MAX_PAGES]
    written: list[str | None] = []
    scans: list[int] = []
    for place, page in enumerate(pages):
        text, is_scan = _seen(page)
        written.append(text)
        scans.extend([place] if is_scan else [])
        if _size(written) > MAX_TEXT:
            break
    unread = _recognised(content, scans, written, recognise) if recognise else scans
    text = "\n\n".join(part for part in (*written, *_form(reader)) if part)
    if not text and unread and recognise is None:
        raise RefusedFileError("is a scan, and no text recognition is installed here; it was not read.")
    return Document(text, _left_out(len(reader.pages), unread, written, can_recognise=recognise is not None))


def _size(written: list[str | None]) -> int:
    return sum(len(text or "") for text in written)


def _seen(page: PageObject) -> tuple[str | None, bool]:
    """Return a page's own text, None where it is damaged, which the others need not be; and whether it is a scan."""
    try:
        lines = page.extract_text().replace("\x00", "").split("\n")
        text = "\n".join(line.rstrip() for line in lines if line.strip())
        return text, len(text) < _FEW and (_has_picture(page) or (not text and _has_drawing(page)))
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 - what the library raises on hostile pages is beyond counting
        return None, False


def _has_drawing(page: PageObject) -> bool:
    """Tell whether a page without text draws letters as lines, as some fax programs do; a blank one draws little."""
    content = page.get_contents()
    return content is not None and len(_PAINTED.findall(content.get_data())) > _FEW_STROKES


def _has_picture(page: PageObject) -> bool:
    drawings = _part(_part(page, "/Resources"), "/XObject")
    # A form is a drawing within the drawing, and may hold the picture.
    return any(_part(drawings, name).get("/Subtype") in ("/Image", "/Form") for name in drawings)


def _part(whole: DictionaryObject, name: str) -> DictionaryObject:
    value = whole.get(name)
    part = value.get_object() if isinstance(value, PdfObject) else None
    return part if isinstance(part, DictionaryObject) else DictionaryObject()


def _recognised(content: bytes, scans: list[int], written: list[str | None], recognise: Recognise) -> list[int]:
    """Put what is recognised into `written`; return the pages of which nothing is."""
    unread: list[int] = []
    is_time_left = True
    if not scans:
        return unread
    with pypdfium2.PdfDocument(content) as document:
        for place in scans:
            text = recognise(_picture(document, place)) if is_time_left else None
            is_time_left = text is not None
            if text and has_words(text) and len(text) > len(written[place] or ""):
                written[place] = text
            elif text is None:
                unread.append(place)
    return unread


def _picture(document: pypdfium2.PdfDocument, place: int) -> bytes:
    page = document[place]
    scale = min(_DPI / 72, _MAX_SIDE / max(*page.get_size(), 1))
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
    picture = drawn(bitmap.to_pil())
    bitmap.close()
    page.close()
    return picture


def _form(reader: PdfReader) -> list[str]:
    """Return what is filled in, which stands beside the pages' own text."""
    fields = reader.get_form_text_fields() or {}
    filled = [f"{name}: {value}" for name, value in fields.items() if isinstance(value, str) and value.strip()]
    return ["\n".join(filled)] if filled else []


def _left_out(count: int, unread: list[int], written: list[str | None], *, can_recognise: bool) -> str:
    if _size(written) > MAX_TEXT:
        return LONG
    damaged = written.count(None)
    if damaged == len(written):
        return "is damaged; it was not read."
    if damaged:
        return f"was read in part: {damaged} of its {count} pages {'is' if damaged == 1 else 'are'} damaged."
    if count > MAX_PAGES:
        return f"has {count:,} pages; only the first {MAX_PAGES} were read."
    if unread:
        pages = f"{len(unread)} of its {count} pages {'is a scan' if len(unread) == 1 else 'are scans'}"
        why = "the time for them was up" if can_recognise else "no text recognition is installed here"
        return f"was read in part: {pages}, and {why}."
    return "" if any(written) else "shows no words that we could read."
