"""The mail that a person answers -> what it showed them: which task a number meant, and what was done since.

A ledger that was restored may know the mail only by a copy, or not at all. Then a number counts where it surely means
what it meant, and what others did since the copy of the ledger was made counts as unseen, unless the mail tells that it
shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from assistant.decide.authority import person_at
from assistant.decide.commands import changed_by_other, version_of_mark
from assistant.ledger import Restore
from assistant.outbox.trace import read_trace
from assistant.pipeline.parts import Parts
from assistant.pipeline.replies.trust import tokens_of
from assistant.records import LedgerEvent, Message, OutgoingMail, Person, SentMail, TaskAssigned


def known_numbers(parts: Parts, message: Message, answered: SentMail | None) -> Callable[[int], bool]:
    """Return what tells whether a number surely means to the writer the task that has it now.

    A task that was opened again after a restore may have another number than they saw, unless a copy told.
    """
    restore = _forgetting(parts, message, answered)
    if restore is None:
        return lambda _number: True
    return lambda number: parts.ledger.restores.is_known(number, restore)


def is_forgotten(parts: Parts, message: Message) -> bool:
    """Return whether a mail that answers none that we know answers one that a restore may have forgotten."""
    return _names_ours(parts, message) and _forgetting(parts, message, None) is not None


def changed_since(parts: Parts, message: Message, person: Person, answered: SentMail | None) -> dict[int, LedgerEvent]:
    """Return the tasks that somebody else changed after the mail was written that a person answers."""
    book = parts.ledger.book
    if answered is None:
        restore = _forgetting(parts, message, None) if _names_ours(parts, message) else None
        numbers = book.numbers_changed_after(restore.entry) if restore is not None else ()
        versions, at = (dict.fromkeys(numbers, restore.entry) if restore is not None else {}), message.received_at
    else:
        numbers, at, versions = answered.numbers, answered.prepared_at, _versions(parts, answered)
    found = {}
    for number in numbers:
        event = changed_by_other(book.history(number), person, version=versions.get(number), at=at)
        if event is not None:
            found[number] = event
    return found


def _versions(parts: Parts, answered: SentMail) -> dict[int, int]:
    """Return the version of each task that a mail shows, as far as it is known."""
    versions = dict(answered.versions)
    unknown = [number for number in answered.numbers if number not in versions]
    mail, person = parts.ledger.outgoing.named([answered.message_id]), person_at(answered.recipient, parts.people())
    restore = parts.ledger.restores.first_since(_left_at(mail)) if unknown and mail is not None else None
    if mail is None or restore is None:
        return versions
    trace = read_trace(mail.content, parts.ledger.restores.secret())
    for number in unknown:
        versions[number] = restore.entry
        if trace is not None and person is not None and (mark := trace.seen.get(number)):
            history = parts.ledger.book.history(number)
            version = version_of_mark(history, person, mark, given=_given(history, person, answered))
            versions[number] = restore.entry if version is None else version
    return versions


def _given(history: tuple[LedgerEvent, ...], person: Person, answered: SentMail) -> tuple[str, ...]:
    """Return which mail handed the task over that a handoff tells of; it was written just before that."""
    assigned = (one for one in history if isinstance(one.change, TaskAssigned) and one.at <= answered.prepared_at)
    sources = [
        one.source for one in assigned if isinstance(one.change, TaskAssigned) and person.is_at(one.change.owner)
    ]
    return tuple(sources[-1:]) if answered.kind == "handoff" else ()


def _forgetting(parts: Parts, message: Message, answered: SentMail | None) -> Restore | None:
    """Return the restore that may have forgotten what the mail showed that a person answers; None for none."""
    restores = parts.ledger.restores
    if answered is not None:
        mail = parts.ledger.outgoing.named([answered.message_id])
        return restores.first_since(_left_at(mail)) if mail is not None else None
    if _names_ours(parts, message):
        # We do not know it any more; it is no older than its token.
        return restores.first_since(message.received_at - timedelta(days=parts.config.trust.token_days))
    return restores.first_since(message.received_at)


def _left_at(mail: OutgoingMail) -> datetime:
    # What was prepared for a mail of before the restore bears that one's time, but left after it, and knows all.
    return mail.sent_at or mail.prepared_at


def _names_ours(parts: Parts, message: Message) -> bool:
    return bool(tokens_of(message, parts.config.assistant.address))
