"""A file's bytes -> its text: PDF, scan, picture, Word, Excel. Pure: nothing is run, fetched or written.

The libraries behind it are imported when the first file of their kind comes, and can be led by a hostile file to hang,
to fill the memory or to crash: `assistant.reading_room` lets them work in a process that can be ended.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.parse.documents.extracted import MAX_BYTES, Extracted, Recognise, RefusedFileError, size_in_words
from assistant.parse.documents.kinds import Kind, kind_of

if TYPE_CHECKING:
    from assistant.parse.documents.extracted import Document

__all__ = ["Extracted", "Kind", "Recognise", "RefusedFileError", "about", "guarded", "kind_of", "text_of"]


def about(kind: Kind, content: bytes, said: str) -> str:
    """Return what a person is told of a file: its kind, its size and what is the matter with it."""
    return f"This {kind.called} ({size_in_words(len(content))}) {said}"


def text_of(kind: Kind, content: bytes, recognise: Recognise | None = None) -> Extracted:
    """Return a document's text and what of it could not be read; never raises.

    Args:
        kind: What it is, by `kind_of`.
        content: Its bytes.
        recognise: Reads the words of a picture; None where nothing is installed that can.
    """

    def read() -> Extracted:
        document = _reader(kind)(content, recognise)
        left_out = about(kind, content, document.left_out) if document.left_out else None
        return Extracted(text=document.cut_text, problem=left_out)

    return guarded(kind, content, read)


def guarded(kind: Kind, content: bytes, read: Callable[[], Extracted]) -> Extracted:
    """Return what `read` makes of a file, or why it makes nothing of it."""
    if len(content) > MAX_BYTES:
        return Extracted(problem=about(kind, content, "is too large to be opened; it was not read."))
    try:
        return read()
    except RefusedFileError as refused:
        return Extracted(problem=about(kind, content, str(refused)))
    except (MemoryError, RecursionError):
        return Extracted(problem=about(kind, content, "unpacks to more than we open; it was not read."))
    except Exception:  # noqa: BLE001 - what the libraries raise on hostile files is beyond counting
        return Extracted(problem=about(kind, content, "is damaged; it was not read."))


def _reader(kind: Kind) -> Callable[[bytes, Recognise | None], Document]:
    match kind.read_as:
        case "pdf":
            from assistant.parse.documents.pdf import read_pdf  # noqa: PLC0415 - loaded when one comes

            return read_pdf
        case "word":
            from assistant.parse.documents.word import read_word  # noqa: PLC0415

            return read_word
        case "sheet":
            from assistant.parse.documents.sheet import read_sheet  # noqa: PLC0415

            return read_sheet
        case "picture":
            from assistant.parse.documents.picture import read_picture  # noqa: PLC0415

            return read_picture
        case _:
            raise RefusedFileError(kind.refusal)
