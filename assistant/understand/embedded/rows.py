"""A table's row -> the claim in it: a cell that says "missing", "open" or what is to be done."""

from __future__ import annotations

import re

from assistant.understand.embedded.claims import Claim, claim_in, is_silenced
from assistant.understand.embedded.columns import ASSIGNED, DATE, DONE, LACKS, REMARKS, STATUS, WHEN, WHO, is_order
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.sentences import Sentence

NOTHING = re.compile(
    r"^(?:|-{1,3}|–|—|n/?a|no|nil|x|yes|✓|all in|in|"
    r"(?:none|nothing|ok|ok'd|okay|done|ready|complete|completed|closed|received|on file|approved|signed|sent|"
    r"set|fine|same as|delivered|ninguno|nada|listo|lista)\b"
    r"(?! (?:consent|forms?|orders?|notes?|letters?|release|copy|copies|original|pages?|packet|"
    r"report|cmn|script|abn)\b)"
    r".{0,60})\.?$",
    re.IGNORECASE,
)
BLANK = re.compile(r"^(?:|-{1,3}|–|—|\?{1,3}|tbd|_{1,9})$", re.IGNORECASE)
BLANKS = re.compile(
    r"\b(?:blanks?|empty|open (?:cells?|ones?|slots?)|without (?:a|an)|no (?:date|time|name)|dash(?:es)?|"
    r"en blanco|vac[ií][oa]s?|sin fecha)\b",
    re.IGNORECASE,
)
"""In the words around a table: cells that hold nothing are to be filled."""
CLOSED = re.compile(
    r"\b(?:closed|declined|cancel\w{0,6}|discharged|completed?|done|deceased|withdrawn|resolved|no longer|"
    r"lapsed?|lapse|transferred out|withdrew|stopped|dropped out|screen(?:ed)? fail\w{0,3}|cerrad[oa])\b",
    re.IGNORECASE,
)
BLANKS_ARE_FINE = re.compile(
    r"\b(?:blanks?|empty(?: \w{1,12})?|dash(?:es)?) ?(?:=|means?|is|are|:) ?(?:it'?s |they'?re |all |that's )?"
    r"(?:good|fine|ok|okay|done|complete|nothing|clear|ready|none|all set|no (?:action|problem))\b",
    re.IGNORECASE,
)
VACANT = re.compile(r"^\(?(?:empty|vacant|open bed|unoccupied|clean|vac[ií]a)\b", re.IGNORECASE)
GETS = re.compile(
    r"^(?:still |what'?s |what is )?(?:missing|need|lacking|outstanding|gap|falta|request)", re.IGNORECASE
)
"""Columns of things; what stands there is to be got."""
NOT_YET = re.compile(r"\b(?:not|never|isn't|hasn't|wasn't|un|to be|be|until|if|when|once|needs?)\b", re.IGNORECASE)
NUMBERED = re.compile(r"\b(?:mrn|dob|id|number|no|#)\b|#", re.IGNORECASE)
DONE_CELL = re.compile(
    r"(?<!not )(?<!never )(?<!be )(?<!been )(?<!n't )\b(?:received|rec'?d|delivered|sent|booked|scheduled|signed|"
    r"faxed|completed?|done|in chart|on file|in hand|ordered|confirmed|approved|set up|recibid[oa]|entregad[oa])\b"
    r"(?=$|[,;.(/]| ?\d| (?:on|to|in|at|from|with|w/|per|and|for|already|today|yesterday|last|this|"
    r"\w{3}day|by [a-z])\b)",
    re.IGNORECASE,
)
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
    row: Sentence,
    rules: Rules,
    *,
    fills_blanks: bool = False,
    checks: frozenset[str] = frozenset(),
    actions: frozenset[str] | None = None,
    is_meant: bool = False,
) -> Claim | None:
    """Return what a row asks for; None where nothing in it is open.

    Args:
        row: With its cells.
        rules: Say which cells are open.
        fills_blanks: An empty cell is open too.
        checks: The columns in which rows are ticked off.
        actions: The columns that hold what is to be done; None: those whose head says so.
        is_meant: The mail says that rows which bear this one's mark are to be seen to.
    """
    if actions is None:
        actions = frozenset(column for column, _ in row.cells if LACKS.match(column) and not WHEN.search(column))
    if is_silenced(row.text, rules) or any(_ends(column, cell, rules) for column, cell in row.cells):
        return None
    asked = [(column, cell) for column, cell in row.cells if not WHO.search(column) and not ASSIGNED.match(column)]
    is_vacant = any(VACANT.match(cell) for _, cell in row.cells)
    told = [(cell, one) for column, cell in asked if (one := _lack(column, cell, rules, actions))]
    said = [one for _, one in told]
    # Where a column holds what is to be done, a mark that lacks beside it says no more.
    if not said:
        said += [_unticked(column, asked) for column, cell in asked if column in checks and NO_MARK.match(cell)]
    if fills_blanks and not is_vacant and len(row.cells) >= MIN_FILLED and any(cell for _, cell in asked):
        said += [f"Fill in {column}" for column, cell in asked if column and BLANK.match(cell) and not said]
    if not said and is_meant:
        told = [(cell, cell) for _, cell in asked if " " in cell and not DATE.match(cell)]
        said = [max((cell for cell, _ in told), key=len, default="See to it")]
    if not said:
        return None
    return _claim(row, asked, said, max((cell for cell, _ in told), key=len, default=""), rules)


def _claim(row: Sentence, asked: list[tuple[str, str]], said: list[str], quote: str, rules: Rules) -> Claim:
    rule = next(rule for rule in rules.all if rule.kind == "open_cell")
    # A row that holds an order says by its status only that the order stands.
    order = next((cell for column, cell in asked if is_order(cell, rules) and " " in cell), None)
    if order and (said[0].startswith("Settle") or order in said):
        return Claim(kind="row", sentence=row, what=order, rule=rule, quote=order)
    about = ", ".join(cell for column, cell in row.cells[:2] if cell and not WHO.search(column) and not cell.isdigit())
    what = " and ".join(dict.fromkeys(said[:3]))
    # A cell with words of its own says it best.
    return Claim(
        kind="row",
        sentence=row,
        what=f"{what} ({about})" if about and about not in what else what,
        rule=rule,
        quote=quote if len(quote.split()) >= WORDS_OF_ITS_OWN else "",
    )


def row_patient(row: Sentence) -> str | None:
    """Return the cell that names the patient, as written."""
    named = (cell for column, cell in row.cells if WHO.search(column) and not NUMBERED.search(column))
    return next((cell for cell in named if any(char.isalpha() for char in cell)), None)


def _lack(column: str, cell: str, rules: Rules, actions: frozenset[str]) -> str | None:
    if NOTHING.match(cell) or DATE.match(cell):
        return None
    text = straight(cell)
    is_open = next(rule for rule in rules.all if rule.kind == "open_cell").pattern
    if column in actions:
        if not _is_open_task(text, rules):
            return None
        is_thing = GETS.match(column) and not (is_order(cell, rules) or is_open.match(text) or _asked(cell, rules))
        return f"Get {cell}" if is_thing else cell
    if is_open.match(text):
        if STATUS.match(column):
            return "Renew" if cell.lower().startswith("renew") else f"Settle what is {cell.lower()}"
        return f"Get the missing {column}" if cell.isupper() or len(cell) < SHORT_CELL else f"{column}: {cell}"
    if (REMARKS.match(column) or not column) and (rules.first("open_remark", text) or _asked(cell, rules)):
        return cell.strip("? ")
    return None


def _is_open_task(text: str, rules: Rules) -> bool:
    """Say whether a cell in a column of tasks holds one: not "nothing before the hearing", not "consent in 3/2"."""
    if any(rules.first(kind, text) for kind in ("deny", "cancel", "aware")):
        return rules.first("open_remark", text) is not None
    if is_order(text, rules) or rules.first("open_remark", text):
        return True
    return DONE_CELL.search(text) is None and rules.first("done", text) is None


def _asked(cell: str, rules: Rules) -> bool:
    """Say whether a cell asks for something in words of its own, as a sentence would."""
    if len(cell.split()) < WORDS_OF_ITS_OWN:
        return False
    claim = claim_in(Sentence(text=cell), rules)
    return claim is not None and claim.kind in {"request", "need"}


def _ends(column: str, cell: str, rules: Rules) -> bool:
    """Say whether a cell ends its row: "declined" does, "declined - find another" does not, nor "Done: no"."""
    if WHO.search(column):
        return False
    if DONE.match(column) and MARK.match(cell) and not NO_MARK.match(cell):
        return True
    closed = CLOSED.search(cell)
    if closed is None or NOT_YET.search(cell, max(0, closed.start() - 16), closed.start()):
        return False
    return rules.first("open_remark", straight(cell[closed.end() :])) is None


def _unticked(column: str, cells: list[tuple[str, str]]) -> str:
    """Return what a blank under "Received" asks for: the row's thing; under "Consent" it is the consent."""
    if not TICKED_OFF.match(column):
        return f"Get {column}"
    things = (
        cell
        for head, cell in cells
        if head != column and cell and not MARK.match(cell) and not DATE.match(cell) and not cell.isdigit()
    )
    verb = "Book" if re.match(r"(?:booked|scheduled)", column, re.IGNORECASE) else "Get"
    return f"{verb} {next(things, column)}"


def fills_blanks(said: tuple[Sentence, ...]) -> bool:
    """Say whether the words around a table ask to fill its empty cells; "blank = good" does not."""
    return any(BLANKS.search(one.text) and not BLANKS_ARE_FINE.search(one.text) for one in said)


def _is_thing(column: str, rules: Rules) -> bool:
    words = column.lower().rstrip("?").split()
    return bool(words) and (column.lower().rstrip("?") in rules.words["thing"] or words[-1] in rules.words["thing"])
