"""A command's words and the reply that holds them -> the sentence around them, in parts that each say one thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.clauses import own_lines, sentences
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import SAYS_DONE

_PARTS = re.compile(
    r"\s*[,;()\[\]]+\s*|\s+-+\s+|\s*:\s+|\s*[.!?]+(?=\s|$)\s*|"
    r"\s+(?:and|but|so|then|because|since|cause|while|y|pero|asi que|porque)\s+|\s*[&/+]\s*"
)
_AFTER_TITLE = re.compile(r"\b(?:mrs?|ms|dr|sra?|dra|st)\.$")
_NUMBER = re.compile(r"(?<![\w./:$-])#?(?P<n>\d{1,6})(?![\w%$/]|[:.]\d|-\d| ?(?:mg|mcg|ml|am|pm|a\.m|p\.m)\b)")
_LONGEST = 600
_FEW = 3
"""Sentences before one that it may look back to."""


@dataclass(frozen=True, kw_only=True)
class Passage:
    """The sentence in which a command stands."""

    line: str
    """The command's own words."""
    whole: str
    """The sentence, as typed."""
    before: str
    """What the reply said before it."""
    known: frozenset[int]
    """Numbers that tasks have."""

    @cached_property
    def plain(self) -> str:
        return fold(self.whole)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The sentence in its smallest pieces, as typed."""
        found, start = [], 0
        for match in _PARTS.finditer(self.plain):
            if match[0].startswith(".") and _AFTER_TITLE.search(self.plain[: match.start() + 1]):
                continue
            found.append(self.whole[start : match.start()])
            start = match.end()
        found.append(self.whole[start:])
        return tuple(part.strip() for part in found if part.strip())

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The tasks that are named by their numbers in the command's own words."""
        return numbers_in(self.line, self.known)

    @cached_property
    def all_numbers(self) -> frozenset[int]:
        return numbers_in(self.whole, self.known)

    @cached_property
    def says_done(self) -> bool:
        return SAYS_DONE.search(fold(self.line)) is not None


def numbers_in(words: str, known: frozenset[int]) -> frozenset[int]:
    found = (int(match["n"]) for match in _NUMBER.finditer(fold(words)))
    return frozenset(number for number in found if number in known)


def sentences_of(words: str, asked: ReplyContext) -> tuple[str, ...]:
    """Return what a person wrote, sentence by sentence."""
    return tuple(sentence for own in own_lines(words, asked.person) for sentence in sentences(own))


def passage(line: str, told: Sequence[str], asked: ReplyContext) -> Passage:
    """Return the sentence of `told` around `line`; the line alone where it stands in none as it is."""
    known = frozenset(task.number for task in asked.tasks)
    wanted = _squeezed(line)
    for at, sentence in enumerate(told):
        if wanted and len(sentence) <= _LONGEST and wanted in _squeezed(sentence):
            return Passage(line=line, whole=sentence, before=" ".join(told[max(0, at - _FEW) : at]), known=known)
    return Passage(line=line, whole=line[:_LONGEST], before="", known=known)


@lru_cache(maxsize=512)
def _squeezed(text: str) -> str:
    return " ".join(fold(text).strip(" .,;:!-").split())
