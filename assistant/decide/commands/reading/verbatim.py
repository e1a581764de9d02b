"""What was read of a reply -> the same with the reply's own words, where reading put them otherwise."""

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
LONGEST_ECHO = 200
"""How much of what was written is said back."""
_ANSWERED_BY_WORDS = frozenset({"question", "summary"})


def in_own_words(operations: Iterable[Operation], words: str) -> Iterator[Operation]:
    """Give the operations with every note in words of the reply: the sentence that it was read of."""
    folded = _squeezed(words)
    for one in operations:
        if one.op == "note" and _WORD.search(one.text) is None:
            # "👀" says nothing that could be read later.
            continue
        is_own = one.op != "note" or _squeezed(one.text) in folded
        yield one if is_own else replace(one, text=_as_typed(one.text, words) or _sentence(one.text, words))


def as_written(operation: Operation, line: str) -> Operation:
    """Return the operation with what its writer wrote of it in `line`, the reply's own line that it was read of.

    A question keeps the words in which it was understood: it is answered by them.
    """
    return operation if operation.op in _ANSWERED_BY_WORDS else replace(operation, line=typed(operation.line, line))


def typed(words: str, line: str) -> str:
    """Return what stands in `line` for `words`: these, the sentence nearest to them, or all of the line."""
    own = words if _squeezed(words) in _squeezed(line) else _as_typed(words, line) or _nearest(words, [line]) or line
    return own[:LONGEST_ECHO]


def _squeezed(text: str) -> str:
    return " ".join(fold(text).split())


def _as_typed(text: str, words: str) -> str:
    """Return the words that differ from `text` in an apostrophe alone: "thats the 3rd"."""
    pieces = (r"\s+".join(map(re.escape, piece.split())) for piece in re.split("['’]", text[:_LONGEST]))
    match = re.search("['’]?".join(pieces), words, re.IGNORECASE) if len(text) <= _LONGEST else None
    return match[0] if match else ""


def _sentence(text: str, words: str) -> str:
    """Return the sentence of `words` that is nearest to `text`, without a number at its head; or else `text` itself."""
    sentence = _nearest(text, words.splitlines())
    return _NUMBER_FIRST.sub("", sentence, count=1).strip(EDGES) or sentence or text


def _nearest(text: str, lines: Iterable[str]) -> str:
    """Return the sentence that shares most words with `text`; "" where none shares half of them."""
    wanted = set(_WORD.findall(fold(text)))
    found = [one for line in lines for one in sentences(line)]
    shared = [len(wanted & set(_WORD.findall(fold(one)))) for one in found]
    most = max(shared, default=0)
    return found[shared.index(most)] if wanted and most >= _LEAST_SHARED * len(wanted) else ""
