"""Mails of our people, and what they take up -> whom we know; a sender -> whether we do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from assistant.config import Config
from assistant.decide.authority import known_sender
from assistant.decide.digest import urgency
from assistant.decide.strangers import crowd, named_among, yielding
from assistant.ledger import Ledger
from assistant.pipeline.parts import Parts
from assistant.pipeline.replies.trust import is_surely_from
from assistant.records import LedgerEvent, Message, Stranger, Task, TaskDropped

_MOST_NEW = 20
"""Addresses that one mail can make known."""


def knows(config: Config, ledger: Ledger, email: str) -> bool:
    """Return whether a sender is known: one of ours, at our houses, named in the settings, or met before."""
    return bool(known_among(config, ledger, [email]))


def known_among(config: Config, ledger: Ledger, emails: Iterable[str]) -> frozenset[str]:
    """Return the senders that are known; of a whole backlog in one go."""
    asked = set(emails)
    ours = [config.assistant.address]
    for person in config.people:
        ours += [person.email, *person.aliases]
    named = named_among(asked, ours, config.limits.known)
    met = ledger.acquaintances.among(email.lower() for email in asked - named)
    return named | {email for email in asked if email.lower() in met}


def stranger_of(parts: Parts, message: Message) -> Stranger | None:
    """Return who wrote a mail where we do not know them, or cannot tell."""
    email = message.sender.email if message.sender is not None else ""
    if email and knows(parts.config, parts.ledger, email):
        return None
    return Stranger(email=email, came_at=message.received_at)


def newcomers(parts: Parts, message: Message) -> tuple[str, ...]:
    """Return whom a mail of one of our people makes known: whom it is to, and whose words it passes on.

    Nobody, where it may be somebody else's: whoever writes in a colleague's name must not let himself in. To be asked
    before the ledger's turn, for it may ask DNS.
    """
    person = known_sender(message, parts.people())
    if person is None:
        return ()
    quoted = (part.sender for part in message.parts if part.kind in {"quoted", "forwarded"})
    people = (*message.to, *message.cc, *(sender for sender in quoted if sender is not None))
    new = (one.email for one in people if not knows(parts.config, parts.ledger, one.email))
    found = tuple(islice(dict.fromkeys(new), _MOST_NEW))
    return found if found and is_surely_from(parts, message, person) else ()


def met_by_tasks(parts: Parts, events: Iterable[LedgerEvent]) -> list[str]:
    """Return whose tasks a person takes up by these events; to drop one is no such thing."""
    numbers = tuple({event.number for event in events if not isinstance(event.change, TaskDropped)})
    strangers = [task.stranger for task in parts.ledger.book.numbered(numbers[:_MOST_NEW])]
    return [one.email for one in strangers if one is not None and one.email]


def yielding_in(parts: Parts, tasks: Iterable[Task], *, but: int) -> frozenset[int]:
    """Return the numbers of the strangers' tasks that stand back: all but the `but` most urgent of each list."""
    people = parts.people()

    def pressing(task: Task) -> tuple[bool, datetime, int]:
        return urgency(task, next((person for person in people if person.is_at(task.coordinator)), people[0]))

    return yielding(tasks, pressing, lambda email: knows(parts.config, parts.ledger, email), but=but)


def crowd_in(parts: Parts, tasks: Iterable[Task]) -> frozenset[int]:
    """Return the numbers of the tasks that came in a flood of strangers' mails."""
    limits = parts.config.limits
    return crowd(
        tasks,
        most=limits.strangers_per_day,
        most_each=limits.stranger_per_day,
        knows=lambda email: knows(parts.config, parts.ledger, email),
    )
