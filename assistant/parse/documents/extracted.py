"""What comes of a file, and how much of one is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MAX_BYTES = 25_000_000
"""A larger file is not opened."""
MAX_TEXT = 200_000
"""Characters of a file's text that are kept."""
MAX_PAGES = 50
LONG = "is long; only its beginning was read."

Recognise = Callable[[bytes], "str | None"]
"""A picture (any common format, grey, upright) -> its words; None where there is no time left for it."""


class RefusedFileError(Exception):
    """A file is not read; the text says why and ends the sentence "This PDF (2 MB) ..."."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader made of a file."""

    text: str
    left_out: str = ""
    """What of it was not read: ends the sentence "This PDF (2 MB) ..."."""

    @property
    def cut_text(self) -> str | None:
        return self.text[:MAX_TEXT] or None


@dataclass(frozen=True, slots=True)
class Extracted:
    """What is told of a file: its text where it was read, and what is the matter with it, as a sentence."""

    text: str | None = None
    problem: str | None = None
    asked: tuple[str, ...] = ()
    """What an invitation says to those invited, in its organiser's words."""


def size_in_words(size: int) -> str:
    """Return a size as people say it.

    >>> size_in_words(900), size_in_words(34_500), size_in_words(1_250_000)
    ('900 bytes', '34 kB', '1.2 MB')
    """
    if size < 1000:  # noqa: PLR2004 - kilo
        return f"{size} byte" + ("" if size == 1 else "s")
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"  # noqa: PLR2004 - mega


def rows_as_lines(rows: list[list[str]]) -> list[str]:
    """Return a table's rows, one line each, as tables in a body stand; empty rows are left out."""
    lines = (" | ".join(" ".join(cell.split()) for cell in row).rstrip(" |") for row in rows)
    return [line for line in lines if line.strip(" |")]
