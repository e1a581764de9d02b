"""A table's rows -> what its columns hold: who, for whom, when, what is to be done, remarks, marks."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.understand.embedded.rules import Rules
from assistant.understand.embedded.sentences import Sentence

# Columns that hold what is lacking or to be done, in words of their own.
LACKS = re.compile(
    r"^(?:still |what'?s |what is |your )?(?:missing|needed|needs?|lacking|outstanding|to ?-?do(?:s| next)?|"
    r"actions?(?: needed| required| items?)?|next(?: steps?| actions?| up| move)?|open(?: items?)?|gaps?|"
    r"request(?:ed)?(?! (?:date|id|no|number|type|by)\b)|pending|tasks?|asks?|left(?: to do)?|remaining|"
    r"follow ?-?up(?: needed)?|what(?: to do| is needed)?|instructions?|"
    r"(?:for|from) (?:you|us)|yours|pendientes?|falta|tareas?|acci[oó]n|por hacer|siguiente paso)\b"
    r"(?! (?:date|day|id|no|number|by|on|since|visit|appt|appointment)\b)",
    re.IGNORECASE,
)
# Columns that hold remarks: what is open has to be said in their cells.
REMARKS = re.compile(
    r"^(?:notes?|comments?|remarks?|hold ?-?ups?|barriers?|blockers?|issues?|problems?|status|state|why|reasons?|"
    r"details?|(?:current )?plan|disposition|dispo|"
    r"update|findings?|concerns?|discrepanc(?:y|ies)|exceptions?|message|where it stands|"
    r"question|nota|notas|observaci[oó]n(?:es)?|comentarios?|estado|problema|motivo)\b",
    re.IGNORECASE,
)
ASSIGNED = re.compile(
    r"^(?:assigned(?: to)?|assignee|owner|who(?: does(?: it)?| has it)?|responsible(?: party| person)?|resp|whose|"
    r"staff|initials?|init|lead|coordinator|handled by|covering|responsable|qui[eé]n|asignad[oa](?: a)?|a cargo)\??$",
    re.IGNORECASE,
)
WHO = re.compile(
    r"\b(?:patient|pt|(?<!user )(?<!file )name|member|client|subject|resident|rider|claimant|passenger|consumer|donor|"
    r"recipient|paciente|nombre|mrn|dob)\b",
    re.IGNORECASE,
)
WHEN = re.compile(r"\b(?:due|deadline|by|needed by|vence|fecha l[ií]mite)\b", re.IGNORECASE)
DONE = re.compile(
    r"^(?:done|completed?|closed|finished|resolved|cleared|worked|\u2713|\u2714|hecho|listo|cerrado)\??$", re.IGNORECASE
)
"""Columns in which a mark closes the row."""
STATUS = re.compile(r"^(?:status|state|notes?|comments?|progress|flag|result|estado|)$", re.IGNORECASE)
DATE = re.compile(r"^(?:\w{3,9}\.? )?\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?$|^\d{4}-\d\d-\d\d$")
LAST_COLUMN = re.compile(
    r"\b(?:last|right-?most|far right|right-?hand|final) col(?:umn)?\b|\b[uú]ltima columna\b", re.IGNORECASE
)
MARKED = re.compile(
    r"\b(?:marked|flagged|tagged|coded|labell?ed|with|in|status|say(?:s|ing)?|show(?:s|ing)?|as|at)"
    r"(?: (?:a|an|the|status|code|flag|as|priority)){0,2} "
    r"[\"“'(]?(?P<mark>[A-Za-z*?!#]{1,14}(?: [a-z]{2,10})?)[\"”'),.]?",
    re.IGNORECASE,
)
"""In the words around a table: rows that bear a mark are meant."""
CLAUSE = re.compile(r"[,;.] | but ")
LEFT_ALONE = re.compile(
    r"\b(?:needs? (?:nothing|no)|no action|nothing (?:to do|for you|needed)|skip|ignore|leave|fine|done|"
    r"not (?:ours|yours|you)|informational|handled|taken care of)\b",
    re.IGNORECASE,
)
MEANT = re.compile(
    r"\b(?:yours?|for you|need|please|work|correct|fix|call|handle|see to|take|resubmit|open)\b", re.IGNORECASE
)
IS_ABOUT_OWNERS = re.compile(r"\b(?:initials?|names?|owners?|assigned|iniciales|nombres?)\b", re.IGNORECASE)
MAX_OWNER = 24
"""Characters of a cell that says who."""
MOST = 0.6


def is_order(cell: str, rules: Rules) -> bool:
    """Say whether a cell begins with what is to be done: "call the son", not "call placed"."""
    words = cell.lower().split()
    if not words:
        return False
    second = words[1].strip(".,;") if words[1:] else ""
    if words[0] in rules.words["verb"]:
        return True
    return words[0] in rules.words["noun_verb"] and second not in rules.words["handled"] | {"", "is", "was", "for", "-"}


def known(column: str) -> bool:
    """Say whether words head a column of a kind that we know."""
    if any(char.isdigit() for char in column):
        return False
    kinds = (LACKS, REMARKS, ASSIGNED, WHO, WHEN, DONE)
    return bool(column) and len(column) < MAX_OWNER and any(one.search(column) for one in kinds)


def action_columns(
    rows: tuple[Sentence, ...], said: tuple[Sentence, ...], rules: Rules, names_us: Callable[[str], bool]
) -> frozenset[str]:
    """Return the columns that hold what is to be done: by their head, by what the mail says, or by their cells."""
    found = set()
    for column, cells in _by_column(rows).items():
        filled = [cell for cell in cells if cell and not DATE.match(cell)]
        orders = [cell for cell in filled if " " in cell and is_order(cell, rules)]
        # "For Ruth", "Ruth": a column of the coordinator's own.
        is_ours = names_us(column) and bool(filled)
        if WHO.search(column) or ASSIGNED.match(column):
            continue
        if is_ours or (LACKS.match(column) and not WHEN.search(column)) or _are_most(orders, filled):
            found.add(column)
    last = rows[0].cells[-1][0] if rows and rows[0].cells else ""
    told = [one.text for one in said if LAST_COLUMN.search(one.text)]
    if told and last and not ASSIGNED.match(last) and not any(IS_ABOUT_OWNERS.search(text) for text in told):
        found.add(last)
    return frozenset(found)


def owner_column(rows: tuple[Sentence, ...], names_us: Callable[[str], bool]) -> str | None:
    """Return the column that says whose a row is: the one in which the coordinator's name stands, else by its head."""
    columns = _by_column(rows)
    for column, cells in columns.items():
        is_short = all(len(cell) <= MAX_OWNER for cell in cells)
        if is_short and not WHO.search(column) and any(names_us(cell) for cell in cells):
            return column
    return next((column for column in columns if ASSIGNED.match(column)), None)


def marks_of(rows: tuple[Sentence, ...], said: tuple[Sentence, ...]) -> dict[str, bool]:
    """Return the marks that the mail speaks of, lower case: True where rows that bear one are to be seen to."""
    cells = {cell.lower() for column, every in _by_column(rows).items() if not WHO.search(column) for cell in every}
    found: dict[str, bool] = {}
    for one in said:
        is_meant = MEANT.search(one.text) is not None
        for clause in CLAUSE.split(one.text):
            is_left = LEFT_ALONE.search(clause) is not None
            said_marks = [match["mark"].lower() for match in MARKED.finditer(clause)]
            for mark in [*said_marks, *(mark.split(" ")[0] for mark in said_marks)]:
                if mark in cells and mark not in found and (is_left or is_meant):
                    found[mark] = not is_left
    return found


def _are_most(some: list[str], every: list[str]) -> bool:
    return bool(some) and len(some) >= MOST * len(every)


def _by_column(rows: tuple[Sentence, ...]) -> dict[str, list[str]]:
    columns: dict[str, list[str]] = {}
    for row in rows:
        for column, cell in row.cells:
            columns.setdefault(column, []).append(cell)
    return columns
