"""Occasion 3: time passes; digests and escalations fall due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import structlog

from assistant.decide.digest import DueDigest, compose, due_digest
from assistant.decide.escalation import climb
from assistant.pipeline.parts import Parts
from assistant.pipeline.restored import is_catching_up, restore_warning
from assistant.records import Decision, Digest, Notice, Person, SentMail

log = structlog.get_logger()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SILENT = timedelta(minutes=15)
"""After so long without a look into a mailbox, the digest says so."""


def tick(parts: Parts) -> int:
    """Prepare the digests and escalations that are due; return how many mails that made."""
    if is_catching_up(parts):
        return 0
    with parts.ledger.turn():
        made = sum(_owe(parts, Decision(notices=(notice,))) for notice in _digests_due(parts))
        now, tasks = parts.clock(), parts.ledger.book.open_tasks()
        return made + _owe(parts, climb(tasks, policy=parts.escalation, people=parts.people(), now=now))


def _digests_due(parts: Parts) -> list[Notice]:
    notices = []
    for person in parts.people():
        last = parts.ledger.outgoing.last_of("digest", person.email)
        due = due_digest(person, _day_of(last), parts.clock())
        if due is not None:
            key = f"digest:{person.email}:{due.local_day}"
            notices.append(Notice(key=key, content=digest(parts, person, due)))
    return notices


def digest(parts: Parts, person: Person, due: DueDigest) -> Digest:
    """Return one person's digest as it is now, covering all since the last one that left; changes nothing."""
    spool, now = parts.ledger.spool, parts.clock()
    last = parts.ledger.outgoing.last_of("digest", person.email, sent=True)
    since = last.prepared_at if last else _EPOCH
    return compose(
        person=person,
        due=due,
        number=parts.ledger.outgoing.count("digest", person.email) + 1,
        tasks=parts.ledger.book.open_tasks(),
        closed=parts.ledger.book.closed_since(since if last else now - timedelta(days=1)),
        balance=spool.balance(since),
        unreadable=(*spool.quarantined(), *spool.read_in_part(since)),
        warnings=warnings(parts, person, since),
        now=now,
    )


def warnings(parts: Parts, person: Person, since: datetime) -> tuple[str, ...]:
    """Return what is degraded, a sentence each, in the person's time."""
    now, said = parts.clock(), []
    for account in parts.config.accounts:
        looked = parts.health.looked_at.get(account.name, parts.started_at)
        if now - looked > _SILENT:
            local = looked.astimezone(person.calendar.zone)
            said.append(f"The mailbox {account.name} has not been read since {local:%A %H:%M}.")
    if parts.reader.is_degraded:
        said.append("The language model does not answer; mail is read by rules alone until it does.")
    if parts.health.delivery_problem:
        said.append("Mail is leaving late; the mail server does not take it.")
    if failures := parts.ledger.outgoing.failures(since):
        said.append(f"{failures} of our mails did not arrive; the log says which.")
    if restored := restore_warning(parts, person, since):
        said.append(restored)
    if parts.health.backup_problem:
        said.append(f"The nightly copy of the ledger was not made: {parts.health.backup_problem}.")
    return tuple(said)


def _owe(parts: Parts, decision: Decision) -> int:
    if not decision.events and not decision.notices:
        return 0
    parts.ledger.record(decision, [parts.rendered(notice) for notice in decision.notices])
    for notice in decision.notices:
        log.info("mail_prepared", kind=notice.key.partition(":")[0], recipient=notice.recipient.email)
    return len(decision.notices)


def _day_of(sent: SentMail | None) -> date | None:
    """Return the local date of a digest, which ends its key."""
    return date.fromisoformat(sent.key.rpartition(":")[2]) if sent else None
