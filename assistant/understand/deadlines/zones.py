"""A zone's name in a mail -> its IANA zone. `EST` in July means Eastern clocks, as people mean it."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from assistant.understand.deadlines import borders
from assistant.understand.deadlines.pieces import Zone
from assistant.understand.deadlines.places import place_at
from assistant.understand.deadlines.tokens import Tokens

_EASTERN: Final = "America/New_York"
_CENTRAL: Final = "America/Chicago"
_MOUNTAIN: Final = "America/Denver"
_PACIFIC: Final = "America/Los_Angeles"
_ALASKA: Final = "America/Anchorage"
_HAWAII: Final = "Pacific/Honolulu"

_SHORT: Final = {
    **dict.fromkeys(("et", "est", "edt"), _EASTERN),
    **dict.fromkeys(("ct", "cst", "cdt"), _CENTRAL),
    **dict.fromkeys(("mt", "mst", "mdt"), _MOUNTAIN),
    **dict.fromkeys(("pt", "pst", "pdt"), _PACIFIC),
    **dict.fromkeys(("akst", "akdt"), _ALASKA),
    "hst": _HAWAII,
    "bst": "Europe/London",
    "ist": "Asia/Kolkata",
    **dict.fromkeys(("cet", "cest"), "Europe/Paris"),
    **dict.fromkeys(("utc", "gmt", "z"), "UTC"),
}
_NAMED: Final = {
    "eastern": _EASTERN,
    "central": _CENTRAL,
    "mountain": _MOUNTAIN,
    "pacific": _PACIFIC,
    "alaska": _ALASKA,
    "hawaii": _HAWAII,
    "arizona": "America/Phoenix",
    "este": _EASTERN,
    "centro": _CENTRAL,
    "montana": _MOUNTAIN,
    "pacifico": _PACIFIC,
}
# "10 am PT eval" and "2 pm CT scan" are a visit and a picture.
_TREATMENTS: Final = frozenset(
    {"abd", "abdomen", "angio", "chest", "consult", "contrast", "eval", "evaluation", "guided", "head", "of", "order"}
    | {"pelvis", "scan", "scanner", "session", "sim", "slot", "treatment", "visit", "with", "and", "w", "appt", "to"}
    | {"appointment", "gym", "department", "dept", "saw", "comes", "screening", "results", "images", "surgery"}
)
_AFTER_CENTRAL: Final = frozenset(
    {"access", "intake", "line", "lines", "registration", "scheduling", "sterile", "supply"}
)
_US_WORDS: Final = frozenset({"eastern", "central", "mountain", "pacific"})
_TWO_LETTERS: Final = frozenset({"ct", "et", "mt", "pt", "z"})


_HOURS_AND_MINUTES: Final = 4
_MOST_OFFSET_H: Final = 14
_OURS: Final = frozenset({"our", "my"})
_YOURS: Final = frozenset({"your"})
_TOWN_LEADS: Final = (("hora", "de"), ("in",))
_SURE: Final = frozenset({"time", "zone", "end", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "utc", "gmt"})


@cache
def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)


def zone_at(tokens: Tokens, place: int) -> tuple[int, Zone] | None:
    """Return the zone that is named at `place`, right after a clock time, and the place behind it."""
    if offset := offset_at(tokens, place):
        return offset
    start = place
    in_brackets = tokens.word(place) == "("
    place += in_brackets
    found = _whose_at(tokens, place) or _town_at(tokens, place) or _named_at(tokens, place, in_brackets=in_brackets)
    if found is None:
        return None
    end, zone = found
    return (end + (in_brackets and tokens.word(end) == ")"), zone) if end > start else None


def offset_at(tokens: Tokens, place: int) -> tuple[int, Zone] | None:
    """Read the `Z` or `-05:00` that machines write right behind a clock time."""
    if not tokens.is_glued(place):
        return None
    if tokens[place].raw == "Z" and borders.ends(tokens, place + 1):
        return place + 1, Zone(UTC)
    sign = {"+": 1, "-": -1}.get(tokens.word(place))
    # Without seconds, 15:00-17:00 is a range.
    has_seconds = tokens.word(place - 2) == ":" and tokens.word(place - 4) == ":"
    if sign is None or not has_seconds or not tokens.is_glued(place + 1):
        return None
    hours, end = tokens.value(place + 1), place + 2
    minutes = 0
    if tokens.word(end) == ":" and tokens.is_glued(end + 1):
        minutes, end = tokens.value(end + 1), end + 2
    elif len(tokens.word(place + 1)) == _HOURS_AND_MINUTES:
        hours, minutes = divmod(hours, 100)
    if not (0 <= hours <= _MOST_OFFSET_H and 0 <= minutes < 60 and borders.ends(tokens, end)):  # noqa: PLR2004
        return None
    return end, Zone(timezone(sign * timedelta(hours=hours, minutes=minutes)))


def zone_behind_day(tokens: Tokens, place: int) -> tuple[int, Zone] | None:
    """Return the zone named behind the day of an hour: "3 pm Friday our time"; only what cannot be anything else."""
    found = zone_at(tokens, place + (tokens.word(place) == ","))
    is_sure = found is not None and (tokens.word(found[0] - 1) in _SURE or tokens.word(found[0] - 2) in _SURE)
    return found if is_sure else None


def _whose_at(tokens: Tokens, place: int) -> tuple[int, Zone] | None:
    """Read "our time", "my time zone", "your time", "local time", "hora nuestra": whose clocks are meant."""
    step = place + (tokens.word(place) in {"in", "on", "at"})
    whose = tokens.word(step)
    if whose in _OURS | _YOURS and tokens.word(step + 1) in {"time", "timezone", "end", "clock"}:
        end = step + 2 + (tokens.word(step + 2) in {"zone", "here"})
        return end, Zone(None, is_readers=whose in _YOURS)
    if tokens.has(step, "local", "time") or tokens.has(step, "hora", "local"):
        return step + 2, Zone(None, is_readers=True)
    if tokens.word(place) in {"hora", "horario"} and tokens.word(place + 1) in {"nuestra", "nuestro", "de"}:
        is_ours = tokens.word(place + 1) != "de" or tokens.word(place + 2) in {"aqui", "aca"}
        return (place + 2 + (tokens.word(place + 1) == "de"), Zone(None)) if is_ours else None
    return None


def _town_at(tokens: Tokens, place: int) -> tuple[int, Zone] | None:
    """Read "Chicago time", "hora de Denver", "in Phoenix"."""
    for lead in _TOWN_LEADS:
        if tokens.has(place, *lead):
            found = place_at(tokens, place + len(lead))
            return (found[0], Zone(found[1])) if found else None
    found = place_at(tokens, place)
    is_time = found is not None and tokens.word(found[0]) in {"time", "local"}
    return (found[0] + 1 + (tokens.word(found[0] + 1) == "time"), Zone(found[1])) if found and is_time else None


def _named_at(tokens: Tokens, start: int, *, in_brackets: bool) -> tuple[int, Zone] | None:
    place = start
    if tokens.has(place, "hora", "de", "la") or tokens.has(place, "hora", "de", "el"):
        place += 3
    elif tokens.has(place, "hora", "del"):
        place += 2
    elif tokens.word(place) == "hora":
        place += 1
    word = tokens.word(place)
    if word in _NAMED:
        is_said = in_brackets or start != place or word in _US_WORDS
        is_said = is_said or tokens.word(place + 1) in {"time", "standard", "daylight"}
        end = place + 1
        while tokens.word(end) in {"standard", "daylight", "time"}:
            end += 1
        return (end, Zone(_zone(_NAMED[word]))) if is_said and tokens.word(end) not in _AFTER_CENTRAL else None
    # "3pm est" is typed in haste; two letters in lower case are no zone.
    if word not in _SHORT or (word in _TWO_LETTERS and not tokens[place].raw.isupper()):
        return None
    if word in _TWO_LETTERS and tokens.word(place + 1) in _TREATMENTS:
        return None
    return place + 1 + (tokens.word(place + 1) == "time"), Zone(_zone(_SHORT[word]))
