"""When a mail came in, by its own trace headers: content -> datetime. For mailboxes that do not keep the time."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# Our own server's trace headers are the topmost ones, and the first of them is all we look for.
_SEARCHED_BYTES = 64 * 1024
_TRACE = re.compile(rb"^(delivery-date|received):((?:[^\r\n]|\r?\n[ \t]){0,4000})", re.IGNORECASE | re.MULTILINE)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")


def received_at(content: bytes) -> datetime | None:
    r"""Return, in UTC, when the last server took the mail over; None where the mail does not tell.

    Only the topmost of Delivery-Date and Received counts: servers write theirs above what they were given, so all
    below it is the sender's claim.

    >>> mail = b"Received: from a by b; Tue, 10 Mar 2026 09:15:00 -0500\r\nDelivery-Date: never\r\n\r\nHello"
    >>> received_at(mail).isoformat()
    '2026-03-10T14:15:00+00:00'

    """
    headers = _END_OF_HEADERS.split(content[:_SEARCHED_BYTES], maxsplit=1)[0]
    trace = _TRACE.search(headers)
    if trace is None:
        return None
    moment = trace[2].decode("ascii", "replace")
    if trace[1].lower() == b"received":
        moment = moment.rpartition(";")[2]
    try:
        return in_utc(parsedate_to_datetime(" ".join(moment.split())))
    except (ValueError, TypeError, IndexError):
        return None


def in_utc(at: datetime) -> datetime | None:
    """Return a server's time in UTC, which one without a zone is taken for; None where no calendar holds it."""
    try:
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
