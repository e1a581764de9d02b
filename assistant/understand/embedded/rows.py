"""A table's row -> the claim in it: a cell that says "missing", "open" or what is to be done."""

from __future__ import annotations

import re

from assistant.understand.embedded.claims import Claim, is_silenced
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.sentences import Sentence

# Columns that hold what is lacking, in words of their own.
LACKS = re.compile(
    r"^(?:missing|needed|needs|outstanding|to ?do|action(?: needed| required| item)?|open items?|"
    r"request(?:ed)?|pending|task|pendiente|falta)\b",
    re.IGNORECASE,
)
NOTHING = re.compile(
    r"^(?:|-{1,3}|–|—|n/?a|none|no|nil|ok|done|complete|x|yes|✓|closed|all in|ninguno|nada)\.?$", re.IGNORECASE
)
CLOSED = re.compile(
    r"\b(?:closed|declined|cancel\w{0,6}|discharged|completed?|done|deceased|withdrawn|resolved|no longer|"
    r"lapsed?|lapse|transferred out|cerrad[oa])\b",
    re.IGNORECASE,
)
GENERIC = re.compile(r"^(?:status|state|notes?|comments?|progress|flag|result|estado|)$", re.IGNORECASE)
WHO = re.compile(r"\b(?:patient|pt|name|member|client|subject|resident|paciente|nombre|resident)\b", re.IGNORECASE)
WHEN = re.compile(r"\b(?:due|expires?|deadline|by|needed by|vence|fecha l[ií]mite)\b", re.IGNORECASE)
WORDS_OF_ITS_OWN = 3
SHORT_CELL = 12
"""Characters: "MISSING", "OPEN"."""
EVENT = re.compile(
    r"\b(?:dos|date of service|surgery|procedure|appt|appointment|visit|date|day|discharge|expires?|fecha|cita)\b",
    re.IGNORECASE,
)


def row_claim(row: Sentence, rules: Rules) -> Claim | None:
    """Return what a row asks for; None where nothing in it is open."""
    if is_silenced(row.text, rules) or any(CLOSED.search(cell) for _, cell in row.cells):
        return None
    rule = next(rule for rule in rules.all if rule.kind == "open_cell")
    lacking = [_lack(column, cell, rule.pattern) for column, cell in row.cells if not WHO.search(column)]
    said = [one for one in lacking if one]
    if not said:
        return None
    about = ", ".join(cell for column, cell in row.cells[:2] if cell and not WHO.search(column) and not cell.isdigit())
    what = " and ".join(dict.fromkeys(said[:3]))
    # A cell with words of its own says it best.
    quote = max((cell for column, cell in row.cells if LACKS.match(column)), key=len, default="")
    return Claim(
        kind="row",
        sentence=row,
        what=f"{what} ({about})" if about and about not in what else what,
        rule=rule,
        quote=quote if len(quote.split()) >= WORDS_OF_ITS_OWN else "",
    )


def row_patient(row: Sentence) -> str | None:
    """Return the cell that names the patient, as written."""
    return next((cell for column, cell in row.cells if WHO.search(column) and any(c.isalpha() for c in cell)), None)


def row_due(row: Sentence) -> str | None:
    """Return the cell that says when it is due; None where no column says that."""
    return next((cell for column, cell in row.cells if WHEN.search(column) and any(c.isdigit() for c in cell)), None)


def row_event(row: Sentence) -> str | None:
    """Return the date of what the row is about: its surgery, visit, expiry."""
    return next((cell for column, cell in row.cells if EVENT.search(column) and any(c.isdigit() for c in cell)), None)


def _lack(column: str, cell: str, is_open: re.Pattern[str]) -> str | None:
    if NOTHING.match(cell):
        return None
    if LACKS.match(column) and not WHEN.search(column):
        return cell
    if not is_open.match(straight(cell)):
        return None
    if GENERIC.match(column):
        return "Renew" if cell.lower().startswith("renew") else f"Settle what is {cell.lower()}"
    return f"Get the missing {column}" if cell.isupper() or len(cell) < SHORT_CELL else f"{column}: {cell}"
