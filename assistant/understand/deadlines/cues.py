"""What the words around a time say of it: a deadline, an event's time, something past, or nothing."""

from __future__ import annotations

from typing import Final, Literal

from assistant.understand.deadlines.lexicon import PARTS, WEEKDAYS
from assistant.understand.deadlines.phrases import Phrase
from assistant.understand.deadlines.pieces import Length, Weekday
from assistant.understand.deadlines.tokens import Tokens

Cue = Literal["deadline", "at", "event", "past", "none"]
"""`at`: only "on" or "at" stands before it, so it is the time of whatever the sentence is about."""

_BY: Final = frozenset(
    {"by", "before", "due", "until", "till", "til", "than", "deadline", "cutoff", "within", "latest", "antes", "hasta"}
    | {"limite", "plazo", "vence", "tardar", "closes", "cierra", "xo", "need", "needed", "needs", "required"}
)
_FILLERS: Final = frozenset(
    {"the", "a", "an", "around", "about", "approx", "~", "(", "like", "say", "just", "even", "early", "late", "mid"}
    | {"sometime", "anytime", "any", "time", "el", "la", "las", "los", "del", "de", "al", ":", ",", "-", "*", '"', "“"}
    | {"or", "maybe", "probably", "ideally", "preferably", "hopefully", "o", "this", "next", "|", "actually", "now"}
)
_AT: Final = frozenset({"on", "at", "@", "en", "a"})
_PAST: Final = frozenset({"since", "dated", "desde", "born", "dob", "ago", "nacimiento", "nacio", "dos"})
_STARTS: Final = frozenset(
    {"after", "starting", "beginning", "effective", "from", "despues", "following", "starts", "past"}
)
_BEING: Final = frozenset(
    {"is", "are", "was", "were", "isn", "es", "esta", "estan", "sera", "starts", "begins", "leaves", "comes", "arrives"}
    | {
        "goes",
        "returns",
        "opens",
        "happens",
        "falls",
        "expires",
        "expired",
        "works",
        "empieza",
        "sale",
        "llega",
        "came",
    }
    | {
        "called",
        "saw",
        "had",
        "did",
        "went",
        "tiene",
        "has",
        "visits",
        "sees",
        "meets",
        "runs",
        "gets",
        "takes",
        "left",
    }
)
"""Verbs of what happens by itself: the time behind them is an event's."""
_STATES: Final = frozenset(
    {
        "leaving",
        "coming",
        "arriving",
        "going",
        "returning",
        "home",
        "scheduled",
        "booked",
        "set",
        "here",
        "back",
        "out",
        "off",
    }
    | {"available", "closed", "free", "seen", "seeing", "held", "discharged", "admitted", "open", "programada", "moved"}
    | {"programado", "rescheduled", "changed", "bumped", "happening", "planned", "sent", "faxed", "done", "completed"}
    | {"drawn", "started", "away", "working", "visiting", "start", "due"}
)
"""They tell an event's time behind "is" ("is scheduled Friday"), a request's elsewhere ("call back Friday")."""
_IS: Final = frozenset({"is", "are", "was", "were", "s", "re", "m", "esta", "estan", "es", "she", "he", "they"})
_ENSURING: Final = frozenset({"sure", "ensure", "get", "must", "should"})
_EVENTS: Final = frozenset(
    {
        "surgery",
        "appointment",
        "appt",
        "appts",
        "appointments",
        "visit",
        "visits",
        "procedure",
        "consult",
        "consultation",
    }
    | {"clinic", "scan", "mri", "ct", "pet", "echo", "meeting", "huddle", "conference", "admission", "discharge"}
    | {"infusion", "chemo", "dialysis", "followup", "session", "or", "biopsy", "colonoscopy", "endoscopy", "intake"}
    | {"class", "lunch", "party", "training", "webinar", "session", "delivery", "pickup", "transfer", "arrival", "test"}
    | {"exam", "cycle", "treatment", "therapy", "pt", "ot", "draw", "round", "rounds", "case", "hearing", "move"}
    | {"evaluation", "eval", "screening", "ultrasound", "xray", "operation", "cita", "cirugia", "consulta", "operacion"}
    | {"shift", "holiday", "flight", "birthday", "start", "tka", "tha", "cath", "implant", "placement"}
    | {"dose", "injection", "checkup", "physical", "mammogram", "slot", "tour", "school", "visita", "examen", "reunion"}
)
_DETERMINERS: Final = frozenset({"the", "her", "his", "their", "our", "my", "your", "a", "an", "its", "that", "s"})
_NEGATIONS: Final = frozenset({"not", "instead", "rather", "unlike"})
_FINE: Final = frozenset({"latest", "deadline", "cutoff", "fine", "ok", "okay"})
_LIMITS_BEHIND: Final = (
    ("at", "the", "latest"),
    ("a", "mas", "tardar"),
    ("or", "sooner"),
    ("or", "earlier"),
    ("latest",),
    ("deadline",),
    ("cutoff",),
)
_BETWEEN_CUE_AND_TIME: Final = frozenset({"for", "later", "is", "be", "date", "it", "them", "that", "para", "no"})
_ARTICLES: Final = frozenset({"the", "el", "on", "la"})
_HEADINGS: Final = frozenset({"deadline", "due", "cutoff", "limite", "vencimiento"})
_FOR: Final = frozenset({"for", "para", "to"})
_DROP_IN: Final = frozenset(
    {"stop", "stopped", "come", "came", "drop", "swing", "stopping", "coming", "went", "go", "signed"}
)
_AWAY: Final = frozenset({"out", "away", "unavailable", "closed", "off", "leave", "vacation", "back", "return", "pto"})
_CLAUSE_WORDS: Final = frozenset(
    {
        "and",
        "or",
        "if",
        "so",
        "please",
        "pls",
        "plz",
        "because",
        "since",
        "as",
        "to",
        "for",
        "on",
        "with",
        "when",
        "but",
    }
    | {"unless", "thanks", "at", "in", "then", "i", "we", "you", "he", "she", "they", "it", "is", "was", "from", "via"}
    | {"y", "o", "para", "por", "con", "si", "que", "before", "after", "by", "instead"}
    | PARTS.keys()
    | WEEKDAYS.keys()
)
_BOOKING: Final = frozenset(
    {"schedule", "book", "put", "reschedule", "set", "arrange", "reserve", "add", "agende", "programe"}
)
_EXTENDING: Final = frozenset(
    {"extend", "extended", "due", "deadline", "snooze", "postpone", "until", "pasalo", "push", "pushed"}
)
_NEEDING: Final = frozenset({"need", "needs", "needed", "necesito", "required", "wanted", "want", "necesita"})
_BREAKS: Final = frozenset({";", "!", "?", "\n"})
_MOST_WORDS_BACK: Final = 12
_MOST_CUE_WORDS: Final = 4


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
    nearest = [word for word in before if word not in _FILLERS]
    link = nearest[0] if nearest else ""
    said = _linked(link, before) if link in _FOR else None
    if said in {"deadline", "at"}:
        return said
    # What has a deadline's word here was judged to be none: "out until Monday", but "stop by Friday" asks.
    if said or _names_thing(tokens, phrase) or link in _STARTS | _BY - {"by"}:
        return "event"
    is_linked = link in _AT | {"by"}
    if _tells_event(nearest[is_linked:]):
        return "event"
    return "at" if is_linked else "none"


def _tells_event(nearest: list[str]) -> bool:
    """Return whether the words right before a time are an event or say that one takes place."""
    word = nearest[0] if nearest else ""
    if word in _STATES:
        return bool(_IS & set(nearest[1:4])) and not _ENSURING & set(nearest[1:])
    return word in _EVENTS | _BEING


def _words_before(tokens: Tokens, place: int) -> list[str]:
    """Return the words of the clause before `place`, the nearest first."""
    words: list[str] = []
    for step in range(place - 1, max(place - 1 - _MOST_WORDS_BACK, -1), -1):
        token = tokens[step]
        if token.text in _BREAKS or (token.text == "." and not tokens.is_glued(step + 1)) or tokens[step + 1].lines > 1:
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
    return tokens.word(place) in _PAST


def _is_called_off(tokens: Tokens, phrase: Phrase, before: list[str]) -> bool:
    """Return whether the words say "not Friday" or "instead of Friday"; "no later than" does not."""
    near = [word for word in before[:3] if word not in {"by", "the", "on", "of", "for", "than"}]
    is_limit = "later" in before[:4]
    return bool(near) and near[0] in _NEGATIONS and not is_limit and tokens.word(phrase.start - 1) != ","


def _is_deadline(tokens: Tokens, phrase: Phrase, before: list[str]) -> bool:
    is_within = isinstance(phrase.day, Length) or phrase.offset is not None
    if phrase.close is not None or (is_within and tokens.word(phrase.start) == "within"):
        return True
    if before[:2] == ["to", "prior"] or (before[:1] and _announces(before)):
        return True
    # As in "(now Tuesday, not Friday)".
    if before[:1] == ["now"] and tokens.has(phrase.end, ",", "not"):
        return True
    for step, word in enumerate(before[:_MOST_CUE_WORDS]):
        if word in _BY:
            return _is_true_by(word, before, step)
        if word not in _FILLERS | _AT | _BETWEEN_CUE_AND_TIME:
            break
    return _is_deadline_after(tokens, phrase.end)


def _announces(before: list[str]) -> bool:
    """Return whether a heading ends before the time: "deadline for applications: ", "la fecha límite es el "."""
    link = next((word for word in before if word not in _ARTICLES), "")
    return link in {":", "is", "es"} and bool(_HEADINGS & set(before))


def _is_deadline_after(tokens: Tokens, end: int) -> bool:
    """Return whether what follows makes a deadline: "Friday at the latest", "tonight is fine", "Friday or sooner"."""
    if any(tokens.has(end, *words) for words in _LIMITS_BEHIND):
        return True
    following = {tokens.word(end + step) for step in range(1, 4)}
    return tokens.word(end) in {"is", "would", "will"} and bool(following & _FINE)


def _is_true_by(word: str, before: list[str], step: int) -> bool:
    """Return whether the cue is one: "stop by Friday" and "out until Friday" are not."""
    rest = before[step + 1 : step + 7]
    if word == "by":
        return not (rest and rest[0] in _DROP_IN)
    if word in {"until", "till", "til", "hasta"}:
        return not (set(rest) & _AWAY or {"t", "not", "no"} & set(rest[:4]))
    if word == "than":
        return bool({"later", "mas"} & set(rest[:2]))
    if word in _NEEDING:
        return all(one in _FILLERS | _AT | _BETWEEN_CUE_AND_TIME for one in before[:step])
    return True


def _names_thing(tokens: Tokens, phrase: Phrase) -> bool:
    """Return whether the time describes the noun behind it: "her 10/1 consult", "tomorrow's list", "the Friday van"."""
    if phrase.offset is not None:
        return False
    following = tokens[phrase.end]
    if following.text == "'" and tokens.word(phrase.end + 1) == "s":
        return True
    if following.kind != "word" or following.lines:
        return False
    if following.text in _EVENTS - {"or", "start", "move", "case"}:
        return True
    has_article = tokens.word(phrase.start - 1) in _DETERMINERS or (
        tokens.word(phrase.start) == "the" and phrase.weekday is not None and phrase.day is None
    )
    return has_article and following.text not in _CLAUSE_WORDS


def _linked(link: str, before: list[str]) -> Cue:
    """Return what "for Friday" and "to Friday" say, by the verb of their clause."""
    words = set(before)
    if (words & _NEEDING and link != "to") or words & _EXTENDING:
        return "deadline"
    if link == "para" and not words & _EVENTS:
        return "deadline"
    return "at" if words & _BOOKING and link == "for" else "event"
