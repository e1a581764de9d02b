"""A title that bids several things, or two deeds -> whether words tell of some of them alone: the oxygen, no bed."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.decide.commands.matching.meaning import is_same, names_of, words_of
from assistant.decide.commands.wording.text import fold
from assistant.records import Task

_AND = r"(?:\s*,\s*(?:and|plus|y|e)\s+|\s*[,+]\s*|\s+(?:and|plus|y|e|&)\s+)"
_JOINED = re.compile(_AND)
_LISTS = re.compile(r"[a-z] (?:and|plus|y|e|&) [a-z]|[a-z] ?\+ ?[a-z]")
_LINK = re.compile(
    r"\s(?:to|for|from|with|at|on|by|in|of|before|after|until|about|into|through|via|re|who|that|which|whose|home|"
    r"a|al|para|sobre|con|en|antes)\s|[(:]|\s-\s"
)
_BIDS = re.compile(r"[a-z-]+(?: (?:up|out|off|in|over|back|down|again|for|to(?= [a-z]+ (?:and|y|e|&)\b)))?\s+(?P<o>.+)")
_WHOLE = re.compile(
    r"\b(?:both|all|everything|each|every|whole|entire|complete|it|them|these|those|they|ambos|ambas|todo|todos|todas|"
    r"las dos|los dos|completo)\b"
)
_DEEDS = re.compile(r"(?P<first>[a-z]{3,20}),? (?:and|then|y|e|&)(?: then)? (?P<second>[a-z]{3,20}) ")
_ROOT = 2
"""Letters that a verb and its past have in common, regular or not: "send" and "sent"."""
_PLAIN = re.compile(r"\b(?:the|and|plus|el|la|los|las|y|e)\b|'s\b|[^\w\s-]")
_QUALITY = re.compile(r"[a-z]{2,}(?:ed|able|al)")
"""Two of these before a noun are no two things: "the signed and dated form"."""


def tells_of_some(told: str, task: Task) -> bool:
    """Return whether folded words name one of the things that a title joins, not the others; or the first of two deeds.

    "PT and OT evaluations" share what they end on: "evaluations scheduled" tells of both.
    """
    if _tells_of_first(told, task):
        return True
    things = _things(task.title)
    if not things or _WHOLE.search(told):
        return False
    names, words = names_of(task), words_of(told)
    named = [any(is_same(word, one) for word in words for one in thing if one not in names) for thing in things]
    return any(named) and not all(named)


def _tells_of_first(told: str, task: Task) -> bool:
    """Return whether the first of two deeds is told alone: "signed the order", where it is to be signed and faxed."""
    deeds = _DEEDS.match(fold(task.title))
    words = words_of(told)
    return (
        deeds is not None
        and any(is_same(word, deeds["first"]) for word in words)
        and not any(word[:_ROOT] == deeds["second"][:_ROOT] for word in words)
    )


def names_only_things(told: str, task: Task) -> bool:
    """Return whether folded words are nothing but some of the things that a title joins: "oxygen", "walker and"."""
    known = {*names_of(task), *(one for thing in _things(task.title) for one in thing)}
    words = _PLAIN.sub(" ", told).split()
    return bool(words) and all(any(is_same(word, one) for one in known) for word in words)


@lru_cache(maxsize=4096)
def _things(title: str) -> tuple[frozenset[str], ...]:
    """Return the words of each thing that a title joins to others; none where it bids one thing."""
    bids = _BIDS.fullmatch(fold(title))
    if bids is None:
        return ()
    listed = _LINK.split(bids["o"], maxsplit=1)[0]
    parts = [words_of(one) for one in _JOINED.split(listed)]
    if _LISTS.search(listed) is None or not all(parts) or any(_QUALITY.fullmatch(one[-1]) for one in parts[:-1]):
        return ()
    last = parts[-1]
    if len(last) > 1 and last[-1].endswith("s") and all(len(one) == 1 for one in parts[:-1]):
        parts[-1] = last[:-1]
    return tuple(frozenset(one) for one in parts)
