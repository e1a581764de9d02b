"""Clauses that tell a task's result with no number: "sitter found", "the release for Lowery came back signed"."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.deeds import TOLD, closes, ends, is_enough, is_granted
from assistant.decide.commands.matching.found import Clause, Found, each
from assistant.decide.commands.matching.meaning import (
    Fits,
    Meant,
    meant,
    names_another,
    names_of,
    patients_in,
    words_of,
)
from assistant.decide.commands.matching.subjects import Subject
from assistant.decide.commands.matching.told import is_anothers
from assistant.decide.commands.wording.doubts import SPOILED, doubt, doubt_in_remark
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import SAYS_DONE
from assistant.records import Task

_CALLED = re.compile(r"(?:(?:i|we|just|already|and)\s+)*called (?P<s>.{2,60}?)(?P<back>\s+back\b.*)?$")
_ANSWER = re.compile(
    r"(?:[\s,.:-]*)(?:she|he|they|it|all|labs?|swab|result|doing|everything|no (?:issues|"
    r"problems))\b|.*\bnegative\b"
)
_SCORN = re.compile(
    r"(?:oh )?(?:yeah,? )?(?:right|sure|su+re|riiight|as if|of course|whatever|ha+|lol|great|wonderful|si,? claro|aja|"
    r"fat chance|"
    r"lovely|fantastic|terrific|brilliant|marvell?ous|super|genial|"
    r"dream on|in my dreams|good one|very funny|just what i needed|not)"
)
IRONY = re.compile(
    r"\W*(?:oh|fantastic|wonderful|lovely|terrific|brilliant|super|great|perfect|awesome|sure|of course|genial|claro|"
    r"que bien|perfecto)\b"
)
"""Beside bad news, or words that end a task, it may mean the contrary."""
_ASIDE = re.compile(
    r"(?:(?:fyi|update|just|so|and|also|hi|hello|good (?:morning|afternoon|news)|pt says|patient says|ok|yay|"
    r"great news|oh)"
    r"[\s,:-]+)+"
)
_ACTOR = re.compile(
    r"(?:i|i've|ive|we|we've|weve|he|she|they|pt|patient|dr|doctor|md|mom|mother|dad|father|wife|husband|daughter|son|"
    r"nurse|family|el|ella|ya|le|les|se lo|se la|se|lo|la|just|already|finally|have|has|had|got|also|both|now|"
    r"today|\s)*"
)
_LEADING = re.compile(
    r"^(?:(?:i|we|i've|we've|ive|weve|have|has|had|got|just|finally|already|ya|so|and|also)\s+)+(?=\S)"
)
_BE = re.compile(
    r"(?:\s|\b(?:is|are|was|were|has|have|had|been|be|got|gets|just|already|finally|now|also|both|all|ya|se|fue|"
    r"fueron|"
    r"esta|estan|lo|la|los|las|officially|successfully|both|came back|safely)\b|'s\b|[,:-])+$"
)
_HAS = re.compile(r"(?:(?:has|have|got|have got) (?:the|a|an|its|his|her|their|it|all the)|got|have)")
_STATE = re.compile(
    r"(?<=[a-z])['’]s (?=(?:in|here|back|at|on|been|done|set|all|with|active|up|signed|booked|"
    r"over)\b)"
)
_WHEN = re.compile(
    r"\s*,?\s*\b(?:(?:to|for|on|at|thru|through|until|til)\s+)?(?:(?:next|this|tomorrow|tmrw)\b\s*)?"
    r"(?:(?:the )?\d{1,2}(?:st|nd|rd|th)\b|\d{1,2}/\d{1,2}|week|month|tomorrow|tmrw|today|tonight|"
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}|\d{1,2}(?::\d\d)?\s?(?:am|pm|a|p)\b)"
)
_SET = re.compile(
    r"\b(?:booked|scheduled|rescheduled|rebooked|moved|switched|swapped|changed|slotted|set|confirmed|reserved|"
    r"lined up|arranged|agendad[oa]|secured)\b"
)
_TOO = re.compile(r"(?P<s>.+?)(?:\s+(?:is|are|was|were))?[\s,]+(?:too|as well|also|tambien|likewise|same|igual)")
_PLURAL = re.compile(r"\b(?:both|are|were|have|todos|todas|ambos|ambas|las dos|los dos)\b")
_DAY_ALONE = re.compile(
    r"(?:(?:on|at|for|the|next|this|it's|its)\s+){0,2}(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}(?:st|nd|rd|th)|"
    r"\d{1,2}(?::\d\d)?\s?(?:am|pm|a|p)|\d+(?:-\d+)? (?:more |business )?(?:days?|weeks?|units?|"
    r"visits?)|"
    r"\d{1,2}:\d\d(?: (?:on )?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})?|"
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}|lunes|martes|miercoles|jueves|viernes|tomorrow|tmrw|manana)"
    r"(?:\s+(?:at\s+)?(?:\d{1,2}(?::\d\d)?\s?(?:am|pm|a|p)?|noon|\d{1,2}/\d{1,2}|approved|more))?"
)
_VAGUE = re.compile(
    r"went (?:through|in|out|over|off)|gone through|came|all (?:set|good)|taken care of|off the list|is (?:in|here)"
)
_GOES = re.compile(
    r"(?:went (?:out|in|over|off|to)|gone out|(?:is|are|'s) (?:in|here|back|at|with|on)|came|landed|got here)\b"
)
"""Told of a person, where they are."""
_BIDS_TOO = re.compile(r"(?:set|put)\b")
"""At the head of a clause these bid as well as tell: "set the exam to Friday"."""
_HAVE_IT = re.compile(rf"(?:please |pls )?(?:have|get|need|want)\s+(?!it\b|them\b).{{2,80}}\s{TOLD.pattern}")
"""Bids, too: "have the release faxed"."""
_FEW = 3
_LONGEST = 24
"""Words: who tells more in one breath tells a story."""
_LONGEST_NAME = 6
_SCORNED = 2
"""Clauses that a word of scorn colours."""


def read_result(clause: Clause) -> Found | None:
    """Read a result that ends one task, and only one; where two fit it is a question."""
    head = clause.head
    if head.known or not head.plain or len(head.plain.split()) > _LONGEST or _is_doubtful(clause):
        return None
    last = clause.memory.last
    if last and all(one.op == "done" for one in last) and _DAY_ALONE.fullmatch(head.plain):
        # "Booked, 4/30": the day of the visit, not of the task.
        return Found(about=clause.memory.previous)
    too = _TOO.fullmatch(head.plain)
    if too is not None and clause.memory.last and all(one.op == "done" for one in clause.memory.last):
        spoken = clause.memory.previous
        alike = _concluded(_named(too["s"], clause, lambda task, _head: task.number not in spoken), clause)
        if alike is not None:
            return alike
    if _HAVE_IT.fullmatch(head.plain) or (SAYS_DONE.search(head.plain) and not TOLD.search(head.plain)):
        return None
    own = _own(head.plain, head.own)
    reached = _reached(own, clause)
    if reached is not None:
        return reached
    for match in TOLD.finditer(fold(own)):
        found = _told(own, match, clause)
        if found is not None:
            return found
    return None


def without_day(plain: str) -> str:
    """Return the words without the day for which something is booked: it is no day on which it will be."""
    fixed = _SET.search(plain)
    return plain if fixed is None else plain[: fixed.end()] + _WHEN.sub(" ", plain[fixed.end() :])


def _is_doubtful(clause: Clause) -> bool:
    plain = re.sub(r"\bplans?\b(?! (?:to|on)\b)", " ", clause.head.plain)
    plain = without_day(plain)
    if any(task.title.casefold().startswith("cancel") for task in clause.asked.listed):
        plain = re.sub(r"\bcancell?ed\b", " ", plain)
    if is_scorned(clause) or doubt(plain) is not None or SPOILED.search(plain) is not None:
        return True
    rest = clause.rest.plain
    here, there = (patients_in(words, clause.asked.listed) for words in (plain, " ".join(rest.split()[:_FEW])))
    # What is said of the next patient does not touch this one.
    is_about_another = bool(here) and bool(there) and not set(here) & set(there)
    return not is_about_another and (doubt_in_remark(rest) is not None or SPOILED.search(rest) is not None)


def is_scorned(clause: Clause) -> bool:
    """True where the words before say that what follows is not meant: "yeah right, it's signed"."""
    said = [fold(one).strip(" .,!-") for one in clause.memory.said[-_SCORNED:]]
    return any(_SCORN.fullmatch(one) or (IRONY.match(one) and SPOILED.search(one)) for one in said)


def _own(plain: str, own: str) -> str:
    lead = _ASIDE.match(plain)
    return _STATE.sub(" is ", own[lead.end() :] if lead else own)


def _reached(own: str, clause: Clause) -> Found | None:
    """Read "called the daughter back", "called the lab, swab negative": who tells an answer has reached somebody."""
    match = _CALLED.match(fold(own))
    if match is None or not (match["back"] or (clause.rest.plain and _ANSWER.match(clause.rest.plain))):
        return None
    said = "spoke with "
    slot = own[match.start("s") : match.end("s")]
    found = _named(slot, clause, lambda task, _head: is_enough(said, task) and not is_anothers(task, fold(slot)))
    return _concluded(_by_deed(found, slot, said, clause) if found.numbers else found, clause)


def _told(own: str, match: re.Match[str], clause: Clause) -> Found | None:
    """Return what is told of the noun before the deed, else of the one behind it."""
    plain = fold(own)
    if match.start() == 0 and _BIDS_TOO.match(match[0]):
        return None
    before = _LEADING.sub("", _BE.sub("", plain[: match.start()]).strip(" ,:-"))
    after = re.split(r"[,;(]", plain[match.end() :], maxsplit=1)[0].strip()
    if match[0] == "called back" and not _ACTOR.fullmatch(before):
        # "Mrs. Nakamura called back": nobody has called her.
        return None
    names = {name for task in clause.asked.listed for name in names_of(task)}
    if _GOES.match(match[0]) and _is_somebody(before, names):
        # "Okafor went out to Ridgeview": he did, not his order.
        return None
    is_colleague = any(before.removesuffix(" now") in fold(person.name).split() for person in clause.asked.people)
    if is_colleague and _HAS.fullmatch(match[0]):
        # "Ellen now has the approval" may hand it on as well as tell that it came.
        return None
    is_active = (
        _HAS.fullmatch(match[0]) is not None
        or _ACTOR.fullmatch(before) is not None
        or all(word in names for word in words_of(before))
        or is_colleague
    )
    said = f"{plain[match.start() :]} {clause.rest.plain}"
    tries = [after] if is_active and after else [before]
    if is_active and before and not _HAS.fullmatch(match[0]):
        tries.append(before)
    for slot in tries:
        if not slot:
            continue
        found = _named(
            slot,
            clause,
            lambda task, head: (
                not is_anothers(task, slot)  # noqa: B023 - called at once
                and (ends(said, task) or closes(said, head, task) or is_granted(said, task))
            ),
        )
        if len(found.numbers) == 1 and _VAGUE.fullmatch(match[0]):
            # "The referral went through" is said of any referral.
            rivals = _named(slot, clause, lambda _task, _head: True)
            found = rivals if len(rivals.numbers) > 1 else found
        if found.numbers:
            return _concluded(_by_deed(found, slot, said, clause), clause)
    return None


def _is_somebody(words: str, names: set[str]) -> bool:
    """Return whether some words name a person and no thing."""
    said = words_of(words)
    return all(word in names for word in said) if said else re.search(r"\b(?:he|she|i|we)\b", words) is not None


def _by_deed(found: Meant, slot: str, said: str, clause: Clause) -> Meant:
    """Return `found` as certain where a patient alone is named and the deed can be only this task's: "moved Fay"."""
    task = clause.asked.task(found.numbers[0])
    if found.is_certain or len(found.numbers) > 1 or task is None or not is_enough(said, task):
        return found
    named = re.split(r"\s(?:to|for|from|about|re|on|with|,)\s", fold(slot), maxsplit=1)[0]
    is_alone = all(word in names_of(task) for word in words_of(named))
    is_own = not names_another(clause.head.own, task, clause.asked.people)
    return Meant(numbers=found.numbers, is_certain=is_alone and is_own)


def _named(slot: str, clause: Clause, fits: Fits) -> Meant:
    return meant(slot, _own(clause.head.plain, clause.head.own), clause.asked.listed, clause.asked.people, fits)


def _concluded(found: Meant, clause: Clause) -> Found | None:
    if not found.numbers:
        return None
    if len(found.numbers) > 1:
        return each("done", Subject(choices=found.numbers), clause)
    task = clause.asked.task(found.numbers[0])
    if task is None:
        return None
    if not found.is_certain:
        # "Bob's bench came, close it": what is in doubt is not "it".
        ask = f"Is #{task.number} {task.title} done? Then write: done {task.number}"
        return Found(ask=ask, kept=(task.number,))
    numbers = found.numbers
    if _PLURAL.search(clause.head.plain) and not clause.memory.last and len(clause.memory.named) == 1:
        # "The neuro one and the PT one are both out": the first was only named.
        numbers = tuple(dict.fromkeys((*clause.memory.named, *numbers)))
    return each("done", Subject(numbers=numbers), clause)


def read_name_alone(clause: Clause) -> Found | None:
    """Read a task that is named with nothing said of it: "Ray's papers"."""
    full = clause.full
    tasks = clause.asked.listed
    if full.numbers or not 0 < len(full.plain.split()) <= _LONGEST_NAME or "?" in full.plain:
        return None
    if clause.asked.only is not None and TOLD.fullmatch(full.plain.strip(" .!")):
        # "Ordered", where the answered mail is about one order.
        return None
    words = words_of(full.plain)
    if not words or not all(_is_known(word, tasks) for word in words):
        return None
    found = meant(full.plain, full.own, tasks, clause.asked.people, lambda _task, _head: True)
    numbers = found.numbers or tuple(task.number for task in tasks if any(word in names_of(task) for word in words))
    if not numbers:
        return None
    if len(numbers) > 1:
        return Found(ask=each("note", Subject(choices=numbers), clause).ask, about=numbers, is_name=True)
    ask = f"What about #{numbers[0]}? Please write for example: done {numbers[0]}"
    if _IS_SOMEWHERE.search(full.plain):
        # "Lind is home. Done!": her home oxygen was not spoken of.
        return Found(ask=ask, kept=numbers)
    return Found(ask=ask, about=numbers, is_name=True)


def _is_known(word: str, tasks: tuple[Task, ...]) -> bool:
    names = {name for task in tasks for name in names_of(task)}
    return word in names or bool(meant(word, word, tasks, (), lambda _task, _head: True).numbers) or word in _PAPERS


_IS_SOMEWHERE = re.compile(r"\b(?:is|are|was|were|came|went|got|has|have|esta|estan|llego|fue)\b")
_PAPERS = frozenset(["papers", "paperwork", "papeles", "chart", "file"])
