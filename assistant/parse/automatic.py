"""Headers -> why a mail counts as automatic, or None for a person's mail.

No person's mail may be taken for a machine's: then their word would not be obeyed. In doubt it is a person's.
"""

from __future__ import annotations

import re

from assistant.parse.mime import Opened
from assistant.parse.reports import AWAY, report
from assistant.records import Automatic

_NOBODY = re.compile(r"(?:[^@]{0,40}[._-])?(?:no|do[._-]?not)[._-]?reply(?:[+._=-][^@]{0,100})?@", re.IGNORECASE)
_BULK = frozenset({"bulk", "junk"})
_AUTO_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-mail-autoreply")


def automatic(opened: Opened) -> Automatic | None:
    """Return why the mail counts as automatic, None for a person's."""
    submitted = opened.headers.text("auto-submitted").lower().split(";")[0].strip()
    return report(opened, submitted) or _reply(opened, submitted) or _mass(opened)


def _reply(opened: Opened, submitted: str) -> Automatic | None:
    """Recognise what a program wrote in a person's name (RFC 3834)."""
    headers = opened.headers
    if submitted and submitted != "no":
        return "machine" if submitted.startswith(("auto-generated", "auto-notified")) else "auto-reply"
    if any(headers.text(name).lower() not in ("", "no", "false") for name in _AUTO_HEADERS):
        return "auto-reply"
    if headers.text("x-apple-action").lower() == "vacation":
        return "auto-reply"
    # The subject alone proves nothing: people write of vacations. With a program's own header beside it, it does.
    is_marked = (
        "x-auto-response-suppress" in headers
        or "x-ms-exchange-inbox-rules-loop" in headers
        or headers.text("precedence").lower() in (*_BULK, "auto_reply")
        or any(name.startswith("x-ms-exchange-generated") for name in headers.names)
    )
    if headers.text("precedence").lower() == "auto_reply" or (is_marked and AWAY.match(headers.subject)):
        return "auto-reply"
    return None


def _mass(opened: Opened) -> Automatic | None:
    """Recognise mail to many; what a person writes to a list that people write to stays a person's."""
    headers = opened.headers
    if headers.text("precedence").lower() in _BULK:
        return "bulk"
    posts = headers.text("list-post").lower()
    if headers.text("list-unsubscribe") and posts in ("", "no"):
        return "bulk"
    return "machine" if headers.sender and _NOBODY.match(headers.sender.email) else None
