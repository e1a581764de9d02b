"""Tokens -> pieces with their places: of the rules that apply at a place, the one that reads furthest wins."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Final

from assistant.understand.deadlines import (
    clocks,
    dates,
    day_parts,
    days,
    lengths,
    named_days,
    numbers,
    relations,
    spans,
)
from assistant.understand.deadlines.pieces import Atom, Clock, Reading
from assistant.understand.deadlines.screening import places_to_read
from assistant.understand.deadlines.tokens import Tokens
from assistant.understand.deadlines.zones import zone_at, zone_behind_day

_Rule = Callable[[Tokens, int], Reading]
# Each rule looks at a bounded number of tokens from its place on: that keeps the whole linear.
_RULES: Final[tuple[tuple[_Rule, AbstractSet[str]], ...]] = (
    (spans.close_of_day_at, spans.STARTS),
    (spans.nth_weekday_at, dates.STARTS | numbers.ORDINAL_STARTS | {"last", "ultimo"}),
    (spans.span_at, spans.STARTS),
    (lengths.length_at, lengths.STARTS | numbers.STARTS),
    (relations.until_event_at, relations.STARTS),
    (relations.single_at, relations.STARTS),
    (relations.weekday_before_at, relations.STARTS | numbers.ORDINAL_STARTS),
    (days.relative_day_at, days.STARTS),
    (days.weekday_at, days.STARTS),
    (days.weekdays_ahead_at, numbers.STARTS),
    (dates.month_day_at, dates.STARTS | numbers.ORDINAL_STARTS),
    (dates.day_number_at, dates.STARTS | numbers.ORDINAL_STARTS),
    (named_days.named_day_at, named_days.STARTS),
    (clocks.clock_at, clocks.STARTS | numbers.STARTS),
    (day_parts.part_at, day_parts.STARTS),
)
"""Each rule with the words that it may begin at."""
_OF_FIGURES: Final[tuple[_Rule, ...]] = (
    spans.nth_weekday_at,
    lengths.length_at,
    days.relative_day_at,
    days.weekdays_ahead_at,
    dates.month_day_at,
    dates.day_number_at,
    clocks.clock_at,
)
_OF_WORD: Final[dict[str, tuple[_Rule, ...]]] = {
    word: tuple(rule for rule, starts in _RULES if word in starts)
    for word in frozenset[str]().union(*(row[1] for row in _RULES))
}


def atoms_in(tokens: Tokens, *, day_first: bool) -> list[Atom]:
    """Return the pieces of a text in order, none overlapping another."""
    atoms: list[Atom] = []
    end, has_clock = 0, False
    for place in places_to_read(tokens):
        found = atom_at(tokens, place, day_first=day_first) if place >= end else None
        if found is None:
            continue
        end, piece = found
        atoms.append(Atom(place, end, piece))
        has_clock = has_clock or isinstance(piece, Clock)
        # A zone belongs to an hour: "3 pm our time", "3 pm Friday our time".
        zone = (zone_at if isinstance(piece, Clock) else zone_behind_day)(tokens, end) if has_clock else None
        if zone is not None:
            atoms.append(Atom(end, zone[0], zone[1]))
            end = zone[0]
    return atoms


def atom_at(tokens: Tokens, place: int, *, day_first: bool) -> Reading:
    """Return the piece that begins at `place`, read as far as any rule reads."""
    longest: Reading = None
    if tokens[place].kind == "number":
        # Dates in figures come first: of 3/14 and a bare 3 that read as far, the date is meant.
        longest, rules = dates.figures_at(tokens, place, day_first=day_first), _OF_FIGURES
    else:
        rules = _OF_WORD.get(tokens.word(place), ())
    for rule in rules:
        found = rule(tokens, place)
        if found and (longest is None or found[0] > longest[0]):
            longest = found
    return longest
