"""A sentence that names tasks by when they are due ("everything due today") -> the same with their numbers.

Where no listed task is due so, nothing is put in, and it is asked which are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.matching.meaning import names_of, words_of
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.doubts import is_question
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import CLOSE, DROP, EXCEPT, GIVE, MOVE, SAYS_DONE, SNOOZE

_Q = (
    r"(?<!make )(?<!set )(?<!have )(?<!keep )(?:every ?thing|anything|whatever(?:'s| is| was)?|every (?:task|item|one)|"
    r"(?:all|both)(?: of)? (?:the |my |our |those |these )?(?:tasks|items|ones|things|stuff|those)|"
    r"(?:the|those|these|my) (?:tasks|items|ones|things|stuff)|those|these)"
)
_THAT = r"(?: on (?:the|my) list)?(?: (?:that|which)(?:'s| is| was| are| were)| i had| i have)?"
_DAY = r"(?:today|tonight|tomorrow|yesterday|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
_WHEN = (
    rf"(?P<d>{_DAY})"
    r"(?! (?:and|or) (?:today|tomorrow|mon|tue|wed|thu|fri|sat|sun)|[/\d]| (?:at|by|before|after|morning|afternoon|"
    r"the|\d))"
)
_ALL = r"(?:every ?thing|all)(?: of)?(?: the| my| those| these)?"
_THINGS = r"(?:tasks|items|ones|things|stuff|work|list)"
_NAME = r"[a-z][a-z'-]{2,29}(?: [a-z][a-z'-]{2,29})?"
_ONTO = r"(?= (?:to|until|till?|thru|onto|into|over to|back to|out to|off to|->) )"
_FORMS = (
    re.compile(rf"(?<!\w)(?P<g>{_Q}{_THAT} (?:still )?due (?P<by>(?:on|for|by|through|thru|before) )?{_WHEN})(?!\w)"),
    # "Move everything for tomorrow to friday": the day before "to" is not the one to which it is moved.
    re.compile(
        rf"(?<!\w)(?P<g>(?:{_Q}|{_ALL}(?: for)?(?: (?P<who>(?!for |from |on ){_NAME}))?(?: {_THINGS})?){_THAT}"
        rf"(?: (?:scheduled|set|planned|slated|down))? (?:for|on|from) (?:this |next )?{_WHEN}(?:'s)?){_ONTO}"
    ),
    re.compile(rf"(?<!\w)(?P<g>(?:{_ALL} |the |my )?{_WHEN}(?:'?s)?(?: {_THINGS}|(?<=s))){_ONTO}"),
    re.compile(
        r"(?<!\w)(?P<g>(?:tod[oa]s? l[oa]s?(?: tareas)? (?:de|para)|todo (?:lo )?(?:de|para)) (?:el )?"
        r"(?P<d>hoy|manana|lunes|martes|miercoles|jueves|viernes|sabado|domingo))(?= (?:al?|para|hasta) )"
    ),
    # "Finished everything today but the van": nobody has finished what is due next week.
    re.compile(rf"(?<!\w)(?P<g>{_ALL} {_WHEN})(?=[\s,]+{EXCEPT}\b)"),
    # "Cancel all of Wednesday's": it may be those due, or more.
    re.compile(rf"(?<!\w)(?P<g>(?P<torn>{_ALL}) {_WHEN}'s(?: {_THINGS})?)(?!\w)"),
    re.compile(rf"(?<!\w)(?P<g>(?P<torn>{_ALL}) (?:for|from|on) {_WHEN})(?![\w'])"),
    # "Everything for today and tomorrow to friday", "all but 3 for tomorrow to friday".
    re.compile(
        rf"(?<!\w)(?P<g>(?P<twice>{_ALL})(?: [a-z§#\d'-]+){{0,4}} (?:for|from|due) (?P<d>{_DAY})"
        rf"(?:,? [a-z]+){{0,3}}){_ONTO}(?= [a-z ]{{2,12}}(?:next |this )?{_DAY}\b)"
    ),
    re.compile(
        rf"(?<!\w)(?P<g>{_Q}{_THAT} (?P<late>overdue|past due|late already)"
        r"(?: (?:tasks|items|ones|things|stuff))?)(?!\w)(?! (?:task|item|one|thing|form|bill|book|notice)\b)"
    ),
    re.compile(
        r"(?<!\w)(?P<g>tod[oa]s? l[oa]s?(?: tareas)? que (?:se )?venc(?:e|en|ia|ian) "
        r"(?P<by>(?:antes de|para) )?(?:el )?"
        r"(?P<d>hoy|manana|ayer|lunes|martes|miercoles|jueves|viernes|sabado|domingo))(?!\w)"
    ),
    re.compile(
        r"(?<!\w)(?P<g>tod[oa]s? l[oa]s?(?: tareas)?(?: que (?:ya )?estan?)? "
        r"(?P<late>vencid[oa]s?|atrasad[oa]s?))(?!\w)"
    ),
)
_NOT_ALL = re.compile(
    r"\b(?:not|nearly|almost|practically|hardly|barely|no|casi|(?:one|some|most|half|part|any|either|neither|none|"
    r"a few|several|un[oa]|algun[oa]s?|ningun[oa]|la mitad|parte) (?:of|de))\s*$"
)
_COMMAND = re.compile(
    rf"{SAYS_DONE.pattern}|(?<!\w)(?:{DROP}|{SNOOZE}|{GIVE}|move|push|bump|extend|shift|delay|postpone|defer|reschedule|"
    r"put off|put back|change|mark|close|flag|cierra|marca|mueve|pasa|aplaza|urgent|high|"
    r"(?:to|until) (?:next )?(?:today|tomorrow|mon|tues?|wed|thu(?:rs)?|fri|sat|sun)(?:day|nesday|urday)?|"
    r"(?:al|para el|hasta el) (?:lunes|martes|miercoles|jueves|viernes)|(?:a|para|hasta) (?:hoy|manana))(?!\w)"
)
_CLOSES = re.compile(rf"{SAYS_DONE.pattern}|(?<!\w)(?:{DROP}|{CLOSE})(?!\w)")
_MOVES = re.compile(rf"(?<!\w)(?:{MOVE}|{SNOOZE}|{GIVE})(?!\w)")
_AWAY = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1, "hoy": 0, "manana": 1, "ayer": -1}
_SPARED = re.compile(rf"\b{EXCEPT}\b")
_LONGEST = 400


def by_days(sentence: str, asked: ReplyContext) -> str:
    """Return the sentence with "#30, #35" for "everything due today"."""
    for start, end, numbers in reversed(list(_groups(sentence, asked))):
        if numbers:
            named = ", ".join(f"#{number}" for number in numbers)
            sentence = f"{sentence[:start]}{named}{sentence[end:]}"
    return sentence


def read_no_such_day(clause: Clause) -> Found | None:
    """Read "everything due tomorrow is done", where nothing is: a question."""
    full = clause.full
    # Of "everything for today and tomorrow but 3" the number is none of those that are meant.
    if (full.numbers and _SPARED.search(full.plain) is None) or is_question(full.plain):
        return None
    named = next((full.own[start:end] for start, end, numbers in _groups(full.own, clause.asked) if not numbers), None)
    if named is None:
        return None
    return Found(ask=f"Which tasks do you mean by “{named[:40]}”? Please write their numbers.")


def _groups(sentence: str, asked: ReplyContext) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    plain = fold(sentence)
    if len(sentence) > _LONGEST or _COMMAND.search(plain) is None:
        return
    past = 0
    found = sorted((match for form in _FORMS for match in form.finditer(plain)), key=lambda one: one.start("g"))
    for match in found:
        if match.start("g") < past or _NOT_ALL.search(plain, 0, match.start("g")) is not None:
            continue
        told = match.groupdict()
        if told.get("torn") and (_CLOSES.search(plain) is None or _MOVES.search(plain) is not None):
            continue
        past = match.end("g")
        yield match.start("g"), match.end("g"), () if told.get("torn") or told.get("twice") else _due(told, asked)


def _due(told: dict[str, str | None], asked: ReplyContext) -> tuple[int, ...]:
    """Return the listed tasks that are due on the day told; with those before it where it is told "by"."""
    calendar = asked.person.calendar
    today = asked.now.astimezone(calendar.zone).date()
    whose = set(words_of(told.get("who") or ""))
    days = {
        task.number: task.deadline.local_day(calendar)
        for task in asked.listed
        if task.deadline is not None and whose <= names_of(task)
    }
    if told.get("late"):
        numbers = tuple(number for number, day in days.items() if day < today)
    else:
        wanted = _day(told["d"] or "", today, asked)
        is_until = (told.get("by") or "").strip() in {"by", "through", "thru", "before", "para", "antes de"}
        is_before = (told.get("by") or "").strip() in {"before", "antes de"}
        numbers = tuple(
            number
            for number, day in days.items()
            if wanted is not None
            and (day == wanted or (is_until and day < wanted))
            and not (is_before and day == wanted)
        )
    return numbers if len(numbers) <= asked.bulk_limit else ()


def _day(said: str, today: date, asked: ReplyContext) -> date | None:
    if said in _AWAY:
        return today + timedelta(days=_AWAY[said])
    until = asked.when(said)
    return until.local_day(asked.person.calendar) if until is not None else None
