"""A verb that later names leave out ("Luis has 12, Priya 15", "Luis 12, Priya 15") -> the same with it put in."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.meaning import names_of
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.arguments import names_by, people_in
from assistant.decide.commands.wording.numbers import LIST
from assistant.decide.commands.wording.text import fold, plain_text

_NAME = r"[a-z][a-z'-]{1,24}(?: [a-z][a-z'-]{1,24})?"
_HAS = (
    r"(?:now )?(?:has|has got|takes|gets|owns|handles|does|will (?:do|take|handle|have|get)|is (?:doing|on|taking|"
    r"handling)|tiene|toma|lleva|hace)(?: now)?"
)
_NUMBERS = rf"(?:(?:the|task|tasks|number|la|las|el|los)\s)?{LIST}"
_SAID = re.compile(
    rf"(?<![\w'-])(?:(?P<p>{_NAME}) {_HAS} (?P<s>{_NUMBERS})|"
    rf"(?:give|assign|dale|hand) (?P<q>{_NAME}) (?P<t>{_NUMBERS}))"
)
_BARE = re.compile(rf"\W*(?P<p>{_NAME}) ?(?P<gap>[:=-]? ?)(?P<s>{_NUMBERS})")
_NEXT = re.compile(
    rf"\s*(?:[,;/.+&]|(?:and|y|then)\b)\s*(?:(?:and|y)\s)?(?P<p>{_NAME}) ?(?P<gap>[:=-]? ?)(?P<s>{_NUMBERS})"
    r"(?=\s*(?:[,;/.!+&]|(?:and|y|then)\b|$))"
)


def ungapped(sentence: str, asked: ReplyContext) -> str:
    """Return the sentence with "has" between each colleague and the tasks that are said to be theirs."""
    plain = fold(sentence)
    said = _SAID.search(plain)
    if said is not None and not _is_theirs(said, asked):
        return sentence
    first = said or _BARE.match(plain)
    if first is None or not _is_theirs(first, asked):
        return sentence
    found = [] if said else [first]
    end = first.end()
    while (later := _NEXT.match(plain, end)) is not None and _is_theirs(later, asked):
        found.append(later)
        end = later.end()
    # Without a verb it takes two of them, and nothing else.
    if not said and (len(found) < len(("one", "other")) or plain[end:].strip(" .!")):
        return sentence
    for one in reversed(found):
        sentence = f"{sentence[: one.end('p')]} has {sentence[one.start('s') :]}"
    return sentence


def _is_theirs(match: re.Match[str], asked: ReplyContext) -> bool:
    """Return whether it is one colleague's name, and no patient's of the list, before numbers of tasks."""
    name, numbers = (match["p"], match["s"]) if match["p"] else (match["q"], match["t"])
    people, words = people_in(plain_text(name), asked.people), set(name.split())
    if len(people) != 1 or not words <= names_by(people[0]):
        return False
    known = {task.number for task in asked.tasks}
    is_patient = any(words & names_of(task) for task in asked.listed)
    return not is_patient and {int(one) for one in re.findall(r"\d+", numbers)} <= known
