"""A model's title and ours -> the better one: a model's words count only where every one of them is the mail's."""

from __future__ import annotations

import re
import unicodedata

from assistant.records import Message, ReadingContext
from assistant.understand.embedded.rules import Rules
from assistant.understand.grounding import fold, one_line

MAX_TITLE = 80
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"@|://|\bwww\.|[^\W_]\.[^\W\d_]{2,}", re.IGNORECASE)
_DRESSING = " \t\"'`*_#-•>|"
_LABEL = re.compile(r"^[^:]{2,60}: ")
"""Who promised it, or whom to answer."""
_POINTS = re.compile(r"\b(?:it|this|that|them|these|those|one)\b", re.IGNORECASE)
_WEIGHT = 4
"""Letters of a word that is likely to be about something."""
_STEM = 5
_SHARED = 2


class Vocabulary:
    """The words that one mail, its people and nobody's imagination allow in a title."""

    def __init__(self, message: Message, context: ReadingContext, rules: Rules) -> None:
        addresses = [message.sender, *message.to, *message.cc, *(part.sender for part in message.parts)]
        names = [f"{one.name} {one.email}" for one in (*addresses, context.coordinator, *context.people) if one]
        texts = [attachment.text or "" for attachment in message.attachments]
        self._known = fold("\n".join([message.subject, message.text, *(p.text for p in message.parts), *texts, *names]))
        self._words = set(_WORD.findall(self._known))
        self._stems = {word[:_STEM] for word in self._words}
        self._verbs = {verb.split()[0] for verb in (*rules.words["verb"], *rules.words["noun_verb"])}

    def better(self, theirs: str | None, ours: str, quote: str) -> str:
        """Return the model's title where it is fit to be shown and ours lacks what a title needs; ours everywhere else.

        Fit: it begins with a verb, shares two words of weight with the quote, and says no word that the mail does not.
        Lacking: ours does not begin with a verb or a name, was cut, or points at something ("send it").
        """
        clean = _clean(theirs or "")
        return clean if self._lacks(ours) and not self._lacks(clean) and self._is_fit(clean, quote) else ours

    def _lacks(self, title: str) -> bool:
        is_led = bool(_LABEL.match(title)) or self._begins_with_verb(title)
        return not is_led or len(title) >= MAX_TITLE - 1 or _POINTS.search(title) is not None

    def _is_fit(self, title: str, quote: str) -> bool:
        said, wanted = _stems(title), _stems(quote)
        shares = len(said & wanted) >= min(_SHARED, len(wanted))
        words = title.split()
        return shares and self._begins_with_verb(title) and all(self._is_known(word) for word in words[1:])

    def _begins_with_verb(self, title: str) -> bool:
        first = _WORD.match(title)
        return first is not None and first.group().lower() in self._verbs

    def _is_known(self, word: str) -> bool:
        """True unless `word` is an address, a number, a name or a word of weight that stands nowhere in the mail."""
        if _ADDRESS.search(word):
            return fold(word).strip(".,;:()") in self._known
        return all(
            run in self._words or (len(run) > _STEM and run.isalpha() and run[:_STEM] in self._stems)
            for run in _WORD.findall(fold(word))
            if len(run) >= _WEIGHT or any(char.isdigit() for char in run) or not word.islower()
        )


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(fold(text)) if len(word) >= _WEIGHT}


def _clean(text: str) -> str:
    seen = "".join(char for char in one_line(text) if unicodedata.category(char)[0] != "C")
    return seen.strip(_DRESSING).rstrip(".:,;")
