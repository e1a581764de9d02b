"""A handoff that has not left -> whether what it tells is still so; where not, it is taken back, and told anew."""

from __future__ import annotations

import structlog

from assistant.decide.authority import person_at
from assistant.decide.commands.acting.handoffs import still_theirs
from assistant.pipeline.parts import Parts
from assistant.records import Handoff, Notice, OutgoingMail, Person, Task, TaskAssigned

log = structlog.get_logger()


def still_holds(parts: Parts, mail: OutgoingMail) -> bool:
    """Return whether a mail may leave as it is.

    One that waited for the morning may tell of tasks that were taken back in the night: who never heard of them is
    told of what is left, and of nothing where nothing is.
    """
    person = person_at(mail.recipient, parts.people())
    if mail.kind != "handoff" or person is None:
        return True
    with parts.ledger.turn():
        tasks = still_theirs(parts.ledger.book.numbered(mail.numbers), person)
        if len(tasks) == len(mail.numbers):
            return True
        owed = [parts.rendered(_told_anew(parts, mail, person, tasks))] if tasks else []
        parts.ledger.withdraw(mail.key, owed, parts.clock())
    log.info("mail_withdrawn", kind=mail.kind, message_id=mail.message_id, tasks=len(tasks))
    return False


def _told_anew(parts: Parts, mail: OutgoingMail, person: Person, tasks: tuple[Task, ...]) -> Notice:
    # Each time there are fewer of them, so that no key is made twice.
    content = Handoff(person=person, now=parts.clock(), by=_giver(parts, tasks[0], person), tasks=tasks)
    return Notice(key=f"{mail.key}:{len(tasks)}", content=content)


def _giver(parts: Parts, task: Task, person: Person) -> str:
    """Return the name of who gave a task to a person last."""
    given = (one for one in parts.ledger.book.history(task.number) if isinstance(one.change, TaskAssigned))
    actors = [one.actor for one in given if isinstance(one.change, TaskAssigned) and person.is_at(one.change.owner)]
    giver = person_at(actors[-1], parts.people()) if actors else None
    return giver.name if giver is not None else parts.config.assistant.name
