"""The word by which a reply is known to answer a mail of ours: made and checked here. Pure.

A token is 80 bits of HMAC-SHA256 over who got the mail, which mail it is, and the day until which it holds. It stands
in the mail's Message-ID, which answers repeat; in its Reply-To, where the server knows plus-addresses; and in its foot.
All letters are small and plain: some mail programs and servers change the case of an address.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from assistant.records import ReplyKey, TokenVerdict

SHORT = 10
"""Characters of a mail's own code that name it where room is scarce."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_BYTES = 10
_FIRST_DAY = date(2024, 1, 1)
_MOST_LOCAL = 64
"""Characters before the @ (RFC 5321, 4.5.3.1.1)."""
_KINDS = "digest|escalation|answer|suggestion|handoff|alert"
_TOKEN = re.compile(rf"(?<![a-z0-9])({_KINDS})[. ]([0-9a-f]{{24}}|[0-9a-f]{{10}})\.([a-z2-7]{{21}})(?![a-z0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A token as it stands in a mail, not yet checked."""

    kind: str
    code: str
    """The mail's own code, or the beginning of it."""
    token: str


def issue(key: ReplyKey, *, recipient: str, stem: str, until: date) -> str:
    """Return the token of a mail.

    Args:
        key: What it is made with.
        recipient: Who may answer it.
        stem: The mail's kind and code, `digest.3f9a...`.
        until: The last day, in UTC, on which it holds.

    """
    day = _spelled((until - _FIRST_DAY).days, 3)
    return key.kid + day + _mac(key, day, recipient, stem)


def check(token: str, *, recipient: str, stem: str, keys: Mapping[str, ReplyKey], now: datetime) -> TokenVerdict:
    """Return what a token is worth for the mail `stem` that was sent to `recipient`; in constant time for each key."""
    token = token.lower()
    key = keys.get(token[:2])
    if key is None or not key.secret:
        return "unknown key"
    day, mac = token[2:5], token[5:]
    if not hmac.compare_digest(mac.encode("utf-8", "replace"), _mac(key, day, recipient, stem).encode()):
        return "wrong"
    return "valid" if now.astimezone(UTC).date() <= _FIRST_DAY + timedelta(days=_number(day)) else "expired"


def shown_in(text: str, most: int) -> tuple[Shown, ...]:
    """Return what looks like tokens in a text: an address, a message id, a mail's foot; the first `most`."""
    found: dict[Shown, None] = {}
    for match in _TOKEN.finditer(text.lower()):
        found[Shown(kind=match[1], code=match[2], token=match[3])] = None
        if len(found) >= most:
            break
    return tuple(found)


def short_code(stem: str, token: str) -> str:
    """Return what stands in a mail's foot and after the plus of its Reply-To; it names the mail and proves it."""
    kind, _, code = stem.partition(".")
    return f"{kind}.{code[:SHORT]}.{token}"


def plus_address(address: str, code: str) -> str:
    """Return our address with a code after a plus; the plain one where there is no room for it.

    >>> plus_address("assistant@clinic.example", "digest.3f9a1c20b7.aaabbb")
    'assistant+digest.3f9a1c20b7.aaabbb@clinic.example'
    """
    local, _, host = address.rpartition("@")
    longer = f"{local}+{code}"
    return f"{longer}@{host}" if len(longer) <= _MOST_LOCAL else address


def _mac(key: ReplyKey, day: str, recipient: str, stem: str) -> str:
    told = f"reply\x1f{key.kid}\x1f{day}\x1f{recipient.lower()}\x1f{stem}"
    digest = hmac.new(key.secret.encode(), told.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    return base64.b32encode(digest[:_BYTES]).decode().lower()


def _spelled(number: int, length: int) -> str:
    return "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(length)))


def _number(spelled: str) -> int:
    number = 0
    for letter in spelled:
        number = number << 5 | _LETTERS.index(letter)
    return number
