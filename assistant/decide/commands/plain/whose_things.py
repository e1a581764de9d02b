"""A sentence that says whose a thing is ("the chair map is Mina's, not mine") -> "give #6 to Mina", by the one task."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.explained import FILL, is_own, told_words
from assistant.decide.commands.matching.meaning import names_of
from assistant.decide.commands.matching.ordinary import fit
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.arguments import people_in
from assistant.decide.commands.wording.text import fold, plain_text
from assistant.records import Person

_LONGEST = 300
_AT = r"(?:^\W*|(?<=[,;.] ))(?:(?:fyi|so|ok|okay|also|and|btw|hey|hi|actually|oh)[ ,:]+){0,2}"
_S = r"(?P<s>#?[a-z0-9](?:[a-z0-9'/#&]|[ .-](?=[a-z0-9#])){1,60}?)"
_P = r"(?P<p>[a-z][a-z-]{1,20}(?: (?!is\b|has\b|got\b|did\b)[a-z][a-z-]{1,20})?)"
_NOW = r"(?: (?:now|today|tonight|tomorrow|this week|from now on|from here(?: on)?|instead|already|again|for me))*"
_ENDS = r"(?=[ .!]*$|[,;])"
_PLATE = r"(?:(?:of )?(?:me|mine|my (?:list|plate|desk|hands|name|queue)))"
_NOT_MINE = r"(?:,| -+|;)? ?(?:(?:and|so|it'?s|its) )*not (?:mine|me|my (?:job|task|one|problem)|for me)"
_OFF = (
    r"(?:please |pls |so |and |you can |can you |just )*"
    rf"(?:(?:take|get|pull|move) (?:it|that|this|that one) off {_PLATE}|take me off (?:it|that|this)|"
    r"(?:it'?s|its) off (?:my (?:plate|list))|(?:it'?s|its|it is)? ?not (?:mine|me)(?: any ?more)?)"
)
_HOLDS = (
    r"(?:'s got|s got|'s on|'s doing|'s handling|'s taking|'s covering|'ll (?:do|take|handle)|s doing|s handling|s on|"
    r" has| got| took| takes| owns| is (?:on|doing|handling|taking|covering)| will (?:do|take|handle)|"
    r" (?:picked up|grabbed|took over|is on))"
)
_FORMS = tuple(
    re.compile(form)
    for form in (
        (
            rf"{_AT}{_S} (?:is|are|=|belongs to|goes to) {_P}(?P<z>'s?)?(?: (?:job|task|one|thing|area))?{_NOW}"
            rf"(?:{_NOT_MINE})?{_ENDS}"
        ),
        (
            rf"{_AT}{_S} (?:is|are)(?:n'?t| not) (?:mine|my (?:job|task))(?:,|;| -+)? (?:it'?s|they'?re|that'?s) "
            rf"{_P}(?P<z>'s?)?{_NOW}{_ENDS}"
        ),
        rf"{_AT}{_P}{_HOLDS} {_S}{_NOW}(?:,|;|\.| -+| and| so) {_OFF}{_ENDS}",
        (
            rf"{_AT}(?:please |pls )?(?:take|get|pull|move) {_S} off {_PLATE}(?:,|;|\.| -+| since| because| as) "
            rf"{_P}{_HOLDS} it{_NOW}{_ENDS}"
        ),
    )
)
_HERS = 0
"""Of the forms above, the one in which only the ending tells of whose."""
_FRONT = re.compile(r"^\W*(?:(?:this (?:is|one is)|that'?s) )?not (?:mine|me|my (?:job|task))[ ,;:-]+(?=give )")
_TURNED = re.compile(
    r"\b(?:if|unless|maybe|might|perhaps|should|was|were|wish|or|think|guess|used to|thought|wants?|never|can'?t|"
    r"won'?t|until|till)\b|\?"
)
_TAKE_OFF = re.compile(
    rf"{_AT}(?:please |pls )?take (?P<s>#?\d{{1,6}}) off (?:of )?me{_ENDS}|"
    rf"{_AT}(?P<t>#?\d{{1,6}})[ ,:-]+take (?:it|that) off (?:of )?me{_ENDS}"
)


def given_by_name(sentence: str, asked: ReplyContext) -> str:
    """Return the sentence with what it says is a colleague's put as a handing over; else as it is."""
    if len(sentence) > _LONGEST or _TURNED.search(fold(sentence)):
        return sentence
    for place, form in enumerate(_FORMS):
        for match in reversed(list(form.finditer(fold(sentence)))):
            person = _colleague(match["p"], asked)
            number = _task_of(sentence[slice(*match.span("s"))], asked)
            if person is None or number is None or (place == _HERS and not _is_whose(match, person)):
                continue
            put = f"give #{number} to {person.name}"
            sentence = f"{sentence[: match.start()]}{put}{sentence[match.end() :]}"
    sentence = _TAKE_OFF.sub(lambda match: f"{match['s'] or match['t']} is not mine", sentence)
    front = _FRONT.match(fold(sentence))
    return sentence[front.end() :] if front else sentence


def _is_whose(match: re.Match[str], person: Person) -> bool:
    """Return whether it is told whose it is: "is Mina's", "is Minas"; "the driver is Mina" tells who."""
    is_owning = bool(match["z"]) or match["p"] not in {fold(person.name), *fold(person.name).split()}
    return is_owning or re.search(r"\bnot m[ey]|\bnot mine|belongs to|goes to| = ", match[0]) is not None


def _colleague(name: str, asked: ReplyContext) -> Person | None:
    """Return the one colleague called so, who is nobody's patient; not the writer. Phones leave apostrophes out."""
    for said in dict.fromkeys((name, name.removesuffix("s"))):
        found = people_in(plain_text(said), asked.people)
        whole = any(said == fold(one.name) or said in fold(one.name).split() for one in found)
        if len(found) == 1 and whole and found[0] is not asked.person:
            is_patient = any(said in names_of(task) for task in asked.listed)
            return None if is_patient else found[0]
    return None


def _task_of(words: str, asked: ReplyContext) -> int | None:
    """Return the one listed task that all the words are of."""
    plain = fold(words).strip()
    if plain.removeprefix("#").isdigit() and asked.task(int(plain.removeprefix("#"))) is not None:
        return int(plain.removeprefix("#"))
    found = fit(words, asked.listed)
    task = asked.task(found.numbers[0]) if len(found.numbers) == 1 else None
    if task is None or not found.is_close:
        return None
    is_all = all(word in FILL or is_own(word, task) for word in told_words(plain))
    return task.number if is_all else None
