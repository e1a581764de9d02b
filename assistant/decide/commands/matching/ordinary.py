"""Ordinary words -> the task they speak of. Careful: where several fit, none is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.decide.commands.matching.pairs import told_apart
from assistant.decide.commands.matching.told import bidden, things
from assistant.decide.commands.wording.likeness import are_alike
from assistant.decide.commands.wording.spanish import in_english
from assistant.decide.commands.wording.text import fold
from assistant.records import Task

_WORD = re.compile(r"[a-z0-9]+(?:'s)?")
_EMPTY = frozenset(
    _WORD.findall(
        "a an the to for of on in at by with from and or is are was were be been has have had it its this that "
        "these those one ones thing things task tasks item items i we you he she they them his her him their our "
        "my me us all every everything both now just also so as up out off about re new via per pls please thx "
        "thanks got get gets this morning today yesterday already finally back done finished sorted complete "
        "completed closed handled resolved taken care took set wrapped ready good went sent el la los las un una "
        "de del al y en para por con lo le se ya que su sus mr mrs ms dr miss sr sra dra don can will would no "
        "not yes too there here"
    )
)
_TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|dr|sra?|dra|don|dona)\.? (?=[a-z])")
_NAME = re.compile(r"(?<=[a-z0-9,;'’] )[A-Z][a-zà-öø-ÿ]{2,}")
_NO_NAMES = frozenset(
    _WORD.findall(
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december medicare medicaid"
    )
)
_KINDS = (
    frozenset({"interpreter", "interpreters", "asl", "translator", "speaker", "terp", "language", "interprete"}),
    frozenset(
        {
            "ride",
            "rides",
            "van",
            "cab",
            "taxi",
            "shuttle",
            "transport",
            "transportation",
            "transporte",
            "camioneta",
            "traslado",
        }
    ),
    frozenset({"auth", "auths", "authorization", "authorizations", "precert", "preauthorize", "autorizacion"}),
)
"""Words for one kind of thing: where one stands alone, the others are meant as well."""
_LEAST_COVERED = 0.34


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Which tasks some words may mean."""

    numbers: tuple[int, ...] = ()
    """One: clear. Several: it cannot be told which."""
    matched: frozenset[str] = frozenset()
    """The words that the one task shares."""
    is_close: bool = False
    """True where enough of the words belong to the one task, and none to somebody else's."""


def fit(words: str, tasks: Sequence[Task]) -> Fit:
    """Return the task that `words` describe, or those between which they leave a doubt."""
    wanted = _content(words)
    # "ordered" tells what was done; it is no sign of the "order" in another title.
    verbs = {bidden(task)[0] for task in tasks}
    told = {word for word in wanted if word.endswith("ed") and any(are_alike(word, verb) for verb in verbs)}
    wanted = wanted - told or wanted
    if not wanted:
        return Fit()
    shared = {task.number: frozenset(word for word in wanted if _is_in(word, task)) for task in tasks}
    weight = {word: 1 / max(1, sum(word in found for found in shared.values())) for word in wanted}
    scores = {number: sum(weight[word] for word in found) for number, found in shared.items() if found}
    if not scores:
        return Fit()
    top = max(scores.values())
    best = [number for number, score in scores.items() if score == top]
    apart = told_apart(words, best, tasks)
    rivals = [number for number, found in shared.items() if found - shared[apart[0]]]
    # "The one week call", beside one of two weeks.
    best = list(apart)
    if len(best) > 1 or rivals:
        return Fit(numbers=tuple(sorted({*best, *rivals})))
    number = best[0]
    task = next(task for task in tasks if task.number == number)
    siblings = _siblings(shared[number], task, tasks)
    if siblings:
        return Fit(numbers=tuple(sorted({number, *siblings})))
    if quoted := _quoted(wanted - shared[number], shared[number], task, tasks):
        return Fit(numbers=tuple(sorted({number, *quoted})))
    covered = len(shared[number]) / len(wanted) >= _LEAST_COVERED
    return Fit(numbers=(number,), matched=shared[number], is_close=covered and not _names_another(words, task))


def _siblings(matched: frozenset[str], task: Task, tasks: Sequence[Task]) -> tuple[int, ...]:
    """Return the other tasks that a single word for a kind of thing may mean as well: a van is a ride, too."""
    if len(matched) != 1:
        return ()
    kinds = next((kinds for kinds in _KINDS if matched <= kinds), frozenset())
    words = ((other.number, _content(f"{other.title} {other.patient or ''}")) for other in tasks if other != task)
    return tuple(number for number, content in words if kinds & content)


def _quoted(others: frozenset[str], matched: frozenset[str], task: Task, tasks: Sequence[Task]) -> tuple[int, ...]:
    """Return the other tasks in whose mails stands what the title does not know: the stat lab, beside an outside lab.

    What the title, or the patient, says by two words is its own, whatever else is told.
    """
    if len(matched) != 1 or any(are_alike(word, name) for word in matched for name in _content(task.patient or "")):
        return ()
    told = [word for word in others if not _stands_in(word, task.quote)]
    return tuple(one.number for one in tasks if one != task and any(_stands_in(word, one.quote) for word in told))


def of_patient(words: str, tasks: Sequence[Task]) -> tuple[int, ...]:
    """Return the tasks of the patient whom `words` name, and nothing but name."""
    wanted = _content(words)
    if not wanted:
        return ()
    return tuple(
        task.number
        for task in tasks
        if task.patient and all(any(are_alike(word, name) for name in _content(task.patient)) for word in wanted)
    )


def names_thing(found: Fit, task: Task) -> bool:
    """True where the words name what the task is about, not only where or for whom: the order, not the test."""
    words = {one for word in found.matched for one in (word, *in_english(word))}
    return any(are_alike(word, one) for word in words for one in things(task))


def has_object(found: Fit, task: Task) -> bool:
    """True where the words share more with the task than its verb."""
    return any(not are_alike(word, bidden(task)[0]) for word in found.matched)


@lru_cache(maxsize=4096)
def _content(words: str) -> frozenset[str]:
    plain = _TITLE.sub("", fold(words))
    return frozenset(
        word.removesuffix("'s")
        for word in _WORD.findall(plain)
        if word not in _EMPTY and len(word.removesuffix("'s")) > 1
    )


def _is_in(word: str, task: Task) -> bool:
    return _stands_in(word, f"{task.title} {task.patient or ''}")


@lru_cache(maxsize=16384)
def _stands_in(word: str, told: str) -> bool:
    words = (word, *in_english(word))
    return any(are_alike(one, other) for other in _content(told) for one in words)


def _names_another(words: str, task: Task) -> bool:
    """True where a name stands in the words that the task does not know: it may be another patient's."""
    titled = [match.end() for match in _TITLE.finditer(fold(words))]
    names = [match[0] for start in titled if (match := _WORD.match(fold(words), start))]
    names += [fold(name) for name in _NAME.findall(words)]
    return any(
        name not in _NO_NAMES and name not in _EMPTY and not _is_in(name.removesuffix("'s"), task) for name in names
    )
