"""A title that bids two deeds, one after the other -> whether words tell of the first alone: got, but not yet faxed."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from assistant.decide.commands.matching.meaning import is_same, names_of, words_of
from assistant.decide.commands.matching.told import bidden, is_told_done
from assistant.decide.commands.wording.doubts import doubt
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import SAYS_DONE
from assistant.records import Task

_VERBS = (
    r"re-?fax|re-?send|fax|send|e-?mail|mail|submit|forward|upload|file|scan|return|book|schedule|reschedule|arrange|set|"
    r"order|deliver|bring|get|obtain|request|collect|call|phone|notify|tell|inform|let|remind|answer|confirm|verify|"
    r"check|prepare|write|fill|complete|renew|add|put|enter|log|record|sign|pick|drop|give|hand|take|ask|review|update|"
    r"share|print|attach|route|page|cancel|release|enviar(?:l[oa]s?)?|mandar(?:l[oa]s?)?|llamar|avisar|confirmar|agendar|"
    r"entregar(?:l[oa]s?)?|pedir"
)
_SECOND = re.compile(
    rf"(?P<first>[a-z].{{4,120}}?),? (?:and|then|&|y|e|luego)(?: then| also| luego)? (?P<second>(?:{_VERBS})"
    r"\b.{0,80})"
)
_SURE = re.compile(
    r"(?:re-?send|send|submit|notify|tell|inform|let|remind|confirm|verify|obtain|upload|forward|arrange|bring|ask|"
    r"enviar|mandar|llamar|avisar|confirmar|agendar|entregar|pedir)"
)
"""Verbs that are no nouns: "the consent and fax cover" is one thing."""
_OBJECT = re.compile(
    r"[a-z-]+ (?:it|them|him|her|the|this|that|these|those|his|their|our|my|its|an?|any|all|both|each|us|me|to|with|if|"
    r"whether|when|back|over|off|up|out|in|mrs?\b|ms\b|dr\b|el|la|los|las|al?|con|una?)\b"
)
_SENDS = re.compile(r"(?:re-?)?(?:fax|send|e-?mail|mail|forward|submit|upload)|mandar|enviar")
_SENT = re.compile(
    r"\b(?:sent|faxed|e-?mailed|mailed|forwarded|submitted|uploaded|went (?:out|over)|mandad[oa]|enviad[oa])\b"
)
_HAS = re.compile(r"(?:(?:now|already|finally|just) )*(?:has|have|had|got|received|was|were|is|knows?)\b")
_BOTH = re.compile(r"\b(?:both|all (?:of it|set)|everything|the (?:whole|lot)|ambas|las dos|todo)\b")


def tells_first_alone(told: str, task: Task) -> bool:
    """Return whether folded words that tell an end leave out the second of two deeds that the title bids.

    "The result came in, will fax it at noon" tells that it is still to be faxed. A plain "done" is said of all.
    """
    second = _second(task.title)
    if not second or SAYS_DONE.search(told) is not None or _BOTH.search(told) is not None:
        return False
    later = replace(task, title=second, patient=None)
    return not any(_is_told(part, later, task) for part in re.split(r"[,;]|\s-\s", told) if doubt(part) is None)


def _is_told(told: str, second: Task, whole: Task) -> bool:
    verb, first = bidden(second)[0], bidden(whole)[0]
    # "Notified" tells "Notify the provider", though "call the lab" may be told by it too.
    of_first = next((word for word in words_of(told) if is_same(word, first)), "")
    left = told.replace(of_first, " ", 1) if of_first else told
    # "The result is in" is no fax that is in.
    if _SENT.search(left) is not None if _SENDS.fullmatch(verb) else is_told_done(left, second):
        return True
    if any(word != verb and word.endswith("ed") and is_same(word, verb) for word in words_of(left)):
        return True
    # "Pre-op has the result" tells that it went there.
    ours = set(words_of(second.title)[1:]) - names_of(whole)
    who = next(iter(words_of(told)), "")
    return who in ours and _HAS.match(told[told.find(who) + len(who) :].strip()) is not None


@lru_cache(maxsize=4096)
def _second(title: str) -> str:
    """Return the second deed that a title bids; "" where it bids one."""
    match = _SECOND.match(fold(title))
    if match is None or not (_SURE.match(match["second"]) or _OBJECT.match(match["second"])):
        return ""
    return match["second"]
