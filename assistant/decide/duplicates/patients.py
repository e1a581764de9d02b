"""Two names of patients -> whether they can be one person's."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from assistant.decide.commands.wording.text import fold

Likeness = Literal["same", "unsaid", "unsure", "other"]
"""`unsaid`: one of them, or both, is not told."""
_TITLES = {
    "mr": "m",
    "sr": "m",
    "don": "m",
    "mrs": "f",
    "ms": "f",
    "miss": "f",
    "sra": "f",
    "srta": "f",
    "senora": "f",
    "senor": "m",
    "dona": "f",
}
_WORD = re.compile(r"[a-z][a-z'-]*|\d[\d-]*")


def same_patient(one: str | None, other: str | None) -> Likeness:
    """Return whether two names, as mails write them, name one patient.

    >>> [same_patient("Mrs. Rivera", name) for name in ("Ana Rivera", "RIVERA, Ana", "Mr. Rivera", None)]
    ['same', 'same', 'other', 'unsaid']
    >>> [same_patient("Ana Rivera", name) for name in ("Luis Rivera", "A. Rivera", "Ana")]
    ['other', 'same', 'unsure']
    """
    if not one or not other:
        return "unsaid"
    (first, first_sex), (second, second_sex) = _words(one), _words(other)
    if not first or not second:
        return "unsaid"
    if first_sex and second_sex and first_sex != second_sex:
        return "other"
    if set(first) == set(second):
        return "same"
    short, long = sorted((first, second), key=lambda words: (len(words), sum(map(len, words))))
    if not all(any(_fits(word, longer) for longer in long) for word in short):
        return "other"
    # What is shared has to hold the surname; a first name, or initials alone, are many people's.
    surnames = {_surname(one, first), _surname(other, second)}
    whole = [word for word in short if len(word) > 1 and word in long]
    return "same" if any(word in surnames for word in whole) and len(surnames) == 1 else "unsure"


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared, without titles."""
    return _words(name)[0]


@lru_cache(maxsize=8192)
def _words(name: str) -> tuple[tuple[str, ...], str]:
    found = [word.strip("'-").removesuffix("'s") for word in _WORD.findall(fold(name))]
    sexes = {_TITLES[word] for word in found if word in _TITLES}
    return tuple(word for word in found if word and word not in _TITLES), sexes.pop() if len(sexes) == 1 else ""


def _fits(word: str, other: str) -> bool:
    """True for the same word, and for an initial beside the name that it begins."""
    return word == other or (min(len(word), len(other)) == 1 and word[0] == other[0])


def _surname(name: str, words: tuple[str, ...]) -> str:
    return _words(name.partition(",")[0])[0][-1] if "," in name and _words(name.partition(",")[0])[0] else words[-1]
