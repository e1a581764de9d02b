"""Days by their names: today, tomorrow, Friday, next Tuesday, Thursday week, el viernes, pasado mañana."""

from __future__ import annotations

from typing import Final

from assistant.understand.deadlines import borders
from assistant.understand.deadlines.lexicon import (
    MONTHS,
    RECURRING,
    RELATIVE_DAYS,
    TITLES,
    WEAK_WEEKDAYS,
    WEEKDAYS,
)
from assistant.understand.deadlines.numbers import count_at
from assistant.understand.deadlines.pieces import Reading, Relative, Weekday, Which
from assistant.understand.deadlines.tokens import Tokens

_WHICH: Final[dict[str, Which]] = {
    **dict.fromkeys(("this", "coming", "este", "esta"), "this"),
    **dict.fromkeys(("next", "following"), "next"),
    **dict.fromkeys(("proximo", "proxima"), ""),
    **dict.fromkeys(("last", "past", "previous", "ultimo", "pasado"), "last"),
}
_LONGEST_SHORT_NAME: Final = 5
_MOST_WEEKS: Final = 52
_TYPED_WITH_2: Final = {"morrow": Relative(1), "moro": Relative(1), "mrw": Relative(1), "nite": Relative(0, "night")}
_IN_MORE_WORDS: Final = (
    (("day", "after", "tomorrow"), 2),
    (("day", "before", "yesterday"), -2),
    (("this", "time", "next", "week"), 7),
    (("pasado", "manana"), 2),
)
_NO_TOMORROW: Final = frozenset({"la", "esta", "media", "una", "cada", "buena"})
"""Words before `mañana` that make it a morning."""
STARTS: Final = (
    WEEKDAYS.keys()
    | RELATIVE_DAYS.keys()
    | _WHICH.keys()
    | {"tonight", "tonite", "the", "day", "dia", "pasado", "same", "mismo"}
)


def relative_day_at(tokens: Tokens, place: int) -> Reading:
    """Read today, tomorrow, tonight, the day after tomorrow, pasado mañana."""
    word, following = tokens.word(place), tokens.word(place + 1)
    if tokens[place].kind == "number":
        return (place + 2, _TYPED_WITH_2[following]) if word == "2" and following in _TYPED_WITH_2 else None
    start = place + (word == "the")
    if tokens.word(start) in {"day", "pasado", "this"}:
        for words, days in _IN_MORE_WORDS:
            if tokens.has(start, *words):
                return start + len(words), Relative(days)
    if word in {"tonight", "tonite"}:
        return place + 1, Relative(0, "night")
    # "Next day" is tomorrow only where a command or "by" makes it a day: "next-day delivery" is none.
    is_next_day = tokens.word(start) in {"next", "following"} and tokens.word(start + 1) == "day"
    is_next_day = is_next_day or tokens.has(start, "dia", "siguiente")
    if is_next_day and borders.stands_alone(tokens, start + 2):
        return start + 2, Relative(1, is_weak=True)
    is_morning = word == "manana" and tokens.word(place - 1) in _NO_TOMORROW
    if word not in RELATIVE_DAYS or is_morning or is_after_title(tokens, place):
        return None
    return place + 1, Relative(RELATIVE_DAYS[word])


def weekday_at(tokens: Tokens, place: int) -> Reading:
    """Read Friday, this Friday, next Tues., Thursday week, el viernes que viene."""
    named, which = place, _WHICH.get(tokens.word(place))
    if which is not None:
        named += 1 + (tokens.word(place + 1) in {"coming", "upcoming"})
    word = tokens.word(named)
    if word not in WEEKDAYS or tokens.word(named - 1) in RECURRING or is_after_title(tokens, named):
        return None
    end, later = _behind_name(tokens, named), 0
    if tokens.word(end) in {"week", "wk"} and borders.stands_alone(tokens, end + 1):
        end, later = end + 1, 1
    elif tokens.has(end, "que", "viene"):
        end += 2
    elif tokens.word(end) in {"proximo", "entrante"}:
        end += 1
    elif tokens.word(end) == "pasado" and tokens.word(end + 1) != "manana":
        end, which = end + 1, "last"
    return end, Weekday(WEEKDAYS[word], which or "", later, is_weak=word in WEAK_WEEKDAYS and which is None)


def weekdays_ahead_at(tokens: Tokens, place: int) -> Reading:
    """Read "two Sundays from now"."""
    counted = count_at(tokens, place)
    if counted is None or not 1 <= counted[1] <= _MOST_WEEKS:
        return None
    named = tokens.word(counted[0])
    weekday = WEEKDAYS.get(named, WEEKDAYS.get(named.removesuffix("s")))
    if weekday is None or tokens.word(counted[0] + 1) != "from" or tokens.word(counted[0] + 2) not in {"now", "today"}:
        return None
    return counted[0] + 3, Weekday(weekday, "", counted[1] - 1)


def _behind_name(tokens: Tokens, place: int) -> int:
    """Return the place behind a weekday's name and the stop of its short form: "Tues. at 3"."""
    end = place + 1
    is_short = len(tokens.word(place)) <= _LONGEST_SHORT_NAME and tokens.word(end) == "." and tokens.is_glued(end)
    follows = tokens[end + 1]
    starts_sentence = follows.raw[:1].isupper() and follows.text not in MONTHS
    return end + (is_short and follows.kind != "end" and not starts_sentence)


def is_after_title(tokens: Tokens, place: int) -> bool:
    """Return whether a title stands before `place`: Dr. Friday is a person."""
    before = place - 1 - (tokens.word(place - 1) == ".")
    word = tokens.word(before)
    return word in {"dr", "ms", "mr", "mrs", "dra", "sra"} or (word in TITLES and tokens[before].raw[:1].isupper())
