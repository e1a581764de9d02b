"""What binds an entry of the audit to all before it. Pure: words and numbers in, digests out.

A link's hash covers the hash before it and a salted digest of what it tells. The telling and its salt lie elsewhere:
they can be purged, and what is left shows nothing of them, yet the chain is checked as before.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass

START = bytes(32)
"""Stands before the first link."""
SALT_BYTES = 16
_ENCODER = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry, as far as it is never purged: who, what, when and from which mail, but none of its words."""

    id: int
    """From 1, without gaps."""
    at: str
    actor: str
    what: str
    subject: str
    source: str
    digest: bytes


def told(values: object) -> str:
    """Return plain values as the text that is digested: always the same for the same values."""
    return _ENCODER.encode(values)


def digest_of(salt: bytes, payload: str) -> bytes:
    """Return what stands for the payload; without the salt it cannot be guessed, however short the payload is.

    >>> digest_of(b"salt", "Rivera") == digest_of(b"other", "Rivera")
    False
    """
    return hmac.digest(salt, payload.encode("utf-8", "surrogatepass"), "sha256")


def seal_of(salt: bytes, content_digest: str) -> str:
    """Return what stands for a mail's content in the entry of all that came with it; its salt goes with the mail."""
    return digest_of(salt, content_digest).hex()


def hash_of(before: bytes, link: Link) -> bytes:
    """Return the hash of a link that follows the one whose hash is `before`."""
    words = told([link.id, link.at, link.actor, link.what, link.subject, link.source, link.digest.hex()])
    return hashlib.sha256(before + words.encode()).digest()


def what_happened(name: str) -> str:
    """Return the name of a record as a past-tense fact.

    >>> what_happened("TaskSnoozed")
    'task_snoozed'
    """
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name).strip("_")


def event_payload(  # noqa: PLR0917 - the columns, in their order
    number: int, at: str, actor: str, source: str, change: str, effect: str | None
) -> str:
    """Return what the link of a task's event stands for: all of the event."""
    return told([number, at, actor, source, change, effect])
