"""A sentence that hands a task on to "her" or "him" -> the same with the one colleague whom the reply named before."""

from __future__ import annotations

import re

from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.arguments import people_in
from assistant.decide.commands.wording.text import fold, plain_text

_TO_HER = re.compile(
    r"\b(?:give|send|pass|hand|assign|reassign|forward|transfer|move|route)(?: (?:it|this|that|these|those|this one|"
    r"that one|#?\d{1,6}))?(?: (?:over|on|back))? to (?P<p>her|him|them)"
    r"(?=[\s.,;!]*$|[.,;]| (?:please|pls|instead|now)\b)"
)
_NAME = re.compile(r"[A-Z][\w'’-]+")


def named_to(sentence: str, before: str, asked: ReplyContext) -> str:
    """Return "send it to Lori" for "Lori has that patient, send it to her", where it can only be Lori."""
    match = _TO_HER.search(fold(sentence))
    if match is None:
        return sentence
    told = f"{before} {sentence[: match.start()]}"
    patients = {word for task in asked.listed for word in fold(task.patient or "").split()}
    named = {
        person.email: person
        for name in (word.removesuffix("'s").removesuffix("’s") for word in _NAME.findall(told))
        if fold(name) not in patients
        for person in people_in(plain_text(name), asked.people)
        if fold(name) in fold(person.name).split() and not person.is_at(asked.person.email)
    }
    if len(named) != 1:
        return sentence
    (person,) = named.values()
    return f"{sentence[: match.start('p')]}{person.name}{sentence[match.end('p') :]}"
