"""Clauses that leave open what is meant, each with the question that it needs; and questions about a numbered task.

"72 friday or monday, whichever", "this isn't for me to do", "5 might be done? she said maybe", "may I ask who wants 4".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.decide.commands.forms.days import asked_when
from assistant.decide.commands.forms.doubt import asked_whether
from assistant.decide.commands.matching.counts import COUNT_WORD
from assistant.decide.commands.matching.deeds import TOLD
from assistant.decide.commands.matching.explained import is_own
from assistant.decide.commands.matching.found import Clause, Found, each
from assistant.decide.commands.matching.meaning import patients_in, words_of
from assistant.decide.commands.matching.ordinary import fit
from assistant.decide.commands.matching.subjects import Subject, referent
from assistant.decide.commands.reply import Operation, Verb
from assistant.decide.commands.wording.arguments import DATE, WEEKDAY, days_in
from assistant.decide.commands.wording.doubts import doubt, is_question
from assistant.decide.commands.wording.text import SIGN
from assistant.decide.commands.wording.words import PRONOUN, SAYS_DONE, STRONG

_NUMBERS = rf"(?:(?:the|task|tasks|number|la|el|las|los|both|re|and|y)\s+){{0,2}}{SIGN}+"
_WHICH = rf"(?:{_NUMBERS}|{PRONOUN}|these|those|this kind)(?: (?:ones?|kinds?|tasks?|things?|patients?))?"
_HANDED_BACK = re.compile(
    rf"(?:(?:sorry|hi|hello|um|hmm|no|actually|but|and|so)[\s,]+)*(?:"
    rf"(?P<a>{_WHICH})?\s*(?:is|are|was|'s)?\s*(?:not|isn'?t|aren'?t|wasn'?t)\s+(?:really |actually )?(?:"
    r"(?:for me|mine|up to me|on me|my (?:job|place|task|role|area|case|call|thing|department|unit|desk|problem|list|"
    r"lane))"
    r"(?: to (?:do|handle|take|deal with|answer|chase|fix))?|ours?(?: to (?:do|handle|take))?|for us(?: to do)?|"
    r"meant for me|"
    r"something (?:i|we) (?:do|handle|cover|deal with))|"
    rf"(?:i|we) (?:don'?t|do not|never) (?:do|handle|cover|own|deal with|take care of) (?P<b>{_WHICH})|"
    rf"(?:i|we) (?:can'?t|cannot|shouldn'?t|should not|won'?t be able to) (?:take|own|cover|keep|have) (?P<c>{_WHICH})|"
    rf"(?P<d>{_WHICH})?\s*(?:is |'s )?(?:with |sent to |assigned to )?the wrong (?:person|coordinator|desk|"
    rf"department|team)|"
    r"(?:you have |you'?ve got )?(?:the )?wrong (?:person|coordinator|desk|department|team)|not me|"
    rf"(?P<e>{_WHICH}) (?:is |should be |must be |belongs to |goes to |is for )(?:some(?:one|body) else(?:'s)?|"
    rf"another (?:team|desk|"
    r"unit|department)(?:'s)?)|(?:esto |eso )?no (?:me toca|me corresponde|es mi[oa]|es para mi|"
    r"soy yo))(?: any ?more| now| either)?"
)
_DAY_FIRST = re.compile(
    rf"(?:(?:please|pls|move|push|snooze|make|set|put|change|bump|extend|do|pasa|mueve|it)\s+){{0,3}}(?:{_NUMBERS}\W*)?"
    r"(?:(?:is|are|be|go|works|due|to|until|till|til|by|for|on|make it|should|can|could|move|moved|"
    r"push|snooze|either|maybe|"
    r"say|para|"
    r"el|hasta|al?)\b\W*){0,4}"
)
_DAY = (
    rf"(?:(?:on|by|until|till|the|this|next|el|para el|hasta el|late|early)\s+){{0,2}}(?:(?:{WEEKDAY})\b|tomorrow|"
    rf"tmrw|today|tonight|manana|hoy|"
    rf"{DATE}|next week|\d{{1,2}}(?::\d\d)?\s?[ap]m\b)"
)
_EITHER_DAY = re.compile(
    rf"{_DAY}[\s,]*(?:\bor\b|\bo\b|/)[\s,]*(?:(?:maybe|even|perhaps|possibly|else|quizas?)[\s,]+)*{_DAY}"
)
_OR_FIRST = re.compile(
    r"(?:or|o|maybe|perhaps|possibly|or maybe|or perhaps|or even|quizas?|tal vez|a lo mejor)\b[\s,]*(?:(?:maybe|even|"
    r"on|by|until|el)\s+)*"
)
_OR_WAS_IT = re.compile(
    rf"(?:or|wait,? or|hm+,? or|o) (?:(?:was|is|were|maybe|perhaps|era|fue|did i mean|do i mean|rather)\s+)*"
    rf"(?:(?:it|that|this)\s+)?(?:(?:maybe|perhaps|the|task|number|la|el)\s+)*{SIGN}+"
    r"(?: (?:that|which|i|we|que)\b.{0,40})?"
)
_WONDERS = re.compile(
    r"(?:(?:sorry|hi|hello|hey|um|also|and|but|just)[\s,]+)*(?:"
    r"(?:may|can|could|might) i (?:please )?(?:ask|know|find out|get|see)|(?:do|does|did|would) (?:you|we|any(?:one|"
    r"body)) "
    r"(?:happen to )?(?:know|remember)|any (?:idea|clue|word)|i(?:'m| am)? (?:was )?(?:just )?(?:wonder(?:ing)?|"
    r"curious|unclear)|"
    r"(?:i have )?no (?:idea|clue)|(?:i )?(?:don'?t|do not) (?:know|remember|recall|see|understand)|"
    r"(?:can|could|would|will) (?:you|someone|somebody) (?:please )?(?:tell|remind) me|(?:please |pls )?(?:tell|"
    r"remind) me)\b.*"
    r"\b(?:who|what|whose|why|when|where|which|how|quien|cuando|donde|por que)\b.*"
)
_ASKS_FIRST = re.compile(
    r"(?:who|whose|why|quien|por que|(?:what|when|where|how|que|cual)(?:'s| is| was| does| did| do| are| es| era))\b.*"
)
_COUNTS = re.compile(r".*\b(?:does|do|would|will) (?:that|this|it) (?:count|qualify|suffice|work|do)\b.*")
_OF_IT = re.compile(
    r"(?:or |and |o |y )?(?:is|was|does|did|has|will|should|can|are|do|could)n?'?t? (?:it|that|this|they|he|she|we)\b"
)
_ENDED = re.compile(
    rf"(?<!\w)(?:{STRONG}|settled|ready|good to go|in order|in place|over(?: with)?|squared|off my plate|"
    rf"out of the way|fine now|"
    rf"arreglad[oa]s?|en orden)(?!\w)"
)
_MIGHT = re.compile(
    r"\b(?:might|may|could|should) (?:already )?(?:be|have)\b|\bmaybe\b|\bperhaps\b|\bprobably\b|\bi (?:think|"
    r"believe|guess|assume)\b|"
    r"\b(?:creo|quizas?|tal vez|a lo mejor|no me acuerdo|no se si)\b"
)
_SOME = re.compile(
    rf"(?<!\bgood )(?<!\bnice )(?<!\bgreat )(?<!\bthat )(?<!\bthis )(?<!\bthe )(?<!\bat )(?<!\btil )(?<!\bby )"
    rf"\b(?:some|most|many|few|couple|half|part|several|algun[oa]s?|varias|unas?|un par|mayoria|mitad|{COUNT_WORD})\b"
    r"(?! (?:days?|weeks?|months?|hours?|minutes?|mins?|hrs?|years?|pm|am|dias|semanas|horas|meses|minutos)\b)"
)
_DID = re.compile(rf"(?<!\w)(?:{STRONG}|did|finish(?:ed)?|hice|hicimos|termine|terminamos|acabe)(?!\w)|{TOLD.pattern}")


_HIM = re.compile(
    r"\b(?:with|for|on|con) (?:him|her|them|el|ella|ellos|ellas)\b|\b(?:did|finished|closed) "
    r"(?:his|hers|theirs)\b(?! [a-z])|^\W*(?:his|hers|theirs) (?:is|are)\b"
)
_BESIDE = frozenset(["through", "thru", "yay", "woohoo", "finally", "morning", "night", "last", "afternoon"])


def _done_in(plain: str) -> Iterator[re.Match[str]]:
    """Give the words that tell an end; not "has the", which tells of many things."""
    return (match for match in _DID.finditer(plain) if not match[0].startswith(("has", "have", "got ")))


def tells_of_some(plain: str) -> bool:
    """Return whether folded words tell that some things are done, and not which: "I did one", "all but two sent"."""
    return _SOME.search(plain) is not None and any(_done_in(plain)) and doubt(plain) != "question"


def read_handed_back(clause: Clause) -> Found | None:
    """Read "this isn't for me to do", "I don't handle these": who should have it is asked, and nothing closed."""
    match = _HANDED_BACK.fullmatch(clause.head.plain.strip(" .,!"))
    if match is None or clause.full.unknown or clause.asked.handed:
        return None
    numbers = clause.head.known or referent(clause.memory).numbers
    if len(numbers) != 1:
        return None
    number = numbers[0]
    ask = f"Who should have #{number}? Write: give {number} to NAME. If it is no task at all, write: drop {number}"
    return Found(ask=ask, refused=numbers, about=numbers)


def read_either(clause: Clause) -> Found | None:
    """Read "72 friday or monday, whichever": one day is asked for."""
    full = clause.full
    both = None if is_question(full.plain) else _EITHER_DAY.search(full.plain)
    numbers = full.known or ((clause.asked.only,) if clause.asked.only is not None else ())
    if both is not None and numbers and not full.unknown and _DAY_FIRST.fullmatch(full.plain[: both.start()]):
        op: Verb = "snooze" if "snooze" in full.plain else "due"
        return Found(ask=asked_when(op, Subject(numbers=numbers), clause), about=numbers, kept=numbers)
    if (torn := _torn_between(clause)) is not None:
        return torn
    last = clause.memory.last
    dated = tuple(one.number for one in last if one.number and one.until is not None and one.op in {"due", "snooze"})
    if not dated or len(dated) != len(last) or full.numbers or _OR_FIRST.match(full.plain) is None:
        return None
    days = days_in(full, clause.asked.when)
    if len(days) != 1 or _OR_FIRST.fullmatch(full.plain[: days[0][0]]) is None:
        return None
    ask = asked_when(last[0].op, Subject(numbers=dated), clause)
    return Found(ask=ask, takes_back=dated, about=dated, kept=dated)


def _torn_between(clause: Clause) -> Found | None:
    """Read "or was it 316?" after "319 is done": neither closes before it is known."""
    done = tuple(one.number for one in clause.memory.last if one.op in {"done", "drop"} and one.number)
    numbers = clause.full.known
    if not done or not numbers or _OR_WAS_IT.fullmatch(clause.full.plain.rstrip(" ?.!")) is None:
        return None
    both = tuple(dict.fromkeys((*done, *numbers)))
    named = " or ".join(f"#{number}" for number in both)
    ask = f"I left {named} open. What is done? Please write for example: done {both[0]}"
    return Found(ask=ask, takes_back=done, about=both, kept=both)


def read_wondering(clause: Clause) -> Found | None:
    """Read a question about a task in any wording: "may I ask who wants 4", "4 - who is this for"."""
    head = clause.head
    plain = head.plain.strip(" .!¿?")
    told = re.sub(rf"^(?:{_NUMBERS})[\s:,.-]*", "", plain)
    numbers = head.known
    if not numbers and _COUNTS.fullmatch(plain) and len(clause.memory.previous) == 1:
        numbers = clause.memory.previous
    last = clause.memory.last
    if not numbers and last and all(one.op == "question" and one.number for one in last) and _OF_IT.match(plain):
        # "Has anybody called on 4, or is that next week?"
        return Found(about=clause.memory.previous)
    if not numbers or head.unknown:
        return None
    if "?" in head.plain and _MIGHT.search(plain) and (SAYS_DONE.search(plain) or TOLD.search(plain)):
        # "I think 5 might be done?" is no question to us.
        return Found(ask=asked_whether(numbers[0]), kept=numbers, about=numbers)
    is_asked = _WONDERS.fullmatch(told) or _COUNTS.fullmatch(plain) or (told != plain and _ASKS_FIRST.fullmatch(told))
    if not is_asked or SAYS_DONE.search(re.sub(r"\bcount as done\b", " ", plain)):
        return None
    asked = tuple(Operation(op="question", number=number, line=clause.full.own) for number in numbers)
    return Found(operations=asked, about=numbers)


def says_anything(found: Found) -> bool:
    return bool(found.is_understood or found.operations or found.ask or found.kept)


def read_open_end(clause: Clause) -> Found | None:
    """Read an end that is told of nobody knows which task: a question."""
    return _read_vague_end(clause) or _read_torn(clause)


def _read_vague_end(clause: Clause) -> Found | None:
    """Read "Lucille's matter is settled", "the Petersen is ready", where several tasks are theirs: which is asked."""
    plain = clause.full.plain
    if clause.full.numbers or is_question(plain) or _ENDED.search(plain) is None or doubt(plain) is not None:
        return None
    theirs = patients_in(plain, clause.asked.listed)
    if len(theirs) < len(("one", "other")) or fit(clause.full.own, clause.asked.listed).is_close:
        return None
    return replace(each("done", Subject(choices=theirs), clause), kept=theirs)


def _read_torn(clause: Clause) -> Found | None:
    """Read "auth came through", "done with him", where that may be said of several tasks: which is asked."""
    plain, memory = clause.full.plain, clause.memory
    did = next(_done_in(plain), None)
    if did is None or clause.full.numbers or is_question(plain):
        return None
    reason = doubt(plain[did.end() :] if did.start() == 0 else plain)
    begins = did.start() == 0 and reason == "negated"
    if _HIM.search(plain) is not None and not memory.previous and (reason is None or begins):
        choices = tuple(task.number for task in clause.asked.listed)
    elif begins:
        choices = patients_in(plain, clause.asked.listed)
    elif reason is None:
        left = [word for word in words_of(f"{plain[: did.start()]} {plain[did.end() :]}") if word not in _BESIDE]
        choices = tuple(
            task.number for task in clause.asked.listed if left and all(is_own(word, task) for word in left)
        )
    else:
        return None
    return replace(each("done", Subject(choices=choices), clause), kept=choices) if len(choices) > 1 else None
