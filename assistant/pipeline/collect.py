"""Occasion 1: new mail is fetched and committed."""

from __future__ import annotations

import structlog

from assistant.parse import content_key
from assistant.pipeline.parts import Parts

log = structlog.get_logger()


def collect(parts: Parts, account: str) -> int:
    """Commit what is new in one mailbox, each mail before the next is asked for; return how many mails were new.

    Raises:
        TransientError: The server does not answer; what was fetched so far is committed.
        SignInError: It refuses us.
    """
    spool, new = parts.ledger.spool, 0

    def seen_up_to(folder: str, uidvalidity: int) -> int:
        return spool.highest_uid(account, folder, uidvalidity)

    for raw in parts.mailboxes[account].fetch_new(seen_up_to, spool.is_known):
        new += spool.store(raw, content_key(raw.content), parts.clock())
        if parts.stop.is_set():
            break
    parts.health.looked_at[account] = parts.clock()
    if new:
        log.info("mail_collected", account=account, new=new)
    return new
