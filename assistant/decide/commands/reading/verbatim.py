"""The notes that were read of a reply -> the same in the reply's own words, where reading put them otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.decide.commands.reply import Operation
from assistant.decide.commands.wording.clauses import sentences
from assistant.decide.commands.wording.text import EDGES, fold

_WORD = re.compile(r"[^\W_]+")
_NUMBER_FIRST = re.compile(r"^\W*(?:(?:the |task |la |el )?(?:#?\d{1,6}|and|y|&)\W+)+(?=\D)")
_LEAST_SHARED = 0.5
_LONGEST = 1000


def in_own_words(operations: Iterable[Operation], words: str) -> Iterator[Operation]:
    """Give the operations with every note in words of the reply: the sentence that it was read of."""
    folded = " ".join(fold(words).split())
    for one in operations:
        if one.op == "note" and _WORD.search(one.text) is None:
            # "👀" says nothing that could be read later.
            continue
        is_own = one.op != "note" or " ".join(fold(one.text).split()) in folded
        yield one if is_own else replace(one, text=_as_typed(one.text, words) or _sentence(one.text, words))


def _as_typed(text: str, words: str) -> str:
    """Return the words that differ from `text` in an apostrophe alone: "thats the 3rd"."""
    pieces = (r"\s+".join(map(re.escape, piece.split())) for piece in re.split("['’]", text[:_LONGEST]))
    match = re.search("['’]?".join(pieces), words, re.IGNORECASE) if len(text) <= _LONGEST else None
    return match[0] if match else ""


def _sentence(text: str, words: str) -> str:
    """Return the sentence of `words` that shares most with `text`; `text` itself where none shares half of it."""
    wanted = set(_WORD.findall(fold(text)))
    found = [one for line in words.splitlines() for one in sentences(line)]
    shared = [len(wanted & set(_WORD.findall(fold(one)))) for one in found]
    most = max(shared, default=0)
    if not wanted or most < _LEAST_SHARED * len(wanted):
        return text
    sentence = found[shared.index(most)]
    return _NUMBER_FIRST.sub("", sentence, count=1).strip(EDGES) or sentence
