"""What a reply counts of a task's things -> whether that is all of them: "seven of the twelve", "8 done, 4 to go"."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.decide.commands.matching.meaning import is_same, words_of
from assistant.decide.commands.matching.titles import folded_title
from assistant.decide.commands.wording.spelled import VALUES
from assistant.decide.commands.wording.text import SIGN, fold
from assistant.records import Task

COUNT_WORD = rf"(?:{'|'.join(sorted({*VALUES, 'dozen'} - {'uno', 'once'}, key=len, reverse=True))})"
_N = rf"(?:{COUNT_WORD}|\d{{1,3}})"
_FEW = (
    r"(?:(?:a )?(?:few|part|couple|handful|bunch|dozen|third|quarter)|several|some|most|many|half|"
    r"algun[oa]s|vari[oa]s|much[oa]s)"
)
_THE = r"(?:the|those|these|our|my|his|her|their|all|total|l[oa]s|est[oa]s|sus|mis)"
_OUT_OF = re.compile(rf"(?<![\w$#./:§-])(?P<n>{_N})(?P<by> (?:out )?of | de |/)(?:{_THE} )*(?P<m>{_N})(?![\w/:%]|-)")
_OF_THE = re.compile(
    rf"(?<![\w$#./:-])(?:{_N}|{_FEW})(?: more)? (?:of|de) {_THE} (?P<o>[a-z-]{{3,}}(?: [a-z-]{{3,}}){{0,3}})"
)
_OF_THEM = re.compile(rf"(?:§|:).{{0,20}}(?<![\w$#./:-])(?:{_N}|{_FEW}) (?:of|de) (?:them|these|those|ell[oa]s)\b")
_TO_GO = re.compile(
    rf"(?<![\w$#./:§-])(?:(?:another|just|only|still|the (?:other|last)|l[oa]s otr[oa]s|otr[oa]s) )*(?:{_N}|{_FEW})"
    r"(?: more| others?| mas| of (?:them|these|those))? "
    r"(?:(?:are|is|still|are still|is still) )?"
    r"(?:to go|left|remain(?:s|ing)?|outstanding|unresolved|unanswered|unsigned|open|pending|missing|pendientes?|"
    r"por (?:hacer|firmar|mandar|resolver))(?=\s*(?:$|[.,;!)]|(?:for|until|on|with|from|in|yet|still|now|but|so)\b))|"
    rf"\b(?:faltan|quedan|nos faltan|me faltan) (?:{_N}|{_FEW})(?! (?:dias|semanas|horas|minutos)\b)|"
    rf"\b(?:waiting on|still need|need) (?:the other )?(?:{_N}|{_FEW})(?: more| others?| of (?:them|these|those))(?! "
    r"(?:days?|weeks?|hours?|minutes?|signatures?)\b)"
)
_COUNTED = re.compile(
    rf"(?<![\w$#./:§-])(?P<n>{_N}) (?:(?:more|new|open|extra|additional|mas) ){{0,2}}"
    r"(?P<o>[a-z]{3,})(?:[ -](?P<p>[a-z]{3,}))?"
)
_ALONE = re.compile(
    rf"(?:§|^\W*|[:,] ?|\b(?:only|just|got|did|have|solo) )(?P<n>{_N}) "
    r"(?:(?:are|were|is|have been|of them|ya|estan|are now|now|so far) )*"
    r"(?:(?!need|want)[a-z]{3,}ed|done|resolved|down|closed|signed|sent|back|in|approved|complete[d]?|finished|so far|"
    r"faxed|booked|list[oa]s|hech[oa]s|resuelt[oa]s|firmad[oa]s|enviad[oa]s)\b"
)
_BEHIND = re.compile(
    rf"\b(?:done|resolved|closed|signed|sent|approved|completed?|finished|faxed|booked)\s?[:-]? (?P<n>{_N})(?=[\s.!]*$)"
)
_ALL_BUT = re.compile(rf"(?:{_N}|{_FEW})(?: (?:of|de)\b| (?:more |other )?[a-z]{{3,}}s\b|[\s.!]*$)")
_NEEDS = re.compile(
    rf"(?<![\w#./:-])(?P<n>{_N})(?![\w/:%.-]| (?:days?|weeks?|wks?|months?|years?|yrs?|hours?|hrs?|minutes?|mins?|mg|"
    r"mcg|ml|cm|am|pm|dias|semanas|meses)\b)"
)
_NUMBERED = re.compile(
    r"(?:weeks?|cycles?|days?|scores?|rooms?|beds?|visit|phase|part|line|level|stage|type|step|grade|size|lot|"
    r"subject|no|number|#|implant|donor|at|by|on|before|after|within|semana|ciclo|dia) $"
)
"""What stands before a number that names, and counts nothing: "week 12"."""
_PARTLY = re.compile(
    r"\b(?:half(?:way)?|partly|partially|mostly|nearly|almost|part|a medias|casi|medio) (?:done|complete[d]?|finished|"
    r"there|through|closed|resolved|hech[oa]s?|list[oa]s?|terminad[oa]s?)\b"
)
_LEAST = 2


def counts_part(plain: str, task: Task) -> bool:
    """Return whether folded words count fewer of a task's things than it asks for, or tell that some are left."""
    if _PARTLY.search(plain) is not None:
        return True
    asked = _asked_for(task.title)
    # "9/30" is a day, unless the title asks for thirty.
    whole = next((one for one in _OUT_OF.finditer(plain) if one["by"] != "/" or _value(one["m"]) == asked), None)
    if whole is not None:
        return _value(whole["n"]) < _value(whole["m"])
    if _TO_GO.search(plain) is not None and _is_many(task):
        return True
    if any(_is_of_title(match["o"], task) for match in _OF_THE.finditer(plain)) or _OF_THEM.search(plain):
        return True
    if asked is None:
        return False
    counted = [match["n"] for match in (*_ALONE.finditer(plain), *_BEHIND.finditer(plain))]
    counted += [
        match["n"] for match in _COUNTED.finditer(plain) if _is_of_title(f"{match['o']} {match['p'] or ''}", task)
    ]
    return any(0 < _value(said) < asked for said in counted)


def begins_with_count(plain: str) -> bool:
    """Return whether folded words count things that they do not name.

    >>> begins_with_count("two of the queries"), begins_with_count("the van")
    (True, False)
    """
    return _ALL_BUT.match(plain) is not None


def _is_of_title(words: str, task: Task) -> bool:
    return any(is_same(word, one) for word in words_of(words) for one in folded_title(task))


def _is_many(task: Task) -> bool:
    """Return whether a title asks for several things: it counts them, or names them in the plural."""
    return _asked_for(task.title) is not None or any(
        len(word) > len("cds") and word.endswith("s") and not word.endswith(("ss", "us", "is"))
        for word in folded_title(task)
    )


@lru_cache(maxsize=4096)
def _asked_for(title: str) -> int | None:
    """Return how many things a title asks for; None where it counts none."""
    plain = fold(title).replace(SIGN, " ")
    found = [match for match in _NEEDS.finditer(plain) if not _NUMBERED.search(plain[: match.start()])]
    values = [_value(match["n"]) for match in found]
    return values[0] if len(values) == 1 and values[0] >= _LEAST else None


def _value(said: str) -> int:
    return int(said) if said.isdigit() else VALUES.get(said, 12)
