"""Answers that a model has given: a question's key -> the answer, so that the same question is not paid for twice.

A mail is asked about again where we ended before it was settled, or where it reaches several mailboxes.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock

from assistant.understand.llm.prompt import Turn

_MOST = 1_000


class KeptAnswers:
    """The last thousand answers, in memory: for a reader without a ledger."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> str | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, answer: str) -> None:
        with self._lock:
            self._kept[key] = answer
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def answer_key(turns: tuple[Turn, ...], *, model: str, prompt: str) -> str:
    """Return what names a question: the model, the prompt's version, and all that is said, the mail's lines with it."""
    said = "\x1f".join((model, prompt, *(part for turn in turns for part in (turn.role, turn.text))))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
