"""What the grammar finds in a text before it knows the day: weekdays, clock times, lengths, ends of weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from typing import Literal, NamedTuple

PartName = Literal["opening", "first", "morning", "noon", "afternoon", "evening", "night"]
Unit = Literal["minute", "hour", "day", "workday", "week", "month", "year"]
SpanUnit = Literal["day", "week", "weekend", "month", "quarter", "year"]
Edge = Literal["start", "middle", "last workday", "end", "whole"]
Which = Literal["", "this", "next", "last"]
Half = Literal["", "am", "pm", "24"]
Way = Literal["in", "ago", "after", "before", "bare"]


@dataclass(frozen=True, slots=True)
class Weekday:
    day: int
    """0 is Monday."""
    which: Which = ""
    weeks_later: int = 0
    is_weak: bool = False
    """True where the word alone means something else more often: `sat`, `sun`. So with every `is_weak`."""


@dataclass(frozen=True, slots=True)
class Relative:
    days: int
    """From the reference's day: 0 today, 1 tomorrow."""
    part: PartName | None = None
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class MonthDay:
    month: int
    day: int
    year: int | None = None
    is_weak: bool = False
    is_figures: bool = False
    """True for 6/9: a weekday beside it may tell that the day stands first."""


@dataclass(frozen=True, slots=True)
class DayNumber:
    day: int
    months_later: int | None = None
    """None: the next such day, in whichever month."""
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class NthWeekday:
    nth: int
    """-1 is the last one."""
    weekday: int
    month: int | None
    """None: the month `months_later` than the reference's."""
    year: int | None = None
    months_later: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    unit: SpanUnit
    later: int
    """0 is the running one."""
    edge: Edge = "whole"
    month: int | None = None
    """Of "the end of March"."""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class NamedDay:
    name: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Length:
    amounts: tuple[tuple[int, Unit], ...]
    way: Way = "bare"
    to_reference: bool = False
    """True where it counts from the mail itself: "of this letter"."""
    weekday: int | None = None
    """Of "the Friday before": its amount counts such days."""
    event: str = ""
    """What "before the call" counts from: an event by its name; "" where the words behind it say."""
    is_added: bool = False
    """True for "+2 days", which goes on from the day before it."""


@dataclass(frozen=True, slots=True)
class Clock:
    hour: int
    minute: int = 0
    second: int = 0
    half: Half = ""
    """Empty where the text leaves it open: 1 to 6 are then in the afternoon."""
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    name: PartName
    is_this: bool = False
    """True for "this morning": today's."""


@dataclass(frozen=True, slots=True)
class CloseOfDay:
    """EOD, COB: a day, however it is said."""


@dataclass(frozen=True, slots=True)
class Zone:
    zone: tzinfo | None
    """None: the writer's own, "our time"."""
    is_readers: bool = False
    """True for "your time"."""


DayPiece = Relative | MonthDay | DayNumber | NthWeekday | NamedDay | Span | Length
Piece = DayPiece | Weekday | Clock | Part | CloseOfDay | Zone


class Atom(NamedTuple):
    start: int
    """Number of its first token."""
    end: int
    """Number of the token behind it."""
    piece: Piece


Reading = tuple[int, Piece] | None
"""What a rule says of a place: the token behind what it read, and what that is; None where it does not apply."""
