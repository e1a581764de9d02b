"""A part's bytes as they came, and the encoding they claim -> what they say; where the claim is wrong, as they look."""

from __future__ import annotations

import quopri
import re

from assistant.parse.charsets import base64_of, text_in_base64, unbase64

_PLAIN_ENCODINGS = frozenset({"", "7bit", "8bit", "binary"})
_BASE64 = re.compile(rb"\s*(?:[A-Za-z0-9+/]{60,100}\r?\n)+[A-Za-z0-9+/\s]{0,200}={0,2}\s*")
_SOFT_BREAK = re.compile(rb"=\r?\n|=[0-9A-F]{2}")
_BARE_CR = re.compile(rb"\r(?!\n)")
_MIN_SOFT_BREAKS = 3
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\s]|(?<=\S) (?=\S)")
_MOST_STRAY = 0.04


def unpacked(raw: bytes, encoding: str) -> tuple[bytes, bool]:
    """Return the decoded bytes, and whether they were encoded as `encoding`, in lower case, says."""
    if encoding == "base64":
        return (raw, False) if len(_NO_BASE64.findall(raw)) > len(raw) * _MOST_STRAY else base64_of(raw)
    if (text := text_in_base64(raw)) is not None:
        return text, False
    if encoding == "quoted-printable":
        return unquoted(raw), True
    if encoding not in _PLAIN_ENCODINGS and _BASE64.fullmatch(raw):
        return unbase64(raw), False
    if encoding not in _PLAIN_ENCODINGS and len(_SOFT_BREAK.findall(raw)) >= _MIN_SOFT_BREAKS:
        return unquoted(raw), False
    return raw, True


def unquoted(raw: bytes) -> bytes:
    """Return what quoted-printable holds; a line may end in a bare CR, after which the codec would drop the rest."""
    return quopri.decodestring(_BARE_CR.sub(b"\n", raw) if b"\r" in raw else raw)
