"""A mail -> what the ledger and the configuration know around it: for the engines, and for the judge."""

from __future__ import annotations

from assistant.decide.authority import coordinator_of, known_sender, person_at
from assistant.decide.tasks import MailContext
from assistant.pipeline.acquaintances import stranger_of
from assistant.pipeline.echoes import is_from_assistant
from assistant.pipeline.parts import Parts
from assistant.records import Message, Person, Reading, ReadingContext


def _coordinator(parts: Parts, message: Message) -> Person:
    everyone, account = parts.people(), parts.account(message.account)
    owner = person_at(account.person, everyone) if account else None
    is_forwarded = account is None or account.kind == "forwarded"
    return coordinator_of(known_sender(message, everyone), owner or everyone[0], is_forwarded=is_forwarded)


def reading_context(parts: Parts, message: Message) -> ReadingContext:
    return ReadingContext(
        coordinator=_coordinator(parts, message),
        people=parts.people(),
        day_first=parts.config.organisation.day_first,
        patients=_patients(parts) if parts.config.model.masks else frozenset(),
    )


def _patients(parts: Parts) -> frozenset[str]:
    """Return whom the open tasks are about."""
    return frozenset(task.patient for task in parts.standing.of(parts.ledger).tasks if task.patient)


def mail_context(parts: Parts, message: Message, reading: Reading) -> MailContext:
    coordinator = _coordinator(parts, message)
    book = parts.ledger.book
    thread = parts.ledger.spool.thread_of(message.thread_ids, message.key)
    # Nothing found, nothing to compare: most mails.
    found = reading.findings
    return MailContext(
        coordinator=coordinator,
        thread=thread,
        thread_tasks=book.of_thread(thread) if found else (),
        open_tasks=parts.standing.of(parts.ledger).near(found, thread, coordinator) if found else (),
        next_number=book.next_number() if found else 0,
        has_effect=parts.ledger.book.has_effect,
        now=parts.clock(),
        stranger=stranger_of(parts, message),
        is_relayed=(mail := parts.ledger.spool.mail(message.key)) is not None and is_from_assistant(mail.content),
    )
