"""A mail whose sending was cut off -> whether it left; a sent mail -> its copy in the Sent folder.

Absence tells something only where a copy had to be: in our Sent folder, where the server that took the mail puts one
there by itself; in our own INBOX, where a blind copy went to ourselves. A recipient's INBOX that we read can show that
a mail arrived, never that it did not: they may have moved it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Literal

import structlog

from assistant.config import AccountSettings
from assistant.errors import AssistantError
from assistant.pipeline.parts import Parts
from assistant.records import OutgoingMail

log = structlog.get_logger()
Verdict = Literal["left", "did not leave", "cannot tell", "could not look"]
_BATCH = 20
_KEEP_AGAIN = timedelta(minutes=10)
_SLOW = timedelta(hours=1)
_KEEP_FOR = timedelta(days=1)
"""After so long without a way into it, the Sent folder goes without a mail."""
_DAY = timedelta(days=1)
_FOUND: dict[str, Literal["us", "unknown"]] = {"us?": "us", "unknown": "unknown"}
"""Who put a copy into Sent that we find there, by what we know of it before: else the server did."""


def whereabouts(parts: Parts, mail: OutgoingMail) -> Verdict:
    """Look for a mail by its Message-ID wherever it would be."""
    told, missed = False, False
    for account, look, absence_tells in _places(parts, mail):
        try:
            found = look()
        except AssistantError as error:
            log.warning("mail_not_looked_for", account=account, message_id=mail.message_id, problem=str(error))
            missed = True
            continue
        if found:
            return "left"
        told = told or (absence_tells and found is not None)
    if told:
        return "did not leave"
    return "could not look" if missed else "cannot tell"


def can_look(parts: Parts, mail: OutgoingMail) -> bool:
    """Return whether there is any place where the mail could be seen."""
    return any(True for _ in _places(parts, mail))


def copy_address(parts: Parts, via: str) -> str | None:
    """Return where a blind copy of a mail goes, or None where none is needed to see later whether it left."""
    ours, wanted = parts.config.assistant.address, parts.config.smtp.copy_to_self
    if wanted == "auto":
        # A person's own mailbox is not filled with what goes to others.
        is_persons = any(person.is_at(ours) for person in parts.people())
        is_of_use = _own(parts) is not None and not is_persons and not parts.ledger.outgoing.server_keeps(via)
        return ours if is_of_use else None
    return ours if wanted == "yes" else None


def keep_copies(parts: Parts) -> None:
    """Look for what was sent in our Sent folder, and put there what the server did not: never two copies."""
    own, trouble = _own(parts), False
    for mail in parts.ledger.outgoing.to_keep(parts.clock(), _BATCH):
        if own is None:
            parts.ledger.outgoing.kept(mail.key, "nobody")
            continue
        try:
            # Where one fails, so would the others: each would cost its time-out, and mail has to leave.
            if not trouble:
                _keep(parts, own.name, mail)
                continue
        except AssistantError as error:
            log.warning("copy_not_kept", account=own.name, message_id=mail.message_id, problem=str(error))
            trouble = True
        if parts.clock() - (mail.sent_at or mail.prepared_at) > _KEEP_FOR:
            parts.ledger.outgoing.kept(mail.key, "nobody")
        else:
            parts.ledger.outgoing.keep_later(mail.key, parts.clock() + _KEEP_AGAIN)


def _keep(parts: Parts, account: str, mail: OutgoingMail) -> None:
    copies, outgoing = parts.copies[account], parts.ledger.outgoing
    found = copies.in_sent(mail.message_id, (mail.prepared_at - _DAY).date())
    if found:
        outgoing.kept(mail.key, _FOUND.get(mail.kept, "server"))
    elif found is None or parts.config.smtp.keep_sent == "no":
        outgoing.kept(mail.key, "nobody")
    elif _may_still_come(parts, mail):
        outgoing.keep_later(mail.key, parts.clock() + _KEEP_AGAIN)
    else:
        outgoing.keeping(mail.key)
        copies.keep(mail.content, mail.sent_at or parts.clock())
        outgoing.kept(mail.key, "us")


def _may_still_come(parts: Parts, mail: OutgoingMail) -> bool:
    """Return whether a server that puts copies there by itself is merely slow today."""
    is_early = parts.clock() - (mail.sent_at or mail.prepared_at) < _SLOW
    is_usual = parts.config.smtp.keep_sent == "auto" and parts.ledger.outgoing.server_keeps(mail.via)
    return is_early and is_usual and mail.kept != "us?"


def _places(parts: Parts, mail: OutgoingMail) -> Iterator[tuple[str, Callable[[], bool | None], bool]]:
    """Yield an account, the look into one of its folders, and whether it tells anything that the mail is not there."""
    since = (mail.prepared_at - _DAY).date()
    own = _own(parts)
    if own is not None:
        mine = parts.copies[own.name]
        yield own.name, lambda: mine.in_sent(mail.message_id, since), parts.ledger.outgoing.server_keeps(mail.via)
        if mail.is_copied:
            yield own.name, lambda: mine.in_inbox(mail.message_id, since), True
    for account in parts.config.accounts:
        if account.name in parts.copies and account != own and _is_of(account, mail.recipient):
            theirs = parts.copies[account.name]
            yield account.name, lambda: theirs.in_inbox(mail.message_id, since), False  # noqa: B023 - called at once


def _own(parts: Parts) -> AccountSettings | None:
    """Return the account that our mails leave from: by its user's name, or else the assistant's own mailbox."""
    known = [account for account in parts.config.accounts if account.name in parts.copies]
    names = {parts.config.assistant.address.lower(), parts.config.smtp.user.lower()} - {""}
    named = (account for account in known if account.user.lower() in names)
    return next(named, next((account for account in known if account.kind == "forwarded"), None))


def _is_of(account: AccountSettings, email: str) -> bool:
    return email in (account.user.lower(), account.person if account.kind == "inbox" else "")
