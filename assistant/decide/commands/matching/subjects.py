"""The part of a command that says which tasks -> their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.decide.commands.matching.counts import begins_with_count, counts_part
from assistant.decide.commands.matching.meaning import names_another
from assistant.decide.commands.matching.ordinary import Fit, fit, has_object, of_patient
from assistant.decide.commands.reply import Operation, ReplyContext
from assistant.decide.commands.wording.text import SIGN, Text, fold
from assistant.decide.commands.wording.words import ALL, EXCEPT, PRONOUN, REST

_FILLING = re.compile(
    r"(?:\b(?:the|tasks?|numbers?|no|nos|items?|both|all|el|la|los|las|tareas?|also|just|i|we|have|"
    r"ive|i've|we've|got|of|and|y|with|on|"
    r"for|about|ones?|too|con|de|is|are|be|es|esta|estan|ya|again|from|my|list|to)\b|[\s:,.#()'\"*-])*"
)
_PAIR = ("one", "other")
_BOTH = re.compile(r"(?:both(?: of (?:them|these))?|ambas|ambos|l[oa]s dos)")
ALL_BUT = re.compile(rf"(?:{ALL}|{REST})[\s,]*(?:(?:is|are|done|finished)\s+)?\b{EXCEPT}\b[\s:]*(?P<rest>.+)")
_ALL_OF = re.compile(
    r"(?:all|everything|every ?thing|each|both|tod[oa]s?)(?: of)?(?: the| my| l[oa]s)?\s+(?:(?:ones?|"
    r"tasks?|items?|stuff)?\s*(?:for|of|about|with|de|para)\s+)?(?P<who>.+?)"
    r"(?:'s)?(?:\s+(?:ones?|tasks?|items?|stuff|things|tareas))?"
)
_PLURAL = re.compile(r"(?:the |my )?(?P<who>.+?)(?:'s)? (?:ones|tasks|items|things)")
_ITEMS = re.compile(r"\s*(?:,|&|\b(?:and|or|nor|y|ni|o)\b)\s*", re.IGNORECASE)
_GROUP = re.compile(
    r"(?:(?:the )?(?:ones?|tasks?|items?|stuff|things)\s+(?:for|of|about|"
    r"with)\s+)?(?P<who>.+?)(?:'s)?(?:\s+(?:ones?|tasks?|items?|stuff|things))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom a command concerns."""

    numbers: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    choices: tuple[int, ...] = ()
    """Tasks between which the words leave a doubt."""
    is_bulk: bool = False
    """True for "all" and "the rest"."""
    is_open: bool = False
    """True where a word like "it" points at nothing."""
    by_words: Fit | None = None


@dataclass(slots=True, kw_only=True)
class Memory:
    """What has been said so far in this reply."""

    asked: ReplyContext
    previous: tuple[int, ...] = ()
    """The tasks spoken of last."""
    mentioned: set[int] = field(default_factory=set)
    denied: set[int] = field(default_factory=set)
    """Tasks said not to be done."""
    last: tuple[Operation, ...] = ()
    """The commands read last."""
    ended: tuple[int, ...] = ()
    """The tasks that the reply closed last."""
    closed: frozenset[int] = frozenset()
    """All that it closed so far."""
    said: list[str] = field(default_factory=list)
    """The words of the clauses before this one."""
    named: tuple[int, ...] = ()
    """Tasks that were only named just before: "the first one and ..."."""

    def learn(self, operations: tuple[Operation, ...]) -> None:
        """Keep in mind the commands read last, and what they close."""
        self.last = operations
        closing = tuple(one.number for one in operations if one.op in {"done", "drop"} and one.number)
        if closing:
            self.ended, self.closed = closing, self.closed | {*closing}


def resolve(slot: Text, memory: Memory, *, may_be_closed: bool = False) -> Subject | None:
    """Return whom the words of `slot` mean; None where they can mean no task at all."""
    slot = slot.trimmed()
    plain = slot.plain
    but = ALL_BUT.fullmatch(plain)
    if but is not None:
        return all_but(slot.group(but, "rest"), memory)
    if slot.numbers:
        rest = plain.replace(SIGN, "")
        if _FILLING.fullmatch(rest) is None:
            return None
        return Subject(numbers=slot.known, unknown=slot.unknown)
    if (several := _several(plain, memory)) is not None:
        return several
    if not plain or re.fullmatch(PRONOUN, plain):
        return referent(memory)
    return _by_words(slot.own, memory, may_be_closed=may_be_closed)


def _several(plain: str, memory: Memory) -> Subject | None:
    """Return whom "all", "both" and "the rest" mean."""
    listed = tuple(task.number for task in memory.asked.listed)
    if re.fullmatch(REST, plain):
        # "Seven of the queries are resolved, the rest tomorrow": the rest of what?
        if not memory.mentioned or tells_of_part(memory):
            return Subject(choices=listed)
        return Subject(numbers=tuple(one for one in listed if one not in memory.mentioned), is_bulk=True)
    if _BOTH.fullmatch(plain) is None:
        return Subject(numbers=listed, is_bulk=True) if re.fullmatch(ALL, plain) else None
    if len(memory.previous) == len(_PAIR):
        return Subject(numbers=memory.previous)
    return Subject(numbers=listed, is_bulk=True) if len(listed) == len(_PAIR) else None


def tells_of_part(memory: Memory) -> bool:
    """Return whether it was told last that some of one task's things are done, and some are not."""
    task = memory.asked.task(memory.previous[0]) if len(memory.previous) == 1 else None
    if task is None or not memory.last or any(one.op != "note" or one.number != task.number for one in memory.last):
        return False
    return any(counts_part(fold(one.text), task) for one in memory.last)


def referent(memory: Memory) -> Subject:
    """Return whom "it", or no word at all, means: the task spoken of last, else the one the answered mail is about."""
    if len(memory.named) > 1:
        # "Ames - done", where Ames has two tasks.
        return Subject(choices=memory.named)
    if memory.previous:
        return Subject(numbers=memory.previous)
    if memory.asked.only is not None:
        return Subject(numbers=(memory.asked.only,))
    return Subject(is_open=True)


def all_but(rest: Text, memory: Memory) -> Subject:
    """Return all listed tasks but those that `rest` names."""
    listed = tuple(task.number for task in memory.asked.listed)
    spared: tuple[int, ...] = rest.known
    if not rest.numbers and not begins_with_count(rest.plain):
        each = [_spared(one, memory) for one in _ITEMS.split(rest.own) if one.strip()]
        # Of two things that stay open one that nobody finds would be closed.
        spared = tuple(number for found in each for number in found) if all(each) else ()
    if not spared or rest.unknown:
        return Subject(unknown=rest.unknown, choices=listed)
    return Subject(numbers=tuple(one for one in listed if one not in spared), is_bulk=True)


def _spared(words: str, memory: Memory) -> tuple[int, ...]:
    """Return the tasks that one item behind "all except" names: a patient's, or the one that it can only be."""
    group = _GROUP.fullmatch(fold(words))
    found = of_patient(group["who"], memory.asked.listed) if group else ()
    if found:
        return found
    only = fit(words, memory.asked.listed).numbers
    return only if len(only) == 1 else ()


def _by_words(words: str, memory: Memory, *, may_be_closed: bool) -> Subject | None:
    """Return the task that ordinary words describe; the whole of a patient's where they say "all"."""
    tasks = memory.asked.listed or tuple(task for task in memory.asked.tasks if task.state == "open")
    if may_be_closed:
        tasks = memory.asked.tasks
    every = _ALL_OF.fullmatch(words.lower().strip(" .!")) or _PLURAL.fullmatch(words.lower().strip(" .!"))
    if every is not None and (group := of_patient(every["who"], tasks)):
        return Subject(numbers=group)
    found = fit(words, tasks)
    if not found.numbers:
        return None
    if len(found.numbers) > 1 or not found.is_close:
        return Subject(choices=found.numbers)
    task = memory.asked.task(found.numbers[0])
    if task is None or not (has_object(found, task) or len(found.matched) > 1):
        return None
    if names_another(words, task, memory.asked.people):
        # "Omar's van is done", where the van is somebody else's.
        return Subject(choices=found.numbers)
    return Subject(numbers=found.numbers, by_words=found)
