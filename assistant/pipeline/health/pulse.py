"""How the parts are, now -> the ledger, the administrator, the dead-man's switch. Holds up no mail."""

from __future__ import annotations

from datetime import timedelta

import structlog

from assistant.pipeline.health.conditions import SILENT, conditions
from assistant.pipeline.health.heartbeat import beat
from assistant.pipeline.parts import Parts, Snapshot
from assistant.pipeline.sending.relays import HEALTH_ALERT
from assistant.records import Condition, Decision

log = structlog.get_logger()


def pulse(parts: Parts, *, is_complete: bool) -> Snapshot:
    """Look at all parts, and say how they are wherever somebody may want to know.

    Args:
        parts: What to look at.
        is_complete: True where each occasion has gone through without trouble since the last pulse: the dead-man's
            switch hears of nothing else, but of what fails.

    """
    now, health = parts.clock(), parts.health
    if is_complete:
        health.cycle_at = now
    snapshot = Snapshot(at=now, conditions=(*conditions(parts), _cycle(parts)), counts=parts.ledger.health.counts())
    health.snapshot = snapshot
    is_kept = False
    try:
        _tell(parts, snapshot)
        parts.ledger.health.keep(snapshot.conditions, now)
        is_kept = True
    finally:
        # Where the ledger takes nothing, that has to be heard; but all is not well then.
        if snapshot.is_failing or (is_complete and is_kept):
            _beat(parts, snapshot)
    return snapshot


def _cycle(parts: Parts) -> Condition:
    at, now = parts.health.cycle_at, parts.clock()
    since = at or parts.started_at
    if now - since > SILENT:
        return Condition(part="cycle", level="failing", said="The last complete round was {since}.", since=since)
    said = "the last complete round was {since}" if at else "the first round has not ended yet"
    return Condition(part="cycle", level="fine", said=said, since=since)


def _tell(parts: Parts, snapshot: Snapshot) -> None:
    """Owe the administrator a mail on each part that fails: one a day."""
    failing = [one for one in snapshot.conditions if one.level == "failing"]
    # That no round is complete follows from what else fails.
    for one in [one for one in failing if one.part != "cycle"] or failing:
        occasion = f"{HEALTH_ALERT}{one.part.replace(' ', '-')}:{snapshot.at.date()}".removeprefix("alert:")
        administrator = parts.alert(occasion, f"Out of order: {one.part}", ())
        if administrator is None or parts.ledger.outgoing.has(administrator.key):
            continue
        lines = (one.words(administrator.recipient.calendar.zone), "`assistant status` tells how all parts are.")
        notice = parts.alert(occasion, f"Out of order: {one.part}", lines)
        if notice is not None:
            parts.ledger.record(Decision(), [parts.rendered(notice)])
            log.error("part_failing", part=one.part)


def _beat(parts: Parts, snapshot: Snapshot) -> None:
    chosen, health = parts.config.health, parts.health
    every = timedelta(seconds=chosen.heartbeat_every_s)
    if not chosen.heartbeat_url or (
        health.beat_at is not None and timedelta(0) <= snapshot.at - health.beat_at < every
    ):
        return
    health.beat_at = snapshot.at
    if beat(chosen.heartbeat_url, snapshot):
        health.heartbeat_failures = 0
    else:
        health.heartbeat_failures += 1
