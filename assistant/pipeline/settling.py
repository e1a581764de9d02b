"""What is decided of one mail -> the ledger; and one mail's trouble, which takes no other with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import structlog

from assistant.errors import LedgerError, SlowMailError, StorageError, UnreadableMailError, place_of
from assistant.ledger import ATTEMPTS, HeldAnswer, MailFacts
from assistant.parse import sender_of
from assistant.pipeline.acquaintances import met_by_tasks
from assistant.pipeline.parts import Parts
from assistant.pipeline.purse import is_used_up, next_day
from assistant.records import Decision, LedgerEvent, Message, Reading, SpooledMail

log = structlog.get_logger()
_RESTS = (timedelta(minutes=1), timedelta(minutes=10))
"""How long a mail rests after its first and second failure: what troubled us may pass."""
_Result = TypeVar("_Result")


def settle(
    parts: Parts,
    message: Message,
    decision: Decision,
    reading: Reading | None,
    *,
    held: HeldAnswer | None = None,
    met: tuple[str, ...] = (),
) -> bool:
    def all_met(new: Sequence[LedgerEvent]) -> tuple[str, ...]:
        return (*met, *(met_by_tasks(parts, new) if decision.state == "answer" else ()))

    mails = [parts.rendered(notice) for notice in decision.notices]
    read = facts(parts, message, reading)
    new = parts.ledger.settle(message.key, decision, mails, read, parts.clock(), held=held, met=all_met)
    if new is not None:
        log.info("mail_settled", mail=message.key, state=decision.state, events=len(new), answers=len(mails))
    return new is not None


def facts(parts: Parts, message: Message, reading: Reading | None) -> MailFacts:
    now = parts.clock()
    again_at = now + timedelta(minutes=parts.config.model.read_again_min)
    if is_used_up(parts):
        again_at = next_day(parts.config, now)
    if reading is not None and reading.problems:
        message = replace(message, problems=tuple(dict.fromkeys([*message.problems, *reading.problems])))
    return MailFacts(
        message=message,
        thread=parts.ledger.spool.thread_of(message.thread_ids, message.key),
        reading=reading,
        read_again_at=again_at if reading is not None and reading.read_again else None,
    )


def quarantine(parts: Parts, key: str, problem: str, *, why: str) -> None:
    """Hand a mail to a person; then look who wrote it: should that kill us, it waits for a person all the same."""
    if not parts.ledger.spool.quarantine(key, problem, parts.clock()):
        # Its second reading failed: what the rules found in it stands.
        return
    log.error("mail_quarantined", mail=key, why=why)
    mail = parts.ledger.spool.mail(key)
    if mail is not None and (sender := sender_of(mail.content)):
        parts.ledger.quarantine.note_sender(key, sender, parts.clock())


def rest_after(mail: SpooledMail) -> timedelta:
    """Return how long a mail rests should the try that begins now fail."""
    return _RESTS[min(mail.attempts, len(_RESTS) - 1)]


def guarded(parts: Parts, key: str, work: Callable[[], _Result]) -> _Result | None:
    """Return what `work` returns; None where it fails, which must take no other mail with it.

    A mail that cannot be read goes to a person at once. Any other trouble leaves it waiting, and its attempts count;
    but where the ledger itself fails, the others would fare no better.
    """
    parts.health.steps["receive"] += 1
    try:
        return work()
    except UnreadableMailError as error:
        quarantine(parts, key, str(error), why="unreadable")
    except (LedgerError, StorageError):
        raise
    except SlowMailError as error:
        log.warning("mail_slow", mail=key)
        if (mail := parts.ledger.spool.mail(key)) is not None and mail.attempts >= ATTEMPTS:
            quarantine(parts, key, str(error), why="slow")
    except Exception as error:  # noqa: BLE001 - one bad mail must not stop the others
        log.error("mail_failed", mail=key, error=type(error).__name__, place=place_of(error))
    return None
