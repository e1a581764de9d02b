"""A part's text -> the rows of its tables: cells between bars, columns set with spaces, comma-separated values."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from assistant.understand.embedded.sentences import Sentence, fold

COLUMNS = re.compile(r"\s{2,}")
DASHES = re.compile(r"^[\s\-=+|:]{3,400}$")
PROSE = re.compile(r"\w{4}[.!?]$")
MAX_ROWS = 400
MIN_COLUMNS = 3
MIN_LINES = 2
"""A head and a row."""
MIN_LINE = 12
MAX_CELL = 40
"""Characters of a cell set with spaces; prose runs longer."""

Row = tuple[str, list[str]]
"""The line as it stands, and its cells."""


def split_tables(text: str) -> tuple[str, tuple[Sentence, ...]]:
    """Return the text without its tables, and the tables' rows; a table's head names the cells of the rows below."""
    kept: list[str] = []
    rows: list[Sentence] = []
    for is_table, lines in _runs(text):
        if is_table:
            rows.extend(_named(lines))
            kept.append("")
        else:
            kept.extend(lines)
    return "\n".join(kept), tuple(rows[:MAX_ROWS])


def csv_rows(text: str) -> tuple[Sentence, ...]:
    """Return the rows of comma-separated values; () where `text` is not that."""
    lines = [line for line in text.split("\n") if line.strip()][: MAX_ROWS + 1]
    if len(lines) < MIN_LINES or lines[0].count(",") < MIN_COLUMNS - 1:
        return ()
    try:
        cells = [next(csv.reader([line])) for line in lines]
    except csv.Error:
        return ()
    width = len(cells[0])
    if sum(len(row) == width for row in cells) < 0.8 * len(cells):
        return ()
    return tuple(_sentence(line, cells[0], row) for line, row in zip(lines[1:], cells[1:], strict=True))


def _runs(text: str) -> Iterator[tuple[bool, list[str]]]:
    """Yield runs of lines: tables (two rows or more of as many cells as their head) and what is none."""
    plain: list[str] = []
    table: list[str] = []
    for line in [*text.split("\n"), ""]:
        if len(_cells(line)) >= MIN_COLUMNS or (table and DASHES.match(line)):
            table.append(line)
            continue
        if _is_table(table):
            yield False, plain
            yield True, table
            plain = []
        else:
            plain.extend(table)
        table = []
        plain.append(line)
    yield False, plain


def _is_table(lines: list[str]) -> bool:
    rows = [line for line in lines if not DASHES.match(line)]
    if len(rows) < MIN_LINES:
        return False
    if "|" in rows[0] or "\t" in rows[0]:
        return True
    # Two spaces after a full stop, or "Patient: Dow   MRN: 12", make no columns.
    # The last column may hold a remark.
    cells = [cell for row in rows for cell in _cells(row)[:-1]]
    return ":" not in rows[0] and not any(len(cell) > MAX_CELL or PROSE.search(cell) for cell in cells)


def _cells(line: str) -> list[str]:
    stripped = line.strip()
    if "|" in stripped:
        # "Ames | 3/2 |" ends in an empty cell; "| Ames | 3/2 |" does not.
        row = stripped.removeprefix("|").removesuffix("|") if stripped.startswith("|") else stripped
        return [cell.strip() for cell in row.split("|")] if stripped.count("|") >= MIN_COLUMNS - 1 else []
    if "\t" in stripped:
        return [cell.strip() for cell in stripped.split("\t")]
    return [cell for cell in COLUMNS.split(stripped) if cell] if len(stripped) > MIN_LINE else []


def _named(lines: list[str]) -> Iterator[Sentence]:
    head: list[str] = []
    starts: list[int] = []
    for line in lines:
        if DASHES.match(line):
            continue
        if not head:
            head = _cells(line)
            starts = [] if "|" in line or "\t" in line else _starts(line)
            continue
        yield _sentence(line, head, _at(line, starts) if starts else _cells(line))


def _starts(line: str) -> list[int]:
    return [found.start() for found in re.finditer(r"(?:(?<=\s\s)|(?<![\s\S]))\S", line)]


def _at(line: str, starts: list[int]) -> list[str]:
    """Cut a line where its head's columns begin, moved to the next gap where a cell runs over."""
    cuts = []
    for start in starts:
        cut = start
        while 0 < cut < len(line) and line[cut - 1] != " ":
            cut -= 1
        cuts.append(cut)
    return [line[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(line)], strict=True)]


def _sentence(line: str, head: list[str], cells: list[str]) -> Sentence:
    names = [*head, *[""] * len(cells)]
    return Sentence(
        text=fold(line), shape="row", cells=tuple((fold(a), fold(b)) for a, b in zip(names, cells, strict=False))
    )
