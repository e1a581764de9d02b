"""A line that runs on from number to number ("1 done 2 friday 5 ordered") -> the same with a stop before each."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.text import fold

_PARTED = re.compile(r"[,;:()]|[.!?]\s|\s-+\s|\b(?:and|y)\b")
_NUMBER = re.compile(r"(?<![\w.:/$#+*-])#?(\d{1,6})(?![\w%.:/-])")
# After these a number counts or places something, or is one of several.
_HELD = re.compile(
    r"(?:\b(?:to|of|with|for|by|at|on|in|until|till|til|than|is|the|room|rm|bed|ref|auth|case|claim|number|no|task|"
    r"dose|"
    r"if|when|once|unless|after|before|except|but|or|nor|not|needs?|minus|plus|as|like|see|from|about|re|has|have|"
    r"got|get|"
    r"vs|w|w/|either|maybe|page|x|a|al|de|del|con|para|hasta|la|el|same|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|"
    r"nov|dec)\.?|[&$#-])\s*$"
)
_LEAST = 3
"""Numbers: two may be a task and what it has to do with."""


def parted(line: str, asked: ReplyContext) -> str:
    """Return the line in sentences where it does nothing but name task after task.

    Each number has to be another of the tasks listed, with words of its own behind it.
    """
    plain = fold(line).strip(" .!")
    found = list(_NUMBER.finditer(plain))
    if len(found) < _LEAST or found[0].start() != 0 or _PARTED.search(plain):
        return line
    listed = {task.number for task in asked.listed}
    numbers = [int(match[1]) for match in found]
    if len(set(numbers)) < len(numbers) or not {*numbers} <= listed:
        return line
    # Numbers side by side are told of together: "14 15 done 16 friday".
    begun = [found[0], *(after for before, after in pairwise(found) if plain[before.end() : after.start()].strip())]
    if len(begun) < len(("one", "other")):
        return line
    ends = [*(match.start() for match in begun[1:]), len(plain)]
    spans = [(match.end(), end) for match, end in zip(begun, ends, strict=True)]
    pieces = [re.sub(r"^[\s#\d]+", "", plain[begin:end]).strip() for begin, end in spans]
    if not all(re.search(r"[a-z]", piece) for piece in pieces) or any(_HELD.search(piece) for piece in pieces[:-1]):
        return line
    start = line.lower().index(found[0][0])
    whole = line[start:]
    cuts = [match.start() for match in begun] + [len(whole)]
    # A dot behind "fri" would be taken for an abbreviation's.
    return "; ".join(whole[begin:end].strip() for begin, end in pairwise(cuts))
