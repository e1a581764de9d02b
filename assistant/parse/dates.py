"""The date a mail program writes over a quotation, in English, Spanish, German or French -> an aware instant."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_MONTHS = {
    1: "january jan enero ene januar janner jänner janvier janv",
    2: "february feb febrero februar février fevrier févr fév fevr",
    3: "march mar marzo märz maerz mrz mär mars",
    4: "april apr abril abr avril avr",
    5: "may mayo mai",
    6: "june jun junio juni juin",
    7: "july jul julio juli juillet juil",
    8: "august aug agosto ago août aout",
    9: "september sep sept septiembre septembre setiembre",
    10: "october oct octubre oktober okt octobre",
    11: "november nov noviembre novembre",
    12: "december dec diciembre dic dezember dez décembre decembre déc",
}
_MONTH = {name: number for number, names in _MONTHS.items() for name in names.split()}
_NAME = "|".join(sorted(_MONTH, key=len, reverse=True))
_ISO = re.compile(r"(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s{{1,3}}(?:de\s)?({_NAME})\.?,?\s{{1,3}}(?:de\s)?(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(rf"\b({_NAME})\.?\s{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(\d{{4}})(?!\d)", re.IGNORECASE)
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?!\d)")
_TIME = re.compile(
    r"(?<![\d.])(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?![\d:])\s{0,3}(?:(a|p)\.?\s?m\b\.?)?", re.IGNORECASE
)
_OFFSET = re.compile(r"(?:(?:GMT|UTC)\s?)?([+-])(\d{2}):?(\d{2})\b")
_ZONE = re.compile(r"\b(UTC|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|AKST|AKDT|HST|CET|CEST|MEZ|MESZ|EET|EEST)\b")
_HOURS = {
    "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "AKST": -9, "AKDT": -8, "HST": -10, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3,
}  # fmt: skip
_CENTURY = 100
_NOON = 12


def has_date(text: str) -> bool:
    """Tell whether a full date, with its year, stands in the text."""
    return any(pattern.search(text) for pattern in (_ISO, _DAY_MONTH, _MONTH_DAY, _DOTTED, _SLASHED))


def quoted_date(text: str, *, near: datetime, day_first: bool = False) -> datetime | None:
    """Return the instant that the line over a quotation names; None where it names none.

    Args:
        text: What the mail program wrote.
        near: When the quoting mail was sent: gives the offset where none is written; and no quotation is younger.
        day_first: How to read 3/4/2026 where both ways are possible.

    >>> sent = datetime.fromisoformat("2026-03-11T09:00:00-05:00")
    >>> quoted_date("On Tue, Mar 10, 2026 at 8:17 AM Dana Whitlock <dana@clinic.example> wrote:", near=sent).isoformat()
    '2026-03-10T08:17:00-05:00'

    """
    for year, month, day, end in _days(text, near, day_first=day_first):
        hour, minute, second = _time(text, end)
        try:
            return datetime(_full(year), month, day, hour, minute, second, tzinfo=_zone(text, near))
        except (ValueError, OverflowError):
            continue
    return None


def _days(text: str, near: datetime, *, day_first: bool) -> list[tuple[int, int, int, int]]:
    """Return the possible readings as (year, month, day, where the date ends), the likeliest first."""
    if match := _ISO.search(text):
        return [(int(match[1]), int(match[2]), int(match[3]), match.end())]
    if match := _DAY_MONTH.search(text):
        return [(int(match[3]), _MONTH[match[2].lower()], int(match[1]), match.end())]
    if match := _MONTH_DAY.search(text):
        return [(int(match[3]), _MONTH[match[1].lower()], int(match[2]), match.end())]
    if match := _DOTTED.search(text):
        return [(int(match[3]), int(match[2]), int(match[1]), match.end())]
    if match := _SLASHED.search(text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        readings = [(year, first, second, match.end()), (year, second, first, match.end())]
        if day_first:
            readings.reverse()
        return sorted(readings, key=lambda one: _is_after(one, near))
    return []


def _is_after(reading: tuple[int, int, int, int], near: datetime) -> bool:
    try:
        return datetime(_full(reading[0]), reading[1], reading[2], tzinfo=near.tzinfo) > near + timedelta(days=1)
    except (ValueError, OverflowError):
        return True


def _full(year: int) -> int:
    return year + 2000 if year < _CENTURY else year


def _time(text: str, start: int) -> tuple[int, int, int]:
    """Return the time of day beside the date; midnight where none is written."""
    match = _TIME.search(text, start) or _TIME.search(text[:start])
    if match is None:
        return 0, 0, 0
    hour = int(match[1])
    if match[4]:
        hour = hour % _NOON + (_NOON if match[4].lower() == "p" else 0)
    return hour, int(match[2]), int(match[3] or 0)


def _zone(text: str, near: datetime) -> tzinfo:
    if match := _OFFSET.search(text):
        minutes = int(match[2]) * 60 + int(match[3])
        if minutes < 24 * 60:
            return timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes))
    if match := _ZONE.search(text):
        return timezone(timedelta(hours=_HOURS[match[1]]))
    return near.tzinfo or UTC
