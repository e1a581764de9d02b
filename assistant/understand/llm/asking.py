"""A line -> whether it is worth a model's look: could it ask for something at all, in any words?

Wide on purpose, far wider than the rules: a word of doing, lacking, wanting or wondering anywhere is enough. What is
left out is small talk, names, addresses and news without any of these: they cost tokens and lead small models astray.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.understand.embedded.claims import claim_in
from assistant.understand.embedded.rules import Rules, straight
from assistant.understand.embedded.sentences import Sentence

_WANTS = re.compile(
    r"\?|\b(?:need|needs|needed|must|should|have to|has to|had to|got to|gotta|be (?:re-?)?\w{2,12}ed|wants?|wanted|"
    r"expect\w{0,3}|hop(?:e|ing)|wonder\w{0,3}|wish|would|could|can|can't|cannot|may|might|will|i'll|we'll|you'll|"
    r"please|pls|kindly|let|lets|let's|miss(?:ing|ed|es)|lack\w{0,3}|wait\w{0,3}|await\w{0,3}|still|nothing|never|nobody|"
    r"none|not|no|isn't|hasn't|haven't|didn't|doesn't|wasn't|don't|won't|without|outstanding|pending|overdue|due|open|"
    r"owe\w{0,2}|yours|on you|up to you|to do|asap|urgent\w{0,2}|stat|today|tonight|tomorrow|by|before|until|deadline|"
    r"remind\w{0,3}|forg[eo]t\w{0,3}|ready|reach\w{0,3}|heard?|dictat\w{0,3}|handl\w{0,3}|yes|ok|okay|"
    # Spanish
    r"falta\w{0,2}|necesit\w{0,5}|hay que|tiene\w? que|debe\w{0,2}|quier\w{0,4}|quisiera|exij\w{0,2}|agradec\w{0,6}|"
    r"pendiente\w?|favor|pued\w{1,3}|podr[ií]a\w?|mañana|hoy|antes|ya|aún|todav[ií]a|avis\w{1,5}|sin)\b",
    re.IGNORECASE,
)
_PRESSES = re.compile(
    r"\?|\d|\b(?:by|before|today|tonight|tomorrow|now|asap|stat|urgent|yes|hoy|mañana|ya)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_][\w'-]{1,20}")
_FEW = 4
"""Words of a line that is most often a name, a place or a greeting."""


def could_ask(sentence: Sentence, rules: Rules) -> bool:
    """Say whether a model should be asked about a line."""
    if sentence.shape != "prose" or claim_in(sentence, rules):
        return True
    text = straight(sentence.text)
    if len(text.split()) <= _FEW and not _PRESSES.search(text):
        return False
    words = {word.lower() for word in _WORD.findall(text)}
    return _WANTS.search(text) is not None or not words.isdisjoint(_verbs(rules))


@cache
def _verbs(rules: Rules) -> frozenset[str]:
    return frozenset(verb.split()[0] for name in ("verb", "noun_verb", "es_mande") for verb in rules.words[name])
