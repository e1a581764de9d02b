"""A mail that speaks to us -> what it may do, by its token and its sender's proof; what becomes of one held back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

import structlog

from assistant.config import Config
from assistant.decide.authority import recipients_of, standing
from assistant.decide.commands import read_tag
from assistant.errors import TransientError
from assistant.ledger import ATTEMPTS
from assistant.outbox.tokens import SHORT, Shown, check, shown_in
from assistant.parse.border import is_vouched_for
from assistant.parse.proof import mark_of, plain_sender
from assistant.pipeline.parts import Parts
from assistant.records import (
    Credentials,
    HeldRequest,
    Message,
    Person,
    SentMail,
    SpooledMail,
    Standing,
    TokenVerdict,
)

log = structlog.get_logger()
_MOST_TOKENS = 8
"""Of one mail; a person's has one or two."""
_MOST_BAD = 10
"""Mails with wrong tokens in one hour, of one sender, that the log tells one by one."""
_HOUR = timedelta(hours=1)
_SPARE = timedelta(days=2)
_MOST_NAMED = 10
"""Tasks, of those that held requests were about."""
_BEST: tuple[TokenVerdict, ...] = ("valid", "expired", "wrong", "unknown key", "none")
PROOFS = {
    "own": "a token, and a DKIM signature of the sender's domain, verified here",
    "headers": "a token, and the Authentication-Results of {server}",
    "microsoft365": "a token, and the Authentication-Results of Microsoft 365",
    "gmail": "a token, and the Authentication-Results of Gmail",
    "token": "a token alone: nothing shows who sent a mail, so this is only for a server whose mail stays in the house",
}


def proof_in_force(config: Config) -> str:
    """Return in words what a command by mail needs."""
    trust = config.trust
    return PROOFS[trust.sender_proof].format(server=trust.authserv_id)


def tokens_of(message: Message, our_address: str) -> tuple[Shown, ...]:
    """Return what looks like tokens of ours, in the order of how far it may be relied on that they are the answer's."""
    tag = read_tag(message.subject)
    by_subject = f"{tag.kind}.{tag.code}.{tag.token}" if tag is not None and tag.token else ""
    ours = [address.email for address in (*message.to, *message.cc)]
    # A foot counts only in what was sent to us as well: others pass our mails on among themselves.
    text = message.text if our_address in recipients_of(message, our_address) else ""
    found = shown_in("\n".join((*reversed(message.thread_ids), by_subject, *ours, text)), _MOST_TOKENS)
    return tuple(dict.fromkeys(found))


def standing_of(parts: Parts, message: Message, person: Person, answered: SentMail | None) -> Standing:
    """Return what a known person's mail may do.

    Raises:
        TransientError: Who signed it cannot be asked just now; there are tries left.

    """
    mail = parts.ledger.spool.mail(message.key)
    assert mail is not None
    ticket = _ticket(parts, message, person, answered)
    return standing(
        Credentials(
            ticket=ticket,
            is_issued_to_them=answered is None or person.is_at(answered.recipient),
            is_exact=_is_exact(mail, person),
            is_proven=_is_proven(parts, mail, message),
            is_by_hand=message.automatic is None,
            is_proof_strict=parts.config.trust.sender_proof != "token",
        )
    )


def is_surely_from(parts: Parts, message: Message, person: Person) -> bool:
    """Return whether a mail was shown to be from a person; False also where that cannot be asked just now."""
    mail = parts.ledger.spool.mail(message.key)
    assert mail is not None
    try:
        return _is_exact(mail, person) and _is_proven(parts, mail, message)
    except TransientError:
        return False


def is_surely_ours(parts: Parts, mail: SpooledMail, message: Message) -> bool:
    """Return whether a mail was shown to be from our own address.

    Raises:
        TransientError: Who signed it cannot be asked just now; there are tries left.

    """
    ours = parts.config.assistant.address
    return plain_sender(mail.content, {ours}) == ours and _is_proven(parts, mail, message)


def is_sent_again(parts: Parts, message: Message) -> bool:
    """Return whether a mail is a copy of one that was followed: whoever once got it must not give its order again."""
    if parts.config.trust.sender_proof == "token":
        return False
    mail = parts.ledger.spool.mail(message.key)
    assert mail is not None
    return not parts.ledger.held.is_first(mark_of(mail.content), message.key)


def may_direct(parts: Parts, message: Message, person: Person) -> bool:
    """Return whether the order on top of a forwarded mail is followed: it adds, and changes nothing that is there."""
    return standing_of(parts, message, person, None) != "held"


def hold(
    parts: Parts,
    message: Message,
    person: Person,
    numbers: tuple[int, ...],
    *,
    why: Literal["proof", "token", "sender"],
) -> None:
    """Note that a request was not followed, for the person's next digest."""
    sender, now = message.sender.email if message.sender else "", parts.clock()
    held = HeldRequest(mail=message.key, person=person.email, sender=sender, at=now, numbers=numbers, why=why)
    if parts.ledger.held.put(held) and parts.ledger.held.bad_tokens(sender, now - _HOUR) <= _MOST_BAD:
        log.warning("request_held", mail=message.key, why=why)


def carries_wrong_token(parts: Parts, message: Message, person: Person, answered: SentMail | None) -> bool:
    return _ticket(parts, message, person, answered) == "wrong"


def held_warning(parts: Parts, person: Person, since: datetime) -> str | None:
    """Return what a digest says of the requests in a person's name that were not followed since the last one."""
    held = parts.ledger.held.of(person.email, since)
    if not held:
        return None
    zone = person.calendar.zone
    first, last = (f"{one.at.astimezone(zone):%A %H:%M}" for one in (held[0], held[-1]))
    numbers = sorted({number for one in held for number in one.numbers})
    about = ", ".join(f"#{number}" for number in numbers[:_MOST_NAMED])
    told = f" What was asked was about {about}." if about else ""
    if len(held) == 1:
        came = f"1 unverified request came in your name on {first}: nothing was changed."
        return f"{came}{told} If it was yours, please answer one of my mails once more."
    came = f"{len(held)} unverified requests came in your name between {first} and {last}: nothing was changed."
    return f"{came}{told} If one of them was yours, please answer one of my mails once more."


def rotate_keys(parts: Parts) -> bool:
    """Make a new key for our tokens where it is time; return whether one was made. Old mails stay answerable."""
    trust, now = parts.config.trust, parts.clock()
    if now - parts.ledger.keys.newest().made_at < timedelta(days=trust.rotate_days):
        return False
    parts.ledger.keys.rotate(now, hold=hold_of(parts))
    log.info("key_rotated")
    return True


def hold_of(parts: Parts) -> timedelta:
    """Return how long a key is kept after it was replaced: until the last token that it made has run out."""
    return timedelta(days=parts.config.trust.token_days) + _SPARE


def _ticket(parts: Parts, message: Message, person: Person, answered: SentMail | None) -> TokenVerdict:
    """Return what the best of a mail's tokens is worth for the mail of ours that it answers."""
    found = {*_verdicts(parts, message, person, answered)}
    return next(verdict for verdict in _BEST if verdict in found or verdict == "none")


def _verdicts(parts: Parts, message: Message, person: Person, answered: SentMail | None) -> Iterator[TokenVerdict]:
    keys, came_at = parts.ledger.keys.all(), _came_at(parts, message)
    if answered is not None and answered.message_id in message.thread_ids and _stands_for_itself(parts, answered):
        yield _in_time(parts, answered, came_at)
    if answered is not None and not shown_in(answered.message_id, 1) and _is_tagged(message, answered):
        yield _in_time(parts, answered, came_at)
    recipient = answered.recipient if answered is not None else person.email
    for shown in tokens_of(message, parts.config.assistant.address):
        stem = f"{shown.kind}.{shown.code}"
        if answered is not None:
            whole = stem_of(answered)
            if not whole.startswith(stem):
                # Of another mail of ours: it neither helps nor harms.
                continue
            stem = whole
        elif len(shown.code) == SHORT:
            yield "wrong"
            continue
        yield check(shown.token, recipient=recipient, stem=stem, keys=keys, now=came_at)


def stem_of(answered: SentMail) -> str:
    """Return a mail's kind and code, which its token is bound to."""
    return ".".join(answered.message_id.partition("@")[0].split(".")[:2])


def _stands_for_itself(parts: Parts, answered: SentMail) -> bool:
    """Return whether to know a mail's whole Message-ID is as much as a token, for it was made without one.

    Such are mails from before tokens, and those whose key was lost with a ledger: the ids hold 96 bits of chance.
    """
    if not shown_in(answered.message_id, 1):
        return True
    restore = parts.ledger.restores.last()
    known = {shown.token[:2] for shown in shown_in(answered.message_id, 1)} & set(parts.ledger.keys.all())
    return restore is not None and not known and restore.state_of <= answered.prepared_at <= restore.restored_at


def _is_tagged(message: Message, answered: SentMail) -> bool:
    """Return whether a link of a mail from before tokens wrote this one."""
    tag = read_tag(message.subject)
    return tag is not None and answered.message_id.startswith(f"{tag.kind}.{tag.code}")


def _came_at(parts: Parts, message: Message) -> datetime:
    """Return when a mail came: what was in time then is not late because it waited here to be read."""
    return min(parts.clock(), message.received_at)


def _in_time(parts: Parts, answered: SentMail, came_at: datetime) -> TokenVerdict:
    last = (answered.prepared_at + timedelta(days=parts.config.trust.token_days)).astimezone(UTC).date()
    return "valid" if came_at.astimezone(UTC).date() <= last else "expired"


def _is_exact(mail: SpooledMail, person: Person) -> bool:
    """Return whether a mail names exactly one sender, and that is the person by one of their addresses."""
    return person.is_at(plain_sender(mail.content, {person.email, *person.aliases}) or "")


def _is_proven(parts: Parts, mail: SpooledMail, message: Message) -> bool:
    """Return whether a mail surely comes from its sender, as the settings want it shown."""
    trust = parts.config.trust
    if trust.sender_proof == "token":
        return True
    if mail.truncated or message.sender is None:
        return False
    if trust.sender_proof != "own":
        return is_vouched_for(mail.content, message.sender.email, trust.border())
    verdict = parts.signatures.verdict(mail.content, _domains(message.sender.email), _came_at(parts, message))
    if verdict == "unknown" and mail.attempts < ATTEMPTS:
        raise TransientError("who signed a mail cannot be asked just now")
    return verdict == "signed"


def _domains(email: str) -> frozenset[bytes]:
    """Return the domains whose signature speaks for an address: its own, and those above it."""
    labels = email.rpartition("@")[2].encode("ascii", "replace").split(b".")
    return frozenset(b".".join(labels[place:]) for place in range(max(1, len(labels) - 1)))
