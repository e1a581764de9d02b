"""After a restore: what the ledger forgot comes back from the mailboxes, in the order in which it happened.

Copies of our own mails tell what we sent, and by which number people know a task: they are found first (`recall`).
Then each mail since is read at its own time (`catch_up`): what people answered is obeyed again, what we called them
for is not called again, and nothing that was sent is sent a second time. Until that is done no digest is prepared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from assistant.errors import AssistantError
from assistant.ledger import Restore
from assistant.outbox.trace import Trace, read_trace
from assistant.pipeline.parts import Parts
from assistant.records import Decision, LedgerEvent, Person, SpooledMail, TaskEscalated

log = structlog.get_logger()
LOOK_BACK = timedelta(days=30)
"""So far before the copy was made the mailboxes are compared with it: mail may have shown up late."""
_PATIENCE = timedelta(minutes=15)
"""After so long without one of the mailboxes, the others are read without it."""
_HOLD = timedelta(hours=1)
"""After so long digests and escalations go out, whatever has been read until then."""
_DAY = timedelta(days=1)


def recall(parts: Parts) -> int:
    """Find the copies of what we sent since the ledger was copied, once after a restore; return how many."""
    restore, now = parts.ledger.restores.unfinished(), parts.clock()
    if restore is None or restore.looked_at is not None or not (_all_read(parts) or _is_overdue(parts, restore)):
        return 0
    parts.health.recall_tried = True
    try:
        heads = [*_kept(parts, restore), *parts.ledger.spool.holding(b"X-Coordination-Trace")]
    except AssistantError as error:
        log.warning("copies_not_found", problem=str(error))
        if not _is_overdue(parts, restore):
            return 0
        heads = parts.ledger.spool.holding(b"X-Coordination-Trace")
    secret = parts.ledger.restores.secret()
    traces = [trace for head in heads if (trace := read_trace(head, secret)) is not None]
    parts.ledger.recall(restore, [trace.mail for trace in traces], _marks(traces), now)
    log.info("copies_found", copies=len(traces))
    return len(traces)


def _marks(traces: list[Trace]) -> dict[int, str]:
    return {number: mark for trace in traces for number, mark in trace.marks.items()}


def _kept(parts: Parts, restore: Restore) -> Iterator[bytes]:
    for copies in parts.copies.values():
        yield from copies.sent_since((restore.state_of - _DAY).date())


def catch_up(parts: Parts, restore: Restore, read: Callable[[Parts, SpooledMail], int]) -> int:
    """Read what came up to the restore, each mail at its own time; return how many were settled.

    `read` reads one mail with the parts that it is given, whose clock stands at the mail's arrival.
    """
    if restore.looked_at is None and not (parts.health.recall_tried and _is_overdue(parts, restore)):
        return 0
    settled, calls = 0, list(_calls(parts, restore))
    while not parts.stop.is_set():
        mails = parts.ledger.spool.waiting_since_before(restore.restored_at, parts.clock(), 1)
        if not mails:
            _call(parts, calls)
            parts.ledger.restores.caught_up(restore, parts.clock())
            log.info("caught_up", settled=settled)
            break
        mail = mails[0]
        calls = _call(parts, calls, before=mail.received_at)
        settled += read(replace(parts, clock=_standing_at(mail.received_at)), mail)
    return settled


def is_catching_up(parts: Parts) -> bool:
    """Return whether digests and escalations wait until it is known what was sent and said already."""
    restore = parts.ledger.restores.unfinished()
    if restore is None:
        return False
    return not parts.health.recall_tried or parts.clock() - _since(parts, restore) < _HOLD


def look_back(parts: Parts, usual: timedelta) -> datetime:
    """Return from when on a mailbox is compared with the ledger."""
    now, restore = parts.clock(), parts.ledger.restores.last()
    if restore is None or now - restore.restored_at > usual:
        return now - usual
    return min(now - usual, restore.state_of - LOOK_BACK)


def restore_warning(parts: Parts, person: Person, since: datetime) -> str | None:
    """Return what a digest says of a restore since the last one."""
    restore = parts.ledger.restores.last()
    if restore is None or restore.restored_at <= since:
        return None
    zone = person.calendar.zone
    was, done = restore.state_of.astimezone(zone), restore.restored_at.astimezone(zone)
    return (
        f"The ledger was restored on {done:%A %H:%M} to how it stood on {was:%A, %B} {was.day}, {was:%H:%M}. All mail "
        "since then was read again, and your answers were followed again; please look whether something you closed "
        "is open."
    )


def _calls(parts: Parts, restore: Restore) -> Iterator[Trace]:
    """Return the escalations that were sent meanwhile, oldest first."""
    secret = parts.ledger.restores.secret()
    for head in parts.ledger.outgoing.sent_between("escalation", restore.state_of, restore.restored_at):
        trace = read_trace(head, secret)
        if trace is not None and trace.steps:
            yield trace


def _call(parts: Parts, calls: list[Trace], *, before: datetime | None = None) -> list[Trace]:
    """Note that people were called for tasks; return the calls that came later."""
    due = [call for call in calls if before is None or call.mail.prepared_at <= before]
    events = tuple(event for call in due for event in _called(parts, call))
    if events:
        parts.ledger.record(Decision(events=events), ())
    return [call for call in calls if call not in due]


def _called(parts: Parts, call: Trace) -> Iterator[LedgerEvent]:
    standing = {task.number for task in parts.ledger.book.numbered(tuple(call.steps))}
    for number in standing:
        yield LedgerEvent(
            id=0,
            number=number,
            at=call.mail.prepared_at,
            actor="assistant",
            source="restore",
            change=TaskEscalated(step=call.steps[number], to=(call.mail.recipient,)),
            effect=f"called:{call.mail.message_id}:{number}",
        )


def _standing_at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def _all_read(parts: Parts) -> bool:
    return all(name in parts.health.compared_at for name in parts.mailboxes)


def _is_overdue(parts: Parts, restore: Restore) -> bool:
    return parts.clock() - _since(parts, restore) > _PATIENCE


def _since(parts: Parts, restore: Restore) -> datetime:
    return max(restore.restored_at, parts.started_at)
