"""The words of a clause, laid on one form -> whether each of them is the task's own, a time, an office or filling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.decide.commands.matching.found import Clause
from assistant.decide.commands.matching.meaning import is_same, names_of
from assistant.decide.commands.matching.outcome_rows import Whom
from assistant.decide.commands.matching.outcomes import Form, deed_bidden
from assistant.decide.commands.matching.titles import covered, fetched, folded_title, heads, words_in
from assistant.decide.commands.matching.told import bidden
from assistant.decide.commands.wording.doubts import SPOILED, doubt
from assistant.decide.commands.wording.likeness import is_slip
from assistant.decide.commands.wording.text import fold
from assistant.records import Task

_WORD = re.compile(r"[a-z0-9#/:&]+(?:[-'.][a-z0-9]+)*")
FILL = frozenset(
    _WORD.findall(
        "a an the my our your his her hers their its it this that these those them him us me i we he she they you one "
        "ones thing things task item all both each everything just also now already finally so too and has have had "
        "is are was were been am got to for of on in at by with from about re via per up over out off back as well w/ "
        "mr mrs ms miss sr sra dr st don dona successfully safely officially personally directly new signed final "
        "copy copies completed "
        "el la los las un una lo le les se ya su sus del de al a en y con para por que mi nuestra fue todo toda ella"
    )
)
_TIMES = re.compile(
    r"\d{1,2}(?::\d\d)?(?:[ap]m?)?|\d{3,4}|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}(?:st|nd|rd|th)|am|pm|a\.m|p\.m|noon|"
    r"today|yesterday|morning|afternoon|evening|night|last|week|earlier|early|first|around|before|lunch|ago|"
    r"hours?|hrs?|minutes?|mins?|days?|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs)?(?:day)?|fri(?:day)?|"
    r"sat(?:urday)?|sun(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|hoy|ayer|anoche|manana|tarde|esta|lunes|martes|"
    r"miercoles|jueves|viernes"
)
_MANNER = frozenset(
    _WORD.findall(
        "fax email e-mail mail phone courier portal hand certified fedex ups confirmation confirmed receipt page pages "
        "number second third try attempt tries went through fine well smoothly complete full whole everything chart "
        "file record system folder inbox record scanned portal website today's copy transmittal time detail details "
        "without issue issues problem problems no home house apartment bedside direct secure message encrypted "
        "overnight usps mychart messenger runner"
    )
)
_PARTIES = frozenset(
    _WORD.findall(
        "office clinic desk team agency vendor company staff nurse doctor dr md pcp provider physician surgeon "
        "pharmacy "
        "pharmacist lab facility unit floor front hospital insurance plan payer rep school hr records department dept "
        "family daughter son wife husband mom mother dad father sister brother caregiver guardian spouse parent "
        "parents "
        "patient pt client caller driver dispatch scheduler coordinator they somebody hija hijo esposa esposo mama "
        "papa "
        "familia senora senor sra sr mr mrs ms miss don dona doctora"
    )
)
_SPEAKER = frozenset({"i", "we", "you", "it", "that", "this", "me", "us"})
_BE = frozenset({"is", "are", "was", "were", "been", "am"})
_FAMILY = frozenset(
    _WORD.findall(
        "family daughter son wife husband mom mother dad father sister brother caregiver spouse parents patient pt "
        "hija "
        "hijo esposa esposo mama papa familia"
    )
)
_PLAIN = frozenset(_WORD.findall("office team desk dept department staff people front now already"))
_FOUND = re.compile(r"find|locate|place")
_PLACED = re.compile(
    r"(?:find|locate|place|book|schedule|arrange|set|reserve|reschedule|rebook|line|secure|coordinate|refer)"
)
_AT_PLACE = re.compile(r"\b(?:at|with|by|through|via|w/|in|for)((?: (?!not|no|the wrong|wrong)[a-z'&.-]+){1,4})$")
_DATED = re.compile(
    r"\b(?:(?:for|on|at|next|this|the) )*(?:tomorrow|tmrw|next|week|month|\d{1,2}(?:st|nd|rd|th)\b|"
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b|\d{1,2}(?::\d\d)? ?[ap]?m?\b)"
)
_BY_WHOM = re.compile(r"\bby (?:the|our|his|her|their|a) (?=[a-z]{2,}(?:\s|$))(?!end|time|way|hour|day|week|month)")
_BAD = re.compile(
    r"\b(?:unsigned|incomplete|missing|unreadable|illegible|voicemail|questions?|until|except|but|pending|"
    r"partial(?:ly)?|"
    r"again|another|other|rest|back order|later|soon|tomorrow|tentative(?:ly)?|in the mail|in transit)\b"
)
_LINKS = frozenset(
    _WORD.findall(
        "to for from about with at by on in of before after until into via regarding re that de del para a con en "
        "sobre missing not"
    )
)
_LEAST_SLIP = 6


def is_explained(match: re.Match[str], form: Form, task: Task, clause: Clause, *, is_numbered: bool) -> bool:
    slots = {name: (value or "").strip() for name, value in match.groupdict().items()}
    left = " ".join(slots.values())
    is_placed = _PLACED.fullmatch(bidden(task)[0]) is not None
    bare = _BY_WHOM.sub(" ", _DATED.sub(" ", left) if is_placed else left)
    if doubt(bare) is not None or SPOILED.search(bare) or _BAD.search(bare):
        return False
    people = frozenset(word for person in clause.asked.people for word in fold(person.name).split())
    if not _is_whom(told_words(slots.get("p", "")), form.whom, task, people):
        return False
    if not _is_actor(told_words(slots.get("a", "")), form.whom, task, people):
        return False
    detail = told_words(slots.get("w", ""))
    others = [word for word in detail if word in _PARTIES and word not in FILL and not is_own(word, task)]
    if form.whom == "object" and others:
        # "The daughter's husband" is not the daughter.
        return False
    for name in ("t", "who", "w", "f"):
        said = slots.get(name, "")
        if is_placed and name in {"w", "f"}:
            said = _AT_PLACE.sub(" ", f"at {said}" if name == "f" else said)
        said = re.sub(r"\bby ([a-z]+)", lambda by: " " if by[1] in people else by[0], said)
        if not all(_is_clear(word, name, task) for word in told_words(said)):
            return False
    thing = told_words(slots.get("t", ""))
    # The thing is the task's, or a pronoun; not an office alone.
    return not thing or any(is_own(word, task) or word in FILL for word in thing) or is_numbered


def _is_whom(words: Sequence[str], whom: Whom, task: Task, people: frozenset[str]) -> bool:
    """Return whether the words may name who has it, or was told of it, by what the title says of that."""
    if not words:
        return True
    if (_SPEAKER | _BE) & set(words):
        # "I know", "we have it": no other knows or has it.
        return False
    said = [word for word in words if word not in FILL]
    if whom == "patient":
        theirs = {*names_of(task), *_FAMILY}
        return all(word in theirs or word.removesuffix("s") in theirs for word in said)
    if whom == "any":
        is_found = _FOUND.fullmatch(bidden(task)[0]) is not None
        # Who takes a patient may be anybody, but a colleague who has it has taken it over.
        if any(word in people and word not in names_of(task) for word in said):
            return False
        return is_found or all(is_own(word, task) or word in _PARTIES for word in said)
    if not said:
        return whom == "object" or "they" in words
    if whom == "title":
        return all(is_own(word, task) or word in _PLAIN for word in said) and any(
            is_titled(word, task) for word in said
        )
    reached = _object(task)
    is_theirs = any(any(is_same(word, one) for one in reached) for word in said)
    return is_theirs and all(is_own(word, task) for word in said)


def _is_actor(words: Sequence[str], whom: Whom, task: Task, people: frozenset[str]) -> bool:
    """Return whether the words may name who did it: of what the title sends somewhere, not whom it goes to."""
    said = [word for word in words if word not in FILL]
    if _BE & set(words):
        return False
    if "dr" in words and "dr" in folded_title(task) and not any(is_titled(word, task) for word in said):
        return False
    if whom == "any":
        return all(is_own(word, task) or word in _PARTIES or word in people for word in said)
    return all(word in people for word in said)


def _object(task: Task) -> frozenset[str]:
    """Return the folded words of what the title bids something of, or whom."""
    words = bidden(task)
    deed = deed_bidden(task)
    words = words[words.index(deed) :]
    end = next((at for at, word in enumerate(words) if at and word in _LINKS), len(words))
    return frozenset(part for word in words[:end] for part in (word, *word.split("-")))


def _is_clear(word: str, slot: str, task: Task) -> bool:
    if word in FILL or is_own(word, task):
        return True
    if slot in {"w", "f"}:
        return _TIMES.fullmatch(word) is not None or word in _MANNER or word in _PARTIES
    return slot == "who" and word in _PARTIES


def told_words(plain: str) -> list[str]:
    return [word.removesuffix("'s") for word in _WORD.findall(plain)]


def is_own(word: str, task: Task) -> bool:
    theirs = {*names_of(task), *told_words(fold(task.patient or ""))}
    return word in theirs or word.removesuffix("s") in theirs or is_titled(word, task)


def is_titled(word: str, task: Task) -> bool:
    return word not in FILL and _stands_in(word, task.title)


@lru_cache(maxsize=32768)
def _stands_in(word: str, told: str) -> bool:
    title = words_in(told)
    if len(word) >= len("dob") and word in "".join(one[0] for one in title):
        return True
    bare = word.removesuffix("s") if len(word) > len("neb") else word
    is_short = len(word) >= len("op") and any(
        one.startswith(bare) for one in title if len(one) - len(word) > (len(word) < len("neb")) * len("op")
    )
    return (
        is_short
        or any(is_same(word, one) for one in title)
        or (len(word) >= _LEAST_SLIP and any(is_slip(word, one) for one in title))
    )


def is_object(thing: Sequence[str], task: Task) -> bool:
    """Return whether the words name what the title bids something of, its deed, or the patient: not only a place."""
    objects = _object(task) | heads(task) | fetched(task) | covered(task)
    return any(
        any(is_same(word, one) or one.startswith(word) for one in objects) or word in names_of(task) for word in thing
    )
