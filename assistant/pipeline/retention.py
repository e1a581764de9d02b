"""What is kept no longer: by age each night, or of one patient by a person's word."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.errors import MessageError

import structlog

from assistant.errors import AssistantError, LedgerError, StorageError
from assistant.ledger import Plan, forget_aside
from assistant.pipeline.parts import Parts
from assistant.records import SpooledMail

log = structlog.get_logger()
_YEAR = timedelta(days=365.25)


def purge_aged(parts: Parts) -> Plan | None:
    """Let go what has been kept long enough, and the bytes of what went before; return it, None where none is due.

    What goes wrong is kept in `parts.health`, from where the next digest tells it; the next night goes on.
    """
    now, purging = parts.clock(), parts.ledger.purging
    try:
        plan = plan_of_age(parts, now)
        if plan.is_empty and not purging.is_unclean():
            return None
        purging.purge(plan, now)
        is_clean = purging.clean(parts.clock())
        forget_aside(parts.config.assistant.ledger, parts.config.backup.keep_days, now)
    except (LedgerError, StorageError, OSError) as error:
        parts.health.purge_problem = str(error) if isinstance(error, AssistantError) else type(error).__name__
        log.error("purge_failed", problem=parts.health.purge_problem)
        return None
    parts.health.purge_problem = "" if is_clean else "other programs held the ledger"
    log.info("purged", tasks=len(plan.tasks), mails=len(plan.mails), ours=len(plan.ours), clean=is_clean)
    return plan


def plan_of_age(parts: Parts, now: datetime) -> Plan:
    """Return what the settings let go now."""
    chosen = parts.config.retention

    def before(span: timedelta) -> datetime | None:
        return now - span if span else None

    return parts.ledger.purging.plan_aged(
        mails_before=before(timedelta(days=chosen.raw_mail_days)),
        tasks_before=before(chosen.tasks_years * _YEAR),
        audit_before=before(chosen.audit_years * _YEAR),
    )


def plan_of_patient(parts: Parts, name: str) -> Plan:
    """Return all that names a patient: tasks, the mails they rest on, and every mail in or out that names them.

    Each mail is read anew for it: that takes a while, and is done by a person's word only.
    """
    words = name.casefold().split()
    ledger, purging = parts.ledger, parts.ledger.purging
    mails, ours = purging.unpurged()
    naming = [key for key in mails if (mail := ledger.spool.mail(key)) and _names(_text(parts, mail), words)]
    showing = [key for key in ours if _names(_text_of_ours(purging.words_of_ours(key)), words)]
    return purging.plan_of(ledger.search.numbers(words), naming, showing)


def plan_of_mail(parts: Parts, start_of_key: str) -> Plan:
    """Return one mail, and the closed tasks that it opened."""
    keys = [key for key in parts.ledger.purging.unpurged()[0] if key.startswith(start_of_key)]
    numbers = {number for key in keys for number in parts.ledger.book.opened_by(key)}
    return parts.ledger.purging.plan_of(numbers, keys)


def _names(text: str, words: list[str]) -> bool:
    """Return whether a text has these words, each as one of its own: "Ann" is not in "Annual"."""
    found = {"".join(char for char in word if char.isalnum()) for word in text.casefold().split()}
    return bool(words) and all("".join(char for char in word if char.isalnum()) in found for word in words)


def _text(parts: Parts, mail: SpooledMail) -> str:
    try:
        message = parts.room.read(mail)
    except (AssistantError, MessageError, OSError):
        # Too large, too slow, or broken: then what its parts say, as bare as they are.
        return _bare_text(mail.content)
    sender = f"{message.sender.name} {message.sender.email}" if message.sender else ""
    return f"{message.subject} {sender} {message.text}"


def _bare_text(content: bytes) -> str:
    """Return a mail's bytes, and those of its parts as they were before they were packed for the way."""
    told = [content]
    try:
        for part in message_from_bytes(content, policy=policy.compat32).walk():
            packed = part.get_payload(decode=True)
            told += [packed] if isinstance(packed, bytes) else []
    except (MessageError, ValueError, LookupError):
        # What could be told before stands.
        pass
    return "\n".join(one.decode("utf-8", "replace") for one in told)


def _text_of_ours(content: bytes) -> str:
    message = message_from_bytes(content, policy=policy.default)
    body = message.get_body(preferencelist=("plain",))
    return str(body.get_content()) if body is not None else content.decode("utf-8", "replace")
