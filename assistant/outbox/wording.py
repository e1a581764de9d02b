"""Moments, days and counts -> the words that a person uses for them. Pure; English, whatever the locale."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.records import Balance, Calendar, Deadline

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY = timedelta(days=1)
_SCHEME = re.compile(
    r"(?<![^\W_])([A-Za-z][A-Za-z\d+.-]{1,20}):(?=//|\\\\)|(?<![^\W_])(javascript|vbscript|mailto|cid|data(?=:\w)):(?=\S)",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\\\\(?=\w)")
_HOST = re.compile(
    r"(?<![\w@.-])(?:www\.[\w.-]{1,200}|(?<=//)[\w.-]{1,200}|(?:[\w-]{1,63}\.){1,8}(?:(?:com|net|org|info|biz|io|co|us|"
    r"gov|edu|mil|app|dev|link|click|site|online|health|care|example|test)(?![\w.-]{0,99}[@\w-])|[a-z]{2,24}(?=[/?#]\w)))",
    re.IGNORECASE,
)
"""A host: behind a scheme, by its first or last part, or before a path. No file's name, and no person's address."""
_PLURALS = {"reply": "replies"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueWords:
    text: str
    is_overdue: bool


def due_words(deadline: Deadline | None, now: datetime, calendar: Calendar) -> DueWords:
    """Return when something is due, as its owner would say it at `now`.

    Raises:
        OverflowError: The deadline lies beyond what the calendar can tell.

    """
    if deadline is None:
        return DueWords(text="no date", is_overdue=False)
    passes = deadline.passes_at(calendar)
    today = now.astimezone(calendar.zone).date()
    day = deadline.local_day(calendar)
    if passes >= now:
        at = clock_words(passes, calendar.zone) if deadline.is_instant else ""
        beyond = day > today + _DAY
        return DueWords(text=f"{day_words(day, today)}{',' if at and beyond else ''} {at}".rstrip(), is_overdue=False)
    return DueWords(
        text=_overdue_words(deadline, (today - day).days, clock_words(passes, calendar.zone)), is_overdue=True
    )


def _overdue_words(deadline: Deadline, days: int, clock: str) -> str:
    if days <= 0:
        return f"since {clock}"
    if days == 1 and deadline.is_instant:
        return f"since yesterday {clock}"
    return f"{counted(days, 'day')} overdue"


def clock_words(moment: datetime, zone: ZoneInfo) -> str:
    """Return the time of day in `zone`.

    >>> from datetime import UTC
    >>> [clock_words(datetime(2026, 3, 10, *at, tzinfo=UTC), ZoneInfo("UTC")) for at in ((15, 30), (8, 0), (12, 0))]
    ['3:30 pm', '8 am', 'noon']
    """
    local = moment.astimezone(zone)
    if local.minute == 0 and local.hour % 12 == 0:
        return "noon" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes} {'am' if local.hour < 12 else 'pm'}"  # noqa: PLR2004 - noon


def day_words(day: date, today: date) -> str:
    near = {today: "today", today + _DAY: "tomorrow", today - _DAY: "yesterday"}
    if day in near:
        return near[day]
    year = f", {day.year}" if day.year != today.year else ""
    return f"{_DAYS[day.weekday()][:3]}, {_MONTHS[day.month - 1][:3]} {day.day}{year}"


def long_day(day: date) -> str:
    return f"{_DAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {day.day}"


def moment_words(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return a moment in `zone`; the day is left out where it is today."""
    day, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    clock = clock_words(moment, zone)
    if day == today:
        return clock
    return f"{day_words(day, today)}{'' if abs((day - today).days) == 1 else ','} {clock}"


def back_words(until: date | datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return when a snooze ends."""
    if isinstance(until, datetime):
        return moment_words(until, now, zone)
    return day_words(until, now.astimezone(zone).date())


def counted(count: int, noun: str) -> str:
    """Return a count with its noun.

    >>> counted(1, "mail"), counted(2, "mail"), counted(0, "reply")
    ('1 mail', '2 mails', '0 replies')
    """
    return f"{count} {noun if count == 1 else _PLURALS.get(noun, noun + 's')}"


def joined(words: Sequence[str], last: str = "and") -> str:
    """Return the words as a list in a sentence.

    >>> joined(["#12", "#14", "#15"])
    '#12, #14 and #15'
    """
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def numbers(found: Sequence[int], most: int = 5) -> str:
    """Return task numbers for a subject, the first `most` of them."""
    shown = ", ".join(f"#{number}" for number in found[:most])
    return f"{shown} and {len(found) - most} more" if len(found) > most else shown


def balance_words(balance: Balance, now: datetime, zone: ZoneInfo) -> str:
    """Return the proof of life: what was read, up to when, and what became of each mail."""
    newest = f" up to {moment_words(balance.newest_at, now, zone)}" if balance.newest_at else ""
    if not balance.read:
        return "No new mail since the last digest." + (f" I read everything{newest}." if newest else "")
    parts = [f"{balance.tasks} with tasks", f"{balance.no_task} without"]
    others = (
        (balance.automatic, f"{balance.automatic} automatic"),
        (balance.answer, f"{counted(balance.answer, 'reply')} to me"),
        (balance.needs_person, f"{balance.needs_person} unreadable (listed below)"),
        (balance.waiting, f"{balance.waiting} still to be read"),
    )
    parts += [words for count, words in others if count]
    places = f" in {balance.mailboxes} mailboxes" if balance.mailboxes > 1 else ""
    return f"Read {counted(balance.read, 'mail')}{places}{newest}: {', '.join(parts)}."


def clean(text: str) -> str:
    r"""Return the text on one line, without what could steer a display or a header.

    Controls, marks of direction, characters without width and halves of characters go.

    >>> clean("Call Rosa\r\nBcc: x \u202egnp")
    'Call Rosa Bcc: x gnp'
    """
    if text.isprintable():
        return " ".join(text.split())
    kept = (" " if char.isspace() else char for char in text if char.isspace() or not _steers(char))
    return " ".join("".join(kept).split())


def harmless(text: str) -> str:
    r"""Return the words of others on one line, cleaned, with nothing in them that a mail program makes a link of.

    Links are shown as they stand, with brackets at the places that make them links; addresses of people stay whole.

    >>> harmless("Sign in at https://portal.payer.example/a?b or www.payer.example, or write to ruth@payer.example")
    'Sign in at https[:]//portal[.]payer[.]example/a?b or www[.]payer[.]example, or write to ruth@payer.example'
    >>> harmless("See \\\\files\\intake and report.pdf")
    'See [\\\\]files\\intake and report.pdf'
    """
    plain = clean(text)
    if "." not in plain and ":" not in plain and "\\" not in plain:
        return plain
    plain = _SHARE.sub("[\\\\\\\\]", _SCHEME.sub(lambda scheme: f"{scheme[0][:-1]}[:]", plain))
    return _HOST.sub(lambda host: host[0].replace(".", "[.]"), plain)


def _steers(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs"}


def shortened(text: str, most: int) -> str:
    """Return the words of others, cut at a word where it is longer than `most` characters.

    >>> shortened("Please call the  pharmacy today", 20)
    'Please call the ...'
    """
    whole = harmless(text)
    if len(whole) <= most:
        return whole
    cut = whole[: most - 4]
    return cut[: cut.rfind(" ") + 1 or len(cut)].rstrip(" ,.;:") + " ..."
