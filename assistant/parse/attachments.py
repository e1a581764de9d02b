"""A mail's files -> Attachments: every one listed, with the text of it or with the reason why there is none."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.parse.charsets import decode, visible
from assistant.parse.documents import Extracted, Kind, Recognise, about, guarded, kind_of, text_of
from assistant.parse.documents.extracted import MAX_TEXT
from assistant.parse.documents.kinds import by_bytes
from assistant.parse.html import see
from assistant.parse.mime import KNOWN_TYPES, File
from assistant.records import Attachment

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
_UNREAD_TEXTS = frozenset({"text/rtf", "text/richtext", "text/enriched"})
_READ = frozenset({"application/csv", "application/json", "message/delivery-status", "message/feedback-report"})
_DELIMITERS = ",;\t|"
UNSAFE = "could not be read safely."


@dataclass(frozen=True, slots=True)
class Desk:
    """What the reading of files may use."""

    opens: Callable[[], bool] = lambda: True
    """Asked before each file that needs a library to be read; where it says False, the file stays closed."""
    recognise: Recognise | None = None
    """Reads the words of a picture; None where nothing is installed that can."""


@dataclass(frozen=True, slots=True)
class Listed:
    attachment: Attachment
    asked: tuple[str, ...] = ()
    """What an invitation says to those invited, in its organiser's words."""


def listed(file: File, desk: Desk) -> Listed:
    """List a file, with its text where it has one that can be read."""
    media_type = _media_type(file)
    kind = kind_of(file.name, media_type, file.data)
    found = Extracted()
    if _is_text(media_type, file.data):
        found = _cut(_text(decode(file.data, file.charset), media_type), kind, file.data)
    elif not is_signature_image(file):
        found = opened(kind, file, desk, lambda: _document(kind, file, desk))
    named = Attachment(
        name=file.name,
        # An invitation is one, whatever its sender calls it.
        media_type="text/calendar" if kind.read_as == "calendar" else media_type,
        size=len(file.data),
        text=found.text,
        problem=found.problem,
    )
    return Listed(named, found.asked)


def opened(kind: Kind, file: File, desk: Desk, read: Callable[[], Extracted]) -> Extracted:
    """Return what `read` makes of a file that needs a library, where the desk lets it be opened."""
    if kind.read_as != "unread" and not desk.opens():
        return Extracted(problem=about(kind, file.data, UNSAFE))
    return guarded(kind, file.data, read)


def is_signature_image(file: File) -> bool:
    return file.is_inline_image and len(file.data) <= _MAX_SIGNATURE_IMAGE


def _document(kind: Kind, file: File, desk: Desk) -> Extracted:
    if kind.read_as == "calendar":
        return _calendar(visible(decode(file.data, file.charset)), kind, file.data)
    found = text_of(kind, file.data, desk.recognise)
    return Extracted(text=visible(found.text) if found.text else None, problem=found.problem)


def _calendar(text: str, kind: Kind, content: bytes) -> Extracted:
    from assistant.parse.calendars import calendar_text  # noqa: PLC0415 - its library is loaded when one comes

    try:
        found = calendar_text(text)
    except ValueError:
        # A person can read it still.
        return _cut(text.strip("\n"), kind, content)
    return replace(_cut(found.text or text.strip("\n"), kind, content), asked=found.asked)


def _cut(text: str, kind: Kind, content: bytes) -> Extracted:
    if len(text) <= MAX_TEXT:
        return Extracted(text=text)
    return Extracted(text=text[:MAX_TEXT], problem=about(kind, content, "is long; only its beginning was read."))


def _is_text(media_type: str, content: bytes) -> bool:
    is_called_text = media_type.startswith(("text/", "message/")) or media_type in _READ
    # A PDF that is sent as text is a PDF.
    is_text = is_called_text and media_type not in _UNREAD_TEXTS and media_type != "text/calendar"
    return is_text and by_bytes(content) is None


def _media_type(file: File) -> str:
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
    return plain.strip("\n")


def _rows(text: str) -> str:
    """Return a table of values, one line a row; with commas as it stands, else as tables in a body stand.

    A row between commas is quoted as it stands, too: bars would be ours.
    """
    first = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    if delimiter == ",":
        return text.strip("\n")
    try:
        rows = list(csv.reader(io.StringIO(text[: 2 * MAX_TEXT]), delimiter=delimiter))
    except csv.Error:
        return text.strip("\n")
    lines = (" | ".join(re.sub(r"\s+", " ", cell).strip() for cell in row) for row in rows)
    return "\n".join(line for line in lines if line.strip(" |"))
