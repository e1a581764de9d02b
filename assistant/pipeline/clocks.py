"""Whether somebody set the computer's clock: it is compared with a stopwatch that nobody can set."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from assistant.pipeline.parts import Parts
from assistant.pipeline.purse import next_day

log = structlog.get_logger()
_JUMP = timedelta(minutes=10)


def clock_jumped(parts: Parts) -> bool:
    """Return whether the clock was set since it was last compared; where it was set back, nothing waits for it."""
    if parts.stopwatch is None:
        return False
    health, now, then = parts.health, parts.clock(), parts.health.clocks
    health.clocks = now, parts.stopwatch()
    if then is None:
        # Nobody knows what the clock was while another process ran.
        _hurry(parts, now)
        return False
    jump = now - then[0] - timedelta(seconds=health.clocks[1] - then[1])
    if abs(jump) <= _JUMP:
        return False
    health.clock_jumped = now, jump
    log.warning("clock_jumped", minutes=round(jump / timedelta(minutes=1)))
    if jump < timedelta(0):
        _hurry(parts, now)
        health.compared_at.clear()
        health.relay_rests_until.clear()
        health.backup_tried_at = None
    return True


def _hurry(parts: Parts, now: datetime) -> None:
    """Let nothing wait for longer than what went wrong can make it wait; what does was put off by another clock."""
    smtp = parts.config.smtp
    longest = max(60, smtp.unsure_min, smtp.look_after_min, parts.config.model.read_again_min)
    parts.ledger.health.hurry(now, now + timedelta(minutes=longest), next_day(parts.config, now))
