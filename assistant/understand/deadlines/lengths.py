"""Lengths of time: in 48 hours, within 2 business days, 3 days before, a week from, dentro de 3 días."""

from __future__ import annotations

from typing import Final

from assistant.understand.deadlines import borders
from assistant.understand.deadlines.lexicon import GLUED_UNITS, UNITS, WORKING, WORKING_AFTER
from assistant.understand.deadlines.numbers import cardinal_at, count_at
from assistant.understand.deadlines.pieces import Length, Reading, Unit
from assistant.understand.deadlines.relations import relation_at
from assistant.understand.deadlines.tokens import Tokens

_MOST_AMOUNTS: Final = 4
_MOST_OR: Final = 3
_LEADS: Final = (
    ("within", "the", "next"),
    ("in", "the", "next"),
    ("over", "the", "next"),
    ("in", "a", "maximum", "of"),
    ("in", "under"),
    ("in", "about"),
    ("in", "less", "than"),
    ("within",),
    ("in",),
    ("next",),
    ("the", "next"),
    ("upcoming",),
    ("+",),
    ("plus",),
    ("dentro", "de"),
    ("en", "las", "proximas"),
    ("en", "los", "proximos"),
    ("en", "un", "plazo", "de"),
    ("en", "un", "plazo", "maximo", "de"),
    ("en", "un", "maximo", "de"),
    ("en", "menos", "de"),
    ("en",),
    ("de", "aqui", "a"),
)
_AHEAD: Final = (
    ("from", "now"),
    ("from", "today"),
    ("a", "partir", "de", "hoy"),
    ("hence",),
    ("later",),
    ("'", "s", "time"),
    ("'", "time"),
    ("time",),
)
_PAPERS: Final = frozenset(
    {"letter", "notice", "email", "e", "mail", "message", "request", "fax", "memo", "correspondence", "communication"}
    | {"receipt", "receiving", "carta", "correo", "aviso", "mensaje", "notificacion", "referral", "denial", "form"}
)
_NO_LENGTH_BEFORE: Final = frozenset(
    {
        "for",
        "every",
        "each",
        "x",
        "q",
        "last",
        "past",
        "least",
        "takes",
        "take",
        "took",
        "lasts",
        "cada",
        "por",
        "durante",
    }
    | {"ultimos", "ultimas", "than", "age", "aged"}
)
_GIVING: Final = frozenset({"gave", "give", "gives", "given", "allow", "allows", "allowed"})
_GIVEN: Final = frozenset({"us", "you", "them", "me", "her", "him", "providers", "members"})
GRANTING: Final = frozenset({"have", "has", "tiene", "tienen", "dio", "dieron", "dan"}) | _GIVEN
"""Words before a length that somebody has: "the payer gave us 7 days to send it"."""
_LEADS_OF: Final = {lead[0]: tuple(one for one in _LEADS if one[0] == lead[0]) for lead in _LEADS}
STARTS: Final = {lead[0] for lead in _LEADS} | {"hace", "the", "one", "half", "a", "an", "un", "una", "el", "la"}


def length_at(tokens: Tokens, place: int) -> Reading:
    """Read a length with what says whether it lies ahead or behind; bare ones too, which only commands mean."""
    if tokens.word(place) == "hace":
        past = _amounts_at(tokens, place + 1)
        return (past[0], Length(past[1], "ago")) if past else None
    leads = _LEADS_OF.get(tokens.word(place), ())
    lead = max((len(words) for words in leads if tokens.has(place, *words)), default=0)
    read = _amounts_at(tokens, place + lead) or _one_at(tokens, place + lead)
    if read is None:
        return None
    end, amounts = read
    return _with_way(tokens, place, end, amounts, has_lead=bool(lead))


def _one_at(tokens: Tokens, place: int) -> tuple[int, tuple[tuple[int, Unit], ...]] | None:
    """Read "within the hour" and "in the next day or so" behind their lead."""
    is_within = tokens.word(place) == "the" and tokens.word(place - 1) == "within"
    named = place + is_within
    unit = UNITS.get(tokens.word(named))
    # "The next day delivery" is no length.
    is_said = is_within or (tokens.has(place - 2, "the", "next") and borders.stands_alone(tokens, named + 1))
    more = cardinal_at(tokens, named + 2) if unit and tokens.word(named + 1) == "or" else None
    if unit and more and tokens.has(place - 2, "the", "next") and more[1] <= _MOST_OR:
        return more[0], ((more[1], unit),)
    return (named + 1, ((1, unit),)) if unit and is_said else None


def _with_way(
    tokens: Tokens, place: int, end: int, amounts: tuple[tuple[int, Unit], ...], *, has_lead: bool
) -> Reading:
    """Return the length with what stands behind it: ago, from now, before, of this letter."""
    if tokens.word(end) in {"ago", "earlier", "atras"}:
        return end + 1, Length(amounts, "ago")
    for words in _AHEAD:
        if tokens.has(end, *words) and (has_lead or words != ("time",)):
            return end + len(words), Length(amounts, "in")
    relation = relation_at(tokens, end)
    if relation is not None:
        behind, way = relation
        paper = _paper_at(tokens, behind) if way == "after" else 0
        if paper:
            return paper, Length(amounts, "in", to_reference=True)
        # "3 days of antibiotics" is no relation, "within 3 days of discharge" is.
        if has_lead or tokens.word(end) not in {"of", "de", "since", "desde"}:
            return behind, Length(amounts, way)
    if has_lead:
        return end, Length(amounts, "in", is_added=tokens.word(place) in {"+", "plus"})
    if _is_granted(tokens, place, end):
        return end, Length(amounts, "in")
    return None if tokens.word(place - 1) in _NO_LENGTH_BEFORE else (end, Length(amounts, "bare"))


def _is_granted(tokens: Tokens, place: int, end: int) -> bool:
    """Return whether a length is what somebody has: "you have 72 hours to submit", "tiene 5 días para responder"."""
    before = tokens.word(place - 1)
    is_given = before in GRANTING - {"have", "has"} or (before in _GIVEN and tokens.word(place - 2) in _GIVING)
    if not is_given and (before not in {"have", "has"} or tokens.word(place - 2) == "i"):
        return False
    return tokens.word(end) in {"to", "para"} and tokens.word(end + 1) != "go"


def _paper_at(tokens: Tokens, place: int) -> int:
    """Return the place behind "(the date of) this letter", 0 where something else is counted from."""
    step = place
    if tokens.word(step) in {"the", "la", "el"} and tokens.word(step + 1) in {"date", "fecha"}:
        step += 2
        if tokens.word(step) in {"above", "below", "stated", "shown"}:
            return step + 1
        step += tokens.word(step) in {"of", "on", "de"}
    elif tokens.word(step) in {"date", "fecha"}:
        step += 1 + (tokens.word(step + 1) in {"of", "de"})
    for _ in range(3):
        word = tokens.word(step)
        if word in _PAPERS:
            step += 1
            if word == "e":
                step += 1 + (tokens.word(step) == "-")
            if word in {"receipt", "receiving"} and tokens.word(step) in {"of", "this", "the"}:
                return step + (tokens.word(step) == "of") + 2
            return step
        if word not in {"this", "the", "your", "our", "esta", "este", "of", "date", "de", "receipt"}:
            return 0
        step += 1
    return 0


def _amounts_at(tokens: Tokens, place: int) -> tuple[int, tuple[tuple[int, Unit], ...]] | None:
    """Read "2 days", "2d and 3hr", "24-48 hours", "an hour and a half"."""
    amounts: list[tuple[int, Unit]] = []
    end = place
    for _ in range(_MOST_AMOUNTS):
        step = end
        if amounts:
            step += tokens.word(step) == ","
            step += tokens.word(step) in {"and", "y"}
        one = _amount_at(tokens, step)
        if one is None:
            break
        end = one[0]
        amounts += one[1]
    if not amounts:
        return None
    if tokens.has(end, "and", "a", "half") and amounts[-1][1] == "hour":
        return end + 3, (*amounts, (30, "minute"))
    return end, tuple(amounts)


def _amount_at(tokens: Tokens, place: int) -> tuple[int, list[tuple[int, Unit]]] | None:
    if tokens.has(place, "half", "an", "hour") or tokens.has(place, "media", "hora"):
        return place + (3 if tokens.word(place) == "half" else 2), [(30, "minute")]
    if tokens.value(place) >= 0 and not borders.begins(tokens, place, after_dash=True):
        return None
    counted = count_at(tokens, place)
    if counted is None:
        return None
    step, count = counted
    # "24-48 hours", "2 to 3 days", "three (3) days": the longer one.
    if tokens.word(step) in {"-", "to", "or", "a"} and tokens.value(step + 1) > count:
        step, count = step + 2, tokens.value(step + 1)
    elif tokens.word(step) == "(" and tokens.word(step + 2) == ")" and tokens.value(step + 1) >= 0:
        step, count = step + 3, tokens.value(step + 1)
    is_working = tokens.word(step) in WORKING
    step += is_working and tokens.word(step + 1) == "." and tokens.word(step + 2) in UNITS
    step += is_working or tokens.word(step) in {"calendar", "full", "more", "short", "consecutive", "additional"}
    step += tokens.word(step) == "-" and tokens.word(step + 1) in UNITS
    is_glued = tokens.value(step - 1) >= 0 and tokens.is_glued(step)
    unit = (GLUED_UNITS if is_glued else UNITS).get(tokens.word(step))
    is_zone = tokens.word(step) == "hora" and tokens.word(step + 1) in {"del", "de"}
    if unit is None or is_zone or (is_glued and len(tokens.word(step)) == 1 and not borders.ends(tokens, step + 1)):
        return None
    if tokens.word(step).startswith("fortnight"):
        count *= 2
    step += 1
    if tokens.word(step) == "." and tokens.word(step - 1) in {"hrs", "hr", "min", "mins", "wks", "wk"}:
        step += tokens[step + 1].raw[:1].islower()
    if tokens.word(step) in {"habiles", "habil", "laborables", "laborable"}:
        is_working = True
    step += tokens.word(step) in WORKING_AFTER or tokens.word(step) in {"calendario", "naturales", "corridos"}
    if unit == "day" and is_working:
        unit = "workday"
    # "In a day or two".
    more = cardinal_at(tokens, step + 1) if tokens.word(step) == "or" else None
    if more and count < more[1] <= _MOST_OR and UNITS.get(tokens.word(more[0])) is None:
        step, count = more
    return step, [(count, unit)]
