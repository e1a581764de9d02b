"""A task's title -> whether some words tell, in the past, what it bids: "faxed" of "Fax the orders"."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.decide.commands.wording.likeness import stem
from assistant.decide.commands.wording.text import fold
from assistant.records import Task

_SENT = (
    r"sent|went in|gone in|faxed|e?-?mailed|submitted|forwarded|uploaded|filed|transmitted|"
    r"scanned|went out|gone out|"
    r"(?:is|are|it's) (?:in|up)|enviad[oa]s?|mandad[oa]s?"
)
_BOOKED = (
    r"booked|scheduled|arranged|reserved|found|rescheduled|secured|lined up|(?:is|are|all) set(?: up)?|set up|"
    r"on the (?:schedule|calendar|books)|agendad[oa]s?|programad[oa]s?|conseguid[oa]s?|cambiad[oa]s?"
)
_DELIVERED = (
    r"delivered|arrived|got there|got here|(?:is|are) (?:at|here)|dropped off|llego|llegaron|"
    r"entregad[oa]s?"
)
_GOT = (
    r"received|obtained|arrived|came (?:in|through|back)|(?:is|are) in|in hand|collected|gathered|got|"
    r"recibid[oa]s?|llego|llegaron"
)
_REACHED = (
    r"spoke (?:with|to)|talked (?:with|to)|reached(?! out)|told|notified|informed|answered|let [a-z]+ know|reminded|"
    r"hable con|avisad[oa]s?"
)
# The title's first word (left) is told as done by the words of its group.
_GROUPS = (
    (r"send|fax|e-?mail|mail|submit|forward|upload|file|transmit|scan|mandar|enviar", _SENT),
    (r"re-?(?:send|fax|mail|submit|file|upload)", rf"re-?(?:sent|faxed|mailed|submitted|filed|uploaded)|{_SENT}"),
    (r"return|devolver", rf"{_SENT}|returned|picked up|devuelt[oa]s?"),
    (r"book|schedule|arrange|set|reserve|find|reschedule|line|secure|conseguir|agendar|programar|cambiar", _BOOKED),
    (r"order|pedir", rf"ordered|pedid[oa]s?|{_DELIVERED}"),
    (r"deliver|bring|supply", _DELIVERED),
    (r"get|obtain|request|chase|collect|retrieve|track|gather", _GOT),
    (r"call|phone|ring|notify|tell|ask|inform|let|remind|answer|llamar|avisar", _REACHED),
    (r"confirm|verify|check|confirmar", r"confirmed|verified|checked|confirmad[oa]s?"),
    (r"draft|prepare", r"drafted|written|wrote|prepared"),
    (r"write|fill|complete", r"written|wrote|prepared|filled (?:in|out)"),
    (r"renew|refill|renovar", r"renewed|refilled|renovad[oa]s?"),
    (r"add|put|enter|log|record", r"added|entered|logged|recorded|(?:is|are) on"),
    (r"sign", r"signed"),
    (r"pick", r"picked up"),
)
_TRIED = frozenset({"call", "phone", "ring", "chase"})
"""To have called is not to have reached anybody."""
_CALLS = re.compile(
    r"(?:call|phone|ring|tell|notify|inform|ask|remind|contact|reach)(?: back| out to)? (?P<p>[^,(]{2,60}?)"
    r"(?: (?:about|re|regarding|for|on|with|to|that|if|whether|when|by|before|of|and|at)\b.*|$)"
)
_SECURES = frozenset({"book", "reserve", "find", "secure", "schedule", "arrange"})
_GOT_IT = re.compile(
    r"(?:(?:i|we)(?:'ve| have)? |finally |just )*got (?:(?:the|an?|his|her|their|our) )?(?P<w>[^,.;:!?]{2,60})"
)
_BIDS_TOO = re.compile(r"(?:set|put|let|cut)\b")
"""At the head of a clause these bid as well as tell: "set up the visit"."""
_LINKS = frozenset(
    {
        "to",
        "for",
        "from",
        "about",
        "with",
        "at",
        "by",
        "on",
        "in",
        "of",
        "before",
        "after",
        "until",
        "into",
        "via",
        "up",
    }
    | {"de", "del", "para", "a", "al", "con", "en", "sobre", "who", "that", "which", "whose", "que", "quien"}
)
_WORD = re.compile(r"[a-z0-9-]+")
_KIN = frozenset(
    _WORD.findall(
        "patient pt client member mom mother dad father parent parents daughter son wife husband spouse sister brother "
        "aunt uncle niece nephew family caregiver guardian caretaker him her them he she mama papa hija hijo esposa "
        "esposo familia paciente"
    )
)
_NOBODY = frozenset(_WORD.findall("the a an mr mrs ms dr s of from in office staff desk back again sra sr la el"))
"""Words that name nobody."""


def is_told_done(plain: str, task: Task) -> bool:
    """Return whether the folded words tell what the task's title bids."""
    bid = bidden(task)
    if _BIDS_TOO.match(plain):
        return False
    if _has_got(plain, task):
        return True
    told = [words for verbs, words in _GROUPS if re.fullmatch(verbs, bid[0])]
    if bid[0] in {"get", "have", "obtain"} and "signed" in bid:
        told = []
    if bid[0] and bid[0] not in _TRIED:
        told.append(rf"{re.escape(bid[0])}e?d|{re.escape(stem(bid[0]))}ed")
    if bid[0] in {"have", "get"}:
        # "Get the form signed", "Have the room cleaned": the last word is what has to become true.
        told += [rf"{re.escape(one)}|(?:is|are|was) {re.escape(stem(one))}" for one in bid[1:] if one.endswith("ed")]
    return any(re.search(rf"\b(?:{words})(?![\w'])", plain) for words in told)


def _has_got(plain: str, task: Task) -> bool:
    """Return whether "got the room for October" tells what "Book the room" bids; "got the room's number" does not."""
    match, bid = _GOT_IT.match(plain), bidden(task)
    if match is None or bid[0] not in _SECURES:
        return False
    words = _WORD.findall(match["w"])
    end = next((place for place, word in enumerate(words) if word in _LINKS), len(words))
    own = {stem(word) for word in _WORD.findall(fold(f"{task.title} {task.patient or ''}"))}
    return end > 0 and all(stem(word) in own for word in words[:end])


def thing(task: Task) -> str:
    """Return the noun that the title bids something of: `order` in "Fax the stress test order to Ridgeview"."""
    words = bidden(task)[1:]
    while words and words[0] in _LINKS:
        words = words[1:]
    end = next((place for place, word in enumerate(words) if word in _LINKS), len(words))
    return words[end - 1] if words else ""


def things(task: Task) -> tuple[str, ...]:
    """Return the same, and of "Get the bed hold signed" both what has to become true and of what: `signed`, `hold`."""
    words, last = bidden(task), thing(task)
    place = words.index(last) if last in words else 0
    before = [word for word in words[1:place] if not word.isdigit()]
    is_state = words[0] in {"get", "have"} and last.endswith("ed") and bool(before)
    return (last, before[-1]) if is_state else (last,)


def is_anothers(task: Task, whom: str) -> bool:
    """Return whether folded words name somebody else than the one whom the title bids to call.

    "Spoke with Kim" does not end "Call Aetna about the MRI", whose patient Kim is.
    """
    match = _CALLS.match(fold(task.title))
    wanted = set(_WORD.findall(match["p"])) - _NOBODY if match else set()
    told = set(_WORD.findall(whom)) - _NOBODY
    if not wanted or not told or wanted & _KIN or told & _KIN:
        return False
    return not {stem(word) for word in wanted} & {stem(word) for word in told}


def bidden(task: Task) -> tuple[str, ...]:
    """Return the folded words of the title; the first is what it bids to do."""
    return _bidden(task.title)


@lru_cache(maxsize=4096)
def _bidden(title: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(title))) or ("",)
