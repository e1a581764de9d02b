"""One text in one or two forms -> the lines to read.

Most mails say the same in plain text and in HTML. The plain form is read where both say it: its quotation marks are
certain. The HTML is read where it says more: where it holds a table (the plain form loses the columns), where the
plain form is missing, much shorter, or only points to a browser. It is also read where the two differ or where it
hides words: the HTML is what people see, and what nobody saw must not become a task in silence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.parse.charsets import hides_tags, tag_words, visible
from assistant.parse.html import see
from assistant.parse.lines import Line, plain_lines
from assistant.parse.mime import Body

_WORD = re.compile(r"[^\W\d_]{3,30}")
_BROWSER = re.compile(
    r"view (?:this |it )?(?:e-?mail |message |it )?(?:online|in (?:your |a )?(?:web ?)?browser)"
    r"|(?:not|n't) (?:support|display) html|html[- ](?:enabled|capable|compatible)",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|mailto:|cid:)\S{1,2000}")
_MAX_POINTER = 400
_MUCH_SHORTER = 0.5
_SAME = 0.8
_NEARLY_ALL = 0.9
_MAX_TEXT = 1_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    lines: Sequence[Line]
    hides_text: bool = False
    is_whole: bool = True
    """False where the HTML could not be read as HTML."""
    is_cut: bool = False
    """True where it was too long to be read to its end."""
    leaves_plain: bool = False
    """True where the plain form says what the HTML does not, and was left aside."""
    hidden: str = ""
    """What it hides."""
    beside: Sequence[Line] = ()
    """What the HTML shows, where the plain form is read because both say the same."""


def read(body: Body) -> Reading:
    """Return the lines of the form that a reader sees best."""
    is_cut = max(len(body.plain or ""), len(body.html or "")) > _MAX_TEXT
    reading = _read(body)
    return replace(reading, is_cut=is_cut, hidden=f"{reading.hidden} {tag_words(body.plain or '')}".strip())


def _read(body: Body) -> Reading:
    plain = visible((body.plain or "")[:_MAX_TEXT])
    hides_tags_in_plain = hides_tags(body.plain or "")
    if body.html is None:
        return Reading(plain_lines(plain), hides_text=hides_tags_in_plain)
    seen = see(body.html[:_MAX_TEXT])
    hides = hides_tags_in_plain or seen.hides_text
    html_words = _words(" ".join(line.text for line in seen.lines))
    plain_words = _words(plain)
    if plain_words and (not html_words or not seen.is_whole or any("\ufffd" in line.text for line in seen.lines)):
        return Reading(plain_lines(plain), hides_text=hides, hidden=seen.hidden)
    is_pointer = _is_pointer(plain, plain_words, html_words)
    differs = not is_pointer and _differs(plain_words, html_words)
    says_more = _lacks(html_words, plain_words, 1 - _NEARLY_ALL)
    leaves = differs or (says_more and not is_pointer and _lacks(plain_words, html_words, 1 - _NEARLY_ALL))
    if plain_words and not (is_pointer or differs or says_more or seen.has_table or seen.hides_text):
        return Reading(plain_lines(plain), hides_text=hides, hidden=seen.hidden, beside=seen.lines)
    leaves = leaves and not hides
    return Reading(seen.lines, hides_text=hides, is_whole=seen.is_whole, leaves_plain=leaves, hidden=seen.hidden)


def _words(text: str) -> list[str]:
    """Return the words without the addresses of links: only the plain form spells these out."""
    return _WORD.findall(_LINK.sub(" ", text).lower())


def _differs(plain: list[str], html: list[str]) -> bool:
    return _lacks(plain, html, 1 - _SAME)


def _lacks(one: list[str], other: list[str], share: float) -> bool:
    """Tell whether of the words of one form more than a share miss in the other."""
    shown = set(other)
    return sum(word not in shown for word in one) > share * len(one)


def _is_pointer(plain: str, plain_words: list[str], html_words: list[str]) -> bool:
    """Tell whether the plain form only says that there is more to see."""
    is_short = len(plain_words) < _MUCH_SHORTER * len(html_words)
    return is_short or (len(plain) <= _MAX_POINTER and _BROWSER.search(plain) is not None)
