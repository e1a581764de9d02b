"""Whether somebody set the computer's clock: it is compared with a stopwatch that nobody can set."""

from __future__ import annotations

from datetime import timedelta

import structlog

from assistant.pipeline.parts import Parts

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
        parts.ledger.health.hurry(now, now + _longest_wait(parts))
        return False
    jump = now - then[0] - timedelta(seconds=health.clocks[1] - then[1])
    if abs(jump) <= _JUMP:
        return False
    health.clock_jumped = now, jump
    log.warning("clock_jumped", minutes=round(jump / timedelta(minutes=1)))
    if jump < timedelta(0):
        parts.ledger.health.hurry(now, now + _longest_wait(parts))
        health.compared_at.clear()
        health.relay_rests_until.clear()
        health.backup_tried_at = None
    return True


def _longest_wait(parts: Parts) -> timedelta:
    """No try is put off for longer; one that is was put off by another clock."""
    smtp = parts.config.smtp
    return timedelta(minutes=max(60, smtp.unsure_min, smtp.look_after_min, parts.config.model.read_again_min))
