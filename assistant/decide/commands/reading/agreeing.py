"""What a reply closes or drops -> the same without what its words tell of somebody or something else than the task."""

from __future__ import annotations

from dataclasses import replace

from assistant.decide.commands.reading.passages import Passage, passage, sentences_of
from assistant.decide.commands.reading.whereabouts import is_elsewhere
from assistant.decide.commands.reading.whose import is_of_several, other_patient, tells_of_other_sex
from assistant.decide.commands.reading.wrong_end import ends_ill, tells_of_other_thing
from assistant.decide.commands.reply import Operation, ReplyContext, ReplyReading
from assistant.decide.commands.wording.doubts import doubt
from assistant.decide.commands.wording.text import fold
from assistant.records import Task

_ENDS = frozenset({"done", "drop"})
_MOST_NAMED = 3


def agreed(reading: ReplyReading, words: str, asked: ReplyContext) -> ReplyReading:
    """Return the reading with a question in place of each end that does not agree with its task.

    A number may be mistyped: where the patient, the thing, the place or the result named beside it is not the
    task's, nobody can tell which of the two was meant.
    """
    told = sentences_of(words, asked) if any(one.op in _ENDS for one in reading.operations) else ()
    asks: dict[int, str] = {}
    held: set[int | None] = set()
    for one in reading.operations:
        task = asked.task(one.number) if one.op in _ENDS else None
        if task is None:
            continue
        said = passage(one.line, told, asked)
        ask = _disagreement(one, task, said, asked, reading)
        if ask is not None:
            asks[task.number] = ask
            # "She is discharged, drop the last two": where one is somebody else's, the two are not what was meant.
            beside = [other for other in reading.operations if other.op in _ENDS and fold(other.line) in said.plain]
            held.update(other.number for other in beside if other.number not in said.all_numbers)
    if not asks:
        return reading if reading.ask else _unended(reading, words, asked)
    torn = {number for number in (*asks, *held) if number}
    return replace(
        reading,
        operations=tuple(one for one in reading.operations if one.op not in _ENDS or one.number not in torn),
        ask=next(iter(asks.values())),
        about=tuple(sorted(torn)),
        kept=tuple(number for number in reading.kept if number not in asks),
    )


def _unended(reading: ReplyReading, words: str, asked: ReplyContext) -> ReplyReading:
    """Return the question that a "done" leaves of which nothing but a note came: "12 (Ames) done"."""
    told = sentences_of(words, asked) if any(one.op == "note" for one in reading.operations) else ()
    for one in reading.operations:
        said = passage(one.line, told, asked) if one.op == "note" else None
        if said is None or not said.says_done or doubt(fold(one.line)) is not None:
            continue
        for number in sorted(said.numbers):
            task = asked.task(number)
            whose = other_patient(one, task, said, asked, set()) if task is not None else None
            if task is not None and whose is not None:
                kept = tuple(other for other in reading.operations if other is not one)
                return replace(reading, operations=kept, ask=_asked(task, whose, asked), about=(number,))
    return reading


def _asked(task: Task, whose: str, asked: ReplyContext) -> str:
    """Return the question for a task beside whose number another patient is named."""
    number, owner = task.number, task.patient
    theirs = " or ".join(f"#{other.number}" for other in asked.listed if other.patient == whose)
    if not theirs or theirs.count("#") > _MOST_NAMED:
        return f"You wrote of {whose}, but #{number} is {owner}'s, so I left it as it is. Which one do you mean?"
    return f"You wrote of {whose}, but #{number} is {owner}'s, so I left it as it is. Did you mean {theirs}?"


def _disagreement(one: Operation, task: Task, said: Passage, asked: ReplyContext, reading: ReplyReading) -> str | None:
    """Return the question that is left where the words and the task are of different things; None: they agree."""
    ends = [other for other in reading.operations if other.op in _ENDS]
    # "Ames cancelled, drop 3" may have dropped the task of Ames by its first words alone.
    touched = {other.number for other in ends if other.line != one.line and str(other.number) in other.line}
    whose = other_patient(one, task, said, asked, touched)
    if whose is not None:
        return _asked(task, whose, asked)
    beside = [found for other in ends if other.line == one.line and (found := asked.task(other.number)) is not None]
    is_other = (
        tells_of_other_sex(one, task, said, asked)
        or tells_of_other_thing(task, said, asked)
        or (one.op == "drop" and is_of_several(said, beside))
    )
    if one.op == "done":
        is_other = is_other or is_elsewhere(task, said, asked) or ends_ill(task, said)
    if not is_other:
        return None
    return (
        f"What you wrote does not seem to fit #{task.number} {task.title}, so I left it as it is. If it is meant all"
        f" the same, please write: {one.op} {task.number}"
    )
