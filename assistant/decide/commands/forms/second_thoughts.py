"""Clauses that take back a "done" said just before in the same reply: "hold off", "not yet actually"."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.matching.subjects import Memory
from assistant.decide.commands.wording.text import SIGN, Text

_TURN = (
    r"(?:actually|well|hm+|oh|oops|whoops|ugh|argh|sorry|apologies|no|nope|nah|wait|but|and|ok|so|or|correction|"
    r"on second thoughts?|come to think of it|my (?:bad|mistake)|never ?mind|nvm|espera|perdon|pero|mejor|bueno)"
)
_LEAD = rf"(?:{_TURN}[\s,.:;-]+)*"
_NUMBERS = rf"(?:(?:the|task|number|el|la|los|las)\s+)?{SIGN}+"
_IT = rf"(?:it|that|this|them|those|these|both|that one|this one|that thought|all of (?:it|that|them)|{_NUMBERS})"
_BIT = r"(?: (?:just )?(?:a|one|un) (?:sec|second|minute|min|moment|bit|momento|segundo)| up)?"
_STOPS = (
    rf"(?:no,? espera|espera|never ?mind|nvm|hold (?:off|on|up|it)|hang on|hold|wait){_BIT}(?: (?:on |with )?{_IT})?"
)
_NOT_SO = (
    rf"(?:(?:it|that|this|{_NUMBERS})(?:'s| is| was)? )?(?:not|isn'?t|aren'?t|wasn'?t) (?:(?:actually|really|quite|"
    rf"just|even) )*(?:{_IT} )?(?:(?:yet|done|finished|sent|so fast|so soon|there)(?: yet)?)|"
    rf"(?:it|that|{_NUMBERS}) (?:isn'?t|is not|wasn'?t|hasn'?t|didn'?t)|not (?:quite|really|actually)|"
    rf"(?:it'?s |that'?s |{_NUMBERS} (?:is )?)?still (?:waiting|pending|open|not done|in progress|working on it)"
    r"(?: (?:on|for) (?:it|that|them))?|todavia no|aun no|no todavia"
)
_UNSAYS = (
    rf"(?:scratch|strike|undo|unmark|unclose|uncheck|revert|reopen) {_IT}|"
    r"(?:scratch|strike|disregard|ignore|forget) (?:that|it|what i (?:just )?said)(?: (?:one|bit|part))?|"
    rf"i take {_IT} back|take {_IT} back|put {_IT} back(?: on(?: (?:the|my) list)?)?|"
    r"i (?:wrote (?:that|it)|hit send) too (?:soon|fast|early)|i lied|false alarm"
)
_CHECKS = (
    r"let me (?:just )?(?:double[- ]?|re-?)?(?:check|verify|confirm|make sure|look)(?: (?:on )?(?:it|that|this))?"
    r"(?: (?:first|again|before (?:you|we) close (?:it|that|this)))?"
)
_TAIL = (
    r"(?:[\s,]+(?:actually|after all|though|yet|sorry|for now|please|pls|a sec|until i hear|till i hear|mejor|"
    r"todavia|por favor))*[\s.!…-]*"
)
_BARE = re.compile(
    rf"{_LEAD}(?:{_STOPS}|{_UNSAYS}|{_CHECKS}){_TAIL}|{_TURN}[\s,.:;-]+{_LEAD}(?:{_NOT_SO}){_TAIL}|"
    rf"(?:{_NOT_SO})[\s,]+(?:actually|after all|sorry|mejor)[\s.!…-]*|"
    rf"{_TURN}[\s,.:;-]+{_LEAD}(?:no|nope|nah){_TAIL}|(?:no|nope|nah)[\s,]+(?:actually|wait|sorry)[\s.!…-]*"
)
_LEFT = re.compile(
    rf"{_TURN}[\s,.:;-]+{_LEAD}(?:please |pls )?(?:(?:leave|keep) {_IT}"
    rf"(?: (?:open|on|there|here|active|alone|be|as is|on (?:the|my) list|as it is))*|"
    rf"(?:mejor )?dejal[oa](?: abiert[oa]| asi)?(?: mejor)?){_TAIL}"
)
"""Without a word that turns it these are contradictions, about which we ask."""
_SEVERAL = re.compile(r"\b(?:both|all|them|those|these)\b")
_NOT_THAT_ONLY = re.compile(
    rf"{_TURN}[\s,.:;-]+{_LEAD}{_NUMBERS} (?:(?:is|are|was|has|have|did|does)(?:n'?t| not)|never|is still|are still|"
    rf"still)\b[^§]{{0,40}}?[\s,.;:-](?:so )?(?:just|only|solo) (?:the )?(?P<s>{SIGN}+){_TAIL}"
)
_ONLY = re.compile(rf"{_TURN}[\s,.:;-]+{_LEAD}(?:just|only|solo) (?:the )?(?P<s>{SIGN}+){_TAIL}")


def read_second_thoughts(clause: Clause) -> Found | None:
    """Read what withdraws the "done" before it; a number has to be one that the reply closed."""
    if not clause.memory.closed or "?" in clause.full.plain:
        return None
    return _withdrawn(clause.head, clause.memory) or _withdrawn(clause.full, clause.memory)


def _withdrawn(text: Text, memory: Memory) -> Found | None:
    only = _ONLY.fullmatch(text.plain) or _NOT_THAT_ONLY.fullmatch(text.plain)
    if only is not None:
        said = text.group(only, "s").known
        left = tuple(number for number in memory.ended if number not in said)
        is_part = left and set(text.known) <= set(memory.ended) and not text.unknown
        is_apart = {*text.cut(0, only.start("s")).known}.isdisjoint(said)
        return Found(takes_back=left, kept=left, about=said) if is_part and is_apart else None
    if _BARE.fullmatch(text.plain) is None and _LEFT.fullmatch(text.plain) is None:
        return None
    if text.numbers:
        numbers = text.known if set(text.known) <= memory.closed and not text.unknown else ()
    else:
        # What was spoken of since is what is meant.
        ended = tuple(sorted(memory.closed)) if _SEVERAL.search(text.plain) else memory.ended
        numbers = ended if set(memory.previous) <= {*ended} else ()
    return Found(takes_back=numbers, kept=numbers, about=numbers) if numbers else None
