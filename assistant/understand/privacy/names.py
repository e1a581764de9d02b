"""What a mail, the configuration and the ledger know of people, and a text -> where names stand in it.

A capitalised word that no list knows as an ordinary or a medical one is taken for a name. In a text without capitals
only names are found that are known from elsewhere, stand behind a title, or are common first names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.config.material import material
from assistant.understand.embedded.fields import Fields
from assistant.understand.embedded.patients import TITLE, mentions
from assistant.understand.privacy.identifiers import Span

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_])){0,40}")
_LOWER = re.compile(r"(?<![\w@.'’-])[a-zà-ÿ]{4,30}(?![\w@]|[.'’-]\w)")
_OWNING = re.compile(r"['’][sS]$")
_GLUE = re.compile(r"(?:[ \t]{1,2}|-|\. ?)\Z")
"""Between two words of one name."""
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "est", "ness", "ment", "able")
_SHORT = 4
"""Letters of a known name that is found in lower case, too."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The words of rules/privacy/words.toml."""

    ordinary: frozenset[str]
    medical: frozenset[str]
    medical_noun: frozenset[str]
    eponym: frozenset[str]
    first_name: frozenset[str]
    particle: frozenset[str]
    credential: frozenset[str]
    calendar: frozenset[str]


@lru_cache(maxsize=1)
def lists() -> Lists:
    path = material("rules") / "privacy" / "words.toml"
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    return Lists(**{name: frozenset(words) for name, words in read.items()})


@dataclass(frozen=True, slots=True)
class Names:
    """Who is known, by the words of their names in lower case."""

    patients: frozenset[str]
    people: frozenset[str]
    ordinary: frozenset[str]
    """Words that are no names here, though no list has them."""

    def spans(self, text: str) -> Iterator[Span]:
        """Yield the names in a text, each as a whole."""
        words = [(one.start(), one.end(), _OWNING.sub("", one.group())) for one in _WORD.finditer(text)]
        taken = [self._is_name(place, words, text) for place in range(len(words))]
        self._widen(taken, words, text)
        place = 0
        while place < len(words):
            if not taken[place]:
                place += 1
                continue
            last = place
            while (
                last + 1 < len(words) and taken[last + 1] and _GLUE.match(text[_end(words[last]) : words[last + 1][0]])
            ):
                last += 1
            start, end = words[place][0], _end(words[last])
            said = {word.lower() for _, _, word in words[place : last + 1]}
            yield Span(start, end, "PATIENT" if said & self.patients else "PERSON")
            place = last + 1

    def _is_name(self, place: int, words: list[tuple[int, int, str]], text: str) -> bool:
        start, _, word = words[place]
        low, following = word.lower(), words[place + 1][2] if place + 1 < len(words) else ""
        known = lists()
        if _is_eponym(low) and (following.lower() in known.medical_noun or _is_eponym(following.lower())):
            return False
        if low in self.patients or low in self.people:
            # "will" and "park" are words before they are names.
            return not word.islower() or (len(low) >= _SHORT and low not in known.ordinary)
        if low in known.medical or low in TITLE or low in known.credential or low in known.particle:
            return False
        if word.islower():
            # Who writes without capitals names people all the same.
            return len(low) >= _SHORT and low in known.first_name and low not in known.ordinary
        if not word[0].isupper() or len(word) < 2:  # noqa: PLR2004 - a letter is no name
            return False
        if word.isupper():
            # Without small letters anything may be short for something; a first name and what follows is a name.
            return low in known.first_name and following.isupper() and not self._is_ordinary(following.lower())
        if low in known.first_name and not self._is_ordinary(low):
            return True
        return not self._is_ordinary(low) and not _is_unit(word, text, start)

    def _widen(self, taken: list[bool], words: list[tuple[int, int, str]], text: str) -> None:
        """Take what belongs to a name: "Susan Park", "J. Ortega", "Maria de la Cruz"."""
        known = lists()
        for place in range(1, len(words)):
            start, end, word = words[place]
            before, gap = words[place - 1], text[_end(words[place - 1]) : start]
            low = word.lower()
            is_next = gap in {" ", ", "} and (
                word[0].isupper() and low not in known.credential and low not in known.medical
            )
            if (
                is_next
                and taken[place - 1]
                and not taken[place]
                and before[2].lower() in known.first_name
                and gap == " "
            ):
                taken[place] = len(word) == 1 or low not in known.calendar
            if (
                taken[place]
                and not taken[place - 1]
                and _GLUE.match(gap)
                and len(before[2]) == 1
                and before[2].isupper()
            ):
                taken[place - 1] = before[2] != "I"
            if low in known.particle and taken[place - 1] and gap == " " and word.islower():
                after = next((one for one in range(place + 1, min(place + 3, len(words))) if taken[one]), None)
                if after is not None and text[end : words[after][0]].strip().lower() in {"", "la", "los", "las", "der"}:
                    taken[place:after] = [True] * (after - place)

    def _is_ordinary(self, low: str) -> bool:
        known = lists()
        return all(
            _is_plain(part, known.ordinary | known.medical | self.ordinary) for part in re.split(r"['’-]", low) if part
        )


def _is_eponym(low: str) -> bool:
    """Say whether a word can be the name of a test or a disease: "Swan-Ganz"."""
    known = lists()
    return all(part in known.eponym or part in known.medical for part in low.split("-"))


def _end(word: tuple[int, int, str]) -> int:
    """Return where a word ends, its 's left out."""
    return word[0] + len(word[2])


@lru_cache(maxsize=4096)
def _is_plain(low: str, ordinary: frozenset[str]) -> bool:
    """Say whether a word is an ordinary one, or a form of one."""
    if low in ordinary:
        return True
    for ending in _ENDINGS:
        stem = low.removesuffix(ending)
        if stem != low and len(stem) > 2 and (stem in ordinary or f"{stem}e" in ordinary or stem[:-1] in ordinary):  # noqa: PLR2004
            return True
    return low.endswith("ies") and f"{low[:-3]}y" in ordinary


def _is_unit(word: str, text: str, start: int) -> bool:
    """Say whether a mixed word is a measure or a test: "mL", "HbA1c"."""
    end = start + len(word)
    return (start > 0 and text[start - 1].isdigit()) or (end < len(text) and text[end].isdigit())


def names_of(fields: Fields, known: Iterable[str | None]) -> Names:
    """Return who is known where a mail is read: its people, the configuration's, the ledger's and its own patients.

    Args:
        fields: The mail.
        known: Patients whom the rules have found in it.

    """
    message, context = fields.message, fields.context
    addresses = [message.sender, *message.to, *message.cc, *(part.sender for part in message.parts)]
    people = [one.name for one in addresses if one] + [one.name for one in (context.coordinator, *context.people)]
    emails = [one.email for one in addresses if one] + [one.email for one in (context.coordinator, *context.people)]
    said = [message.subject, *(part.text for part in message.parts), *(one.text or "" for one in message.attachments)]
    texts = [line for text in said for line in _lines(text)]
    told = [name for text in texts for _, name in mentions(text, fields.patients.others)]
    return Names(
        patients=frozenset(_words([*(name for name in known if name), *context.patients, *told])),
        people=frozenset((*_words(people), *_locals(emails))),
        ordinary=_lower_words(texts),
    )


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def _words(names: Iterable[str]) -> Iterator[str]:
    """Yield the words of names; of one that is made of ordinary words alone, like "Scheduling Desk", none."""
    known = lists()
    for name in names:
        said = [_OWNING.sub("", word).lower() for word in _WORD.findall(name)]
        said = [word for word in said if len(word) > 1 and word not in TITLE | known.credential | known.particle]
        if any(word not in known.ordinary or word in known.first_name for word in said):
            yield from said


def _locals(emails: Iterable[str]) -> Iterator[str]:
    known = lists()
    for email in emails:
        for word in re.split(r"[\d._+-]{1,5}", email.partition("@")[0].lower()):
            if len(word) >= _SHORT and word not in known.ordinary:
                yield word


def _lower_words(texts: Iterable[str]) -> frozenset[str]:
    """Return what the mail itself writes in lower case beside a capital form: "Arthroscopy ... the arthroscopy"."""
    return frozenset(one.group() for text in texts for one in _LOWER.finditer(text))
