"""What one clause of a reply was found to ask; every form of command returns it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.decide.commands.matching.subjects import Memory, Subject
from assistant.decide.commands.reply import Operation, ReplyContext, Verb
from assistant.decide.commands.wording.text import Text
from assistant.records import Deadline, Priority

_MOST_CHOICES = 6
_LONGEST_LIST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One command's words: the head that asks, and what follows it up to the next command."""

    head: Text
    rest: Text
    full: Text
    """Both, with what stands between them."""
    memory: Memory

    @property
    def asked(self) -> ReplyContext:
        return self.memory.asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    operations: tuple[Operation, ...] = ()
    kept: tuple[int, ...] = ()
    ask: str | None = None
    refused: tuple[int, ...] = ()
    """Tasks that the person hands back: the question falls away where the reply names a new owner."""
    takes_back: tuple[int, ...] | None = None
    """Tasks whose commands in this reply do not count; empty: the command just before."""
    about: tuple[int, ...] = field(default=())
    """What "it" means from here on."""
    denies: bool = False
    """True where the tasks are said not to be done."""
    is_understood: bool = True
    """False: the words are shown back."""
    choices: tuple[int, ...] = ()
    """Tasks between which the question leaves a choice: it falls away where the reply speaks of each of them."""
    is_explained: bool = False
    """True where each word of the clause was found to be the task's own, or to tell its result."""
    unknown: tuple[int, ...] = ()
    """Numbers that are no task's, of which the question is."""
    is_name: bool = False
    """True where tasks are only named: the question falls away where the reply goes on to say something of them."""


def each(
    op: Verb,
    subject: Subject,
    clause: Clause,
    *,
    until: Deadline | None = None,
    to: str | None = None,
    text: str = "",
    level: Priority | None = None,
    of: int | None = None,
    tail: Text | None = None,
) -> Found:
    """Return the same command for every task of `subject`, or the question that it leaves."""
    ask = unclear(subject, clause, op)
    # A number that is not there takes nothing away from those beside it that are.
    if ask is not None and not (subject.unknown and subject.numbers):
        return Found(ask=ask, about=subject.numbers, choices=subject.choices, unknown=subject.unknown)
    line = (tail or clause.full).own.strip(" ,;")
    operations = tuple(
        Operation(op=op, number=number, line=line, until=until, to=to, text=text, level=level, of=of)
        for number in subject.numbers
    )
    return Found(operations=operations, ask=ask, about=subject.numbers, unknown=subject.unknown)


def unclear(subject: Subject, clause: Clause, op: Verb) -> str | None:
    """Return the question to ask where it is not plain which tasks are meant."""
    asked = clause.asked
    if subject.unknown:
        return unknown_numbers(subject.unknown, asked)
    if subject.choices:
        shown = [_named(number, asked) for number in subject.choices[:_MOST_CHOICES]]
        return f"Which one do you mean: {'; '.join(shown)}?"
    if subject.is_open or (not subject.numbers and not subject.is_bulk):
        return f"Which task do you mean? Please write its number, for example: {_example(op, asked)}"
    if subject.is_bulk and not subject.numbers:
        return "The mail that you answered lists no open task. Which ones do you mean? Please write their numbers."
    return None


def unknown_numbers(numbers: Sequence[int], asked: ReplyContext) -> str:
    """Return the question for numbers that are no task's."""
    if len(numbers) == 1:
        return unknown_number(numbers[0], asked)
    named = ", ".join(f"#{number}" for number in dict.fromkeys(numbers))
    return f"There are no tasks {named} on your list. Which ones do you mean?"


def unknown_number(number: int, asked: ReplyContext) -> str:
    near = sorted((task.number for task in asked.tasks if task.state == "open"), key=lambda other: abs(other - number))
    if not near:
        return f"There is no task #{number} on your list. Which one do you mean?"
    named = " or ".join(f"#{other}" for other in sorted(near[:2]))
    return f"There is no task #{number} on your list. Do you mean {named}?"


def ranges(numbers: tuple[int, ...]) -> str:
    """Return numbers as a person would type them.

    >>> ranges((3, 4, 5, 9))
    '3, 4, 5, 9'
    >>> ranges((3, 4, 5, 6, 9))
    '3-6, 9'
    """
    runs: list[list[int]] = []
    ordered = sorted(set(numbers))
    for before, number in pairwise([ordered[0] - 2, *ordered]):
        if number == before + 1 and runs:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}-{run[-1]}" if len(run) > _LONGEST_LIST else ", ".join(map(str, run)) for run in runs]
    return ", ".join(parts)


def _named(number: int, asked: ReplyContext) -> str:
    task = asked.task(number)
    return f"#{number} {task.title}" if task else f"#{number}"


def _example(op: Verb, asked: ReplyContext) -> str:
    number = asked.shown[0] if asked.shown else 12
    tail = {"snooze": " until monday", "due": " friday", "assign": " to NAME", "note": " WORDS", "priority": " high"}
    verb = {"acknowledge": "ack", "assign": "give", "priority": "mark"}.get(op, op)
    return f"{verb} {number}{tail.get(op, '')}"
