"""Pieces -> a phrase: what says one time together ("Friday the 14th at 2p ET"), a slot for each kind of piece."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from assistant.understand.deadlines.pieces import (
    Clock,
    CloseOfDay,
    DayPiece,
    Length,
    Part,
    Piece,
    Span,
    Weekday,
    Zone,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Pieces that say one time together."""

    start: int
    """Number of its first token."""
    end: int
    """Number of the token behind it."""
    weekday: Weekday | None = None
    day: DayPiece | None = None
    clock: Clock | None = None
    part: Part | None = None
    close: CloseOfDay | None = None
    zone: Zone | None = None
    offset: Length | None = None
    """What is counted from the anchor: "two days before"."""
    anchor: Phrase | None = None
    point: date | datetime | None = None
    """The anchor's time, where other sentences say it."""
    begin: Phrase | None = None
    """Of a range; the phrase itself is its end."""

    @property
    def has_day(self) -> bool:
        return bool(self.weekday or self.day or self.offset)

    @property
    def is_weak(self) -> bool:
        """True where nothing in it is a time for certain."""
        if self.offset or self.close or self.zone or (self.part and (self.part.is_this or self.has_day or self.clock)):
            return False
        pieces = [piece for piece in (self.weekday, self.day, self.clock) if piece]
        return len(pieces) <= 1 and all(getattr(piece, "is_weak", False) for piece in pieces)

    @property
    def is_bare_length(self) -> bool:
        """True for "2 days" without "in" or "ago": only a command means a time by it."""
        return isinstance(self.day, Length) and self.day.way == "bare"


def extended(phrase: Phrase, piece: Piece, end: int) -> Phrase | None:
    """Return the phrase with `piece` in its slot, up to the token `end`; None where the slot is taken."""
    match piece:
        case Clock():
            is_free = phrase.clock is None and not (piece.is_weak and phrase.close)
            longer = replace(phrase, end=end, clock=piece)
        case Part():
            is_free, longer = phrase.part is None, replace(phrase, end=end, part=piece)
        case CloseOfDay():
            is_free = phrase.close is None and not isinstance(phrase.day, Span | Length)
            longer = replace(phrase, end=end, close=piece)
        case Zone():
            is_free = phrase.zone is None and phrase.clock is not None
            longer = replace(phrase, end=end, zone=piece)
        case Weekday():
            is_free = phrase.weekday is None and phrase.offset is None and _takes_weekday(phrase.day)
            longer = replace(phrase, end=end, weekday=piece)
        case Length(way="before" | "after"):
            is_free, longer = not phrase.has_day, replace(phrase, end=end, offset=piece)
        case _:
            is_free, longer = _takes_day(phrase, piece), replace(phrase, end=end, day=piece)
    return longer if is_free else None


def _takes_day(phrase: Phrase, piece: DayPiece) -> bool:
    if phrase.day is not None or phrase.offset is not None or (phrase.weekday and not _takes_weekday(piece)):
        return False
    # "at 3 for 2 hours": a length that no word makes a time joins none.
    is_alone = phrase.clock is None and phrase.part is None and phrase.close is None
    if isinstance(piece, Length) and piece.way == "bare":
        return is_alone
    return not (phrase.close and isinstance(piece, Span))


def _takes_weekday(day: DayPiece | None) -> bool:
    """Return whether a weekday can say the same day: "Friday next week", "in a week, on Thursday"."""
    if isinstance(day, Span):
        return day.unit == "week" and (day.edge == "whole" or day.later > 0)
    return day.way == "in" if isinstance(day, Length) else True
