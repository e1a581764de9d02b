"""A clause of a reply that wants a task left open -> that nothing may close it, whatever else the reply says."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.wording.text import SIGN
from assistant.decide.commands.wording.words import CLOSE, REST

_POLITE = r"(?:(?:please|pls|plz|but|and|just|so|ok|actually|can (?:you|we)|por favor|pero|y)[\s,]+){0,3}"
_IT = r"it|that|that one|this|this one|them|those|both|lo|la|los|las|eso|ese|esa"
_NAMED = rf"(?:(?:task|number|the|el|la|los|las)\s+)?{SIGN}+"
_OPEN = (
    r"(?:open|active|alive|going|(?:up )?on (?:the|my|our|your) (?:list|radar|board)|on here|"
    r"abiert[oa]s?|activ[oa]s?|pendientes?|en (?:la|mi) lista)"
)
_STAYS = (
    r"(?:(?:(?:should|must|has to|have to|needs? to|is to|can|better|debe|tiene que)\s+)?"
    r"(?:stays?|staying|remains?|be left|be kept|stay|remain|sigue|siguen|queda|quedan|seguir|quedar))"
)
_LEAVE = r"(?:keep|leave|hold|deja|deje|dejen|dejar|manten|mantenga|mantener|mantenlo)"
_NOT_CLOSE = (
    rf"(?:do not|don'?t|dont|never|no)\s+(?:yet\s+)?(?:{CLOSE}|remove|cierres?|borres?|marques?|quites?|tache[ns]?)"
)
_LEFT_OPEN = re.compile(
    rf"{_POLITE}(?:{_LEAVE}\s+(?P<a>{_NAMED}|{_IT})\s+{_OPEN}|{_LEAVE}\s+{_OPEN}\s+(?P<b>{_NAMED}|{_IT})|"
    rf"{_NOT_CLOSE}\s+(?P<c>{_NAMED}|{_IT})|(?P<d>{_NAMED}|{_IT})\s+{_STAYS}\s+{_OPEN}|dejalo\s+{_OPEN}|"
    rf"{_LEAVE}\s+(?P<e>{_NAMED})\s+(?:alone|be|as (?:it|they) (?:is|are))|"
    rf"(?:only|just|solo)\s+(?P<g>{_NAMED})\s+(?:(?:is|are|esta|estan|sigue|siguen)\s+)?(?:(?:still|left|now|all)\s+)*"
    rf"(?:{_OPEN}|pending|left(?: open)?|remain(?:s|ing)?|outstanding|to do|not done|in progress|"
    rf"under ?way)(?=[\s.!]*$)|"
    rf"(?P<f>{_NAMED})\s+(?:stays?|remains?)(?:\s+(?:put|as is|as it is|for now|here|there))*(?=[\s.!]*$))"
    r"(?:\W+(?P<why>.*))?"
)
# "The rest is not", "others still pending".
_REST_STAYS = re.compile(
    rf"{_POLITE}{REST} (?:(?:is|are|all|esta|estan|siguen?|por ahora) )*(?:not(?: done)?|isn'?t|aren'?t|no|still|"
    rf"pending|open|waiting|stays?(?: {_OPEN})?|remains?(?: {_OPEN})?|{_OPEN})"
    rf"(?: (?:yet|done|{_OPEN}|pending|still|for now|there|here|todavia|aun|as is))*[\s.!]*|"
    rf"{_POLITE}(?:(?:nothing|none) else|none of (?:the )?(?:rest|others?|other ones)|not {REST}|no others?|nada mas|"
    rf"(?:l[oa]s? )?(?:demas|otr[oa]s) no)(?: (?:is|are|has|have|been|was|done|finished|complete[d]?|closed|yet|"
    r"so far|for now|though|esta|estan|todavia|aun|por ahora|list[oa]s?|hech[oa]s?))*[\s.!]*"
)


def rest_stays(plain: str) -> bool:
    """Return whether folded words say no more than that the other tasks stay as they are."""
    return _REST_STAYS.fullmatch(plain) is not None


def read_left_open(clause: Clause) -> Found | None:
    """Read "keep 7 open", "don't close it yet", "7 stays on the list until she is home".

    Beside a "done" for the same task that is a contradiction, which is asked about.
    """
    if rest_stays(clause.head.plain) and clause.memory.mentioned:
        return Found(kept=tuple(one.number for one in clause.asked.listed if one.number not in clause.memory.mentioned))
    match = _LEFT_OPEN.fullmatch(clause.head.plain)
    if match is None:
        return None
    numbers = clause.head.known or clause.memory.previous
    if not numbers or any((task := clause.asked.task(number)) is None or task.state != "open" for number in numbers):
        # Of a task that is closed it asks for something: it is read elsewhere.
        return None
    return Found(kept=numbers, about=numbers, denies=True)
