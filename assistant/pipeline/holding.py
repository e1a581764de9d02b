"""A request that is not followed -> what is kept of it, for the digest of the person in whose name it came."""

from __future__ import annotations

from assistant.decide.authority import person_at, recipients_of
from assistant.pipeline.answer import numbers_asked
from assistant.pipeline.parts import Parts
from assistant.pipeline.trust import carries_wrong_token, hold
from assistant.records import Message, Person, SentMail


def note_held(parts: Parts, message: Message, person: Person, answered: SentMail | None) -> None:
    """Keep that a mail may be anybody's: nothing is changed by it, nobody is answered, the person is told."""
    is_wrong = carries_wrong_token(parts, message, person, answered)
    numbers = numbers_asked(parts, message, person, answered)
    hold(parts, message, person, numbers, why="token" if is_wrong else "proof")


def note_stranger(parts: Parts, message: Message, answered: SentMail | None) -> None:
    """Keep that an address which we do not know answers a mail of ours; it is read like any stranger's mail."""
    ours = parts.config.assistant.address
    if answered is None or message.automatic is not None or ours not in recipients_of(message, ours):
        return
    if (person := person_at(answered.recipient, parts.people())) is not None:
        hold(parts, message, person, (), why="sender")
