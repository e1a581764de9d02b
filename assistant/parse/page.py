"""Runs of visible text, breaks, rows and cells, as a walk over HTML meets them -> lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.parse.lines import Line

_BULLET = "- "
_MAX_CELL_LINES = 4
_MAX_CELL = 300
_SPACE = re.compile(r"[ \t\n\f]+")


@dataclass(slots=True)
class _Sheet:
    """Lines being written: the page itself, or one cell of a table."""

    lines: list[Line] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    holds_rows: bool = False


class Page:
    """What has been seen so far. `depth` is the quotation depth of the text that is written next."""

    def __init__(self) -> None:
        self.depth = 0
        self.has_table = False
        self._sheets = [_Sheet()]
        self._rows: list[list[_Sheet]] = []
        self._opens = False

    def write(self, text: str) -> None:
        """Write text with its white space folded."""
        folded = _SPACE.sub(" ", text)
        current = self._sheets[-1].current
        if folded != " " or (current and current[-1][-1:] not in ("", " ")):
            current.append(folded)

    def write_kept(self, text: str) -> None:
        """Write preformatted text, line by line."""
        first, *rest = text.split("\n")
        self._sheets[-1].current.append(first)
        for line in rest:
            self.end_line()
            self._sheets[-1].current.append(line)

    def write_blank(self) -> None:
        """Write the blank that mail programs put into a paragraph to keep it open."""
        self._sheets[-1].current.append(" " if self._sheets[-1].current else "")

    def bullet(self) -> None:
        self.break_line()
        self._sheets[-1].current.append(_BULLET)

    def opens_next(self) -> None:
        """Note that with the next words another mail begins."""
        self.break_line()
        self._opens = True

    def break_line(self) -> None:
        """End the line, where one has been begun."""
        current = self._sheets[-1].current
        if current and current != [_BULLET]:
            self.end_line()

    def end_line(self) -> None:
        """End the line, be it empty."""
        sheet = self._sheets[-1]
        text = "".join(sheet.current)
        sheet.current = []
        self._append(sheet, text.rstrip() if text.startswith("  ") else text.strip())

    def blank_line(self) -> None:
        """End the line and leave room under it, once."""
        self.break_line()
        sheet = self._sheets[-1]
        if sheet.lines and sheet.lines[-1].text and not sheet.current:
            sheet.lines.append(Line("", sheet.lines[-1].depth))

    def _append(self, sheet: _Sheet, text: str) -> None:
        sheet.lines.append(Line(text, self.depth, opens=self._opens and bool(text)))
        self._opens = self._opens and not text

    def open_row(self) -> None:
        self.break_line()
        self._rows.append([])

    def open_cell(self) -> None:
        self.break_line()
        self._sheets.append(_Sheet())

    def close_cell(self) -> None:
        self.break_line()
        if len(self._sheets) > 1:
            cell = self._sheets.pop()
            cell.lines = (
                [line for line in cell.lines if line.text] if len(cell.lines) <= _MAX_CELL_LINES else cell.lines
            )
            if self._rows:
                self._rows[-1].append(cell)

    def close_row(self) -> None:
        cells = self._rows.pop() if self._rows else []
        sheet = self._sheets[-1]
        sheet.holds_rows = True
        filled = [cell for cell in cells if cell.lines]
        if len(filled) > 1 and all(_is_short(cell) for cell in filled):
            texts = [" ".join(line.text for line in cell.lines) for cell in cells]
            while not texts[-1]:
                texts.pop()
            sheet.lines.append(Line(" | ".join(texts), filled[0].lines[0].depth, opens=filled[0].lines[0].opens))
            self.has_table = True
            return
        for cell in filled:
            sheet.lines += cell.lines

    def lines(self) -> list[Line]:
        """Return what was written, outer blank lines cut."""
        while len(self._sheets) > 1:
            self.close_cell()
            self.close_row()
        self.break_line()
        lines = self._sheets[0].lines
        start = next((at for at, line in enumerate(lines) if line.text), len(lines))
        end = next((at for at in range(len(lines), start, -1) if lines[at - 1].text), start)
        return lines[start:end]


def _is_short(cell: _Sheet) -> bool:
    """Tell whether a cell can stand in one line with its row: layout tables hold whole paragraphs."""
    return (
        not cell.holds_rows
        and len(cell.lines) <= _MAX_CELL_LINES
        and sum(len(line.text) for line in cell.lines) <= _MAX_CELL
        and len({line.depth for line in cell.lines}) == 1
    )
