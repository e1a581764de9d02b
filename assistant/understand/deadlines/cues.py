"""What the words around a time say of it: a deadline, an event's time, something past, or nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, Literal

from assistant.understand.deadlines import borders
from assistant.understand.deadlines.cue_words import (
    AGREEING,
    ARTICLES,
    ASKED_EVENTS,
    ASKING,
    AT,
    AWAY,
    BEING,
    BETWEEN_CUE_AND_TIME,
    BOOKING,
    BY,
    CLAUSE_STOPS,
    CLAUSE_WORDS,
    DETERMINERS,
    DROP_IN,
    ENSURING,
    EVENTS,
    EXTENDING,
    FILLERS,
    FINE,
    FOR,
    HEADINGS,
    IS,
    LEAVING,
    LIMITS_BEHIND,
    MUST,
    NEEDING,
    PAST,
    PAST_VERBS,
    PLEASED,
    READYING,
    STARTS,
    STATES,
    SUBJECTS,
    THANKS,
    UNTIL,
)
from assistant.understand.deadlines.lengths import GRANTING
from assistant.understand.deadlines.phrases import Phrase
from assistant.understand.deadlines.pieces import DayNumber, Length, MonthDay, Span, Weekday
from assistant.understand.deadlines.tokens import Tokens

Cue = Literal["deadline", "at", "event", "past", "none"]
"""`at`: only "on" or "at" stands before it, so it is the time of whatever the sentence is about."""

_MOST_WORDS_BACK: Final = 12
_MOST_CUE_WORDS: Final = 4
_MOST_AGREEING: Final = 6
_ANTES: Final = ["que", "de", "antes"]


def cue_of(tokens: Tokens, phrase: Phrase) -> Cue:
    """Return what the words around the phrase make of it."""
    before = _words_before(tokens, phrase.start)
    if _is_past(tokens, phrase):
        return "past"
    if _is_called_off(tokens, phrase, before):
        return "event"
    return "deadline" if _is_deadline(tokens, phrase, before) else _unmarked(tokens, phrase, before)


def _unmarked(tokens: Tokens, phrase: Phrase, before: list[str]) -> Cue:
    """Return what a time is that no deadline's word marks."""
    nearest = [word for word in before if word not in FILLERS]
    link = nearest[0] if nearest else ""
    said = _linked(link, before) if link in FOR else None
    # "Book the van for Monday's clinic" is Monday's; "I need the list for Monday's clinic" tells which list.
    if said == "at" or (said == "deadline" and not _names_thing(tokens, phrase)):
        return said
    # What has a deadline's word here was judged to be none: "out until Monday", but "stop by Friday" asks.
    # "Send it anytime from 3/16 to 3/20": a range begins, and its end is asked for.
    is_range = phrase.begin is not None and link == "from" and not (AWAY | {"open", "hours"}) & set(before)
    is_other = link in STARTS | BY - {"by"} or _dates_thing(tokens, phrase)
    if said or _names_thing(tokens, phrase) or _is_courtesy(before) or (is_other and not is_range):
        return "event"
    # "I'm at the other site through Wednesday" tells of an absence.
    if link in {"through", "thru"} and IS & set(before):
        return "event"
    is_linked = link in AT | {"by"} or is_range
    if _tells_event(nearest[is_linked:]):
        return "event"
    return "at" if is_linked else "none"


def _dates_thing(tokens: Tokens, phrase: Phrase) -> bool:
    """Return whether the date belongs to the noun before it: "the letter of March 3", "la nota del 3 de mayo"."""
    is_date = isinstance(phrase.day, MonthDay | DayNumber)
    is_of = tokens.word(phrase.start - 1) in {"of", "del", "de"}
    # "The week of March 23" is a time itself.
    return is_date and is_of and tokens.word(phrase.start - 2) not in {"week", "wk", "semana"}


def _tells_event(nearest: list[str]) -> bool:
    """Return whether the words right before a time are an event or say that one takes place."""
    word = nearest[0] if nearest else ""
    # "We will be closed Friday" asks for nothing; "it has to be faxed Friday" does.
    if word in AWAY and nearest[1:3] == ["be", "will"]:
        return True
    # "I leave Friday" tells of the writer.
    if word in LEAVING and nearest[1:2] in (["i"], ["we"]):
        return True
    if word in STATES:
        return bool(IS & set(nearest[1:4])) and not ENSURING & set(nearest[1:])
    # "Please draw at 6", "transfer her on Friday": here they are what is asked.
    if word in ASKED_EVENTS and (len(nearest) == 1 or nearest[1] in ASKING):
        return False
    return word in EVENTS | BEING


def _is_courtesy(before: list[str]) -> bool:
    """Return whether a time belongs to a greeting or thanks: "see you Friday", "nice talking to you today"."""
    for following, word in pairwise(before):
        # What is thanked for "in advance" is yet to be done.
        if following in CLAUSE_STOPS | {"advance"}:
            return False
        is_thanks = word in THANKS and following in {"for", "you", "por"}
        if is_thanks or (word in PLEASED and following.endswith("ing")):
            return True
    return before[:2] == ["you", "see"]


def _words_before(tokens: Tokens, place: int) -> list[str]:
    """Return the words of the clause before `place`, the nearest first."""
    words: list[str] = []
    for step in range(place - 1, max(place - 1 - _MOST_WORDS_BACK, -1), -1):
        token = tokens[step]
        if borders.ends_sentence(tokens, step) or tokens[step + 1].lines > 1:
            break
        words.append(token.text)
    return words


def _is_past(tokens: Tokens, phrase: Phrase) -> bool:
    if isinstance(phrase.day, Length) and phrase.day.way == "ago":
        return True
    if isinstance(phrase.weekday, Weekday) and phrase.weekday.which == "last":
        return True
    place = phrase.start - 1
    while tokens.word(place) in {":", "the", "el", "(", "on", "de"}:
        place -= 1
    return tokens.word(place) in PAST


def _is_called_off(tokens: Tokens, phrase: Phrase, before: list[str]) -> bool:
    """Return whether the words say "not Friday" or "instead of Friday"; "no later than" does not."""
    near = [word for word in before[:4] if word not in ARTICLES | {"by", "for"}]
    is_other = near[:2] in (["of", "instead"], ["than", "rather"]) or near[:1] == ["unlike"]
    return is_other or (near[:1] == ["not"] and tokens.word(phrase.start - 1) != ",")


def _is_deadline(tokens: Tokens, phrase: Phrase, before: list[str]) -> bool:
    is_within = isinstance(phrase.day, Length) or phrase.offset is not None
    if phrase.offset is not None and phrase.offset.event and tokens.word(phrase.start) in UNTIL:
        return not _is_negated(before)
    # "Before the month is out" is one phrase with its cue.
    if _ends_before_clause(before) or (isinstance(phrase.day, Span) and tokens.word(phrase.start) in UNTIL - {"in"}):
        return True
    if phrase.offset is not None and not phrase.offset.event and set(before) & MUST:
        return True
    # "You have 72 hours to submit".
    is_granted = before[:1] and before[0] in GRANTING and tokens.word(phrase.end) in {"to", "para"}
    is_within = is_within and (tokens.word(phrase.start) == "within" or bool(is_granted))
    if phrase.close is not None or is_within:
        return True
    if _readies(before) or (before[:1] and _announces(before)):
        return True
    # A correction: "now Thursday, not Monday".
    if before[:1] == ["now"] and tokens.has(phrase.end, ",", "not"):
        return True
    for step, word in enumerate(before[:_MOST_CUE_WORDS]):
        if word in BY:
            # "We need for the 9/3 block to be released": the date tells which block.
            is_thing = word in NEEDING and _names_thing(tokens, phrase)
            return not is_thing and _is_true_by(word, before, step)
        if word not in FILLERS | AT | BETWEEN_CUE_AND_TIME:
            break
    return _is_deadline_after(tokens, phrase.end)


def _ends_before_clause(before: list[str]) -> bool:
    """Return whether the time is that of a clause with "before": "before she goes today", "b4 they close at 5"."""
    for step, word in enumerate(before[: _MOST_WORDS_BACK - 1]):
        if word in CLAUSE_STOPS:
            return False
        is_before = word == "before" or before[step : step + 2] == ["4", "b"] or before[step : step + 3] == _ANTES
        if is_before:
            clause = before[:step]
            return bool(clause) and clause[-1] in SUBJECTS and not set(clause) & PAST_VERBS
    return False


def _readies(before: list[str]) -> bool:
    """Return whether all is to be done before what happens then: "prior to Friday's visit", "ready for her scan"."""
    near = [word for word in before[: _MOST_CUE_WORDS + 1] if word not in DETERMINERS]
    return near[:2] in READYING or near[:3] == ["for", "time", "in"]


def _is_negated(before: list[str]) -> bool:
    """Return whether "not" stands right before: "not before the visit" sets no limit."""
    return bool({"not", "never", "right", "until", "t", "no", "since", "nunca"} & set(before[:2]))


def is_agreed(tokens: Tokens, end: int) -> bool:
    """Return whether the words behind a time welcome it: "by the 11th that's plenty", "Friday would be great"."""
    following = [tokens.word(end + step) for step in range(_MOST_AGREEING)]
    is_verb = bool({"is", "s", "would", "will", "works", "should"} & set(following[:4]))
    return is_verb and bool(set(following[1:]) & AGREEING)


def is_firm(tokens: Tokens, phrase: Phrase) -> bool:
    """Return whether a time is the last that will do: "at the latest", "no later than"."""
    before = [tokens.word(step) for step in range(max(phrase.start - 3, 0), phrase.start)]
    is_last = any(tokens.has(phrase.end, *words) for words in LIMITS_BEHIND if words[-1] in {"latest", "tardar"})
    return is_last or before[-2:] == ["later", "than"]


def _announces(before: list[str]) -> bool:
    """Return whether a heading ends before the time: "deadline for applications: ", "la fecha límite es el "."""
    link = next((word for word in before if word not in ARTICLES), "")
    return link in {":", "is", "es"} and bool(HEADINGS & set(before))


def _is_deadline_after(tokens: Tokens, end: int) -> bool:
    """Return whether what follows makes a deadline: "Friday at the latest", "tonight is fine", "Friday or sooner"."""
    if any(tokens.has(end, *words) for words in LIMITS_BEHIND):
        return True
    following = {tokens.word(end + step) for step in range(1, 4)}
    return tokens.word(end) in {"is", "would", "will"} and bool(following & (FINE | AGREEING))


def _is_true_by(word: str, before: list[str], step: int) -> bool:
    """Return whether the cue is one: "stop by Friday" and "out until Friday" are not."""
    rest = before[step + 1 : step + 7]
    if word == "by":
        return not (rest and rest[0] in DROP_IN)
    if word in {"closes", "cierra"}:
        # "The clinic opens at 7 and closes at 5."
        return not {"opens", "open", "abre"} & set(rest)
    if word in {"until", "till", "til", "hasta"}:
        # "We don't need it until Friday" puts it off to Friday.
        is_put_off = bool({"need", "due", "needed"} & set(rest))
        return not (set(rest) & AWAY) and (is_put_off or not {"t", "not", "no"} & set(rest[:4]))
    if word == "than":
        return bool({"later", "mas"} & set(rest[:2]))
    if word in NEEDING:
        return all(one in FILLERS | AT | BETWEEN_CUE_AND_TIME for one in before[:step])
    return True


def _names_thing(tokens: Tokens, phrase: Phrase) -> bool:
    """Return whether the time describes the noun behind it: "his 4/6 biopsy", "tomorrow's list", "the Friday van"."""
    if phrase.offset is not None:
        return False
    following = tokens[phrase.end]
    if following.text == "'" and tokens.word(phrase.end + 1) == "s":
        return True
    if following.kind != "word" or following.lines:
        return False
    if following.text in EVENTS - {"or", "start", "move", "case"}:
        return True
    has_article = tokens.word(phrase.start - 1) in DETERMINERS or (
        tokens.word(phrase.start) == "the" and phrase.weekday is not None and phrase.day is None
    )
    return has_article and following.text not in CLAUSE_WORDS


def _linked(link: str, before: list[str]) -> Cue:
    """Return what "for Friday" and "to Friday" say, by the verb of their clause."""
    words = set(before)
    if (words & NEEDING and link != "to") or words & EXTENDING:
        return "deadline"
    if link == "para" and not words & EVENTS:
        return "deadline"
    return "at" if words & BOOKING and link == "for" else "event"
