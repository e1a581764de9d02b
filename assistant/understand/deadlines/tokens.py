"""Text -> tokens: words, numbers and marks, each with its place and its folded form."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal, NamedTuple

# Every alternative starts with another class of character, so each character is looked at once.
_TOKEN: Final = re.compile(r"([0-9]+)|([^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*)|[^\s]", re.DOTALL)
_NUMBER, _WORD = 1, 2
_LONGEST_WORD: Final = 24
_LONGEST_NUMBER: Final = 8
_FOLDED_MARKS: Final = {"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-", "−": "-", "→": ">"}

Kind = Literal["word", "number", "mark", "end"]


class Token(NamedTuple):
    """One word, number or mark. A plain tuple: a long mail has tens of thousands of them."""

    kind: Kind
    text: str
    """Folded: lower case, without accents; dashes are `-`. Empty where it is too long for any rule."""
    start: int
    end: int
    is_glued: bool
    """True where nothing stands between it and the token before it."""
    lines: int
    """Line ends between it and the token before it."""
    raw: str = ""

    @property
    def value(self) -> int:
        """Its number, -1 where it is none."""
        return int(self.text) if self.kind == "number" and self.text else -1


_END: Final = Token("end", "", 0, 0, is_glued=False, lines=9)


def fold(word: str) -> str:
    """Return `word` in lower case without accents, as the lexicons spell it.

    >>> fold("Miércoles"), fold("Mañana")
    ('miercoles', 'manana')
    """
    lowered = word.lower()
    if lowered.isascii():
        return lowered
    return "".join(char for char in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(char))


class Tokens:
    """A text's tokens; any place before the first or after the last holds an empty token, so rules may look ahead."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = _split(text)
        self._words = tuple(token.text for token in self._tokens)
        self._count = len(self._tokens)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: int) -> Token:
        return self._tokens[place] if 0 <= place < self._count else _END

    def word(self, place: int) -> str:
        """Return the folded text at `place`, empty beyond the ends."""
        return self._words[place] if 0 <= place < self._count else ""

    def has(self, place: int, *words: str) -> bool:
        """Return whether exactly these words stand from `place` on."""
        return self._words[max(place, 0) : place + len(words)] == words

    def value(self, place: int) -> int:
        return self[place].value

    def is_glued(self, place: int) -> bool:
        return self[place].is_glued

    def slice(self, start: int, end: int) -> str:
        """Return the verbatim text of the tokens from `start` to before `end`."""
        return self.text[self[start].start : self[end - 1].end]


def _split(text: str) -> list[Token]:
    found: list[Token] = []
    last = -1
    for match in _TOKEN.finditer(text):
        kind, raw = match.lastindex, match.group()
        start, end = match.span()
        glued = start == last
        lines = 0 if glued else text.count("\n", max(last, 0), start)
        last = end
        if kind == _WORD:
            folded = fold(raw) if len(raw) <= _LONGEST_WORD else ""
            found.append(Token("word", folded, start, end, glued, lines, raw))
        elif kind == _NUMBER:
            folded = raw if len(raw) <= _LONGEST_NUMBER else ""
            found.append(Token("number", folded, start, end, glued, lines, raw))
        else:
            found.append(Token("mark", _FOLDED_MARKS.get(raw, raw), start, end, glued, lines, raw))
    return found
