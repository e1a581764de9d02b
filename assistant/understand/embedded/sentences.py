"""A part's text -> its sentences: prose, list items and boxes to tick, each with what stands around it.

Every sentence is a verbatim run of the text (white space folded), so that it can be quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

Shape = Literal["prose", "item", "open_box", "ticked_box", "row"]

MAX_CHARS = 60_000
"""Of one part; what follows is no longer a letter."""
MAX_SENTENCE = 700
WRAPPED_FROM = 52
"""Characters from which a line counts as broken by the mail program, not by its writer."""

BULLET = re.compile(
    r"^[ \t]{0,12}(?:(?:[-*\u2022] {1,3})?(?P<box>\( {0,3}\)|\([xX]\)|\[[ _]{0,3}\]|\[[xX\u2713\u2714]\]|"
    r"[\u2610\u2611\u2612\u2713\u2714\u25a1])"
    r"|[-*\u2022\u00b7\u25aa\u25e6\u2013\u2014\u25cf\u203a>]"
    r"|\(?\d{1,2}[.)](?!\d)|\(?[a-hA-H][.)])[ \t]{1,8}(?=\S)"
)
TICKED = re.compile(r"\([xX]\)|\[[xX\u2713\u2714]\]|[\u2611\u2612\u2713\u2714]")
RULER = re.compile(r"^[\s\-_=*#~\u2500]{3,200}$")
FIELD = re.compile(r"^[A-Z][\w .&/#-]{1,24}:[ \t]{2,30}\S")
ENDS = re.compile(
    r"(?P<mark>[.!?\u2026]{1,4}[\"')\u201d\u2019]{0,2})(?=\s)|(?<=\w)(?:,|;|:|,? and)?(?= \([b-e2-6]\) )|"
    r"(?<=\w);(?= (?:please|and|then|also|can|could)\b)|(?= new paragraph )|(?<=\w\w);(?= [^;.]{12,300}(?:[;.]|$))"
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
NOON = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
HEADING = re.compile(
    r"^(?:(?:open |new )?action(?: items?|s)?|to-?do'?s?(?: list)?|(?:open |my |your )?tasks|next steps|open items|"
    r"pendientes|follow-?ups|"
    r"assignments|for you|missing|needed|outstanding)\b.{0,30}$",
    re.IGNORECASE,
)
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
    """Of a table's row: each column's name and what stands there."""


@dataclass(slots=True)
class _Block:
    """Lines that belong together: a paragraph's run of prose, or one list item."""

    lines: list[str]
    shape: Shape
    paragraph: int
    is_bare: bool = False
    """True for an item without a bullet."""


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a part in reading order; tables are read elsewhere."""
    found: list[Sentence] = []
    lead, led = "", -1
    for number, block in enumerate(_blocks(text[:MAX_CHARS])):
        said = [
            Sentence(text=one, shape=block.shape, block=number, paragraph=block.paragraph)
            for one in _split(fold(" ".join(block.lines)))
        ]
        if block.shape == "prose":
            # A lead holds for the list right below it, a blank line between them or not.
            lead, led = (said[-1].text, block.paragraph) if said else ("", -1)
            found.extend(said)
        else:
            covers = lead if block.paragraph - led <= 1 else ""
            led = max(led, block.paragraph) if covers else led
            found.extend(replace(one, lead=covers) for one in said)
    return tuple(found)


def _blocks(text: str) -> list[_Block]:
    blocks: list[_Block] = []
    paragraph, last = 0, ""
    fresh = True
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if not line.strip() or RULER.match(line):
            paragraph += not fresh
            fresh, last = True, ""
            continue
        bullet = BULLET.match(line)
        # "(age" - "9) on Thursday": a bracket that closes, no number of a list.
        if bullet and bullet[0].strip().endswith(")") and last.count("(") > last.count(")"):
            bullet = None
        if bullet:
            blocks.append(_Block([line[bullet.end() :]], _shape(bullet["box"]), paragraph))
        elif fresh or not _continues(last, line, blocks[-1]):
            is_listed = _is_listed(line, blocks, paragraph)
            blocks.append(_Block([line], "item" if is_listed else "prose", paragraph, is_bare=is_listed))
        else:
            blocks[-1].lines.append(line)
        fresh, last = False, line
    return blocks


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
    if box is None:
        return "item"
    return "ticked_box" if TICKED.match(box) else "open_box"


def _continues(last: str, line: str, block: _Block) -> bool:
    """Say whether `line` goes on with the line above it."""
    if FIELD.match(line) or FIELD.match(last):
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
    return [piece[:MAX_SENTENCE] for piece in pieces if any(char.isalnum() for char in piece)]


def _is_end(piece: str, following: str) -> bool:
    """Say whether the full stop at the end of `piece` ends a sentence."""
    # Only its last words tell; searched from the beginning each time, a mail of "a b. a b." takes for ever.
    near = max(0, len(piece) - _NEAR)
    if NOON.search(piece, near):
        return following[:1].isupper() and not re.match(
            r"(?:[ECMP][SD]?T|Eastern|Central|Mountain|Pacific|on)\b", following
        )
    return SHORT.search(piece, near) is None or (
        LETTER.search(piece, near) is not None and BEGINS.match(following) is not None
    )
