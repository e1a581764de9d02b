"""A folded text -> the days and hours that it speaks of, and the text without any time in it.

Days by which something is due are left out: they may change while the request stays the same. "By Thursday" is such a
day, "Thursday's echo" is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.decide.duplicates.lexicon import MONTHS, WEEKDAYS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_TIME = re.compile(
    rf"\b(?:(?P<next>next |the following |proximo )?(?P<weekday>{_WEEKDAY})\b\.?"
    rf"|(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?\b(?!:)"
    rf"|(?P<day2>\d{{1,2}}) (?:de |of )?(?P<month2>{_MONTH})\b"
    r"|(?P<m>\d{1,2})/(?P<d>\d{1,2})(?:/(?P<y>\d{4}|\d{2}))?\b"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})\b"
    r"|(?:the|el) (?P<nth>\d{1,2})(?:st|nd|rd|th)\b"
    r"|(?P<tomorrow>tomorrow|manana)\b"
    r"|(?P<hour>\d{1,2})(?::(?P<minute>\d\d))? ?(?P<half>am\b|pm\b|a\.m\.|p\.m\.)"
    r"|(?P<clock>\d{1,2}:\d\d)\b"
    r"|(?P<noon>noon|midnight)\b"
    r"|today|tonight|hoy|eod|cob|asap|stat\b|end of (?:the )?(?:day|week|month|business)|close of business"
    r"|(?P<after>in \d{1,3} (?:week|month|year)s?)\b"
    r"|(?:with)?in (?:the next )?\d{1,3} (?:business |working )?(?:minutes?|hours?|hrs?|days?|weeks?))"
)
_DUE = re.compile(
    r"\b(?:by|before|until|till|til|due|than|deadline|antes|hasta|latest|eod|cob|end of (?:the )?day|"
    r"close of business)\b"
    r"[\s,:]{0,2}(?:(?:on|the|this|next|of|del|el|morning|afternoon|noon|tomorrow|today|is|at|around|about) ?|"
    r"\d{1,2}(?::\d\d)? ?(?:am|pm) ?(?:on )?){0,3}$"
)
_OWNED = re.compile(r"['’]?s? ?(?:['’]s|appointment|visit|surgery|procedure|clinic|case|slot)\b")
_AROUND = 44
_WEEK = 7
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    spoken_of: frozenset[str]
    """Days in ISO form where they can be told, hours as "15:30"; as written where not."""
    rest: str
    """The text without its times."""


def times_in(folded: str, said_on: date | None) -> Times:
    """Return the times of a text that was written on `said_on`."""
    found: set[str] = set()
    kept: list[str] = []
    start = 0
    for match in _TIME.finditer(folded):
        kept.append(folded[start : match.start()])
        start = match.end()
        is_due = _DUE.search(folded, max(0, match.start() - _AROUND), match.start()) is not None
        if not is_due or _OWNED.match(folded, match.end()):
            found.update(_time(match, said_on))
    kept.append(folded[start:])
    return Times(spoken_of=frozenset(found), rest=" ".join(kept))


def _time(match: re.Match[str], said_on: date | None) -> set[str]:
    said = match.groupdict()
    if said["weekday"]:
        return {_weekday(said["weekday"], said_on, is_next=said["next"] is not None)}
    if said["month"] or said["month2"]:
        month, day = MONTHS[said["month"] or said["month2"]], int(said["day"] or said["day2"])
        return {_dated(said["year"], month, day, said_on)}
    if said["m"]:
        return {_dated(said["y"], int(said["m"]), int(said["d"]), said_on)}
    if said["iso"]:
        return {said["iso"]}
    if said["nth"]:
        return {_nth(int(said["nth"]), said_on)}
    if said["tomorrow"]:
        return {(said_on + timedelta(days=1)).isoformat() if said_on else "tomorrow"}
    return _clock(said)


def _clock(said: dict[str, str]) -> set[str]:
    if said["hour"]:
        hour = int(said["hour"]) % 12 + (12 if said["half"].startswith("p") else 0)
        return {f"{hour}:{said['minute'] or '00'}"}
    if said["after"]:
        return {said["after"].rstrip("s")}
    if said["noon"]:
        return {"12:00" if said["noon"] == "noon" else "0:00"}
    # "Today" and "asap" say how soon, not of which day.
    return {said["clock"].lstrip("0")} if said["clock"] else set()


def _weekday(name: str, said_on: date | None, *, is_next: bool) -> str:
    number = WEEKDAYS[name]
    if said_on is None:
        return f"{'next ' if is_next else ''}{number}"
    if is_next:
        monday = said_on + timedelta(days=_WEEK - said_on.weekday())
        return (monday + timedelta(days=number)).isoformat()
    return (said_on + timedelta(days=(number - said_on.weekday()) % _WEEK)).isoformat()


def _dated(year: str | None, month: int, day: int, said_on: date | None) -> str:
    if year is None and said_on is None:
        return f"{month}-{day}"
    chosen = int(year) if year else (said_on.year if said_on else 0)
    try:
        found = date(chosen + 2000 if chosen < 100 else chosen, month, day)  # noqa: PLR2004 - "26" is 2026
    except ValueError:
        return f"{month}-{day}"
    if year is None and said_on is not None and (said_on - found).days > 180:  # noqa: PLR2004 - half a year
        found = found.replace(year=found.year + 1, day=min(found.day, 28))
    return found.isoformat()


def _nth(day: int, said_on: date | None) -> str:
    if said_on is None:
        return f"day {day}"
    month, year = said_on.month, said_on.year
    if day < said_on.day:
        year, month = (year + 1, 1) if month == _MONTHS_A_YEAR else (year, month + 1)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return f"day {day}"
