"""A task -> more forms in which its result is told: what a call was for came, a test was passed, room 2 is covered."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.decide.commands.matching.outcome_rows import ROWS
from assistant.decide.commands.matching.outcomes import Form, deed_bidden
from assistant.decide.commands.matching.readings import VALUE, is_of_result
from assistant.decide.commands.matching.titles import fetched, folded_title, heads
from assistant.decide.commands.wording.outcome_words import ARRIVED, BEEN, DETAIL, DID, IN_HAND, THING, WHOM
from assistant.records import Task

_GOT = (
    rf"{THING} (?:{IN_HAND}|{BEEN}(?:{ARRIVED})){DETAIL}",
    rf"{DID}got {THING}{DETAIL}",
    rf"{WHOM} (?:sent|faxed|e-?mailed|uploaded|dropped off) (?:us |me |over )?{THING}(?: over| in)?{DETAIL}",
)
# The last noun before a link, and how it is told that it is there.
_NOUNS = (
    ("coverage", r"covered"),
    ("approval", r"approved"),
    ("placement", r"placed"),
    ("delivery", r"delivered"),
    ("transfer", r"transferred"),
    ("pickup|pick-up", r"picked up"),
    ("renewal", r"renewed"),
    ("release", r"released"),
    ("repair|repairs", r"repaired|fixed"),
    ("enrollment|enrolment", r"enroll?ed"),
    ("refund", r"refunded"),
    ("replacement", r"replaced"),
    ("removal", r"removed"),
    ("installation|install", r"installed"),
)
_AGAIN = re.compile(r"repeat|redo|re-?check|re-?run|re-?draw|re-?test|draw|run|trend")
_BACK = (
    rf"{THING} (?:(?:is|are|was|were|has|have|now|finally|just|already|all) )*"
    rf"(?:back|came (?:back|in)|resulted|in)(?: (?:at|as|=) ?)?(?: ?{VALUE})?{DETAIL}"
)
_TESTS = re.compile(
    r"tests?|testing|screen|screening|inspection|exam|check|trial|challenge|audit|eval|evaluation|interview|study"
)
_PASSED = (
    rf"{THING} (?:(?:has|have|was|all|just|finally) )*passed"
    rf"(?! (?:away|out|on|by|along|the|it|to|his|her|their|around|over|gas|stool|up|off|without|peacefully)\b){DETAIL}"
)
_NO_END = re.compile(
    r"follow|look|work|wait|start|begin|try|attempt|plan|consider|monitor|watch|offer|need|help|continue|push|expect|"
    r"discuss|talk|speak|escalate|expedite|rush|investigate|query|question|dispute|see|visit|keep|stay|remain|ensure|"
    r"assess|want|wonder|hold|stop|need|track|request|chase|demand|press|schedule"
)
"""Deeds whose doing is not yet what is wanted of them."""
_LEAST_VERB = 4


def result_forms(task: Task) -> tuple[Form, ...]:
    """Return those forms of a task; each names the thing in the title's own words."""
    return _forms(deed_bidden(task), frozenset(heads(task)), frozenset(folded_title(task)), fetched(task))


@lru_cache(maxsize=1024)
def _forms(bid: str, ends: frozenset[str], title: frozenset[str], wanted: frozenset[str]) -> tuple[Form, ...]:
    found: list[str] = [*_GOT] if wanted else []
    for nouns, told in _NOUNS:
        if any(re.fullmatch(nouns, one) for one in ends):
            found.append(rf"{THING} {BEEN}(?:{told}){DETAIL}")
    if _AGAIN.fullmatch(bid) and is_of_result(" ".join(title)):
        found.append(_BACK)
    if any(_TESTS.fullmatch(one) for one in title):
        found += [_PASSED, rf"{WHOM} (?:(?:has|have|just|finally) )*passed (?:the|his|her|their) {THING}{DETAIL}"]
    forms = [Form(pattern=re.compile(form), whom="any", is_deed=False, needs_thing=True) for form in found]
    if (participle := _participle(bid)) is not None:
        done = (rf"{THING} {BEEN}(?:{participle}){DETAIL}", rf"{DID}(?:{participle}) {THING}{DETAIL}")
        forms += [Form(pattern=re.compile(form), whom="any", is_deed=True, needs_thing=True) for form in done]
    return tuple(forms)


def _participle(bid: str) -> str | None:
    """Return how a regular deed of no row is told as done: `billed`; None for one that is no end by itself."""
    is_known = any(re.fullmatch(verbs, bid) for verbs, *_ in ROWS)
    if is_known or len(bid) < _LEAST_VERB or not bid.isalpha() or _NO_END.fullmatch(bid):
        return None
    if bid.endswith("e"):
        return f"{bid}d"
    return f"{bid[:-1]}ied" if re.search(r"[^aeiou]y$", bid) else f"{bid}{bid[-1]}?ed"
