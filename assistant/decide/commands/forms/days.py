"""Clauses that set a day: snooze, due."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.decide.commands.matching.explained import FILL, is_own, told_words
from assistant.decide.commands.matching.found import Clause, Found, each, unclear
from assistant.decide.commands.matching.ordinary import names_thing
from assistant.decide.commands.matching.subjects import Subject, resolve
from assistant.decide.commands.reply import Verb
from assistant.decide.commands.wording.arguments import DATE, WEEKDAY, day_in
from assistant.decide.commands.wording.text import SIGN, fold
from assistant.decide.commands.wording.words import ALL, MOVE, REST, SNOOZE
from assistant.records import Deadline

_UNTIL = r"(?:until|till|til|untill|hasta)"
_TO = rf"(?:{_UNTIL}|is now|is|now|to be due|due|to|for|by|on|->|>|=|into|from now|al?|para|in)"
_NUMBERS = rf"(?:(?:the|task|tasks|number|el|la|los|las|about|both)\s+){{0,2}}{SIGN}+"

_SNOOZE_DAY_FIRST = re.compile(r"(?:remind|ping|nudge|bug|tell|ask) me (?:again )?(?P<d>.+?) about (?P<s>.+)")
_SNOOZE_NUMBER = re.compile(rf"(?:{SNOOZE})(?!\w)\s*:?\s*(?P<s>{_NUMBERS})\s*,?\s*(?P<d>.*)")
_SNOOZE_WORDS = re.compile(
    rf"(?:{SNOOZE})(?!\w)\s*:?\s*(?P<s>.*?)\s*\b(?P<d>(?:{_UNTIL}|to|for|at|on|in|by|not before|before)\b.+)"
)
_SNOOZE_BARE = re.compile(rf"(?:{SNOOZE})(?!\w)\s*:?\s*(?P<s>)(?P<d>.*)")
_SNOOZE_LAST = re.compile(
    r"(?P<s>.+?)\s*[:,-]?\s*(?<!\w)(?:(?:can|to|is|are|should)\s+)?(?P<v>snoozed?|(?:remind|ask|ping|"
    r"nudge|tell) me(?: again)?|check (?:back|again)|sleep|can wait|wait|hold|"
    r"parked|on hold|later|pospuest[oa]|"
    r"not before|remind me(?: again)?|posponl[oa]|puede esperar)(?!\w)\s*(?P<d>.*)"
)
_HELD_THING = re.compile(r"(?:hold|park|mute|hide|sleep)(?: off| on)* (?!it\b|this\b|that\b|them\b|on\b|off\b)[a-z]")
_UNTIL_LAST = re.compile(rf"(?P<s>{_NUMBERS})\s*[:,-]?\s*(?P<d>{_UNTIL}\b.+)")

_DUE_NUMBER = re.compile(
    rf"(?:{MOVE})(?!\w)\s*(?:(?:the )?(?:due date|deadline|date|due)\s*)?(?:for |of |"
    rf"on )?:?\s*(?P<s>{_NUMBERS})\s*:?,?\s*(?:(?:over|back|"
    rf"out|up|ahead|off)\s+)?(?:{_TO}\s+)?(?P<d>.*)"
)
_DUE_WORDS = re.compile(
    rf"(?:{MOVE})(?:lo|la|los|las)?(?!\w)\s*:?\s*(?P<s>.*?)\s*\b(?:(?:over|back|out|up)\s+)?(?P<d>{_TO}\s+.+)"
)
_DUE_LAST = re.compile(
    r"(?P<s>.+?)\s*[:,-]?\s*(?<!\w)(?:(?:is|are|now|was|were|will be|should be|can be|got|gets|se|queda|"
    r"quedan|ya|has been|needs to be|'s|can|all|both|go|move|slide|"
    r"goes|moves|moving|slides|slips|rolls)\s+){0,4}"
    r"(?P<v>due(?: date| on| by)?|deadline|moved?|push|bump|extend|pushed|extended|rescheduled|"
    r"bumped|changed|postponed|delayed|shifted|"
    r"pasal[oa]s?|muevel[oa]s?|cambial[oa]s?|pasa|"
    r"vencen?|for|by|to|on|->|>|=|para|al)(?!\w)\s*(?:(?:back|out|up|over|now|date)\s+)?(?P<d>.*)"
)
_DUE_MUST = re.compile(
    r"(?P<s>.+?)\s+(?:(?:needs|has|have|must) (?:to )?(?:be |get )?|must be |is to be )(?:done|"
    r"finished|in|completed?|sent|out|ready|there)\s+(?P<d>(?:by|before|on)\s.+)"
)
_DUE_MUST_BE = re.compile(
    r"(?P<s>.+?)\s+(?:(?:needs|has|have|must|ought) (?:to )?(?:be |get )|must be |is to be |"
    r"tiene que (?:estar|quedar) )(?:[a-z]{3,}ed|sent|made|set|done|found|drawn|given|taken|put|in|out|hech[oa]|"
    r"list[oa]|[a-z]{3,}[ai]d[oa])"
    r"(?: (?:in|out|off|over|up|back))?\s+(?P<d>(?:by|no later than|before|para)\s.+)"
)
_DUE_VAGUE = re.compile(
    r"(?:push|move|bump|slide)\s+(?P<s>.+?)\s+(?:back|out|over)(?: (?:a (?:bit|little|while|few days|"
    r"couple of days)|some))?(?P<d>)"
)
_NOT_DUE = re.compile(
    rf"\b(?:(?:is|are)(?:n'?t| not)|no longer)(?: (?:really|actually|even|now))? due (?:(?:on|by|at|the|next|this) )*"
    rf"(?:{WEEKDAY}|{DATE}|today|tomorrow|tonight)(?!\w)|\bno vence (?:el )?(?:{WEEKDAY}|{DATE}|hoy|manana)(?!\w)"
)
_DUE_BARE = re.compile(rf"(?P<s>{_NUMBERS}|{REST}|{ALL})\s*[:,-]?\s*(?P<d>\S.*)")
_UNTIL_THING = re.compile(
    r"(?:el|la|los|las|lo del?) (?P<s>[^§,;.]{3,40}?) (?:mejor |(?=hasta ))"
    r"(?P<d>(?:(?:para|hasta) )?(?:el |la )?[^§,;]+)"
)
"""A thing and from when it can be had: "la silla hasta el lunes"."""
# "4 is at 28 weeks" tells how far she is, not when it is due.
_HAS_LASTED = re.compile(r"(?:is |are |esta |was |at |now ){1,3}\d+ (?:days?|weeks?|wks?|months?|years?)\b")
_DATED = re.compile(DATE)
_ONLY_A_DAY = re.compile(
    rf"(?:(?:to|until|till|til|for|by|on|due|is|at|the|of|el|la|para|al?|hasta|de|->|[:=>,.-])(?!\w) ?|"
    rf"(?:{WEEKDAY}|{DATE}|20\d\d)(?!\w)[ ,]*){{1,12}}(?:please|pls|thanks|por favor)?[\s.!]*"
)
_HALF_DAY = timedelta(hours=12)
_HALF_TOLD = re.compile(r"\d\s?[ap]\.?m|\d:?\d\d\b(?<!:)|noon|morning|afternoon|evening|night|mediodia|tarde|noche")
_SOMETIME = re.compile(
    r"(?:(?:to|until|till|til|for|by|on|in|is|due|a|para|hasta)\s+)*(?:some ?time|some day|someday|maybe|perhaps|"
    r"probably|possibly|algun dia|quizas?|tal vez)\b"
)
"""What stands before a day that is none yet."""
HELD_ON = re.compile(
    r"(?:on hold|hold) (?:for |about |like |almost |over |nearly )*(?:\d+|an?|half an?|two|three) ?(?:min|hour|hr)"
)
"""How long somebody waited on the telephone."""
_PAST_AT = re.compile(r"(?:moved|pushed|extended|rescheduled|bumped|changed|postponed|delayed|shifted) at \d")
_EXPECTED = re.compile(
    r"(?:\b(?:is|are|was|were|got|has been|have been)|'s|'re) (?:(?:all|now|already|finally|tentatively|both) )*"
    r"(?:on|in|down|set|slotted|scheduled|booked|penciled in|confirmed) (?:for|on|at|with)\b|"
    r"\b(?:might|may be|maybe|hopefully|probably|perhaps|wants?|asked|hoping|hopes)\b"
)
"""Told of a patient it is the day of the visit, or of a wish: "Ames is on for Friday" moves no task."""
_IF = re.compile(r"(?:if|unless|in case|as soon as|si(?= (?:no|el|la|los|las|ella|me|se)\b)|en caso)\b")
# "The monitor went back on Friday" tells of the past.
_HAPPENED = re.compile(
    r"\b(?:agende|programe|reserve|cite|hable|llame|mande|envie|quedo|agendamos|programamos|went|came|sent|had|did|"
    r"said|told|left|took|"
    r"(?!moved|pushed|postponed|delayed|bumped|rescheduled|needed|extended|changed|shifted|signed|"
    r"printed)[a-z]{3,}ed)\b"
)


def read_snooze(clause: Clause) -> Found | None:
    """Read "snooze 7 mon", "remind me about 7 at 3", "7 until monday"."""
    head, asked = clause.head, clause.asked
    if _IF.match(head.plain):
        return None
    for form in (_SNOOZE_DAY_FIRST, _SNOOZE_NUMBER, _SNOOZE_WORDS, _SNOOZE_BARE, _UNTIL_LAST, _SNOOZE_LAST):
        match = form.fullmatch(head.plain)
        if match is None:
            continue
        subject = resolve(head.group(match, "s"), clause.memory)
        if subject is None:
            continue
        if (
            form is _SNOOZE_BARE
            and _HELD_THING.match(head.plain)
            and day_in(head.group(match, "d"), asked.when) is None
        ):
            # "Hold tonight's dose" is for the patient.
            continue
        is_bare = form is _SNOOZE_LAST
        if is_bare and HELD_ON.match(f"{match['v']} {match['d']}"):
            continue
        if is_bare and (subject.is_open or subject.by_words is not None or subject.choices):
            continue
        return _dated("snooze", subject, match, clause, may_lack=is_bare)
    return None


def read_due(clause: Clause) -> Found | None:
    """Read "15 due fri 3pm", "move 15 to friday", "15 -> fri", "15 friday"."""
    head = clause.head
    if _IF.match(head.plain):
        return None
    if _NOT_DUE.search(head.plain) and head.known:
        # "12 isn't due Friday": when else?
        ask = asked_when("due", Subject(numbers=head.known, unknown=head.unknown), clause)
        return Found(ask=ask, about=head.known)
    for form in (_DUE_NUMBER, _DUE_MUST, _DUE_MUST_BE, _DUE_WORDS, _DUE_VAGUE, _DUE_LAST, _DUE_BARE, _UNTIL_THING):
        match = form.fullmatch(head.plain)
        if match is None:
            continue
        subject = resolve(head.group(match, "s"), clause.memory)
        if subject is None or (form is _DUE_LAST and subject.is_open):
            continue
        if form is _DUE_LAST and _is_story(subject, match, clause):
            continue
        if form is _DUE_LAST and not head.numbers and _EXPECTED.search(head.plain):
            continue
        if form is _DUE_LAST and _PAST_AT.match(match["v"] + " " + match["d"]):
            # "Pushed at 8:05" tells when it was done.
            continue
        if form is _UNTIL_THING and not _is_named_alone(subject, match, clause):
            continue
        if form is _DUE_BARE and _HAS_LASTED.match(match["d"]):
            continue
        is_bidden = form in {_DUE_NUMBER, _DUE_WORDS, _DUE_VAGUE}
        found = _dated("due", subject, match, clause, may_lack=not is_bidden)
        if found is not None:
            return found
    return None


def _is_named_alone(subject: Subject, match: re.Match[str], clause: Clause) -> bool:
    """Return whether words name a task and tell nothing of it: "la silla", not "la clínica abre"."""
    task = clause.asked.task(subject.numbers[0]) if subject.by_words and len(subject.numbers) == 1 else None
    said = told_words(match["s"])
    return task is not None and all(word in FILL or is_own(word, task) for word in said)


def _is_story(subject: Subject, match: re.Match[str], clause: Clause) -> bool:
    """Return whether words tell what became of another thing: "the colonoscopy got moved to wed" of its bridge plan."""
    found = subject.by_words
    if found is None:
        return False
    task = clause.asked.task(subject.numbers[0])
    is_told = match["v"].endswith("ed") and task is not None and not names_thing(found, task)
    return is_told or _HAPPENED.search(match["s"]) is not None


def _dated(op: Verb, subject: Subject, match: re.Match[str], clause: Clause, *, may_lack: bool) -> Found | None:
    """Return the command with the day that stands in the group "d", which may run on into the remark."""
    start, end = match.span("d")
    long = clause.full.cut(start) if end == len(clause.head.plain) else clause.head.cut(start, end)
    until = None if _SOMETIME.match(long.plain) else day_in(long, clause.asked.when)
    if until is not None:
        return set_to(op, subject, clause, until)
    if is_day_that_is_none(long.plain):
        may_lack = False
    return None if may_lack else Found(ask=asked_when(op, subject, clause), about=subject.numbers)


def is_day_that_is_none(plain: str) -> bool:
    """Return whether folded words are nothing but a day, and one on which a date is told: none such is there.

    >>> is_day_that_is_none("to sept 31"), is_day_that_is_none("tuesday the 21st"), is_day_that_is_none("friday labs")
    (True, True, False)
    """
    return _DATED.search(plain) is not None and _ONLY_A_DAY.fullmatch(plain) is not None


def set_to(op: Verb, subject: Subject, clause: Clause, until: Deadline) -> Found:
    """Return the command with its day; no deadline is moved into the past."""
    if op == "snooze":
        until = _next(until, clause.asked.now)
    if op == "due" and _is_past(until, clause) and unclear(subject, clause, op) is None:
        said = f"That day has passed, so #{subject.numbers[0]} stays as it is. Which day do you mean?"
        return Found(ask=said, kept=subject.numbers, about=subject.numbers)
    return each(op, subject, clause, until=until)


def _next(until: Deadline, now: datetime) -> Deadline:
    """Return the hour that comes next, where one is told without its half of the day: "at 5", said at nine at night."""
    is_past = isinstance(until.due, datetime) and until.due <= now < until.due + _HALF_DAY
    if not is_past or not isinstance(until.due, datetime) or _HALF_TOLD.search(fold(until.words)):
        return until
    return replace(until, due=until.due + _HALF_DAY)


def asked_when(op: Verb, subject: Subject, clause: Clause) -> str:
    """Return the question for a day that a command lacks."""
    ask = unclear(subject, clause, op)
    number = subject.numbers[0] if subject.numbers else 12
    if ask is None and op == "snooze":
        return (
            f"Until when shall #{number} rest? Please write a day or an hour, for example: snooze {number} until monday"
        )
    return ask or f"When is #{number} due? Please write one day or hour, for example: {number} due friday 3pm"


def _is_past(until: Deadline, clause: Clause) -> bool:
    calendar = clause.asked.person.calendar
    return until.local_day(calendar) < clause.asked.now.astimezone(calendar.zone).date()
