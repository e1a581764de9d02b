"""A sentence that says "then" or "that day" -> the same with the day that was named last: "Remind me then"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.wording.arguments import day_in
from assistant.decide.commands.wording.text import fold, plain_text

_THEN = re.compile(
    r"\b(?P<p>until|till|til|to|for|by|on|hasta|para|(?:remind|ask|ping|nudge|recuerda) ?me|check back|circle back) "
    r"(?:then|(?:that|(?:the |that )?same) (?:day|date|time|deadline)|el mismo dia|la misma fecha|ese dia|esa fecha|"
    r"entonces)(?=[\s.,;!]*$|[.,;])"
)
_AGREED = re.compile(
    r"[\s,;-]*(?:\b(?:and|so)\s+)?(?:\b(?:"
    r"that(?:'s| is| will be) (?:now )?(?:the|my|our) new (?:due )?(?:date|deadline)|"
    r"(?:let'?s |please |pls )?(?:use|go with|go by) that(?: (?:one|date|day))?(?: instead| then)?|"
    r"(?:the )?new (?:due date|deadline) accordingly|"
    r"(?:please |pls )?(?:change|move|update|adjust) the (?:due )?(?:date|deadline) accordingly))(?=[\s.!]*$)"
)
"""What says that the day just told is the one that counts."""
_BACK = re.compile(
    r"[\s,;-]*(?:\b(?:and|so|please|pls)\s+)*\bbring (?P<t>it|that|this|that one|this one) back(?: up)? then"
    r"(?=[\s.!]*$)"
)
_WARD_HOUR = re.compile(r"(?<![\w:/.#-])((?!20[23])(?:[01]\d|2[0-3]))([0-5]\d)(?![\w:/-])")
"""1430; but 2026 is a year."""
_BARE_HOUR = re.compile(r"\d{1,2}(?::\d\d)?")
_LONGEST_DAY = 6
_LONGEST = 60
"""Words looked back upon, and those of one day."""


def dated(sentence: str, before: str, asked: ReplyContext) -> str:
    """Return the sentence with the day put in that "then" means; as it is where none was named."""
    plain = fold(sentence)
    if (agreed := _AGREED.search(plain)) is not None:
        sentence = f"{sentence[: agreed.start()]}. Move it to then".lstrip(" .")
    elif (back := _BACK.search(plain)) is not None:
        sentence = f"{sentence[: back.start()]}. Snooze {sentence[slice(*back.span('t'))]} until then"
    match = _THEN.search(fold(sentence))
    if match is None:
        return sentence
    told = _WARD_HOUR.sub(r"\1:\2", f"{before} {sentence[: match.start()]}")
    words = list(re.finditer(r"\S+", told))[-_LONGEST:]
    for word in reversed(words):
        if day_in(plain_text(told[word.start() :]), asked.when) is not None:
            day = _whole_day(told, words[: words.index(word) + 1], asked)
            if _BARE_HOUR.fullmatch(day) and match["p"].endswith("me"):
                # "He is in clinic till 1, remind me then".
                day = f"at {day}"
            return f"{sentence[: match.end('p')]} {day}{sentence[match.end() :]}"
    return sentence


def _whole_day(told: str, words: Sequence[re.Match[str]], asked: ReplyContext) -> str:
    """Return the words of the day that ends on the last of `words`: "August 14 at noon", not "noon" alone."""
    best = ""
    for word in reversed(words[-_LONGEST_DAY:]):
        found = day_in(plain_text(told[word.start() :]), asked.when)
        if found is not None and fold(found.words).endswith(fold(best)):
            best = found.words
    return best
