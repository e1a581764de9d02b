"""What a server answers, read at a glance: imaplib's records of FETCH -> mails; None where it is not the usual form.

imapclient reads every answer a character at a time, which took a third of a backlog's processor time. What the usual
servers say to our usual question has one form, which one pattern knows; all else is left to imapclient. And which mails
a question is about, as it lists them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from assistant.intake.received import in_utc

_HEAD = re.compile(
    rb"\d{1,10} \((?:UID (?P<uid>\d{1,10})|RFC822\.SIZE (?P<size>\d{1,18})"
    rb'|INTERNALDATE "(?P<arrived>[^"\\\r\n]{1,40})"|BODY\[\] \{(?P<length>\d{1,18})\}| ){1,12}'
)
_ENVELOPE = re.compile(
    rb"\d{1,10} \((?:UID (\d{1,10})|RFC822\.SIZE (\d{1,18})|INTERNALDATE \"([^\"\\\r\n]{1,40})\"| ){1,8}\)"
)
_MOMENT = re.compile(rb"([ \d]\d)-([A-Z][a-z]{2})-(\d{4}) (\d\d:\d\d:\d\d) ([+-]\d{4})")
_MONTHS = {
    name: f"{number:02}"
    for number, name in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)
}


class Opened(NamedTuple):
    uidvalidity: int
    uidnext: int
    """As it was when the folder was opened; 0 where the server says none."""
    mails: int


class Envelope(NamedTuple):
    size: int
    """Bytes, as the server announces them."""
    received_at: datetime | None
    """In UTC; None where the server's INTERNALDATE is no date."""


class Whole(NamedTuple):
    """A mail as it was handed out in one piece."""

    content: bytes
    size: int
    """Bytes, as the server announces them; more or fewer than came where it is wrong."""
    received_at: datetime | None
    """In UTC; None where the server's INTERNALDATE is no date."""


Told = TypeVar("Told", Envelope, Whole)
AtAGlance = Callable[[Sequence[object]], dict[int, Told] | None]
InFull = Callable[[Mapping[int, Mapping[bytes, object]]], dict[int, Told]]


def whole_mails(records: Sequence[object]) -> dict[int, Whole] | None:
    """Return mails by UID; None where any record is not just as expected.

    Args:
        records: Of `UID FETCH n (RFC822.SIZE INTERNALDATE BODY.PEEK[])`: for each mail what stands before its
            content, with the content, then what stands behind it.

    >>> head = b'1 (UID 7 RFC822.SIZE 2 INTERNALDATE "10-Mar-2026 09:15:00 -0500" BODY[] {2}'
    >>> whole_mails([(head, b"hi"), b")"])[7].received_at.isoformat()
    '2026-03-10T14:15:00+00:00'

    """
    found: dict[int, Whole] = {}
    if len(records) % 2:
        return None
    for record, end in zip(records[::2], records[1::2], strict=True):
        if end != b")" or not isinstance(record, tuple):
            return None
        head, content = record
        told = _HEAD.fullmatch(head)
        if told is None:
            return None
        uid, size, arrived, length = told.groups()
        if uid is None or size is None or arrived is None or length is None or int(length) != len(content):
            return None
        moment = _MOMENT.fullmatch(arrived)
        if moment is None or int(uid) in found:
            return None
        found[int(uid)] = Whole(content, int(size), _in_utc(*moment.groups()))
    return found


def envelopes(records: Sequence[object]) -> dict[int, Envelope] | None:
    """Return sizes and arrivals by UID; None where any record is not just as expected.

    Args:
        records: Of `UID FETCH n (RFC822.SIZE INTERNALDATE)`: a line for each mail.

    >>> envelopes([b'1 (UID 7 RFC822.SIZE 2 INTERNALDATE "10-Mar-2026 09:15:00 -0500")'])[7].size
    2

    """
    found: dict[int, Envelope] = {}
    for record in records:
        told = _ENVELOPE.fullmatch(record) if isinstance(record, bytes) else None
        if told is None:
            return None
        uid, size, arrived = told.groups()
        moment = _MOMENT.fullmatch(arrived) if arrived is not None else None
        if uid is None or size is None or moment is None or int(uid) in found:
            return None
        found[int(uid)] = Envelope(int(size), _in_utc(*moment.groups()))
    return found


def envelopes_in(answer: Mapping[int, Mapping[bytes, object]]) -> dict[int, Envelope]:
    """Return what imapclient read, of those mails that tell their size."""
    found: dict[int, Envelope] = {}
    for uid, data in answer.items():
        size, arrived = data.get(b"RFC822.SIZE"), data.get(b"INTERNALDATE")
        if isinstance(size, int):
            found[uid] = Envelope(size, in_utc(arrived) if isinstance(arrived, datetime) else None)
    return found


def whole_in(answer: Mapping[int, Mapping[bytes, object]]) -> dict[int, Whole]:
    """Return what imapclient read, of those mails that came with their content."""
    contents = ((uid, data.get(b"BODY[]")) for uid, data in answer.items())
    found = {uid: content for uid, content in contents if isinstance(content, bytes)}
    told = envelopes_in(answer)
    return {uid: Whole(content, *told.get(uid, Envelope(len(content), None))) for uid, content in found.items()}


def _in_utc(day: bytes, month: bytes, year: bytes, time: bytes, zone: bytes) -> datetime | None:
    try:
        written = f"{year.decode()}-{_MONTHS[month]}-{int(day):02}T{time.decode()}{zone.decode()}"
        return datetime.fromisoformat(written).astimezone(UTC)
    except (KeyError, ValueError, OverflowError):
        return None


def uid_set(uids: Iterable[int]) -> str:
    """Return UIDs, rising, as a command lists them; neighbours as a range, for a line must not be long.

    >>> uid_set([4, 5, 6, 9, 11, 12])
    '4:6,9,11:12'
    """
    runs: list[list[int]] = []
    for uid in uids:
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(f"{first}:{last}" if last > first else str(first) for first, last in runs)
