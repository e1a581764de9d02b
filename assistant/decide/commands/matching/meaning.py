"""A thing named in ordinary words, with whose it is -> the task that it can only be; stricter than `ordinary.fit`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.decide.commands.matching.pairs import told_apart
from assistant.decide.commands.matching.titles import folded_title, is_like, words_in
from assistant.decide.commands.wording.likeness import are_one_thing, stem
from assistant.decide.commands.wording.spanish import in_english
from assistant.decide.commands.wording.text import fold
from assistant.records import Person, Task

_WORD = re.compile(r"[a-z0-9#]+(?:[-&][a-z0-9]+)*(?:'s)?")
_DETERMINERS = frozenset(
    _WORD.findall(
        "the a an my our your his her their its this that these those all both el la los las un una lo mi su "
        "sus al del de "
        "and y also just now already ya finally ok so then well hi too i we he she they you it mr mrs ms miss "
        "dr sr sra dra senor senora senorita don dona "
        "every everything each tambien back over in out off up today yesterday too again finally was is are were been"
    )
)
_GENERIC = frozenset(
    _WORD.findall(
        "one ones thing things stuff task tasks item items request requests business situation matter issue cosa cosas "
        "tema asunto deal part"
    )
)
_LINKS = frozenset(
    _WORD.findall(
        "of for to from with about at on by in before after into via over through re as para con en sobre por desde"
    )
)
_HARMLESS = frozenset(
    _WORD.findall(
        "new final outside whole old first signed updated official home prior other last full complete missing actual "
        "original second entire patient patient's pt pt's remaining whole big little dreaded darn damn stupid "
        "pesky poor "
        "thursday friday monday tuesday wednesday today's yesterday's morning's night's"
    )
)
_NOT_NAMES = frozenset(
    _WORD.findall(
        "it that what he she who there here where today yesterday tomorrow tonight doctor dr pharmacy patient "
        "pt md mom dad "
        "how let everything monday tuesday wednesday thursday friday saturday sunday clinic office lab one"
    )
)
_TITLES = frozenset(_WORD.findall("mr mrs ms miss sr sra don dona senora senor"))
_NO_PATIENT = frozenset(_WORD.findall("estate of the twins baby family group house home"))
_OWNED = re.compile(r"\b(?P<name>[a-z]{2,})'s\b")
_FOR_NAME = re.compile(
    r"\b(?:for|de|para|of) (?P<title>(?i:mr|mrs|ms|miss|sr|sra|don|dona)\.? )?(?P<name>[A-Za-zÀ-ÿ]{3,})"
)
_FOR_THING = re.compile(
    r"\b(?:for|para) (?:the|a|an|his|her|their|el|la|los|las) "
    r"(?P<t>[a-z]{3,}(?: (?!from|to|at|on|by|in|with|is|are|was|for)[a-z]{3,})?)"
)
_SPANISH = re.compile(r"\s*(?:al? )?(?:el|la|los|las|lo|un|una|su|sus|mi|mis)\s")
_LEAST_PREFIX = 5
_SHORTEST = 3
Fits = Callable[[Task, str], bool]
"""Says whether what is told can concern a task, by the noun it is told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What some words mean: one task for certain, one perhaps, or one of several."""

    numbers: tuple[int, ...] = ()
    is_certain: bool = False


def meant(slot: str, whole: str, tasks: Sequence[Task], people: Sequence[Person], fits: Fits) -> Meant:
    """Return the task that `slot` names, a noun with the words around it, in the sentence `whole`.

    Its last noun has to stand in the task's title, whatever patient is named has to be the task's, and no other task
    may fit as well. `fits` says which tasks what is told of them can concern at all.
    """
    named = words_of(slot)
    patients = patients_in(whole, tasks)
    nouns = [word for word in named if not any(_is_name(word, task) for task in tasks)]
    pool = [task for task in tasks if task.number in patients] or list(tasks)
    head, before = _head(slot, nouns)
    if head is None:
        return _by_patient(slot, patients, tasks, fits)
    around = [word for word in words_of(whole) if word not in nouns]
    scored = [(task, _score(task, head, nouns, around)) for task in pool if _titled(head, task)]
    if not scored and patients:
        return Meant()
    top = max((score for _, score in scored), default=0.0)
    best = [task for task, score in scored if score == top]
    able = [task for task in best if fits(task, head)]
    if not able:
        return Meant()
    apart = told_apart(whole, [task.number for task in able], able)
    able = [task for task in able if task.number in apart]
    if len(able) > 1:
        return Meant(numbers=tuple(sorted(task.number for task in able)))
    task = able[0]
    known = all(_is_known(word, task) or _is_person(word, people) for word in (*before, *_purpose(slot, nouns)))
    return Meant(numbers=(task.number,), is_certain=known and not names_another(whole, task, people))


def words_of(plain: str) -> list[str]:
    """Return the content words of some text, in order."""
    found = [word.removesuffix("'s") for word in _WORD.findall(fold(plain))]
    return [word for word in found if word not in _DETERMINERS and word not in _GENERIC]


def patients_in(words: str, tasks: Sequence[Task]) -> tuple[int, ...]:
    """Return the tasks of the patients whom `words` name; those whose names fit best."""
    said = set(_names_said(words))
    counts = {task.number: len(said & names_of(task)) for task in tasks if task.patient}
    most = max(counts.values(), default=0)
    return tuple(number for number, count in counts.items() if count and count == most)


def names_of(task: Task) -> frozenset[str]:
    """Return the names of a task's patient, folded."""
    return _names_in(task.patient or "")


@lru_cache(maxsize=4096)
def _names_in(patient: str) -> frozenset[str]:
    names = {word.removesuffix("'s") for word in _WORD.findall(fold(patient))}
    return frozenset(name for name in names if len(name) > 1 and name not in _NO_PATIENT and name not in _DETERMINERS)


def names_another(words: str, task: Task, people: Sequence[Person]) -> bool:
    """True where a name stands in `words` that is neither the task's nor a colleague's: it may be another patient's."""
    plain = fold(words)
    owned = [match["name"] for match in _OWNED.finditer(plain)]
    told = [
        fold(match["name"])
        for match in _FOR_NAME.finditer(words)
        if match["title"] or match["name"][0].isupper() or match["name"].isupper()
    ]
    tokens = plain.replace(".", " ").split()
    titled = [after.strip(",;:!?").removesuffix("'s") for one, after in pairwise(tokens) if one in _TITLES]
    return any(
        name not in _NOT_NAMES
        and not _titled(name, task)
        and name not in names_of(task)
        and not _is_person(name, people)
        for name in (*owned, *told, *titled)
    )


def is_same(word: str, other: str) -> bool:
    """True where two words name one thing: but for an ending, a short form, or a long common beginning."""
    if word == other or stem(word) == stem(other):
        return True
    if are_one_thing(word, other):
        return True
    if any(is_like(one, other) for one in in_english(word)):
        return True
    if "-" in other and word == other.replace("-", ""):
        return True
    short, long = sorted((word, other), key=len)
    return len(short) >= _LEAST_PREFIX and long.startswith(short) and not short.isdigit()


def _names_said(words: str) -> list[str]:
    found = [word.removesuffix("'s") for word in _WORD.findall(fold(words))]
    # Phones leave the apostrophe out: "Zoes appointment".
    return found + [word[:-1] for word in found if word.endswith("s") and len(word) > len("mos")]


def _is_name(word: str, task: Task) -> bool:
    return word in names_of(task) or word.removesuffix("s") in names_of(task)


def _is_person(word: str, people: Sequence[Person]) -> bool:
    return any(word in fold(person.name).split() for person in people)


def _is_known(word: str, task: Task) -> bool:
    """True for a word before the noun that the title has, in short perhaps: "bari van", "EI referral"."""
    title = folded_title(task)
    initials = "".join(one[0] for one in title)
    is_short = any(one.startswith(word) for one in title) if len(word) >= _SHORTEST else word in initials
    return _titled(word, task) or word in _HARMLESS or (len(word) > 1 and is_short)


def _titled(word: str, task: Task) -> bool:
    return _stands_in(word, task.title)


@lru_cache(maxsize=16384)
def _stands_in(word: str, title: str) -> bool:
    return any(is_same(word, other) for other in words_in(title))


def _head(slot: str, nouns: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the noun that the slot is about, and those right before it: "release" of "the Arno release to Dr. Wu"."""
    tokens = _WORD.findall(fold(slot))
    while tokens and (tokens[0] in _DETERMINERS or tokens[0] in {"for", "with", "about", "re", "on"}):
        tokens = tokens[1:]
    end = next((at for at, word in enumerate(tokens) if at and (word in _LINKS or word in {"de", "del"})), len(tokens))
    here = [word.removesuffix("'s") for word in tokens[:end]]
    here = [word for word in here if word in nouns]
    if here and _SPANISH.match(fold(slot)):
        # "El reporte operatorio": there the noun comes first.
        return here[0], here[1:]
    return (here[-1], here[:-1]) if here else (None, [])


def _purpose(slot: str, nouns: Sequence[str]) -> list[str]:
    """Return what the thing is for: the roof, of "a quote for the roof from Hank"."""
    match = _FOR_THING.search(fold(slot))
    return [word for word in words_of(match["t"]) if word in nouns] if match else []


def _score(task: Task, head: str, nouns: Sequence[str], around: Sequence[str]) -> float:
    """Return how much of the words stand in the title; the noun itself counts most."""
    found = sum(_titled(word, task) for word in set(nouns))
    exact = any(stem(head) == stem(word) for word in folded_title(task))
    return 4.0 * found + exact + 0.5 * sum(_titled(word, task) for word in set(around))


def _by_patient(slot: str, patients: Sequence[int], tasks: Sequence[Task], fits: Fits) -> Meant:
    """Return the one task of the patient whom the slot names alone, if what is told can only be about that."""
    if not any(_is_name(word, task) for word in words_of(slot) for task in tasks):
        return Meant()
    able = tuple(task.number for task in tasks if task.number in patients and fits(task, ""))
    return Meant(numbers=able, is_certain=False)
