"""A spreadsheet -> the rows of its visible sheets as "a | b | c", with the values that were last computed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl

from assistant.parse.documents.extracted import LONG, MAX_TEXT, Document, Recognise, rows_as_lines
from assistant.parse.documents.office import opened

_MAX_UNPACKED = 75_000_000
"""Bytes; rows are read one by one."""


def read_sheet(content: bytes, _recognise: Recognise | None) -> Document:
    """Return the sheets' rows, each sheet under its name where there are several.

    Raises:
        RefusedFileError: It is locked, or unpacks to more than is opened.
    """
    book = openpyxl.load_workbook(opened(content, _MAX_UNPACKED), read_only=True, data_only=True, keep_links=False)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    lines: list[str] = []
    size = 0
    for line in _lines(shown):
        lines.append(line)
        size += len(line) + 1
        if size > MAX_TEXT:
            break
    hidden = len(book.worksheets) - len(shown)
    book.close()
    text = "\n".join(lines).strip()
    if size > MAX_TEXT:
        return Document(text, LONG)
    if hidden:
        return Document(text, f"has {hidden} hidden sheet{'s' if hidden > 1 else ''}, left out.")
    return Document(text, "" if text else "shows no words that we could read.")


def _lines(sheets: list[Any]) -> Iterator[str]:
    for sheet in sheets:
        if len(sheets) > 1:
            yield sheet.title
        # What a file claims of its own size is often wrong.
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            yield from rows_as_lines([[_value(cell) for cell in row]])


def _value(cell: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    match cell:
        case None:
            return ""
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(sep=" ", timespec="minutes")
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat(timespec="minutes")
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell)
