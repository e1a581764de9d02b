"""Bytes -> the mail's bodies and files, in order. The one file that parses MIME; it never raises.

The standard library's parser under `compat32` is the total one: `policy.default` parses each header anew, is several
times slower, and raises out of one malformed mail in seven. What even `compat32` cannot take is read as plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message as MimeMessage
from email.policy import compat32

from assistant.parse.charsets import decode, header_text, is_known, is_utf8, with_plain_ends
from assistant.parse.headers import Headers
from assistant.parse.transfer import unpacked

_MAX_DEPTH = 30
_MAX_PARTS = 1000
_MAX_BOUNDARIES = 300
# What the parser and its parts are known to raise on hostile input.
_PARSER_ERRORS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_CHARSET = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?([^\s\"';]{1,60})", re.IGNORECASE)
_BOILERPLATE = re.compile(r"(?:this is a )?(?:multi-?part |s/?mime )", re.IGNORECASE)
_PART_HEADER = re.compile(r"^content-[a-z-]{2,40}:", re.IGNORECASE | re.MULTILINE)
_MIN_STRAY = 8
_MAX_BOILERPLATE = 200

KNOWN_TYPES = (
    "application/", "audio/", "font/", "image/", "message/", "model/", "multipart/", "text/", "video/",
)  # fmt: skip

BROKEN = "Part of this mail is damaged; what could be read of it is shown."
TOO_DEEP = "This mail is built of more parts than we read; the rest is left out."
ODD_CHARSET = "This mail names an alphabet that does not exist; some letters may be wrong."


@dataclass(frozen=True, slots=True)
class Body:
    """One text that the reader sees, in one form or in two."""

    plain: str | None = None
    html: str | None = None
    is_damaged: bool = False
    """True where its bytes are not what its headers say."""


@dataclass(frozen=True, slots=True)
class File:
    name: str
    media_type: str
    data: bytes
    charset: str | None = None
    is_inline_image: bool = False
    mime: MimeMessage | None = None
    """The mail in it, where it is one."""


@dataclass(slots=True)
class Opened:
    """A mail, opened."""

    headers: Headers
    media_type: str
    report_type: str
    bodies: list[Body] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    parts: int = 0

    def note(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def open_mail(content: bytes) -> Opened:
    """Open a mail; its structure beyond the caps is left out and said so."""
    content = with_plain_ends(content)
    if content.lower().count(b"boundary=") <= _MAX_BOUNDARIES:
        try:
            return open_mime(message_from_bytes(content, policy=compat32))
        except _PARSER_ERRORS:
            pass
    head, _, body = content.replace(b"\r\n", b"\n").partition(b"\n\n")
    opened = open_mime(message_from_bytes(_flat(head) + b"\n\n", policy=compat32))
    opened.bodies = [Body(plain=decode(body, None))]
    opened.note(BROKEN)
    return opened


def open_mime(mime: MimeMessage, depth: int = 0) -> Opened:
    media_type = _media_type(mime)
    report_type = _parameter(mime, "report-type") if media_type == "multipart/report" else ""
    opened = Opened(headers=Headers(mime), media_type=media_type, report_type=report_type)
    _walk(mime, opened, depth)
    if mime.defects and not opened.bodies and not opened.files:
        opened.note(BROKEN)
    return opened


def _flat(head: bytes) -> bytes:
    """Return the header fields without those that say how the body is built."""
    return re.sub(rb"(?im)^content-[a-z-]{1,40}[ \t]*:", b"X-Was-Content:", head)


def _walk(mime: MimeMessage, opened: Opened, depth: int) -> None:
    opened.parts += 1
    if depth > _MAX_DEPTH or opened.parts > _MAX_PARTS:
        opened.note(TOO_DEEP)
        return
    media_type = _media_type(mime)
    is_built = media_type.startswith("multipart/")
    if not mime.is_multipart():
        if is_built:
            _stray(_raw(mime).decode("ascii", "surrogateescape"), opened, depth)
        else:
            _leaf(mime, media_type, opened)
        return
    parts = [part for part in mime.get_payload() if isinstance(part, MimeMessage)]
    if not is_built:
        _enclosed(mime, parts, media_type, opened)
        return
    _stray(mime.preamble, opened, depth)
    if media_type == "multipart/alternative":
        _alternative(parts, opened, depth)
    else:
        for part in parts:
            _walk(part, opened, depth + 1)
    _stray(mime.epilogue, opened, depth)


def _stray(text: str | None, opened: Opened, depth: int) -> None:
    """Keep text that stands outside of all parts: where a boundary is damaged, it is a part."""
    words = (text or "").strip()
    if len(words) < _MIN_STRAY or (len(words) < _MAX_BOILERPLATE and _BOILERPLATE.match(words)):
        return
    opened.note(BROKEN)
    start = _PART_HEADER.search(words)
    before = words[: start.start()] if start else words
    loose = "\n".join(line for line in before.split("\n") if not line.startswith("--")).strip()
    if loose and not _BOILERPLATE.match(loose):
        opened.bodies.append(Body(plain=decode(_escaped(loose), None)))
    if start:
        _walk(message_from_bytes(_escaped(words[start.start() :]), policy=compat32), opened, depth + 1)


def _escaped(text: str) -> bytes:
    """Return the bytes that the parser carries along in its text."""
    return text.encode("utf-8", "surrogateescape")


def _alternative(parts: list[MimeMessage], opened: Opened, depth: int) -> None:
    """Pair the forms of one text; what is no form of it (an invitation, a picture) is walked as always."""
    bodies: list[Body] = []
    for part in parts:
        inner = Opened(headers=opened.headers, media_type="", report_type="", parts=opened.parts)
        _walk(part, inner, depth + 1)
        opened.parts = inner.parts
        for problem in inner.problems:
            opened.note(problem)
        opened.files += inner.files
        bodies += inner.bodies
    # One form that is whole is worth more than two of which one is not.
    bodies = [body for body in bodies if not body.is_damaged] or bodies
    plain = [body.plain for body in bodies if body.plain is not None]
    html = [body.html for body in bodies if body.html is not None]
    if bodies:
        opened.bodies.append(Body(plain="\n".join(plain) if plain else None, html="\n".join(html) if html else None))


def _enclosed(mime: MimeMessage, enclosed: list[MimeMessage], media_type: str, opened: Opened) -> None:
    """Keep a mail within the mail, or the blocks of a delivery report."""
    name = _file_name(_stated_name(Headers(mime)), media_type)
    if media_type == "message/rfc822" and enclosed:
        opened.files.append(File(name=name, media_type=media_type, data=b"", mime=enclosed[0]))
        return
    lines = (f"{key}: {header_text(str(value))}" for part in enclosed for key, value in part.raw_items())
    data = "\n".join(lines).encode("utf-8", "replace")
    opened.files.append(File(name=name, media_type=media_type, data=data, charset="utf-8"))


def _leaf(mime: MimeMessage, media_type: str, opened: Opened) -> None:
    fields = Headers(mime)
    data, is_whole = _decoded(mime, fields)
    charset = _charset(fields)
    name = _stated_name(fields)
    if not _is_body(fields, name, media_type, data):
        if not is_whole:
            opened.note(BROKEN)
        opened.files.append(_file(fields, name, media_type, data, charset))
        return
    if not is_known(charset):
        opened.note(ODD_CHARSET)
    is_whole = is_whole and ((charset or "").lower() not in ("utf-8", "utf8") or is_utf8(data))
    if not is_whole:
        opened.note(BROKEN)
    text = decode(data, charset)
    is_html = media_type == "text/html"
    opened.bodies.append(Body(plain=None if is_html else text, html=text if is_html else None, is_damaged=not is_whole))


def _file(fields: Headers, name: str, media_type: str, data: bytes, charset: str | None) -> File:
    is_inline = "content-id" in fields or _disposition(fields).startswith("inline")
    return File(
        name=_file_name(name, media_type),
        media_type=media_type,
        data=data,
        charset=charset,
        is_inline_image=is_inline and media_type.startswith("image/"),
    )


def _is_body(fields: Headers, name: str, media_type: str, data: bytes) -> bool:
    if name or _disposition(fields).startswith("attachment"):
        return False
    if media_type in ("text/plain", "text/html", "text/enriched", "text/richtext"):
        return True
    # A type that nobody knows is most often a damaged text/plain.
    return not media_type.startswith(KNOWN_TYPES) and _looks_like_text(data)


def _looks_like_text(data: bytes) -> bool:
    sample = data[:4000]
    return bool(sample.strip()) and sum(byte < 9 or 13 < byte < 32 for byte in sample) * 50 < len(sample)  # noqa: PLR2004 -- ASCII's control characters


def _decoded(mime: MimeMessage, fields: Headers) -> tuple[bytes, bool]:
    """Return a part's bytes, decoded, and whether they are what its headers say."""
    return unpacked(_raw(mime), fields.raw("content-transfer-encoding").strip().strip("\"'").lower())


def _raw(mime: MimeMessage) -> bytes:
    """Return a part's bytes as they came: the parser's own decoding loses what its headers do not explain."""
    del mime["content-transfer-encoding"]
    try:
        payload = mime.get_payload(decode=True)
    except _PARSER_ERRORS:
        return b""
    return payload if isinstance(payload, bytes) else b""


def _media_type(mime: MimeMessage) -> str:
    try:
        return mime.get_content_type()
    except _PARSER_ERRORS:
        return "text/plain"


def _charset(fields: Headers) -> str | None:
    found = _CHARSET.search(fields.raw("content-type"))
    return found[1] if found else None


def _parameter(mime: MimeMessage, name: str) -> str:
    try:
        return str(mime.get_param(name) or "").lower()
    except _PARSER_ERRORS:
        return ""


def _disposition(fields: Headers) -> str:
    return fields.raw("content-disposition").strip().lower()


def _stated_name(fields: Headers) -> str:
    named = MimeMessage()
    for field_name in ("content-disposition", "content-type"):
        for value in fields.every(field_name):
            if "name" in value.lower():
                # Letters that stand there unencoded are against the rules and common.
                named[field_name] = decode(_escaped(value), None).replace("\r", "").replace("\n", " ")
    try:
        return (named.get_filename() or "") if named else ""
    except _PARSER_ERRORS:
        return "unnamed"


def _file_name(stated: str, media_type: str) -> str:
    """Return the file's own name without any folder, or one made of its type."""
    name = header_text(stated).replace("\\", "/").rpartition("/")[2].strip()
    return name[:200] or f"unnamed {media_type.partition('/')[2]}"[:200]
