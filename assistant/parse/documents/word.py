"""A Word document -> its paragraphs, and its tables as "a | b | c", in the order in which they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from assistant.parse.documents.extracted import LONG, MAX_TEXT, Document, Recognise, rows_as_lines
from assistant.parse.documents.office import opened

_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_T, _TAB, _BR, _CR = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")
_LISTED = f"./{qn('w:pPr')}/{qn('w:numPr')}"
# What was struck out, what field codes stand for, and what repeats a drawing for old programs.
_SKIPPED = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:instrText"),
    qn("w:pPr"),
    qn("w:rPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_MAX_DEPTH = 60
_MAX_UNPACKED = 40_000_000
"""Bytes, pictures included; the text is held as a tree, which takes ten times as much."""


def read_word(content: bytes, _recognise: Recognise | None) -> Document:
    """Return the document's text.

    python-docx itself leaves out what stands in form fields, text boxes and tracked changes; payers' forms are made
    of these, so its tree is walked here.

    Raises:
        RefusedFileError: It is locked, or unpacks to more than is opened.
    """
    document = docx.Document(opened(content, _MAX_UNPACKED))
    lines: list[str] = []
    size = 0
    for line in _lines(document.element.body, 0):
        lines.append(line)
        size += len(line) + 1
        if size > MAX_TEXT:
            return Document("\n".join(lines), LONG)
    text = "\n".join(lines)
    return Document(text, "" if text else "shows no words that we could read.")


def _lines(element: Any, depth: int) -> Iterator[str]:  # noqa: ANN401 - an element of the document's tree
    """Yield the lines of what stands in an element."""
    if depth > _MAX_DEPTH:
        return
    for child in element:
        if child.tag == _P:
            mark = "- " if child.find(_LISTED) is not None else ""
            text = "".join(_runs(child, depth + 1))
            yield from (f"{mark}{line.strip()}" for line in text.split("\n") if line.strip())
        elif child.tag == _TBL:
            rows = [[" ".join(_lines(cell, depth + 1)) for cell in _each(row, _TC)] for row in _each(child, _TR)]
            yield from rows_as_lines(rows)
        elif child.tag not in _SKIPPED:
            yield from _lines(child, depth + 1)


def _each(element: Any, tag: str) -> Iterator[Any]:  # noqa: ANN401 - as above
    """Yield a table's rows or a row's cells; some stand within a form field, none within another table."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag != _TBL:
            yield from _each(child, tag)


def _runs(element: Any, depth: int) -> Iterator[str]:  # noqa: ANN401 - as above
    """Yield a paragraph's words; a text box that hangs on it comes as lines of its own."""
    if depth > _MAX_DEPTH:
        return
    for child in element:
        if child.tag == _T:
            yield child.text or ""
        elif child.tag == _TAB:
            yield "\t"
        elif child.tag in (_BR, _CR):
            yield "\n"
        elif child.tag in (_P, _TBL):
            yield "\n" + "\n".join(_lines([child], depth + 1)) + "\n"
        elif child.tag not in _SKIPPED:
            yield from _runs(child, depth + 1)
