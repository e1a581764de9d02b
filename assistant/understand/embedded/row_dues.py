"""A table's row -> its cells that say when it is due, when something ends, or that may say it in words."""

from __future__ import annotations

import re

from assistant.understand.embedded.sentences import Sentence

DUE = re.compile(
    r"\b(?:due|deadline|by|needed by|target|cutoff|closes|last day|latest|vence|fecha l[ií]mite|cu[aá]ndo)\b",
    re.IGNORECASE,
)
WHEN = re.compile(r"^(?:when|cu[aá]ndo)\??$", re.IGNORECASE)
PLACE = re.compile(r"\b(?:where|place|location|room|site|language|lugar|d[oó]nde)\b", re.IGNORECASE)
ENDS = re.compile(r"\b(?:expires?|expiry|expiration|expiring|runs out|lapses|valid)\b", re.IGNORECASE)
EVENT = re.compile(
    r"\b(?:dos|date of service|surgery|procedure|appt|appointment|visit|date|day|discharge|expires?|fecha|cita)\b",
    re.IGNORECASE,
)
WHO = re.compile(
    r"\b(?:patient|pt|name|member|client|subject|resident|paciente|nombre|owner|assigned)\b", re.IGNORECASE
)
NAME = re.compile(r"\b[A-ZÁÉÍÓÚÑ][\w'’-]{2,30}")


def due_cells(row: Sentence) -> list[str]:
    """Return the cells of columns that say when it is due."""
    said = [cell for column, cell in row.cells if DUE.search(column) and not ENDS.search(column) and cell]
    # "Task, who, when" says when it is to be done; "when, where, patient" when it takes place.
    asked = [cell for column, cell in row.cells[1:] if WHEN.match(column) and cell]
    return said or ([] if any(PLACE.search(column) for column, _ in row.cells) else asked)


def end_cells(row: Sentence) -> list[str]:
    """Return the cells of columns that say when something ends, which is to be renewed before."""
    return [cell for column, cell in row.cells if ENDS.search(column) and any(c.isdigit() for c in cell)]


def event_cell(row: Sentence) -> str | None:
    """Return the date of what the row is about: its surgery, visit, expiry."""
    return next((cell for column, cell in row.cells if EVENT.search(column) and any(c.isdigit() for c in cell)), None)


def said_cells(row: Sentence) -> list[str]:
    """Return the cells that may say it in words: "no auth yet, they hold the slot until 6/2"."""
    return [cell for column, cell in row.cells if " " in cell and not WHO.search(column)]


def speaks_of_another(text: str, row: Sentence, others: frozenset[str]) -> bool:
    """Say whether a sentence names what only `others` are called: "I need Boone's by noon" is not Fairley's."""
    said = {name.removesuffix("'s").removesuffix("’s") for name in NAME.findall(text)}
    return bool(said & others) and not said & names(row)


def names(row: Sentence) -> set[str]:
    return {name for column, cell in row.cells if WHO.search(column) for name in NAME.findall(cell)}
