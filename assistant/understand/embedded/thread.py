"""A thread's later words -> which of its earlier requests they close, move or repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from assistant.understand.embedded.rules import Hit, Rules, straight
from assistant.understand.embedded.sentences import Sentence

ClosingKind = Literal["done", "cancel", "moved", "settled", "finished", "dropped"]
KINDS: tuple[ClosingKind, ...] = ("cancel", "moved", "done", "settled")
WIDE: tuple[ClosingKind, ...] = ("cancel", "dropped", "done", "finished")
"""Read clause by clause, and only beside a request further up that they may speak of."""
WORD = re.compile(r"[^\W_][\w'’&/-]{2,}")
ENDING = re.compile(r"(?<=\w{4})(?:ings?|ed|es|s)$|(?<=\w{3})s$")
ENOUGH: dict[ClosingKind, float] = {"cancel": 0.2, "moved": 0.3, "done": 0.4, "settled": 0.0}
ENOUGH |= {"finished": 0.25, "dropped": 0.25}
"""The share of a closing sentence's words that a request must have in common with it where that is only one."""
_SHARED = 3
_SHARE = 0.6
_PREFIX = 4
"""Letters by which two forms of a word are the same: "signed", "signature"."""
REPEATS_AT = 82
"""Of 100, from which two sentences count as the same request."""
CLAUSE = re.compile(
    r"[,;:](?= )|\s[-–—]{1,2}\s|\b(?:so|but|because|since|which means|thanks to|"
    r"and(?= (?:[\w'&-]{1,15} ){1,3}(?:is|are|has|have|was|were|got|came|went|did|signed|sent|faxed|called)\b))\b",
    re.IGNORECASE,
)
UNSURE = re.compile(
    r"\b(?:not|never|no|nothing|nobody|yet|still|once|until|till|if|when|whenever|unless|will|going to|should|can|"
    r"could|would|might|may|waiting|hope|hopefully|please|need|needs|want|wants|except|half|partly|some of|one of|"
    r"first page|only|almost|nearly|about to|say|says|todav[ií]a|a[uú]n|cuando|si)\b|n't\b|'ll\b|"
    r"left (?:a |him |her |two )",
    re.IGNORECASE,
)
"""Before what is said to be done: it is not, or not all of it."""
MAYBE = re.compile(
    r"^(?:and |but |so )?(?:if|once|when|whenever|unless|until|in case|before|should|cuando|si)\b", re.IGNORECASE
)
HURRY = re.compile(r"\b(?:rush|hurry|apologi[sz]e|explain|thank|reply|respond|worry|rsvp|sorry)\b", re.IGNORECASE)
EVERY = re.compile(
    r"\b(?:all|both|everything|whole|every|todo|good|we're good|scratch that|never ?mind|nvm|hold the|hold off|"
    r"change of|disregard|ignore|passed away|died)\b|^done\b",
    re.IGNORECASE,
)
"""Words that close whatever stands open."""
HANDLING = re.compile(
    r"(?:c[ao]me|arrived?|landed|show|turn|made|went|gone|got|hit|found|receiv|sign(?:ed)?$|fax(?:ed)?$|resent|resche|"
    r"mov(?:ed)?$|order(?:ed)?$|drawn?$|deliv|submit|approv|complet|finish|clos|handl|sort|confir|upload|"
    r"scan(?:ned)?$|filed?$|mail(?:ed)?$|reach|spoke|talk|caught|fix|clear|read|review|drop|pick|cros|check|strik|"
    r"scratc|scrap|kill|forget|ignor|disreg|cancel|skip|hold|stop|leav|never$|neverm|mind|nvm|off$|own$|just|alread|"
    r"finall|minute|hour|ago$|last$|night|yester|thank|great|good|sorry|hi$|hey$|hello|myself|hersel|himsel|"
    r"perfec|one$|part$|actual|more$|longer|anymor|needed|necess|well$|okay|fine|list|plate|desk|inbox|presse|pull|plug|chas|"
    r"worri|worry|where$|alone|pass$|away$|died$|anybod|anyone|anythi|someon|somebo|exactl|precis|trick|saved?$|"
    r"after$|nurse|daught|son$|wife|husban|family|mother|father|mom$|dad$|sister|brothe|doctor|front$|clinic|cousin|"
    r"neighb|caregi|aide$|aunt$|uncle$|\w{1,5}n't?$|people|re(?:fax|sen|book|subm|do$|draw|chec)|over$|throug|instea|readab|beat$|catch|thing|both|everyt|"
    r"waive|expire|withou|say$|said$|taken|care$|ahold|hook$|spiel|half$|page|quick|fast|next|while|under$|ya$|gracia|listo|favor)"
)
"""Stems that say how something was handled, by whom, or when, not what it is."""
ASKED = re.compile(
    r"\b(?:my|the|that|this|our) (?:last |earlier |previous |prior |other )?(?:note|message|e-?mail|request|ask|"
    r"question)(?: below| above| from [a-z]{3,12})?",
    re.IGNORECASE,
)
"""What a request is called by whoever takes it back."""
SHORT = re.compile(r"\b(?!AM|PM|MD|RN|NP|OK|TY|ET|CT (?:time|zone))[A-Z]{2}\b(?!'|\.)")
TO_A_DAY = re.compile(
    r"(?=.{0,300}\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|next week|(?:the )?\d{1,2}(?:st|nd|rd|th)|"
    r"\d{1,2}/\d{1,2}|jan\w{0,6}|feb\w{0,6}|mar(?:ch)?|apr\w{0,3}|may|june?|july?|aug\w{0,4}|sept?\w{0,7}|oct\w{0,5}|"
    r"nov\w{0,6}|dec\w{0,6}|noon|\d{1,2} ?[ap]m)\b).{0,300}\b(?:instead|until|till|rather than|not (?:the|until|on|by)|"
    r"has to be|have to be|needs to be|slid\w{1,2}|push\w{0,3}|mov(?:e|es|ing)|extend\w{0,2}|extension|"
    r"bump\w{0,3}|later)\b",
    re.IGNORECASE,
)
"""Another day for it: it stays open."""
PASSIVE = frozenset({"was-handled", "arrived"})
"""Rules of verbs whose subject is the thing: "the echo came"."""
COMES = frozenset({"arrived", "have-it-now"})
SIGNS = re.compile(
    r"\b(?!signed (?:[\w-]{2,15} ){0,2}(?:consents?|forms?|orders?|cop(?:y|ies)|release|letter|script|notes?)\b)"
    r"(?:sign|cosign|co-sign|fill|complet|countersign|initial|firm)\w{0,6}\b",
    re.IGNORECASE,
)
ABOUT = re.compile(r"\b(?:for|before|by|at|until|ahead of|para|antes)\b", re.IGNORECASE)
"""Before what a thing is wanted for: "the auth for her infusion" is not done when the infusion is booked."""
NAME = re.compile(r"\b(?!I\b)[A-Z][a-z][\w'’.-]{0,20}")
HAS_OBJECT = re.compile(r"\b(?:it|them|that|this|her|him|those|both|one)\b", re.IGNORECASE)
OFF = re.compile(r"\b(?:cancel|scratch|scrap|drop|never ?mind|forget|skip|no longer|no need)", re.IGNORECASE)
BELONGS = re.compile(r"(?<=\w)'(?:s|re|ve|ll|d)\b")
SAME = (
    frozenset({"ride", "van", "transp", "cab", "taxi", "pickup", "viatec", "lyft", "uber", "drive"}),
    frozenset({"auth", "pa", "author", "prior", "precer", "approv", "reauth"}),
    frozenset({"appoin", "visit", "slot", "appt", "consul", "visita", "cita"}),
    frozenset({"rx", "script", "prescr", "refill", "receta"}),
    frozenset(
        {
            "lab",
            "labs",
            "cbc",
            "bmp",
            "blood",
            "result",
            "level",
            "draw",
            "redraw",
            "redrew",
            "drawn",
            "drew",
            "specim",
            "tube",
        }
    ),
    frozenset({"interp", "transl", "intérp", "interpr"}),
    frozenset({"form", "paper", "packet", "questi"}),
    frozenset({"image", "imagin", "mri", "scan", "film", "films", "disc", "disk", "images"}),
    frozenset({"report", "result", "note", "findin", "record", "chart", "summar"}),
    frozenset({"call", "ring", "dial", "called", "reach", "talk", "spoke", "phone", "rang", "contac"}),
    frozenset({"surger", "proced", "operat", "case"}),
    frozenset({"bed", "room", "transf"}),
    frozenset({"echo", "echoca", "eco"}),
)
"""Words for the same thing in the desk's talk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A sentence that says that something is done, off or moved."""

    kind: ClosingKind
    sentence: Sentence
    words: frozenset[str]
    rule: str = ""
    is_bare: bool = False
    """True where it names nothing: "It came!"; it speaks of the only thing that stands open, if there is one."""
    is_for_all: bool = False
    """True where it names nothing and speaks of everything: "All set!"."""


def stems(text: str, rules: Rules) -> frozenset[str]:
    """Return the words of a text that tell it from others, cut to their stems."""
    common = rules.words["common"]
    said = (word.lower() for word in WORD.findall(straight(text)))
    return frozenset(ENDING.sub("", word)[:6] for word in said if word not in common)


def closings(said: tuple[Sentence, ...], rules: Rules, *, is_thread: bool = True) -> tuple[Closing, ...]:
    """Return what the sentences of one part close; "so this is closed" speaks of the sentence before it."""
    found: list[Closing] = []
    for before, sentence in zip((None, *said), said, strict=False):
        text = straight(sentence.text)
        if rules.first("attack", text) or text.endswith("?"):
            continue
        above = before.text if before is not None and before.block == sentence.block and GOES_BACK.match(text) else ""
        kind = next((kind for kind in KINDS if rules.first(kind, text)), None)
        kind = "settled" if kind == "cancel" and ALL_OFF.match(text) else kind
        if kind is not None:
            words = _closing_words(kind, text, rules) | stems(above, rules)
            found.append(Closing(kind=kind, sentence=sentence, words=words))
        if is_thread and kind not in {"moved", "settled"}:
            found.extend(_wide(sentence, text, above, rules))
    return tuple(found)


ALL_OFF = re.compile(
    r"(?:(?:it|this|that|these)(?:'s| is| are) )?(?:no longer|not) (?:needed|necessary|required)"
    r"(?: any ?more| after all| now)?(?:[,.;!]|$)",
    re.IGNORECASE,
)
"""What names nothing is off as a whole: "No longer needed, they went elsewhere"."""
GOES_BACK = re.compile(r"(?:so |and )?(?:that|this|it|they)\b", re.IGNORECASE)


def _wide(sentence: Sentence, text: str, above: str, rules: Rules) -> Iterator[Closing]:
    """Yield what the clauses of a sentence close, by the wide wording that only a thread's older words make sure."""
    if MAYBE.match(text) or (TO_A_DAY.match(text) and not OFF.search(text)):
        return
    names_something = False
    for clause in (part.strip() for part in CLAUSE.split(text)):
        found = _wide_hit(clause, rules)
        if found is None:
            continue
        kind, rule, subject = found
        words = _things(subject, rules) or _things(clause, rules)
        named = _things(NAME.sub("", clause), rules) if HAS_OBJECT.search(clause) else words
        # "The order went over to her, that part is done": it is the order that is done.
        is_bare = not named and not (names_something and kind == "finished")
        names_something = names_something or bool(named)
        yield Closing(
            kind=kind,
            sentence=sentence,
            words=words or _things(f"{above} {text}", rules),
            rule=rule,
            is_bare=is_bare,
            is_for_all=is_bare and EVERY.search(clause) is not None,
        )


def _wide_hit(clause: str, rules: Rules) -> tuple[ClosingKind, str, str] | None:
    """Return how a clause closes something: the kind, the rule, and the words that name what it closes."""
    for kind in WIDE:
        hit = rules.first(kind, clause)
        if hit is None or not _is_sure(kind, hit, clause):
            continue
        subject = clause[: hit.end] if hit.rule.name in PASSIVE else clause
        return "dropped" if kind in {"cancel", "dropped"} else "finished", hit.rule.name, subject
    hit = rules.first("deny", clause)
    return None if hit is None or HURRY.search(clause) else ("dropped", hit.rule.name, clause)


def _things(text: str, rules: Rules) -> frozenset[str]:
    """Return the stems of what a text names, without the words that say how it was handled, by whom and when."""
    plain = BELONGS.sub("", ASKED.sub("", text))
    return frozenset(word for word in stems(plain, rules) if not HANDLING.match(word)) | _shorts(plain)


def _shorts(text: str) -> frozenset[str]:
    """Return the things of two capitals: "CT"."""
    return frozenset(found.lower() for found in SHORT.findall(text))


def _is_sure(kind: ClosingKind, hit: Hit, clause: str) -> bool:
    if kind in {"cancel", "dropped"} or hit.rule.name == "off-the-list":
        return True
    return UNSURE.search(clause[: hit.end]) is None and not clause.lower().endswith((" yet", " only"))


def _closing_words(kind: ClosingKind, text: str, rules: Rules) -> frozenset[str]:
    """Return what a closing speaks of: of a sentence that calls something off, the words up to the next comma."""
    hit = rules.first(kind, text)
    if hit is None or kind != "cancel":
        return stems(text, rules)
    begins = max(text.rfind(mark, 0, hit.start) for mark in ",;:")
    clause = re.split(r"[,;:]", text[begins + 1 :], maxsplit=1)[0]
    return stems(clause, rules) or stems(text, rules)


def closing_of(
    request: str, what: str, patient: str | None, later: tuple[Closing, ...], rules: Rules
) -> Closing | None:
    """Return the later sentence that closes a request: both speak of the same thing, the patient's name aside.

    `request` holds the words that it is known by, `what` those that say what is to be done.
    """
    name = stems(patient or "", rules)
    words = stems(request, rules) - name
    things = stems(BELONGS.sub("", request), rules) - name | _shorts(request)
    head, _, tail = BELONGS.sub("", ABOUT.sub("\n", what, count=1)).partition("\n")
    occasion = stems(tail, rules) - stems(head, rules) - name
    for closing in later:
        if closing.kind == "settled":
            return closing
        said = closing.words - name
        is_wide = closing.kind in {"finished", "dropped"}
        shared = _in_common(things, said) if is_wide else words & said
        if closing.rule in COMES and SIGNS.search(request) and not SIGNS.search(closing.sentence.text):
            # "The form is here" is not yet "The form is signed".
            continue
        if closing.kind in {"finished", "done"} and len(shared) == 1 and stems(head, rules) and shared <= occasion:
            continue
        # One word in common is little: "skip the echo" says enough, a long report does not.
        enough = ENOUGH[closing.kind] if len(shared) == 1 else 0.0
        if shared and len(shared) / len(closing.words) >= enough:
            return closing
    return None


def _in_common(request: frozenset[str], said: frozenset[str]) -> frozenset[str]:
    """Return the words of a closing that a request has too, in another form or by another name."""

    def is_named(word: str) -> bool:
        if word in request or any(word in group and group & request for group in SAME):
            return True
        return any(
            len(min(word, one, key=len)) >= _PREFIX and (word.startswith(one) or one.startswith(word))
            for one in request
        )

    return frozenset(word for word in said if is_named(word))


def repeats(one: str, other: str, rules: Rules) -> bool:
    """Say whether two sentences ask for the same."""
    if fuzz.token_set_ratio(one.lower(), other.lower()) >= REPEATS_AT:
        return True
    a, b = stems(one, rules), stems(other, rules)
    shared = len(a & b)
    return shared >= _SHARED and shared / max(1, min(len(a), len(b))) >= _SHARE
