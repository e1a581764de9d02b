"""Findings and their Message -> the findings whose quote stands in the mail; one that was put together is cut to it.

White space, the marks of quoted lines and the bars between a table's cells make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.records import Finding, Message

_BETWEEN = re.compile(r"[\s>|]+")
_JOINTS = re.compile(r" \| |(?<=[.!?;:,]) | (?=[-–—] )")
"""Where a quote may have been put together."""
_LEAST = 2
"""Words of a quote that say something."""


def grounded(findings: Iterable[Finding], message: Message) -> Iterator[Finding]:
    """Yield the findings with a quote that stands in the mail, its subject or its attachments; no others."""
    shown: str | None = None
    for finding in findings:
        if shown is None:
            attached = (one.text for one in message.attachments if one.text)
            texts = (message.subject, message.text, *(part.text for part in message.parts), *attached)
            # What stands across two texts stands nowhere.
            shown = "\n".join(map(_folded, texts))
        if _folded(finding.quote) in shown:
            yield finding
        elif words := _longest(finding.quote, shown):
            yield replace(finding, quote=words)


def _longest(quote: str, shown: str) -> str:
    """Return the longest piece of a quote that stands in the mail; "" where none does."""
    pieces = (piece.strip() for piece in _JOINTS.split(quote))
    standing = (piece for piece in pieces if len(piece.split()) >= _LEAST and _folded(piece) in shown)
    return max(standing, key=len, default="")


def _folded(text: str) -> str:
    return _BETWEEN.sub(" ", text).strip()
