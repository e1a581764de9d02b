"""A zone's name in a mail -> its IANA zone. `EST` in July means Eastern clocks, as people mean it."""

from __future__ import annotations

from datetime import UTC, tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

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


@cache
def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)


def zone_at(tokens: Tokens, place: int) -> tuple[int, tzinfo] | None:
    """Return the zone that is named at `place`, right after a clock time, and the place behind it."""
    start = place
    in_brackets = tokens.word(place) == "("
    if in_brackets:
        place += 1
    if tokens.has(place, "hora", "de", "la") or tokens.has(place, "hora", "de", "el"):
        place += 3
    elif tokens.has(place, "hora", "del"):
        place += 2
    elif tokens.word(place) == "hora":
        place += 1
    word = tokens.word(place)
    if word in _NAMED:
        is_said = start != place or tokens.word(place + 1) in {"time", "standard", "daylight"} or word in _US_WORDS
        end = place + 1
        while tokens.word(end) in {"standard", "daylight", "time"}:
            end += 1
        is_line = tokens.word(end) in _AFTER_CENTRAL
        return (_behind(tokens, end, in_brackets=in_brackets), _zone(_NAMED[word])) if is_said and not is_line else None
    # "3pm est" is typed in haste; two letters in lower case are no zone.
    if word not in _SHORT or (word in _TWO_LETTERS and not tokens[place].raw.isupper()):
        return None
    if word in _TWO_LETTERS and tokens.word(place + 1) in _TREATMENTS:
        return None
    end = place + 1 + (tokens.word(place + 1) == "time")
    return _behind(tokens, end, in_brackets=in_brackets), _zone(_SHORT[word])


def _behind(tokens: Tokens, end: int, *, in_brackets: bool) -> int:
    return end + (in_brackets and tokens.word(end) == ")")
