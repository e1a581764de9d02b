"""A sentence -> the claim in it, if any: what is asked, lacking, wondered or promised, and by which rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from assistant.understand.embedded.rules import Hit, Kind, Rule, Rules, straight
from assistant.understand.embedded.sentences import Sentence, fold

ClaimKind = Literal["request", "need", "question", "promise", "row"]

# What may stand before the word that asks: "Also, ", "URGENT: ", "Then, when that's done, ".
LEAD_IN = re.compile(
    r"^(?:(?:also|and|then|so|ok|okay|next|finally|lastly|first|second|third|first off|one more(?: thing)?|"
    r"two things|last thing|oh|plus|but|"
    r"again|meanwhile|urgent|stat|asap|important|reminder|friendly reminder|gentle reminder|quick one|"
    r"quick favor|question|request|"
    r"(?:when(?:ever)?|if) you (?:can|get (?:a|the) (?:chance|minute|moment|second|sec)|"
    r"have (?:a|the) (?:chance|minute|moment|second|sec|time)|have time)|when that's done|while you're at it|"
    r"one (?:more|last|other) (?:favor|request|item|ask)|just|simply|oh and|btw|by the way|p\.?s\.?|real quick|"
    r"if it(?:'s| is|s) (?:not|no) (?:too much )?(?:trouble|bother)|if it isn't too much trouble|if you don't mind|"
    r"(?:as|like|per) (?:discussed|agreed|promised|requested|our (?:call|talk|chat|conversation))|"
    r"after that|today|tomorrow|"
    r"si es posible|si puede|si pudiera|cuando pueda|por [uú]ltimo|otra cosa|de paso|oiga|luego|entonces|"
    r"tonight|this (?:morning|afternoon)|if (?:at all )?possible|if you can|"
    r"in the meantime|thanks|thank you|hi|hey|hello|"
    r"yes|yep|sure|great|perfect|sounds good|got it|agreed|sí|claro|"
    r"all(?! set)|team|y|además|también|@[\w.-]{2,25})"
    r"(?:[,:!]? ?[-–—]{1,2} |[,:!]{1,3} | ))",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"^@?(?P<name>(?:(?:Dr|Mr|Mrs|Ms|Miss)\.? )?[A-Z][\w'’.-]{1,20}(?: [A-Z][\w'’-]{1,20})?) ?(?:,|:|-{1,2}|–|—) (?=\S)"
)
LABEL = re.compile(r"^[^.!?:]{1,45}?(?::| [-–—]{1,2}) (?=\S)")
PLAIN_RULES = frozenset({"imperative", "imperative-noun", "imperative-ask-whether", "see-if", "chase-for-me"})
"""Requests without a word of asking: a "no need" anywhere in the sentence takes them."""
OPENING = re.compile(
    r"^(?:for|to|in order to|on|as for|about|regarding|re|when|whenever|next time|upon|as soon as|"
    r"once|after|before|since|because|as|while|until|given|with|in|at|by|"
    r"if (?:possible|you can)|para|antes de|cuando|como)\b[^,;:]{2,80}[,:] (?:then |please |pls )?(?=\S)",
    re.IGNORECASE,
)
"""A circumstance told before the order: "For the Dow case, get the films over"."""
JOINT = re.compile(r"(?:;| -{1,2}| [–—]|\.{3}|…|(?<=\w\w): | \u2192|=>) ?(?=[^\W\d])")
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|had|will|went|says?|said|came|did|does|can't|isn't|got|moved)\b", re.IGNORECASE
)
PRONOUN = re.compile(
    r"(?:it|them|that|this|(?:(?:their|an|your|the|some|any) )?(?:answers?|repl(?:y|ies)|response)|those|these|they|"
    r"both|all of (?:it|them|this|these)|everything|whatever|"
    r"either|each|the above|has|have|needs?|must|(?:his|hers|theirs|yours|mine)(?= (?:by|before|today|tomorrow|"
    r"too)\b))\b",
    re.IGNORECASE,
)
"""What a need adds to the request before it: "I need it by Friday"."""
THREAT = "or-it-closes"
"""The rule of "If we do not have it by Friday, the case will be closed": a condition that asks for something."""
ORDERS: tuple[Kind, ...] = ("request", "report", "wish", "promise")
OTHERS_PROMISES = frozenset({"they-will", "our-people-will", "you-will-have"})
PLEA = re.compile(r"\b(?:please|pls|let (?:me|us) know|por favor)\b", re.IGNORECASE)
NONE = re.compile(
    r"(?:[:–—-] ?|(?<!,)\s)(?:nothing|none|ok|okay|done|all in|n/a|complete|completed|ready|set|fine|booked|received|"
    r"sent|"
    r"signed|"
    r"yes|x|✓|in|listo|nada)[.!]?$",
    re.IGNORECASE,
)
"""How a list item says that nothing is open in it."""
CONDITIONAL = re.compile(
    r"^(?:and |but |so )?(?:if (?!possible|you can|at all|not)|unless|should (?:the|you|we)|in case)\b", re.IGNORECASE
)
ASKED = re.compile(r"(?:in writing |by mail )?(?:if|whether|what|when|which|who|where|how|why|si)\b", re.IGNORECASE)
WANTS_WORD = re.compile(
    r"\b(?:tell|let|inform|advise|send|give) (?:me|us)\b.{0,40}?\b(?:whether|which|who|"
    r"what (?!happens|you find|they say|she says|he says)|that you(?:'ve| have| can| will| accept))|"
    r"\b(?:need|want|like|have) to (?:know|hear)\b.{0,30}?\b(?:whether|which|who|if|what|where)\b|"
    r"\b(?:call|text|page|e-?mail|phone|ring|message) (?:me|us)(?: back)? with (?:the|a|your|his|her|their)\b|"
    r"\bconfirm (?:by|before|today|tomorrow)\b.{0,25}\bthat (?!you (?:got|received))|"
    r"\bsaber (?:si|cu[aá]nd?t?o|cu[aá]l|qu[eé]|qui[eé]n|d[oó]nde|c[oó]mo)\b",
    re.IGNORECASE,
)
"""A word that decides something, not only that the thing is done."""
LABELS_WHEN = re.compile(
    r"^(?:.{0,20}\b(?:by|due|deadline|date|time|on|no|number|id|phone|fax|name)|to|from|"
    r"(?:\w{1,10} )?status|re|subject)$",
    re.IGNORECASE,
)
ACTION_KEY = re.compile(
    r"^(?:action(?:s|\(s\))?(?: needed| required| items?| requested)?|to ?-?do|tasks?|next (?:steps?|action)|"
    r"(?:still )?(?:needed|missing)(?: from you)?|outstanding|what we need|we need|asks?|please|pendiente|falta)$",
    re.IGNORECASE,
)
"""Keys of a form whose value is to be done or got."""
SHORT_FIELD = 2
MAX_NOTE = 110
MAX_ORDERS = 5
"""In one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    kind: ClaimKind
    sentence: Sentence
    what: str
    """The words that say what is to be done, verbatim."""
    rule: Rule
    certain: bool = True
    quote: str = ""
    """The words to quote, where they are not the sentence."""
    is_plain: bool = False
    """True for a request without a word of asking, which a reader could take for a statement."""
    is_weak: bool = False
    """True for a statement that only lets one see what is to be done: an order beside it says it better."""


def asks(sentence: str, rules: Rules) -> bool:
    """Say whether a sentence holds something to do: an order, a plea, or its writer's promise; fine print too."""
    return PLEA.search(straight(fold(sentence))) is not None or next(signs(sentence, rules), None) is not None


def signs(sentence: str, rules: Rules) -> Iterator[tuple[Rule, int]]:
    """Yield the rules by which a sentence, seen alone, holds something to do, and where in it (folded) that begins."""
    text = straight(fold(sentence))
    for place in sorted({0, _body(text), _after_label(text, _body(text))}):
        for kind in ORDERS:
            for hit in rules.hits(kind, text[place:]):
                if hit.rule.name not in OTHERS_PROMISES:
                    yield hit.rule, hit.what + place


def is_silenced(sentence: str, rules: Rules) -> bool:
    """Say whether a sentence is fine print or speaks to machines: nothing in it is a claim."""
    text = straight(sentence)
    return rules.first("attack", text) is not None or rules.first("boilerplate", text) is not None


def claim_in(sentence: Sentence, rules: Rules) -> Claim | None:
    """Return the claim of one sentence; the surest kind first."""
    found = _claim_in(sentence, rules)
    # A sentence that reads alike may have been met elsewhere.
    return found if found is None or found.sentence is sentence else replace(found, sentence=sentence)


@lru_cache(maxsize=1024)
def _claim_in(sentence: Sentence, rules: Rules) -> Claim | None:
    if sentence.shape == "ticked_box" or is_silenced(sentence.text, rules):
        return None
    if sentence.cells and sentence.shape != "row":
        return _field_claim(sentence, rules)
    text = straight(sentence.text)
    body = _body(text)
    denied = [(hit.start, hit.end) for kind in ("deny", "cancel") for hit in rules.hits(kind, text)]
    if rules.first("condition", text) or rules.first("condition", text[body:]):
        return None
    for place in dict.fromkeys((body, _after_label(text, body), 0, *_clauses(text, body))):
        for hit in (*rules.hits("request", text[place:]), *rules.hits("wish", text[place:])):
            plain = hit.rule.name in PLAIN_RULES
            is_quoted = text[: hit.what + place].count('"') % 2 == 1
            told = plain and (denied or rules.first("aware", text))
            if told or is_quoted or any(a <= hit.what + place < b for a, b in denied):
                continue
            return _claim("request", sentence, hit, place, is_plain=plain)
    if sentence.shape == "open_box":
        return _note(sentence, rules)
    return None if denied or rules.first("aware", text) else _weaker(sentence, text, body, rules)


def _field_claim(sentence: Sentence, rules: Rules) -> Claim | None:
    """Return what a form's line asks for in words of its own: "Action needed: obtain the signature"."""
    ((key, value),) = sentence.cells
    if LABELS_WHEN.match(key) or len(value.split()) < SHORT_FIELD or NONE.search(f" {value}"):
        return None
    found = _claim_in(Sentence(text=value), rules)
    # "Request: knee brace", "Missing: signed consent": a thing is asked only where the key says so.
    if found is None and ACTION_KEY.match(key) and not any(rules.first(kind, value) for kind in ("deny", "done")):
        head = next(rule for rule in rules.all if rule.kind == "head")
        return Claim(kind="request", sentence=sentence, what=value, rule=head)
    if found is None or found.is_weak or found.kind not in {"request", "need"}:
        return None
    return replace(found, sentence=sentence)


def _weaker(sentence: Sentence, text: str, body: int, rules: Rules) -> Claim | None:
    """Return what is asked without an order: a question, something that lacks, a promise."""
    if text.rstrip("\"') ").endswith("?"):
        question = rules.first("question", text[body:])
        return _claim("question", sentence, question, body) if question else None
    if CONDITIONAL.match(text):
        threat = next((hit for hit in rules.hits("need", text) if hit.rule.name == THREAT), None)
        return _claim("need", sentence, threat, 0, is_weak=True) if threat else None
    need = rules.first("need", text)
    # "I want in writing which day you sent it": what was done is what is asked.
    done = rules.first("done", text)
    if need and (done is None or done.start < need.end or ASKED.match(text[need.what :])):
        return _claim("need", sentence, need, 0)
    if promise := rules.first("promise", text):
        return _claim("promise", sentence, promise, 0)
    lack = rules.first("lack", text)
    if lack is None or (done and done.start >= lack.end):
        return None
    return _claim("need", sentence, lack, 0, is_weak=True)


WITHOUT_COMMA = "and-order"
MEANS = re.compile(
    r"(?:please )?(?:call|phone|ring|contact|reach(?: out)?|ask|e-?mail|text|page|go|log|try|work with|check with|talk|"
    r"speak|touch base|follow up|get hold|get with|look)\b(?! (?:me|us)\b)",
    re.IGNORECASE,
)
"""An order that is the way to the next: "Call the lab and get the slides"."""


def split_orders(said: tuple[Sentence, ...], rules: Rules) -> tuple[Sentence, ...]:
    """Cut a sentence in two where it asks for two things: "get it signed, and send the packet to her office"."""
    cut: list[Sentence] = []
    for sentence in said:
        cut += [sentence] if sentence.cells else _split(sentence, rules, MAX_ORDERS)
    return tuple(cut)


def _split(sentence: Sentence, rules: Rules, most: int) -> list[Sentence]:
    text = straight(sentence.text)
    further = min(rules.hits("further", text), key=lambda hit: hit.start, default=None) if most else None
    rest = text[further.what :] if further else ""
    if further is None or (rules.first("report", rest) and not WANTS_WORD.search(rest)):
        return [sentence]
    first = replace(sentence, text=sentence.text[: further.start].strip())
    asked = claim_in(first, rules)
    if asked is None or asked.kind not in {"request", "promise"}:
        return [sentence]
    if further.rule.name == WITHOUT_COMMA and MEANS.match(asked.what):
        return [sentence]
    return [first, *_split(replace(sentence, text=sentence.text[further.what :]), rules, most - 1)]


def note_claim(sentence: Sentence, rules: Rules) -> Claim | None:
    """Return the claim of a list item without a verb, below a line that makes the list one of tasks."""
    text = straight(sentence.text)
    head = rules.first("head", straight(sentence.lead))
    kinds: tuple[Kind, ...] = ("deny", "cancel", "condition", "aware", *(() if " never " in text else ("done",)))
    told = any(rules.first(kind, text) for kind in kinds) or NONE.search(text)
    is_told = told or (FINITE.search(text) and not sentence.person) or is_silenced(text, rules)
    if head is None or is_told or len(text) > MAX_NOTE:
        return None
    return Claim(kind="need", sentence=sentence, what=sentence.text, rule=head.rule)


def _note(sentence: Sentence, rules: Rules) -> Claim | None:
    """Return the claim of an empty box: whatever stands beside it is still to be done."""
    text = straight(sentence.text)
    if rules.first("deny", text) or rules.first("cancel", text) or rules.first("aware", text):
        return None
    rule = next(rule for rule in rules.all if rule.kind == "head")
    return Claim(kind="request", sentence=sentence, what=sentence.text, rule=rule)


def _body(text: str) -> int:
    """Return where the sentence begins, after whom it is said to and what leads over to it."""
    place = 0
    for _ in range(4):
        found = LEAD_IN.match(text[place:]) or NAMED.match(text[place:])
        if found is None:
            break
        place += found.end()
    return place


def _clauses(text: str, body: int) -> Iterator[int]:
    """Yield where clauses begin behind a semicolon, a dash, or the circumstance that a sentence opens with."""
    for place in dict.fromkeys((0, body)):
        if opening := OPENING.match(text[place:]):
            yield place + opening.end()
    for joint in JOINT.finditer(text):
        yield joint.end()


def _after_label(text: str, body: int) -> int:
    found = LABEL.match(text[body:])
    return body + found.end() if found else body


def _claim(
    kind: ClaimKind, sentence: Sentence, hit: Hit, offset: int, *, is_plain: bool = False, is_weak: bool = False
) -> Claim:
    until = None if hit.until is None else hit.until + offset
    return Claim(
        kind=kind,
        sentence=sentence,
        what=sentence.text[hit.what + offset : until].strip(" ,;-"),
        rule=hit.rule,
        certain=hit.rule.certain,
        is_plain=is_plain,
        is_weak=is_weak,
    )
