"""A mail on its way in: RawMail -> SpooledMail -> Message (stages 1 and 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from assistant.records.people import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Where a delivery lies; names it for ever (RFC 9051, 2.3.1.1)."""

    account: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RawMail:
    """One delivery, untouched."""

    locator: Locator
    received_at: datetime
    """The server's INTERNALDATE, in UTC: the Date header is the sender's claim."""
    content: bytes
    """Headers and body; only the headers and the first text where `truncated`."""
    truncated: bool = False
    """True where the mail is over the size limit and was taken in part."""
    is_followed: bool = field(default=False, compare=False)
    """True where the next one is at hand already: both came with one answer of the server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpooledMail:
    """A raw mail as the ledger's spool holds it."""

    key: str
    """SHA-256 of the content without trace headers, in hex; the same mail delivered twice has one key."""
    account: str
    received_at: datetime
    content: bytes
    attempts: int
    truncated: bool = False


PartKind = Literal["own", "quoted", "forwarded", "signature"]
Automatic = Literal["bounce", "auto-reply", "bulk", "machine"]
"""Why a mail counts as automatic: never answered, never obeyed, but read: laboratories and payers write this way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A run of the mail's visible text that one person wrote at one time."""

    kind: PartKind
    text: str
    sender: Address | None
    """None where the mail does not say."""
    sent_at: datetime | None
    """Aware; None where the mail does not say."""
    depth: int = 0
    """0 for the sender's own words, 1 for the mail they quote, and so on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    name: str
    media_type: str
    size: int
    """Bytes, decoded."""
    text: str | None = None
    problem: str | None = None
    """Why its text could not be read, in words for the digest."""


DeliveryOutcome = Literal["failed", "delayed", "delivered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of a mail for one of its recipients, as a server tells it."""

    recipient: str
    """Lower case; empty where the server does not say."""
    outcome: DeliveryOutcome
    status: str
    """As RFC 3463 numbers it, 5.1.1; empty where the server does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What a bounce says of another mail."""

    about: tuple[str, ...]
    """Message ids and envelope ids that it names, one of which may be ours."""
    each: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One email, read."""

    key: str
    account: str
    message_id: str | None
    """Without angle brackets, like every id here."""
    in_reply_to: str | None
    references: tuple[str, ...]
    sender: Address | None
    """None where there is no single, well-formed From."""
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    sent_at: datetime
    """The Date header with its own offset; `received_at` where that is missing or more than a day away from it."""
    received_at: datetime
    parts: tuple[Part, ...]
    """In reading order."""
    attachments: tuple[Attachment, ...]
    automatic: Automatic | None
    problems: tuple[str, ...]
    """What could not be read, in words for the digest that hold nothing of the mail."""
    hides_text: bool
    """True where the HTML held words that a reader cannot see; they are cut from `parts`."""
    text: str
    """The whole visible text, uncut: quotes are checked against it and the attachments' text."""
    delivery: DeliveryReport | None = None
    """Of a bounce alone."""
    heads: tuple[str, ...] = ()
    """The lines that say where an older mail begins, as they stand: who wrote it, when. They are in no part."""
    own_to_readers: tuple[str, ...] = ()
    """Lines that the HTML shows as the sender's own, where the parts are those of a plain form that says otherwise."""

    @property
    def own_words(self) -> str:
        return "\n".join(part.text for part in self.parts if part.kind == "own").strip()

    @property
    def answering_words(self) -> str:
        """The sender's own words, with the quoted lines above each of them marked by `>`."""
        return answering_words(self.parts)

    @property
    def thread_ids(self) -> tuple[str, ...]:
        """The ids this mail answers, oldest first, then its own."""
        ids = [*self.references, self.in_reply_to, self.message_id]
        return tuple(dict.fromkeys(one for one in ids if one))


def answering_words(parts: Sequence[Part]) -> str:
    """Return what the sender of a mail wrote, with the lines of the mail before under which they wrote it."""
    own = [place for place, part in enumerate(parts) if part.kind == "own"]
    before = parts[: own[-1] + 1] if own else ()
    lines = [
        line if part.kind == "own" else f"> {line}"
        for part in before
        if part.kind in {"own", "quoted"}
        for line in part.text.splitlines()
    ]
    return "\n".join(lines).strip()
