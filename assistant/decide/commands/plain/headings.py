"""A sentence that names its task first ("fax queue: snooze til monday") -> the same with the task's number in front."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.meaning import meant, names_another
from assistant.decide.commands.plain.rewrites.english import put_plainly
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import SAYS_DONE

_HEAD = re.compile(r"(?P<h>[^:,;.!?()\d§]{3,60}?)(?P<mark>\s*:\s+|\s+[-–—]+\s+|,\s+)(?P<t>\S.*)")
# Further on a heading begins behind a comma and ends at a sign of its own: "7 done, sitter - Kim has it".
_HEAD_LATER = re.compile(r"(?<=[,;] )(?:and |y )?(?P<h>[^\W\d_][^:,;.!?()\d§]{2,40}?)(?:\s?:\s+|\s+[-–—]+\s+)(?=\S)")
_LEAD = re.compile(
    r"(?:(?:last one|first one|and|also|y|tambien|as for|about|re|on|regarding|sobre|for|con|lo del?)[\s:]+)+"
)
# Behind a comma only what can be nothing but a command makes the words before it a heading.
_BIDDEN = re.compile(
    r"(?:(?:please|pls|let'?s|lets|just|can we|porfa|por favor)\s+){0,2}(?:make it|move it|push it|bump it|"
    r"give me until|"
    r"snooze|hold off|remind me|ask me|mu[eé]vel[oa]|c[aá]mbial[oa]|p[aá]sal[oa]|p[aá]sasel[oa]|recuerdamel[oa])\b.*"
)
_TAKEN = re.compile(
    r"(?P<p>[a-z]{2,20}) (?:l[oa]s? (?:va a [a-z]{3,12}|ve|tiene|hace|lleva|trae|pide|toma|atiende)).{0,30}"
)
_MOST = 6
"""Words that a heading has at most."""


def headed(sentence: str, asked: ReplyContext) -> str:
    """Return "#4: snooze til monday" for "fax queue: snooze til monday", where the heading can mean one task only."""
    if "?" in sentence:
        return sentence
    for later in reversed(list(_HEAD_LATER.finditer(sentence))):
        number = _meant(later["h"], asked)
        if number is not None:
            sentence = f"{sentence[: later.start('h')]}#{number}: {sentence[later.end() :]}"
    match = _HEAD.fullmatch(sentence)
    if match is None:
        return sentence
    told = fold(match["t"])
    is_comma = match["mark"].strip() == ","
    if is_comma and not (_BIDDEN.fullmatch(told) or _TAKEN.fullmatch(told)):
        return sentence
    number = _meant(match["h"], asked)
    return sentence if number is None else put_plainly(f"#{number}: {match['t']}")


def _meant(heading: str, asked: ReplyContext) -> int | None:
    """Return the one task that the words of a heading can mean."""
    lead = _LEAD.match(fold(heading))
    words = heading[lead.end() :] if lead else heading
    if not 0 < len(words.split()) <= _MOST or SAYS_DONE.search(fold(words)):
        return None
    found = meant(words, words, asked.listed, asked.people, lambda _task, _head: True)
    task = asked.task(found.numbers[0]) if found.is_certain and len(found.numbers) == 1 else None
    return None if task is None or names_another(words, task, asked.people) else task.number
