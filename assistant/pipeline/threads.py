"""A task -> the mails behind it, read again by the rules alone, and the few lines that tell them."""

from __future__ import annotations

from dataclasses import replace

import structlog

from assistant.decide.authority import person_at
from assistant.decide.summary import summarise
from assistant.errors import UnreadableMailError
from assistant.parse import Desk, parse
from assistant.pipeline.parts import Parts
from assistant.records import Message, Person, Reading, ReadingContext, SpooledMail, SummaryLine, Task

log = structlog.get_logger()
_MOST_MAILS = 20
_SMALL = 200_000
"""Bytes of a mail that are read: somebody waits for the answer."""


def summary_of(parts: Parts, task: Task, person: Person) -> tuple[SummaryLine, ...]:
    """Return the task's mails in a few lines for `person`; reads no attachments and asks no model."""
    everyone = parts.people()
    context = ReadingContext(
        coordinator=person_at(task.coordinator, everyone) or person,
        people=everyone,
        day_first=parts.config.organisation.day_first,
    )
    read: list[tuple[Message, Reading]] = []
    for mail in _mails(parts, task):
        try:
            message = parse(_shortened(mail), Desk(lambda: False))
        except UnreadableMailError:
            # The digest has told of it.
            log.warning("mail_left_out", mail=mail.key)
            continue
        read.append((message, parts.reader.skim(message, context)))
    return summarise(task, read, person=person, now=parts.clock())


def _mails(parts: Parts, task: Task) -> list[SpooledMail]:
    """Return the mails of the threads in which the task was asked for, each once."""
    spool = parts.ledger.spool
    threads = dict.fromkeys((task.thread, *(one.asked.thread for one in task.evidence)))
    found = {mail.key: mail for thread in threads for mail in spool.of_thread(thread, _MOST_MAILS)}
    newest = sorted(found.values(), key=lambda mail: mail.received_at)
    return newest[-_MOST_MAILS:]


def _shortened(mail: SpooledMail) -> SpooledMail:
    if len(mail.content) <= _SMALL:
        return mail
    return replace(mail, content=mail.content[:_SMALL], truncated=True)
