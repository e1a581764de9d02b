"""Sentences that tell something and say then that this ends it: "she signed, so that's done", "tick that off"."""

from __future__ import annotations

import re

from assistant.decide.commands.forms.handing import spoken_of
from assistant.decide.commands.forms.result import IRONY, is_scorned, without_day
from assistant.decide.commands.matching.found import Clause, Found, each
from assistant.decide.commands.matching.meaning import names_another, patients_in
from assistant.decide.commands.matching.ordinary import fit, has_object
from assistant.decide.commands.matching.subjects import Subject, referent
from assistant.decide.commands.wording.doubts import SPOILED, doubt
from assistant.decide.commands.wording.text import SIGN, Text
from assistant.decide.commands.wording.words import PRONOUN, STRONG

_SO = r"(?:(?:and |y )?(?:so|hence|thus|therefore|asi que|por lo que|o sea)|and|y|,|;| - )"
_IT = rf"(?:{PRONOUN}|that one|this one|the whole thing|todo)"
_BE = r"(?:'s| is| are| queda| esta| ya esta| ya quedo| quedo)"
_MAY = r"(?:you can |you may |please |pls |puedes |go ahead and |feel free to |can you |we can |let's )*"
_BID = r"(?:(?:close|tick|check|cross|strike|mark|clear|complete|cierra|cierre|marca|marque|tacha)(?:l[oa])?)"
_OFF = (
    r"(?: (?:off|out|as|done|complete[d]?|closed|finished|off (?:my|the|your) list|hech[oa]|como|list[oa]|as well|"
    r"too|also|please))*"
)
_BIDDEN = re.compile(rf"(?P<why>.+?)(?:[\s,;.-]+|\b)(?:{_SO}\s*)?{_MAY}{_BID} {_IT}{_OFF}")
_ENDED = (
    re.compile(
        rf"(?P<why>.+?)[\s,;.-]*\b{_SO}\s*(?:(?:now|then|ya|eso)\s+)?(?:{_IT}{_BE}(?: now| all| ya| then)*\s+)"
        rf"(?:{STRONG}|settled|all good(?: there)?|good to go|(?:now )?can be (?:closed|checked off|marked done))"
        r"(?: now| too| then)?"
    ),
    re.compile(
        rf"(?P<why>.+?)[\s,;.-]*\b(?:and so|so)\s+"
        rf"(?:{_IT} can (?:now )?be (?:closed(?: out)?|marked (?:as )?done|checked off)|"
        r"all (?:good|set)(?: there| with that)?)"
    ),
    re.compile(rf"(?P<why>.+?)[\s,;.-]*\b(?:and so|so|hence|asi que)\s*,?\s*(?:now |all |ya )?(?:{STRONG})"),
    _BIDDEN,
)
_TALK = re.compile(r"\bwith (?:it|this|that|him|her|them|you)\b|\b(?:not|never|no)\s+(?:so|to)\b")
_LEADING = re.compile(rf"(?:(?:the|task|la|el)\s+)?(?P<s>{SIGN}+)\s*(?:[:,.-]|>|\bis\b|\bhas\b|$)?")
# What the other side wanted, and what came in its place, are parts of the story.
_STORY = re.compile(
    r"\b(?:(?:overturned|reversed) (?:the |their |his |her )?(?:\w+ ){0,2}denial|instead(?: of)?|wanted|wants?|"
    r"needed|asked for|only|hace falta|al fin|at last|stays?|"
    r"no (?:hay|hace falta|need|changes?|issues?))\b"
)
# Who bids us close it has believed what was said.
_TOLD = re.compile(r"\b(?:says?|said|told (?:me|us)|confirm(?:s|ed)?|dijo|dice|confirmo)\b")


def read_settled(clause: Clause) -> Found | None:
    """Read a story of one task that ends with "so that's done": the last words count, if the story does not doubt."""
    full = clause.full
    plain = full.plain.rstrip(" .!")
    if "?" in plain or _TALK.search(plain):
        return None
    for form in _ENDED:
        match = form.fullmatch(plain)
        if match is None:
            continue
        why = full.group(match, "why")
        found = _concerns(why, clause)
        if found is None:
            continue
        if (named := found.numbers or found.choices) and (
            _is_doubtful(why, form is _BIDDEN, clause)
            or doubt(plain[match.end("why") :]) is not None
            or _names_another(why, named, clause)
        ):
            ask = f"I left #{named[0]} open. If it is done, write: done {named[0]}"
            return Found(ask=ask, kept=named)
        return each("done", found, clause)
    return None


def _is_doubtful(why: Text, is_bidden: bool, clause: Clause) -> bool:  # noqa: FBT001 - one of two forms
    plain = without_day(_STORY.sub(" ", why.plain))
    if is_bidden:
        plain = _TOLD.sub(" ", plain)
    return (
        is_scorned(clause)
        or IRONY.match(plain) is not None
        or SPOILED.search(plain) is not None
        or doubt(plain) is not None
    )


def _names_another(why: Text, numbers: tuple[int, ...], clause: Clause) -> bool:
    task = clause.asked.task(numbers[0])
    return not why.numbers and task is not None and names_another(why.own, task, clause.asked.people)


def _concerns(why: Text, clause: Clause) -> Subject | None:
    """Return the one task of which the story tells: by the number or the name it begins with, else the one before."""
    asked = clause.asked
    first = _LEADING.match(why.plain)
    if first is not None:
        slot = why.group(first, "s")
        return Subject(numbers=slot.known) if slot.known and not slot.unknown else None
    if why.numbers:
        return None
    patients = patients_in(why.own, asked.listed)
    pool = tuple(task for task in asked.listed if task.number in patients) or asked.listed
    found = fit(why.own, pool)
    named = spoken_of(why, clause) or (patients if len(patients) == 1 else found.numbers)
    task = asked.task(named[0]) if len(named) == 1 else None
    if task is not None and (named == patients or named != found.numbers or has_object(found, task)):
        return Subject(numbers=named)
    if found.numbers or len(patients) > 1:
        return Subject(choices=found.numbers or patients)
    it = referent(clause.memory)
    return it if len(it.numbers) == 1 else None
