"""Clauses that put a task off by a span of time: "push 14 out a week", "14 +2 days", "mueve 14 una semana"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from assistant.decide.commands.matching.found import Clause, Found, each
from assistant.decide.commands.matching.subjects import resolve
from assistant.decide.commands.wording.text import SIGN
from assistant.records import Calendar, Deadline, Task

_NUMBERS = rf"(?:(?:the|task|tasks|number|el|la|los|las|both)\s+){{0,2}}{SIGN}+"
_COUNTS = {
    **dict.fromkeys(("a", "an", "one", "another", "un", "una", "otro", "otra"), 1),
    **dict.fromkeys(("two", "dos"), 2),
    **dict.fromkeys(("three", "tres"), 3),
    **dict.fromkeys(("four", "cuatro"), 4),
    **dict.fromkeys(("five", "cinco"), 5),
}
_UNIT = r"(?P<k>business |working |work)?(?P<u>days?|weeks?|wks?|dias?|semanas?)"
_SPAN = rf"(?P<n>{'|'.join(_COUNTS)}|\d{{1,2}})(?: more| extra| full)? ?-?{_UNIT}(?: habil(?:es)?)?"
_END = r"(?:\s+(?:more|out|later|from then|mas|despues|please|pls|por favor))*[\s.!]*"
_MOVED = re.compile(
    r"(?:(?:can|could|would) (?:you|we) )?(?:please |pls )?"
    r"(?:push|move|bump|slide|shift|delay|extend|postpone|kick|mueve|pasa|aplaza|recorre|atrasa)(?: out| off)?\s+"
    rf"(?P<s>.+?)\s+(?:(?:by|for|out|over|off|along|por)\s+)*{_SPAN}{_END}"
)
_PLUS = re.compile(rf"(?P<s>{_NUMBERS})\s*[:,-]?\s*\+ ?(?P<n>\d{{1,2}}) ?{_UNIT}{_END}")
_LATER = re.compile(
    rf"(?P<s>{_NUMBERS})\s*[:,-]?\s*(?:(?:can|is|are|go|goes|be|due|move|moves)\s+){{0,3}}"
    rf"{_SPAN} (?:later|despues)[\s.!]*"
)
_WEEK = 7


def read_shift(clause: Clause) -> Found | None:
    """Read a span by which tasks are put off: counted from each one's own day, or from today where that is over.

    "Push 14 a week" of what is due on Friday means the Friday after, not this day next week.
    """
    for form in (_MOVED, _PLUS, _LATER):
        match = form.fullmatch(clause.head.plain)
        subject = resolve(clause.head.group(match, "s"), clause.memory) if match else None
        if match is None or subject is None or subject.is_open:
            continue
        found = each("due", subject, clause)
        words = clause.head.cut(match.start("n"), match.end("u")).own
        return replace(
            found,
            operations=tuple(
                replace(one, until=_put_off(clause.asked.task(one.number), match, clause, words))
                for one in found.operations
                if one.number
            ),
        )
    return None


def _put_off(task: Task | None, match: re.Match[str], clause: Clause, words: str) -> Deadline:
    calendar = clause.asked.person.calendar
    today = clause.asked.now.astimezone(calendar.zone).date()
    old = task.deadline if task is not None else None
    day = max(today, old.local_day(calendar)) if old is not None else today
    count = _COUNTS.get(match["n"]) or int(match["n"])
    later = _counted(day, count, calendar, in_weeks=match["u"][0] in "ws", by_workdays=bool(match["k"]))
    if old is not None and isinstance(old.due, datetime):
        at = old.due.astimezone(calendar.zone)
        return Deadline(due=datetime.combine(later, at.time(), calendar.zone), words=words, rule="span")
    return Deadline(due=later, words=words, rule="span")


def _counted(day: date, count: int, calendar: Calendar, *, in_weeks: bool, by_workdays: bool) -> date:
    if by_workdays:
        for _ in range(count):
            day = _next_workday(day + timedelta(days=1), calendar)
        return day
    later = day + timedelta(days=count * _WEEK if in_weeks else count)
    return later if in_weeks else _next_workday(later, calendar)


def _next_workday(day: date, calendar: Calendar) -> date:
    """Return the day, or the next one on which somebody is there; a fortnight without any is none of ours."""
    days = (day + timedelta(days=ahead) for ahead in range(2 * _WEEK))
    return next((one for one in days if calendar.is_workday(one)), day)
