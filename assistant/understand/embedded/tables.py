"""A part's text -> the rows of its tables: cells between bars, columns set with spaces, comma-separated values."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from assistant.understand.embedded.columns import known
from assistant.understand.embedded.sentences import FORM_KEY, KEY, Sentence, fold

COLUMNS = re.compile(r"\s{2,}|\s?\.{4,200}\s?")
"""What sets columns apart: spaces, or a dotted line."""
DOTTED = re.compile(r"\w ?\.{4,200} ?\S")
DASHES = re.compile(r"^[\s\-=+|:]{3,400}$")
PROSE = re.compile(r"\w{4}[.!?]$")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
NUMBER = re.compile(r"\d")
PERSON = re.compile(r"^[A-Z][\w'’-]{1,20}, [A-Z]")
MAX_ROWS = 1500
MIN_COLUMNS = 3
PAIR = 2
MIN_LINES = 2
"""A head and a row."""
MIN_LINE = 12
MAX_HEAD = 30
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
        if _is_row(line, table):
            table.append(line)
            continue
        above, table = _above_head(table)
        plain.extend(above)
        if _is_table(table):
            yield False, plain
            yield True, table
            plain = []
        else:
            plain.extend(table)
        table = []
        plain.append(line)
    yield False, plain


def _is_row(line: str, table: list[str]) -> bool:
    """Say whether a line can be a row below those of `table`; a row whose last cells are empty is short."""
    if table and DASHES.match(line):
        return True
    if len(_cells(line)) >= MIN_COLUMNS or (DOTTED.search(line) and not _is_field(line)):
        return True
    if table and "|" in table[0]:
        return "|" in line
    return _is_pair(line) if not table else _is_pair(table[0]) and ("|" in line or bool(COLUMNS.search(line.strip())))


def _is_field(line: str) -> bool:
    """Say whether a dotted line is a form's: "Patient ..... Dow, Joan"."""
    field = KEY.match(line)
    return field is not None and FORM_KEY.match(field["key"].strip()) is not None


def _is_pair(line: str) -> bool:
    """Say whether a line is the head of two columns, of kinds that we know."""
    cells = _pair(line)
    return len(cells) == PAIR and all(known(cell) for cell in cells)


def _pair(line: str) -> list[str]:
    stripped = line.strip()
    split = stripped.strip("|").split("|") if "|" in stripped else COLUMNS.split(stripped)
    return [cell.strip() for cell in split]


def _above_head(lines: list[str]) -> tuple[list[str], list[str]]:
    """Cut off lines that only look like rows: "Staffed 288   Occupied 271" above a table of five columns."""
    rows = [line for line in lines if not DASHES.match(line)]
    if len(rows) <= MIN_LINES or "|" in rows[0] or "\t" in rows[0]:
        return [], lines
    widths = [len(_cells(line)) for line in rows]
    usual = max(set(widths[1:]), key=widths[1:].count)
    if widths[0] == usual or widths[1] != usual or _is_head(_cells(rows[0])):
        return [], lines
    place = lines.index(rows[1])
    return lines[:place], lines[place:]


def _is_table(lines: list[str]) -> bool:
    rows = [line for line in lines if not DASHES.match(line)]
    if len(rows) < MIN_LINES:
        return False
    if "|" in rows[0] or "\t" in rows[0] or all(DOTTED.search(row) for row in rows):
        return True
    # Two spaces after a full stop, or "Patient: Dow   MRN: 12", make no columns.
    # The last column may hold a remark.
    cells = [cell for row in rows for cell in _cells(row)[:-1]]
    return ":" not in rows[0] and not any(len(cell) > MAX_CELL or PROSE.search(cell) for cell in cells)


def _is_head(cells: list[str]) -> bool:
    """Say whether cells name columns: one of a kind that we know, or no number and no name among them."""
    if any(PERSON.match(cell) for cell in cells):
        return False
    if any(known(cell) for cell in cells):
        return True
    return not any(NUMBER.search(cell) or PERSON.match(cell) or len(cell) > MAX_HEAD for cell in cells)


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
            head = _cells(line) or _pair(line)
            starts = [] if "|" in line or "\t" in line else _starts(line)
            if _is_head(head) and not DOTTED.search(line):
                continue
            # The table has no head: its first line is a row.
            head, starts = [""] * len(head), []
        yield _sentence(line, head, _at(line, starts) if starts else _cells(line) or _pair(line))


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
    names = [*head, *[""] * (len(cells) - len(head))]
    filled = [*cells, *[""] * (len(head) - len(cells))]
    return Sentence(
        text=fold(line), shape="row", cells=tuple((_column(a), fold(b)) for a, b in zip(names, filled, strict=True))
    )


def _column(name: str) -> str:
    """Return a column's name in words: "due_date" and "DueDate" are two."""
    return fold(CAMEL.sub(" ", name.replace("_", " "))).strip(" :*")
