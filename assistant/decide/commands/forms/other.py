"""Clauses that ask, note or rank: question, note, priority, ticks, numbers alone."""

from __future__ import annotations

import re

from assistant.decide.commands.asking import asks_for_many, is_search
from assistant.decide.commands.forms.doubt import asked_whether, is_unsure, notes
from assistant.decide.commands.matching.deeds import TOLD
from assistant.decide.commands.matching.found import Clause, Found, each, unclear
from assistant.decide.commands.matching.meaning import patients_in
from assistant.decide.commands.matching.ordinary import fit, names_thing
from assistant.decide.commands.matching.readings import is_of_result
from assistant.decide.commands.matching.subjects import Subject, resolve, tells_of_part
from assistant.decide.commands.reply import Operation
from assistant.decide.commands.wording.arguments import LEVEL, level_of
from assistant.decide.commands.wording.doubts import doubt, is_question
from assistant.decide.commands.wording.text import NUMBERS, fold
from assistant.records import Task

_PRIORITY_FIRST = re.compile(
    rf"(?:mark|make|set|flag|downgrade|upgrade|demote|promote|escalate|bump|raise|lower|change|put|"
    rf"drop|treat|bring|marca|pon|cambia|sube|baja|"
    rf"move|priority|prioridad)(?!\w)(?: priority(?: of| on| for)?)?\s*(?:up |down )?(?P<s>.+?)\s*"
    rf"(?:(?:up|down|back|as|to|=|is|a|como|is now|priority)\s+){{0,3}}(?P<l>{LEVEL})(?: priority|"
    rf" prioridad)?(?: now| please| pls)?"
)
_PRIORITY_LAST = re.compile(
    rf"(?P<s>{NUMBERS}|that one|this one|it|this|that|everything|all)\s*[:,=>-]*\s*(?:(?:is(?!n)|are(?!n)|"
    rf"can go|can be|should be|goes|to|now|back|as|a|es|son|esta|'s|just|really|very|super|so|pretty|"
    rf"down|up|became|muy|mas|has become|has to be|needs to be|priority|prioridad)\s+){{0,4}}"
    rf"(?P<l>{LEVEL})(?: priority| prioridad| now| today| again)?"
)
_PRIORITY_WORDS = re.compile(
    rf"(?P<s>.+?)\s+(?:is|are|es|son)\s+(?:(?:now|really|very|super|suddenly|"
    rf"more)\s+){{0,2}}(?P<l>{LEVEL})(?: now| today)?"
)
_NOTE = re.compile(
    rf"(?:(?:add |leave )?(?:a )?(?:note|notes|nota|comment|fyi|update|re|remark|anota|"
    rf"agrega nota)(?: that)?(?: (?:on|for|to|about|re|de|del|para|en|al?))?|on|re|about|for|as for|"
    rf"regarding|sobre|respecto al?)\s*:?\s*"
    rf"(?P<s>{NUMBERS})\s*[:,.-]*\s*(?P<t>.+)"
)
_SWAP = re.compile(
    rf"(?:swap|switch|trade|flip) {NUMBERS}(?: (?:with|for|and) {NUMBERS})?(?: around| over)?|"
    rf"{NUMBERS}[\s,:-]*(?:swap|switch|trade|flip)(?: "
    r"(?:those|them|these|places|the two|both|around|over))*"
)
"""Of two tasks it may be their days, or whose they are."""
_NOTE_BARE = re.compile(r"(?:(?:add |leave )?(?:a )?(?:note|nota|comment))\s*:\s*(?P<t>.+)")
_NUMBER_FIRST = re.compile(rf"(?P<s>{NUMBERS})\s*[:,.>-]*\s*(?P<t>.+)")
_SOMEWHERE = re.compile(
    r"\b(?:is|are|was|were|got|came|went|gone|back|stays?|'s)\s+(?:(?:now|back|safely|safe|finally|already|at|in|to|the)\s+)*"
    r"(?:home|hospital|rehab|clinic|office|er|room)\b(?! \w+(?:ing|ed)?\b)",
    re.IGNORECASE,
)
"""Where somebody is, which names no task: "she is home"."""
_NOTE_WORD = re.compile(
    r"(?:please |pls )?(?:(?:add |leave )?(?:a )?(?:note|nota|comment)\s*(?::|-+|that)|fyi\s*[:,-]?|nb:?)\s+"
)
_SORRY = re.compile(r"(?:so |very |oops |oh )?(?:sorry|oops|whoops|apologies|my bad|perdon)[\s,.!]*")
_ONLY_NUMBERS = re.compile(rf"{NUMBERS}")
# A letter or a sign of which nobody can tell what it stands for: "9 x", "9 💯".
_NO_WORD = re.compile(r"(?:\s*[:-]?\s*(?:(?<=[\s:-])[a-z]|[^\w\s§]))?[\s.!,;-]*$")
_TICKS = re.compile(rf"(?:[✓👍]\s*(?P<s>{NUMBERS})|(?P<z>{NUMBERS})\s*[✓👍]+)\s*")
_TITLED = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Miss|Sra?|Dra)\.? ([A-Z][\w-]{2,})")
_HEADED = re.compile(r"[a-z][a-z ]{1,30}(?::|\s-)\s")
_HAPPENED = re.compile(
    r"\b(?:got|went|did|took|recibi(?:o|eron)|llego|salio|mando|envio|firmo|entrego|aprob(?:o|aron)|[a-z]{3,}ed)\b"
)
_SOUGHT = re.compile(
    r"(?i)\b(?:no call ?back|call(?:ed|s|ing)? back|left (?:an? |\d )?(?:msgs?|messages?|vms?|voicemails?))\b"
)
"""How somebody was sought; no title's words."""
_REMAINDER = re.compile(
    r"(?:(?:and|but|so|y|pero) )?(?:all |todos )?(?:the |l[oa]s? )?(?:rest|remainder|remaining|others?|balance|last|"
    r"leftovers?|resto|demas|otr[oa]s|que faltan)\b(?! (?:of|de) (?:the|my|l[oa]s|mi) (?:list|tasks|lista|tareas))"
)
_LEAST_SHARED = 2
_LEAST_TOLD = 4
"""Words that a clause has at least to count as something told of the number in it."""


def read_question(clause: Clause) -> Found | None:
    """Read a question: it is answered, and changes nothing."""
    plain, names_number = clause.head.plain, bool(clause.head.numbers)
    searches = is_search(plain) and not names_number
    if not is_question(plain) and not searches:
        return None
    if searches or (asks_for_many(plain) and not names_number):
        return Found(operations=(Operation(op="question", line=clause.full.own),))
    numbers = clause.head.known
    if not numbers:
        found = fit(clause.head.own, clause.asked.listed)
        numbers = found.numbers if len(found.numbers) == 1 and found.is_close else ()
    if not numbers and clause.asked.only is not None:
        numbers = (clause.asked.only,)
    if not numbers:
        return Found(operations=(Operation(op="question", line=clause.full.own),))
    operations = tuple(Operation(op="question", number=number, line=clause.full.own) for number in numbers)
    return Found(operations=operations, about=numbers)


def read_ticks(clause: Clause) -> Found | None:
    """Read a tick or a thumb beside numbers as done."""
    match = _TICKS.fullmatch(clause.head.plain)
    if match is None:
        return None
    subject = resolve(clause.head.group(match, "s" if match["s"] else "z"), clause.memory)
    if subject is None or doubt(clause.rest.plain) not in {None, "future"}:
        return None
    return each("done", subject, clause)


def read_priority(clause: Clause) -> Found | None:
    """Read "12 urgent", "mark 3 critical", "214 can go to normal"."""
    head = clause.head
    for form in (_PRIORITY_FIRST, _PRIORITY_LAST, _PRIORITY_WORDS):
        match = form.fullmatch(head.plain)
        if match is None:
            continue
        subject = resolve(head.group(match, "s"), clause.memory)
        if subject is None or (form is _PRIORITY_WORDS and (subject.choices or subject.is_open)):
            continue
        if form is _PRIORITY_WORDS and match["l"] == "normal" and not head.numbers and is_of_result(head.plain):
            continue
        return each("priority", subject, clause, level=level_of(match["l"]))
    return None


def read_note(clause: Clause) -> Found | None:
    """Read "note 4 left voicemail", "4: left voicemail", "4 left voicemail": words about a task close nothing."""
    head, full = clause.head, clause.full
    if _SWAP.fullmatch(full.plain) and len(full.known) > 1:
        first, last = full.known[0], full.known[-1]
        ask = (
            f"What shall #{first} and #{last} swap, their days or their owners? "
            f"Please write it for each, for example: {first} due friday"
        )
        return Found(ask=ask, about=full.known)
    match = _NOTE.fullmatch(full.plain) or _NUMBER_FIRST.fullmatch(full.plain)
    bare = _NOTE_BARE.fullmatch(full.plain)
    if match is None and bare is None and len(full.plain.split()) >= _LEAST_TOLD and full.known and not full.unknown:
        return Found(operations=notes(full.known, full.own), about=full.known)
    if match is None and bare is not None:
        subject = resolve(full.cut(0, 0), clause.memory)
        return each("note", subject, clause, text=full.group(bare, "t").own) if subject else None
    if match is None:
        return None
    slot = full.group(match, "s")
    if not slot.known:
        return (
            Found(ask=unclear(Subject(unknown=slot.unknown), clause, "note")) if head.plain.startswith("note") else None
        )
    words = full.group(match, "t").trimmed()
    named = _NOTE_WORD.match(words.plain)
    words = words.cut(named.end()) if named else words
    if not words.own or _SORRY.fullmatch(words.plain):
        return None
    return each("note", Subject(numbers=slot.known), clause, text=words.own)


def read_remark(clause: Clause) -> Found | None:
    """Read words that speak of one task without asking anything: they are kept as a note on it."""
    previous = clause.memory.previous
    if _REMAINDER.match(clause.full.plain) and not clause.full.numbers and tells_of_part(clause.memory):
        return Found(operations=notes(previous, clause.full.own), about=previous)
    found = fit(_SOMEWHERE.sub(" ", _SOUGHT.sub(" ", clause.full.own)), clause.asked.listed)
    task = clause.asked.task(found.numbers[0]) if len(found.numbers) == 1 else None
    unsure = is_unsure(clause.full.plain) and not is_question(clause.full.plain)
    if (
        task is None
        and not found.numbers
        and unsure
        and len(previous) == 1
        and not clause.full.numbers
        and not any(one.op == "question" for one in clause.memory.last)
    ):
        # "Hilde says it went out. I haven't checked, so no idea if it did."
        return Found(ask=asked_whether(previous[0]), kept=previous)
    if task is None or clause.full.unknown:
        return None
    if unsure and (TOLD.search(clause.full.plain) or _HAPPENED.search(clause.full.plain)):
        operations = notes(found.numbers, clause.full.own) if len(found.matched) >= _LEAST_SHARED else ()
        return Found(operations=operations, ask=asked_whether(task.number), kept=found.numbers, about=found.numbers)
    if len(found.matched) < _LEAST_SHARED and not (
        _names_somebody(clause.full.own, task) or (_HEADED.match(clause.full.plain) and names_thing(found, task))
    ):
        return None
    # "The ride for Zamora came and she is home. Done!": the ride is.
    about = () if _SOMEWHERE.search(clause.full.own) else found.numbers
    return Found(operations=notes(found.numbers, clause.full.own), about=about)


def _names_somebody(words: str, task: Task) -> bool:
    """Return whether the words name the task's patient, or somebody with a title in it: Dr. Abel, but no place."""
    titled = {fold(name) for name in _TITLED.findall(task.title)}
    return bool(patients_in(words, (task,))) or any(name in fold(words) for name in titled)


def read_number_alone(clause: Clause) -> Found | None:
    """Read a number with nothing said of it."""
    if _ONLY_NUMBERS.fullmatch(_NO_WORD.sub("", clause.full.plain)) is None:
        return None
    slot = clause.full
    if slot.unknown:
        return Found(ask=unclear(Subject(unknown=slot.unknown), clause, "done"))
    number = slot.known[0]
    return Found(ask=f"What about #{number}? Please write for example: done {number}", about=slot.known)
