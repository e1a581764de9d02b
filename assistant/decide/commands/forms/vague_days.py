"""Clauses that want another day without telling which: "12 needs to be later", "12 sometime next week is fine"."""

from __future__ import annotations

import re

from assistant.decide.commands.forms.days import asked_when
from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.matching.subjects import Subject
from assistant.decide.commands.wording.arguments import DATE, WEEKDAY
from assistant.decide.commands.wording.doubts import is_question
from assistant.decide.commands.wording.text import SIGN

_NUMBERS = rf"(?:(?:the|task|tasks|both|el|la|los|las)\s+){{0,2}}{SIGN}+"
_OFF = (
    r"(?:later|earlier|sooner|(?:pushed|moved|bumped|shifted|slid)(?: (?:back|out|up|over|off|along))?|rescheduled|"
    r"postponed|delayed|extended|put off|mas tarde|otro dia|another (?:day|time|date)|a (?:new|different|later) "
    r"(?:day|date|time|deadline))"
)
_ANOTHER = re.compile(
    rf"{_NUMBERS}\s*[:,-]?\s*(?:really |just |probably )?(?:(?:needs?|has|have|ought|wants?|should|must|can|could|may|"
    rf"will have)(?: to)?|tiene que|debe) (?:(?:be|go|move|get|come(?: up| forward)?|ser|wait)"
    rf"(?: (?:a (?:bit|little|while)|some))? )?"
    rf"(?:{_OFF}|move|slide)|{_NUMBERS}\s*[:,-]?\s*(?:(?:is|can be) )?due {_OFF}|"
    rf"{_NUMBERS}\s*[:,-]?\s*(?:needs?|could use|wants?|(?:i|we) need|give (?:me|us)|necesita) (?:(?:some|a (?:bit|"
    r"little|lot)|much|mas) )?(?:more |extra |mas )?(?:time|tiempo|days)"
)
_WAITS = re.compile(
    rf"{_NUMBERS}\s*[:,-]?\s*(?:(?:can|could|may|will have to|has to|puede) (?:all |both )?(?:wait|esperar))"
)
_SPAN = rf"(?:(?:next|this|the following|later|early|late|mid) (?:week|month)|{WEEKDAY}|{DATE}|tomorrow|manana)"
_FINE = (
    r"(?:(?:is|are|would be|will be|should be|seems|'s) (?:fine|ok|okay|good|great|alright|all right|better|best|"
    r"enough)|works|would work|will do|suits|esta bien|me sirve)(?: (?:for (?:me|us)|with (?:me|us)|by (?:me|us)|too))?"
)
_SOME_DAY = (
    r"(?:some ?time|some day|someday|any ?(?:day|time)|one day|whenever|maybe|perhaps|probably|possibly|algun dia|"
    r"quizas?)"
)
_SOME = re.compile(
    rf"{_NUMBERS}\s*[:,-]?\s*(?:to |for |on |by )?(?:{_SOME_DAY} (?:(?:on|in|by|during) )?{_SPAN}(?:,? {_FINE})?|"
    rf"{_SPAN},? {_FINE})"
)


def read_vague_day(clause: Clause) -> Found | None:
    """Read what wants another day for tasks by their numbers, and tells none: which is asked."""
    head = clause.head
    plain = head.plain.strip(" .!")
    if not head.known or head.unknown or is_question(head.plain):
        return None
    waits = _WAITS.fullmatch(plain) is not None
    if not waits and _ANOTHER.fullmatch(plain) is None and _SOME.fullmatch(plain) is None:
        return None
    ask = asked_when("snooze" if waits else "due", Subject(numbers=head.known), clause)
    # "12 can wait, remind me Monday": what follows may tell until when.
    return Found(ask=ask, about=head.known, kept=head.known, is_name=waits)
