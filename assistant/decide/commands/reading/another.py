"""What a clause would close -> the same without the tasks that ask for another thing than it tells of."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.decide.commands.forms.doubt import notes
from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import SAYS_DONE
from assistant.records import Task

_PAPERS = (
    "referral", "order", "letter", "consent", "form", "authorization", "auth", "note", "script", "prescription",
    "packet", "report", "record", "card", "certificate", "invoice", "waiver", "release", "appeal", "application",
    "log", "sheet", "summary", "plan", "agreement", "contract", "questionnaire", "declaration", "affidavit",
)  # fmt: skip
_SPANISH = {
    "autorizacion": "authorization", "orden": "order", "carta": "letter", "consentimiento": "consent",
    "formulario": "form", "receta": "prescription", "informe": "report", "expediente": "record",
}  # fmt: skip
_PAPER = re.compile(rf"\b(?P<paper>{'|'.join((*_PAPERS, *_SPANISH))})(?:e?s)?\b")
_ASKED_US = re.compile(r"^\W*(?:§+\W*)?(?!i\b|we\b|already\b|also\b|just\b|then\b)[a-z][a-z.' ]{1,30}\basked\b")
_ASIDE = re.compile(r"[,;(]|\s-\s")
_ASKS = re.compile(r"^(?:ask|check with|inquire)\b")


def of_its_own(found: Found | None, clause: Clause) -> Found | None:
    """Return what was found; what would close a task by the news of another thing is kept as a note on it."""
    if found is None:
        return None
    closing = (one.number for one in found.operations if one.op == "done")
    others = {number for number in closing if (task := clause.asked.task(number)) and is_of_another(clause, task)}
    if not others:
        return found
    kept = tuple(one for one in found.operations if one.number not in others)
    numbers = tuple(sorted(number for number in others if number))
    return replace(found, operations=(*kept, *notes(numbers, clause.full.own)), kept=(*found.kept, *numbers))


def is_of_another(clause: Clause, task: Task) -> bool:
    """Return whether the clause tells of another paper than the task's, or that it was us who was asked.

    A plain "done" beside its number closes a task whatever else is told.
    """
    plain = clause.full.plain
    if SAYS_DONE.search(plain):
        return False
    title = fold(task.title)
    said, wanted = _papers(_ASIDE.split(plain, maxsplit=1)[0]), _papers(title)
    if said and wanted and not said & wanted:
        return True
    return _ASKS.match(title) is not None and _ASKED_US.match(plain) is not None


def _papers(words: str) -> frozenset[str]:
    found = {_SPANISH.get(match["paper"], match["paper"]) for match in _PAPER.finditer(words)}
    return frozenset(found | {"authorization"} if "auth" in found else found)
