"""What remains of a "done" that is none: the task stays open, the words are kept, or one question is asked."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.decide.commands.matching.found import Clause, Found
from assistant.decide.commands.matching.ordinary import fit
from assistant.decide.commands.matching.subjects import referent
from assistant.decide.commands.reply import Operation
from assistant.decide.commands.wording.arguments import day_in
from assistant.decide.commands.wording.doubts import Doubt
from assistant.decide.commands.wording.tails import leaves_doubt
from assistant.decide.commands.wording.text import SIGN, Text
from assistant.decide.commands.wording.words import ALL, EXCEPT, PRONOUN, REST
from assistant.records import Deadline

_PROMISE = re.compile(
    r"\b(?:i'll|ill|i will|we'll|we will|i'm going to|im going to|i am going to|gonna|i plan to|"
    r"voy a|lo hago|la hago|let me)\b"
)
_NUMBER_FIRST = re.compile(
    r"^\W*(?:(?:(?!\d+ (?:of|out of|de|down|left|to go)\b)#?\d+|and|y|&)\W+)+"
    r"(?=[^\W\d]|\d+ (?:of|out|de|down|left|to)\b)"
)
_POINTS = re.compile(rf"\b(?:{PRONOUN}|{ALL}|{EXCEPT})(?!\w)")
_BUT = re.compile(rf"(?:{ALL}|{REST}).{{0,20}}\b{EXCEPT}")
_BELIEF = re.compile(
    r"\b(?:i think|i believe|i guess|i thought|i assume|(?:pretty|fairly|almost|not|half) sure|may have|"
    r"might have|maybe|perhaps|probably|supposedly|apparently|allegedly|heard|so they say|"
    r"told me(?! (?:(?:they|he|she|it)(?:'d|'ll| would| will)|to)\b)|creo|me contaron|"
    r"me dijeron|supuestamente|quizas?|tal vez|parece que|dicen que|segun)\b"
)
_UNSURE = re.compile(
    r"\b(?:no idea (?:if|whether)|don'?t quote me|not (?:entirely |totally |completely |100 ?% )?(?:sure|certain|"
    r"positive)|"
    r"can'?t (?:confirm|swear|vouch)|haven'?t (?:actually )?(?:seen|verified|checked|confirmed)(?: (?:it|that|them))?|"
    r"might have|may have|could have|no estoy segur[oa]|no me consta|no (?:lo|la) he visto|no se si|a lo mejor|"
    r"so i(?:'m| am) told|or so)\b"
)
_WILL_BE = re.compile(
    r"\b(?:(?:will|'ll|shall|should|is going to|are going to|going to|gonna|has to|have to|needs? to|can|won'?t|"
    r"is to|are to) "
    r"(?:\w+ )?(?:be|get)|gets?|(?:estara|quedara|va a (?:estar|quedar)|sera))\b(?=.*\b(?:when|once|after|as soon as|"
    r"if|until|till|"
    r"cuando|despues|en cuanto)\b)"
)
"""News of what is to come, not a command: nothing is asked."""
_SHORT = 6
"""Words: a clause as short as this speaks of the task that was spoken of last."""
_MOST_WORDS = 14


def in_doubt(reason: Doubt, clause: Clause) -> Found:
    """Return what a clause leaves that holds a word for "done" and a reason not to believe it."""
    head, asked = clause.head, clause.asked
    numbers = head.known or _spoken_of(clause)
    own = clause.full.own
    if _BUT.match(head.plain):
        return Found(ask=_which(head), kept=numbers)
    if reason == "hedge" and _BELIEF.search(clause.full.plain):
        return _believed(numbers, clause)
    if not numbers:
        asks = reason in {"condition", "future"} and _POINTS.search(head.plain) is not None
        return Found(ask=_which(head) if asks else None, is_understood=False)
    is_tagged = reason == "question" and "?" not in head.plain and leaves_doubt(clause.rest.plain)
    if is_tagged or (reason == "condition" and _WILL_BE.search(head.plain) is None):
        named = ", ".join(f"#{number}" for number in numbers)
        ask = (
            f"I left {named} open, because “{own[:80]}” can be read in two ways. If it is done, write: done "
            f"{numbers[0]}"
        )
        return Found(kept=numbers, ask=ask, about=numbers)
    if reason == "future" and _PROMISE.search(clause.full.plain):
        until = promised(clause.full, clause)
        acks = tuple(Operation(op="acknowledge", number=number, line=own, until=until) for number in numbers)
        return Found(operations=acks, kept=numbers, about=numbers)
    closed = tuple(one for one in numbers if (task := asked.task(one)) and task.state != "open" and reason == "negated")
    reopened = tuple(Operation(op="reopen", number=number, line=own) for number in closed)
    is_told = reason != "negated" or len(own.split()) > _SHORT
    return Found(
        operations=(*reopened, *(notes(numbers, own) if is_told else ())),
        kept=tuple(one for one in numbers if one not in closed),
        about=numbers,
        denies=reason == "negated",
    )


def _believed(numbers: tuple[int, ...], clause: Clause) -> Found:
    """Ask about what somebody only thinks or has heard to be done."""
    if len(numbers) == 1:
        return Found(ask=asked_whether(numbers[0]), kept=numbers, about=numbers)
    return Found(ask=_which(clause.head), kept=numbers, is_understood=False)


def is_unsure(plain: str) -> bool:
    """True for words whose writer only believes what they tell."""
    return _UNSURE.search(plain) is not None or _BELIEF.search(plain) is not None


def asked_whether(number: int) -> str:
    return f"I left #{number} open, as nobody is sure of it. If it is done, write: done {number}"


def notes(numbers: tuple[int, ...], own: str) -> tuple[Operation, ...]:
    """Return the words of a clause as a note on each task, without the number that leads them."""
    words = _NUMBER_FIRST.sub("", own).strip() or own
    return tuple(Operation(op="note", number=number, line=own, text=words) for number in numbers)


def promised(text: Text, clause: Clause) -> Deadline | None:
    """Return the first day or hour that stands in `text`."""
    # The numbers of tasks are no days: "el 7" is not the seventh.
    masked = replace(
        text, own="".join(SIGN if sign == SIGN else own for own, sign in zip(text.own, text.plain, strict=True))
    )
    starts = [match.start() for match in re.finditer(r"\S+", text.plain)][1:_MOST_WORDS]
    return next((day for start in starts if (day := day_in(masked.cut(start), clause.asked.when)) is not None), None)


def _spoken_of(clause: Clause) -> tuple[int, ...]:
    """Return the task that a clause without a number speaks of, if that is plain."""
    found = fit(clause.head.own, clause.asked.listed)
    if len(found.numbers) == 1 and found.is_close:
        return found.numbers
    plain = clause.head.plain
    if re.search(rf"\b(?:{PRONOUN})\b", plain) or len(plain.split()) <= _SHORT:
        return referent(clause.memory).numbers
    return ()


def _which(head: Text) -> str:
    said = head.own[:60]
    return f"Which tasks are done? I could not tell from “{said}”. Please write their numbers, for example: done 12"
