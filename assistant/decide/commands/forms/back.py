"""Clauses that answer a handoff and hand the tasks back: "12 back", "not mine"; read under no other mail of ours."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.found import Clause, Found, unclear
from assistant.decide.commands.matching.subjects import resolve
from assistant.decide.commands.reply import Operation
from assistant.decide.commands.wording.text import SIGN

_WHICH = (
    rf"(?:(?:the|task|la|el|las|los)\s+)*(?:{SIGN}+|it|this|that|these|them|all(?: of (?:it|them|these))?|both|"
    r"everything|todo|tod[oa]s|ambas|ambos|est[aeo]s?|l[oa]s?)"
)
_TO = r"(?:\s+(?:to|a)\s+(?:you|sender|them|him|her|ti|usted|el|ella))?"
_TAIL = r"(?:\s+(?:please|pls|thanks|sorry|again|por favor|gracias))*[\s.!]*"
_BACK = re.compile(
    r"(?:(?:i|i'm|i am|please|pls|sorry|must|have to|need to)\s+)*"
    r"(?:(?:give|giving|hand|handing|send|sending|pass|take|goes|go)\s+)?"
    rf"(?P<s>{_WHICH})?[\s:,-]*(?:goes\s+|go\s+)?(?:back|de vuelta|de regreso){_TO}{_TAIL}"
)
_RETURNED = re.compile(
    rf"(?:(?:give|hand|send|take)\s+back|return|devolver|devuelvo|devuelve|regresar|regreso)"
    rf"\s+(?P<s>{_WHICH}){_TO}{_TAIL}"
)
_NOT_MINE = re.compile(
    rf"(?P<s>{_WHICH})?[\s:,-]*(?:(?:is|are|es|son)\s+|'s\s+)?(?:not|isn'?t|aren'?t|no es|no son|no)\s+"
    rf"(?:mine|my (?:task|job|patient|responsibility)|for me|mi[oa]s?|me toca|para mi){_TAIL}"
)


def read_back(clause: Clause) -> Found | None:
    """Give tasks that a handoff brought back to who gave them."""
    handed = clause.asked.handed
    if not handed:
        return None
    for form in (_BACK, _RETURNED, _NOT_MINE):
        match = form.fullmatch(clause.head.plain)
        if match is None:
            continue
        slot = clause.head.group(match, "s") if match["s"] else clause.head.cut(0, 0)
        subject = resolve(slot, clause.memory)
        if subject is None or not {*subject.numbers, *subject.unknown} <= {*handed}:
            continue
        ask = unclear(subject, clause, "assign")
        line = clause.full.own.strip(" ,;")
        operations = tuple(
            Operation(op="assign", number=number, to=handed[number], line=line) for number in subject.numbers
        )
        return Found(ask=ask, about=subject.numbers) if ask else Found(operations=operations, about=subject.numbers)
    return None
