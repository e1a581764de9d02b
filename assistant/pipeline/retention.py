"""What is kept no longer: by age each night, or of one patient by a person's word."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.errors import MessageError
from unicodedata import combining, normalize

import structlog

from assistant.errors import AssistantError, LedgerError, StorageError, UnreadableMailError
from assistant.ledger import Plan, forget_aside
from assistant.pipeline.parts import Parts
from assistant.records import SpooledMail

log = structlog.get_logger()
_YEAR = timedelta(days=365.25)
_WORD = re.compile(r"[^\W_]+")


def purge_aged(parts: Parts, aged_at: datetime | None = None) -> Plan | None:
    """Let go what has been kept long enough, and the bytes of what went before; return it, None where none is due.

    For how long is counted up to `aged_at`; None: up to now. What goes wrong is kept in `parts.health`, from where the
    next digest tells it; the next night goes on.
    """
    now, purging = parts.clock(), parts.ledger.purging
    aged_at = aged_at or now
    try:
        # Whatever a person lets go of stands in these as well, also where nothing goes by age.
        forget_aside(parts.config.assistant.ledger, parts.config.backup.keep_days, aged_at)
        plan = plan_of_age(parts, aged_at)
        if plan.is_empty and not purging.is_unclean():
            parts.health.purge_problem = ""
            return None
        plan = purging.purge(plan, now)
        is_clean = purging.clean(parts.clock())
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
    ledger, is_named = parts.ledger, named_by(name)
    mails, ours = ledger.purging.unpurged()
    naming = [key for key in mails if (mail := ledger.spool.mail(key)) and is_named(_text(parts, mail))]
    showing = [key for key in ours if is_named(_text_of_ours(ledger.search.words_of_ours(key)))]
    # What a task says now is not all: it may have been told by a mail that asked again, or undone since.
    numbers = {number for number, words in ledger.search.words_of_tasks() if is_named(words)}
    return ledger.purging.plan_of(numbers, naming, showing)


def plan_of_mail(parts: Parts, start_of_key: str) -> Plan:
    """Return one mail, the closed tasks that it opened, and the mails of their threads: those quote it.

    Raises:
        UnreadableMailError: There is none whose key begins so, or there are several.

    """
    keys = [key for key in parts.ledger.purging.unpurged()[0] if key.startswith(start_of_key)]
    if len(keys) != 1:
        more = "; write more of the key" if keys else ""
        raise UnreadableMailError(f"{len(keys) or 'no'} mails have a key that begins with {start_of_key}{more}")
    return parts.ledger.purging.plan_of(parts.ledger.book.opened_by(keys[0]), keys)


def named_by(name: str) -> Callable[[str], bool]:
    """Return what tells whether a text has each word of a name as one of its own, whatever case and accents.

    >>> [named_by("Ann Lee")(text) for text in ("LEE, Ann", "Ann Lee's films", "Anna Leeson")]
    [True, True, False]
    """
    wanted = _words(name)
    return lambda text: bool(wanted) and wanted <= _words(text)


def _words(text: str) -> frozenset[str]:
    plain = "".join(char for char in normalize("NFKD", text) if not combining(char))
    return frozenset(_WORD.findall(plain.casefold()))


def _text(parts: Parts, mail: SpooledMail) -> str:
    """Return all that a mail says: also what a reader does not see, and what its attachments and their names say."""
    bare = _bare_text(mail.content)
    try:
        message = parts.room.read(mail)
    except (AssistantError, MessageError, OSError):
        # Too large, too slow, or broken.
        return bare
    people = (*([message.sender] if message.sender else []), *message.to, *message.cc)
    told = [message.subject, message.text, *(f"{one.name} {one.email}" for one in people)]
    told += [f"{one.name} {one.text or ''}" for one in message.attachments]
    return "\n".join((*told, bare))


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
