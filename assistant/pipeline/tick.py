"""Occasion 3: time passes; digests and escalations fall due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from assistant.pipeline.steps import left_out_warning, sparing, step
from assistant.records import Decision, Digest, Notice, OutgoingMail, Person, SentMail, Task

log = structlog.get_logger()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CALLS = "calls"
_STRANGERS_AMONG_OTHERS = 5
"""Tasks of senders whom we do not know, on one list, that stand in a digest where any other would."""
_Owed = tuple[Decision, list[OutgoingMail]]
"""What is to be recorded, and the mails that tell of it."""


def tick(parts: Parts) -> int:
    """Prepare the digests and escalations that are due; return how many mails that made.

    Each is a step of its own: an error of ours in one keeps back no other.
    """
    jumped = clock_jumped(parts)
    if is_catching_up(parts):
        return 0
    with parts.ledger.turn():
        step(parts, "others", "keys", lambda: _rotated(parts))
        # Whoever sets the clock may set it right again: nobody is called in between. Who is, finds it in their digest.
        made = 0 if jumped else step(parts, "escalations", _CALLS, lambda: _call(parts))
        for person in parts.people():
            name = f"digest {person.email}"
            made += step(parts, "digests", name, lambda: _owe_digest(parts, person, name))  # noqa: B023 - called at once
        made += step(parts, "others", "canary", lambda: send_canary(parts))
        made += step(parts, "others", "held answers", lambda: tell_held(parts))
        return made + step(parts, "others", "held requests", lambda: tell_unfollowed(parts))


def _rotated(parts: Parts) -> int:
    rotate_keys(parts)
    return 0


def _call(parts: Parts) -> int:
    tasks = parts.standing.of(parts.ledger).tasks

    def called(but: frozenset[int]) -> _Owed:
        rest = [task for task in tasks if task.number not in but]
        decision = climb(
            rest,
            policy=parts.escalation,
            people=parts.people(),
            now=parts.clock(),
            crowd=crowd_in(parts, rest),
            yielding=yielding_in(parts, rest, but=parts.config.limits.strangers_escalated),
        )
        return _owed(parts, decision)

    return _owe(parts, sparing(parts, "escalations", _CALLS, lambda: (task.number for task in tasks), called))


def _owe_digest(parts: Parts, person: Person, name: str) -> int:
    due = due_digest(person, _last_day(parts, person), parts.clock())
    # By their own word; what is overdue still calls them.
    if due is None or rests(person, due, parts.ledger.switches.stopped().get(person.email)):
        return 0
    key = f"digest:{person.email}:{due.local_day}"

    def composed(but: frozenset[int]) -> _Owed:
        return _owed(parts, Decision(notices=(Notice(key=key, content=digest(parts, person, due, but)),)))

    return _owe(parts, sparing(parts, "digests", name, lambda: _numbers(parts, person), composed))


def _numbers(parts: Parts, person: Person) -> Iterator[int]:
    """Yield the numbers of all tasks that may stand in a person's digest."""
    for task in (*parts.standing.of(parts.ledger).tasks, *_closed(parts, person)):
        yield task.number


def digest(parts: Parts, person: Person, due: DueDigest, but: frozenset[int] = frozenset()) -> Digest:
    """Return one person's digest as it is now, covering all since the last one that left; changes nothing.

    It says which tasks are left out of it: those numbered in `but`.
    """
    spool, now, last = parts.ledger.spool, parts.clock(), _last(parts, person)
    since = last.prepared_at if last else _EPOCH
    tasks = [task for task in parts.standing.of(parts.ledger).tasks if task.number not in but]
    return compose(
        person=person,
        due=due,
        number=parts.ledger.outgoing.count("digest", person.email) + 1,
        tasks=tasks,
        closed=[task for task in _closed(parts, person) if task.number not in but],
        balance=replace(spool.balance(since), mailboxes=len(parts.config.accounts)),
        unreadable=(*spool.quarantined(), *spool.read_in_part(since)),
        warnings=(*warnings(parts, person, since), *left_out_warning(but)),
        now=now,
        head=parts.ledger.audit.head(),
        crowd=crowd_in(parts, tasks),
        yielding=yielding_in(parts, tasks, but=_STRANGERS_AMONG_OTHERS),
    )


def _last(parts: Parts, person: Person) -> SentMail | None:
    return parts.ledger.outgoing.last_of("digest", person.email, sent=True, until=parts.clock())


def _closed(parts: Parts, person: Person) -> Iterable[Task]:
    """Return the tasks that were closed since a person's last digest; before the first, within a day."""
    book, last = parts.ledger.book, _last(parts, person)
    if last is None:
        return book.closed_since(parts.clock() - timedelta(days=1))
    # A task's version counts with the audit: what a clock closed that ran ahead is told once, and not until that day.
    return [task for task in book.closed_since(last.prepared_at) if task.version > last.entries]


def _owed(parts: Parts, decision: Decision) -> _Owed:
    return decision, [parts.rendered(notice) for notice in decision.notices]


def _owe(parts: Parts, owed: _Owed) -> int:
    decision, mails = owed
    if not decision.events and not decision.notices:
        return 0
    parts.ledger.record(decision, mails)
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
