"""A mail of ours -> the ways on which an answer is known as one: its Message-ID, its Reply-To, its links, its foot."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from assistant.outbox.one_touch import Link, link_to
from assistant.outbox.tokens import issue, plus_address, short_code
from assistant.outbox.wording import clean
from assistant.records import Person, ReplyKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who our mails are from."""

    address: str
    name: str
    organisation: str
    names: Mapping[str, str] = field(default_factory=dict)
    """Address in lower case -> name, of those we work for."""
    secret: str = ""
    """Signs what our mails tell of themselves, for a ledger that has to be restored."""
    key: ReplyKey | None = None
    """Makes the tokens by which answers are known; None: our mails carry none."""
    token_days: int = 14
    """Days for which a token holds."""
    plus_addresses: bool = False
    """Whether our server delivers what is sent to our address with a plus and more in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnWays:
    message_id: str
    reply_to: str
    link: Link
    code: str
    """For the foot; empty where there is no key."""


def return_ways(kind: str, recipient: Person, sender: Sender, prepared_at: datetime) -> ReturnWays:
    """Return the ways back for a new mail, with a code of its own and a token that its recipient alone may use."""
    stem, us = f"{kind}.{secrets.token_hex(12)}", clean(sender.address)
    host = us.rpartition("@")[2]
    if sender.key is None:
        return ReturnWays(message_id=f"{stem}@{host}", reply_to=us, link=link_to(us, stem), code="")
    until = (prepared_at + timedelta(days=sender.token_days)).astimezone(UTC).date()
    token = issue(sender.key, recipient=recipient.email, stem=stem, until=until)
    code = short_code(stem, token)
    reply_to = plus_address(us, code) if sender.plus_addresses else us
    return ReturnWays(
        message_id=f"{stem}.{token}@{host}", reply_to=reply_to, link=link_to(reply_to, stem, token), code=code
    )
