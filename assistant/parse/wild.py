"""A mail's raw bytes -> every line of words that could be read in them, by somebody who knows nothing of MIME.

No boundary, no declared encoding and no declared alphabet is believed: of a damaged mail, any of these may be the lie.
A byte is left out only where its own form says what it is: a file by its first bytes, a field of a header, a tag that
is built as tags are. Whatever looks like one of these and is not built like it counts as text. Letters beyond ASCII are
not looked at: which they are depends on an alphabet that may be a lie.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from html import unescape

from assistant.parse.charsets import header_text
from assistant.parse.documents.kinds import by_bytes
from assistant.parse.transfer import unquoted

_MAX_RAW = 400_000
_MAX_DEPTH = 3
_ENDS = re.compile(rb"\r{0,20}\n\r?|\r")
# No word is as long as a line of base64; what is shorter stands at the end of such lines.
_RUN = re.compile(rb"[A-Za-z0-9+/]{16,}={0,2}(?:\n[A-Za-z0-9+/]{1,1000}={0,2}(?=\n|\Z)){0,9000}")
_BOUNDARY = re.compile(rb"\n--\S{1,200}[ \t]{0,5}(?=\n|\Z)")
_NAMED_BOUNDARY = re.compile(rb"boundary\s{0,9}=\s{0,9}\"([^\"\n]{1,200} [^\"\n]{1,200})\"", re.IGNORECASE)
_MAX_NAMED = 20
_MIN_RUN = 40
_LETTERS = re.compile(rb"[A-Z]?[a-z]{1,40}|[A-Z]{1,40}")
_MANY_LINES = re.compile(rb"(?:\n[A-Za-z0-9+/]{60,100}+){20,}+")
_END = 2000
_STRETCH = re.compile(rb"(?:[\t\n\r -~]|[\xc2-\xf4][\x80-\xbf]{1,3}){16,}")
# An electronic signature (DER, or BER without lengths) names those who vouch for it.
_SEALS = (b"\x30\x82", b"\x30\x80")
_MOSTLY, _FAIRLY = 0.95, 0.4
# Each ends where the next would begin, so that many that are left open cost no more than one.
_ALPHABET_SHIFT = re.compile(rb"\x1b\$[^\x1b]{0,5000}+(?:\x1b\([BJ])?|~\{[^\n~]{0,5000}+(?:~\})?")
_UTF7 = re.compile(rb"\+[A-Za-z0-9+/]{2,200}-")
# What is no text, from its first bytes to its last; it ends with its part where its own end is missing.
_FILES = re.compile(
    rb"BEGIN:(V[A-Z]{3,10})\b.*?(?:END:\1|(?=\n--\S)|\Z)|%PDF-.*?(?:%%EOF|(?=\n--\S)|\Z)"
    rb"|\{\\rtf.*?(?:(?=\n--\S)|\Z)|\nbegin [0-7]{3} [^\n]{1,200}\n(?:[!-`][ -`]{0,80}\n){1,9000}"
    rb"|\n>{0,3}From \S{1,200} [^\n]{0,60}[12]\d\d\d(?=\n)",
    re.DOTALL,
)
# A tag that is built as tags are; between its quotes no other may begin.
# Nothing here gives back what it took: of a tag that does not end, nothing is tried twice.
_ATTRIBUTES = (
    r"(?:\s{0,200}+[a-zA-Z_:@-][\w:.@-]{0,60}+\s{0,9}+=\s{0,9}+"
    r"(?:\"[^\"<>]{0,20000}+\"|'[^'<>]{0,20000}+'|[^\s\"'<>]{1,2000}+)){0,60}+"
)
_TAG = re.compile(
    rf"</?[a-zA-Z][a-zA-Z0-9:_-]{{0,30}}+{_ATTRIBUTES}(?:\s{{1,200}}+[a-z]{{1,12}}+[\"']?+){{0,2}}+{_ATTRIBUTES}\s{{0,200}}+/?>",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"<!doctype[^<>]{0,300}>|<!\[?(?:if|endif)[^<>]{0,100}>|<\?xml[^<>]{0,300}>|<!--(?:[^<-]|-(?!->)|<(?!!--)){0,20000}+-->"
    r"|<style\b[^<>]{0,300}>[^<]{0,50000}(?:<!(?:--|\[CDATA\[)[^<]{0,50000})?|<title\b[^<>]{0,100}>[^<]{0,500}"
    r"|<script\b[^<>]{0,300}+>(?:[^<]|<(?!/?script)){0,50000}+",
    re.IGNORECASE | re.DOTALL,
)
# What programs write where a reader sees another form of the same.
_POINTER = re.compile(
    r"\bmulti-?part message in mime format|\bhtml (?:version|view|format|mail|e-?mail|client)\b", re.IGNORECASE
)
_MAX_POINTER = 160
_BREAK = re.compile(r"</?(?:p|div|br|tr|td|th|li|h[1-6]|table|blockquote|pre|ul|ol)\b", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|mailto:|cid:|www\.)[^\s<>]{1,2000}", re.IGNORECASE)
_FIELD = re.compile(r"([A-Za-z][\w-]{1,75})[ \t]{0,5}:")
# A field that nobody knows; styles are written like it, but small.
_OTHER = re.compile(r"[A-Z]\w{0,30}-")
_PARAMETER = r"(?:[\w*-]{1,40}\s{0,60}+(?:=\s{0,60}+(?:\"[^\"\n]{0,300}\"|[^\s\";,]{0,200}))?)"
_CONTENT = re.compile(
    rf"\s{{0,60}}+[^\s;]{{0,300}}\s{{0,60}}+(?:;\s{{0,60}}+{_PARAMETER}?\s{{0,60}}+){{0,12}}(?:\([^()]{{0,100}}\))?\s{{0,60}}"
)
_CARRIED = re.compile(
    r"\([^()]{0,300}\)|\b(?:with|over|via|by|for|id|from|e?smtps?a?|tls|server|microsoft|smtpsvc|secured channel)\b",
    re.IGNORECASE,
)
# Fields in which programs write sentences of their own.
_REMARKS = re.compile(
    r"x-(?:spam|.{0,30}(?:report|scan|virus|filter|abuse|info|warning|comment|note))|.{0,30}(?:spf|authentication)"
    r"|autocrypt|x-original|list-|comments|keywords|diagnostic|organi[sz]ation",
    re.IGNORECASE,
)
_MACHINES = re.compile(
    r"content-|subject|x-|received|return-path|date|message-id|mime-version|references|in-reply-to|dkim|domainkey|arc-|authentication"
    r"|thread-|deliver|envelope|feedback|importance|priority|precedence|accept|user-agent|auto-|errors-to|resent-"
    r"|reply-to|sender|from|to|cc|bcc|sent|list-|autocrypt|openpgp|disposition|original-|final-|reporting-|remote-"
    r"|arrival|last-|action|status|diagnostic|will-retry|source|mailing|msip|deferred|status|lines|path|newsgroups"
    r"|nntp|cancel|xref|organi[sz]ation|comments|keywords|importance|sensitivity|language|mail-",
    re.IGNORECASE,
)
_PROSE = re.compile(r"(?<![\w.@-])(?:[A-Za-z'\u2019]{1,30}[,.;:!?]{0,2}[ \t\n]{1,9}){4,400}[A-Za-z]{1,30}(?![\w@-])")
WORD = re.compile(r"(?<![^\W_])(?<![+=\ufffd])[A-Za-z]{4,30}(?![^\W_])(?![+=\ufffd])")


def lines_in(content: bytes) -> Iterator[str]:
    """Yield every line of words that stands in the bytes in any way that a mail may write them."""
    text = _ENDS.sub(b"\n", content) if b"\r" in content else content
    if len(text) > _MAX_RAW:
        # The middle of a long file is left out, and so it is not what the length is spent on.
        text = _MANY_LINES.sub(lambda found: _ends_of(found[0]), text)
    text = b"\n" + text[:_MAX_RAW]
    for name in {*_NAMED_BOUNDARY.findall(text)[:_MAX_NAMED]}:
        text = text.replace(b"\n--" + name, b"\n")
    if b"utf-7" in text.lower():
        text = _UTF7.sub(b"\xff", text)
    yield from _lines(_plain(text, 0))


def _ends_of(lines: bytes) -> bytes:
    return lines if len(lines) < 2 * _END else lines[:_END] + b"\n" + lines[-_END:]


def is_pointer(line: str) -> bool:
    """Tell whether a line only says that there is another form to read."""
    return len(line) <= _MAX_POINTER and _POINTER.search(line) is not None


def plain(text: str) -> str:
    """Return a text as the lines of the raw bytes are written here, so that the two can be compared."""
    return unescape(_unquoted(text))


def _unquoted(text: str) -> str:
    return unquoted(text.encode("utf-8", "replace")).decode("utf-8", "replace")


def _plain(data: bytes, depth: int) -> str:
    """Return bytes as text, with what is base64 in them decoded, and files left out."""
    data = _BOUNDARY.sub(b"\n", _FILES.sub(b"\n", _ALPHABET_SHIFT.sub(b" ", data.replace(b"\x00", b""))))
    return _decoded(_RUN.sub(lambda run: _in_run(run[0], depth), data) if depth < _MAX_DEPTH else data)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except ValueError:
        return data.decode("ascii", "replace")


def _in_run(run: bytes, depth: int) -> bytes:
    """Return what a run of letters says as base64; the run itself where it is rather a word."""
    if len(run) < _MIN_RUN:
        return b" ".join(one if _LETTERS.fullmatch(one) else b"" for one in run.split(b"\n"))
    letters = run.replace(b"\n", b"").rstrip(b"=").replace(b"=", b"")
    first = _unbase64(letters)
    if by_bytes(first) is not None or first.startswith(_SEALS):
        return b"\n"
    readings = [first]
    if sum(map(len, _STRETCH.findall(first))) < _MOSTLY * len(first):
        # Where it begins in the middle of something, the three bytes begin at another of the four letters.
        readings += [_unbase64(letters[start:]) for start in (1, 2, 3)]
    found = [stretch for one in readings for stretch in _STRETCH.findall(one.replace(b"\x00", b""))]
    if sum(map(len, found)) < _FAIRLY * len(first):
        # Of what is hardly text, names and labels are no loss; a sentence is.
        found = [one[0].encode() for stretch in found for one in _PROSE.finditer(_decoded(stretch))]
    if not found:
        return b" "
    return b"\n" + "\n".join(_plain(one, depth + 1) for one in found).encode() + b"\n"


def _unbase64(letters: bytes) -> bytes:
    return binascii.a2b_base64(letters[: len(letters) // 4 * 4])


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text, of fields only what is no value such as the field has."""
    fields: list[tuple[str, list[str]]] = []
    rest: list[str] = []
    is_in_field = False
    for line in text.split("\n"):
        found = _FIELD.match(line)
        if found is not None and (_OTHER.match(found[1]) or _MACHINES.match(found[1])):
            fields.append((found[1].lower(), [line[found.end() :]]))
            is_in_field = True
        elif is_in_field and line[:1] in (" ", "\t"):
            fields[-1][1].append(line)
        else:
            is_in_field = False
            rest.append(header_text(line) if "=?" in line else line)
    for name, lines in fields:
        yield from _in_field(name, "\n".join(lines))
    shown = _TAG.sub(_gap, _MARKUP.sub("\n", _unquoted("\n".join(rest))))
    yield from _LINK.sub(" ", unescape(shown)).split("\n")


def _gap(tag: re.Match[str]) -> str:
    return "\n" if _BREAK.match(tag[0]) else " "


def _in_field(name: str, value: str) -> Iterator[str]:
    """Yield what of a field is no value such as it has."""
    if name.startswith("content-") and name != "content-description":
        if not _CONTENT.fullmatch(value):
            yield value
    elif name == "subject":
        yield header_text(value)
    elif not _REMARKS.match(name):
        said = _CARRIED.sub("|", value) if name == "received" else value
        yield from (found[0] for found in _PROSE.finditer(said))
