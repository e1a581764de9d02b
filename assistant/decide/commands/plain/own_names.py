"""A number with its own patient's name beside it ("Boris's 12 is done", "12 (Boris) done") -> the number alone."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.deeds import TOLD
from assistant.decide.commands.matching.meaning import names_of
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.text import fold
from assistant.decide.commands.wording.words import STRONG

_NAME = r"(?:(?:mrs?|ms|miss|sra?|don|dona)\.? )?(?P<{}>[a-z][a-z'-]{{1,24}}(?: [a-z][a-z'-]{{1,24}}){{0,2}}?)"
_NUMBERS = r"(?:task |tasks )?(?P<{}>#?\d{{1,6}}(?:(?:, ?| and | & | y )#?\d{{1,6}}){{0,5}})"
_GOES_ON = rf"(?=\s*(?:[:;-]\s|(?:are|is|was|were|has|have|all|both|esta|estan|ya)\b|(?:{STRONG}|{TOLD.pattern})))"
_OWNED = re.compile(
    rf"(?:(?:^|(?<=[;,.]\s))\W*{_NAME.format('w1')}(?:'s)?(?: ?[:-])? {_NUMBERS.format('n1')}{_GOES_ON})|"
    rf"(?:\b{_NUMBERS.format('n2')} \({_NAME.format('w2')}\)(?! ?\())"
)


def without_owners(sentence: str, asked: ReplyContext) -> str:
    """Return the sentence without the names beside numbers, where each is the patient's whose the numbers are."""
    if "?" in sentence:
        return sentence
    for match in reversed(list(_OWNED.finditer(fold(sentence)))):
        at = "1" if match["w1"] else "2"
        names = {name.removesuffix("'s") for name in match[f"w{at}"].split()}
        tasks = [asked.task(int(one)) for one in re.findall(r"\d+", match[f"n{at}"])]
        if all(task is not None and names <= names_of(task) for task in tasks):
            number = sentence[slice(*match.span(f"n{at}"))]
            sentence = f"{sentence[: match.start()]}{number}{sentence[match.end() :]}"
    return sentence
