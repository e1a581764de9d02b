"""Clauses that name no day that can be kept ("9 next week sometime", "9 maybe friday") -> the question for one."""

from __future__ import annotations

import re

from assistant.decide.commands.forms.days import asked_when
from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.matching.subjects import Subject
from assistant.decide.commands.wording.arguments import WEEKDAY
from assistant.decide.commands.wording.text import SIGN

_SOME = (
    r"(?:some ?time|some ?day|eventually|one of these days|at some point|whenever|algun dia|cuando se pueda|"
    r"un dia de estos)"
)
_MAYBE = r"(?:probably|maybe|perhaps|possibly|hopefully|likely|quizas?|tal vez|a lo mejor)"
_TIME = (
    rf"(?:{WEEKDAY}|today|tomorrow|tmrw|morning|afternoon|evening|noon|hoy|manana|weekend|week|month|quarter|spring|summer|"
    r"fall|autumn|winter|semana|mes)"
)
_LED = (
    r"(?:is|are|due|can wait|to|until|till|til|for|by|in|on|during|around|about|the|this|next|coming|following|early|"
    r"mid|middle|late|later|end|beginning|of|or so|la|el|en|para|proxim[oa]|que viene)"
)
_SOME_DAY = re.compile(
    rf"(?:(?:the|task|la|el)\s+)?(?P<s>{SIGN}+)\s*[:,-]?\s*(?:{_LED}\s+){{0,6}}"
    rf"(?:{_SOME}(?:\s+(?:{_LED}|{_TIME})){{0,6}}|{_TIME}(?:\s+(?:{_LED}|{_TIME})){{0,4}}\s+{_SOME}|"
    rf"{_MAYBE}\s+(?:{_LED}\s+){{0,4}}{_TIME}(?:\s+{_TIME})?)[\s.!]*"
)


def read_some_day(clause: Clause) -> Found | None:
    """Ask for the day where a number is followed by one that is left open."""
    full = clause.full
    if not full.known or full.unknown or _SOME_DAY.fullmatch(full.plain) is None:
        return None
    return Found(ask=asked_when("due", Subject(numbers=full.known), clause), about=full.known, kept=full.known)
