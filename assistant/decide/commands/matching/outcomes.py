"""A task -> the forms in which the result of what its title bids is told: "{thing} was faxed", "{whom} has {thing}"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.decide.commands.matching.deed_nouns import CAME_AND_WENT, NAMED
from assistant.decide.commands.matching.outcome_rows import CLEARED_SO, ROWS, Whom
from assistant.decide.commands.matching.titles import folded_title, heads
from assistant.decide.commands.matching.told import bidden, thing
from assistant.decide.commands.wording.outcome_words import ACTOR, BEEN, DETAIL, DID, HE, IN_HAND, THING, WHOM
from assistant.records import Task

_CLEARED = re.compile(r"clearance|sign-off|approval")
# What a title that names no deed is about (left), and the deed that it bids all the same.
_NOUNS = (
    (r"auth(?:orization)?|pa|re-?auth|pre-?auth(?:orization)?|pre-?cert(?:ification)?|approval|clearance", "clear"),
    (r"letter|summary|paperwork|packet|forms?|notes?|documents?|photos?", "send"),
    (r"results?|reports?|records?|images|slides|films?|quote|estimate", "get"),
    (r"appointment|appt|visit|van|ride|transport(?:ation)?|interpreter|consult|evaluation|eval|follow-up", "book"),
    (r"consent", "sign"),
    (r"refill", "refill"),
)

_SETTLES = r"confirm|verify|check|clarify|approve|get|obtain"
_CALLS = r"call|phone|ring|page|summon|get|llamar"
_EVENT = re.compile(r"(?:down|up)grade|discharge|transfer|release|switch|swap|move|repair")
"""What a title wants to be certain of; told as done, it is: "downgraded" of "Confirm the downgrade"."""
_BEDS = r"find|locate|place|assign|get|move|transfer|book|secure|transferir|mover"
_BED = re.compile(r"beds?|room|isolation|unit|floor|ward|tele|telemetry|icu|stepdown|cama|cuarto")
_TO_ROOM = rf"(?:{HE} )?(?:(?:is |was )?(?:going|went|moved) )?to (?:room |rm |bed )?\d{{2,4}}[a-h]?{DETAIL}"
"""Where somebody lies now: "9 to 233A"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way to tell a result; vague where only the number before it, or its nouns, say of what it is told."""

    pattern: re.Pattern[str]
    whom: Whom
    is_deed: bool
    """True for a deed told of the thing, or by who did it."""
    is_personal: bool = False
    """True where the patient alone may be named: "they took Munn", "cardiology cleared Bea"."""
    needs_thing: bool = False
    """True where a word of the title has to stand for the thing: of a patient "passed" is another matter."""


_SHIPS = re.compile(r"ship|send|mail|return|dispatch|forward|enviar|mandar")
_LEFT = (
    r"(?<!was )(?<!were )(?<!been )(?<!got )left (?:here |the building )?(?:on|with) (?:(?:the|our|today's|this "
    r"(?:morning|afternoon)'s) )?(?:(?:\d{1,2}(?::\d\d)?(?: ?[ap]m| o'clock)?|noon|morning|afternoon|first|last|early|"
    r"late) )?(?:truck|van|courier|driver|runner|shuttle|fedex|ups|usps|mail|pick-?up)"
)
_ON_ITS_WAY = (Form(pattern=re.compile(rf"(?:{THING} )?{_LEFT}{DETAIL}"), whom="any", is_deed=False),)
"""What was to be shipped has left; to be left on the truck is to be forgotten there."""
_SIGNED_THING = (Form(pattern=re.compile(rf"{THING} {IN_HAND}{DETAIL}"), whom="any", is_deed=False),)


def forms_for(task: Task) -> tuple[Form, ...]:
    """Return the forms in which the result of what the title bids is told."""
    bid = deed_bidden(task)
    if not any(re.fullmatch(verbs, bid) for verbs, *_ in ROWS):
        bid = next((deed for nouns, deed in _NOUNS if any(re.fullmatch(nouns, one) for one in heads(task))), "")
    asked = frozenset(folded_title(task))
    named = _named(bidden(task)[0])
    is_bed = any(_BED.fullmatch(word) for word in asked)
    if _SHIPS.fullmatch(bid):
        named = (*named, *_ON_ITS_WAY)
    if bidden(task)[1:2] == ("signed",):
        # Of "Get signed consent" what has come is signed; of "Get consent signed" it may not be.
        named = (*named, *_SIGNED_THING)
    forms = _forms(bid, asked & {"signed", "signature", "clearance", "sign-off", "approval"})
    return (*forms, *named, *_of_places(bid, thing(task), is_bed=is_bed))


@lru_cache(maxsize=1024)
def _forms(bid: str, asked: frozenset[str]) -> tuple[Form, ...]:
    if bid in {"get", "have", "obtain"} and asked & {"signed", "signature"}:
        bid = "sign"
    found: list[Form] = []
    for verbs, whom, deeds, others in ROWS:
        if re.fullmatch(verbs, bid) is None:
            continue
        found += [Form(pattern=re.compile(form), whom=whom, is_deed=True) for form in _deeds(deeds, whom)]
        found += [
            Form(pattern=re.compile(form), whom=whom, is_deed=False, is_personal="(?P<who>" in form) for form in others
        ]
    if bid == "clear" or any(_CLEARED.fullmatch(word) for word in asked):
        found += [Form(pattern=re.compile(form), whom="any", is_deed=True, is_personal=True) for form in CLEARED_SO]
    return tuple(found)


@lru_cache(maxsize=1024)
def _named(bid: str) -> tuple[Form, ...]:
    """Return the forms in which the deed is told by its noun, and by whom one called to come."""
    found = [form for verbs, forms in NAMED if re.fullmatch(verbs, bid) for form in forms]
    told = [Form(pattern=re.compile(form), whom="any", is_deed=True) for form in found]
    if re.fullmatch(_CALLS, bid):
        came = rf"{WHOM} {CAME_AND_WENT}{DETAIL}"
        told.append(Form(pattern=re.compile(came), whom="object", is_deed=False))
    return tuple(told)


@lru_cache(maxsize=1024)
def _of_places(bid: str, about: str, *, is_bed: bool) -> tuple[Form, ...]:
    """Return the forms that tell of an event which the title wants to be certain of, and of a patient's new room."""
    found = []
    if re.fullmatch(_SETTLES, bid) and _EVENT.fullmatch(about):
        found.append(rf"(?:{THING} )?{BEEN}{about}(?:r?e)?d{DETAIL}")
    if re.fullmatch(_BEDS, bid) and is_bed:
        found.append(_TO_ROOM)
    return tuple(Form(pattern=re.compile(form), whom="any", is_deed=False) for form in found)


def deed_bidden(task: Task) -> str:
    """Return the deed that has to be done: `clean` of "Get EVS to clean 12"."""
    words = bidden(task)
    at = next((place for place, word in enumerate(words[:5]) if place > 1 and word == "to"), None)
    is_anothers = words[0] in {"get", "have"} and at is not None and len(words) > at + 1
    return words[at + 1] if is_anothers and at is not None else words[0]


def _deeds(deeds: str, whom: Whom) -> tuple[str, ...]:
    if whom == "object":
        return (rf"(?:{WHOM} )?{BEEN}(?:{deeds}){DETAIL}", rf"(?:{ACTOR} )?{DID}(?:{deeds}) {WHOM}{DETAIL}")
    return (
        rf"(?:{THING} )?{BEEN}(?:{deeds}){DETAIL}",
        rf"{DID}(?:{deeds}) {THING}{DETAIL}",
        rf"{ACTOR} {DID}(?:{deeds}) {THING}{DETAIL}",
    )
