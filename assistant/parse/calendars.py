"""An invitation (text/calendar) -> the few lines of it that a person would read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from icalendar import Component
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

_METHODS = {
    "CANCEL": "This event is cancelled.",
    "COUNTER": "Another time is proposed for this event.",
    "REPLY": "Answer to an invitation",
    "REQUEST": "Invitation",
}
_ASKING = frozenset({"", "PUBLISH", "REQUEST"})
_SHOWN = frozenset({"VEVENT", "VTODO"})
_MAX_ENTRIES = 200
_ZONE = "VTIMEZONE"
_PROPERTY = re.compile(r"[A-Za-z0-9-]{1,60}[;:]")
# Below such a line, meeting services write how to join.
_RULE = re.compile(r"[^\w\s]{8,}|_{8,}")


@dataclass(frozen=True, slots=True)
class CalendarText:
    text: str
    """Summary, start, end, place and description of each event, one line each."""
    asked: tuple[str, ...]
    """What an organiser writes to those invited, without how to join a call."""


def calendar_text(text: str) -> CalendarText:
    r"""Return what a calendar says.

    Raises:
        ValueError: It is no calendar.

    >>> found = calendar_text("BEGIN:VEVENT\nSUMMARY:Huddle\nDTSTART;TZID=America/Chicago:20260312T140000\nEND:VEVENT")
    >>> print(found.text)
    Summary: Huddle
    Start: Thursday, March 12, 2026 at 2:00 PM (America/Chicago)
    """
    lines: list[str] = []
    asked: list[str] = []
    for calendar, entries in _calendars(text):
        method = _plain(calendar, "METHOD").upper()
        lines.extend([_METHODS[method]] if method in _METHODS else [])
        for entry in entries:
            lines.extend(f"{title}: {words}" for title, words in _said(entry) if words)
            words = _above_rule(_plain(entry, "DESCRIPTION"))
            asked.extend([words] if words and method in _ASKING else [])
    return CalendarText("\n".join(lines), tuple(asked))


def _calendars(text: str) -> list[tuple[Component, list[Component]]]:
    calendars = Component.from_ical("\r\n".join(_mended(text.split("\n"))), multiple=True)
    return [(one, [entry for entry in one.walk() if entry.name in _SHOWN][:_MAX_ENTRIES]) for one in calendars]


def _mended(lines: list[str]) -> Iterator[str]:
    """Leave out lines that are none, and how zones are defined: moments are told by the clock of the zone they name.

    What is not ended is ended here: of a mail that is too large, only the beginning is at hand.
    """
    begun: list[str] = []
    is_kept = False
    for line in lines:
        if not line.startswith((" ", "\t")):
            name, _, value = line.strip().upper().partition(":")
            is_end = name == "END" and value in begun
            begun += [value] if name == "BEGIN" else []
            is_kept = _ZONE not in begun and (is_end or (name != "END" and _PROPERTY.match(line) is not None))
            while is_end and begun.pop() != value:
                pass
        if is_kept:
            yield line.rstrip("\r")
    yield from (f"END:{name}" for name in reversed(begun) if name != _ZONE)


def _said(entry: Component) -> Iterator[tuple[str, str]]:
    yield "Summary", _plain(entry, "SUMMARY")
    for title, name in (("Start", "DTSTART"), ("End", "DTEND"), ("Due", "DUE")):
        yield title, _when(entry, name)
    if "DURATION" in entry and "DTEND" not in entry:
        yield "Duration", str(_moment(entry["DURATION"]) or "")
    yield "Repeats", "yes" if "RRULE" in entry else ""
    yield "Location", _plain(entry, "LOCATION")
    yield "Status", _plain(entry, "STATUS")
    yield "Description", _plain(entry, "DESCRIPTION")


def _plain(component: Component, name: str) -> str:
    value = component.get(name, "")
    return str(value[0] if isinstance(value, list) else value).strip()


def _when(entry: Component, name: str) -> str:
    """Return a moment in words, with the zone that it is told in."""
    value = entry.get(name)
    value = value[0] if isinstance(value, list) else value
    moment = _moment(value)
    if not isinstance(moment, date):
        return str(value or "")
    day = _day(moment)
    if not isinstance(moment, datetime):
        return _last_day(entry, moment) if name == "DTEND" else day
    zone = _zone(moment, str(value.params.get("TZID", "")))
    return f"{day} at {_clock(moment.time())}" + (f" ({zone})" if zone else "")


def _moment(value: Any) -> object:  # noqa: ANN401 - any property, whole or broken
    try:
        return value.dt
    except (AttributeError, ValueError):
        return None


def _last_day(entry: Component, end: date) -> str:
    """Return the last day of an event of whole days, whose stated end is the day after (RFC 5545, 3.6.1)."""
    start = _moment(entry.get("DTSTART"))
    if isinstance(start, datetime) or not isinstance(start, date) or end <= start:
        return _day(end)
    last = end - timedelta(days=1)
    return _day(last) if last > start else ""


def _day(day: date) -> str:
    return f"{day:%A, %B} {day.day}, {day.year}"


def _zone(moment: datetime, named: str) -> str:
    """Return the zone's name; one of Windows' with the name that everybody else uses."""
    known = str(moment.tzinfo) if moment.tzinfo else ""
    if named in WINDOWS_TO_OLSON:
        return f"{named}, {WINDOWS_TO_OLSON[named]}"
    return named or known


def _clock(moment: time) -> str:
    return f"{moment.hour % 12 or 12}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"  # noqa: PLR2004 - noon


def _above_rule(words: str) -> str:
    found = _RULE.search(words)
    return words[: found.start()].strip() if found else words
