"""Things that a sentence counts ("the two Osei monitors") -> the numbers of just so many tasks that are called so.

Only where nothing is closed; where there are more or fewer of them, it is asked which are meant.
"""

from __future__ import annotations

import re

from assistant.decide.commands.matching.deeds import TOLD
from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.matching.meaning import is_same, names_of, words_of
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.doubts import is_question
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import DROP, SAYS_DONE
from assistant.records import Task

_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "dos": 2, "tres": 3, "ambos": 2, "ambas": 2}
_THE = r"(?:(?:the|my|our|all|of|these|those|l[oa]s|mis)\s+)*"
_COUNTED = re.compile(
    rf"(?<![\w#])(?P<g>{_THE}(?P<n>{'|'.join(_COUNTS)})\s+{_THE}(?P<s>[a-z][a-z'-]+(?: [a-z][a-z'-]+){{0,4}}?))"
    r"(?=\s+(?:can|could|should|may|until|till|til|to|for|is|are|due|by|on|hasta|pueden?|para|al?|friday|monday|"
    r"tuesday|"
    r"wednesday|thursday|tomorrow|next|urgent|high|please|pls)\b|\s*(?:->|>|[:,]))"
)
_GOES_ON = re.compile(
    r"\b(?:can (?:wait|hold|rest|sit|go|move|slide)|snooze|until|till|til|move|push|bump|give|assign|hand|pass|"
    r"remind|"
    r"due|urgent|priority|high|pueden? esperar|hasta|para|pasa|mueve|to)\b|->|>"
)
_CLOSES = re.compile(rf"{SAYS_DONE.pattern}|(?<!\w)(?:{DROP}|close|mark)(?!\w)")
_ONES = frozenset({"one", "ones", "task", "tasks", "item", "items", "thing", "things", "reminder", "reminders"})


def counted(sentence: str, asked: ReplyContext) -> str:
    """Return "#2, #3 can wait" for "the two Osei monitors can wait", where two tasks are called so."""
    plain = fold(sentence)
    match = _told(plain)
    if match is None:
        return sentence
    found = _called(match["s"], asked)
    if len(found) != _COUNTS[match["n"]]:
        return sentence
    numbers = ", ".join(f"#{task.number}" for task in found)
    return f"{sentence[: match.start('g')]}{numbers}{sentence[match.end('g') :]}"


def read_miscounted(clause: Clause) -> Found | None:
    """Ask which are meant by "the two vans", where only one task, or three, are of a van."""
    full = clause.full
    match = None if full.numbers else _told(full.plain)
    found = _called(match["s"], clause.asked) if match else ()
    if match is None or not found or len(found) == _COUNTS[match["n"]]:
        return None
    said = match["s"].split()[-1]
    if len(found) == 1 and said in fold(found[0].title).split():
        # One task of several things: "Order gloves".
        return None
    named = ", ".join(f"#{task.number}" for task in found)
    said_so = full.own[match.start("g") : match.end("g")][:40]
    ask = f"“{said_so}” may be any of {named}. Please write the numbers that you mean."
    numbers = tuple(task.number for task in found)
    return Found(ask=ask, kept=numbers, about=numbers)


def _told(plain: str) -> re.Match[str] | None:
    """Return where a sentence counts things, of which it neither asks nor tells the end."""
    match = _COUNTED.search(plain)
    if match is None or is_question(plain) or _CLOSES.search(plain) or TOLD.search(plain):
        return None
    return match if _GOES_ON.search(f"{plain[: match.start('g')]} {plain[match.end('g') :]}") else None


def _called(words: str, asked: ReplyContext) -> tuple[Task, ...]:
    """Return the listed tasks in whose title or patient's name each of the words stands."""
    said = [word for word in words_of(words) if word not in _ONES]
    return tuple(task for task in asked.listed if said and all(_is_in(word, task) for word in said))


def _is_in(word: str, task: Task) -> bool:
    bare = word.removesuffix("'s")
    return bare in names_of(task) or any(is_same(bare, one) for one in words_of(task.title))
