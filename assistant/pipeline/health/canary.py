"""Once a day, a mail from us to ourselves through all servers: when it does not come back, a person hears of it.

Everything can look well while no mail reaches us: a forwarding rule that is gone, a full mailbox, a filter. Our own
mail that comes back is known by its Message-ID, and counts as automatic.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from assistant.pipeline.parts import Parts
from assistant.records import Alert, Calendar, Condition, Decision, Notice, Person

log = structlog.get_logger()
_KIND = "canary"
_CAUGHT_UP_WITHIN = timedelta(hours=12)
_WORDS = (
    "This is the daily test of the way that mail takes to the coordination assistant.",
    "It reads and files this mail by itself; there is nothing to do.",
)


def send_canary(parts: Parts) -> int:
    """Owe today's test mail where it is due; return how many mails that made."""
    at, now = parts.config.health.canary_at, parts.clock()
    if at is None:
        return 0
    zone = ZoneInfo(parts.config.organisation.timezone)
    local = now.astimezone(zone)
    due = datetime.combine(local.date(), at, zone)
    key = f"{_KIND}:{local.date()}"
    if not due <= local < due + _CAUGHT_UP_WITHIN or parts.ledger.outgoing.has(key):
        return 0
    ours = parts.config.assistant
    us = Person(email=ours.address, name=ours.name, calendar=Calendar(zone=zone), digest_at=None)
    alert = Alert(person=us, now=now, heading=f"Daily test {local.date()}", lines=_WORDS)
    mail = replace(parts.rendered(Notice(key=key, content=alert)), kind=_KIND)
    parts.ledger.record(Decision(), [mail])
    log.info("mail_prepared", kind=_KIND, recipient=mail.recipient)
    return 1


def canary_condition(parts: Parts) -> Condition | None:
    """Return whether the last test mail came back in time; None where there was none."""
    if parts.config.health.canary_at is None:
        return None
    last = parts.ledger.outgoing.last_of(_KIND, parts.config.assistant.address)
    if last is None:
        return None
    since, now = last.prepared_at, parts.clock()
    back = parts.ledger.health.settled_at(last.message_id)
    if back is not None:
        minutes = max(0, round((back - since) / timedelta(minutes=1)))
        return Condition(part=_KIND, level="fine", said=f"came back within {minutes} minutes, {{since}}", since=since)
    if now - since <= timedelta(minutes=parts.config.health.canary_back_min):
        return Condition(part=_KIND, level="fine", said="is on its way since {since}", since=since)
    said = "Our test mail of {since} to ourselves has not come back: mail may not reach us, though all seems well."
    return Condition(part=_KIND, level="failing", said=said, since=since)
