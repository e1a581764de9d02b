"""Once a night: the ledger is copied, what was kept long enough goes, and all of it is held against its audit."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from assistant.errors import LedgerError
from assistant.ledger import backups, forget_old
from assistant.pipeline.parts import Parts
from assistant.pipeline.retention import purge_aged

log = structlog.get_logger()
_AGAIN = timedelta(hours=1)
"""Until a copy that could not be made is tried again."""
_NIGHT = timedelta(days=1)


def nightly(parts: Parts) -> bool:
    """Do what is due this night; return whether a copy was made."""
    aged_at = _aged_at(parts)
    made = _copy(parts, aged_at)
    _look_after(parts, aged_at)
    return made


def _aged_at(parts: Parts) -> datetime:
    """Return the moment by which what goes must have been kept long enough.

    A clock that runs ahead must not take with it what nobody can bring back: all is only a night older than it was the
    last night. Where the assistant rested for longer, that goes a night later.
    """
    now, last = parts.clock(), parts.ledger.audit.last_night()
    return now if last is None else min(now, last.at + _NIGHT)


def _look_after(parts: Parts, aged_at: datetime) -> None:
    """Purge, and check the audit, once a night: what is found stands in the next digests, and in the audit itself."""
    now, audit = parts.clock(), parts.ledger.audit
    last = audit.last_night()
    if last is not None and _due_at(parts, now) <= last.at <= now:
        return
    purge_aged(parts, aged_at)
    verdict = audit.verify()
    audit.checked(verdict, now)
    report = log.info if verdict.is_sound else log.error
    report("audit_checked", entries=verdict.head.count, digests=verdict.anchors, problems=verdict.count)


def _copy(parts: Parts, aged_at: datetime) -> bool:
    """Make the copy that is due, which checks all of the ledger; return whether one was made.

    What goes wrong is kept in `parts.health`, from where the next digest tells it: no mail waits for a copy.
    """
    now, chosen, health = parts.clock(), parts.config.backup, parts.health
    if not chosen.keep_days or (health.backup_tried_at is not None and now - health.backup_tried_at < _AGAIN):
        return False
    # One of a date that is still to come was made by a clock that ran ahead.
    if any(_due_at(parts, now) <= made_at <= now for made_at, _ in backups(chosen.folder)):
        return False
    health.backup_tried_at = now
    try:
        copy = parts.ledger.back_up(chosen.folder, now, chosen.recipients)
        forgotten = forget_old(chosen.folder, chosen.keep_days, aged_at)
    except (LedgerError, OSError) as error:
        health.backup_problem = str(error) if isinstance(error, LedgerError) else error.strerror or type(error).__name__
        log.error("backup_failed", problem=health.backup_problem)
        return False
    health.backup_problem = ""
    log.info("backup_made", bytes=copy.size, mails=copy.mails, events=copy.events, forgotten=forgotten)
    return True


def _due_at(parts: Parts, now: datetime) -> datetime:
    """Return the newest moment at which a copy fell due."""
    local = now.astimezone(ZoneInfo(parts.config.organisation.timezone))
    due = local.replace(hour=parts.config.backup.at.hour, minute=parts.config.backup.at.minute, second=0, microsecond=0)
    # The same clock time a day earlier; where the clocks change that night, it is an hour off, and no copy is left out.
    return (due if due <= local else due - timedelta(days=1)).astimezone(now.tzinfo)
