"""A mail of ours that comes back, or a server's word of one -> what the outbox now knows of it."""

from __future__ import annotations

import structlog

from assistant.decide.loops import has_own_words
from assistant.pipeline.parts import Parts
from assistant.pipeline.sending.undelivered import give_up
from assistant.records import Delivery, DeliveryReport, Message, OutgoingMail

log = structlog.get_logger()


def heed_copy(parts: Parts, message: Message) -> bool:
    """Return whether a mail is one of ours; where it was unknown whether it left, that is known now.

    Its name alone shows nothing, for anybody who has seen it can write it: there must be no words in it but ours.
    """
    if not message.message_id or not parts.ledger.outgoing.find([message.message_id]):
        return False
    if has_own_words(message) or message.attachments:
        return False
    if parts.ledger.outgoing.arrived(message.message_id, parts.clock()):
        log.info("mail_found", message_id=message.message_id)
    return True


def heed_return(parts: Parts, message: Message) -> bool:
    """Return whether a mail is a server's report of one of ours; one that did not arrive is given up.

    A report can be forged by whoever has seen the Message-ID. It closes nothing: it only makes others hear, once.
    A word of delay is noted, for the server goes on trying.
    """
    report = message.delivery
    mail = parts.ledger.outgoing.named(report.about) if report is not None else None
    if report is None or mail is None:
        return False
    found = _delivery_to(mail, report, parts.config.assistant.address)
    if found is None:
        return True
    code = f" ({found.status})" if found.status else ""
    if found.outcome == "failed":
        give_up(parts, mail, f"A mail server reports that it could not be delivered{code}.")
    elif found.outcome == "delayed":
        parts.ledger.outgoing.note(mail.key, f"a mail server reports that it is delayed{code}")
        log.warning("mail_delayed_on_its_way", kind=mail.kind, message_id=mail.message_id, status=found.status)
    return True


def _delivery_to(mail: OutgoingMail, report: DeliveryReport, ours: str) -> Delivery | None:
    """Return what is said of the mail's recipient, who may be forwarded to another address; None of our own copy."""
    named = [one for one in report.each if one.recipient == mail.recipient]
    others = [one for one in report.each if one.recipient != ours]
    worst = sorted(named or others, key=lambda one: ("failed", "delayed", "delivered").index(one.outcome))
    return worst[0] if worst else None
