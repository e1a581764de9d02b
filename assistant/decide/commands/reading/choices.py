"""An answer of one character to a question of ours, or of one word to a call -> the commands that it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.decide.commands.reply import Operation, ReplyContext
from assistant.decide.commands.wording.clauses import own_lines
from assistant.decide.commands.wording.text import fold

_CHOSEN = re.compile(r"(?:(?:option|choice|number|no\.?|opcion)\s{1,2})?(\d{1,2}|[a-z])\s{0,2}[.):!]?")
_YES = frozenset({"yes", "yes please", "yep", "yeah", "si", "1 yes"})
_NO = frozenset({"no", "no thanks", "nope", "leave it", "leave them", "2 no"})
_CANNOT = re.compile(
    r"(?:(?:sorry|no|unfortunately|i'?m afraid)[ ,]+){0,2}(?:i |we )?(?:just |really )?(?:can'?t|cannot|can not|"
    r"unable(?: to)?|no can do|(?:am |'m )?not able(?: to)?|won'?t be able to|no puedo)(?: (?:do|take|get to) "
    r"(?:it|this|that|this one))?(?: (?:today|tonight|right now|this (?:morning|afternoon|week)))?(?:,? sorry)?"
)
_HEARD = re.compile(
    r"(?:(?:ok|okay|oki|okey|k|kk|vale|received|recibido|got it|gotcha|noted|seen|understood|"
    r"thanks|thank you|thx|ty|gracias|👍|👌|🙏)[\s.,!]*){1,4}"
)
_THANKS_ONLY = re.compile(r"(?:(?:thanks|thank you|thx|ty|gracias|🙏)[\s.,!]*)+")
_FEW = 1000
"""Characters, with the signature."""
_TWO = 2
"""One thing to do, or to leave it."""


def chosen(words: str, asked: ReplyContext) -> str | None:
    """Return the commands that a reply chooses, empty where it leaves all as it is; None where it chooses nothing.

    Only a reply that says nothing else chooses.
    """
    lines = own_lines(words, asked.person)
    if not asked.choices or len(lines) != 1:
        return None
    said = fold(lines[0]).strip().rstrip(".! ")
    commands = dict(asked.choices)
    if said in _NO:
        return ""
    if said in _YES and len(commands) == _TWO:
        return next(iter(commands.values()))
    if said in _YES - {"1 yes"} and len(commands) > _TWO:
        # Each of several questions may have asked for it; all of them stand together before "leave it".
        return [*commands.values()][-_TWO]
    match = _CHOSEN.fullmatch(said)
    return commands.get(match[1]) if match else None


def heard(words: str, asked: ReplyContext) -> str | None:
    """Return the command that a bare "ok" stands for in answer to a call: its reader has seen it, no more."""
    said = _only_line(words, asked)
    if _HEARD.fullmatch(said) is None or _THANKS_ONLY.fullmatch(said):
        return None
    return "ack " + ", ".join(f"#{number}" for number in sorted(asked.called))


def _only_line(words: str, asked: ReplyContext) -> str:
    """Return what answers a call in one line, folded; empty for everything else."""
    lines = own_lines(words, asked.person) if asked.called and len(words) <= _FEW else ()
    return fold(lines[0]) if len(lines) == 1 else ""


def what_no_means(words: str, asked: ReplyContext) -> str | None:
    """Return the question back where a call is answered with "no" and nothing else."""
    said = _only_line(words, asked).strip(" .!")
    if said not in _NO and _CANNOT.fullmatch(said) is None:
        return None
    number = min(asked.called)
    return (
        f"I left #{number} open. Is it not done yet, or not yours? For later, please write a day: {number} due friday. "
        f"For somebody else: give {number} to NAME."
    )


def torn_between(operations: Sequence[Operation], words: str, asked: ReplyContext) -> int | None:
    """Return a number by which a command may mean a choice as well as a task: "1 done" under choices 1 and 2."""
    labels = {int(label) for label, _ in asked.choices if label.isdigit()}
    for one in operations:
        number = one.number
        if number in labels and number not in asked.shown and f"#{number}" not in words:
            return number
    return None


def which(number: int) -> str:
    """Return what is asked where a number may mean a choice or a task."""
    return (
        f"Do you mean answer {number} of mine, or task #{number}? For the answer, please write {number} alone; "
        f"for the task, write its number as #{number}."
    )
