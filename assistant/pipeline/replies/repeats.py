"""A note that a reply would add -> whether the same reply, sent twice by a phone, has added it already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from assistant.errors import UnreadableMailError
from assistant.parse import Desk, parse
from assistant.pipeline.parts import Parts
from assistant.records import ChangesUndone, Message, NoteAdded, Person

_SENT_TWICE = timedelta(hours=3)
"""Mails further apart are two: who leaves word once more in the afternoon shall have it noted."""


def note_finder(parts: Parts, message: Message, person: Person) -> Callable[[int, str], bool]:
    """Return what tells whether an earlier mail of the person noted the same; see `ReplyContext.is_noted`."""

    def is_noted(number: int, text: str) -> bool:
        history = parts.ledger.book.history(number)
        undone = {one for event in history if isinstance(event.change, ChangesUndone) for one in event.change.event_ids}
        return any(
            event.change == NoteAdded(text=text)
            and person.is_at(event.actor)
            and event.id not in undone
            and _is_twin(parts, message, event.source)
            for event in history
        )

    return is_noted


def _is_twin(parts: Parts, message: Message, source: str) -> bool:
    """Return whether another mail answers the same one, and came within hours of this one."""
    mail = parts.ledger.spool.mail(source) if source != message.key else None
    if mail is None or abs(message.received_at - mail.received_at) > _SENT_TWICE:
        return False
    try:
        return parse(mail, Desk(lambda: False)).in_reply_to == message.in_reply_to
    except UnreadableMailError:
        return False
