"""A person's word to us -> what is decided about it."""

from __future__ import annotations

from datetime import timedelta

from assistant.decide.commands import ReplyContext, obey, read_reply
from assistant.pipeline.parts import Parts
from assistant.pipeline.restored import knows_number
from assistant.pipeline.threads import summary_of
from assistant.records import Decision, Message, Person, SentMail, Task
from assistant.understand.deadlines import parse_when

_RECENTLY = timedelta(days=30)
_BULK = 10
"""So many tasks closed by one word are asked about first."""


def decide_answer(parts: Parts, message: Message, person: Person, answered: SentMail | None) -> Decision:
    """Return what the person's own words change, and our answer."""
    asked = _reply_context(parts, message, person, answered)
    return obey(read_reply(message.own_words, asked), asked)


def reads_as_command(parts: Parts, message: Message, person: Person) -> bool:
    """Return whether a mail that answers none of ours consists of commands alone."""
    reading = read_reply(message.own_words, _reply_context(parts, message, person, None))
    return bool(reading.operations) and not reading.not_understood and not reading.ask


def _reply_context(parts: Parts, message: Message, person: Person, answered: SentMail | None) -> ReplyContext:
    book, now = parts.ledger.book, parts.clock()
    shown = answered.numbers if answered is not None and person.is_at(answered.recipient) else ()
    tasks = {
        task.number: task
        for task in (*_own_tasks(parts, person), *book.numbered(shown))
        if knows_number(parts, task.number, message.received_at)
    }
    last = book.last_changes(person.email)
    reference = message.sent_at.astimezone(person.calendar.zone)
    day_first = parts.config.organisation.day_first
    return ReplyContext(
        person=person,
        people=parts.people(),
        tasks=tuple(tasks[number] for number in sorted(tasks)),
        shown=shown,
        answered=answered,
        now=now,
        source=message.key,
        subject=message.subject,
        message_id=message.message_id,
        when=lambda phrase: parse_when(phrase, reference, person.calendar, day_first=day_first),
        last_changes=last,
        changed_since=frozenset(
            event.number for event in last if book.changed_after(event.id, event.number, by_other_than=person.email)
        ),
        next_number=book.next_number(),
        ack_holds=timedelta(hours=parts.config.assistant.ack_holds_h),
        bulk_limit=_BULK,
        summarise=lambda task: summary_of(parts, task, person),
    )


def _own_tasks(parts: Parts, person: Person) -> list[Task]:
    book = parts.ledger.book
    return [
        task
        for task in (*parts.standing.of(parts.ledger).tasks, *book.closed_since(parts.clock() - _RECENTLY))
        if person.is_at(task.coordinator) or (task.owner is not None and person.is_at(task.owner))
    ]
