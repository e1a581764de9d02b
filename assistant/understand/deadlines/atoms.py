"""Tokens -> pieces with their places: of the rules that apply at a place, the one that reads furthest wins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from assistant.understand.deadlines import clocks, dates, day_parts, days, lengths, named_days, numbers, spans
from assistant.understand.deadlines.pieces import Atom, Clock, Reading, Zone
from assistant.understand.deadlines.tokens import Tokens
from assistant.understand.deadlines.zones import zone_at

# Each rule looks at a bounded number of tokens from its place on: that keeps the whole linear.
_RULES: Final[tuple[Callable[[Tokens, int], Reading], ...]] = (
    spans.close_of_day_at,
    spans.nth_weekday_at,
    spans.span_at,
    lengths.length_at,
    days.relative_day_at,
    days.weekday_at,
    dates.month_day_at,
    dates.day_number_at,
    named_days.named_day_at,
    clocks.clock_at,
    day_parts.part_at,
)
_STARTS: Final = frozenset[str]().union(
    clocks.STARTS,
    dates.STARTS,
    day_parts.STARTS,
    days.STARTS,
    lengths.STARTS,
    named_days.STARTS,
    numbers.ORDINAL_STARTS,
    numbers.STARTS,
    spans.STARTS,
)


def atoms_in(tokens: Tokens, *, day_first: bool) -> list[Atom]:
    """Return the pieces of a text in order, none overlapping another."""
    atoms: list[Atom] = []
    place = 0
    while place < len(tokens):
        found = _longest_at(tokens, place, day_first=day_first)
        if found is None:
            place += 1
            continue
        atoms.append(Atom(place, found[0], found[1]))
        place = found[0]
        if isinstance(found[1], Clock) and (zone := zone_at(tokens, place)):
            atoms.append(Atom(place, zone[0], Zone(zone[1])))
            place = zone[0]
    return atoms


def _longest_at(tokens: Tokens, place: int, *, day_first: bool) -> Reading:
    token = tokens[place]
    if token.kind != "number" and token.text not in _STARTS:
        return None
    # Dates in figures come first: of 3/14 and a bare 3 that read as far, the date is meant.
    longest = dates.figures_at(tokens, place, day_first=day_first)
    for rule in _RULES:
        found = rule(tokens, place)
        if found and (longest is None or found[0] > longest[0]):
            longest = found
    return longest
