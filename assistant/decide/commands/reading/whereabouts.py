"""Where a reply says that a thing went or came from -> whether the task bids another place, or the other direction."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.meaning import is_same, names_of
from assistant.decide.commands.reading.passages import Passage
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.text import fold
from assistant.records import Task

_NAME = r"(?:(?:(?:Dr|St|Mr|Mrs|Ms)\.? )?[A-Z][\w'’&-]+)(?: (?:(?:and|of|&) )?[A-Z][\w'’&-]+){0,4}"
_BOUND = re.compile(rf"\b(?P<link>to|from) (?:the )?(?P<place>{_NAME})")
_BOUND_PLAIN = re.compile(r"\b(?P<link>to) (?:the |his |her |their )?(?P<place>[a-z]{4,})\b")
_TITLED = re.compile(r"\b(?P<link>to|from) (?P<place>(?:dr|doctor)\.? [a-z][a-z'-]+)")
_LOWER = re.compile(
    r"\b(?P<link>to|from) (?P<the>the )?(?P<place>[a-z][a-z'-]{3,})"
    r"(?=\s*$|\s*[,.;!]|\s+(?:[a-z]+ed|came|went|is|are|got|here|in)\b)"
)
_SENT_SO = re.compile(
    r"\b(?:sent|faxed|e-?mailed|mailed|submitted|forwarded|delivered|shipped|uploaded|booked|went|came|arrived|received|"
    r"got)(?:\W+[a-z]+){0,2}\W*$"
)
_GOING = re.compile(
    r"\b(?:going|goes|go|moved|moving|transferred|discharged|headed|spoke|talked|speaking|according|due|thanks|listened|"
    r"he|she)(?: (?:over|back|home|out))? $"
)
"""Told of a person, not of the task's thing."""
_WORD = re.compile(r"[a-z0-9]+")
_ANYWHERE = frozenset(
    _WORD.findall(
        "them him her his their our your mine ours this that these those there here home office offices "
        "clinic clinics hospital doctor doctors pharmacy insurance insurer payer plan lab labs records chart "
        "portal scheduling billing front desk family patient patients nurse nursing facility provider "
        "providers specialist team floor unit ward staff everyone everybody both all today tomorrow yesterday "
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
        "august september october november december morning noon afternoon evening next last week month start "
        "finish date sign review schedule confirm call email mail file work school store house address number "
        "line appointment visit vendor agency company transport referral intake medicare medicaid pcp surgery "
        "radiology imaging cardiology admissions someone somebody people folks what where when done good back "
        "pending court county state city building reception registration hers theirs mrs"
    )
)
_RIDES = re.compile(r"\b(?:van|ride|rides|cab|taxi|shuttle|transport|transportation|ambulance|traslado|camioneta)\b")
_BACK = re.compile(
    r"\b(?:returns?|returned|retrieve|retrieval|pick[ -]?up|collect|send back|ship back|mail back|devolver|devolucion|"
    r"recoger)\b"
)
_OUTWARD = re.compile(
    r"\b(?:shipped|sent|delivered|mailed|brought|taken|dropped off|went(?: out)?|gone|given|back)"
    r"(?: (?:out|off|back|over))? to (?P<whom>(?:the )?(?:patient|pt|her|him|them|home|his|family)|[a-z]+)"
)
_HOLDS = re.compile(
    r"^\W*(?P<who>.{2,40}?) (?:has|have|got|received|tiene|recibio) (?:the |a |an |her |his |their |it\b|el |la )"
)
_KIN = re.compile(
    r"\b(?:mom|mother|dad|father|parents?|daughter|son|wife|husband|sister|brother|aunt|family|neighbou?r|mama|papa)\b"
)
_NOT_THERE = re.compile(
    r"\b(?:to|at|with|a|en|con) (?:the |an? |his |her |their |la |el |mi )?(?:\w+'s )?(?:next[- ]door )?"
    r"(?:neighbou?rs?'?s?|vecin[oa]s?|(?:wrong|old|other|another) (?:address|house|place|home|door|office|fax|number)|"
    r"otra (?:casa|direccion))\b"
)


def is_elsewhere(task: Task, said: Passage, asked: ReplyContext) -> bool:
    """Return whether the sentence names another place, doctor or direction than the title of the task."""
    plain = fold(said.line)
    if _NOT_THERE.search(plain) and not _NOT_THERE.search(fold(task.title)):
        return True
    if _is_contrary(plain, task) or _is_held_elsewhere(plain, task):
        return True
    wanted = {match["link"]: match["place"] for match in _BOUND.finditer(task.title)}
    rides = _RIDES.search(fold(task.title)) is not None
    if rides:
        wanted |= {match["link"]: match["place"] for match in _BOUND_PLAIN.finditer(task.title)}
    told = set(_WORD.findall(said.plain))
    if not wanted or any(_is_told(place, told) for place in wanted.values()):
        return False
    for link, place in _told(said, rides=rides):
        if link in wanted and _is_another(place, task, asked, strict=said.says_done, rides=rides):
            return True
    return False


def _told(said: Passage, *, rides: bool) -> list[tuple[str, str]]:
    """Return each place that something is told to have gone to, or to have come from."""
    plain = fold(said.line)
    found = [*_BOUND.finditer(said.line), *_TITLED.finditer(plain)]
    if not said.says_done and not said.numbers:
        # "To the pharmacy" may be where it went first; a van goes where it goes.
        found += [match for match in _LOWER.finditer(plain) if rides or match["the"] is None]
    if said.says_done:
        # "5 is done, he goes to Maple Grove": beside so plain a word only the deed itself counts.
        alone = len(said.numbers) < 2  # noqa: PLR2004
        found = [match for match in found if alone and _SENT_SO.search(plain[: match.start()])]
    return [(match["link"], match["place"]) for match in found if not _GOING.search(plain[: match.start()])]


def _is_told(place: str, told: set[str]) -> bool:
    """Return whether one of the words of the place stands in the sentence, or its initials."""
    words = [word for word in _WORD.findall(fold(place)) if word not in _FILLING]
    initials = "".join(word[0] for word in words)
    own = [word for word in words if word not in _ANYWHERE] or words
    return initials in told or any(is_same(word, other) for word in own for other in told)


_FILLING = frozenset(["dr", "doctor", "st", "mr", "mrs", "ms", "the", "of", "and", "s"])


def _is_another(place: str, task: Task, asked: ReplyContext, *, strict: bool, rides: bool) -> bool:
    """Return whether a place that the sentence names is one that the task does not know."""
    words = [word for word in _WORD.findall(fold(place)) if word not in _FILLING]
    if not words or (not rides and all(word in _ANYWHERE for word in words)):
        return False
    if rides and words[0] in _NO_PLACE:
        return False
    known = {*_WORD.findall(fold(task.title)), *names_of(task)}
    own = [word for word in words if word not in _ANYWHERE] or words
    if any(is_same(word, other) for word in own for other in known):
        return False
    # "Done, sent it to Priya to file" is done all the same.
    colleagues = {name for person in asked.people for name in fold(person.name).split()}
    return not (strict and any(word in colleagues for word in words))


_NO_PLACE = frozenset(
    _WORD.findall(
        "him her them us me you it his their our be go get pick take bring come leave arrive drop monday tuesday "
        "wednesday thursday friday saturday sunday tomorrow today noon another next"
    )
)


def _is_contrary(plain: str, task: Task) -> bool:
    """Return whether what should come back went out to the patient."""
    if _BACK.search(fold(task.title)) is None or re.search(r"\b(?:picked up|collected|recogi)", plain):
        return False
    match = _OUTWARD.search(plain)
    if match is None:
        return False
    whom = match["whom"].removeprefix("the ")
    return whom in {"patient", "pt", "her", "him", "them", "home", "family"} or whom in names_of(task)


def _is_held_elsewhere(plain: str, task: Task) -> bool:
    """Return whether the family is told to have what the title bids somebody else to get."""
    match = _HOLDS.match(plain)
    bound = re.search(r"\bto (?:the |her |his )?(?P<place>\w+)", fold(task.title))
    if match is None or bound is None or _KIN.search(match["who"]) is None:
        return False
    return _KIN.search(fold(task.title)) is None and bound["place"] not in match["who"]
