"""A reply that closes many tasks at once, or after many others -> one question, with the answer that carries it out."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.decide.commands.matching.found import ranges
from assistant.decide.commands.reading.everything import says_more
from assistant.decide.commands.reply import Operation, ReplyContext, ReplyReading
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import ALL, EXCEPT

_FIGURES = re.compile(r"(?<!\d)\d{1,6}(?!\d)")
_RANGE = re.compile(r"(?<!\d)(\d{1,6}) {0,2}(?:-|\u2013|to|thru|through|a) {0,2}#?(\d{1,6})(?!\d)")
_MOST_IN_RANGE = 1000
_FEW = 2
_SWEEPS = re.compile(rf"(?<!\w)(?:{ALL})(?!\w)")
_AND = re.compile(r"[\s,;.-]{1,4}(?:and|y|&|then)\b")
_DROP_ALL = re.compile(
    r"\b(?:drop|cancel|scrap|dump|ditch|deja|suelta) (?:everything|it all|all|todo)\b(?! (?:of|for|from|about)\b)"
    rf"(?!,? {EXCEPT}\b)(?P<more>.{{1,300}})"
)


def of_many(reading: ReplyReading, words: str, asked: ReplyContext) -> ReplyReading:
    """Return the reading; where it closes more tasks than the limits, a question in place of closing any.

    One limit is for what is closed without being named. What is closed by figures is named: "all", a patient's tasks,
    a day's tasks are not. Nor is a range, but in answer to an answer of ours: that is how somebody says for the second
    time which they mean. The other is for all that is closed in a person's name within an hour: it may be somebody
    else who has their mailbox.
    """
    closing = [one for one in reading.operations if one.op in {"done", "drop"} and one.number]
    named = {int(figure) for figure in _FIGURES.findall(words)}
    if asked.answered is not None and asked.answered.kind == "answer":
        named |= _in_ranges(words)
    numbers = tuple(dict.fromkeys(one.number for one in closing if one.number))
    swept = _swept(closing, words, asked)
    if _is_idiom(closing, words, asked):
        ask = f"Shall I really drop {len(numbers)} tasks? To be sure, please answer: yes"
    elif critical := [one for one in swept if (task := asked.task(one)) is not None and task.priority == "critical"]:
        which = ", ".join(f"#{number}" for number in critical)
        ask = f"That would close {len(swept)} tasks at once, critical ones too: {which}. To be sure, please answer: yes"
    elif len({*numbers} - named) > asked.bulk_limit:
        ask = f"That would close {len(numbers)} tasks at once. To be sure, please answer: yes"
    elif asked.closes_left is not None and len(numbers) > asked.closes_left:
        ask = "With that, very many tasks were closed in your name within an hour. To be sure, please answer: yes"
    else:
        return reading
    return replace(
        reading,
        operations=tuple(one for one in reading.operations if one not in closing),
        ask=f"{reading.ask} {ask}" if reading.ask else ask,
        choice="\n".join(_commands(closing)),
        about=tuple(dict.fromkeys((*numbers, *reading.about))),
        kept=(),
    )


def _swept(closing: list[Operation], words: str, asked: ReplyContext) -> tuple[int, ...]:
    """Return the tasks of a whole list that a mere "all" closes; none where it is counted, or some are spared."""
    listed = {task.number for task in asked.listed}
    named = {int(figure) for figure in _FIGURES.findall(words)} | _in_ranges(words)
    swept = tuple(dict.fromkeys(one.number for one in closing if one.number))
    is_whole = listed <= {*swept} and named.isdisjoint({*swept, len(listed)})
    return swept if is_whole and len(swept) > _FEW and _SWEEPS.search(fold(words)) is not None else ()


def _is_idiom(closing: list[Operation], words: str, asked: ReplyContext) -> bool:
    """Return whether "drop everything" may only bid to come at once: "drop everything and call me"."""
    match = _DROP_ALL.search(fold(words))
    if match is None or sum(one.op == "drop" for one in closing) <= _FEW:
        return False
    return _AND.match(match["more"]) is not None or says_more(match["more"], asked.listed)


def _in_ranges(words: str) -> set[int]:
    spans = [(int(first), int(last)) for first, last in _RANGE.findall(words)]
    return {number for first, last in spans if last - first < _MOST_IN_RANGE for number in range(first, last + 1)}


def _commands(closing: list[Operation]) -> list[str]:
    repeating = [f"drop {one.number} duplicate of {one.of}" for one in closing if one.of is not None]
    alone = [one for one in closing if one.of is None]
    verbs = dict.fromkeys(one.op for one in alone)
    told = [f"{verb} {ranges(tuple(one.number for one in alone if one.op == verb and one.number))}" for verb in verbs]
    return told + repeating
