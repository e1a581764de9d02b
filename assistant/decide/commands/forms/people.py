"""Clauses that give a task to somebody."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.explained import is_titled, told_words
from assistant.decide.commands.matching.found import Clause, Found, each, unclear
from assistant.decide.commands.matching.subjects import Subject, resolve
from assistant.decide.commands.matching.told import bidden
from assistant.decide.commands.wording.arguments import day_in, people_in
from assistant.decide.commands.wording.doubts import SPOILED, doubt, is_question
from assistant.decide.commands.wording.text import NUMBERS, Text, fold
from assistant.decide.commands.wording.words import GIVE, HAND_ON, REST, SAYS_DONE
from assistant.records import Person

_GIVE = re.compile(
    rf"(?P<v>{GIVE})(?!\w)\s*:?\s*(?P<s>.+?)\s*(?:(?:over|off|back)\s+)?(?<!\w)(?:to|->|>|al?)\s+(?P<p>.+)"
)
_GIVE_NAME_FIRST = re.compile(rf"(?P<v>{GIVE})(?!\w)\s+(?:to\s+|a\s+)?(?P<p>[^§]{{2,40}}?)\s+(?P<s>{NUMBERS})(?P<t>.*)")
_GIVEN_IT = re.compile(
    r"(?P<v>(?:da|pasa|asigna|deja|manda|encarga)(?:se)?(?:l[oa]s?|le))\s+(?P<s>(?:el |la )?§*)\s*al?\s+(?P<p>.+)"
)
_PASS = re.compile(
    rf"(?P<v>{HAND_ON})(?!\w)\s*:?\s*(?P<s>.+?)\s*(?:(?:over|off|back|on)\s+)?(?<!\w)(?:to|->|>|al?)\s+(?P<p>.+)"
)
_LAST = re.compile(
    r"(?P<s>.+?)\s*[:,-]?\s*(?<!\w)(?:(?:is|are|goes|go|should go|can go|belongs|now|es|va|dasel[oa]|"
    r"pasasel[oa]|asignasel[oa]|dal[oa]|pasal[oa]|assigned|given)\s+){0,2}"
    r"(?<!\w)(?P<v>(?:to|for|para|al?|de)(?!\w)|->|>|=|@)\s*(?P<p>.+)"
)
_OWNED = re.compile(
    rf"(?P<p>[^§]{{2,40}}?)\s*(?:(?:has|have|takes|took(?! care)|will (?:take|do|handle|own|cover)|is (?:doing|"
    rf"taking|handling|covering|picking up|getting|finishing|on)|can (?:take|do|handle|have)|will (?:get|have|pick up|"
    rf"finish|see to)|'ll (?:take|do|handle)|to (?:take|do|handle|cover)|"
    rf"wants|'s (?:got|on|"
    rf"doing|taking|handling|picking up)|got|"
    rf"owns|handles|does|gets|should (?:take|have|do|get|handle)|is going to (?:do|take)|"
    rf"se encarga del?|lleva|hace|tiene|toma|va a (?:hacer|"
    rf"llevar))(?: care of)?(?: over)?)\s+(?P<s>{NUMBERS}|it|that one|this one|that|this)(?!\w)(?P<t>.*)"
)
_OWNS = re.compile(
    rf"(?P<s>{NUMBERS}|it|this|that)\s*(?:is|are|should be|'s|es|son|all|both)\s+(?:now\s+|all\s+|both\s+|"
    rf"de\s+)?(?P<p>[a-z.' ]{{2,40}}?)(?:'s)?(?: now)?"
)
_AT_HOUR = re.compile(r"\s*(?:at|@) \d")
_LET = re.compile(
    rf"(?:let|have|ask|get|tell|que)\s+(?P<p>[a-z.' ]{{2,40}}?)\s+(?:to\s+)?(?:take|do|handle|have|"
    rf"own|cover|see to|deal with|haga|lleve)(?: care of)?(?: over)?\s+"
    rf"(?P<s>{NUMBERS}|it|that|this)(?!\w)(?P<t>.*)"
)
_IS_THEIRS = re.compile(
    rf"(?:please )?(?:tell|let)\s+(?P<p>[a-z.' ]{{2,40}}?)\s+(?:know\s+)?(?:that\s+)?(?P<s>{NUMBERS})\s+(?:is|are|"
    rf"'s)\s+"
    r"(?:hers|his|theirs)(?: now)?"
)
_SE_ENCARGUE = re.compile(
    rf"que\s+(?P<p>[a-z.' ]{{2,40}}?)\s+(?:se encargue del?|se quede con|haga|lleve|tome)\s+(?P<s>{NUMBERS})"
)
_NAMED = re.compile(rf"(?P<s>{NUMBERS})\s*[:,-]?\s*(?P<p>[a-z.' ]{{2,40}}?)(?:,? (?:please|pls|porfa|por favor))?")
_REST_NAMED = re.compile(
    rf"(?P<s>{REST})\s*(?:[:=>-]|->)+\s*(?P<p>[a-z.' ]{{2,40}}?)(?:,? (?:please|pls|porfa|por favor))?"
)
_MINE_FIRST = re.compile(rf"mine\s*[:,-]?\s*(?P<s>{NUMBERS})")
_MINE = re.compile(
    r"(?:i'?ll|i will|i can|let me|i'm|i am|yo)\s+(?:take(?: over)?|taking(?: over)?|own|cover|grab|"
    r"pick up|me quedo con|tomo)\s+(?P<s>.+?)(?P<t>(?:\s+(?:from|for|since|while|because|as|off)\b.*)?)"
)
_MYSELF = re.compile(
    r"(?:i'?ll|i will|i can|let me|i'?m going to|i am going to) (?:just )?(?:do|handle|take care of|deal with|"
    r"see to)\s+"
    r"(?P<s>.+?)\s+(?:myself|instead(?: of [a-z' ]{2,30})?)"
)
_UNDER_ME = re.compile(
    r"(?:put|move|place|switch|shift|transfer|get) (?P<s>.+?) (?:back )?(?:under|onto|on|in|into|to) "
    r"(?:me|my (?:name|list|queue|plate|side|column)|mine)"
)
_MINE_LAST = re.compile(rf"(?P<s>{NUMBERS})\s*(?:is|are|'s|es|son)?\s*(?:mine|mi[oa]s?)(?: now)?")
_STAYS = re.compile(
    rf"(?:(?:i'?ll|i|let me|we'?ll|yo) )?(?:just )?(?:keep|leave|hold on to|hang on to|me quedo con)(?:ing)? "
    rf"{NUMBERS}(?: (?:with|for|on|w/) me| myself| mine)?|"
    rf"{NUMBERS}\s*[:,=-]*\s*(?:(?:stays?|remains?|is staying|is|are|(?:i'?ll|i) keep|se queda)\s+)?"
    r"(?:(?:with|w/|on|conmigo|all|just|still)\s+){0,2}(?:me|myself|mine|yo|conmigo)(?: too| still| again)?|"
    rf"(?:me|myself|yo)\s*[:,=-]*\s*{NUMBERS}"
)
"""Says of one's own that they remain so: "11 me", below "7, 8 Tess"."""
_ME = re.compile(r"(?:me|myself|mi)(?!\w).{0,20}")
_SOMEBODY = re.compile(
    r"(?:can|could|would|may)?\s*(?:some(?:one|body)|any(?:one|body)|alguien)(?: else|"
    r" mas| (?:besides|other than|but) me)?\s+(?:please\s+)?(?:take|do|handle|have|cover|own|puede|help).{0,60}"
)
_CAN = re.compile(
    rf"(?:can|could|would|will|may)\s+(?P<p>[a-z' ]{{2,40}}?)\s+(?:take|do|handle|have|cover|get|"
    rf"own)(?: over)?\s+(?P<s>{NUMBERS})[\s?]*"
)
_TWO = re.compile(r"\s*(?:or|and|&|/|o|y|,)\s*(?P<p>.+)")
_DID_FOR = re.compile(
    r"(?:(?:i|we|i've|we've|just|already|have|finally|also|and)\s+){0,3}(?P<v>got|did|finished|completed|handled|"
    r"covered|"
    rf"closed|sent|called|faxed|booked|ordered|picked up)\s+{NUMBERS}\s+for\s+(?!me\b|mon|tue|wed|thu|fri|sat|sun|"
    rf"tom)[a-z].*"
)
"""What was done in somebody's stead, or for them, is not handed to them: "got 9 for Tess"."""
_FETCHES = frozenset({"get", "obtain", "collect", "retrieve", "pick", "track", "secure"})
_NOT_GIVEN = re.compile(
    r"[a-z]+(?: [a-z]+)?'s (?:info|information|sake|records?|benefit|review|input|patient|question|number|approval|ok|"
    r"signature|copy|file|reference|eyes)\b|"
    r".*\b(?:a|an|the|another) (?:call|ring|buzz|shout|heads|nudge|hand|reminder|update|copy|hint|try|break|"
    r"look|head)\b"
)
"""Behind a name: \"give Tess a call about 4\", \"4 for Tess's info\"."""
_NO_TAKER = re.compile(
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|today|later|done|high|normal|low|urgent|"
    r"critical|"
    r"legal|billing|pharmacy|surgery|radiology|imaging|admissions|registration|scheduling|intake|medicaid|medicare|"
    r"me|him|her|them|us|you|all|none|noon|end|next|date|be|do|follow|close|open|hold|file|january|february|march|"
    r"april|"
    r"may|june|july|august|september|october|november|december)"
)
_SURE = re.compile(rf"(?:{GIVE}|assigned|given|(?:da|asigna|encarga)(?:se)?(?:l[oa]s?|le))")


def read_assignment(clause: Clause) -> Found | None:
    """Read "give 9 to priya", "Priya has 9", "9 -> priya", "I'll take 9"."""
    head = clause.head
    if _SOMEBODY.fullmatch(head.plain.rstrip(" ?")):
        number = head.known[0] if head.known else None
        return Found(
            ask=f"Who should have {f'#{number}' if number else 'it'}? Please write: give {number or 12} to NAME",
            about=head.known,
        )
    if is_question(head.plain):
        return _asked_whether(clause)
    did = _DID_FOR.fullmatch(head.plain)
    if did is not None:
        return _got_for(clause) if did["v"] == "got" else None
    stays = None if _MINE_LAST.fullmatch(head.plain) else _STAYS.fullmatch(head.plain)
    with_whom = _TWO.fullmatch(clause.rest.plain) if stays is not None and not clause.rest.numbers else None
    if with_whom is not None and people_in(clause.rest.group(with_whom, "p"), clause.asked.people):
        return None
    if stays is not None and not head.unknown:
        return _kept(Subject(numbers=head.known), clause)
    for form in (_MINE, _MINE_LAST, _MINE_FIRST, _MYSELF, _UNDER_ME):
        match = form.fullmatch(head.plain)
        subject = resolve(head.group(match, "s"), clause.memory) if match else None
        if subject is not None and not subject.choices:
            return _taken(subject, clause)
    for form in (
        _GIVE_NAME_FIRST,
        _GIVE,
        _GIVEN_IT,
        _PASS,
        _SE_ENCARGUE,
        _IS_THEIRS,
        _LET,
        _OWNED,
        _OWNS,
        _LAST,
        _NAMED,
        _REST_NAMED,
    ):
        match = form.fullmatch(head.plain)
        found = _given(form, match, clause) if match else None
        if found is not None:
            return found
    return None


def _asked_whether(clause: Clause) -> Found | None:
    """Read "can Priya take 9?", which bids politely; who is not alone in bearing the name is asked about."""
    match = _CAN.fullmatch(clause.head.plain)
    found = people_in(clause.head.group(match, "p"), clause.asked.people) if match else ()
    if match is None or not found or not clause.head.known:
        return None
    subject = Subject(numbers=clause.head.known, unknown=clause.head.unknown)
    return _to(found, clause.head.group(match, "p"), subject, clause)


def _given(form: re.Pattern[str], match: re.Match[str], clause: Clause) -> Found | None:
    head, asked = clause.head, clause.asked
    name = head.group(match, "p")
    if _NOT_GIVEN.match(name.plain):
        return None
    found = (asked.person,) if _ME.fullmatch(name.plain) else people_in(name, asked.people)
    is_sure = form in {_GIVE, _GIVEN_IT} and _SURE.match(head.plain) is not None
    if not found and "@" in name.plain and form is not _OWNED:
        is_sure = True
    if not found and form in {_LAST, _GIVE, _PASS} and _is_stranger(name, clause):
        is_sure = True
    if not found and not is_sure:
        return None
    if form in {_OWNED, _LET} and match["t"] and (SAYS_DONE.search(match["t"]) or _AT_HOUR.match(match["t"])):
        # "Heather got this one finished": she did it. "Dr. Shah has it at 12:30": that is when the call is.
        return None
    if form in {_NAMED, _REST_NAMED} and not any(
        name.plain in {fold(one.name), *fold(one.name).split()} for one in found
    ):
        return None
    if found and form in {_PASS, _LAST} and not _is_named(name, found) and day_in(name, asked.when) is not None:
        return None
    subject = resolve(head.group(match, "s"), clause.memory)
    if subject is None:
        if not is_sure:
            return None
        return Found(ask=f"Which task do you mean by “{head.own[:60]}”? Please write its number: give 12 to NAME")
    return _to(found, name, subject, clause)


def _got_for(clause: Clause) -> Found | None:
    """Read "got 9 for Tess, the card is here": done, where the task is to get it; without that it may be taken over."""
    numbers = clause.head.known
    tasks = [task for number in numbers if (task := clause.asked.task(number)) is not None]
    if not tasks or clause.head.unknown:
        return None
    is_sure = doubt(clause.full.plain) is None and SPOILED.search(clause.full.plain) is None
    rest = told_words(clause.rest.plain)
    if is_sure and all(bidden(one)[0] in _FETCHES and any(is_titled(word, one) for word in rest) for one in tasks):
        return each("done", Subject(numbers=numbers), clause)
    number = numbers[0]
    ask = f"Is #{number} done, or shall somebody else have it? Please write: done {number}, or: give {number} to NAME"
    return Found(ask=ask, kept=numbers, about=numbers)


def _is_stranger(name: Text, clause: Clause) -> bool:
    """Return whether a number is handed to a name that nobody bears: "57 to Bahar"."""
    words = name.own.strip(" .,!").split()
    words = [word for word in words if fold(word) not in {"pls", "please", "thanks", "now", "instead", "por", "favor"}]
    known = fold(" ".join(f"{task.title} {task.patient}" for task in clause.asked.tasks)).split()
    return (
        bool(clause.head.known)
        and len(words) == 1
        and re.fullmatch(r"[A-Z][a-z]{2,15}", words[0]) is not None
        and fold(words[0]) not in known
        and clause.asked.when(words[0]) is None
        and _NO_TAKER.fullmatch(fold(words[0])) is None
    )


def _to(found: tuple[Person, ...], name: Text, subject: Subject, clause: Clause) -> Found | None:
    """Return the assignment, or who is not known or not alone in bearing the name."""
    asked = clause.asked
    ask = unclear(subject, clause, "assign")
    number = subject.numbers[0] if subject.numbers else 12
    if ask is None and not found:
        known = ", ".join(person.name for person in asked.people)
        ask = f"I know nobody called “{name.own[:40]}”. I know {known}. Please write: give {number} to NAME"
    if ask is None and len(found) == 1 and len(others := _other(name, found[0], asked.people)) > 0:
        found = (*found, *others)
    if ask is None and len(found) > 1:
        ask = f"Who should have #{number}: {' or '.join(person.name for person in found)}? Please write the whole name."
    if ask is not None:
        return Found(ask=ask, about=subject.numbers)
    return each("assign", subject, clause, to=found[0].email)


def _taken(subject: Subject, clause: Clause) -> Found:
    """Read "I'll take 9": a task that is the person's already is acknowledged."""
    asked = clause.asked
    owned = [
        number
        for number in subject.numbers
        if (task := asked.task(number)) and task.owner and asked.person.is_at(task.owner)
    ]
    if subject.numbers and len(owned) == len(subject.numbers):
        return each("acknowledge", subject, clause)
    return each("assign", subject, clause, to=asked.person.email)


def _kept(subject: Subject, clause: Clause) -> Found:
    """Read "11 me": a task that is the person's already stays so, another's becomes theirs."""
    found = _taken(subject, clause)
    is_own = all(one.op == "acknowledge" for one in found.operations)
    return Found(kept=subject.numbers, about=subject.numbers) if is_own and found.ask is None else found


def _is_named(name: Text, found: tuple[Person, ...]) -> bool:
    """True where the whole of a name stands there, not its beginning only: Mon may be Monica or Monday."""
    first = name.plain.split()[0].strip(".,;:!?") if name.plain else ""
    return "@" in name.plain or any(first in fold(person.name).split() for person in found)


def _other(name: Text, found: Person, people: tuple[Person, ...]) -> tuple[Person, ...]:
    """Return a second person named beside the first: "Priya or Marcus"."""
    words = name.plain.split()
    for count in range(1, min(3, len(words))):
        after = name.cut(len(" ".join(words[:count])))
        second = _TWO.match(after.plain)
        others = people_in(after.group(second, "p"), people) if second else ()
        if any(person is not found for person in others):
            return tuple(person for person in others if person is not found)
    return ()
