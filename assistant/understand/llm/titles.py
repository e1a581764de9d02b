"""A model's title -> one that can be shown: every name, number and address in it stands in the mail."""

from __future__ import annotations

import re
import unicodedata

from assistant.records import Message, ReadingContext
from assistant.understand.grounding import fold, one_line

MAX_TITLE = 80
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"@|://|\bwww\.|[^\W_]\.[^\W\d_]{2,}", re.IGNORECASE)
_DRESSING = " \t\"'`*_#-•>|"


class Vocabulary:
    """The words that one mail, its people and the calendar of nobody's imagination allow in a title."""

    def __init__(self, message: Message, context: ReadingContext) -> None:
        addresses = [message.sender, *message.to, *message.cc, *(part.sender for part in message.parts)]
        names = [f"{one.name} {one.email}" for one in (*addresses, context.coordinator, *context.people) if one]
        texts = [attachment.text or "" for attachment in message.attachments]
        self._known = fold("\n".join([message.subject, message.text, *(p.text for p in message.parts), *texts, *names]))
        self._words = set(_WORD.findall(self._known))

    def title(self, title: str | None, quote: str) -> str:
        """Return `title`, cleaned; the quote instead where it is empty or says what the mail does not."""
        clean = _clean(title or "")
        if not clean or not all(self._is_known(word, place) for place, word in enumerate(clean.split())):
            clean = _clean(quote)
        return _short(clean)

    def _is_known(self, word: str, place: int) -> bool:
        """True unless `word` is a number, a name or an address that stands nowhere in the mail."""
        if _ADDRESS.search(word) and fold(word).strip(".,;:()") not in self._known:
            return False
        return all(
            fold(run) in self._words
            for run in _WORD.findall(word)
            if any(char.isdigit() for char in run) or (place > 0 and len(run) > 1 and run[0].isupper())
        )


def _clean(text: str) -> str:
    seen = "".join(char for char in one_line(text) if unicodedata.category(char)[0] != "C")
    return seen.strip(_DRESSING).rstrip(".:,;")


def _short(text: str) -> str:
    if len(text) <= MAX_TITLE:
        return text
    cut = text[: MAX_TITLE - 1].rpartition(" ")[0] or text[: MAX_TITLE - 1]
    return cut.rstrip(" ,;:-") + "…"
