"""Who may command by mail: what a mail shows for itself, and what it may do then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ProofKind = Literal["own", "headers", "microsoft365", "gmail", "token"]
Standing = Literal["acts", "suggests", "asks", "doubted", "held"]
"""acts: all that it asks is done; suggests: it may add, ask, and suggest to others; asks: it may add and ask; doubted:
it reads like a program's, so that all that it would change is asked about; held: nothing at all is done, and the person
whose name it bears is told."""
TokenVerdict = Literal["valid", "expired", "unknown key", "wrong", "none"]
"""none: there is no token; unknown key: made with a key that this ledger does not have (any more)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyKey:
    """What makes and checks the tokens of our mails."""

    kid: str
    """Two letters that name it in each token."""
    secret: str
    """Empty where it was revoked: no token of it holds any more."""
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """Whose word on a sender is taken, and how it is written."""

    profile: ProofKind
    authserv_id: str = ""
    """Of our own server, lower case; for `headers`."""
    relays: frozenset[str] = frozenset()
    """Further hosts of ours that a mail passes after the border, lower case."""
    without_dmarc: Literal["dkim", "spf", "nothing"] = "dkim"
    """What is enough where the sender's domain publishes no DMARC policy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a mail of a person whom we know shows for itself: it acts with all of it alone."""

    ticket: TokenVerdict
    """Whether it carries a token of ours, genuine and in time."""
    is_issued_to_them: bool
    """Whether the mail of ours that the token belongs to was sent to this person."""
    is_exact: bool
    """Whether there is exactly one From, with exactly one plain address."""
    is_proven: bool
    """Whether it surely comes from there, by the proof that the settings ask for."""
    is_by_hand: bool
    """Whether a person wrote it, and no machine."""
    is_proof_strict: bool = True
    """False where the settings ask for no proof beside the token: then the From alone says who it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRequest:
    """A request in a person's name that was not followed; holds nothing of its words."""

    mail: str
    """Key."""
    person: str
    """Email of who is told."""
    sender: str
    """Email that it claims to be from; empty where it names none or several."""
    at: datetime
    numbers: tuple[int, ...]
    why: Literal["proof", "token", "sender"]
