"""One request's words -> what is asked: kind of action, things, what sets it apart, numbers, days, doctors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.decide.commands.wording.likeness import stem
from assistant.decide.commands.wording.text import fold
from assistant.decide.duplicates.lexicon import ACTION_OF, EMPTY, EXCLUSIVE, NUDGE, NUMBER_WORDS, PHRASES, each
from assistant.decide.duplicates.times import times_in

_WORD = re.compile(r"[a-z0-9][a-z0-9'&/-]*")
_NUMBER = re.compile(r"#?\b[a-z]{0,3}-?\d[\d.,/-]*\d\b|#?\b[a-z]{0,3}-?\d\b")
_TITLED = re.compile(r"\b(?:drs?|dra|doctora?)\b\.? ([a-z][a-z'-]+)")
_PLACE = r" (?:(?:the|her|his|their|our|your|dr|el|la)\.? ){0,2}([a-z][a-z'-]+)"
_SOURCE = re.compile(rf"\b(?:from|de|desde){_PLACE}")
_TARGET = re.compile(rf"\b(?:to|into|a|al){_PLACE}")
_DENIED = re.compile(r"\b(?:don'?t|do not|no need to|no longer|not to)\b")
# What is to come to the writer is to be sent, by whichever verb it is asked for.
_TO_SENDER = re.compile(r"\b(?:(?:get|have) (?:us|me)|(?:get|have) (?:\S+ ){1,8}?(?:over|to us|to me|to our))\b")
_LACKS = re.compile(
    r"\b(?:(?:not|n't|never|yet to) (?:yet )?(?:been )?(?:receive|received|have|had|heard|seen|gotten|got|get|come)\b|"
    r"still (?:need|needs|missing|waiting|awaiting|outstanding|pending|nothing)\b|"
    r"(?:any (?:update|news|word|luck)|status) (?:on|of|about|with|from)?|following up|follow up on|checking (?:in|on)|"
    r"just a reminder|(?:friendly|gentle|quick|second|2nd|third|final) reminder|reminder\b|where (?:are|do) we|"
    r"heard back|as (?:i )?(?:asked|mentioned|requested)|asked (?:for|about|you)|bumping this|circling back|"
    r"sigue pendiente)"
)
"""Words that remind of an earlier request."""
_LEAD = re.compile(
    r"^(?:(?:re|fw|fwd|urgent|stat|reminder|please|pls|also|and|then|kindly|again|por favor)\b[\s:,-]*)+"
)
_BEFORE_NOUNS = each("the a an her his their our your this that el la los las un una su")
_FIRST_WORDS = 3
_NOUNS = each("file order report appeal discharge transfer bill draft")
"""Verbs that are things as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    action: str
    """The kind of the title's verb; empty where it is not known."""
    reminds: bool
    """True for words that ask after an earlier request."""
    things: frozenset[str]
    """Stems of what the title speaks of."""
    all_things: frozenset[str]
    """Those of the quote beside them."""
    kinds: tuple[frozenset[str], ...]
    """What is there of each group in which one word excludes the other."""
    numbers: frozenset[str]
    days: frozenset[str]
    doctors: frozenset[str]
    sources: frozenset[str]
    """What something is to come from."""
    targets: frozenset[str]
    """What something is to go to."""
    is_denied: bool
    """True for "please don't"."""
    words: tuple[str, ...]
    """The quote's words, folded."""


@lru_cache(maxsize=8192)
def asked(title: str, quote: str, *, said_on: date | None, names: tuple[str, ...]) -> Asked:
    """Return what is asked by `title`, written of the words `quote`.

    Args:
        title: Imperative.
        quote: Verbatim.
        said_on: The day they were written; weekdays are counted from it.
        names: Of the patient and of who is spoken to: no things.

    """
    told = _told(title, quote, said_on)
    text = f"{told.titled} {told.quoted} {told.whole}"
    people = frozenset(word for name in names for word in _WORD.findall(_folded(name)) if word in text)
    return _asked(title, quote, said_on, people)


@lru_cache(maxsize=8192)
def _asked(title: str, quote: str, said_on: date | None, people: frozenset[str]) -> Asked:
    """Return what is asked; once for each text, not once for each pair of a hundred new and a thousand old ones."""
    told = _told(title, quote, said_on)
    head, body, whole = told.head, told.body, told.whole
    titled, quoted = _things(told.titled, people), _things(told.quoted, people)
    said = frozenset(_WORD.findall(whole))
    return Asked(
        action=_action(head, body),
        reminds=_LACKS.search(body) is not None,
        # What only the title says was added to it: whom it is for, whose it is.
        things=titled & quoted or titled,
        all_things=titled | quoted,
        kinds=tuple(said & group for group in EXCLUSIVE),
        numbers=_numbers(whole),
        days=told.days,
        doctors=frozenset(_TITLED.findall(whole)) - people,
        sources=frozenset(_SOURCE.findall(whole)),
        targets=frozenset(_TARGET.findall(whole)),
        is_denied=_DENIED.search(body) is not None,
        words=tuple(_WORD.findall(body)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A request's words as they are compared, whoever it is compared with."""

    head: str
    body: str
    whole: str
    titled: str
    quoted: str
    days: frozenset[str]


@lru_cache(maxsize=8192)
def _told(title: str, quote: str, said_on: date | None) -> _Told:
    """Read the words once: every mail is compared with all that stands open."""
    head, body = fold(title), fold(quote)
    times = times_in(f"{head} . {body}", said_on)
    return _Told(
        head=head,
        body=body,
        whole=_named_alike(times.rest),
        titled=_named_alike(times_in(head, said_on).rest),
        quoted=_named_alike(times_in(body, said_on).rest),
        days=times.spoken_of,
    )


_folded = lru_cache(maxsize=8192)(fold)


def _named_alike(text: str) -> str:
    for pattern, word in PHRASES:
        text = pattern.sub(f" {word} ", text)
    return text


def _action(title: str, quote: str) -> str:
    """Return the kind of action: the title's, where its first words hold a verb that we know; else the quote's."""
    lead = _LEAD.match(title)
    words = _WORD.findall(title[lead.end() :] if lead else title)
    end = next((place for place, word in enumerate(words) if word in _BEFORE_NOUNS), len(words))
    kinds = [ACTION_OF[word] for word in words[: min(end, _FIRST_WORDS)] if word in ACTION_OF]
    kind = kinds[0] if kinds else ""
    if kind in {"", "get"} and _TO_SENDER.search(f"{title} . {quote}"):
        return "send"
    return kind or (NUDGE if _LACKS.search(quote) else "")


def _things(text: str, people: frozenset[str]) -> frozenset[str]:
    words = (word.removesuffix("'s").strip("'/-&") for word in _WORD.findall(text))
    kept = (
        word
        for word in words
        if len(word) > 1 and word not in EMPTY and word not in people and not any(sign.isdigit() for sign in word)
    )
    return frozenset(stem(word) for word in kept if word not in ACTION_OF or word in _NOUNS)


def _numbers(text: str) -> frozenset[str]:
    written = {NUMBER_WORDS[word] for word in _WORD.findall(text) if word in NUMBER_WORDS}
    return frozenset(written | {re.sub(r"[^a-z0-9.]", "", number).strip(".") for number in _NUMBER.findall(text)})
