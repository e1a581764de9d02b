"""A word -> what it is to the small model: itself, its shape, the verb it is a form of, and what it may do."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import islice

from assistant.understand.embedded.rules import straight
from assistant.understand.embedded.sentences import MAX_SENTENCE, fold

TOKEN = re.compile(
    r"https?:\S{1,200}|www\.\S{1,200}|\$?\d[\d,.:/%-]{0,20}(?:[ap]m\b|th\b|st\b|rd\b|nd\b)?|"
    r"[^\W\d_]{1,40}(?:'[a-z]{1,3})?|[^\w\s]"
)
ROLES = ("subject", "modal", "negation", "joint", "break", "clause", "leader")
SUBJECT, MODAL, NEGATION, JOINT, BREAK, CLAUSE, LEADER, OPEN, LOWER = (1 << bit for bit in range(9))
"""What a word may do, as bits: one for each list of that name; OPEN: it stands in no list of plain words."""
LISTS = (*ROLES, "plain", "day", "verb", "plain_verb", "auxiliary")
FORMS = ("", "base", "ing", "ed", "s")
_ENDINGS = {"ing": "ing", "ed": "ed", "es": "s", "s": "s"}
_SHAPES = {"ing": "<ing>", "ed": "<ed>", "ly": "<ly>", "ion": "<n>", "ment": "<n>", "ness": "<n>", "ity": "<n>"} | {
    "ance": "<n>",
    "ence": "<n>",
    "s": "<s>",
}
_KNOWN = 50_000
MAX_TOKENS = 150


def hashed(text: str) -> int:
    """Return a number below 2**32 for a text, the same on every machine."""
    return zlib.crc32(text.encode("utf-8", "replace"))


def tokens(sentence: str) -> list[tuple[str, int]]:
    """Return a sentence's words and marks, and where each begins in the folded sentence."""
    text = straight(fold(sentence))[:MAX_SENTENCE]
    start = len(text) - len(text.lstrip(' "*>.-\u2022'))
    return [(one.group(), one.start()) for one in islice(TOKEN.finditer(text, start), MAX_TOKENS)]


class Words:
    """Looks words up in the lists of rules/extract/model.toml; each answer is word, shape, verb, its form, bits."""

    def __init__(self, words: Mapping[str, frozenset[str]]) -> None:
        self._lists = {name: words[f"model_{name}"] for name in LISTS}
        self.look_up: Callable[[str], tuple[int, ...]] = lru_cache(maxsize=_KNOWN)(self._look_up)

    def digest(self) -> int:
        """Return a number that changes with the lists."""
        return hashed("|".join(" ".join(sorted(self._lists[name])) for name in LISTS))

    def _look_up(self, token: str) -> tuple[int, ...]:
        low = token.lower()
        base, form = self._verb(low)
        bits = sum(1 << bit for bit, role in enumerate(ROLES) if low in self._lists[role])
        bits |= OPEN * (low not in self._lists["plain"] and low[0].isalpha()) | LOWER * token[0].islower()
        word = "0" if low[0].isdigit() or low[0] == "$" else low
        return hashed(word), hashed(self._shape(token, low)), hashed(base), FORMS.index(form), bits

    def _verb(self, low: str) -> tuple[str, str]:
        verbs = self._lists["verb"]
        if low in self._lists["auxiliary"] or not low[0].isalpha():
            return low, ""
        if low in verbs or low in self._lists["plain_verb"]:
            return low, "base"
        for end, form in _ENDINGS.items():
            root = low.removesuffix(end)
            found = next((one for one in (root, root + "e", root[:-1]) if one in verbs), None) if root != low else None
            if found:
                return found, form
        return low, "ing" if low.endswith("ing") and len(low) > len("thing") else ""

    def _shape(self, token: str, low: str) -> str:
        if low in self._lists["plain"] or not low[0].isalnum():
            return low if low[0] != "$" else "<num>"
        if low in self._lists["day"]:
            return "<day>"
        if low.startswith(("http", "www")):
            return "<url>"
        if low[0].isdigit():
            return "<num>"
        if low in self._lists["verb"]:
            return "<v>" if token[0].islower() else "<V>"
        if token[0].isupper():
            return "<CAP>" if len(token) > 1 and token.isupper() else "<Cap>"
        return next((shape for end, shape in _SHAPES.items() if low.endswith(end)), "<o>")
