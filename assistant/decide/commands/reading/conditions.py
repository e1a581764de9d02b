"""A sentence of a reply -> whether what it asks hangs on something that has not happened, and the question that leaves.

"If you can, move 15 to Friday" is but polite; "if they do not call, move 15 to Friday" is a plan, and changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.wording.text import SIGN, fold
from assistant.decide.commands.wording.words import CLOSE, DROP, GIVE, HAND_ON, MOVE, SNOOZE

CHANGES = frozenset({"done", "drop", "reopen", "snooze", "due", "assign", "priority"})
_VERB = rf"(?:{CLOSE}|{DROP}|{SNOOZE}|{MOVE}|{GIVE}|{HAND_ON}|reopen|have|let|do)"
_POLITE = re.compile(
    rf"\b(?:if (?:at all )?(?:possible|convenient|able|permitted)|if (?:you|we|i)(?: would| could| can| may| might)"
    rf"(?: please| just| kindly)* (?={_VERB} )|"
    r"if (?:you|u) (?:can|could|please|would|have (?:a|the|any)? ?(?:minute|moment|sec|second|time|chance)|"
    r"don'?t mind|do not mind|wouldn'?t mind|get (?:a|the) (?:minute|moment|sec|chance))|"
    r"if (?:that|it|this)(?:'?s| is| would be)(?: all)? (?:ok(?:ay)?|fine|alright|all right|cool|possible|"
    r"not too (?:much|late)[a-z ]{0,20}|not a (?:bother|problem)|no trouble)(?: with you| by you| for you)?|"
    r"if (?:that|it|this) works(?: for you)?|if it (?:isn'?t|is not) too much (?:trouble|to ask|bother)|"
    r"(?:i(?:'d| would| should)|we(?:'d| would)) (?:be )?(?:so |very |most |really )?(?:grateful|obliged|thankful|"
    r"appreciate it|appreciative) if you (?:would|could|can|might)(?: please| kindly)?|"
    r"when(?:ever)? (?:you|u) (?:can|could|have (?:a|the) (?:minute|moment|sec|second|chance)|have time|"
    r"get (?:a|the) (?:minute|moment|sec|second|chance)|get to it|are able|find (?:a|the) (?:minute|moment|time))|"
    r"si (?:puedes?|pueden|podrias?|se puede|es posible|fuera posible|no es (?:mucha )?molestia|no (?:te|"
    r"le) (?:importa|"
    r"molesta)|eres tan amable|(?:te|le) parece(?: bien)?|(?:tienes?|tiene) (?:tiempo|un momento|chance))|"
    r"cuando (?:puedas?|pueda|pueda[ns]|(?:tengas?) (?:tiempo|un momento|chance|oportunidad)))(?: please| pls|"
    r",? por favor)?"
    r"(?=[\s,.;:!]|$)[\s,]*"
)
_PARTING = re.compile(r"ok(?:ay)?\?+|later[sz]?!+")
"""Said after all the rest: "12 done. ok?"."""
_STARTS = re.compile(
    r"(?:[\W§]*(?:and|but|so|then|also|only|even|ok|well|pero|y|solo)\b)*[\W§]*(?:(?:[a-z.' ]{2,30}:\s+))?(?:"
    r"if|unless|in case|on condition|provided|providing|assuming|suppos(?:e|ing)|as soon as|the (?:moment|minute|"
    r"day) (?:they|he|she|it|we|i|the|that)|"
    r"in that case|only (?:if|when|once)|"
    r"(?:once|when|whenever)(?! (?:again|more|upon|is|was|are|were|do|does|did|will|can|should)\b)(?! (?:\S+ "
    r"){1,4}?(?:[a-z]{2,}ed|was|were|got|came|went|had|"
    r"did|saw|"
    r"told|said|spoke|left|sent|heard|found)\b)|"
    r"otherwise,? (?=(?:give|move|push|drop|close|snooze|assign|cancel|mark|hand)\b)|"
    r"en caso|a menos que|siempre que|en cuanto|una vez que|tan pronto|cuando)\b"
)
_SHOULD = r"should(?! (?:have|be|get|hear|know|see|finish)\b)"
"""Turned round, not told of oneself: "should have it by 2"."""
_STARTS_SO = re.compile(rf"[\W§]*(?:pero |y )?si (?!,)[^,?]{{3,60}},|[^\w§]*{_SHOULD} (?:\S+ ){{1,5}}?[^,?]{{2,40}},")
"""Beginnings that are conditions only where a comma parts them from the rest."""
_TRAILS = re.compile(
    r"(?<!\bask)(?<!\basks)(?<!\basked)(?<!\bsee)(?<!\bknow)(?<!\bcheck)(?<!\bsure)(?<!\bout)(?<!\bme)(?<!\bconfirm)"
    r"(?<!\bher)(?<!\bhim)(?<!\bthem)[\s,;(-]+(?:but )?(?:only )?(?:if(?! (?:any|there|needed|necessary|you (?:need|"
    r"have|want|get)|(?:she|he|they) "
    r"(?:needs?|has|have|wants?|asks?))\b)|unless|in case|provided|assuming|as long as|on condition|a menos que|"
    r"siempre que|en caso de que)\s"
)
_BARE = re.compile(rf"(?:if|unless|in case|assuming|{_SHOULD}|si|en caso de)\b[^,;:]{{3,70}}")
_GOES_ON = re.compile(rf"{SIGN}|\b(?:i'?ll|i will|we'?ll|we will|then|please|pls|let me|just|i'm|would be|entonces)\b")
_BIDS = re.compile(rf"\b{_VERB}\b(?=.*{SIGN})|{SIGN}.*\b(?:done|closed|dropped)\b")


_TRAILS_SI = re.compile(
    r"(?:(?:por favor|ya|y|puedes|favor de)\s)*(?:cierr[ae]|borr[ae]|cancel[ae]|quit[ae]|elimin[ae]|pas[ae]|muev[ae]|"
    r"d[ae]le|"
    r"asign[ae]|marc[ae]|cerrar|borrar|pasar)\b.*\ssi\s(?=[a-z])"
)


def without_politeness(sentence: str) -> str:
    """Return the sentence without the conditions that only make it polite.

    >>> without_politeness("If possible, snooze 15 to friday")
    'snooze 15 to friday'
    """
    plain = fold(sentence)
    if _PARTING.fullmatch(plain):
        return "please"
    for match in reversed(list(_POLITE.finditer(plain))):
        sentence = f"{sentence[: match.start()]}{sentence[match.end() :]}"
    return sentence.strip() or "please"


def begins_so(plain: str) -> bool:
    """Return whether a sentence or a clause begins with a condition for what follows."""
    return "?" not in plain and (_STARTS.match(plain) is not None or _STARTS_SO.match(plain) is not None)


def stands_alone(sentence: str) -> bool:
    """Return whether a sentence is a condition and nothing else: what it holds for comes next."""
    plain = fold(sentence).strip(" .!…")
    return _BARE.fullmatch(plain) is not None and _GOES_ON.search(plain) is None


def weighed(found: Found | None, clause: Clause, *, hangs: bool) -> Found | None:
    """Return the question that remains of changes which hang on a condition; `hangs`: the sentence began so."""
    plain = clause.full.plain
    if hangs and found is not None and found.operations:
        # A promise for a case that may not come is none yet.
        found = replace(found, operations=tuple(one for one in found.operations if one.op != "acknowledge"))
    changed = tuple(one.number for one in found.operations if one.op in CHANGES and one.number) if found else ()
    if found is not None and changed and (hangs or _TRAILS.search(plain) or _TRAILS_SI.match(plain)):
        kept = tuple(dict.fromkeys(changed))
        return Found(ask=_asked(kept), about=kept, kept=kept)
    if not hangs or "?" in plain or found is None or not any(one.op == "question" for one in found.operations):
        return found
    numbers = clause.full.known
    if numbers and _BIDS.search(plain):
        return Found(ask=_asked(numbers), about=numbers, kept=numbers)
    return replace(found, operations=tuple(one for one in found.operations if one.op != "question"))


def _asked(numbers: tuple[int, ...]) -> str:
    named = ", ".join(f"#{number}" for number in numbers)
    return f"I cannot see when that is so, and left {named} as it is. What shall I do now?"
