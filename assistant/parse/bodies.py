"""One text in one or two forms -> the lines to read.

Most mails say the same in plain text and in HTML. The plain form is read where both say it: its quotation marks are
certain. The HTML is read where it says more: where it holds a table (the plain form loses the columns), where the
plain form is missing, much shorter, or only points to a browser. It is also read where the two differ or where it
hides words: the HTML is what people see, and what nobody saw must not become a task in silence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.parse.charsets import hides_tags, visible
from assistant.parse.html import see
from assistant.parse.lines import Line, plain_lines
from assistant.parse.mime import Body

_WORD = re.compile(r"[^\W\d_]{3,30}")
_BROWSER = re.compile(
    r"view (?:this |it )?(?:e-?mail |message |it )?(?:online|in (?:your |a )?(?:web ?)?browser)"
    r"|(?:not|n't) (?:support|display) html|html[- ](?:enabled|capable|compatible)",
    re.IGNORECASE,
)
_MAX_POINTER = 400
_MUCH_SHORTER = 0.5
_SAME = 0.8
_MAX_TEXT = 1_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    lines: Sequence[Line]
    hides_text: bool = False
    is_whole: bool = True


def read(body: Body) -> Reading:
    """Return the lines of the form that a reader sees best."""
    plain = visible((body.plain or "")[:_MAX_TEXT])
    tags = hides_tags(body.plain or "")
    if body.html is None:
        return Reading(plain_lines(plain), hides_text=tags)
    seen = see(body.html)
    hides = tags or seen.hides_text
    if plain.strip() and not _says_more(
        seen.lines, plain, is_better=seen.has_table or seen.hides_text, is_whole=seen.is_whole
    ):
        return Reading(plain_lines(plain), hides_text=hides)
    return Reading(seen.lines, hides_text=hides, is_whole=seen.is_whole)


def _says_more(html: Sequence[Line], plain: str, *, is_better: bool, is_whole: bool) -> bool:
    """Tell whether the HTML form is the one to read."""
    html_words = _WORD.findall(" ".join(line.text for line in html).lower())
    plain_words = _WORD.findall(plain.lower())
    if not html_words or not is_whole:
        return not plain_words
    if is_better or len(plain_words) < _MUCH_SHORTER * len(html_words):
        return True
    if len(plain) <= _MAX_POINTER and _BROWSER.search(plain):
        return True
    shown = set(html_words)
    # Addresses of links stand in the plain form only.
    said = _WORD.findall(re.sub(r"https?://\S{1,2000}", " ", plain).lower())
    return sum(word in shown for word in said) < _SAME * len(said)
