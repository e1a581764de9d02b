"""The visible text as lines, each with its quotation depth: what `html` writes and `segments` reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# `> > text`, `>> text`; a marker stands within the first few columns.
_MARKERS = re.compile(r"[ \t]{0,3}>(?:[ \t]?>){0,40}")
_MAX_LINE = 20_000
# What add-ons leave behind to follow a mail.
_TRACKERS = frozenset({"ᐧ", "ᐧᐧ"})
# The end of "On ... wrote:" that a client wrapped, and then marked although it is no quotation.
_STRANDED = re.compile(r">[ \t]?(?:wrote|escribió|schrieb|a écrit)?[ \t]?:[ \t]{0,5}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    depth: int = 0
    """How many quotation marks or quoting boxes it stands in."""
    opens: bool = False
    """True where the mail program itself says that another mail begins here."""


def plain_lines(text: str) -> list[Line]:
    """Return the lines of a plain-text body, their `>` markers counted and cut."""
    lines: list[Line] = []
    last_depth = 0
    for whole in text.split("\n"):
        # A signature's mark ends in a space (RFC 3676, 4.3).
        raw = whole if whole == "-- " else whole[:_MAX_LINE].rstrip()
        match = _MARKERS.match(raw)
        if raw.startswith(">From "):  # an mbox file's way to keep a line that begins with "From "
            line = Line(raw.removeprefix(">"))
        elif match is None or (last_depth == 0 and _STRANDED.match(raw)):
            line = Line("" if raw in _TRACKERS else raw)
        else:
            line = Line(raw[match.end() :].removeprefix(" "), depth=match[0].count(">"))
        lines.append(line)
        last_depth = line.depth if line.text else last_depth
    return lines


def joined(lines: Sequence[Line]) -> str:
    """Return the text of lines, outer blank lines cut."""
    return "\n".join(line.text for line in lines).strip("\n").rstrip()
