"""How like two words are: typing slips, endings and short forms."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

_MENDED = ("finished", "completed", "handled", "resolved", "snooze", "assign", "reopen")
_SHORT_FORMS = {
    "appt": "appointment",
    "appts": "appointment",
    "rx": "prescription",
    "script": "prescription",
    "meds": "medication",
    "o2": "oxygen",
    "dc": "discharge",
    "ins": "insurance",
    "docs": "documents",
    "ppwk": "paperwork",
    "paperwork": "form",
    "xport": "transport",
    "ride": "transport",
    "labs": "lab",
    "tx": "treatment",
    "sx": "surgery",
    "consult": "consultation",
}
_SAME_THINGS: tuple[frozenset[str], ...] = (
    frozenset({"auth", "auths", "authorization", "authorizations", "authorisation", "pa", "preauth", "autorizacion"}),
    frozenset({"ride", "rides", "van", "transport", "transportation", "transporte", "transfer", "cab", "traslado"}),
    frozenset({"oxygen", "o2", "oxigeno"}),
    frozenset({"bed", "beds", "cama", "camas"}),
    frozenset({"number", "numbers", "#", "num", "nbr"}),
    frozenset({"chair", "chairs", "silla", "wheelchair"}),
    frozenset({"rx", "prescription", "script", "receta", "rxs"}),
    frozenset({"letter", "letters", "carta", "cartas"}),
    frozenset({"housing", "vivienda"}),
    frozenset({"instructions", "instrucciones"}),
    frozenset({"daughter", "hija"}),
    frozenset({"son", "hijo"}),
    frozenset({"consent", "consents", "consentimiento"}),
    frozenset({"interpreter", "interpreters", "interprete"}),
    frozenset({"appointment", "appointments", "appt", "appts", "cita", "citas"}),
    frozenset({"lab", "labs", "laboratorio", "bloodwork", "draw"}),
    frozenset({"eval", "evaluation"}),
    frozenset({"referral", "referrals", "referido"}),
    frozenset({"followup", "follow-up"}),
    frozenset({"med", "meds", "medication", "medications", "medicamento", "medicamentos"}),
    frozenset({"flight", "flights", "vuelo"}),
    frozenset({"vaccine", "vaccines", "vaccination", "vacuna", "shot", "shots"}),
    frozenset({"picture", "pictures", "photo", "photos", "fotos"}),
    frozenset({"room", "rm", "cuarto"}),
    frozenset({"disc", "cd", "disk"}),
    frozenset({"surgery", "sx", "cirugia"}),
    frozenset({"interpreter", "terp", "interp", "interprete"}),
    frozenset({"quote", "estimate", "presupuesto"}),
    frozenset({"application", "app", "solicitud"}),
    frozenset({"follow-up", "fu", "f/u", "followup", "appt", "appointment"}),
    frozenset({"paperwork", "papers", "papeles", "forms", "form", "forma", "formulario"}),
    frozenset({"discharge", "dc", "alta"}),
    frozenset({"certificate", "cert", "certificado", "certification", "recert"}),
    frozenset({"license", "licence"}),
    frozenset({"mom", "mother", "mama"}),
    frozenset({"peer-to-peer", "p2p"}),
    frozenset({"record", "records", "expediente"}),
    frozenset({"mailing", "letters", "mailer"}),
    frozenset({"payer", "payor", "pay-or"}),
    frozenset({"mattress", "bed"}),
    frozenset({"supplies", "kits"}),
    frozenset({"glasses", "eyeglass", "eyeglasses", "lentes"}),
    frozenset({"refer", "referral"}),
    frozenset({"approve", "approval"}),
    frozenset({"verify", "verification"}),
    frozenset({"confirm", "confirmation"}),
    frozenset({"book", "booking", "schedule", "scheduling"}),
    frozenset({"assign", "assignment", "assignments"}),
    frozenset({"enroll", "enrollment", "enrolment"}),
    frozenset({"bill", "billing"}),
    frozenset({"deliver", "delivery"}),
    frozenset({"translate", "translation"}),
    frozenset({"renew", "renewal"}),
    frozenset({"clarify", "clarification"}),
    frozenset({"correct", "correction"}),
    frozenset({"pay", "payment"}),
    frozenset({"reimburse", "reimbursement", "refund"}),
    frozenset({"evaluate", "evaluation", "eval"}),
    frozenset({"dispute", "disputes"}),
    frozenset({"x-ray", "xray", "cxr", "x-rays", "film", "films"}),
    frozenset({"mammogram", "mammo", "mamografia"}),
    frozenset({"echo", "echocardiogram"}),
    frozenset({"biopsy", "bx"}),
    frozenset({"history", "hx"}),
)
"""Names of one thing: short forms, and the Spanish beside the English. Only `meaning` takes them for one."""
_PLACES: dict[str, frozenset[int]] = {
    word: frozenset(place for place, group in enumerate(_SAME_THINGS) if word in group)
    for group in _SAME_THINGS
    for word in group
}
_NOWHERE: frozenset[int] = frozenset()
_SHORTEST_STEM = 3
_LEAST_PREFIX = 4
_LEAST_FUZZY = 6
_FUZZY_ABOVE = 87


def are_one_thing(one: str, other: str) -> bool:
    """True where two folded words stand among the names of one thing."""
    return not _PLACES.get(one, _NOWHERE).isdisjoint(_PLACES.get(other, _NOWHERE))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a word without its English ending: enough to put `faxed` beside `fax`.

    >>> [stem(word) for word in ("faxed", "tanks", "scheduling", "results", "cleaned", "booked")]
    ['fax', 'tank', 'schedul', 'result', 'clean', 'book']
    """
    word = _SHORT_FORMS.get(word, word)
    word = word.removesuffix("'s")
    for ending in ("ations", "ation", "ings", "ing", "ied", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)] + ("y" if ending in {"ied", "ies"} else "")
    return word


def are_alike(one: str, other: str) -> bool:
    """True where two folded words are the same but for an ending, a short form or a slip."""
    if one == other or stem(one) == stem(other):
        return True
    if one.isdigit() or other.isdigit():
        return False
    short, long = sorted((one, other), key=len)
    if len(short) >= _LEAST_PREFIX and long.startswith(short):
        return True
    return len(short) >= _LEAST_FUZZY and fuzz.ratio(one, other) >= _FUZZY_ABOVE


def is_slip(one: str, other: str) -> bool:
    """True where one slip of the finger lies between two words."""
    return OSA.distance(one, other) == 1


def mended(plain: str) -> str:
    """Return the text with slips of the finger in a few commands put right, at the same length.

    Short words are left alone: one letter away from "done" lie dose, none and gone.

    >>> mended("finsihed 12")
    'finished 12'
    """
    return re.sub(r"[a-z]{6,11}", _mend, plain)


def _mend(match: re.Match[str]) -> str:
    word = match[0]
    for right in _MENDED:
        if word != right and len(word) == len(right) and word[0] == right[0] and OSA.distance(word, right) == 1:
            return right
    return word
