"""A mail's files -> Attachments: every one listed, the text of those that are text read.

Nothing is unpacked and no document is opened: what that would need is refused in words that the digest shows.
"""

from __future__ import annotations

import csv
import io
import re

from assistant.parse.calendars import calendar_text
from assistant.parse.charsets import decode, visible
from assistant.parse.html import see
from assistant.parse.mime import KNOWN_TYPES, File
from assistant.records import Attachment

_MAX_TEXT = 200_000
_MAX_SIGNATURE_IMAGE = 150_000
_BY_ENDING = {
    "csv": "text/csv",
    "htm": "text/html",
    "html": "text/html",
    "ics": "text/calendar",
    "log": "text/plain",
    "md": "text/plain",
    "tsv": "text/tab-separated-values",
    "txt": "text/plain",
}
_VAGUE = frozenset({"application/octet-stream", "application/x-unknown", "application/binary", "text/plain"})
_CALLED = (
    ("application/pdf", "This is a PDF"),
    ("application/zip", "This is an archive"),
    ("application/x-zip", "This is an archive"),
    ("application/msword", "This is a Word document"),
    ("application/vnd.openxmlformats-officedocument.wordprocessing", "This is a Word document"),
    ("application/vnd.ms-excel", "This is a spreadsheet"),
    ("application/vnd.openxmlformats-officedocument.spreadsheet", "This is a spreadsheet"),
    ("application/ms-tnef", "This is Outlook's own wrapping (winmail.dat)"),
    ("image/", "This is a picture"),
    ("audio/", "This is a recording"),
    ("video/", "This is a film"),
)
_UNREAD_TEXTS = frozenset({"text/rtf", "text/richtext", "text/enriched"})
_READ = frozenset(
    {"application/csv", "application/ics", "application/json", "message/delivery-status", "message/feedback-report"}
)
_DELIMITERS = ",;\t|"


def attachment(file: File) -> Attachment:
    """List a file, with its text where it is a text."""
    media_type = _kind(file)
    text: str | None = None
    problem: str | None = None
    if media_type not in _UNREAD_TEXTS and (media_type.startswith(("text/", "message/")) or media_type in _READ):
        text = _text(decode(file.data, file.charset), media_type)
        if len(text) > _MAX_TEXT:
            text, problem = text[:_MAX_TEXT], "It is long; only its beginning was read."
    elif not (file.is_inline_image and len(file.data) <= _MAX_SIGNATURE_IMAGE):
        called = next((words for start, words in _CALLED if media_type.startswith(start)), "This is not plain text")
        problem = f"{called}; its text is not read."
    return Attachment(name=file.name, media_type=file.media_type, size=len(file.data), text=text, problem=problem)


def _kind(file: File) -> str:
    """Return the media type that counts: many programs send every file as application/octet-stream."""
    if file.media_type in _VAGUE or not file.media_type.startswith(KNOWN_TYPES):
        return _BY_ENDING.get(file.name.rpartition(".")[2].lower(), file.media_type)
    return file.media_type


def _text(text: str, media_type: str) -> str:
    if media_type == "text/html":
        return "\n".join(line.text for line in see(text).lines)
    plain = visible(text)
    if media_type in ("text/csv", "application/csv", "text/tab-separated-values", "text/comma-separated-values"):
        return _rows(plain)
    if media_type in ("text/calendar", "application/ics"):
        return calendar_text(plain) or plain
    return plain.strip("\n")


def _rows(text: str) -> str:
    """Return a table of values, one line a row, as tables in a body stand."""
    first = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text[: 2 * _MAX_TEXT]), delimiter=delimiter))
    except csv.Error:
        return text.strip("\n")
    lines = (" | ".join(re.sub(r"\s+", " ", cell).strip() for cell in row) for row in rows)
    return "\n".join(line for line in lines if line.strip(" |"))
