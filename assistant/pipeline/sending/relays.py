"""A mail -> the servers that it is handed to, one after the other until one takes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from assistant.errors import AssistantError, ConfigError, RefusedMailError, SignInError
from assistant.outbox import Courier
from assistant.pipeline.parts import Parts
from assistant.records import OutgoingMail

log = structlog.get_logger()
_AFTER_REFUSED_SIGN_IN = timedelta(minutes=10)
"""Until a server that refused our password is asked again: more often would lock the account."""
_AFTER_TROUBLE = timedelta(minutes=5)
"""Until a server in trouble is asked again, where there is another."""
HEALTH_ALERT = "alert:health:"
"""How the keys of those mails begin that tell the administrator what is out of order."""
_FOR_A_PERSON = (SignInError, ConfigError)
_URGENT = {"escalation", "alert"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    name: str
    """Its section in the configuration."""
    courier: Courier

    @property
    def is_first(self) -> bool:
        return self.name == "smtp"

    def send(self, mail: OutgoingMail, *, copy_to: str | None) -> None:
        self.courier.send(replace(mail, copy_to=copy_to if copy_to != mail.recipient else None))


def is_urgent(mail: OutgoingMail) -> bool:
    """Return whether it is better sent twice, or by another way, than late."""
    return mail.kind in _URGENT


def relays_for(parts: Parts, mail: OutgoingMail) -> list[Relay]:
    """Return the servers to be tried now; none where all of them are to be left alone.

    An escalation goes to the second server as soon as the first does not take it; all other mail waits for the first
    until that has been in trouble for a while.
    """
    now, health = parts.clock(), parts.health
    relays = [Relay(name="smtp", courier=parts.courier)]
    if parts.second_courier is not None and (is_urgent(mail) or _is_out(parts)):
        relays.append(Relay(name="smtp_backup", courier=parts.second_courier))
    if mail.key.startswith(HEALTH_ALERT):
        # What is wrong may be the usual way itself.
        relays.reverse()
    return [relay for relay in relays if health.relay_rests_until.get(relay.name, now) <= now]


def note_trouble(parts: Parts, relay: Relay, error: AssistantError) -> None:
    """Remember that a server did not take a mail; one that refused the mail alone is in no trouble."""
    if isinstance(error, RefusedMailError):
        return
    now, health = parts.clock(), parts.health
    if relay.is_first:
        health.first_relay_out_since = health.first_relay_out_since or now
        health.first_relay_refusal = str(error) if isinstance(error, _FOR_A_PERSON) else ""
    if isinstance(error, _FOR_A_PERSON):
        health.relay_rests_until[relay.name] = now + _AFTER_REFUSED_SIGN_IN
    elif relay.is_first and _is_out(parts):
        health.relay_rests_until[relay.name] = now + _AFTER_TROUBLE
    log.warning("relay_in_trouble", relay=relay.name, problem=str(error))


def first_is_back(parts: Parts) -> None:
    parts.health.first_relay_out_since = None
    parts.health.first_relay_refusal = ""


def _is_out(parts: Parts) -> bool:
    """Return whether the first server has been in trouble for so long that all mail leaves by the second."""
    since = parts.health.first_relay_out_since
    wait = timedelta(minutes=parts.config.smtp_backup.after_min)
    return parts.second_courier is not None and since is not None and parts.clock() - since >= wait
