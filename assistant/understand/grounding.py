"""A quote and a Message -> where it stands in the mail, as the mail itself writes it; None where it stands nowhere.

Case, accents, white space, line wraps, quote marks (`>`), table bars, bullets, kinds of quotation marks and dashes, and
characters that nobody sees make no difference; every other character does.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

from assistant.records import Attachment, Message, Part

_ALIKE = {
    **dict.fromkeys("‘’‚‛′´`ʼ＇", "'"),
    **dict.fromkeys("“”„‟«»″＂", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    # Mail clients and models set, drop and wrap these as they like; none carries a word's meaning.
    **dict.fromkeys(">|*_•·‣▪‹›", " "),
}
_EDGES = " .,;:!?'\"-()[]"
_LINE_MARKS = re.compile(r"\n(?:[ \t\xa0]{0,8}[>|]){1,16}")
_ELLIPSIS = re.compile(r" ?(?:\.\.\.|\[\.\.\.\]) ?")
_MAX_GAP = 300
"""Characters of the mail that "..." in a quote may stand for."""
_MAX_PLACES = 100
_KINDS = {"own": 0, "forwarded": 1, "quoted": 2, "signature": 3}
_SENTENCE_ENDS = re.compile(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)[.!?](?=\s)"
    r"|\n[ \t>|]{0,16}(?=\n)"
    r"|\n(?=[ \t>|]{0,16}(?:[-*•‣]|\d{1,2}[.)])\s)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where a quote stands."""

    text: str
    """The whole text in which it stands: a part's, an attachment's, the subject, or all that is visible."""
    start: int
    end: int
    part: Part | None = None
    """None where it stands elsewhere, or runs over the border of two parts."""
    attachment: Attachment | None = None

    @property
    def words(self) -> str:
        """The mail's own words, verbatim, on one line."""
        return one_line(self.text[self.start : self.end])

    @property
    def sentence(self) -> str:
        """The sentence around the words, or several where the words run over several; on one line."""
        before = [end.end() for end in _SENTENCE_ENDS.finditer(self.text, max(0, self.start - 600), self.start)]
        after = _SENTENCE_ENDS.search(self.text, max(self.start, self.end - 1), self.end + 600)
        begins = before[-1] if before else max(0, self.start - 600)
        return one_line(self.text[begins : after.end() if after else self.end + 600])

    def shares_words_with(self, other: Located) -> int:
        """Return how many characters of the mail stand in both."""
        if self.text != other.text or self.attachment != other.attachment:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))


def fold(text: str) -> str:
    """Return `text` with all that makes no difference levelled out: two writings of the same words fold to the same.

    >>> fold("Call  Mrs. O’Neill >  TODAY")
    "call mrs. o'neill today"
    """
    return _folded(text)[0].strip()


def one_line(text: str) -> str:
    """Return the words of `text` as they are, without line wraps, the marks that begin lines, and unseen characters."""
    plain = "".join(char for char in _LINE_MARKS.sub("\n", text) if char.isspace() or not _is_unseen(char))
    return " ".join(plain.split()).strip(">| ")


def locate(quote: str, message: Message) -> Located | None:
    """Return where `quote` stands; first in the sender's own words, then in what they forward, quote and attach.

    "..." in a quote may stand for words left out, but for few.
    """
    wanted = fold(quote).strip(_EDGES)
    if not any(char.isalnum() for char in wanted):
        return None
    for part in sorted(message.parts, key=lambda part: _KINDS[part.kind]):
        if span := find(wanted, part.text):
            return Located(text=part.text, start=span[0], end=span[1], part=part)
    for attachment in message.attachments:
        if attachment.text and (span := find(wanted, attachment.text)):
            return Located(text=attachment.text, start=span[0], end=span[1], attachment=attachment)
    for text in (message.subject, message.text):
        if span := find(wanted, text):
            return Located(text=text, start=span[0], end=span[1])
    return None


def is_grounded(quote: str, message: Message) -> bool:
    return locate(quote, message) is not None


def find(words: str, text: str, *, near: int = 0) -> tuple[int, int] | None:
    """Return from where to where `words` stand in `text`; of several places the one nearest to the character `near`."""
    folded, origin = _folded(text)
    pieces = [piece for piece in (one.strip(_EDGES) for one in _ELLIPSIS.split(fold(words))) if piece]
    if not pieces:
        return None
    best: tuple[int, int] | None = None
    for start in _places(pieces[0], folded):
        end = _ends(pieces, folded, start)
        if end is None:
            continue
        span = origin[start], origin[end - 1] + 1
        if best is None or abs(span[0] - near) < abs(best[0] - near):
            best = span
    return best


def _ends(pieces: list[str], folded: str, start: int) -> int | None:
    """Where the last of the pieces ends, when they follow each other closely from `start`."""
    end = start + len(pieces[0])
    for piece in pieces[1:]:
        following = next(iter(_places(piece, folded, end, end + _MAX_GAP + len(piece))), None)
        if following is None:
            return None
        end = following + len(piece)
    return end


def _places(words: str, folded: str, start: int = 0, stop: int | None = None) -> list[int]:
    """Where `words` stand as whole words: "art" does not stand in "chart"."""
    stop = len(folded) if stop is None else stop
    places: list[int] = []
    at = folded.find(words, start, stop)
    while at >= 0 and len(places) < _MAX_PLACES:
        end = at + len(words)
        cut_before = at > 0 and words[0].isalnum() and folded[at - 1].isalnum()
        cut_behind = end < len(folded) and words[-1].isalnum() and folded[end].isalnum()
        if not (cut_before or cut_behind):
            places.append(at)
        at = folded.find(words, at + 1, stop)
    return places


@lru_cache(maxsize=64)
def _folded(text: str) -> tuple[str, array[int]]:
    """The folded text, and for each of its characters the place in `text` that it came from."""
    chars: list[str] = []
    origin = array("L")
    is_space = True
    for place, char in enumerate(text):
        for plain in _fold_char(char):
            if plain == " " and is_space:
                continue
            is_space = plain == " "
            chars.append(plain)
            origin.append(place)
    return "".join(chars), origin


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if alike := _ALIKE.get(char):
        return alike
    if char.isspace():
        return " "
    plain = "".join(
        one for one in unicodedata.normalize("NFKD", char) if not _is_unseen(one) and unicodedata.category(one) != "Mn"
    )
    return "".join(_ALIKE.get(one, " " if one.isspace() else one) for one in plain).casefold()


def _is_unseen(char: str) -> bool:
    """True for zero-width, tag and control characters."""
    return unicodedata.category(char) in {"Cf", "Cc"}
