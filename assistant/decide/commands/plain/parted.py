"""A sentence that says "but" between two tasks, or "so the ride is set", -> the two parted."""

from __future__ import annotations

import re

from assistant.decide.commands.matching.ordinary import fit
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.doubts import doubt
from assistant.decide.commands.wording.text import fold

_BUT = re.compile(r"(?<=[\w.)])(?P<b>,? (?:but|pero)) (?=(?:the|his|her|their|our|el|la|los|las|su|sus|[a-z]+'s) )")
_SO = re.compile(
    r",? (?:and )?so (?=(?:the|his|her|their|our) [a-z' -]{2,30}?(?:'s| is| are) (?:all |now )?(?:good(?: to go)?|set|"
    r"taken care of|handled|covered|confirmed)(?=[\s.!]*$|[,;]))"
)
"""What follows is no longer the reason, but what came of it."""
_BEFORE = re.compile(r".*(?:[,;]|\b(?:and|y)\b)\s+", re.DOTALL)
_AFTER = re.compile(r"\s*(?:[,;]|\b(?:so|and|because|asi que|y|porque)\b)")
_LONGEST = 600


def parted(sentence: str, asked: ReplyContext) -> str:
    """Return the sentence cut where what follows a "but" is of another task than what stands before it."""
    plain = fold(sentence)
    if len(sentence) > _LONGEST or "?" in sentence:
        return sentence
    for match in reversed(list(_BUT.finditer(plain))):
        lead = _BEFORE.match(plain, 0, match.start())
        before = _one(sentence[lead.end() if lead else 0 : match.start()], asked)
        after = _one(_AFTER.split(sentence[match.end() :], maxsplit=1)[0], asked)
        if before is not None and after is not None and before != after:
            sentence = f"{sentence[: match.start()]}; {sentence[match.end() :]}"
    for match in reversed(list(_SO.finditer(fold(sentence)))):
        if (
            doubt(fold(sentence[: match.start()])) is None
            and _one(_AFTER.split(sentence[match.end() :], maxsplit=1)[0], asked) is not None
        ):
            sentence = f"{sentence[: match.start()]}; {sentence[match.end() :]}"
    return sentence


def _one(words: str, asked: ReplyContext) -> int | None:
    found = fit(words, asked.listed)
    return found.numbers[0] if len(found.numbers) == 1 and found.is_close else None
