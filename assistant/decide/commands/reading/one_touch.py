"""A mail that one of our links wrote -> the mail of ours that it answers, and the words that it means.

Such a mail is new: nothing but its subject, `12 done [digest 3f9a1c20b7]`, tells what it answers. Text programs that
quote our mails write the links out; that is no word of anybody's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_GATE = r"(?:(?:\[ext[a-z -]{0,20}\]|ext(?:ernal)?(?: (?:e-?mail|sender))?\s?:)\s{0,2}){0,2}"
"""What servers write before the subject of mail from outside: [EXTERNAL], EXT:."""
_TAG = re.compile(
    rf"{_GATE}(?P<re>(?:(?:re|aw)\s{{0,2}}:\s{{0,2}}{_GATE}){{0,3}})"
    r"(?P<words>[^\[\]]{0,100}?)\s{0,3}"
    r"\[(?P<kind>digest|escalation|answer|suggestion|handoff|alert) (?P<code>[0-9a-f]{10})"
    r"(?:\.(?P<token>[a-z2-7]{21}))?\]\s{0,3}",
    re.IGNORECASE,
)
_PREFILLED = re.compile(
    r"(?:posponer )?(?P<n>\d{1,9}) (?:done|ack|not mine|hecho|enterado|no es mía|"
    r"(?:due|snooze until|vence|hasta) \d{4}-\d\d-\d\d(?: \d\d:\d\d)?)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<!\d)#?(\d{1,9})(?!\d)")
# A link ends where white space or a bracket stands: nothing can be taken for two links as well as for one.
_LINK = r"[<\[(]?mailto:[^\s>\])]{1,600}(?=[\s>\])]|$)[>\])]?"
_GAP = rf"(?:[\s·|]|{_LINK}){{1,20}}"
_ROW = re.compile(
    rf"\b(?:done|hecho){_GAP}\+1\s(?:(?:work)?day|día|hábil){_GAP}(?:on\sit|me\sencargo)"
    rf"{_GAP}(?:not\smine|no\ses\smía)(?:\s{{0,3}}{_LINK})?",
    re.IGNORECASE,
)
TORN = (
    "The subject and the text of your mail do not say the same, so nothing was changed. "
    "Please write in the text alone what holds."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What the subject of a mail tells of the mail of ours that it belongs to."""

    kind: str
    code: str
    words: str
    """What the subject asks for; empty where it is a later mail of the same thread."""
    token: str = ""
    """What shows that the link was ours, not yet checked."""


def read_tag(subject: str) -> Tag | None:
    """Return what a subject tells; None where none of our links wrote it, or it was passed on.

    >>> read_tag("12 done [digest 3f9a1c20b7]")
    Tag(kind='digest', code='3f9a1c20b7', words='12 done', token='')
    >>> read_tag("Fwd: 12 done [digest 3f9a1c20b7]")
    """
    match = _TAG.fullmatch(" ".join(subject.split()))
    if match is None or match["words"].lower().startswith(("fw:", "fwd:", "tr:", "wg:", "rv:")):
        return None
    words = "" if match["re"] else match["words"].strip()
    token = (match["token"] or "").lower()
    return Tag(kind=match["kind"].lower(), code=match["code"].lower(), words=words, token=token)


def meant(tag: Tag, own_words: str) -> str | None:
    """Return the words that a mail with this tag means; None where its subject and its text do not agree.

    The text counts; the subject where a mail program lost the text. Whoever changes one of them and not the other is
    asked.
    """
    if not tag.words:
        return own_words
    if not own_words.strip():
        return tag.words
    lines = [" ".join(line.lower().split()) for line in own_words.splitlines()]
    if " ".join(tag.words.lower().split()) in lines:
        return own_words
    number = _PREFILLED.fullmatch(tag.words)
    if number is None:
        return None if _NUMBER.search(tag.words) else own_words
    return own_words if number["n"] in _NUMBER.findall(own_words) else None


def without_links(words: str) -> str:
    r"""Return a reply's words without the links that stand beside each task of our mails.

    >>> without_links("9 is with Priya\nDone · +1 day · On it · Not mine")
    '9 is with Priya\n'
    """
    return _ROW.sub("", words)
