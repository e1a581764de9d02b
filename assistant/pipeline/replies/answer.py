"""A person's word to us -> what is decided about it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from assistant.decide.authority import roles_of
from assistant.decide.commands import TORN, ReplyContext, ReplyReading, meant, obey, read_reply, read_tag
from assistant.pipeline.parts import Parts
from assistant.pipeline.replies.finding import finder
from assistant.pipeline.replies.many_closed import closes_left
from assistant.pipeline.replies.repeats import note_finder
from assistant.pipeline.replies.shown import changed_since, known_numbers
from assistant.pipeline.replies.trust import tokens_of
from assistant.pipeline.threads import summary_of
from assistant.records import Decision, DigestStop, LedgerEvent, Message, Person, SentMail, Standing, Task, TaskAssigned
from assistant.understand.deadlines import parse_when

_RECENTLY = timedelta(days=30)
_BULK = 10
"""So many tasks closed by one word are asked about first."""
_NUMBER = re.compile(r"(?<!\d)[1-9]\d{0,6}(?!\d)")
_MOST_WORDS, _MOST_NAMED = 4000, 50


def find_answered(parts: Parts, message: Message) -> SentMail | None:
    """Return the mail of ours that a mail answers: by its headers, else by the subject that one of our links wrote."""
    outgoing = parts.ledger.outgoing
    answered = outgoing.find(message.thread_ids)
    if answered is not None:
        return answered
    tag = read_tag(message.subject)
    if tag is not None:
        return outgoing.coded(tag.kind, tag.code)
    # Some mail programs keep neither; our plus-address and the quoted foot tell as well.
    for shown in tokens_of(message, parts.config.assistant.address):
        if (answered := outgoing.coded(shown.kind, shown.code)) is not None:
            return answered
    return None


def decide_answer(
    parts: Parts, message: Message, person: Person, answered: SentMail | None, standing: Standing
) -> Decision:
    """Return what the person's own words change, as far as their mail may change anything, and our answer."""
    asked = replace(_reply_context(parts, message, person, answered), standing=standing)
    words = _words(message, answered)
    reading = ReplyReading(ask=TORN, about=asked.shown) if words is None else read_reply(words, asked)
    return obey(reading, asked)


def numbers_asked(parts: Parts, message: Message, person: Person, answered: SentMail | None) -> tuple[int, ...]:
    """Return the numbers of the person's tasks that a mail asks something of."""
    asked = _reply_context(parts, message, person, answered)
    reading = read_reply(_words(message, answered) or "", asked)
    named = {one.number for one in reading.operations if one.number is not None}
    return tuple(sorted(named & {task.number for task in asked.tasks}))


def _words(message: Message, answered: SentMail | None) -> str | None:
    """Return what the person says, the subject included where one of our links wrote it; None where that is unclear."""
    tag = read_tag(message.subject)
    if tag is None or answered is None or not answered.message_id.startswith(f"{tag.kind}.{tag.code}"):
        return message.answering_words
    return meant(tag, message.own_words)


def reads_as_command(parts: Parts, message: Message, person: Person) -> bool:
    """Return whether a mail that answers none of ours consists of commands alone."""
    reading = read_reply(message.own_words, _reply_context(parts, message, person, None))
    return bool(reading.operations) and not (reading.not_understood or reading.unread or reading.ask)


def _reply_context(parts: Parts, message: Message, person: Person, answered: SentMail | None) -> ReplyContext:
    book, now = parts.ledger.book, parts.clock()
    # Of a mail that was passed on they may speak, as far as their rights go; what it asked was asked somebody else.
    theirs = answered if answered is not None and person.is_at(answered.recipient) else None
    shown = answered.numbers if answered is not None else ()
    is_known = known_numbers(parts, message, answered)
    own = _own_tasks(parts, person)
    tasks = {
        task.number: task
        for task in (*own, *book.numbered(shown), *_named(parts, message, person, answered))
        if is_known(task.number)
    }
    last, is_older = _to_undo(parts, person, theirs)
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
        handed=_handed(parts, person, theirs),
        last_changes=last,
        undoes_older=is_older,
        changed_since=frozenset(
            event.number for event in last if book.changed_after(event.id, event.number, by_other_than=person.email)
        ),
        changed=changed_since(parts, message, person, answered),
        choices=theirs.choices if theirs is not None else (),
        next_number=book.next_number(),
        ack_holds=timedelta(hours=parts.config.assistant.ack_holds_h),
        bulk_limit=_BULK,
        closes_left=closes_left(parts, person, message.received_at),
        summarise=lambda task: summary_of(parts, task, person),
        rights=parts.config.rights.table(),
        stopped=_stop(parts, person),
        find=finder(parts, person),
        made=tuple(task for task in own if _is_made_by(task, person) and task.source != message.key),
        is_noted=note_finder(parts, message, person),
    )


def _handed(parts: Parts, person: Person, answered: SentMail | None) -> dict[int, str]:
    """Return the tasks that a handoff brought to the person, each with the last who gave it to them before."""
    if answered is None or answered.kind != "handoff":
        return {}
    return {
        number: event.actor
        for number in answered.numbers
        for event in parts.ledger.book.history(number)
        if isinstance(event.change, TaskAssigned)
        and person.is_at(event.change.owner)
        and event.at <= answered.prepared_at
    }


def _to_undo(parts: Parts, person: Person, receipt: SentMail | None) -> tuple[tuple[LedgerEvent, ...], bool]:
    """Return what `undo` takes back, and whether that is something older than the person's last changes.

    Under a receipt it is what that receipt tells of; where it tells of no change, and under every other mail, the last.
    """
    book = parts.ledger.book
    last = book.last_changes(person.email)
    told_of = receipt.key.removeprefix("answer:") if receipt is not None and receipt.kind == "answer" else None
    if told_of is None or not book.has_changes(told_of, person.email):
        return last, False
    theirs = book.changes_by(told_of, person.email)
    return theirs, theirs != last


def _stop(parts: Parts, person: Person) -> DigestStop | None:
    stop = parts.ledger.switches.stopped().get(person.email)
    return stop if stop is not None and stop.holds(parts.clock()) else None


def _named(parts: Parts, message: Message, person: Person, answered: SentMail | None) -> list[Task]:
    """Return the tasks that a mail of its own names by number, of those for which the person stands in or answers."""
    if answered is not None:
        return []
    numbers = dict.fromkeys(int(found) for found in _NUMBER.findall(message.own_words[:_MOST_WORDS]))
    return [
        task
        for task in parts.ledger.book.numbered(tuple(numbers)[:_MOST_NAMED])
        if roles_of(task, person, parts.people(), frozenset()) & {"backup", "supervisor"}
    ]


def _is_made_by(task: Task, person: Person) -> bool:
    return task.engine == "person" and task.requester is not None and person.is_at(task.requester)


def _own_tasks(parts: Parts, person: Person) -> list[Task]:
    book = parts.ledger.book
    return [
        task
        for task in (*parts.standing.of(parts.ledger).tasks, *book.closed_since(parts.clock() - _RECENTLY))
        if person.is_at(task.coordinator) or (task.owner is not None and person.is_at(task.owner))
    ]
