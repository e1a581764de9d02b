"""A part's text -> its sentences: prose, list items and boxes to tick, each with what stands around it.

Every sentence is a verbatim run of the text (white space folded), so that it can be quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from textwrap import wrap
from typing import Literal

Shape = Literal["prose", "item", "open_box", "ticked_box", "row"]

MAX_CHARS = 60_000
"""Of one part; what follows is no longer a letter."""
MAX_SENTENCE = 700  # A longer one is read in runs of whole words.
WRAPPED_FROM = 52
"""Characters from which a line counts as broken by the mail program, not by its writer."""

BULLET = re.compile(
    r"^[ \t]{0,12}(?:(?:[-*\u2022] {1,3})?(?P<box>\( {0,3}\)|\([xX]\)|\[[ _]{0,3}\]|"
    r"\[(?:[xX\u2713\u2714]|[nN]/?[aA]|-)\]|"
    r"[\u2610\u2611\u2612\u2713\u2714\u25a1])"
    r"|[-*\u2022\u00b7\u25aa\u25e6\u2013\u2014\u25cf\u203a>]"
    r"|#\d{1,6}[.:)]?(?=[ \t]{1,4}[A-Z])|\(?\d{1,2}[.)](?!\d)|\(?[a-hA-H][.)])[ \t]{1,8}(?=\S)"
)
TICKED = re.compile(r"\([xX]\)|\[(?:[xX\u2713\u2714]|[nN]/?[aA]|-)\]|[\u2611\u2612\u2713\u2714]")
RULER = re.compile(r"^[\s\-_=*#~\u2500]{3,200}$")
STAMP = re.compile(
    r"^(?:[01]\d|2[0-3])[0-5]\d[ \t]{1,8}\S|^\d{1,2}:\d\d(?: ?[ap]m)?[ \t]|^\d{1,2}/\d{1,2}(?:/\d{2,4})?[ \t]{2,8}\S",
    re.IGNORECASE,
)
"""How an entry of a log begins."""
PERSON_LINE = re.compile(r"^[ \t]{0,4}[A-Z][\w'’-]{1,20}, [A-Z][\w.'’-]{0,15}(?: [A-Z]\.?)?(?: [-–—]|:) ")
"""How a line of a list of patients begins: "Dow, Joan - ride"."""
PERSON_COLUMN = re.compile(
    r"^[ \t]{0,8}(?P<name>(?:M[rs]{1,2}\. )?[A-Z][\w'’-]{1,20}(?: [A-Z]\.)? [A-Z][\w'’-]{1,20})[ \t]{2,40}(?=[^\W\d_])"
)
"""How a line of a list set in columns begins: "Joan Dow     ride"; two of them make the list."""
KEY = re.compile(
    r"^[ \t]{0,8}(?P<key>[A-ZÁÉÍÓÚ#¿][\w .&/#()'-]{0,28}[\w)#])(?: ?:| ?\.{3,60})(?:[ \t]{0,4}\|)?"
    r"[ \t]{1,40}(?:\|[ \t]?)?"
    r"(?P<value>\S.{0,300})$"
)
"""A form's line: "Member:  Dow, Joan"."""
GAP = re.compile(r"(?<=\S)[ \t]{2,60}(?=[A-Z][\w .&/#-]{1,24}:[ \t]{1,9}\S)")
FORM_KEY = re.compile(
    r"^(?:(?:old |new |current |prior )?status|(?:patient|pt|member|client|claimant|rider|resident|subject|employee|"
    r"insured|recipient|caller|donor|provider|prescriber|facility|payer|plan|carrier|drug|case|claim|order|trip|ticket|"
    r"account|acct|auth|authorization|reference|ref|request|referral|task|device|item|report|service|procedure|test|"
    r"specimen|visit|appt|appointment|pick-?up|drop-?off|sender|assigned|owner)"
    r"(?: ?(?:name|id|no\.?|number|#|date|type|to|time|member|by|address|for|/ ?\w{2,10}))?|name|mrn|dob|"
    r"date(?: \w{2,8}){0,2}|dos|cpt|icd(?:-10)?|dx|diagnosis|unit|room|bed|phone|fax|tel|priority|type|location|source|"
    r"received|pages|serial|insurance|medication|regarding|reason|notes?|comments?|message|"
    r"(?:respon(?:d|se)|repl(?:y|ies)|return|needed|complete|submit|file|action|due)(?: (?:due|by|date|needed))?|"
    r"deadline|due|action(?:s)?(?: needed| required| item)?|next steps?|paciente|asunto|fecha|vence|tel[eé]fono)$",
    re.IGNORECASE,
)
FORM = 2
"""Lines with a form's keys that make their run a form."""
FIELD = re.compile(r"^[A-Z][\w .&/#-]{1,24}:[ \t]{2,30}\S")
ENDS = re.compile(
    r"(?P<mark>[.!?\u2026]{1,4}[\"')\u201d\u2019]{0,2})(?=\s)|(?<=\w)(?:,|;|:|,? and)?(?= \([b-e2-6]\) )|"
    r"(?<=\w);(?= (?:please|and|then|also|can|could)\b)|(?= new paragraph )|"
    # Dictated: "... by Friday also can you check the auth".
    r"(?<=[a-z\d]{2})(?<! and)(?= (?:and )?also (?:can|could|would|will) (?:you|we|someone)\b)|"
    r"(?<=[a-z\d]{2})(?<! can)(?<!ould)(?<!will)(?<!ease)(?<! pls)(?<! to)(?<!you)(?<! we)(?<!they)(?<! and)"
    r"(?= (?:and )?also (?:please|pls|make sure|tell|remind)\b)|"
    r"(?<=\w\w);(?= [^;.]{12,300}(?:[;.]|$))"
)
_NEAR = 80
"""Characters around a full stop that tell what it is."""
SHORT = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|st|sr|sra|srta|dra|jr|vs|e\.g|i\.e|approx|appt|pt|pts|no|inc|ext|tel|dept|min|hrs?|rm|fl|"
    r"ref|etc|prov|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun)|(?:^|[\s(.])[A-Z]|^\d{1,2})\.$",
    re.IGNORECASE,
)
# "immune for hep B. He will": a letter that ends a sentence, no initial of a name.
LETTER = re.compile(r"\b[a-z]{2,12} [A-Z]\.$")
BEGINS = re.compile(
    r"(?:He|She|It|They|We|I|The|This|That|Please|Can|Could|If|Her|His|Our|My|No|Has|Needs)(?:['’]\w{1,2})?\b"
)
# "2.5 hrs. also the labs": what is counted may end a sentence, in lower case too.
MEASURE = re.compile(r"\b(?:min|hrs?|pts?|ext|etc|dept|inc|appt|tues?|wed|thurs?|mon|fri|sat|sun)\.$", re.IGNORECASE)
GOES_OVER = re.compile(
    r"(?:also|please|pls|plus|can|could|would|then|she|he|they|we|i|it|this|that|the|her|his|our|my|if|when|"
    r"need|needs|has|no|thanks|call|send|get|make|let)(?:['\u2019]\w{1,2})?\b",
    re.IGNORECASE,
)
NOON = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
HEADING = re.compile(
    r"^(?:(?:open |new )?action(?: items?|s)?|to-?do'?s?(?: list)?|(?:open |my |your )?tasks|next steps|open items|"
    r"pendientes|follow-?ups|"
    r"assignments|for you|missing|needed|outstanding)\b.{0,30}$",
    re.IGNORECASE,
)
SUBHEAD = 30
LISTED = 110
"""Characters of a line that can be an item without a bullet."""
FOLD = re.compile(r"\s+")


def fold(text: str) -> str:
    return FOLD.sub(" ", text).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    text: str
    """Verbatim, white space folded."""
    shape: Shape = "prose"
    block: int = 0
    """Counts the part's paragraphs and list items."""
    paragraph: int = 0
    """Counts the part's paragraphs; a list is one."""
    lead: str = ""
    """The line above a list that covers its items: "Please - ..."; "" elsewhere."""
    cells: tuple[tuple[str, str], ...] = ()
    """Of a table's row: each column's name and what stands there; of a form's line its key and what stands there."""
    person: str = ""
    """The name that a line set in columns begins with, which its item is about."""


@dataclass(slots=True)
class _Block:
    """Lines that belong together: a paragraph's run of prose, or one list item."""

    lines: list[str]
    shape: Shape
    paragraph: int
    is_bare: bool = False
    """True for an item without a bullet."""
    field: tuple[str, str] | None = None
    """Of a form's line: its key and what stands there."""
    person: str = ""

    def heads(self, following: _Block | None) -> bool:
        """Say whether this line stands above bullets of its own: "Ruth", "For the clinic"."""
        is_above = following is not None and following.shape == "item" and not following.is_bare
        return self.is_bare and is_above and len(self.lines) == 1 and len(self.lines[0].strip()) <= SUBHEAD


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a part in reading order; tables are read elsewhere."""
    found: list[Sentence] = []
    lead, led = "", -1
    blocks = _blocks(text[:MAX_CHARS])
    for number, (block, following) in enumerate(zip_longest(blocks, blocks[1:])):
        cells = ((fold(block.field[0]), fold(block.field[1])),) if block.field else ()
        said = [
            Sentence(
                text=one, shape=block.shape, block=number, paragraph=block.paragraph, cells=cells, person=block.person
            )
            for lines in _pieces(block)
            for one in ([fold(" ".join(lines))] if block.field else _split(fold(" ".join(lines))))
        ]
        if block.shape == "prose" or block.heads(following):
            # A lead holds for the list right below it, a blank line between them or not.
            lead, led = (said[-1].text, block.paragraph) if said else ("", -1)
            found.extend(replace(one, shape="prose") for one in said)
        else:
            covers = lead if block.paragraph - led <= 1 else ""
            led = max(led, block.paragraph) if covers else led
            found.extend(replace(one, lead=covers) for one in said)
    return tuple(found)


def _pieces(block: _Block) -> list[list[str]]:
    """Return the runs of lines of an item that its writer broke: a short line, and one below that begins anew."""
    if block.shape == "prose":
        return [block.lines]
    pieces = [block.lines[:1]]
    for above, line in pairwise(block.lines):
        is_new = len(above.rstrip()) < WRAPPED_FROM and above.rstrip()[-1:] not in ",;&-" and line.strip()[:1].isupper()
        pieces += [[line]] if is_new or KEY.match(line) else []
        if not (is_new or KEY.match(line)):
            pieces[-1].append(line)
    return pieces


def _lines(text: str) -> list[str]:
    """Return the lines, those that hold several fields of a form cut: "Member: Dow      Case: 12"."""
    every = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [piece for line in every for piece in (GAP.sub("\n   ", line).split("\n") if ":" in line else (line,))]


def _fields(lines: list[str]) -> dict[int, tuple[str, str]]:
    """Return the lines that are a form's, by their place: runs of "Key: value" in which forms' own keys stand."""
    found: dict[int, tuple[str, str]] = {}
    run: dict[int, tuple[str, str]] = {}
    for place, line in enumerate([*lines, "end of text"]):
        match = KEY.match(line) if ":" in line or "..." in line else None
        if match:
            run[place] = (match["key"], match["value"])
        elif line.strip():
            keys = [key for key, _ in run.values() if FORM_KEY.match(key)]
            if len(keys) >= FORM:
                found.update(run)
            run = {}
    return found


def _blocks(text: str) -> list[_Block]:
    blocks: list[_Block] = []
    paragraph, last = 0, ""
    fresh = True
    lines = _lines(text)
    fields = _fields(lines)
    people = {place: found["name"] for place, line in enumerate(lines) if (found := PERSON_COLUMN.match(line))}
    for place, line in enumerate(lines):
        if not line.strip() or RULER.match(line):
            paragraph += not fresh
            fresh, last = True, ""
            continue
        bullet = BULLET.match(line)
        # "(age" - "9) on Thursday": a bracket that closes, no number of a list.
        if bullet and bullet[0].strip().endswith(")") and last.count("(") > last.count(")"):
            bullet = None
        is_inner = bool(blocks) and blocks[-1].shape != "prose" and not fresh and line[:1].isspace()
        if bullet:
            blocks.append(_Block([line[bullet.end() :]], _shape(bullet["box"]), paragraph))
        elif place in fields and not is_inner:
            blocks.append(_Block([line], "prose", paragraph, field=fields[place]))
        elif len(people) >= FORM and place in people:
            blocks.append(_Block([line], "item", paragraph, person=people[place]))
        elif fresh or not _continues(last, line, blocks[-1]) or _is_subhead(line, lines[place + 1 : place + 2]):
            is_listed = _is_listed(line, blocks, paragraph)
            blocks.append(_Block([line], "item" if is_listed else "prose", paragraph, is_bare=is_listed))
        else:
            blocks[-1].lines.append(line)
        fresh, last = False, line
    return blocks


def _is_subhead(line: str, below: list[str]) -> bool:
    """Say whether a short line stands above bullets that are set in: "Ruth" above "  - call the son"."""
    bullet = BULLET.match(below[0]) if below else None
    return bullet is not None and not line[:1].isspace() and below[0][:1].isspace() and len(line.strip()) <= SUBHEAD


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_listed(line: str, blocks: list[_Block], paragraph: int) -> bool:
    """Say whether a line without a bullet is one of a list: short, and below a line that ends in a colon."""
    if not blocks or len(line) > LISTED or line.rstrip()[-1:] in ".!?:,;" or FIELD.match(line):
        return False
    above = blocks[-1]
    if above.shape == "prose":
        is_head = above.lines[-1].rstrip().endswith(":") or HEADING.match(above.lines[-1].strip()) is not None
        return paragraph - above.paragraph <= 1 and is_head
    return above.shape == "item" and above.paragraph == paragraph and not BULLET.match(above.lines[0])


def _shape(box: str | None) -> Shape:
    return "item" if box is None else "ticked_box" if TICKED.match(box) else "open_box"


def _continues(last: str, line: str, block: _Block) -> bool:
    """Say whether `line` goes on with the line above it."""
    if FIELD.match(line) or FIELD.match(last) or block.field or STAMP.match(line) or PERSON_LINE.match(line):
        return False
    if block.shape in {"open_box", "ticked_box"} and not line[:1].isspace() and line[:1].isupper():
        return False
    if block.shape != "prose" and line[:1].isspace():
        # Lines without bullets that begin alike are items each.
        return len(block.lines) > 1 or not block.is_bare or _indent(line) != _indent(last)
    return len(last.rstrip()) >= WRAPPED_FROM or line.lstrip()[:1].islower()


def _split(text: str) -> list[str]:
    pieces, start = [], 0
    for end in ENDS.finditer(text):
        piece = text[start : end.end()]
        if end["mark"] == "." and not _is_end(piece, text[end.end() : end.end() + _NEAR].lstrip()):
            continue
        pieces.append(piece.strip())
        start = end.end()
    pieces.append(text[start:].strip())
    runs = (wrap(piece, MAX_SENTENCE) if len(piece) > MAX_SENTENCE else (piece,) for piece in pieces)
    return [run for found in runs for run in found if any(char.isalnum() for char in run)]


def _is_end(piece: str, following: str) -> bool:
    """Say whether the full stop at the end of `piece` ends a sentence."""
    # Only its last words tell; searched from the beginning each time, a mail of "a b. a b." takes for ever.
    near = max(0, len(piece) - _NEAR)
    if NOON.search(piece, near):
        return following[:1].isupper() and not re.match(
            r"(?:[ECMP][SD]?T|Eastern|Central|Mountain|Pacific|on)\b", following
        )
    if MEASURE.search(piece, near) and GOES_OVER.match(following):
        return True
    return SHORT.search(piece, near) is None or (
        LETTER.search(piece, near) is not None and BEGINS.match(following) is not None
    )
