"""A mail of ours that never arrives -> who hears of it: the administrator; of an escalation, who is next in line."""

from __future__ import annotations

import hashlib

import structlog

from assistant.pipeline.parts import Parts
from assistant.records import EscalationCall, Notice, OutgoingMail, Person

log = structlog.get_logger()
_INSTEAD = "escalation-instead"


def give_up(parts: Parts, mail: OutgoingMail, problem: str) -> bool:
    """Commit that a mail does not arrive, together with the mails that this makes us owe.

    Returns False, and changes nothing, where that was committed before. `problem` holds nothing of the mail's words.
    """
    with parts.ledger.turn():
        owed = [parts.rendered(notice) for notice in _notices(parts, mail, problem)]
        is_new = parts.ledger.give_up(mail.key, problem, owed, parts.clock())
    if is_new:
        log.error("mail_undelivered", kind=mail.kind, message_id=mail.message_id, others_told=len(owed))
    return is_new


def _notices(parts: Parts, mail: OutgoingMail, problem: str) -> list[Notice]:
    recipient = next((person for person in parts.people() if person.is_at(mail.recipient)), None)
    instead = _instead(parts, mail, recipient) if mail.kind == "escalation" else None
    return [notice for notice in (instead, _alert(parts, mail, problem, recipient, instead)) if notice is not None]


def _instead(parts: Parts, mail: OutgoingMail, recipient: Person | None) -> Notice | None:
    """Return the call to who stands behind a person that cannot be reached; each is called once for the same matter."""
    tasks = tuple(task for task in parts.ledger.book.numbered(mail.numbers) if task.state == "open")
    if recipient is None or not tasks:
        return None
    matter, unreached = _matter(mail)
    for email in (recipient.backup, recipient.supervisor):
        person = next((one for one in parts.people() if email is not None and one.is_at(email)), None)
        if person is None or person == recipient or person.email == unreached:
            continue
        key = f"{_INSTEAD}:{matter}:{unreached}:{person.email}"
        if parts.ledger.outgoing.has(key):
            continue
        call = EscalationCall(
            person=person,
            now=parts.clock(),
            tasks=tasks,
            step=max(task.escalation_step or 0 for task in tasks),
            is_owner=False,
            unreached=recipient.name,
        )
        return Notice(key=key, content=call)
    return None


def _matter(mail: OutgoingMail) -> tuple[str, str]:
    """Return what names the matter of an escalation, and who was called first."""
    start, _, rest = mail.key.partition(":")
    if start == _INSTEAD:
        matter, unreached, _ = rest.split(":", 2)
        return matter, unreached
    return hashlib.sha256(mail.key.encode()).hexdigest(), mail.recipient


def _alert(
    parts: Parts, mail: OutgoingMail, problem: str, recipient: Person | None, instead: Notice | None
) -> Notice | None:
    """Return the word to the administrator; of a word to the administrator itself there is none."""
    if mail.kind == "alert":
        return None
    lines = [f"The mail {mail.message_id} to {mail.recipient} did not arrive. {problem}"]
    if mail.kind == "escalation":
        called = instead.recipient.email if instead else "nobody: there is no backup or supervisor, or they had it too"
        lines.append(f"It was an escalation. Called instead: {called}.")
    lines.append("Please see whether the address is right, and whether our mail server may write to it.")
    # One word a day for each person and kind of mail: where all is refused, more words help nobody.
    occasion = f"undelivered:{mail.kind}:{mail.recipient}:{parts.clock().date()}"
    heading = f"One {mail.kind} did not arrive"
    return parts.alert(occasion, heading, tuple(lines), but=mail.recipient, otherwise=_behind(parts, recipient))


def _behind(parts: Parts, recipient: Person | None) -> Person | None:
    """Return who hears of a person's lost mail where there is no administrator."""
    emails = (recipient.supervisor, recipient.backup) if recipient else ()
    return next((one for email in emails for one in parts.people() if email is not None and one.is_at(email)), None)
