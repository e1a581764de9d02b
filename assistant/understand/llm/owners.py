"""Whom a model says must act -> the address of one of the mail's own people; None rather than a guess."""

from __future__ import annotations

import re

from assistant.records import Address, Message, ReadingContext
from assistant.understand.grounding import fold

_COORDINATOR = {"coordinator", "the coordinator", "you"}
_TITLES = {"dr", "mr", "mrs", "ms", "md", "do", "rn", "np", "pa", "pa-c", "phd", "lpn", "prof", "sr", "jr"}


def owner_named(name: str | None, message: Message, context: ReadingContext) -> str | None:
    """Return the email of the one person who is meant: by address, by full name, or by a first or last name of theirs.

    A name that fits two people is nobody's.
    """
    if name is None:
        return None
    said = fold(name)
    if said in _COORDINATOR:
        return context.coordinator.email
    own = {alias: one.email for one in (context.coordinator, *context.people) for alias in (one.email, *one.aliases)}
    people = _people(message, context, own)
    for word in re.split(r"[\s<>(),;:]", said):
        if "@" in word:
            return own.get(word, word if word in people else None)
    wanted = _name_words(said)
    if not wanted:
        return None
    fitting = {email for email, names in people.items() if any(wanted <= words for words in names)}
    return fitting.pop() if len(fitting) == 1 else None


def _people(message: Message, context: ReadingContext, own: dict[str, str]) -> dict[str, list[frozenset[str]]]:
    """Everybody whom the mail or the configuration names, by address, with the words of their names."""
    addresses = [message.sender, *message.to, *message.cc, *(part.sender for part in message.parts)]
    known = [Address(email=one.email, name=one.name) for one in (context.coordinator, *context.people)]
    people: dict[str, list[frozenset[str]]] = {}
    for one in (*known, *(address for address in addresses if address)):
        if one.email:
            people.setdefault(own.get(one.email, one.email), []).append(_name_words(fold(one.name)))
    return people


def _name_words(folded: str) -> frozenset[str]:
    words = (word.strip(".,;()'\"") for word in folded.split())
    return frozenset(word for word in words if word and word not in _TITLES)
