"""Occasion 4: a mail waits to be sent."""

from __future__ import annotations

from datetime import timedelta

import structlog

from assistant.errors import RefusedMailError, SignInError, TransientError, UncertainDeliveryError
from assistant.pipeline.parts import Parts
from assistant.records import OutgoingMail

log = structlog.get_logger()
_BATCH = 50
_RETRY_MIN = (1, 5, 15, 30, 60)
"""Minutes until a mail that did not leave is tried again; the last one repeats."""


def deliver(parts: Parts) -> int:
    """Send what is due, each mail once at a time; return how many the server took."""
    sent = 0
    for mail in parts.ledger.outgoing.due(parts.clock(), _BATCH):
        parts.ledger.outgoing.begin(mail.key)
        sent += _try(parts, mail)
    return sent


def _try(parts: Parts, mail: OutgoingMail) -> bool:
    outgoing = parts.ledger.outgoing
    wait = _RETRY_MIN[min(mail.attempts, len(_RETRY_MIN) - 1)]
    again = parts.clock() + timedelta(minutes=wait)
    try:
        parts.courier.send(mail)
    except UncertainDeliveryError as error:
        outgoing.uncertain(mail.key, again, str(error))
        _note(parts, mail, error, wait)
    except (TransientError, SignInError) as error:
        outgoing.retry(mail.key, again, str(error))
        _note(parts, mail, error, wait)
    except RefusedMailError as error:
        outgoing.failed(mail.key, str(error))
        log.error("mail_refused", kind=mail.kind, message_id=mail.message_id)
    else:
        outgoing.sent(mail.key, parts.clock())
        parts.health.delivery_problem = ""
        log.info("mail_sent", kind=mail.kind, message_id=mail.message_id)
        return True
    return False


def _note(parts: Parts, mail: OutgoingMail, error: Exception, minutes: int) -> None:
    parts.health.delivery_problem = str(error)
    log.warning("mail_delayed", kind=mail.kind, message_id=mail.message_id, error=type(error).__name__, minutes=minutes)
