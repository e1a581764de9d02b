"""A mail's header -> who it is from, where everybody reads that alike; and what tells a copy of it. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.policy import compat32

from assistant.parse.charsets import header_text, with_plain_ends
from assistant.parse.headers import Headers

_MOST_HEAD = 256 * 1024
_MOST_LINES = 3000
"""Of a header; mail servers refuse far fewer."""
_PLAIN = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?", re.IGNORECASE)
_ANGLE = re.compile(r"(?P<display>[^<>]{0,1000})<(?P<spec>[^<>\s]{3,320})>")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.){0,1000}"')
_ENCODED_QUOTED = re.compile(r'"[^"]{0,1000}=\?[^"]{0,1000}"')
_FROM_LINE = re.compile(rb"(?im)^[ \t]{0,3}from[ \t]{0,20}:")
_SIGNATURE = re.compile(rb"(?im)^(?:x-google-)?(?:dkim-signature|arc-message-signature):[^\n]*(?:\n[ \t][^\n]*)*")
"""It names the fields that it signs; some servers begin a line with one of them."""
_JOINERS = str.maketrans("", "", "\u200d\xa0\u202f")
"""What does not print and stands in names all the same: between the parts of an emoji, and for a space."""
_SIGNED_ONCE = (
    *("from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "reply-to", "sender"),
    *("mime-version", "content-type", "content-transfer-encoding"),
)


def plain_sender(content: bytes, aliases: Collection[str] = ()) -> str | None:
    r"""Return the address of the one From that everybody reads alike; None where two readers could differ.

    A Sender beside it has to be the same, or one of `aliases`: other addresses of that person, from which their mail
    program sends.

    >>> plain_sender(b"From: Dana <Dana@clinic.example>\r\n\r\nDone")
    'dana@clinic.example'
    >>> plain_sender(b"From: dana@clinic.example, x@evil.example\r\n\r\nDone")
    """
    head = header_of(content)
    if head is None or len(_FROM_LINE.findall(_SIGNATURE.sub(b"", head))) != 1:
        return None
    fields = fields_of(head)
    headers = _headers(head)
    raw = [value for name, value in fields if name == "from"]
    if len(raw) != 1 or not any(name == "from" for name in _names_as_written(head)):
        return None
    once = [name for name in _SIGNED_ONCE if len(headers.every(name)) > 1]
    shown = headers.sender
    spec = _spec(unfolded(raw[0]))
    if once or shown is None or spec is None or shown.email != spec:
        return None
    if "sender" in headers and _spec(unfolded(headers.raw("sender"))) not in {spec, *aliases}:
        return None
    return spec


def mark_of(content: bytes) -> str:
    """Return what stays the same when somebody sends a signed mail again and changes what is not signed.

    That is whose it is, when they wrote it, and its text: signatures cover them, the Message-ID often not.
    """
    body = with_plain_ends(content).replace(b"\r\n", b"\n").partition(b"\n\n")[2]
    dated = [value for name, value in fields_of(header_of(content) or b"") if name == "date"]
    words = hashlib.sha256(b"".join(body.split())).hexdigest()
    told = f"{plain_sender(content)}\x1f{' '.join(''.join(dated).split())}\x1f{words}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def header_of(content: bytes) -> bytes | None:
    """Return the header, its lines ended alike; None where it holds what no mail program writes."""
    content = with_plain_ends(content[:_MOST_HEAD]).replace(b"\r\n", b"\n")
    head, gap, _ = content.partition(b"\n\n")
    if (not gap and len(content) >= _MOST_HEAD) or head.count(b"\n") > _MOST_LINES:
        return None
    # A bare CR ends a line for some servers and not for others; a NUL ends the text for some.
    return None if b"\r" in head or b"\x00" in head else head


def fields_of(head: bytes) -> list[tuple[str, str]]:
    """Return the fields in order; the same parser reads what is shown."""
    try:
        mime = message_from_bytes(head + b"\n\n", policy=compat32)
    except (ValueError, LookupError, TypeError, MessageError):
        return []
    return [(name.strip().lower(), str(value)) for name, value in mime.raw_items()]


def _headers(head: bytes) -> Headers:
    return Headers(message_from_bytes(head + b"\n\n", policy=compat32))


def _names_as_written(head: bytes) -> Iterator[str]:
    """Return the names of the fields without the white space that some write before the colon and others refuse."""
    for line in head.split(b"\n"):
        name, colon, _ = line.partition(b":")
        if colon and not name[:1].isspace():
            yield name.decode("ascii", "replace").lower()


def unfolded(value: str) -> str:
    return re.sub(r"\r?\n[ \t]", " ", value).strip()


def _spec(value: str) -> str | None:
    """Return the plain address of a From or Sender: alone, or after a name that no reader takes for an address."""
    match = _ANGLE.fullmatch(value)
    spec, display = (match["spec"], match["display"].strip()) if match else (value, "")
    if not _PLAIN.fullmatch(spec):
        return None
    bare = _QUOTED.sub("", display)
    if any(char in bare for char in '()<>@,;:\\"[]'):
        return None
    # What a name spells in encoded words is an address to some.
    told = header_text(display.replace('"', " "))
    if _ENCODED_QUOTED.search(display) and any(char in told for char in "<>@"):
        return None
    plain = display.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    is_odd = "@" in told or "=?" in told or not (told + plain).translate(_JOINERS).isprintable()
    return None if is_odd and told.strip().lower() != spec.lower() else spec.lower()
