"""Occasion 4: a mail waits to be sent.

What if a server had the whole mail, and its answer never came? We cannot know; sending it again may make it two. So
such a mail is first looked for (`whereabouts`), after a few minutes, as servers need a moment to file it:

- It is found: it was sent.
- It is not where it had to be: it did not leave, and goes out with the same bytes, Message-ID and Date.
- Nobody can tell. An escalation goes out again at once: a patient may wait for it, and who gets it twice loses a
  minute. A digest or an answer waits for an hour (`unsure_min`): two of them confuse, none at all is noticed by its
  missing number only the day after, and in that hour the mailbox may answer again, or the mail come back to us.
  After three such tries it counts as undelivered, and a person is told: no mail is repeated for ever.

So digests arrive effectively once, escalations at least once. A mail that was being sent when we died is treated alike;
and who was only stopped for a while, and taken over from, finds that out at a last look before the mail is ended.
"""

from __future__ import annotations

from datetime import timedelta

import structlog

from assistant.decide.authority import person_at
from assistant.decide.caps import kept_back
from assistant.errors import (
    AssistantError,
    ConfigError,
    RefusedMailError,
    SignInError,
    TransientError,
    UncertainDeliveryError,
)
from assistant.pipeline.parts import Parts
from assistant.pipeline.restored import recall
from assistant.pipeline.sending.given import still_holds
from assistant.pipeline.sending.relays import Relay, first_is_back, is_urgent, note_trouble, relays_for
from assistant.pipeline.sending.undelivered import give_up
from assistant.pipeline.sending.whereabouts import can_look, copy_address, keep_copies, whereabouts
from assistant.records import OutgoingMail

log = structlog.get_logger()
_BATCH = 50
_RETRY_MIN = (1, 5, 15, 30, 60)
"""Minutes until a mail that did not leave is tried again; the last one repeats."""
_HOUR = timedelta(hours=1)
_LOOK_AGAIN = timedelta(minutes=5)
_MOST_DOUBTS = 3
_MOST_IN_VAIN = 3
"""After so many mails in a row that no server took, the others wait for the next round: each costs its time-out."""


def deliver(parts: Parts) -> int:
    """Send what is due, each mail once at a time; return how many the server took."""
    recall(parts)
    parts.ledger.outgoing.recover(parts.clock(), timedelta(minutes=parts.config.smtp.look_after_min))
    sent, in_vain = 0, 0
    now, limits = parts.clock(), parts.config.limits
    left = parts.ledger.outgoing.left_between(now - _HOUR, now)
    for mail in parts.ledger.outgoing.due(parts.clock(), _BATCH, but=kept_back(left, limits.mails_per_hour)):
        if mail.kind in kept_back(left + sent, limits.mails_per_hour):
            continue
        parts.health.steps["deliver"] += 1
        if parts.stop.is_set() or in_vain >= _MOST_IN_VAIN:
            break
        if not _may_still_leave(parts, mail) or (mail.state == "uncertain" and not _may_leave_again(parts, mail)):
            continue
        taken = _try(parts, mail)
        sent += taken
        in_vain = 0 if taken else in_vain + 1
    if not parts.stop.is_set():
        keep_copies(parts)
    return sent


def _may_still_leave(parts: Parts, mail: OutgoingMail) -> bool:
    """Return whether a mail that waited is still true, and its recipient still one whom we write to."""
    config = parts.config.assistant
    if (
        mail.recipient not in {config.address, config.administrator}
        and person_at(mail.recipient, parts.people()) is None
    ):
        give_up(parts, mail, "Its recipient is not in the configuration any more.")
        return False
    # What may have left tells what it tells.
    return mail.state == "uncertain" or still_holds(parts, mail)


def _may_leave_again(parts: Parts, mail: OutgoingMail) -> bool:
    """Look for a mail that may have left; settle it, let it wait, or return True where it is to be sent again."""
    outgoing, now = parts.ledger.outgoing, parts.clock()
    verdict = whereabouts(parts, mail)
    log.info("mail_looked_for", kind=mail.kind, message_id=mail.message_id, verdict=verdict)
    if verdict == "left":
        outgoing.sent(mail.key, now, keep_at=now)
        return False
    if verdict == "did not leave":
        return True
    until = (mail.uncertain_at or now) + timedelta(minutes=parts.config.smtp.unsure_min)
    if not is_urgent(mail) and now < until:
        outgoing.look_again(mail.key, min(now + _LOOK_AGAIN, until) if verdict == "could not look" else until)
        return False
    if mail.doubts >= _MOST_DOUBTS:
        give_up(parts, mail, f"was handed over {mail.doubts} times, and no server said what became of it")
        return False
    return True


def _try(parts: Parts, mail: OutgoingMail) -> bool:
    """Hand the mail to the first server that takes it."""
    problems: list[AssistantError] = []
    for relay in relays_for(parts, mail):
        copy_to = copy_address(parts, relay.name)
        if not parts.ledger.outgoing.begin(mail.key, via=relay.name, copied=copy_to is not None):
            return False
        try:
            relay.send(mail, copy_to=copy_to)
        except UncertainDeliveryError as error:
            _doubt(parts, mail, error)
            return False
        except (TransientError, SignInError, ConfigError, RefusedMailError) as error:
            note_trouble(parts, relay, error)
            problems.append(error)
        else:
            _took(parts, mail, relay)
            return True
    _wait(parts, mail, problems)
    return False


def _took(parts: Parts, mail: OutgoingMail, relay: Relay) -> None:
    now = parts.clock()
    wait = timedelta(minutes=parts.config.smtp.look_after_min)
    parts.ledger.outgoing.sent(mail.key, now, keep_at=now + wait)
    if relay.is_first:
        first_is_back(parts)
    parts.health.delivery_problem = ""
    log.info("mail_sent", kind=mail.kind, message_id=mail.message_id, via=relay.name)


def _doubt(parts: Parts, mail: OutgoingMail, error: UncertainDeliveryError) -> None:
    """Let the mail wait until it can be looked for."""
    now = parts.clock()
    minutes = parts.config.smtp.look_after_min
    if not can_look(parts, mail):
        minutes = _RETRY_MIN[min(mail.doubts, len(_RETRY_MIN) - 1)] if is_urgent(mail) else parts.config.smtp.unsure_min
    parts.ledger.outgoing.uncertain(mail.key, now + timedelta(minutes=minutes), str(error), now=now)
    _note(parts, mail, error, minutes)


def _wait(parts: Parts, mail: OutgoingMail, problems: list[AssistantError]) -> None:
    """Let the mail wait for its next try; where every server refused it for good, there is none."""
    if not problems:
        parts.ledger.outgoing.look_again(mail.key, parts.clock() + timedelta(minutes=_RETRY_MIN[0]))
        return
    if all(isinstance(one, RefusedMailError) for one in problems):
        give_up(parts, mail, str(problems[-1]))
        return
    minutes = _RETRY_MIN[min(mail.attempts, len(_RETRY_MIN) - 1)]
    parts.ledger.outgoing.retry(mail.key, parts.clock() + timedelta(minutes=minutes), str(problems[0]))
    _note(parts, mail, problems[0], minutes)


def _note(parts: Parts, mail: OutgoingMail, error: Exception, minutes: float) -> None:
    parts.health.delivery_problem = str(error)
    log.warning("mail_delayed", kind=mail.kind, message_id=mail.message_id, error=type(error).__name__, minutes=minutes)
