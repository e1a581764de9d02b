"""Digest -> the page that its templates set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistant.outbox.entries import entry
from assistant.outbox.pages import HelpLines, Lines, Page, section_of, ways_for
from assistant.outbox.reader import House, Reader
from assistant.outbox.wording import (
    balance_words,
    clock_words,
    counted,
    harmless,
    long_day,
    moment_words,
    numbers,
)
from assistant.records import Digest, QuarantinedMail, Task

_SHOWN_HASH = 32
"""Hexadecimal digits: as many as no search finds a second time. The mail's header holds all of them."""
_MOST_NUMBERS = 5
_CROWD = (
    "They sent so many at once that I call nobody about these. "
    "`ack` with a number takes one up, and its sender is known from then on."
)
_CALLED = "Nobody has acknowledged these since."
_NEWCOMERS = (
    "I do not know who wrote these, and call nobody but you about them. "
    "`ack` with a number takes one up, and its sender is known from then on."
)
_LOOK = "I am not sure of these; one word of yours settles each."


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    count: int
    name: str
    is_alarm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPage(Page):
    number: int
    counts: tuple[str, ...]
    """For the subject; nothing but numbers in them."""
    tiles: tuple[Tile, ...]
    balance: str
    late: str
    warnings: tuple[str, ...]
    lists: tuple[Lines, ...]
    snoozed: str
    ways: HelpLines
    audit: str
    """How long the audit is and its last hash, to be compared with it one day."""


def digest_page(digest: Digest, house: House, most: int) -> DigestPage:
    """Return the digest's page with at most `most` tasks in each section: mailboxes cut what is too long."""
    person, reader = digest.person, house.reader(digest.person, digest.now)
    to_chase = sum(entry(task, reader).is_overdue for task in digest.waiting)
    sections = (
        section_of("Overdue", digest.overdue, reader, most, is_alarm=True),
        section_of("You were called about", digest.called, reader, most, is_alarm=True, lead=_CALLED),
        section_of("Due today", digest.today, reader, most),
        section_of("Next", digest.later, reader, most),
        section_of("Waiting for others", digest.waiting, reader, most),
        section_of("Needs a look", digest.needs_look, reader, most, lead=_LOOK),
        section_of("From senders who are new", digest.newcomers, reader, most, lead=_NEWCOMERS),
    )
    return DigestPage(
        organisation=house.organisation,
        language=person.language,
        title=f"Digest {digest.number}",
        subtitle=f"{long_day(digest.local_day)}, for {harmless(person.name)}",
        sections=tuple(section for section in sections if section.entries),
        number=digest.number,
        counts=_counts(digest, to_chase),
        tiles=(
            Tile(count=len(digest.overdue), name="overdue", is_alarm=bool(digest.overdue)),
            Tile(count=len(digest.today), name="today"),
            Tile(count=len(digest.later), name="next"),
            Tile(count=len(digest.waiting), name="waiting"),
            Tile(count=len(digest.needs_look), name="to look at"),
        ),
        balance=balance_words(digest.balance, digest.now, reader.zone),
        late=_late(digest),
        warnings=tuple(harmless(one) for one in digest.warnings),
        lists=_lists(digest, reader, most),
        snoozed=f"{counted(digest.snoozed, 'task')} snoozed until a later day." if digest.snoozed else "",
        ways=ways_for(digest.listed),
        audit=_audit(digest),
    )


def _lists(digest: Digest, reader: Reader, most: int) -> tuple[Lines, ...]:
    unreadable = Lines(
        name="Not read in full",
        lines=tuple(_unreadable(mail, reader) for mail in digest.unreadable[:most]),
        left_out=max(0, len(digest.unreadable) - most),
        lead="Please open these mails yourself.",
    )
    closed = Lines(
        name="Closed since the last digest",
        lines=tuple(_closed(task, reader) for task in digest.closed[:most]),
        left_out=max(0, len(digest.closed) - most),
    )
    return tuple(lines for lines in (_strangers(digest, most), unreadable, closed) if lines.lines)


def _strangers(digest: Digest, most: int) -> Lines:
    """Return a line for each sender of a flood, those with the fewest tasks first: one is likelier to be meant."""
    senders: dict[str, list[int]] = {}
    for task in sorted(digest.strangers, key=lambda task: task.number):
        email = harmless(task.stranger.email) if task.stranger is not None else ""
        senders.setdefault(email or "no address", []).append(task.number)
    lines = [
        f"{counted(len(found), 'task')} from {email}: {numbers(found, _MOST_NUMBERS)}"
        for email, found in sorted(senders.items(), key=lambda one: (len(one[1]), one[1]))
    ]
    return Lines(
        name="From senders I do not know",
        lines=tuple(lines[:most]),
        left_out=max(0, len(lines) - most),
        lead=_CROWD,
    )


def _counts(digest: Digest, to_chase: int) -> tuple[str, ...]:
    counts = (
        (len(digest.overdue), "overdue"),
        (len(digest.called), "you were called about"),
        (len(digest.today), "due today"),
        (to_chase, "to chase"),
        (len(digest.needs_look), "to look at"),
        (len(digest.newcomers), "from new senders"),
        (len(digest.unreadable), "not read in full"),
    )
    return tuple(f"{count} {name}" for count, name in counts if count)


def _audit(digest: Digest) -> str:
    if digest.head is None or not digest.head.count:
        return ""
    entries = "1 entry" if digest.head.count == 1 else f"{digest.head.count} entries"
    return f"Audit: {entries}, {digest.head.hash[:_SHOWN_HASH]}"


def _late(digest: Digest) -> str:
    # The first digest comes when the assistant is started; that is not late.
    if not digest.is_late or digest.number == 1 or digest.person.digest_at is None:
        return ""
    zone = digest.person.calendar.zone
    usual = datetime.combine(digest.local_day, digest.person.digest_at, zone)
    return f"This digest comes late: it was due at {clock_words(usual, zone)}."


def _unreadable(mail: QuarantinedMail, reader: Reader) -> str:
    came = moment_words(mail.received_at, reader.now, reader.zone)
    sender = f" from {harmless(mail.sender)}" if mail.sender else ""
    return f"Came {came} to {harmless(mail.account)}{sender}: {harmless(mail.reason)}"


def _closed(task: Task, reader: Reader) -> str:
    by = "by you" if reader.person.is_at(task.changed_by) else f"by {reader.name_of(task.changed_by)}"
    return f"#{task.number} {entry(task, reader).whole_title}: {task.state} {by}"
