"""A table's row -> the claim in it: a cell that says "missing", "open" or what is to be done."""

from __future__ import annotations

import re

from assistant.understand.embedded.claims import Claim, is_silenced
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.sentences import Sentence

# Columns that hold what is lacking, in words of their own.
LACKS = re.compile(
    r"^(?:still |what'?s |what is )?(?:missing|needed|needs|lacking|outstanding|to ?do|action(?: needed| required| "
    r"item)?|"
    r"open items?|gaps?|request(?:ed)?|pending|task|next step|pendiente|falta)\b",
    re.IGNORECASE,
)
NOTHING = re.compile(
    r"^(?:|-{1,3}|–|—|n/?a|no|nil|x|yes|✓|all in|in|"
    r"(?:none|nothing|ok|ok'd|okay|done|ready|complete|completed|closed|received|on file|approved|signed|sent|set|fine|"
    r"same as|delivered|ninguno|nada|listo|lista)\b.{0,60})\.?$",
    re.IGNORECASE,
)
# Columns that hold remarks: what is open has to be said in their cells.
REMARKS = re.compile(
    r"^(?:notes?|comments?|remarks?|hold ?-?ups?|barriers?|blockers?|issues?|problems?|status|state|why|reason|"
    r"question|"
    r"nota|notas|observaci[oó]n(?:es)?|comentarios?|estado|problema)\b",
    re.IGNORECASE,
)
BLANK = re.compile(r"^(?:|-{1,3}|–|—|\?{1,3}|tbd|_{1,9})$", re.IGNORECASE)
BLANKS = re.compile(
    r"\b(?:blanks?|empty|open (?:cells?|ones?|slots?)|without (?:a|an)|no (?:date|time|name)|dash(?:es)?|"
    r"en blanco|vac[ií][oa]s?|sin fecha)\b",
    re.IGNORECASE,
)
"""In the words around a table: cells that hold nothing are to be filled."""
ASSIGNED = re.compile(
    r"^(?:assigned(?: to)?|assignee|owner|who|responsible|resp|whose|responsable|asignad[oa](?: a)?)$", re.IGNORECASE
)
CLOSED = re.compile(
    r"\b(?:closed|declined|cancel\w{0,6}|discharged|completed?|done|deceased|withdrawn|resolved|no longer|"
    r"lapsed?|lapse|transferred out|cerrad[oa])\b",
    re.IGNORECASE,
)
GENERIC = re.compile(r"^(?:status|state|notes?|comments?|progress|flag|result|estado|)$", re.IGNORECASE)
WHO = re.compile(r"\b(?:patient|pt|name|member|client|subject|resident|paciente|nombre|resident)\b", re.IGNORECASE)
WHEN = re.compile(r"\b(?:due|expires?|deadline|by|needed by|vence|fecha l[ií]mite)\b", re.IGNORECASE)
TICKED_OFF = re.compile(
    r"^(?:date )?(?:received|rec'?d|done|completed?|returned|sent|signed|closed|back|booked|scheduled|confirmed|"
    r"faxed|called|"
    r"finished|in chart|on file|\u2713|ok|check(?:ed)?|hecho|recibido|listo)\??$",
    re.IGNORECASE,
)
MARK = re.compile(
    r"^(?:x|y|yes|ok|done|n/?a|\u2713|\u2714|in|signed|received|rec'?d|s[ií]|"
    r"(?:\w{3,9}\.? )?\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?(?: .{0,20})?|\d{4}-\d\d-\d\d.{0,12})$",
    re.IGNORECASE,
)
NO_MARK = re.compile(r"^(?:|-{1,3}|–|—|n|no|not yet|\?|_{1,9})$", re.IGNORECASE)
DATE = re.compile(r"^(?:\w{3,9}\.? )?\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?$|^\d{4}-\d\d-\d\d$")
WORDS_OF_ITS_OWN = 3
MIN_FILLED = 3
"""Columns a row must have for an empty cell in it to count."""
SHORT_CELL = 12
"""Characters: "MISSING", "OPEN"."""
EVENT = re.compile(
    r"\b(?:dos|date of service|surgery|procedure|appt|appointment|visit|date|day|discharge|expires?|fecha|cita)\b",
    re.IGNORECASE,
)


def check_columns(rows: tuple[Sentence, ...], rules: Rules) -> frozenset[str]:
    """Return the columns in which rows are ticked off: a cell left blank there is still to be done."""
    heads: dict[str, list[str]] = {}
    for row in rows:
        for column, cell in row.cells:
            heads.setdefault(column, []).append(cell)
    return frozenset(
        column
        for column, cells in heads.items()
        if (TICKED_OFF.match(column) or _is_thing(column, rules))
        and all(MARK.match(cell) or NO_MARK.match(cell) for cell in cells)
        and any(not NO_MARK.match(cell) for cell in cells)
        and any(NO_MARK.match(cell) for cell in cells)
    )


def row_claim(
    row: Sentence, rules: Rules, *, fills_blanks: bool = False, checks: frozenset[str] = frozenset()
) -> Claim | None:
    """Return what a row asks for; None where nothing in it is open.

    Args:
        row: With its cells.
        rules: Say which cells are open.
        fills_blanks: An empty cell is open too.
        checks: The columns in which rows are ticked off.
    """
    if is_silenced(row.text, rules) or any(
        _is_closed(cell, rules) for column, cell in row.cells if not WHO.search(column)
    ):
        return None
    rule = next(rule for rule in rules.all if rule.kind == "open_cell")
    asked = [(column, cell) for column, cell in row.cells if not WHO.search(column) and not ASSIGNED.match(column)]
    said = [one for column, cell in asked if (one := _lack(column, cell, rules, rule.pattern))]
    said += [_unticked(column, asked) for column, cell in asked if column in checks and NO_MARK.match(cell)]
    if fills_blanks and len(row.cells) >= MIN_FILLED and any(cell for _, cell in asked):
        said += [f"Fill in {column}" for column, cell in asked if column and BLANK.match(cell) and not said]
    if not said:
        return None
    # A row that holds an order says by its status only that the order stands.
    order = next((cell for column, cell in asked if _is_order(cell, rules) and " " in cell), None)
    if order and said[0].startswith("Settle"):
        return Claim(kind="row", sentence=row, what=order, rule=rule)
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


def row_owner(row: Sentence) -> str:
    """Return the cell that says who sees to a row; "" where no column says that."""
    return next((cell for column, cell in row.cells if ASSIGNED.match(column)), "")


def row_patient(row: Sentence) -> str | None:
    """Return the cell that names the patient, as written."""
    return next((cell for column, cell in row.cells if WHO.search(column) and any(c.isalnum() for c in cell)), None)


def row_due(row: Sentence) -> str | None:
    """Return the cell that says when it is due; None where no column says that."""
    return next((cell for column, cell in row.cells if WHEN.search(column) and any(c.isdigit() for c in cell)), None)


def row_event(row: Sentence) -> str | None:
    """Return the date of what the row is about: its surgery, visit, expiry."""
    return next((cell for column, cell in row.cells if EVENT.search(column) and any(c.isdigit() for c in cell)), None)


def _lack(column: str, cell: str, rules: Rules, is_open: re.Pattern[str]) -> str | None:
    if NOTHING.match(cell) or DATE.match(cell):
        return None
    if LACKS.match(column) and not WHEN.search(column):
        return cell if _is_order(cell, rules) else f"Get {cell}"
    text = straight(cell)
    if is_open.match(text):
        if GENERIC.match(column):
            return "Renew" if cell.lower().startswith("renew") else f"Settle what is {cell.lower()}"
        return f"Get the missing {column}" if cell.isupper() or len(cell) < SHORT_CELL else f"{column}: {cell}"
    return cell.strip("? ") if REMARKS.match(column) and rules.first("open_remark", text) else None


def _is_closed(cell: str, rules: Rules) -> bool:
    """Say whether a cell ends its row: "declined" does, "declined - find another" does not."""
    closed = CLOSED.search(cell)
    return closed is not None and rules.first("open_remark", straight(cell[closed.end() :])) is None


def _unticked(column: str, cells: list[tuple[str, str]]) -> str:
    """Return what a blank under "Received" asks for: the row's thing; under "Consent" it is the consent."""
    if not TICKED_OFF.match(column):
        return f"Get {column}"
    things = (cell for head, cell in cells if head != column and cell and not MARK.match(cell) and not DATE.match(cell))
    verb = "Book" if re.match(r"(?:booked|scheduled)", column, re.IGNORECASE) else "Get"
    return f"{verb} {next(things, column)}"


def _is_thing(column: str, rules: Rules) -> bool:
    words = column.lower().rstrip("?").split()
    return bool(words) and (column.lower().rstrip("?") in rules.words["thing"] or words[-1] in rules.words["thing"])


def _is_order(cell: str, rules: Rules) -> bool:
    first = cell.split(" ", maxsplit=1)[0].lower()
    return first in rules.words["verb"] or first in rules.words["noun_verb"]
