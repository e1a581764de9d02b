"""A mail's raw bytes -> the words that a reader ought to find, to be held against those that were extracted.

No exception does not mean nothing lost: of damaged mails, one in eight reads without any error and without its words.
This reads the raw lines on its own, without the MIME parser, and knows no more of MIME than it must.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.parse.charsets import decode, text_in_base64, unbase64, visible, with_plain_ends
from assistant.parse.html import see, stripped
from assistant.parse.wild import WORD, is_pointer, lines_in, plain
from assistant.records import Message

_WORD = re.compile(r"[^\W\d_]{4,30}")
_BOUNDARY = re.compile(rb"\n--(?! ?\n)[^\n]{1,200}(?=\n)")
_HEAD = re.compile(rb"\n?(?:[!-9;-~]{2,76}:[^\n]{0,5000}\n(?:[ \t][^\n]{0,5000}\n){0,500}){1,300}(?:\n|\Z)")
_CONTENT = re.compile(rb"\ncontent-(type|transfer-encoding)[ \t]{0,5}:((?:[^\n]|\n[ \t]){0,500})", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_ENCODED = re.compile(rb"\s{0,9}(?:[A-Za-z0-9+/]{60,100}\n){2}")
_ENCODED_LINES = re.compile(rb"^(?:[A-Za-z0-9+/]{40,100}\n){0,5000}[A-Za-z0-9+/]{8,100}={0,2}$", re.MULTILINE)
_HTML = re.compile(rb"<(?:html|body|div|table|p|!doctype)\b", re.IGNORECASE)
# Files, and texts of which only some lines are shown.
_NO_TEXT = (b"image/", b"audio/", b"video/", b"application/", b"text/calendar", b"text/rtf", b"message/partial")
_LINK = re.compile(r"(?:https?://|mailto:|cid:|www\.)\S{1,2000}")
_LINE = 4
"""Words of a line that tell whether it is missing."""
_MAX_RAW = 400_000
_MAX_WORDS = 4000
_SHARE = 0.9
_FEW = 2
"""Words that may stand in the raw bytes alone: broken by an injury, or written by a program."""


def covers(content: bytes, message: Message) -> bool:
    """Tell whether the words of the raw text parts stand in the extracted text.

    A tenth may miss: a link's target, a word broken by a damaged byte; but no line as a whole. Of a text in two forms
    both have to stand there: they say the same, or one of them is damaged. Words that the HTML hides are not asked for.
    """
    raw = _Raw(content)
    if message.hides_text and message.text and raw.html:
        return True  # what is hidden often stands in the plain form, too, and has to stay out
    if not raw.plain.strip():
        return _share(raw.html, _known(message)) >= _SHARE
    known = _known(message)
    if _share(raw.html, known) < _SHARE:
        return False
    if _stands_in(raw.plain, message.text):
        return True
    if _share(raw.plain, known) >= _SHARE and not _lacks_a_line(raw.plain, known):
        return True
    is_alternative = b"multipart/alternative" in content[:_MAX_RAW].lower()
    return is_alternative and bool(raw.html)


def tells_all(content: bytes, message: Message) -> bool:
    """Tell whether all but two of the words that anybody could read in the raw bytes are shown, or hidden on purpose.

    `covers` believes what the mail says of itself: which boundary, which encoding, which alphabet. This believes
    nothing of it, so that no lie and no injury can make both look away.
    """
    people = (message.sender, *message.to, *message.cc)
    told = [message.text, message.subject, *(one.name for one in people if one)]
    told += [file.text or "" for file in message.attachments]
    if message.hides_text:
        told.append(_Raw(content).hidden)
    known = set(WORD.findall(plain("\n".join(told)).lower()))
    missing: set[str] = set()
    for line in lines_in(content):
        unknown = [word for word in WORD.findall(line.lower()) if word not in known]
        if unknown and not is_pointer(line):
            missing.update(unknown)
    return len(missing) <= _FEW


def _stands_in(raw: str, text: str) -> bool:
    """Tell whether every raw line is a line of the text: so it is in most mails, and counting words costs more."""
    known = {"", *text.split("\n")}
    return all(line in known or line.lstrip("> \t").rstrip() in known for line in raw.split("\n"))


def _known(message: Message) -> set[str]:
    read = " ".join([message.text, message.subject, *(file.text or "" for file in message.attachments)])
    return set(_WORD.findall(read.lower()))


def _lacks_a_line(text: str, known: set[str]) -> bool:
    """Tell whether a line is missing as a whole: beside long headers that are read as text, a body is little."""
    lines = [set(_WORD.findall(line.lower())) for line in _LINK.sub(" ", text).split("\n")]
    return any(len(words) >= _LINE and len(words & known) * 2 < len(words) for words in lines[:_MAX_WORDS])


def _share(text: str, known: set[str]) -> float:
    """Return which part of the words, of four letters and more, is known."""
    words = set(_WORD.findall(text.lower())[:_MAX_WORDS])
    return sum(word in known for word in words) / len(words) if words else 1.0


def lost_text(content: bytes, message: Message) -> str:
    """Return the raw lines whose words stand nowhere in the message, in order."""
    known = set(_WORD.findall(f"{message.text} {message.subject}".lower()))
    lost: list[str] = []
    raw = _Raw(content)
    for line in f"{raw.plain}\n{raw.html}".split("\n"):
        words = _WORD.findall(line.lower())
        if any(word not in known for word in words):
            lost.append(line.strip())
            known.update(words)
    return "\n".join(lost)


class _Raw:
    """A mail's raw text parts."""

    def __init__(self, content: bytes) -> None:
        self._chunks = list(_chunks(content))

    @cached_property
    def plain(self) -> str:
        return visible("\n\n".join(_text(chunk) for chunk in self._chunks if not chunk.is_html))

    @property
    def hidden(self) -> str:
        return "\n\n".join(see(_text(chunk)).hidden for chunk in self._chunks if chunk.is_html)

    @cached_property
    def html(self) -> str:
        return "\n\n".join(stripped(_text(chunk)) for chunk in self._chunks if chunk.is_html)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Raw lines between two lines that could be boundaries."""

    data: bytes
    encoding: str
    charset: str | None
    is_html: bool


def _chunks(content: bytes) -> Iterator[_Chunk]:
    """Yield the chunks that hold text; a chunk without fields of its own goes on in the encoding of the one before."""
    fields: dict[str, bytes] = {}
    text = with_plain_ends(content[:_MAX_RAW]).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    for index, piece in enumerate(_BOUNDARY.split(b"\n" + text)):
        body = piece if index else piece.removeprefix(b"\n")
        while (head := _HEAD.match(body)) is not None:
            is_inner = fields.get("type", b"").lower().startswith(b"message/rfc822")
            own = {found[1].lower().decode(): found[2].strip() for found in _CONTENT.finditer(b"\n" + head[0])}
            # Under "--- Forwarded message ---", typed into a text, stand fields that say nothing of an encoding.
            fields = own if own or is_inner or not index else fields
            body = body[head.end() :]
            if not fields.get("type", b"").lower().startswith(b"message/rfc822"):
                break
        kind = fields.get("type", b"text/plain").lower()
        if kind.startswith(_NO_TEXT) or (index == 0 and kind.startswith(b"multipart")):
            continue
        charset = _CHARSET.search(fields.get("type", b""))
        yield _Chunk(
            data=body,
            encoding=fields.get("transfer-encoding", b"").lower().decode("ascii", "replace"),
            charset=charset[1].decode("ascii", "replace") if charset else None,
            is_html=kind.startswith(b"text/html") or _HTML.search(body[:2000]) is not None,
        )


def _text(chunk: _Chunk) -> str:
    is_base64 = chunk.encoding == "base64" or _ENCODED.match(chunk.data) is not None
    if is_base64:
        data = unbase64(chunk.data)
    else:
        # Where a field that says so is damaged, base64 stands among the lines.
        data = _ENCODED_LINES.sub(lambda found: text_in_base64(found[0]) or found[0], chunk.data)
        data = quopri.decodestring(data) if chunk.encoding == "quoted-printable" else data
    return decode(data, chunk.charset)
