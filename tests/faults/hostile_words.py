"""Raw bytes of a damaged mail -> which of the words it had before still stand in them; knows nothing of our parser.

It decodes every run of bytes each way that a mail may encode them, whatever the headers say: a word that shows in any
of these could be read by somebody who tries hard enough.
"""

from __future__ import annotations

import binascii
import html
import quopri
import re
from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d_]{6,30}")
_RUN = re.compile(rb"(?:[A-Za-z0-9+/]{4,}={0,2}(?:\r?\n|\r|$)){1,}")
_TAG = re.compile(r"<[^<>]{0,2000}>")


def words(text: str) -> set[str]:
    """Return the words of six letters and more."""
    return set(_WORD.findall(text.lower()))


def still_there(raw: bytes, known: set[str]) -> set[str]:
    """Return which of the words stand in the bytes, whole, in whatever encoding."""
    found: set[str] = set()
    for way in _readings(raw):
        found |= words(way) & known
    return found


def _readings(raw: bytes) -> Iterator[str]:
    unquoted = quopri.decodestring(raw)
    decoded = [part for run in _RUN.finditer(raw) for part in _unbase64(run[0])]
    for one in (raw, unquoted, b"\n\n".join(decoded)):
        text = one.decode("utf-8", "replace")
        yield text
        yield html.unescape(_TAG.sub("", text))


def _unbase64(run: bytes) -> Iterator[bytes]:
    """Yield what a run of base64 says, from each of the four letters with which it may begin."""
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", run)
    for start in range(4):
        part = letters[start:]
        yield binascii.a2b_base64(part[: len(part) // 4 * 4])
