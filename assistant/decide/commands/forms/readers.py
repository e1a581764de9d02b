"""One clause of a reply -> what it asks, by the first form that fits it whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.decide.commands.forms.ack import read_under_way
from assistant.decide.commands.forms.again import read_again, read_correction, read_day_alone, read_kept
from assistant.decide.commands.forms.back import read_back
from assistant.decide.commands.forms.create import read_new
from assistant.decide.commands.forms.cues import read_cued
from assistant.decide.commands.forms.cues_people import read_pointed
from assistant.decide.commands.forms.cues_state import read_state
from assistant.decide.commands.forms.days import read_due, read_snooze
from assistant.decide.commands.forms.done import read_done, read_marked, read_told
from assistant.decide.commands.forms.drop import read_drop, read_let_go, read_refusal, read_reopening, read_taking_back
from assistant.decide.commands.forms.estimates import read_estimate
from assistant.decide.commands.forms.evidence import read_split, read_summary
from assistant.decide.commands.forms.open import read_left_open
from assistant.decide.commands.forms.other import (
    read_note,
    read_number_alone,
    read_priority,
    read_question,
    read_ticks,
)
from assistant.decide.commands.forms.outcome import read_outcome
from assistant.decide.commands.forms.people import read_assignment
from assistant.decide.commands.forms.pieces import SCORN, read_pieces
from assistant.decide.commands.forms.promises import read_acknowledgement, read_promise
from assistant.decide.commands.forms.second_thoughts import read_second_thoughts
from assistant.decide.commands.forms.settled import read_settled
from assistant.decide.commands.forms.shifts import read_shift
from assistant.decide.commands.forms.someday import read_some_day
from assistant.decide.commands.forms.takers import read_nobody, read_whoever
from assistant.decide.commands.forms.unsettled import read_either, read_handed_back, read_wondering
from assistant.decide.commands.forms.vague_days import read_vague_day
from assistant.decide.commands.forms.whole import read_whole
from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.matching.subjects import Memory
from assistant.decide.commands.plain.beside import read_beside
from assistant.decide.commands.plain.by_days import read_no_such_day
from assistant.decide.commands.plain.counted import read_miscounted
from assistant.decide.commands.plain.groups import read_torn_group
from assistant.decide.commands.wording.numbers import find_numbers
from assistant.decide.commands.wording.text import Text
from assistant.decide.commands.wording.words import DROP, SAYS_DONE, is_courtesy

_STATED = re.compile(r"(?:is|was|has been|got|already|ya)\b")
_SHORT = 2
_BARE_DROP = re.compile(rf"(?:{DROP}|skip)(?: (?:it|this|that|eso|esto))?")
_ONE_OF = re.compile(r"\b(?:one|some|either|most|a couple|una?|algun[oa]s?) (?:of|de) (?:the |las |los )?§")
_READERS: tuple[Callable[[Clause], Found | None], ...] = (
    read_back,
    read_new,
    read_let_go,
    read_second_thoughts,
    read_whole,
    read_whoever,
    read_either,
    read_under_way,
    read_estimate,
    read_split,
    read_summary,
    read_correction,
    read_left_open,
    read_taking_back,
    read_again,
    read_kept,
    read_ticks,
    read_outcome,
    read_settled,
    read_marked,
    read_assignment,
    read_wondering,
    read_question,
    read_handed_back,
    read_refusal,
    read_reopening,
    read_snooze,
    read_shift,
    read_priority,
    read_drop,
    read_acknowledgement,
    read_due,
    read_vague_day,
    read_done,
    read_told,
    read_number_alone,
    read_promise,
    read_some_day,
    read_note,
    read_day_alone,
)
"""In this order: a later form is tried where the earlier ones do not fit the whole clause."""


def found_in(clause: Clause) -> Found | None:
    if not clause.head.plain and not clause.full.plain:
        return None
    if (doubtful := _in_doubt(clause)) is not None:
        return doubtful
    found = _read(clause)
    is_open = found is None or (
        found.ask is None and all(one.op in {"note", "acknowledge"} for one in found.operations)
    )
    if is_open and (pieces := read_pieces(clause, _read)) is not None:
        return pieces if found is None else replace(pieces, kept=found.kept, denies=found.denies)
    if (is_open or _is_lost(found)) and (cued := _cued(clause)) is not None:
        return cued
    if found is not None or clause.full.numbers or is_courtesy(clause.full.plain):
        return found
    return next((found for implied in _implied(clause) if (found := _read(implied)) is not None), None)


def _in_doubt(clause: Clause) -> Found | None:
    readers = (_partly_or_in_scorn, read_torn_group, read_miscounted, read_no_such_day, read_beside)
    return next((found for read in readers if (found := read(clause)) is not None), None)


def _cued(clause: Clause) -> Found | None:
    return read_nobody(clause) or read_state(clause) or read_pointed(clause) or read_cued(clause)


def _is_lost(found: Found | None) -> bool:
    """True for a question alone."""
    return found is not None and found.ask is not None and not found.operations


def _partly_or_in_scorn(clause: Clause) -> Found | None:
    """Read "one of 4 and 5 is done", "sure, 5 is totally done": a question, for no task is plainly done."""
    plain, numbers = clause.full.plain, clause.full.known
    if not numbers or SAYS_DONE.search(plain) is None or "?" in plain:
        return None
    if SCORN.search(plain) is None and _ONE_OF.search(plain) is None:
        return None
    named = ", ".join(f"#{number}" for number in numbers)
    return Found(
        ask=f"I left {named} open. What is done? Please write for example: done {numbers[0]}",
        kept=numbers,
        about=numbers,
    )


def _implied(clause: Clause) -> Iterator[Clause]:
    """Give the clause with the number put in that it leaves out: behind a bare verb, else in front.

    A bare verb goes with the task spoken of last. Other words go with the one task that the answered mail is about.
    """
    previous, only = clause.memory.previous, clause.asked.only
    number = previous[0] if len(previous) == 1 else only
    if number is None:
        return
    known = {task.number for task in clause.asked.tasks}
    if len(clause.full.plain.split()) <= _SHORT or _BARE_DROP.fullmatch(clause.head.plain):
        head = f"{clause.head.own} #{number}"
        text = find_numbers(f"{head}, {clause.rest.own}" if clause.rest.own else head, known)
        yield clause_of(text, len(head), clause.memory)
    # "I'm done for today" is not the task's end.
    if only is None:
        return
    if SAYS_DONE.search(clause.full.plain) is None or _STATED.match(clause.full.plain):
        text = find_numbers(f"#{number} {clause.full.own}", known)
        shift = len(text.plain) - len(clause.full.plain)
        yield clause_of(text, len(clause.head.plain) + shift, clause.memory)


def _read(clause: Clause) -> Found | None:
    return next((found for reader in _READERS if (found := reader(clause)) is not None), None)


def clause_of(full: Text, head_end: int, memory: Memory) -> Clause:
    """Return the clause of a sentence whose head ends at `head_end`."""
    head = full.cut(0, head_end).trimmed()
    rest = full.cut(head_end).trimmed()
    return Clause(head=head, rest=rest, full=full.trimmed(), memory=memory)
