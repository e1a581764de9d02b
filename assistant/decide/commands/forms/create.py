"""Clauses that open a new task: "new: call Aetna by thursday 10am"."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.matching.meaning import names_of
from assistant.decide.commands.reply import Operation
from assistant.decide.commands.wording.arguments import LEVEL, level_of, names_by, people_in
from assistant.decide.commands.wording.text import EDGES, Text, plain_text
from assistant.records import Deadline, Priority

_TASK = r"(?:tasks?|items?|to-?dos?|to do|reminder|one|thing|entry|tareas?|pendiente)"
_A = r"(?:\s+(?:a|an|another|one|the|una?|otra|me|this|to|my|list|new|nueva|please|for)(?!\w))"
_NEW = re.compile(
    rf"(?:(?:also|and|one|a|oh|y|tambien)\s+){{0,2}}(?:"
    rf"(?:add|create|make|open|start|log|put|agrega|anade|crea|abre|"
    rf"apunta){_A}{{0,4}}(?:\s+{_TASK})?(?:\s+(?:(?:to|on|onto|in) (?:my|the|our) (?:list|plate|board|queue|tasks)|"
    rf"for me))?"
    rf"\s*(?::|-+|,|\s(?:to|para)\s)\s*"
    rf"|(?:add|create|agrega|anade|crea){_A}{{0,3}}\s+{_TASK}\s+"
    rf"|(?:new|another|nueva?|otra|todo|to-do)(?:\s+{_TASK})?(?:\s+for me)?\s*(?::|-+|,)\s*"
    rf"|(?:new|nueva) {_TASK}\s+"
    rf"|recuerdame (?:que )?(?=[a-z]{{2,20}}(?:ar|er|ir)\b)"
    rf"|(?:remind me|recuerdame) (?:to )?(?=[a-z])(?!about|on|of|again|at|in|de)(?<=to ))(?P<t>.+)"
)
_ADD_TO_LIST = re.compile(r"(?:add|put)\s+(?!me\b|us\b)(?P<t>.+?)\s+(?:to|on|onto) (?:my|the) (?:list|tasks)")
_ADD_THING = re.compile(
    r"(?:(?:also|and|tambien|y)\s+){0,2}(?:add|create|agrega|anade|agregue)\s+(?:a|an|another|one more|una?|otra)\s+"
    r"(?!.*\b(?:to|on) (?:task |number )?#?\d{1,6}(?![\d/:]|st|nd|rd|th|\s?[ap]m))"
    r"(?P<t>(?:[a-z'-]+ ){0,4}(?:call|visit|follow-?up|check|check-?in|appointment|appt|referral|order|letter|test|"
    r"consult|meeting|delivery|pick-?up|session|llamada|visita|cita|consulta)\b.*)"
)
"""A new thing to do; its day says that it is one: "add a visit to the chart" is none."""
_ABOUT_KNOWN = re.compile(r"(?:a )?note\b|nota\b|(?:to|al?) §|§+\s*(?:[-:,]|$)")
_OF_KNOWN = re.compile(
    r"remind me to .{0,30}§|"
    r"(?:put|open|add) (?:§|it|(?:that|this)(?! (?:one )?(?:to|on|onto|in) (?:my|the|our) (?:list|plate|board|queue|"
    r"tasks):))|"
    r".{0,40}:\s*(?:the |task |number )*§+[\s.!]*$"
)
_REMIND_WHEN = re.compile(r"(?:remind me|recuerdame) (?P<d>(?!to\b|que\b)\S+(?: \S+){0,4}?) (?:to|que) (?P<t>.+)")
_NEW_FOR = re.compile(
    rf"(?:(?:also|and|one|a|oh|y|tambien)\s+){{0,2}}(?:add|create|new|nuev[oa]|agrega|anade|crea){_A}{{0,3}}(?:\s+{_TASK})?"
    r"\s+(?P<d>(?:(?:for|by|due|on|para)\s+)?[^\s:,§][^:,§]{1,30}?)\s*(?::|,|\s-+)\s+(?P<t>[^\s§].*)"
)
"""Its day first: "add for tomorrow 2pm - call the family"."""
_ABOUT = re.compile(r"\s(?:re|about|regarding|concerning|for|with|sobre|por)\b")
_LAST_WORDS = 9
_LEAD = re.compile(r"(?:(?:by|due|before|on|for|at|until|antes del?|para)(?: el| la| las)?|[-,(])?\s*")
_LEVEL_TAIL = re.compile(
    rf"[\s,(-]+(?:(?:it's|its|this is|es|is|priority|priority is)\s+)?(?P<l>{LEVEL})(?: priority)?[\s).!]*"
)
_LONGEST_TITLE = 80
_GIVEN = re.compile(
    r"(?:[\s,;(-]+(?:(?:and|then|y|please|pls)\s+){0,2}(?:give|assign|hand|pass|asigna|da)(?:selo)?"
    r"(?:\s+(?:it|this|that|that one|this one))?(?:\s+(?:off|over|on))?\s+(?:to|a)"
    r"|\s*[,;(](?:\s*(?:for|para|owner:?))?|\s-+(?:\s+(?:for|para))?)\s*"
    r"(?P<p>[a-z@][\w.@'-]*(?: [a-z][a-z'-]+)??)(?:[\s,]+(?:please|pls))?[\s,;).!]*"
)
"""Whose it shall be: "..., give it to Priya", "... - priya", "... (Priya)"; "for Priya" alone may be a patient."""
_FOR = re.compile(r"(?:(?:for|para)\s+)?")


def read_new(clause: Clause) -> Found | None:
    """Read a new task; the whole sentence belongs to it."""
    match, first, to = _begun(clause)
    match = match or _ADD_TO_LIST.fullmatch(clause.full.plain) or _NEW.fullmatch(clause.full.plain)
    thing = None if match or clause.full.numbers else _ADD_THING.fullmatch(clause.full.plain)
    match = match or thing
    if match is None or _ABOUT_KNOWN.match(clause.full.plain[match.start("t") :]) or _OF_KNOWN.match(match[0]):
        return None
    words = clause.full.group(match, "t").trimmed()
    to, level, rest = _ended(words, clause, to, None)
    until, title = (first, rest.own) if first is not None else _day_within(rest, clause.asked.when)
    if until is None and thing is not None:
        return None
    if until is not None:
        to, level, rest = _ended(plain_text(title), clause, to, level)
        title = rest.own
    own = " ".join(title.split()).strip(EDGES + "(\"'“”")
    if not own:
        return Found(ask="What is the new task? Please write for example: new: call the pharmacy by friday")
    title_text = (own[:1].upper() + own[1:])[:_LONGEST_TITLE]
    made = Operation(op="create", line=clause.full.own, title=title_text, until=until, level=level, to=to)
    return Found(operations=(made,))


def _begun(clause: Clause) -> tuple[re.Match[str] | None, Deadline | None, str | None]:
    """Return the form that says first when it is due, or whose it is, with the day or the person."""
    full = clause.full
    early = _REMIND_WHEN.fullmatch(full.plain)
    if early is not None:
        first = clause.asked.when(full.group(early, "d").own)
        return (early if first else None), first, None
    early = _NEW_FOR.fullmatch(full.plain)
    if early is None:
        return None, None, None
    words = full.group(early, "d")
    first = _first_day(words, clause.asked.when)
    lead = _FOR.match(words.plain)
    to = _colleague(words.cut(lead.end()), clause) if first is None and lead else None
    return (early if first or to else None), first, to


def _ended(
    words: Text, clause: Clause, to: str | None, level: Priority | None
) -> tuple[str | None, Priority | None, Text]:
    """Return whose it is and how urgent, where that closes the words in either order, and the words before it."""
    while True:
        found = _level(words) if level is None else (None, words)
        person = _given(words, clause) if found[0] is None and to is None else None
        if found[0] is not None:
            level, words = found
        elif person is not None:
            to, words = person
        else:
            return to, level, words


def names_taker(words: Text) -> bool:
    """Return whether words say no more than who shall have what was spoken of: "give it to Priya"."""
    return _GIVEN.fullmatch(f", {words.plain}") is not None


def _given(words: Text, clause: Clause) -> tuple[str, Text] | None:
    """Return whom the closing words name as who shall see to it, and the words before them."""
    for start in [match.start() for match in re.finditer(r"(?<![\s,;(-])[\s,;(-]", words.plain)][-_LAST_WORDS:]:
        tail = _GIVEN.fullmatch(words.plain, start)
        email = _colleague(words.group(tail, "p"), clause) if tail else None
        if email is not None and not _ends_in_a_colleague(words.cut(0, start), clause):
            return email, words.cut(0, start)
    return None


def _ends_in_a_colleague(words: Text, clause: Clause) -> bool:
    """Return whether what is left ends in another name: "call Tess, Luis" is a list of people."""
    last = words.plain.split()[-1:]
    return bool(last) and _colleague(plain_text(last[0]), clause) is not None


def _colleague(name: Text, clause: Clause) -> str | None:
    """Return the one colleague whom words name and nothing else; a patient of the list may bear the same name."""
    found = people_in(name, clause.asked.people)
    if len(found) != 1:
        return None
    called = name.plain.rstrip(" .")
    is_name = found[0].is_at(called) or set(called.split()) <= names_by(found[0])
    is_patient = any(word in names_of(task) for task in clause.asked.listed for word in called.split())
    return found[0].email if is_name and not is_patient else None


def _first_day(words: Text, when: Callable[[str], Deadline | None]) -> Deadline | None:
    """Return the day that some words are, with or without what leads it."""
    lead = _LEAD.match(words.plain)
    return when(words.own) or (when(words.own[lead.end() :]) if lead else None)


def _level(words: Text) -> tuple[Priority | None, Text]:
    for start in [match.start() for match in re.finditer(r"[\s,(-]+", words.plain)][-6:]:
        tail = _LEVEL_TAIL.fullmatch(words.plain, start)
        if tail is not None:
            return level_of(tail["l"]), words.cut(0, start)
    return None, words


def _day_within(words: Text, when: Callable[[str], Deadline | None]) -> tuple[Deadline | None, str]:
    """Return the day that closes the words, or stands before what they are about, and the words without it."""
    until, title = _day(words, when)
    if until is not None:
        return until, title.own
    for about in _ABOUT.finditer(words.plain):
        until, title = _day(words.cut(0, about.start()), when)
        if until is not None and title.own:
            return until, f"{title.own} {words.own[about.start() :].strip()}"
    return None, words.own


def _day(words: Text, when: Callable[[str], Deadline | None]) -> tuple[Deadline | None, Text]:
    """Return the day that closes the words, and the words before it."""
    starts = [match.start() for match in re.finditer(r"(?<=[\s,(])\S+", words.plain)][-_LAST_WORDS:]
    for start in starts:
        phrase = words.own[start:].rstrip(" .!)")
        lead = _LEAD.match(words.plain, start)
        bare = words.own[lead.end() :].rstrip(" .!)") if lead else phrase
        found = when(phrase) or (when(bare) if bare and bare != phrase else None)
        if found is not None:
            return found, words.cut(0, start)
    return None, words
