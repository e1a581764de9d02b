"""A mail's header fields -> subject, ids, date and addresses. Nothing here raises, whatever the fields hold."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.message import Message as MimeMessage
from email.utils import parsedate_to_datetime
from functools import cached_property

from assistant.parse.addresses import first_email, mailboxes
from assistant.parse.charsets import header_text, visible
from assistant.records import Address

_MAX_RECIPIENTS = 500
_MAX_REFERENCES = 100
_MAX_HEADER = 100_000
_MAX_FROM = 2_000
_FOLD = re.compile(rb"\r?\n[ \t]")
_DAY = timedelta(hours=24)
_ID = re.compile(r"<([^<>\s]{1,500})>")


class Headers:
    """The fields of one mail as they were written, found by name; a field that is there twice is there twice."""

    def __init__(self, mime: MimeMessage) -> None:
        self._fields: dict[str, list[str]] = {}
        for name, value in mime.raw_items():
            self._fields.setdefault(name.strip().lower(), []).append(str(value)[:_MAX_HEADER])

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._fields)

    def raw(self, name: str) -> str:
        return self._fields.get(name, [""])[0]

    def every(self, name: str) -> list[str]:
        return self._fields.get(name, [])

    def text(self, name: str) -> str:
        raw = self.raw(name)
        return header_text(raw) if raw else ""

    @cached_property
    def subject(self) -> str:
        return self.text("subject")[:1000]

    @property
    def message_id(self) -> str | None:
        found = _ID.search(self.raw("message-id"))
        bare = "".join(self.raw("message-id").split()).strip("<>")
        return found[1] if found else visible(bare)[:500] or None

    @property
    def in_reply_to(self) -> str | None:
        found = _ID.search(self.raw("in-reply-to"))
        return found[1] if found else None

    @property
    def references(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_ID.findall(self.raw("references"))))[-_MAX_REFERENCES:]

    @cached_property
    def sender(self) -> Address | None:
        """The one well-formed address of the one From; None otherwise: who is obeyed must not be a matter of taste."""
        fields = self.every("from")
        if len(fields) != 1 or "\x00" in fields[0]:
            return None
        boxes = mailboxes(fields[0])
        return boxes[0].address if len(boxes) == 1 and boxes[0].is_strict else None

    @cached_property
    def to(self) -> tuple[Address, ...]:
        return self._recipients("to")

    @cached_property
    def cc(self) -> tuple[Address, ...]:
        return self._recipients("cc")

    def _recipients(self, name: str) -> tuple[Address, ...]:
        found = (box.address for field in self.every(name) for box in mailboxes(field))
        return tuple(dict.fromkeys(address for address in found if address))[:_MAX_RECIPIENTS]

    def dated(self) -> datetime | None:
        """Return the Date field with its own offset; None where it is no date."""
        return date_of(self.raw("date"))


def sender_of(content: bytes) -> str:
    r"""Return the address in the first From of a mail that cannot be parsed; "" where there is none.

    >>> sender_of(b"Subject: x\r\nFrom: Ruth\r\n <ruth@surgery.example>\r\n\r\nhello")
    'ruth@surgery.example'
    """
    head = content[: _end_of_head(content)]
    # Of each mail that comes only this is read before it is stored: no other line is looked at.
    start = (b"\n" + head.lower().replace(b"\r", b"\n")).find(b"\nfrom:")
    if start < 0:
        return ""
    # Unfolded, three bytes become one.
    unfolded = _FOLD.sub(b" ", head[start + 5 : start + 3 * _MAX_FROM])
    field = b"".join(unfolded.splitlines()[:1])[:_MAX_FROM]
    return first_email(field.decode("utf-8", "replace"))


def _end_of_head(content: bytes) -> int:
    """Return where the first empty line begins."""
    end = content.find(b"\n\r\n", 0, _MAX_HEADER)
    limit = end + 1 if end >= 0 else _MAX_HEADER
    shorter = content.find(b"\n\n", 0, limit)
    return shorter if shorter >= 0 else limit


def date_of(value: str) -> datetime | None:
    """Return the instant an RFC 5322 date names; one without an offset counts as UTC.

    >>> date_of("Tue, 10 Mar 2026 08:17:00 -0500").isoformat()
    '2026-03-10T08:17:00-05:00'
    >>> date_of("soon")
    """
    try:
        moment = parsedate_to_datetime(value[:200])
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment


def sent_at(dated: datetime | None, received_at: datetime) -> datetime:
    """Return when the mail counts as written: its own date where that is within a day of `received_at`."""
    return dated if dated is not None and abs(dated - received_at) <= _DAY else received_at
