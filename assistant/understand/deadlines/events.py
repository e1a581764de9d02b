"""Events and their times: what "before the call", "the day before surgery" and "by then" count on.

The event's time may stand in another sentence than the words that count on it: `events_in` reads one text's events,
and whoever reads the mail hands them on, the nearest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from assistant.understand.deadlines import borders
from assistant.understand.deadlines.lexicon import MONTHS, RELATIVE_DAYS, WEEKDAYS
from assistant.understand.deadlines.tokens import Tokens

Due = date | datetime
THEN: Final = "then"
"""Not an event by name: what was spoken of last."""
ANY: Final = "any"
"""The one event of a table's row, whatever it is called."""

_KINDS: Final = (
    "surgery,surgeries,procedure,operation,or,case,cath,bypass,biopsy,implant,tka,tha,colonoscopy,endoscopy,excision",
    "arthroplasty,replacement,transplant,repair,dos,cirugia,operacion,procedimiento",
    "visit,appointment,appt,consult,consultation,clinic,intake,session,followup,evaluation,eval,exam,checkup,physical",
    "screening,televisit,cita,consulta,visita",
    "scan,mri,ct,pet,echo,ultrasound,mammogram,xray,imaging",
    "infusion,chemo,treatment,dialysis,injection,cycle",
    "discharge,dc,transfer,pickup,departure,release,alta,traslado",
    "call,meeting,huddle,conference,rounds,hearing,webinar,training,tour,board,audit,reunion,llamada,junta,audiencia",
    "expiration,expiry,lapse,vencimiento",
    "admission,arrival,ingreso",
    "shift,flight,trip,delivery,inspection,survey,move",
)
_SAME_KIND: Final = {1: 0, 3: 2}
"""Lines that go on with another one's kind."""
_KIND_OF: Final = {noun: _SAME_KIND.get(kind, kind) for kind, nouns in enumerate(_KINDS) for noun in nouns.split(",")}
_VERBS: Final = {
    **dict.fromkeys(("discharged", "leaves", "leaving", "home"), "discharge"),
    **dict.fromkeys(("transferred", "transfers", "transferring"), "transfer"),
    **dict.fromkeys(("expires", "expire", "expiring", "lapses", "vence"), "expiration"),
    **dict.fromkeys(("meets", "meet"), "meeting"),
    **dict.fromkeys(("admitted",), "admission"),
    **dict.fromkeys(("arrives", "arriving", "llega"), "arrival"),
    **dict.fromkeys(("visits", "seen", "sees"), "visit"),
    **dict.fromkeys(("scanned",), "scan"),
}
_WHO: Final = frozenset({"she", "he", "they", "we", "the", "mr", "mrs", "ms", "pt", "patient", "her", "his", "it"})
_LEAVING: Final = {
    **dict.fromkeys(("leaves", "leave", "goes", "go", "heads", "head", "discharged", "sale"), "discharge"),
    **dict.fromkeys(("transferred", "transfers", "transfer", "moves"), "transfer"),
    **dict.fromkeys(("admitted",), "admission"),
    **dict.fromkeys(("seen", "sees", "visits", "comes"), "visit"),
    **dict.fromkeys(("expires", "expire", "lapses", "lapse"), "expiration"),
    **dict.fromkeys(("meets", "meet"), "meeting"),
}
_PAPERS: Final = frozenset(
    {
        "summary",
        "summaries",
        "instructions",
        "papers",
        "paperwork",
        "plan",
        "planning",
        "note",
        "notes",
        "list",
        "packet",
    }
    | {"checklist", "order", "orders", "form", "team", "desk", "nurse", "coordinator", "report", "results", "request"}
    | {"bag", "lights", "center", "agenda", "minutes", "records", "letter", "authorization", "auth", "consent", "code"}
)
"""Words that make an event's name tell what kind of paper is meant."""
_NEVER_ALONE: Final = frozenset({"or", "ct", "pet", "case", "repair", "move", "release", "treatment", "call", "board"})
"""Words that are an event only behind an article: "before the call", but "before call lights"."""
_NO_EVENT_BETWEEN: Final = frozenset(
    {
        "you",
        "we",
        "i",
        "he",
        "she",
        "they",
        "it",
        "and",
        "to",
        "please",
        "that",
        "this",
        "is",
        "are",
        "can",
        "will",
        "if",
    }
    | {"before", "after", "day", "night", "end", "time", "next"}
    | WEEKDAYS.keys()
    | MONTHS.keys()
    | RELATIVE_DAYS.keys()
    | {"for", "with", "by", "on", "at", "in", "from", "so", "but", "when", "yo", "ella", "usted", "que", "send", "get"}
)
_ARTICLES: Final = frozenset({"the", "her", "his", "their", "our", "your", "my", "its", "la", "el", "su", "s", "each"})
_MOST_BETWEEN: Final = 4
_MOST_BACK: Final = 14
_MOST_AHEAD: Final = 3
_STOPS: Final = frozenset({";", "!", "?"})
_THEN: Final = (("then",), ("that",), ("eso",), ("entonces",))


@dataclass(frozen=True, slots=True)
class Event:
    noun: str
    """Folded: `surgery`."""
    due: Due
    """When it is: a day, or an instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the rest of a mail tells that a sentence may count on."""

    events: tuple[tuple[Event, ...], ...] = ()
    """The nearest first: those beside the sentence, those of the mail, those of the thread."""
    letter_day: date | None = None
    """The date that a letter bears; None: the mail's own."""
    writers_zone: tzinfo | None = None
    """What "our time" means; None: what the sentence or its moment's offset says."""


NOTHING: Final = Known()


def event_behind(tokens: Tokens, place: int) -> tuple[int, str] | None:
    """Return the event that is named at `place`, over its own words ("her knee surgery"), and the place behind it."""
    for step in range(place, place + _MOST_BETWEEN + 1):
        token = tokens[step]
        word = token.text
        if token.kind == "end" or token.lines > 1 or word in _NO_EVENT_BETWEEN:
            return None
        if token.kind != "word" and word not in {"'", "-"} and not (word == "." and tokens.is_glued(step)):
            return None
        noun = word if word in _KIND_OF else word.removesuffix("s")
        is_named = noun in _KIND_OF and (step > place or noun not in _NEVER_ALONE)
        # "Before the clinic opens" is an hour of the day.
        if is_named and tokens.word(step + 1) not in _PAPERS | {"'", "opens", "closes"}:
            return step + 1, noun
        if word == "d" and tokens.has(step + 1, "/", "c"):
            return step + 3, "discharge"
    return None


def leaving_behind(tokens: Tokens, place: int) -> tuple[int, str] | None:
    """Return the event that a clause tells by its verb: "(before) she goes home", "Mrs. Dow is discharged"."""
    if tokens.word(place) not in _WHO:
        return None
    for step in range(place + 1, place + _MOST_BETWEEN + 2):
        token = tokens[step]
        if token.kind != "word" and token.text != ".":
            return None
        if token.text in _LEAVING and tokens[step + 1].kind != "number":
            end = step + 1 + (tokens.word(step + 1) in {"home", "out", "in"})
            return end, _LEAVING[token.text]
    return None


def then_behind(tokens: Tokens, place: int) -> int:
    """Return the place behind "then" or "that" where it stands for a time, 0 where it does not."""
    for words in _THEN:
        end = place + len(words)
        follows = tokens[end]
        is_open = (
            follows.kind in {"end", "mark"} or follows.lines or follows.text in {"please", "so", "if", "and", "or"}
        )
        if tokens.has(place, *words) and (is_open or words == ("then",)):
            return end
    return 0


def event_of_time(tokens: Tokens, start: int, end: int) -> str | None:
    """Return the event whose time stands from `start` to before `end`: right behind it, else the last one named."""
    for step in range(end, end + _MOST_AHEAD):
        if tokens[step].kind == "end" or tokens.word(step) in {*_STOPS, ".", "by", "before"} or tokens[step].lines:
            break
        if (noun := _noun(tokens, step)) and noun not in {"call", "move"}:
            return noun
    for step in range(start - 1, max(start - _MOST_BACK, 0) - 1, -1):
        if borders.ends_sentence(tokens, step) or tokens[step + 1].lines > 1:
            return None
        if noun := _noun(tokens, step):
            return noun
    return None


def _noun(tokens: Tokens, place: int) -> str | None:
    word = tokens.word(place)
    if word == "c" and tokens.has(place - 2, "d", "/"):
        return "discharge"
    if (word == "or" and tokens[place].raw != "OR") or tokens.word(place + 1) in _PAPERS:
        return None
    if word in _VERBS:
        return _VERBS[word]
    return word if word in _KIND_OF else None


def time_of(noun: str, layers: Sequence[Iterable[Event]], *, alike: bool, nameless: bool = False) -> Due | None:
    """Return when the event is, by the first layer that tells it; None where that layer tells of several.

    Args:
        noun: What it is called, `THEN` for what was spoken of last.
        layers: What is known, the nearest first.
        alike: True: another event of its kind will do, "the procedure" for "surgery".
        nameless: True: so will a day of which nothing tells what it is.
    """
    kind = _KIND_OF.get(noun)
    for layer in layers:
        told = [
            one.due
            for one in layer
            if one.noun in {noun, ANY}
            or noun == THEN
            or (alike and kind is not None and _KIND_OF.get(one.noun) == kind)
            or (nameless and not one.noun)
        ]
        if not told:
            continue
        if noun == THEN:
            return told[-1]
        days = {due.date() if isinstance(due, datetime) else due for due in told}
        exact = [due for due in told if isinstance(due, datetime)]
        return (exact or told)[0] if len(days) == 1 else None
    return None
