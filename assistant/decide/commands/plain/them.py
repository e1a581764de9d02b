"""A sentence that hands a task on to "her" or "him" -> the same with the one colleague whom the reply named "
r"before.
"""

from __future__ import annotations

import re

from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.arguments import people_in
from assistant.decide.commands.wording.numbers import LIST
from assistant.decide.commands.wording.text import fold, plain_text
from assistant.records import Person

_TO_HER = re.compile(
    r"\b(?:give|send|pass|hand|assign|reassign|forward|transfer|move|route)(?: (?:it|this|that|these|those|this one|"
    r"that one|#?\d{1,6}))?(?: (?:over|on|back))? to (?P<p>her|him|them)"
    r"(?=[\s.,;!]*$|[.,;]| (?:please|pls|instead|now)\b)"
)
_LET_HER = re.compile(
    r"\b(?:let|have|ask|get) (?P<p>her|him|them) (?:to )?(?:have|take|do|handle|cover|own|run with|see to|keep) "
    rf"(?P<s>(?:the |task |number )?{LIST}|it|this|that|this one|that one)"
    r"(?![\w:/]| ?(?:[ap]m|mg|ml|days?|weeks?|hours?)\b)"
)
_BEGINS = r"(?:^|[,;:.] ?|\b(?:and|so|then|now|but|y) | -+ )"
_SHE_HAS = re.compile(
    rf"{_BEGINS}(?P<p>she|he|ella|el)(?P<v>'s got|'s taking|'ll (?:take|do|have)|'s doing| has| takes| took| gets|"
    rf" got| is taking|"
    rf" is doing| is on| will (?:take|do|have|handle)| can (?:take|have|do)| owns| covers| handles| tiene| lleva|"
    rf" hace| toma)"
    rf" (?=(?:the |task |number |la |el )?{LIST}(?! ?(?:[ap]m|mg|ml|days?|weeks?|hours?|years?|kids?|patients?|"
    rf"other|more|of)\b))"
)
_HERS = re.compile(
    rf"{_BEGINS}(?P<s>(?:(?:it|this|that|this one|that one)(?:'s| is)|(?:the |task |number )?{LIST}(?: (?:is|are|"
    rf"should be))?)? ?)"
    r"(?<!\w)(?P<p>hers|his|theirs)(?: (?:now|tonight|today|then))?(?: (?:please|pls))?(?P<a> and\b)?(?(a)|"
    r"(?=[\s.!]*$|[,;.]))"
)
_COVERS = re.compile(
    r"[^\d,;:]*\b(?:cover(?:s|ing)?|fill(?:s|ing) in|subs?|subbing|has my|have my|on (?:call|duty|tonight|today|"
    r"shift)|"
    r"in (?:today|tonight|tomorrow|for me)|here (?:today|tonight|tomorrow)|stepping in|standing in|"
    r"taking over)\b[^\d,;:]*"
)
"""Why somebody has a task, which is no more to be told of it."""
_NAME = re.compile(r"[A-Z][\w'’-]+")
_DOUBT = re.compile(r"\b(?:not|n't|never|if|unless|maybe|might|or)\b|\?")


def named_to(sentence: str, before: str, asked: ReplyContext) -> str:
    """Return "send it to Lori" for "Lori has that patient, send it to her", where it can only be Lori."""
    plain = fold(sentence)
    match = _TO_HER.search(plain)
    if match is not None:
        person = _named(f"{before} {sentence[: match.start()]}", asked)
        if person is None:
            return sentence
        start = _behind_reason(plain, match.start())
        return f"{sentence[start : match.start('p')]}{person.name}{sentence[match.end('p') :]}"
    if _DOUBT.search(plain):
        return sentence
    if (match := _LET_HER.search(plain)) is not None:
        told = f"{before} {sentence[: match.start()]}"
        person = None if _names_patient(told, asked) else _named(told, asked)
        if person is not None:
            start = _behind_reason(plain, match.start())
            task = sentence[slice(*match.span("s"))]
            return f"{sentence[start : match.start()]}give {task} to {person.name}{sentence[match.end() :]}"
    for match in reversed([*_SHE_HAS.finditer(plain), *_HERS.finditer(plain)]):
        told = f"{before} {sentence[: match.start('p')]}"
        person = _named(told, asked)
        if person is None or _names_patient(told, asked):
            continue
        if match.re is _SHE_HAS:
            sentence = f"{sentence[: match.start('p')]}{person.name}{sentence[match.end('p') :]}"
            continue
        numbers = re.search(LIST, match["s"])
        task = sentence[match.start("s") + numbers.start() : match.start("s") + numbers.end()] if numbers else "it"
        told = (
            sentence[_behind_reason(plain, match.start("s")) : match.start("s")]
            .rstrip(" ,;:-")
            .removesuffix(" so")
            .rstrip(" ,;:-")
        )
        lead, end = ", " if told.strip() else "", ";" if match["a"] else ""
        sentence = f"{told}{lead}give {task} to {person.name}{end}{sentence[match.end() :]}"
    return sentence


def _behind_reason(plain: str, end: int) -> int:
    """Return where a command begins: behind what tells only who covers, or at the sentence's beginning."""
    before = plain[:end].rstrip()
    return end if _COVERS.fullmatch(before.rstrip(" ,;:-").removesuffix(" so").rstrip(" ,;:-")) and before != "" else 0


def _named(told: str, asked: ReplyContext) -> Person | None:
    """Return the one colleague whom the words name."""
    patients = {word for task in asked.listed for word in fold(task.patient or "").split()}
    named = {
        person.email: person
        for name in (word.removesuffix("'s").removesuffix("’s") for word in _NAME.findall(told))
        if fold(name) not in patients
        for person in people_in(plain_text(name), asked.people)
        if fold(name) in fold(person.name).split() and not person.is_at(asked.person.email)
    }
    return next(iter(named.values())) if len(named) == 1 else None


def _names_patient(told: str, asked: ReplyContext) -> bool:
    words = set(re.findall(r"[a-z]{3,}", fold(told)))
    return any(words & set(fold(task.patient or "").split()) for task in asked.listed)
