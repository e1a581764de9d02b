"""Occasion 3: time passes; digests and escalations fall due."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import structlog

from assistant.decide.digest import DueDigest, compose, due_digest, rests
from assistant.decide.escalation import climb
from assistant.decide.worktime import local_day
from assistant.pipeline.acquaintances import crowd_in, yielding_in
from assistant.pipeline.clocks import clock_jumped
from assistant.pipeline.health.canary import send_canary
from assistant.pipeline.health.conditions import warnings
from assistant.pipeline.parts import Parts
from assistant.pipeline.replies.answering import tell_held
from assistant.pipeline.replies.holding import tell_unfollowed
from assistant.pipeline.replies.trust import rotate_keys
from assistant.pipeline.restored import is_catching_up
from assistant.records import Decision, Digest, Notice, Person

log = structlog.get_logger()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def tick(parts: Parts) -> int:
    """Prepare the digests and escalations that are due; return how many mails that made."""
    jumped = clock_jumped(parts)
    if is_catching_up(parts):
        return 0
    with parts.ledger.turn():
        rotate_keys(parts)
        # Whoever sets the clock may set it right again: nobody is called in between. Who is, finds it in their digest.
        made = 0 if jumped else _call(parts)
        made += sum(_owe(parts, Decision(notices=(notice,))) for notice in _digests_due(parts))
        made += send_canary(parts)
        made += tell_held(parts)
        return made + tell_unfollowed(parts)


def _call(parts: Parts) -> int:
    now, tasks = parts.clock(), parts.standing.of(parts.ledger).tasks
    crowd, yielding = crowd_in(parts, tasks), yielding_in(parts, tasks)
    calls = climb(tasks, policy=parts.escalation, people=parts.people(), now=now, crowd=crowd, yielding=yielding)
    return _owe(parts, calls)


def _digests_due(parts: Parts) -> list[Notice]:
    notices = []
    stopped = parts.ledger.switches.stopped()
    for person in parts.people():
        due = due_digest(person, _last_day(parts, person), parts.clock())
        # By their own word; what is overdue still calls them.
        if due is not None and not rests(person, due, stopped.get(person.email)):
            key = f"digest:{person.email}:{due.local_day}"
            notices.append(Notice(key=key, content=digest(parts, person, due)))
    return notices


def digest(parts: Parts, person: Person, due: DueDigest) -> Digest:
    """Return one person's digest as it is now, covering all since the last one that left; changes nothing."""
    spool, now = parts.ledger.spool, parts.clock()
    last = parts.ledger.outgoing.last_of("digest", person.email, sent=True, until=now)
    since = last.prepared_at if last else _EPOCH
    return compose(
        person=person,
        due=due,
        number=parts.ledger.outgoing.count("digest", person.email) + 1,
        tasks=parts.standing.of(parts.ledger).tasks,
        closed=parts.ledger.book.closed_since(since if last else now - timedelta(days=1)),
        balance=replace(spool.balance(since), mailboxes=len(parts.config.accounts)),
        unreadable=(*spool.quarantined(), *spool.read_in_part(since)),
        warnings=warnings(parts, person, since),
        now=now,
        head=parts.ledger.audit.head(),
        crowd=crowd_in(parts, parts.standing.of(parts.ledger).tasks),
        yielding=yielding_in(parts, parts.standing.of(parts.ledger).tasks),
    )


def _owe(parts: Parts, decision: Decision) -> int:
    if not decision.events and not decision.notices:
        return 0
    parts.ledger.record(decision, [parts.rendered(notice) for notice in decision.notices])
    for notice in decision.notices:
        log.info("mail_prepared", kind=notice.key.partition(":")[0], recipient=notice.recipient.email)
    return len(decision.notices)


def _last_day(parts: Parts, person: Person) -> date | None:
    """Return the local day of the person's last digest up to today.

    What a clock made that ran days ahead must not silence the days until then.
    """
    today = local_day(parts.clock(), person)
    key = parts.ledger.outgoing.last_key(f"digest:{person.email}:", today.isoformat())
    return date.fromisoformat(key.rpartition(":")[2]) if key else None
