"""A thread's later words -> which of its earlier requests they close, move or repeat."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.sentences import Sentence

ClosingKind = Literal["done", "cancel", "moved", "settled"]
KINDS: tuple[ClosingKind, ...] = ("cancel", "moved", "done", "settled")
WORD = re.compile(r"[^\W_][\w'’&/-]{2,}")
ENDING = re.compile(r"(?<=\w{4})(?:ings?|ed|es|s)$|(?<=\w{3})s$")
ENOUGH: dict[ClosingKind, float] = {"cancel": 0.2, "moved": 0.3, "done": 0.4, "settled": 0.0}
"""The share of a closing sentence's words that a request must have in common with it where that is only one."""
_SHARED = 3
_SHARE = 0.6
REPEATS_AT = 82
"""Of 100, from which two sentences count as the same request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A sentence that says that something is done, off or moved."""

    kind: ClosingKind
    sentence: Sentence
    words: frozenset[str]


def stems(text: str, rules: Rules) -> frozenset[str]:
    """Return the words of a text that tell it from others, cut to their stems."""
    common = rules.words["common"]
    said = (word.lower() for word in WORD.findall(straight(text)))
    return frozenset(ENDING.sub("", word)[:6] for word in said if word not in common)


def closings(said: tuple[Sentence, ...], rules: Rules) -> tuple[Closing, ...]:
    """Return what the sentences of one part close; "so this is closed" speaks of the sentence before it."""
    found = []
    for before, sentence in zip((None, *said), said, strict=False):
        text = straight(sentence.text)
        if rules.first("attack", text) or text.endswith("?"):
            continue
        kind = next((kind for kind in KINDS if rules.first(kind, text)), None)
        if kind is None:
            continue
        words = _closing_words(kind, text, rules)
        if (
            before is not None
            and before.block == sentence.block
            and re.match(r"(?:so |and )?(?:that|this|it|they)\b", text, re.IGNORECASE)
        ):
            words |= stems(before.text, rules)
        found.append(Closing(kind=kind, sentence=sentence, words=words))
    return tuple(found)


def _closing_words(kind: ClosingKind, text: str, rules: Rules) -> frozenset[str]:
    """Return what a closing speaks of: of a sentence that calls something off, the words up to the next comma."""
    hit = rules.first(kind, text)
    if hit is None or kind != "cancel":
        return stems(text, rules)
    begins = max(text.rfind(mark, 0, hit.start) for mark in ",;:")
    clause = re.split(r"[,;:]", text[begins + 1 :], maxsplit=1)[0]
    return stems(clause, rules) or stems(text, rules)


def closing_of(request: str, patient: str | None, later: tuple[Closing, ...], rules: Rules) -> Closing | None:
    """Return the later sentence that closes a request: both speak of the same thing, the patient's name aside."""
    name = stems(patient or "", rules)
    words = stems(request, rules) - name
    for closing in later:
        if closing.kind == "settled":
            return closing
        shared = words & (closing.words - name)
        # One word in common is little: "skip the echo" says enough, a long report does not.
        enough = ENOUGH[closing.kind] if len(shared) == 1 else 0.0
        if shared and len(shared) / len(closing.words) >= enough:
            return closing
    return None


def repeats(one: str, other: str, rules: Rules) -> bool:
    """Say whether two sentences ask for the same."""
    if fuzz.token_set_ratio(one.lower(), other.lower()) >= REPEATS_AT:
        return True
    a, b = stems(one, rules), stems(other, rules)
    shared = len(a & b)
    return shared >= _SHARED and shared / max(1, min(len(a), len(b))) >= _SHARE
