"""A sentence that says "then" or "that day" -> the same with the day that was named last: "Remind me then"."""

from __future__ import annotations

import re

from assistant.decide.commands.arguments import day_in
from assistant.decide.commands.reply import ReplyContext
from assistant.decide.commands.text import fold, plain_text

_THEN = re.compile(
    r"\b(?P<p>until|till|til|to|for|by|on|hasta|para|(?:remind|ask|ping|nudge|recuerda) ?me|check back|circle back) "
    r"(?:then|that (?:day|date|time)|ese dia|esa fecha|entonces)(?=[\s.,;!]*$|[.,;])"
)
_LONGEST = 60
"""Words looked back upon."""


def dated(sentence: str, before: str, asked: ReplyContext) -> str:
    """Return the sentence with the day put in that "then" means; as it is where none was named."""
    match = _THEN.search(fold(sentence))
    if match is None:
        return sentence
    told = f"{before} {sentence[: match.start()]}"
    words = list(re.finditer(r"\S+", told))[-_LONGEST:]
    for word in reversed(words):
        found = day_in(plain_text(told[word.start() :]), asked.when)
        if found is not None:
            return f"{sentence[: match.end('p')]} {found.words}{sentence[match.end() :]}"
    return sentence
