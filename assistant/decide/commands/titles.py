"""A task's title -> what it is about: the nouns that it ends on."""

from __future__ import annotations

import re

from assistant.decide.commands.likeness import SAME_THINGS, stem
from assistant.decide.commands.text import fold
from assistant.records import Task

_WORD = re.compile(r"[a-z0-9]+(?:[-&][a-z0-9]+)*")


def heads(task: Task) -> set[str]:
    """Return what a title is about: the last word before a link, in each of its parts."""
    found: set[str] = set()
    for part in re.split(r"[,:+(]|\s-\s", fold(task.title)):
        words = _WORD.findall(part)
        end = next((at for at, word in enumerate(words) if at and (word in _LINKS or word.isdigit())), len(words))
        found.update(words[max(0, end - 1) : end])
        if end > 1 and _DEED_NOUNS.fullmatch(words[end - 1]):
            found.add(words[end - 2])
    return found


def is_like(word: str, other: str) -> bool:
    return word == other or stem(word) == stem(other) or any(word in one and other in one for one in SAME_THINGS)


_LINKS = frozenset(
    _WORD.findall(
        "not missing rejected unsigned denied short mismatch home to for from of at by on in "
        "before after about with into through re within until"
    )
)
_DEED_NOUNS = re.compile(
    r"updates?|returns?|requests?|checks?|fitting|training|set-?up|search|delivery|placement|correction|sign-?off|"
    r"redo|"
    r"change|visits?|transfer|appointments?|evals?|evaluation|quote|copy|slot|order|result|results|trip|plan|date|"
    r"time|"
    r"schedule|list|reports?|referral|level|dose"
)


def folded_title(task: Task) -> tuple[str, ...]:
    """Return the words of the title, those with a dash both whole and in parts."""
    found: list[str] = []
    for word in _WORD.findall(fold(task.title)):
        found.append(word)
        if "-" in word:
            found.extend(word.split("-"))
    return tuple(found)
