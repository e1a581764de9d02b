"""What is degraded, of all parts, in one place: for the digest's banner, `assistant status` and the heartbeat."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import structlog

from assistant.config import ModelSettings
from assistant.decide.caps import kept_back
from assistant.pipeline.health.canary import canary_condition
from assistant.pipeline.health.sign_ins import sign_in_conditions
from assistant.pipeline.parts import Parts
from assistant.pipeline.purse import BUDGET
from assistant.pipeline.replies.answering import left_warning
from assistant.pipeline.replies.holding import commands_condition
from assistant.pipeline.replies.many_closed import closing_conditions
from assistant.pipeline.replies.trust import held_warning
from assistant.pipeline.restored import restore_warning
from assistant.pipeline.steps import step_conditions
from assistant.pipeline.unseen import unseen_warnings
from assistant.pipeline.withheld import withheld_conditions
from assistant.records import Condition, Level, Person

log = structlog.get_logger()
SILENT = timedelta(minutes=15)
"""After so long without a look into a mailbox, or a mail that leaves, a person is told."""
_ENDS_SOON = timedelta(days=14)
_MANY_WAITING = 50
_MANY_FAILURES = 3
_TOLD_OF_JUMP = timedelta(days=1)
_MEGABYTE = 1024 * 1024
_LEDGER_TROUBLE = {
    "SQLITE_FULL": "The disk is full: the ledger takes nothing more",
    "SQLITE_BUSY": "Another program holds the ledger",
    "SQLITE_LOCKED": "Another program holds the ledger",
}


@runtime_checkable
class Certified(Protocol):
    """A peer whose certificate was seen."""

    certificate_ends: datetime | None
    """None where it was not seen yet."""


def conditions(parts: Parts) -> tuple[Condition, ...]:
    """Return how each part is now; changes nothing."""
    found = [
        *_mailboxes(parts),
        *withheld_conditions(parts),
        *sign_in_conditions(parts),
        _sending(parts),
        *_limit(parts),
        *_certificates(parts),
        *_model(parts),
        *_budget(parts),
        _disk(parts),
        _ledger(parts),
        _reading(parts),
        *_clock(parts),
        *_backup(parts),
        *_night(parts),
        *_heartbeat(parts),
        commands_condition(parts),
        *closing_conditions(parts),
        *step_conditions(parts),
    ]
    if (canary := canary_condition(parts)) is not None:
        found.append(canary)
    return tuple(found)


def warnings(parts: Parts, person: Person, since: datetime) -> tuple[str, ...]:
    """Return what is degraded, a sentence each, in the person's time; of what has passed, all since `since`."""
    zone = person.calendar.zone
    said = [one.words(zone) for one in conditions(parts) if not one.is_fine]
    for outage in parts.ledger.health.outages("model", since):
        if outage.until is not None:
            words = f"{_by_rules(outage.mails)} read by rules alone, and again by the model after it was back."
            past = "The language model did not answer from {since} to {until}: " + words
            gone = Condition(part="model", level="fine", said=past, since=outage.since, until=outage.until)
            said.append(gone.words(zone))
    for outage in parts.ledger.health.outages(BUDGET, since):
        if outage.until is not None:
            words = f"{_by_rules(outage.mails)} read by rules alone."
            past = "The language model had used up its budget from {since} to {until}: " + words
            gone = Condition(part=BUDGET, level="fine", said=past, since=outage.since, until=outage.until)
            said.append(gone.words(zone))
    if failures := parts.ledger.outgoing.failures(since):
        said.append(f"{failures} of our mails did not arrive; the log says which.")
    if restored := restore_warning(parts, person, since):
        said.append(restored)
    if held := held_warning(parts, person, since):
        said.append(held)
    if left := left_warning(parts, person, since):
        said.append(left)
    return (*said, *unseen_warnings(parts, person, since))


def is_disk_full(parts: Parts) -> bool:
    """Return whether there is so little room that no more mail may be taken in."""
    return _free_mb(parts) < parts.config.health.disk_full_mb


def note_model_outage(parts: Parts) -> None:
    """Keep from when to when the model is out, and how many mails are read without it."""
    kept, now = parts.ledger.health, parts.clock()
    lasting = any(outage.until is None for outage in kept.outages("model", now))
    if not lasting and not parts.reader.is_degraded:
        return
    mails, first = kept.read_without_model()
    kept.note_outage("model", min(first or now, now), mails)
    # After a start, nothing is known of the model before it has been asked.
    if not parts.reader.is_degraded and (parts.reader.has_answered or not parts.config.model.is_on):
        kept.end_outage("model", now)


def _mailboxes(parts: Parts) -> Iterator[Condition]:
    kept = {one.part: one.since for one in parts.ledger.health.kept()}
    for account in parts.config.accounts:
        part, now = f"mailbox {account.name}", parts.clock()
        seen = parts.health.looked_at.get(account.name)
        since = seen or kept.get(part, parts.started_at)
        trouble = parts.health.mailbox_trouble.get(account.name)
        level: Level = "fine"
        said = "was read {since}" if seen else "is being read for the first time since the start"
        if trouble is not None and trouble.needs_person:
            level, said = "failing", f"The mailbox {account.name} has not been read since {{since}}: {trouble.said}."
        elif now - (seen or parts.started_at) > SILENT:
            why = f": {trouble.said}" if trouble else ""
            level, said = "failing", f"The mailbox {account.name} has not been read since {{since}}{why}."
        yield Condition(part=part, level=level, said=said, since=since)


def _agreed(model: ModelSettings) -> str:
    """Say on what terms mails go to a model outside of our own network."""
    kept = (
        f"zero retention: {model.zero_retention}" if model.zero_retention else "no word on zero retention is recorded"
    )
    host = urlsplit(model.base_url).hostname
    return f"{host} is sent masked text under a business associate agreement (baa = true); {kept}"


def _limit(parts: Parts) -> Iterator[Condition]:
    """Tell of mails that wait because so many left within the hour."""
    now, most = parts.clock(), parts.config.limits.mails_per_hour
    kept = kept_back(parts.ledger.outgoing.left_between(now - timedelta(hours=1), now), most)
    waiting = sum(count for kind, count in parts.ledger.outgoing.kinds_due(now).items() if kind in kept)
    if waiting:
        said = f"{most} of our mails left within an hour; {waiting} wait for the next: something may go in circles."
        yield Condition(part="limit", level="degraded", said=said, since=now)


def _sending(parts: Parts) -> Condition:
    now = parts.clock()
    mails, oldest, problem = parts.ledger.health.unsent()
    since = parts.health.first_relay_out_since
    if (refusal := parts.health.first_relay_refusal) and since is not None:
        said = f"The mail server does not let us in, since {{since}}: {refusal}."
        refused: Level = "failing" if parts.second_courier is None else "degraded"
        return Condition(part="sending", level=refused, said=said, since=since)
    if oldest is None and since is not None and parts.second_courier is not None:
        said = "The first mail server has taken none of our mails since {since}; they leave by the second."
        return Condition(part="sending", level="degraded", said=said, since=since)
    if oldest is None:
        return Condition(part="sending", level="fine", said="nothing waits that a server did not take", since=now)
    waits = f"{mails} wait, the oldest since {{since}} ({problem})"
    said = f"Mail is leaving late; the mail server does not take it: {waits}."
    level: Level = "failing" if now - oldest > SILENT else "degraded"
    return Condition(part="sending", level=level, said=said, since=oldest)


def _certificates(parts: Parts) -> Iterator[Condition]:
    peers: dict[str, object] = {
        **{f"mailbox {name}": mailbox for name, mailbox in parts.mailboxes.items()},
        "sending": parts.courier,
        "sending by the second server": parts.second_courier,
    }
    now, zone = parts.clock(), ZoneInfo(parts.config.organisation.timezone)
    for name, peer in peers.items():
        if isinstance(peer, Certified) and (ends := peer.certificate_ends) is not None and ends - now < _ENDS_SOON:
            day = f"{ends.astimezone(zone):%A %B} {ends.astimezone(zone).day}"
            said = f"The server's certificate for {name} ends on {day}; without a new one nothing goes there any more."
            yield Condition(part=f"certificate, {name}", level="degraded", said=said, since=ends - _ENDS_SOON)


def _model(parts: Parts) -> Iterator[Condition]:
    if parts.config.model.is_hosted:
        yield Condition(part="hosted model", level="fine", said=_agreed(parts.config.model), since=parts.started_at)
    lasting = [one for one in parts.ledger.health.outages("model", parts.clock()) if one.until is None]
    if lasting:
        words = f"{_by_rules(lasting[0].mails)} read by rules alone, and again by the model when it is back."
        said = "The language model does not answer since {since}: " + words
        yield Condition(part="model", level="degraded", said=said, since=lasting[0].since)
    elif parts.config.model.is_on:
        yield Condition(part="model", level="fine", said="answered when it was last asked", since=parts.clock())


def _budget(parts: Parts) -> Iterator[Condition]:
    if not parts.config.model.is_on:
        return
    lasting = [one for one in parts.ledger.health.outages(BUDGET, parts.clock()) if one.until is None]
    if not lasting:
        said = "is not used up"
        yield Condition(part=BUDGET, level="fine", said=said, since=parts.clock())
        return
    words = f"{_by_rules(lasting[0].mails)} read by rules alone; it goes on tomorrow."
    said = "The language model has used up its budget since {since}: " + words
    yield Condition(part=BUDGET, level="degraded", said=said, since=lasting[0].since)


def _by_rules(mails: int) -> str:
    return "1 mail was" if mails == 1 else f"{mails} mails were"


def _disk(parts: Parts) -> Condition:
    free, chosen, now = _free_mb(parts), parts.config.health, parts.clock()
    room = f"{free:,.0f} MB are free"
    if free < chosen.disk_full_mb:
        said = f"The disk is full ({room}): no new mail is read until there is room; ours still leaves."
        return Condition(part="disk", level="failing", said=said, since=now)
    if free < chosen.disk_low_mb:
        said = f"The disk is nearly full ({room}): below {chosen.disk_full_mb:,.0f} MB no new mail is read."
        return Condition(part="disk", level="degraded", said=said, since=now)
    return Condition(part="disk", level="fine", said=room, since=now)


def _free_mb(parts: Parts) -> float:
    folder = parts.config.assistant.ledger
    return shutil.disk_usage(next(one for one in (folder, *folder.parents) if one.exists())).free / _MEGABYTE


def _ledger(parts: Parts) -> Condition:
    trouble, now = parts.ledger.health.trouble, parts.clock()
    if not trouble:
        return Condition(part="ledger", level="fine", said="can be written", since=now)
    said = _LEDGER_TROUBLE.get(trouble, f"The ledger cannot be written ({trouble})")
    return Condition(part="ledger", level="failing", said=f"{said}; what was in hand is done again.", since=now)


def _reading(parts: Parts) -> Condition:
    now = parts.clock()
    waiting, old = parts.ledger.health.backlog(now - SILENT)
    if old or waiting > _MANY_WAITING:
        still = "1 mail still waits" if waiting == 1 else f"{waiting} mails still wait"
        said = f"{still} to be read, the newest first: what they ask for is missing here."
        return Condition(part="reading", level="degraded", said=said, since=now)
    return Condition(part="reading", level="fine", said=f"{waiting} mails wait", since=now)


def _clock(parts: Parts) -> Iterator[Condition]:
    if parts.health.clock_jumped is None:
        return
    at, by = parts.health.clock_jumped
    if abs(parts.clock() - at) < _TOLD_OF_JUMP:
        minutes = round(abs(by) / timedelta(minutes=1))
        way = "forward" if by > timedelta(0) else "back"
        found = f"The computer's clock was found set {way} by {minutes} minutes on {{since}}"
        said = f"{found}; escalations waited for a moment, and none goes out twice."
        yield Condition(part="clock", level="degraded", said=said, since=at)


def _backup(parts: Parts) -> Iterator[Condition]:
    if parts.health.backup_problem:
        said = f"The nightly copy of the ledger was not made: {parts.health.backup_problem}."
        yield Condition(
            part="backup", level="degraded", said=said, since=parts.health.backup_tried_at or parts.started_at
        )


def _night(parts: Parts) -> Iterator[Condition]:
    """Tell of what the night found that a person has to look into."""
    if parts.health.purge_problem:
        said = f"What is to be kept no longer was not purged in full: {parts.health.purge_problem}."
        yield Condition(part="purge", level="degraded", said=said, since=parts.started_at)
    # Whoever found it may have ended since, as each `assistant once` does.
    night = parts.ledger.audit.last_night()
    if night is not None and night.problems:
        said = (
            f"The ledger is not as its audit tells: {night.first}. Somebody may have changed it; "
            "look into it: assistant audit verify."
        )
        yield Condition(part="audit", level="failing", said=said, since=night.at)


def _heartbeat(parts: Parts) -> Iterator[Condition]:
    if parts.config.health.heartbeat_url:
        is_heard, now = parts.health.heartbeat_failures < _MANY_FAILURES, parts.clock()
        missed = "The service that should notice when this assistant stops is not reached: see heartbeat_url."
        said = "is heard" if is_heard else missed
        yield Condition(part="heartbeat", level="fine" if is_heard else "degraded", said=said, since=now)
