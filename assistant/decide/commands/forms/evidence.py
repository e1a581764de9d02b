"""Clauses about what a task rests on: "12 is not a duplicate", "summary 12"."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.found import Clause, Found, each
from assistant.decide.commands.matching.subjects import Subject, resolve
from assistant.decide.commands.reply import Operation
from assistant.decide.commands.wording.text import NUMBERS, SIGN
from assistant.decide.commands.wording.words import PRONOUN

_SLOT = rf"(?P<s>{NUMBERS}|{PRONOUN})"
_NOT = r"(?:is not|isn'?t|are not|aren'?t|was not|wasn'?t|not|no es|no son|no)"
_DUPLICATE = r"(?:duplicates?|dups?|dupes?|copy|duplicad[oa]s?)"
_SPLIT = (
    re.compile(
        rf"(?:split|unjoin|unmerge|separate|part|divide|separa|separar|divide)(?: up)?\s*:?\s*{_SLOT}(?: up| again)?"
    ),
    re.compile(
        rf"{_SLOT}\s*[:,-]?\s*(?:{_NOT}\s+(?:(?:a|an|the|un|una)\s+)?"
        rf"(?:{_DUPLICATE}|(?:the )?same(?: thing| task| as)?|la misma|lo mismo)"
        rf"(?:\s+(?:of|as|de|que))?\s*(?:{SIGN}+|each other)?"
        rf"|(?:is|are)\s+(?:(?:a|two)\s+)?(?:different|separate|distinct)(?:\s+(?:tasks?|things?|requests?|from))?\s*(?:{SIGN}+)?)"
    ),
    re.compile(rf"(?:(?:that is|that's|it is|it's)\s+)?{_NOT}\s+(?:(?:a|the)\s+)?{_DUPLICATE}\s*[:,-]?\s*{_SLOT}"),
)
_SUMMARY_WORD = r"(?:summary|summarize|summarise|sum up|recap|tl;?dr|history|story|background|resumen|resume|resumir)"
_RESUMES = re.compile(rf"resume (?:the |task |number )?{SIGN}+")
_SUMMARY = (
    re.compile(
        rf"(?:(?:give|send|show|get) (?:me )?)?(?:(?:a|the|me|what's|whats|what is|un|el)\s+){{0,3}}(?:quick |short )?"
        rf"{_SUMMARY_WORD}(?:\s+(?:of|for|on|behind|about|de|del))?\s*:?\s*{_SLOT}"
    ),
    re.compile(rf"{_SLOT}\s*[:,-]?\s*{_SUMMARY_WORD}"),
)
_BARE = re.compile(
    rf"(?:(?:give|send|show|get) (?:me )?|(?:can|could|may) i (?:get|have) )?(?:(?:a|the|my|un|el) )?"
    rf"(?:quick |short )?(?:{_SUMMARY_WORD}|overview|rundown|run-down)"
    rf"(?: (?:of|de) (?:it all|everything|my (?:list|tasks)|todo))?(?: please| pls)?"
)


def read_split(clause: Clause) -> Found | None:
    """Read "split 12", "12 is not a duplicate": what was joined stands by itself."""
    for form in _SPLIT:
        match = form.fullmatch(clause.full.plain.rstrip(" .!"))
        if match is None:
            continue
        subject = resolve(clause.full.group(match, "s"), clause.memory)
        if subject is None:
            continue
        asked = clause.asked
        joined = tuple(
            number
            for number in subject.numbers
            if (task := asked.task(number)) and (task.evidence or task.may_repeat is not None)
        )
        # "12 and 7 are different" names the one to which nothing was joined as well.
        return each("split", Subject(numbers=joined) if joined and not subject.unknown else subject, clause)
    return None


def read_summary(clause: Clause) -> Found | None:
    """Read "summary 12": its mails in a few lines."""
    plain = clause.full.plain.rstrip(" .!?")
    for form in _SUMMARY:
        match = form.fullmatch(plain)
        subject = resolve(clause.full.group(match, "s"), clause.memory) if match else None
        if subject is not None and _RESUMES.match(plain) and len(subject.numbers) == 1:
            # A summary in Spanish; in English it goes on, and nothing was stopped.
            task = clause.asked.task(subject.numbers[0])
            ask = f"What about #{subject.numbers[0]}? Please write for example: done {subject.numbers[0]}"
            is_open = task is None or task.state == "open"
            return Found(ask=ask, about=subject.numbers) if is_open else each("reopen", subject, clause)
        if subject is not None:
            return each("summary", subject, clause)
    only = clause.asked.only
    if _BARE.fullmatch(plain) is None:
        return None
    if only is not None:
        return each("summary", Subject(numbers=(only,)), clause)
    if clause.memory.said:
        return None
    return Found(operations=(Operation(op="list", line=clause.full.own),))
