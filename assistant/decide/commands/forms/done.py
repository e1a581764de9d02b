"""Clauses that say a task is done, by its number, by "all", or by what they tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.decide.commands.forms.doubt import in_doubt
from assistant.decide.commands.forms.drop import LEADING
from assistant.decide.commands.forms.handing import (
    read_handing,
    read_level,
    read_taken,
    read_unknown,
    read_waiting,
)
from assistant.decide.commands.forms.off import read_called_off, read_moot
from assistant.decide.commands.forms.result import is_scorned, read_name_alone, read_result, without_day
from assistant.decide.commands.matching.deeds import TOLD, closes, ends, is_granted
from assistant.decide.commands.matching.found import Clause, Found, each
from assistant.decide.commands.matching.meaning import is_same, names_of, words_of
from assistant.decide.commands.matching.ordinary import Fit, fit, has_object, names_thing, of_patient
from assistant.decide.commands.matching.subjects import Memory, Subject, all_but, referent, resolve
from assistant.decide.commands.matching.titles import folded_title, heads
from assistant.decide.commands.matching.told import is_told_done
from assistant.decide.commands.matching.values import is_value
from assistant.decide.commands.wording.arguments import day_in
from assistant.decide.commands.wording.doubts import SPOILED, doubt, doubt_in_remark
from assistant.decide.commands.wording.text import SIGN, Text, fold, plain_text
from assistant.decide.commands.wording.words import ALL, CLOSE, EARLIER, EXCEPT, PRONOUN, REST, SAYS_DONE, STRONG
from assistant.records import Task

_BE = (
    r"(?:(?:ok|okay|is|are|was|were|has been|have been|been|got|'s|ya|esta|estan|all|both|now|"
    r"finally|already|just|also|too|"
    r"todos|todas|has|have|had|as|completely|fully|officially|ahora|se)\s+)"
)
_I = r"(?:(?:i|we|i've|we've|ive|i have|we have|i'm|im|just|have|got|already|finally|he|she|they|ya|lo|la|all)\s+)"
_FIRST = re.compile(
    rf"{_I}{{0,3}}(?:{STRONG}|{CLOSE}(?: out| off)?)(?!\w)(?: with| off| out| of| on| as done)?\s*[:,-]?\s*(?P<s>.+)"
)
_LAST = re.compile(rf"(?P<s>.+?)\s*[:,=>-]*\s*(?:(?<!\w)|(?='s)){_BE}{{0,3}}(?<!\w)(?:{STRONG})(?!\w)(?P<t>.*)")
_THERE = (
    r"(?:,? (?:there|on (?:that|this)(?: one| front| score)?|(?:with|for) (?:that|this)(?: one)?|(?:ahi|alli|en eso)))"
)
_BARE = re.compile(
    rf"(?:{_I}|{_BE}|(?:{PRONOUN})\s+(?:is\s+|one\s+)?|'s\s+){{0,4}}(?:{STRONG})(?!\w)(?:{EARLIER}|{_THERE})*[\s:.!]*"
)
_ALL_BUT = re.compile(
    rf"(?:(?:{ALL}|{REST})\s+{_BE}{{0,2}}(?:{STRONG})|"
    rf"{_I}{{0,3}}(?:{STRONG})(?: with)?[:\s]+(?:{ALL}))[\s,-]*\b{EXCEPT}\b:?\s*(?P<x>.+)"
)
_ALL_BUT_TOO = re.compile(rf"(?:{ALL})[\s,]*\b{EXCEPT}\b:?\s*(?P<x>.+?)\s+{_BE}{{0,3}}(?:{STRONG})[\s.!]*")
# "Everything's done there": not the whole list.
_ALL_THERE = re.compile(rf"(?:{ALL})\s+{_BE}{{0,3}}(?:{STRONG})(?:{EARLIER}|{_THERE})*{_THERE}[\s.!]*")
# "Hank is done, both", but not "done with both knees".
_COUNTED_TOO = re.compile(
    rf"\b(?:both|all)\b(?! (?:set|good|done)\b)(?=(?: of (?:them|these|those|it))?(?: tasks| items| ones)?"
    rf"(?:\s*[.!,;]|\s*$| (?:{_BE}|{STRONG})))"
)
_ALL_DONE = re.compile(rf"(?:{ALL}|tod[oa]s?)\s+(?:{STRONG})[\s.!]*")
_MOVED = re.compile(
    r"(?:move|set|change|put|switch|mark|flag|update)\s+(?P<s>.+?)\s+(?:to|as|->|>|"
    r"=)\s+(?:be )?(?:done|completed?|closed|finished)"
)
_CLOSABLE = re.compile(
    r"(?P<s>.+?)\s+(?:can|may) (?:now )?be (?:closed(?: out)?|marked (?:as )?(?:done|completed?)|"
    r"checked off|crossed off)(?: now)?"
)
_SET_AND_DONE = re.compile(
    rf"(?P<s>(?:the |task |la |el )?{SIGN}+)\s*[:,-]{{0,2}}\s*(?:(?:is|are|was|now|all|just|got|ya|esta)\s+){{0,3}}"
    r"(?:(?:on|in|down|set|booked|scheduled|slotted|confirmed|moved|rescheduled|agendad[oa])\s+(?:for|to|on|at|para)\s+)?"
    rf"(?P<d>(?!due\b|to\b|by\b|until\b)[^\s§,;][^§,;]{{1,30}})[,;]\s*(?:(?:so|and|all|now|it'?s|y|ya)\s+){{0,2}}(?:{STRONG})[\s.!]*"
)
"""The day for which something is set, and that it is done: "8 - on for tues, done"."""
_AT_START = re.compile(rf"\W*(?:(?:the|el|la|task)\s+)?{SIGN}")
# An office that is closed is no task that is.
_STATES = re.compile(r"\b(?:closed|fixed)\b(?! out)")
_BEFORE_RESULT = re.compile(
    r"^[\s:,.>-]*(?:(?:is|are|was|were|has|have|been|got|just|finally|both|all|each|also|now|"
    r"ya|se)\s+)*"
)
_ACTORS = re.compile(
    r"\b(?:i|we|he|she|they|it|its|dr|doctor|md|nurse|mom|mother|dad|father|daughter|son|wife|husband|family|patient|"
    r"pt|"
    r"vendor|pharmacy|clinic|office|lab|plan|insurance|payer|courier|se|le|la|lo|ya|al fin|finally|just|already|"
    r"and|with|"
    r"has|have|had|is|are|was|were|been|got|the|a|his|her|their)\b"
)
# In the midst of a sentence these tell of the story, not of its end.
_WEAK = re.compile(
    r"(?:has|have|got|have got) .*|has|have|got(?: (?:it|them))?|saw|set|made|came|went to|knows?|moved|changed|pushed|"
    r"(?:is|are) (?:in|up|at|on|with).*|collected|told|confirmed|answered|called .*|requested|written|wrote|drafted"
)
# "La de Carmen" is Carmen's one.
_ONE = re.compile(r"\b(?:ones?|tasks?|items?|thing)\b|^\W*(?:ya (?:quedo|esta) )?(?:la|lo|las|los) del? ")
_SOMEBODY_IS = re.compile(
    r"\W*(?:he|she|pt|(?:the |our )?(?:patient|client|resident))(?:'s| is| was| has| just| already| finally| now)* "
    r"(?:passed|back|here|in|home|gone)(?: (?:now|today|already|away|again))*[ .!]*"
)
"""Where a person is, or that she died, ends no task."""
_LONGEST = 14
"""Words: a longer sentence that fits several tasks loosely is talk."""


def read_done(clause: Clause) -> Found | None:
    """Read every way to say that a task is done; what only sounds so goes to `in_doubt`."""
    clause = _without_colleague(clause)
    head = clause.head
    spared = _ALL_BUT.fullmatch(clause.full.plain) or _ALL_BUT_TOO.fullmatch(clause.full.plain)
    if spared is not None:
        return _all_but(clause.full.group(spared, "x"), clause)
    if SAYS_DONE.search(head.plain) is None and _FIRST.fullmatch(head.plain) is None:
        return None
    reason = doubt(head.plain) or doubt_in_remark(clause.rest.plain) or ("hedge" if is_scorned(clause) else None)
    if reason is not None:
        return in_doubt(reason, clause)
    subject, tail = _subject(clause)
    if subject is None:
        return None
    if tail.known:
        return in_doubt("condition", clause)
    if subject.choices and len(head.plain.split()) > _LONGEST:
        return None
    if subject.by_words is not None and (doubtful := _unsure(subject.by_words, clause)) is not None:
        return doubtful
    return each("done", subject, clause)


def _unsure(found: Fit, clause: Clause) -> Found | None:
    """Return a question where the words name the task's place or patient, but not the thing itself.

    "The stress test is done" does not say that its order was faxed.
    """
    task = clause.asked.task(found.numbers[0])
    if task is None or (names_thing(found, task) and not _STATES.search(clause.head.plain)):
        return None if task is not None and not _STATES.search(clause.head.plain) else Found(is_understood=False)
    if _ONE.search(clause.head.plain):
        return None
    ask = f"Is #{task.number} {task.title} done? Then write: done {task.number}"
    return Found(ask=ask, kept=(task.number,))


def read_marked(clause: Clause) -> Found | None:
    """Read "move 4 to done", "4 can be closed"."""
    fixed = _SET_AND_DONE.fullmatch(clause.full.plain)
    if fixed is not None and day_in(clause.full.group(fixed, "d"), clause.asked.when) and not clause.full.unknown:
        return None if doubt(fixed["d"]) else each("done", Subject(numbers=clause.full.known), clause)
    for form in (_MOVED, _CLOSABLE):
        match = form.fullmatch(clause.head.plain)
        is_named = match is not None and (clause.head.known or re.fullmatch(rf"{ALL}|{REST}", match["s"]))
        if match is None or not is_named or doubt(clause.rest.plain) is not None:
            continue
        subject = resolve(clause.head.group(match, "s"), clause.memory)
        if subject is not None:
            return each("done", subject, clause)
    return next((found for read in _IN_WORDS if (found := read(clause)) is not None), None)


_IN_WORDS = (read_called_off, read_moot, read_waiting, read_handing, read_unknown, read_level, read_taken, read_result)


def _without_colleague(clause: Clause) -> Clause:
    """Return "Priya finished 4" as "finished 4": the person who writes stands for it."""
    words = clause.head.plain.split()
    if not words or not any(words[0] in fold(person.name).split() for person in clause.asked.people):
        return clause
    rest = clause.head.cut(len(words[0]))
    is_told = _FIRST.fullmatch(rest.plain) or _BARE.fullmatch(rest.plain)
    return replace(clause, head=rest, full=clause.full.cut(len(words[0]))) if is_told else clause


def _subject(clause: Clause) -> tuple[Subject | None, Text]:
    """Return whom a "done" concerns, and the words after it that were not needed."""
    head, memory, nothing = clause.head, clause.memory, Text(own="", plain="")
    if _ALL_DONE.fullmatch(head.plain) and not memory.previous and memory.asked.only is None:
        return resolve(plain_text("all"), memory), nothing
    if _BARE.fullmatch(head.plain) or _ALL_THERE.fullmatch(head.plain):
        return referent(memory), nothing
    first = _FIRST.fullmatch(head.plain)
    if first is not None:
        slot = head.group(first, "s")
        leading = LEADING.fullmatch(slot.plain)
        if leading is not None:
            return resolve(slot.group(leading, "s"), memory), slot.group(leading, "t")
        found = _several(clause.full.cut(first.start("s")), memory) or resolve(slot, memory)
        if found is not None:
            return found, nothing
    last = _LAST.fullmatch(head.plain)
    if last is not None and _COUNTED_TOO.search(head.plain, last.end("s")):
        group = of_patient(head.group(last, "s").own, memory.asked.listed)
        if len(group) > 1:
            return Subject(numbers=group), head.group(last, "t")
    if last is not None:
        slot = head.group(last, "s")
        return resolve(slot, memory) or _found_value(slot, memory), head.group(last, "t")
    return None, nothing


def _found_value(slot: Text, memory: Memory) -> Subject | None:
    """Read "9 - inr 2.1 ok done": the number, and beside it the value that was to be got."""
    task = memory.asked.task(slot.known[0]) if len(slot.known) == 1 and not slot.unknown else None
    return Subject(numbers=slot.known) if task is not None and is_value(slot.plain, task) else None


def _several(told: Text, memory: Memory) -> Subject | None:
    """Return the tasks of "done with the board list and the slides"; each of them has to be clear."""
    pieces = [piece for piece in re.split(r"\s*(?:,|&|\band\b|\by\b)\s*", told.own) if piece.strip()]
    if len(pieces) < len(("one", "other")):
        return None
    subjects = [resolve(plain_text(piece), memory) for piece in pieces]
    numbers = [one.numbers[0] for one in subjects if one is not None and one.by_words and len(one.numbers) == 1]
    return Subject(numbers=tuple(dict.fromkeys(numbers))) if len(numbers) == len(pieces) else None


def _all_but(spared: Text, clause: Clause) -> Found:
    """Read what "all done except" spares."""
    if doubt(re.sub(rf"\b{EXCEPT}\b", " ", clause.full.plain)) in {"hedge", "question"}:
        return in_doubt("hedge", clause)
    found = each("done", all_but(spared, clause.memory), clause)
    closing = {operation.number for operation in found.operations}
    kept = tuple(task.number for task in clause.asked.listed if task.number not in closing) if closing else ()
    return Found(operations=found.operations, ask=found.ask, kept=kept, about=found.about)


def _is_ended(rest: str, task: Task) -> bool:
    """Return whether "412: approved, 10 units" tells what ends such a task: the result stands first, and undoubted."""
    first = TOLD.match(_BEFORE_RESULT.sub("", rest))
    results = [*([first[0]] if first else []), *_told_by(rest, task)]
    return any(
        ends(told, task) or is_granted(told, task) or any(closes(told, one, task) for one in heads(task))
        for told in results
    )


def _told_by(rest: str, task: Task) -> Iterator[str]:
    """Give the results of "412: dr signed it": before them stand who did it, or the task's own words."""
    plain = rest.strip(" :,.>-")
    for match in TOLD.finditer(plain):
        if _WEAK.fullmatch(match[0]):
            continue
        before = [word for word in words_of(_ACTORS.sub(" ", plain[: match.start()])) if not word.endswith("ed")]
        if all(word in names_of(task) or any(is_same(word, one) for one in folded_title(task)) for word in before):
            yield match[0]


def read_told(clause: Clause) -> Found | None:
    """Read ordinary words that tell a result: "faxed the cardiac clearance this morning"."""
    head, asked = clause.head, clause.asked
    # Who tells a result tells no plans beside it.
    if doubt(without_day(head.plain)) is not None or doubt(clause.rest.plain) is not None or is_scorned(clause):
        return None
    if head.known:
        if head.unknown or not _AT_START.match(head.plain):
            return None
        tasks = [asked.task(number) for number in head.known]
        rest = re.sub(rf"{SIGN}+", " ", head.plain)
        # "Sent at 8:30, you're late": a remark on us.
        remark = re.sub(r"\blate\b", " ", clause.rest.plain)
        if SPOILED.search(rest) or SPOILED.search(remark) or _SOMEBODY_IS.fullmatch(rest):
            return None
        whole = re.sub(rf"{SIGN}+", " ", clause.full.plain)
        told = all(
            task is not None and (is_told_done(rest, task) or _is_ended(rest, task) or _is_ended(whole, task))
            for task in tasks
        )
        return each("done", Subject(numbers=head.known), clause) if told else None
    if SPOILED.search(head.plain):
        return None
    found = fit(head.own, asked.listed)
    task = asked.task(found.numbers[0]) if len(found.numbers) == 1 else None
    if task is None or not (found.is_close and has_object(found, task) and is_told_done(head.plain, task)):
        return read_name_alone(clause)
    if not names_thing(found, task):
        return _unsure(found, clause)
    return each("done", Subject(numbers=found.numbers, by_words=found), clause)
