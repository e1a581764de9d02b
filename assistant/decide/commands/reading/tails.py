"""Few words that follow an end -> the question that remains of it: "12 done. I think", "the van is booked, right?"."""

from __future__ import annotations

import re

from assistant.decide.commands.forms import clause_of, found_in
from assistant.decide.commands.forms.second_thoughts import read_second_thoughts
from assistant.decide.commands.matching.found import Clause, Found, ranges
from assistant.decide.commands.matching.meaning import patients_in
from assistant.decide.commands.matching.ordinary import fit
from assistant.decide.commands.matching.subjects import Memory
from assistant.decide.commands.reply import Operation
from assistant.decide.commands.wording.tails import doubtful_tail, leaves_doubt
from assistant.decide.commands.wording.text import SIGN, Text

_ENDS = frozenset({"done", "drop"})
_LONGEST_ECHO = 80
_PROMISES = re.compile(
    r"\b(?:i'?ll|we'?ll|will|i'?m|we'?re|gonna|going to|let me|doing|working|still|later|tomorrow|in progress|voy|"
    r"vamos|"
    r"hago|hare|sigo|seguimos|trabajando|manana)\b"
)
_DOES_IT = re.compile(
    r"\b(?:(?:will|'ll|going to|gonna) (?:do|finish|handle|close) (?:it|that|this|them)|voy a (?:hacer|"
    r"terminar)l[oa]s?)\b"
)
_NOT_THIS = re.compile(rf"\b(?:not|no (?=(?:la|el) ))\s*(?:(?:the|la|el|task)\s+)?(?={SIGN})")


def tailed(found: Found | None, clause: Clause) -> Found | None:
    """Return the question that remains of ends behind which the same clause leaves them in doubt."""
    if (found is None or not found.operations) and "?" in clause.rest.plain and leaves_doubt(clause.rest.plain):
        # "The van is booked, right?" would end it without the last word.
        alone = found_in(clause_of(clause.head, len(clause.head.plain), clause.memory))
        told = _ended(alone.operations) if alone is not None and (found is None or found.ask is None) else ()
        return left_open(told, clause.full.own) if told else found
    ended = _ended(found.operations) if found is not None else ()
    if found is None or not ended:
        return found
    tail = doubtful_tail(clause.full.plain, of_drop=_drops(found.operations))
    if not tail and _DOES_IT.search(clause.rest.plain) is None:
        return found
    return left_open(ended, clause.full.own)


def doubted_by(text: Text, memory: Memory) -> tuple[int, ...]:
    """Return the tasks ended by the command just before that `text`, a sentence with no subject, leaves in doubt."""
    ended = _ended(memory.last)
    if not ended or text.numbers or not leaves_doubt(text.plain, of_drop=_drops(memory.last)):
        return ()
    if read_second_thoughts(clause_of(text, len(text.plain), memory)) is not None:
        # "12 done. Not yet, actually" leaves no doubt.
        return ()
    listed = memory.asked.listed
    told = fit(text.own, listed)
    # "When they call back" shares a word with many a title.
    by_words = told.numbers if told.is_close and len(told.matched) > 1 else ()
    others = {*by_words, *patients_in(text.plain, listed)}
    return () if others - {*ended} or not {*memory.previous} & {*ended} else ended


def promises(plain: str) -> bool:
    """Return whether words tell what their writer is still to do, not that something is on its way by itself."""
    return _PROMISES.search(plain) is not None


def taken_out(text: Text) -> tuple[int, ...]:
    """Return the numbers before which "not" stands: "5 not 4 done" does not close the 4."""
    at = {match.end() for match in _NOT_THIS.finditer(text.plain)}
    return tuple(number for one in text.numbers if one.start in at for number in one.known[:1])


def left_open(numbers: tuple[int, ...], words: str) -> Found:
    """Return the question that remains of ends that `words` leave in doubt."""
    named = ", ".join(f"#{number}" for number in numbers)
    ask = (
        f"I left {named} open, because “{words[:_LONGEST_ECHO]}” can be read in two ways. If it is done, write: done "
        f"{ranges(numbers)}"
    )
    return Found(ask=ask, about=numbers, kept=numbers)


def _ended(operations: tuple[Operation, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.number for one in operations if one.op in _ENDS and one.number))


def _drops(operations: tuple[Operation, ...]) -> bool:
    return all(one.op == "drop" for one in operations if one.op in _ENDS)
