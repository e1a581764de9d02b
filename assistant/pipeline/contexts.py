"""A mail -> what the ledger and the configuration know around it: for the engines, and for the judge."""

from __future__ import annotations

from assistant.decide.authority import coordinator_of, known_sender, person_at
from assistant.decide.tasks import MailContext
from assistant.parse import content_key
from assistant.pipeline.acquaintances import stranger_of
from assistant.pipeline.parts import Parts
from assistant.pipeline.replies.echoes import is_from_assistant
from assistant.records import Message, Person, Reading, ReadingContext, SpooledMail


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


def is_copy(parts: Parts, message: Message) -> bool:
    """Return whether somebody else's inbox had the mail first: what it says to us is followed there."""
    mail = parts.ledger.spool.mail(message.key)
    return mail is not None and len(set(parts.inboxes.values())) > 1 and content_key(mail.content) != mail.key


def _is_shared(parts: Parts, mail: SpooledMail) -> bool:
    people = set(parts.inboxes.values())
    return len(people) > 1 and parts.ledger.spool.is_shared(mail.key, content_key(mail.content), people)


def mail_context(parts: Parts, message: Message, reading: Reading) -> MailContext:
    coordinator = _coordinator(parts, message)
    book = parts.ledger.book
    thread = parts.ledger.spool.thread_of(message.thread_ids, message.key)
    # Nothing found, nothing to compare: most mails.
    found = reading.findings
    mail = parts.ledger.spool.mail(message.key)
    open_tasks = parts.standing.of(parts.ledger).near(found, thread, coordinator) if found else ()
    asked_here = (task for task in open_tasks if any(one.asked.thread == thread for one in task.evidence))
    in_thread = {task.number: task for task in (*(book.of_thread(thread) if found else ()), *asked_here)}
    return MailContext(
        coordinator=coordinator,
        thread=thread,
        thread_tasks=tuple(in_thread.values()),
        open_tasks=open_tasks,
        next_number=book.next_number() if found else 0,
        has_effect=parts.ledger.book.has_effect,
        now=parts.clock(),
        came_at=parts.ledger.spool.received_at,
        stranger=stranger_of(parts, message),
        is_relayed=mail is not None and is_from_assistant(mail.content),
        is_shared=bool(found) and mail is not None and _is_shared(parts, mail),
    )
