"""A clause that no form fits whole -> a priority, a reopening or a dropping that its words point to for its numbers.

To drop is to close: that takes the plainest words, and numbers that stand beside them.
"""

from __future__ import annotations

import re

from assistant.decide.commands.matching.found import Clause, Found, each
from assistant.decide.commands.matching.subjects import Subject
from assistant.decide.commands.wording.arguments import LEVEL, level_of
from assistant.decide.commands.wording.doubts import is_question
from assistant.decide.commands.wording.text import SIGN

_UNSETTLED = re.compile(
    r"\b(?:if|unless|in case|once|when|until|till|or|maybe|perhaps|might|may|could|would|probably|"
    r"i think|should i|said|says|asked|told|wants?|wanted|never|almost|don'?t|do not|won'?t|can'?t|cannot|yet|"
    r"except|but|"
    r"si|cuando|quizas?|dice|dijo|todavia|aun|hasta|pero)\b|\?"
)
_RANKS = re.compile(
    rf"\b(?:priority|prio|pri|bump|drop|downgrade|upgrade|raise|lower|make|mark|flag|set|go|can be|should be|treat|"
    rf"move|change|prioridad|pon[a-z]*|marca[a-z]*|sube[a-z]*|baja[a-z]*)\b.{{0,40}}?(?<!\w)(?P<a>{LEVEL})(?!\w)"
    rf"|(?<!\w)(?P<b>{LEVEL}) (?:priority|prio|pri)(?: now| please| pls)*(?=\s*(?:$|[,;:.!(-]))"
)
_OPENS = re.compile(
    r"\b(?:(?:has|have|need(?:s)?|ought|should|got) to (?:be|stay|become) open(?:ed)? again|"
    r"needs? to (?:come|go|be) back on|(?:comes?|goes|go) back on(?=[\s.!,]*$)|"
    r"(?:be|is|are) open again|open (?:it|them|this|that|§+) (?:again|back up)|re-?open(?:ed)?|"
    r"(?:was|were)n'?t supposed to be closed|should(?:n'?t| not) (?:have been|be) (?:closed|marked|off)|"
    r"(?:put|bring|move|add) (?:it|them|this|that|§+)? ?back (?:on|onto|to)? ?(?:the|my|our) list|"
    r"back on (?:the|my|our) list|(?:closed|marked|ticked|checked|crossed) .{0,30}?(?:by mistake|by accident|"
    r"accidentally|in error|"
    r"too (?:soon|early))|"
    r"(?:is|are)n'?t (?:really |actually )?done after all|(?:closed|cerr[a-z]+) por error|"
    r"(?:vuelve|vuelva) a abrir[a-z]*|abr[a-z]+ (?:otra vez|de nuevo))\b"
)
_NUMBERS = rf"(?:(?:the|task|tasks|both|numbers?|el|la|los|las)\s+){{0,2}}{SIGN}+"
_DROPS = re.compile(
    rf"(?:(?:no more|stop) (?:the )?(?:reminders?|e?mails?|pings?) (?:on|about|for) {_NUMBERS}|"
    rf"(?:there'?s |there is )?no (?:longer any |more )?need for {_NUMBERS}(?: any ?more)?|"
    rf"neither (?:of )?{_NUMBERS} (?:is|are) needed(?: any ?more)?|"
    rf"{_NUMBERS} (?:can|should) (?:both |all )?(?:go|come off|be (?:dropped|removed|deleted|cancell?ed|scratched))"
    rf"|"
    rf"{_NUMBERS} (?:is|are) (?:both |all )?(?:off|moot|obsolete|irrelevant))"
    r"(?: now| please| pls| then)*(?=\s*(?:$|[,;:.!(-]|\b(?:because|since|as|they|he|she|the|his|her)\b))"
)


def read_state(clause: Clause) -> Found | None:
    """Read "6 can drop to normal priority", "252 has to be open again", "neither 3 nor 4 is needed"."""
    full = clause.full
    if (
        not full.known
        or full.unknown
        or not full.tells_of_one_list
        or is_question(full.plain)
        or _UNSETTLED.search(full.plain)
    ):
        return None
    subject = Subject(numbers=full.known)
    if _OPENS.search(full.plain):
        return each("reopen", subject, clause)
    ranks = {match["a"] or match["b"] for match in _RANKS.finditer(full.plain)}
    if len(ranks) == 1:
        return each("priority", subject, clause, level=level_of(ranks.pop()))
    if _DROPS.match(full.plain):
        if set(full.known) <= clause.memory.closed:
            # "The form is in, 4 can go": it has ended already.
            return Found(about=full.known)
        return each("drop", subject, clause)
    return None
