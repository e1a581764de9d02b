"""Clauses each word of which is explained by one task and tells its result: "HR has the FMLA", "2: got hold of her".

What a form of `outcomes` leaves open has to be the task's own words, its patient, a time or an office; a word more,
and nothing closes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.decide.commands.forms.portions import AWAY, is_portion
from assistant.decide.commands.forms.result import is_scorned
from assistant.decide.commands.matching.explained import FILL, is_explained, is_object, is_own, is_titled, told_words
from assistant.decide.commands.matching.found import Clause, Found, each
from assistant.decide.commands.matching.meaning import names_another, names_of, words_of
from assistant.decide.commands.matching.outcomes import deed_bidden, forms_for
from assistant.decide.commands.matching.pairs import told_apart
from assistant.decide.commands.matching.readings import value_forms
from assistant.decide.commands.matching.results import result_forms
from assistant.decide.commands.matching.subjects import Subject
from assistant.decide.commands.matching.told import bidden
from assistant.decide.commands.wording.doubts import SPOILED, doubt, doubt_in_remark, is_ahead
from assistant.decide.commands.wording.likeness import are_alike
from assistant.decide.commands.wording.result_slips import results_mended
from assistant.decide.commands.wording.spelled import VALUES
from assistant.decide.commands.wording.text import SIGN, Text, fold
from assistant.records import Task

_AT_START = re.compile(rf"\W*(?:(?:the|task|number|item|on|for|re|la|el) ){{0,2}}{SIGN}+[\s:,.>)=-]*")
_LEAD = re.compile(
    r"(?:(?:ok|okay|yes(?! from)|yep|yay|update|fyi|good news|great news|news|so|and|also|hi|hello|finally|btw|just|"
    r"oh|si|y|"
    r"tambien|good morning|morning)[\s,:!-]+)*"
)
_STATE = re.compile(
    r"(?<=[a-z])'s (?=(?:in|on|at|up|back|here|with|been|set|over|out|off|there|down|slotted|gone|done|signed|sent|all|"
    r"booked|confirmed|correct|right|active|registered|changed|ready|approved|cleared)\b)"
)
# Without its accent a Spanish deed of one's own is a bidding: "mande" beside "mandé".
_BIDS_TOO = re.compile(r"(?:set|put|let|cut|read)\b")
"""At the head of a clause these bid as well as tell: "set up the visit"."""
_BIDDEN = re.compile(
    r"(?:mande|envie|entregue|avise|pregunte|confirme|reserve|agende|programe|pague|verifique|recorde|ensene|actualice|"
    r"solicite|llene)\b"
)
_EACH = re.compile(r"(?:both|all (?P<n>three|four|five|six))(?: of)?(?: (?:the|my|his|her|their|our))? (?=[a-z])")
_PERSONAL = re.compile(
    r"(?:en(?:roll?)|regist|schedul|resched|rebook|transfer|admit|refer|notif|remind|teach|train|clear)"
)
_HEADING = re.compile(r"(?P<who>[a-z][a-z.' -]{1,40}?)(?:\s*:|\s-+)\s+")
_BOOKS = re.compile(r"(?:re)?(?:book|schedule)|arrange|set|reserve|line|secure|coordinate")
_SERVICE = re.compile(
    r"interpreters?|vans?|rides?|transport(?:ation)?|shuttle|cab|sitters?|volunteers?|anesthesia|lodging|hotel|room|"
    r"aides?|nurses?|escort|delivery|equipment|c-arm|oxygen|pick-?up|training|flights?|tour"
)
"""What is booked for a patient beside the visit itself."""
_OF_THINGS = re.compile(
    r"send|fax|e-?mail|mail|submit|forward|upload|file|transmit|scan|turn|hand|share|route|provide|get|obtain|collect|"
    r"retrieve|gather|chase|track|pull|request|order|reorder|sign|return|refill|renew|print|translate|pay|confirm|verify|"
    r"repeat|redo|re-?check|re-?run|re-?draw|"
    r"check|ship|mandar|enviar|subir|pedir|conseguir|obtener|solicitar|firmar|devolver|confirmar|verificar"
)
"""Deeds that are done to a thing: where a person is, or went, is none of their results."""
_SOMEBODY = frozenset(
    {"he", "she", "him", "her", "i", "we", "you", "me", "us", "ella", "mr", "mrs", "ms", "miss", "sr", "sra"}
)
_WANTS = re.compile(r"\b(?:needs?|needed|required?|requires|wants?|falta|too (?:high|low)|out of range|redraw)\b")
"""Behind a result: that there is more to do."""
_ASIDE = re.compile(r"\s*\((?P<said>[^()]{1,60})\)")
_LONGEST = 22
_RECEIPT = re.compile(
    r"(?:(?:yes|yep|yeah|ok|okay|sure|thanks|si)[ ,]+)*(?:(?:i|we)(?:'ve| have)? )?(?:have|got|received) "
    r"(?:it|this|that)(?:,? (?:thanks|thank you|now))?|received|recibid[oa]"
)
"""Says as well that our mail has come."""
_TURNED = re.compile(
    r"\bque (?:se|l[oa]s?|le)\b|\b(?:sent|kicked|bounced|mailed|faxed) (?:it|that|this|them) back\b|\bdouble[- "
    r"]?booked\b|\bfully booked\b|\bbooked (?:up|solid|out|full)\b|"
    r"\b(?:all|every) (?:of )?(?:the |our |their )?[a-z]{3,15} (?:is|are) (?:all )?(?:booked|taken|reserved|full)\b"
)
"""What is bidden, or went the other way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """How a clause tells a task's result: by how many of the task's own words, and whether it names its patient."""

    task: Task
    words: frozenset[str]
    is_named: bool
    points: bool
    """True where a pronoun stands for the thing."""
    is_personal: bool
    """True where what is told of the patient can be told of this task alone."""
    is_vague: bool
    """True for "went through": told of any task with such a thing."""


def read_outcome(clause: Clause) -> Found | None:
    """Read a result told in words that are all the task's own; where two tasks fit, it is read elsewhere."""
    head, asked = clause.head, clause.asked
    if "?" in clause.full.plain or head.unknown or len(head.plain.split()) > _LONGEST or is_scorned(clause):
        return None
    if _RECEIPT.fullmatch(head.plain) or _TURNED.search(head.plain) or is_ahead(head.plain):
        return None
    rest = clause.rest.plain
    if _WANTS.search(rest) or doubt_in_remark(rest) is not None or SPOILED.search(rest) is not None:
        return None
    if head.known:
        start = _AT_START.match(head.plain)
        core = head.cut(start.end()) if start else None
        if core is None or core.numbers or not core.plain:
            return None
        tasks = [asked.task(number) for number in head.known]
        told = [_told(core.own, task, clause, is_numbered=True) for task in tasks if task is not None]
        is_told = len(told) == len(tasks) and all(one is not None for one in told)
        return _closed(head.known, clause) if is_told else None
    if (numbers := _of_each(head, clause)) is not None:
        return _closed(numbers, clause)
    words = [word for word in told_words(head.plain) if word not in FILL]
    spoken = {*clause.memory.previous, asked.only}
    pool = [task for task in asked.listed if task.number in spoken or any(is_own(word, task) for word in words)]
    tried = (_told(head.own, task, clause, is_numbered=False) for task in pool)
    fitting = [one for one in tried if one is not None]
    apart = told_apart(head.own, [one.task.number for one in fitting], asked.listed)
    number = _meant([one for one in fitting if one.task.number in apart], clause)
    return _closed((number,), clause) if number is not None else None


def _of_each(head: Text, clause: Clause) -> tuple[int, ...] | None:
    """Return the tasks of "both eye exams booked": as many as were counted, of each of which as much is told."""
    match = _EACH.match(head.plain)
    if match is None:
        return None
    tried = (_told(head.cut(match.end()).own, task, clause, is_numbered=False) for task in clause.asked.listed)
    told = [one for one in tried if one is not None and one.words]
    most = max((len(one.words) for one in told), default=0)
    meant = tuple(one.task.number for one in told if len(one.words) == most)
    return meant if len(meant) == (VALUES[match["n"]] if match["n"] else 2) else None


def _closed(numbers: tuple[int, ...], clause: Clause) -> Found:
    return replace(each("done", Subject(numbers=numbers), clause), is_explained=True)


def _meant(found: Sequence[_Told], clause: Clause) -> int | None:
    """Return the one task whose result is told: by its own words, else the one that was spoken of."""
    named = [one for one in found if one.words or one.is_named]
    if named:
        best = max(named, key=lambda one: (len(one.words), one.is_named))
        rivals = [
            one
            for one in named
            if one is not best and (len(one.words), one.is_named) >= (len(best.words), best.is_named)
        ]
        if rivals or not (best.words or best.is_personal):
            return None
        if best.is_vague and any(
            task is not best.task and best.words and all(is_titled(word, task) for word in best.words)
            for task in clause.asked.listed
        ):
            return None
        return best.task.number
    spoken = clause.memory.previous or ((clause.asked.only,) if clause.asked.only is not None else ())
    it = [one for one in found if one.points and one.task.number in spoken]
    return it[0].task.number if len(spoken) == 1 and len(it) == 1 else None


def _told(own: str, task: Task, clause: Clause, *, is_numbered: bool) -> _Told | None:
    """Return how the words tell the result of `task`; None where they do not, or where one of them is not its own."""
    plain = results_mended(_plain(own, task))
    headed = _under_patient(plain, task)
    plain = plain[headed:]
    if (_BIDDEN.match(plain) and own.isascii()) or (not is_numbered and _BIDS_TOO.match(plain)):
        return None
    if not plain or (not is_numbered and names_another(own, task, clause.asked.people)):
        return None
    if is_portion(plain, task) or AWAY.search(plain):
        return None
    others = {name for one in clause.asked.listed for name in names_of(one)} - names_of(task)
    if others & set(told_words(plain)) - {word for word in told_words(plain) if is_own(word, task)}:
        return None
    for form in (*forms_for(task), *value_forms(task), *result_forms(task)):
        match = form.pattern.fullmatch(plain)
        if match is None or not is_explained(match, form, task, clause, is_numbered=is_numbered):
            continue
        slots = match.groupdict()
        thing, whole = (
            told_words(slots.get("t") or ""),
            told_words(" ".join(value for value in slots.values() if value)),
        )
        said = {word for word in told_words(plain) if is_titled(word, task) and not are_alike(word, bidden(task)[0])}
        if form.needs_thing and said.isdisjoint(whole):
            continue
        is_named = headed > 0 or any(word in names_of(task) for word in whole)
        whose = told_words(slots.get("who") or "")
        if not (is_named or said) and any(word not in FILL for word in whose):
            # "Mom is in on Friday" is not the patient.
            continue
        points = all(word in FILL for word in thing)
        if not points and not is_object(thing, task):
            continue
        if not form.is_deed and _is_somebody(slots.get("t") or "", task) and _OF_THINGS.match(deed_bidden(task)):
            # "She's in the lab today".
            continue
        if is_numbered or said or is_named or points:
            return _Told(
                task=task,
                words=frozenset(said),
                is_named=is_named,
                points=points,
                is_personal=(form.is_personal and not _is_service(task))
                or (form.is_deed and _PERSONAL.match(bidden(task)[0]) is not None),
                is_vague=not form.is_deed and not form.is_personal,
            )
    return None


def _is_somebody(words: str, task: Task) -> bool:
    """Return whether words that stand for a thing name a person alone: "she", "Mr. Ruiz", but not "Ruiz's"."""
    said = [word for word in told_words(words) if word not in FILL]
    if not said:
        return not _SOMEBODY.isdisjoint(told_words(words))
    return "'s" not in words and all(word in names_of(task) and not is_titled(word, task) for word in said)


def _under_patient(plain: str, task: Task) -> int:
    """Return how many characters name the task's patient as a heading: "Skye: clearance in chart"."""
    match = _HEADING.match(plain)
    is_theirs = match is not None and set(words_of(match["who"])) <= names_of(task) and bool(words_of(match["who"]))
    return match.end() if match is not None and is_theirs else 0


def _is_service(task: Task) -> bool:
    """Return whether what has to be booked is not the patient's visit: "Burns is on for Friday" books no anesthesia."""
    return _BOOKS.match(bidden(task)[0]) is not None and any(_SERVICE.fullmatch(one) for one in bidden(task)[1:])


def _kept(aside: re.Match[str]) -> str:
    """Return nothing for words in brackets that doubt nothing."""
    said = aside["said"]
    return aside[0] if doubt(said) is not None or SPOILED.search(said) or _WANTS.search(said) else ""


def _plain(own: str, task: Task) -> str:
    plain = _ASIDE.sub(_kept, fold(own))
    plain = re.sub(r"\s*(?::\)|:-\)|[!.✓👍🎉🙂😀😊🙌]+)\s*$", "", plain).strip(" ,;:-")
    lead = _LEAD.match(plain)
    # "St. Luke's sent it" is no "St. Luke is".
    owned = set(re.findall(r"[a-z]+(?='s)", fold(task.title)))
    bare = plain[lead.end() :] if lead else plain
    plain = bare if owned & set(re.findall(r"[a-z]+(?='s)", bare)) else _STATE.sub(" is ", bare)
    theirs = {*names_of(task), *told_words(fold(task.patient or ""))}
    # "Booked Lena only": of two alike, hers.
    plain = re.sub(r"(?<= )(\S{1,20}) only\b", lambda match: match[1] if match[1] in theirs else match[0], plain)
    return re.sub(r"\s+", " ", re.sub(r" w(?:/| (?=dr\b|[a-z]{3}))", " with ", plain)).strip()
