"""A task's title -> what it is about: the nouns that it ends on."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.decide.commands.wording.likeness import are_one_thing, stem
from assistant.decide.commands.wording.text import fold
from assistant.records import Task

_WORD = re.compile(r"[a-z0-9]+(?:[-&][a-z0-9]+)*")


def heads(task: Task) -> frozenset[str]:
    """Return what a title is about: the last word before a link, in each of its parts."""
    return _heads(task.title)


@lru_cache(maxsize=4096)
def _heads(title: str) -> frozenset[str]:
    found: set[str] = set()
    for part in re.split(r"[,:+(]|\s-\s", fold(title)):
        words = _WORD.findall(part)
        end = next((at for at, word in enumerate(words) if at and (word in _LINKS or word.isdigit())), len(words))
        found.update(words[max(0, end - 1) : end])
        if end > 1 and _DEED_NOUNS.fullmatch(words[end - 1]):
            found.add(words[end - 2])
    return frozenset(found)


def fetched(task: Task) -> frozenset[str]:
    """Return what somebody is called for: `polyp` and `report` of "Call pathology for polyp report"."""
    return _fetched(task.title)


@lru_cache(maxsize=4096)
def _fetched(title: str) -> frozenset[str]:
    match = _CALLED_FOR.match(fold(title))
    words = _WORD.findall(match["w"]) if match else []
    end = next((at for at, word in enumerate(words) if at and word in _LINKS), len(words))
    return frozenset(words[:end]) if end and _SENT_THINGS.fullmatch(words[end - 1]) else frozenset()


def covered(task: Task) -> frozenset[str]:
    """Return what somebody is to be found for: `room` and `2` of "Confirm anesthesia coverage for Room 2"."""
    match = _COVERAGE.search(fold(task.title))
    return frozenset(_WORD.findall(match["w"])) if match else frozenset()


def is_like(word: str, other: str) -> bool:
    return word == other or stem(word) == stem(other) or are_one_thing(word, other)


_LINKS = frozenset(
    _WORD.findall(
        "not missing rejected unsigned denied short mismatch home to for from of at by on in "
        "before after about with into through re within until who that which whose"
    )
)
_CALLED_FOR = re.compile(
    r"(?:call|phone|ring|ask|page|ping|e-?mail|text|message|fax|remind|nudge|contact|bug|check with|follow up with)\b"
    r"[^,:;(]{2,60}? for (?:the |an? |his |her |their |our )?(?P<w>[^,:;(]{2,60})"
)
_COVERAGE = re.compile(r"\bcover(?:age)? (?:for|of|in|at|on) (?:the )?(?P<w>[^,:;(]{2,60})")
_SENT_THINGS = re.compile(
    r"results?|reports?|records?|images|slides?|films?|quotes?|estimates?|letters?|forms?|notes?|orders?|summary|"
    r"paperwork|packets?|documents?|photos?|copy|copies|scripts?|referrals?|clearance|consents?|list|labs?|card"
)
"""What an office sends over when it is asked for it."""
_DEED_NOUNS = re.compile(
    r"updates?|returns?|requests?|checks?|fitting|training|set-?up|search|delivery|placement|correction|sign-?off|"
    r"redo|"
    r"change|visits?|transfer|appointments?|evals?|evaluation|quote|copy|slot|order|result|results|trip|plan|date|"
    r"time|"
    r"schedule|list|reports?|referral|level|dose"
)


def folded_title(task: Task) -> tuple[str, ...]:
    """Return the words of the title, those with a dash both whole and in parts."""
    return words_in(task.title)


@lru_cache(maxsize=4096)
def words_in(title: str) -> tuple[str, ...]:
    """Return the same of the title alone; once for each title, not for each word that is held against it."""
    found: list[str] = []
    for word in _WORD.findall(fold(title)):
        found.append(word)
        if "-" in word:
            found.extend(word.split("-"))
    return tuple(found)
