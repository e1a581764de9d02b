"""Clauses that call a task off in ordinary words: "the Somali one isn't needed anymore", "she died, drop hers"."""

from __future__ import annotations

import re

from assistant.decide.commands.forms.handing import task_meant
from assistant.decide.commands.matching.deeds import ends
from assistant.decide.commands.matching.found import Clause, Found, each
from assistant.decide.commands.matching.meaning import is_same, names_of, patients_in, words_of
from assistant.decide.commands.matching.subjects import Subject
from assistant.decide.commands.matching.titles import folded_title
from assistant.decide.commands.matching.told import bidden
from assistant.decide.commands.reply import Verb
from assistant.decide.commands.wording.text import Text, fold
from assistant.decide.commands.wording.words import DROP, SAYS_DONE

_NOT_NEEDED = re.compile(
    r"(?P<s>.+?)\s*(?:(?:is|are|was|were)\s*(?:not|n't)|isn'?t|aren'?t|ain'?t|not|no longer|(?:is|are) no "
    r"longer|ya no)\s+"
    r"(?:es |son |hace |hacen )?(?:needed|necessary|happening|going ahead|required|a thing|on|neces[a-z]+|falta)"
    r"(?:\s+(?:any ?more|anymore|now|at all|after all))*[\s.!]*"
)
# "We don't need the van until Friday" keeps it.
_NO_NEED = re.compile(
    r"(?:.{1,120}?(?:[\s,;-]+so|[,;-])\s+)?(?:we|i|they|she|he)(?: really)? "
    r"(?:(?:don'?t|do not|doesn'?t|does not|no longer|won'?t|will not) needs?|(?:won'?t|"
    r"will not) be needing) (?P<s>(?:the|her|his|their|that|an?) "
    r"(?:(?!\b(?:until|till|til|if|before|yet|today|tonight|now|right|unless|to|"
    r"more|for (?:now|today))\b)[^,;:]){2,50}?)(?: any ?more| any longer| after all)*"
)
_SO = re.compile(
    rf"(?:(?P<why>.{{1,160}}?)(?:[\s,-]+(?:so|and so|asi que)|,)\s+)?(?:please |pls |you can |we can |go ahead "
    rf"and |just )*"
    rf"(?P<verb>{DROP}|close(?: out)?|clear) (?P<s>.+)"
)
_HIS = re.compile(
    r"(?:(?P<all>all|both|everything|todo|ambas)(?: of)?\s+)?(?:(?:for|of|de)\s+)?(?P<who>his|hers?|theirs?|him|"
    r"them|her|su|sus)"
    r"(?:\s+(?P<things>things|tasks|stuff|items|ones|list|everything|orders|cosas|tareas))?(?: please| pls)?[\s.!]*"
)
_MOOT = re.compile(
    r"(?:(?P<why>.{3,200}?)[\s,;:-]+)?(?:(?:so|and|asi que)\s+)?(?:(?:there'?s|there is|we have)\s+)?(?:"
    r"(?:nothing|no [a-z' -]{2,30}?)(?: left| more| else)?(?: for (?:us|"
    r"me))? to (?P<verb>[a-z]{3,12})\b(?! (?:yet|today))"
    r".{0,40}|no need (?P<chase>chase|call|pursue|bother) (?:him|her|them|it|mom|dad|pt)(?: any ?more)?|"
    r"(?:that|the|this|his|her) (?P<noun>[a-z' -]{2,25}) is (?:now )?moot(?: now)?|"
    r"no (?P<thing>[a-z]{3,15}) (?:is )?(?:needed|necessary|required)(?: any ?more| now| after all)?)"
)
"""What falls away, with the deed or the thing that the title bids."""
_NOT_YET = re.compile(
    r"\b(?:yet|until|till|til|if|unless|for now|today|tonight|this week|maybe|might|or|twice|again|i'?ll|i will|"
    r"myself|instead|first)\b|\?"
)
_PURSUES = re.compile(r"call|phone|ring|chase|contact|reach|track|pursue|follow|remind|bother|llamar|buscar")
"""Deeds of one kind: who need not be chased need not be called."""
_ENDED = re.compile(
    r"\b(?:passed(?: away)?|died|deceased|death|discharged|ama(?:'?d)?|hospice|expired|moved (?:to|away)|left|"
    r"went home|"
    r"transferred|switching|switched|withdrew|cancell?ed|fallecio|murio|dado de alta|dada de alta)\b"
)
_THING = re.compile(r"(?:the|that|this|el|la) (?!whole|rest|other|last|first|one\b)[a-z]")
_FEW = 3


def read_called_off(clause: Clause) -> Found | None:
    """Read "the Somali one isn't needed anymore", "she passed away, so close out her things"."""
    full, head = clause.full, clause.head
    if full.known or "?" in full.plain:
        return None
    for form, words in ((_NOT_NEEDED, head), (_NO_NEED, full.cut(0, len(full.plain.rstrip(" .!"))))):
        if (match := form.fullmatch(words.plain)) is not None:
            return _dropped(task_meant(words.group(match, "s"), clause), clause)
    match = _SO.fullmatch(full.plain.rstrip(" .!?"))
    if match is None or re.search(r"\b(?:not|don'?t|never|if|unless|maybe|until)\b", full.plain):
        return None
    why = match["why"] or ""
    about = _patient(why, clause)
    is_end = match["verb"].startswith(("close", "clear"))
    # "Close out his things" is the end of the work only where the patient's is.
    if is_end and not _ENDED.search(" ".join((*clause.memory.said, why))):
        return None
    slot = full.group(match, "s")
    his = _HIS.fullmatch(slot.plain)
    if his is not None and (his["all"] or his["things"] or his["who"] in {"hers", "theirs"}):
        return _whole(about, his["all"] == "both", clause)
    if not why and not clause.memory.said:
        return None
    listed = _listed(slot, about, clause, "drop")
    is_thing = listed is None and not is_end and _THING.match(slot.plain) is not None
    return _dropped(task_meant(slot, clause), clause) if is_thing else listed


def read_moot(clause: Clause) -> Found | None:
    """Read "he backed out, so nothing to submit": a drop where the deed that falls away is the one the title bids."""
    full, asked = clause.full, clause.asked
    plain = re.sub(r"^[\s§:,-]+", "", full.plain).rstrip(" .!")
    match = _MOOT.fullmatch(plain)
    if match is None or full.unknown or _NOT_YET.search(plain) or SAYS_DONE.search(plain):
        return None
    why = full.own if match["why"] else ""
    patients = patients_in(why, asked.listed)
    pool = full.known or patients or clause.memory.previous or patients_in(full.own, asked.listed)
    said = match["verb"] or match["thing"] or match["chase"]
    numbers = [
        number
        for number in dict.fromkeys(pool)
        if (task := asked.task(number)) is not None
        and task.state == "open"
        and not ends(fold(match["why"] or ""), task)
        and (
            is_same(said, bidden(task)[0]) or bool(_PURSUES.fullmatch(said) and _PURSUES.fullmatch(bidden(task)[0]))
            if said
            else any(is_same(word, other) for word in words_of(match["noun"]) for other in folded_title(task))
        )
    ]
    return each("drop", Subject(numbers=tuple(numbers)), clause, text=full.own) if len(numbers) == 1 else None


def _whole(about: tuple[int, ...], is_both: bool, clause: Clause) -> Found | None:  # noqa: FBT001 - a word of the reply's
    if not about or (is_both and len(about) != len(("one", "other"))):
        return Found(ask="Which tasks should go? Please write: drop and their numbers.")
    return each("drop", Subject(numbers=about, is_bulk=len(about) > _FEW), clause, text=clause.full.own)


def _listed(slot: Text, about: tuple[int, ...], clause: Clause, op: Verb) -> Found | None:
    """Read "his follow-up, meds and the summary": each has to be clear, and the one patient's."""
    if not about or not re.match(r"(?:his|her|their|the|su|sus)\b", slot.plain):
        return None
    pieces = [one.strip() for one in re.split(r"\s*(?:,|&|\band\b|\by\b)\s*", slot.own) if one.strip()]
    numbers: list[int] = []
    for piece in pieces:
        found = task_meant(Text(own=piece, plain=piece.casefold()), clause, among=about)
        if len(found) != 1:
            return None
        numbers += found
    return each(op, Subject(numbers=tuple(dict.fromkeys(numbers))), clause, text=clause.full.own)


def _patient(why: str, clause: Clause) -> tuple[int, ...]:
    """Return the open tasks of the patient named last: in the same breath, by the task spoken of, or before."""
    listed = clause.asked.listed
    spoken = [why, *(task.patient or "" for task in listed if task.number in clause.memory.previous)]
    for words in (*spoken, *reversed(clause.memory.said)):
        found = patients_in(words, listed)
        if found:
            names = {frozenset(names_of(task)) for task in listed if task.number in found}
            return found if len(names) == 1 else ()
    return ()


def _dropped(numbers: tuple[int, ...], clause: Clause) -> Found | None:
    if not numbers:
        return None
    subject = Subject(numbers=numbers) if len(numbers) == 1 else Subject(choices=numbers)
    return each("drop", subject, clause, text=clause.full.own)
