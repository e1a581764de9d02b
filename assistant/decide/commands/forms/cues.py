"""A clause that no form fits whole -> what its words point to: a task, one day or one colleague, and what to do.

It never closes anything. Where the words point to a change but not to one day, it asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.decide.commands.forms.days import asked_when, set_to
from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.matching.ordinary import fit, has_object
from assistant.decide.commands.matching.subjects import Subject, all_but, referent
from assistant.decide.commands.reply import Verb
from assistant.decide.commands.wording.arguments import days_in
from assistant.decide.commands.wording.doubts import is_question
from assistant.decide.commands.wording.text import Text
from assistant.decide.commands.wording.words import ALL, EXCEPT, PRONOUN
from assistant.records import Deadline

_DUE = re.compile(
    r"\b(?:deadline|due dates?|due|extension|(?:has|have|got|gives? us|gave us|need) (?:until|till|til)|new date|"
    r"(?<!\bis )(?<!\bare )(?<!'s )(?<!\ball )(?<!\bnow )"
    r"(?:change|correct|fix|set|update|reset|adjust|make|let'?s say|call)\b(?=.*\b(?:to|say|read|date|for|it)\b)|"
    r"(?:want|need|expect)(?:s|ed)? (?:it|them|this|that) (?:by|on|before|in)|"
    r"(?:has|have|needs?) to be (?:in|there|out|done|sent|ready|back|with them|on (?:his|her|their) desk) "
    r"(?:by|on|before)|"
    r"(?:doesn'?t|don'?t|does not|do not) (?:have|need) to be .{0,20}?(?:until|till|til|before)|"
    r"plazo|fecha(?: limite)?|vence|prorroga)\b"
)
_SNOOZE = re.compile(
    r"\b(?:quiet (?:on|about)|(?:no|stop|hold|pause) (?:the )?(?:more )?(?:reminders?|pings?|nudges?|alerts?)|"
    r"remind(?:er)?s?(?: me)?|ping(?: me)?|nudge(?: me)?|poke me|bug me|nag me|bother me|wake me(?: up)?|"
    r"(?:ask|show|tell|try|check with|come back to|get back to|circle back (?:to|with)) me|stop showing|"
    r"(?:don'?t|do not) (?:want|need) to (?:see|hear|think|look)|(?:want|need) to see .{0,20}?again|"
    r"bring .{0,30}?(?:back|up)|resurface|circle back|revisit|come back (?:to|on)|to sleep|sleep|"
    r"(?:let|can|should|to) .{0,20}?(?:rest|sit)(?= until| till| til| for)|"
    r"can wait|snooze|mute|hide|ignore|silence|park|shelve|table|hold off|again|nothing (?:on|about)|"
    r"off my (?:radar|plate|screen) (?:until|till|til|for)|"
    r"recuerd[a-z]+|avis[ae]me|silencia|escond[ea]|pospon[a-z]*|no me (?:muestre|muestres|recuerde|recuerdes))\b"
)
_UNSETTLED = re.compile(
    # Conditions, promises, and what has happened already.
    r"\b(?:if|unless|in case|once|when|whenever|as soon as|si (?:no|el|la|me|se)|cuando|i'?ll (?!be out)|i will|"
    r"we'?ll|we will|i'?m going to|voy a|vamos a|booked|called|sent|faxed|spoke|scheduled|signed|arrived|left|went|"
    r"came|saw|received|asked for|requested|hoping for|got (?:it|the)|did(?:n'?t)?|done|finished)\b"
)
_VAGUE = re.compile(
    r"\b(?:or|o|maybe|perhaps|possibly|probably|might|may|some ?time|some day|someday|around|roughly|hopefully|quizas?|"
    r"tal vez|algun dia)\b"
)
_TAKEN_BACK = re.compile(
    r"\b(?:not|instead of|rather than|from|no longer|was|no el|en vez del?)\s+(?:(?:on|by|due|the|until)\s+)?$|"
    r"\b(?:isn'?t|aren'?t|is not|are not|no longer) (?:really |actually |even )?(?:due )?(?:(?:on|by|the|at) )?$|"
    r"\bno (?:vence )?(?:el )?$"
)
"""What stands before a day that no longer holds."""
_ALL = re.compile(rf"\b(?:{ALL})(?!\w)")
_ALL_BUT = re.compile(rf"\b(?:{ALL})(?!\w).{{0,60}}?\b{EXCEPT}\b\s*(?P<rest>.+)")
_IT = re.compile(rf"\b(?:{PRONOUN})(?!\w)")


def read_cued(clause: Clause) -> Found | None:
    """Read "quiet on 15 for 90 min", "new deadline for 15 is thursday", "the van: they want it by noon tomorrow"."""
    full = clause.full
    if full.unknown or not full.tells_of_one_list or _UNSETTLED.search(full.plain) or is_question(full.plain):
        return None
    op = _asked_for(full.plain)
    days = days_in(full, clause.asked.when) if op else ()
    subject = _subject(clause, days) if days else None
    if op is None or subject is None:
        return None
    if op == "snooze":
        # "They say Thursday, so remind me Friday".
        bid = max((match.start() for match in _SNOOZE.finditer(full.plain)), default=0)
        days = tuple(one for one in days if one[0] >= bid) or days
    left = {day.due: day for start, _end, day in days if _TAKEN_BACK.search(full.plain, 0, start) is None}
    if not left:
        return None
    if len(left) != 1 or _VAGUE.search(full.plain):
        return Found(ask=asked_when(op, subject, clause), about=subject.numbers, kept=subject.numbers)
    return set_to(op, subject, clause, *left.values())


def _asked_for(plain: str) -> Verb | None:
    if _SNOOZE.search(plain):
        return "snooze"
    return "due" if _DUE.search(plain) else None


def _subject(clause: Clause, days: Sequence[tuple[int, int, Deadline]]) -> Subject | None:
    """Return the tasks that a clause names: by their numbers, by words for one of them, or by "it"."""
    full = clause.full
    but = _ALL_BUT.search(full.plain)
    if but is not None:
        return all_but(full.group(but, "rest"), clause.memory)
    if full.known:
        return Subject(numbers=full.known)
    if _ALL.search(full.plain):
        return None
    words = _without(full, days)
    found = fit(words, clause.asked.listed)
    task = clause.asked.task(found.numbers[0]) if len(found.numbers) == 1 else None
    if task is not None and found.is_close and has_object(found, task):
        return Subject(numbers=found.numbers)
    if not found.numbers and _IT.search(full.plain):
        meant = referent(clause.memory)
        return None if meant.is_open or meant.choices else meant
    return None


def _without(text: Text, days: Sequence[tuple[int, int, Deadline]]) -> str:
    """Return the words of a clause that may name a task: not those that tell of its day."""
    own = list(text.own)
    spans = [(start, end) for start, end, _day in days]
    spans += [match.span() for form in (_DUE, _SNOOZE) for match in form.finditer(text.plain)]
    for start, end in spans:
        own[start:end] = " " * (end - start)
    return "".join(own)
