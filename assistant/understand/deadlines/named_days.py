"""Days that go by a name: Thanksgiving, Christmas Eve, Memorial Day, Año Nuevo."""

from __future__ import annotations

from datetime import date
from typing import Final

from assistant.understand.deadlines.arithmetic import add_days, day_or_none, nth_weekday
from assistant.understand.deadlines.pieces import NamedDay, Reading
from assistant.understand.deadlines.tokens import Tokens

_NAMES: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (("new", "years", "eve"), "new year's eve"),
    (("new", "year", "'", "s", "eve"), "new year's eve"),
    (("new", "years"), "new year"),
    (("new", "year"), "new year"),
    (("new", "year", "'", "s"), "new year"),
    (("ano", "nuevo"), "new year"),
    (("valentine", "'", "s"), "valentine"),
    (("saint", "patrick"), "saint patrick"),
    (("saint", "patrick", "'", "s"), "saint patrick"),
    (("st", ".", "patrick", "'", "s"), "saint patrick"),
    (("st", "patrick", "'", "s"), "saint patrick"),
    (("mlk",), "king"),
    (("martin", "luther", "king"), "king"),
    (("martin", "luther", "king", "jr"), "king"),
    (("martin", "luther", "king", "jr", "."), "king"),
    (("presidents",), "presidents"),
    (("presidents", "'"), "presidents"),
    (("president", "'", "s"), "presidents"),
    (("columbus",), "columbus"),
    (("indigenous", "peoples"), "columbus"),
    (("indigenous", "peoples", "'"), "columbus"),
    (("workers",), "workers"),
    (("workers", "'"), "workers"),
    (("dia", "del", "trabajo"), "labor"),
    (("easter",), "easter"),
    (("good", "friday"), "good friday"),
    (("pascua",), "easter"),
    (("viernes", "santo"), "good friday"),
    (("memorial",), "memorial"),
    (("dia", "de", "los", "caidos"), "memorial"),
    (("juneteenth",), "juneteenth"),
    (("independence",), "independence"),
    (("labor",), "labor"),
    (("halloween",), "halloween"),
    (("veterans",), "veterans"),
    (("thanksgiving",), "thanksgiving"),
    (("accion", "de", "gracias"), "thanksgiving"),
    (("christmas",), "christmas"),
    (("xmas",), "christmas"),
    (("navidad",), "christmas"),
    (("christmas", "eve"), "christmas eve"),
    (("nochebuena",), "christmas eve"),
)
# "Memorial" is a hospital and "labor" a ward: these want their "Day".
_NEEDS_DAY: Final = frozenset(
    {"memorial", "labor", "independence", "veterans", "valentine", "king", "presidents", "columbus", "workers"}
)
_SPANISH: Final = frozenset({"dia"})
_FIXED: Final = {
    "new year": (1, 1),
    "valentine": (2, 14),
    "saint patrick": (3, 17),
    "workers": (5, 1),
    "juneteenth": (6, 19),
    "independence": (7, 4),
    "halloween": (10, 31),
    "veterans": (11, 11),
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "new year's eve": (12, 31),
}
_FLOATING: Final = {
    "king": (1, 0, 3),
    "presidents": (2, 0, 3),
    "memorial": (5, 0, -1),
    "labor": (9, 0, 1),
    "columbus": (10, 0, 2),
    "thanksgiving": (11, 3, 4),
}
"""Month, weekday and which of them: the third Monday of January."""
_YEARS: Final = range(2000, 2200)
STARTS: Final = frozenset(words[0] for words, _ in _NAMES)
_COMMON: Final = frozenset({"gracias"})
HEARTS: Final = frozenset(max((word for word in words if word not in _COMMON), key=len) for words, _ in _NAMES)
"""A word of each name, one that is rare elsewhere."""
_NAMES_OF: Final = {start: tuple(row for row in _NAMES if row[0][0] == start) for start in STARTS}


def named_day_at(tokens: Tokens, place: int) -> Reading:
    """Read a day that goes by a name, with its year where one stands behind it."""
    matches = [(len(words), name) for words, name in _NAMES_OF.get(tokens.word(place), ()) if tokens.has(place, *words)]
    if not matches:
        return None
    length, name = max(matches)
    end = place + length
    has_day = tokens.word(end) == "day"
    if name in _NEEDS_DAY and not has_day and tokens.word(place) not in _SPANISH:
        return None
    end += has_day
    year = tokens.value(end)
    if year in _YEARS and not tokens[end].lines:
        return end + 1, NamedDay(name, year)
    return end, NamedDay(name)


def day_of(piece: NamedDay, today: date) -> date | None:
    """Return the day in its own year, else the next one on or after `today`."""
    years = (piece.year,) if piece.year else (today.year, today.year + 1)
    days = [_in_year(piece.name, year) for year in years]
    return next((day for day in days if day and (piece.year or day >= today)), None)


def _in_year(name: str, year: int) -> date | None:
    if name in _FIXED:
        return day_or_none(year, *_FIXED[name])
    if year >= date.max.year:
        return None
    if name in {"easter", "good friday"}:
        sunday = _easter(year)
        return sunday if name == "easter" else add_days(sunday, -2)
    month, weekday, nth = _FLOATING[name]
    return nth_weekday(date(year, month, 1), weekday, nth)


def _easter(year: int) -> date:
    """Return the Western Easter Sunday (the anonymous Gregorian computus)."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    corrected = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - corrected + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
