"""A run of a reply's words, twice: as typed, and folded for matching at the same length."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

SIGN = "§"
"""Stands for each character of a list of task numbers in the folded text, so that patterns need not know digits."""
NUMBERS = rf"(?:(?:the|task|tasks|number|el|la|los|las|both)\s+){{0,2}}{SIGN}+"
"""A list of them, with what may stand before it."""

_JOINS = re.compile(r"(?:\b(?:and|or|nor|plus|also|the|task|number|y|o|ni|la|el)\b|[\s,;&+/#])*")
EDGES = " ,.;:!-"

_SAME = {
    "’": "'",
    "‘": "'",
    "`": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "→": ">",
    "➔": ">",
    "➜": ">",
    "\t": " ",
    "\xa0": " ",
    SIGN: " ",
    "☑": "✓",
    "✔": "✓",
    "✅": "✓",
}
_SAME_ASCII = {ord(char): same for char, same in _SAME.items() if char.isascii()}


def fold(words: str) -> str:
    """Return `words` in lower case without accents and with plain quotes and dashes, character for character.

    >>> fold("Pásalo al Miércoles – “ya”")
    'pasalo al miercoles - "ya"'
    """
    if words.isascii():
        return words.lower().translate(_SAME_ASCII)
    return "".join(map(_fold_one, words))


def plain_text(words: str) -> Text:
    """Return words in which no task number is looked for."""
    return Text(own=words, plain=fold(words))


@lru_cache(maxsize=4096)
def _fold_one(char: str) -> str:
    if char in _SAME:
        return _SAME[char]
    if char.isascii():
        return char.lower()
    plain = unicodedata.normalize("NFD", char)[0].lower()
    return plain if len(plain) == 1 else char


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """A list of numbers that may name tasks, with its place in the text."""

    start: int
    end: int
    known: tuple[int, ...]
    unknown: tuple[int, ...]
    """Numbers that no task of the person's has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words as typed beside their folded form; both have one length."""

    own: str
    plain: str
    numbers: tuple[Numbers, ...] = ()

    def cut(self, start: int, end: int | None = None) -> Text:
        """Return the part from `start` to `end`, trimmed of white space."""
        stop = len(self.own) if end is None else end
        own = self.own[start:stop]
        start += len(own) - len(own.lstrip())
        stop -= len(own) - len(own.rstrip())
        if stop <= start:
            return Text(own="", plain="")
        kept = tuple(
            replace(one, start=one.start - start, end=one.end - start)
            for one in self.numbers
            if one.start >= start and one.end <= stop
        )
        return Text(own=self.own[start:stop], plain=self.plain[start:stop], numbers=kept)

    def trimmed(self) -> Text:
        """Return the same without punctuation at its edges."""
        start = len(self.plain) - len(self.plain.lstrip(EDGES))
        return self.cut(start, len(self.plain.rstrip(EDGES)))

    def group(self, match: re.Match[str], name: str) -> Text:
        """Return what a named group of `match`, made on the whole folded text, caught; it may be empty."""
        return self.cut(*match.span(name)) if match[name] else Text(own="", plain="")

    @property
    def known(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(number for one in self.numbers for number in one.known))

    @property
    def unknown(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(number for one in self.numbers for number in one.unknown))

    @property
    def tells_of_one_list(self) -> bool:
        """True where no words of their own stand between the numbers: what is said goes for all of them."""
        ends = [0, *(one.end for one in self.numbers)]
        starts = [*(one.start for one in self.numbers), len(self.plain)]
        between = (self.plain[end:start] for end, start in list(zip(ends, starts, strict=True))[1:-1])
        return all(_JOINS.fullmatch(words) is not None for words in between)
