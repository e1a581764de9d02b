"""Bytes of a mail -> the key that names it, whichever way and however often it was delivered."""

from __future__ import annotations

import hashlib
import re

from assistant.parse.addresses import first_email

# Written by the servers on the way: a second delivery of the same mail differs in these and in nothing else.
_TRACE = (
    "authentication-results",
    "delivered-to",
    "delivery-date",
    "dkim-signature",
    "domainkey-signature",
    "envelope-to",
    "received",
    "received-spf",
    "return-path",
    "status",
    "x-[!-9;-~]{0,98}",
    "arc-[!-9;-~]{0,96}",
)
# Most lines of most heads are these. They are taken out at a stroke, a line's end before each, with all that is folded.
_TRACES = re.compile(rf"\n(?:{'|'.join(_TRACE)})[ \t]*+:[^\n]*+(?:\n[ \t][^\n]*+)*+".encode(), re.IGNORECASE)
# What is left of them is fields and nothing between, each with all that is folded.
_LASTING = re.compile(rb"\n([!-9;-~]{1,100})[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)")
_MAX_FROM = 2000
_FIELD = re.compile(rb"^([!-9;-~]{1,100})[ \t]*:")


def content_key(content: bytes) -> str:
    r"""Return the SHA-256, in hex, of the mail without its trace headers and with one kind of line ending.

    The Message-ID alone would not do: anybody can write one, two mails may carry the same, and some carry none.

    >>> content_key(b"Received: by a\r\nSubject: hi\r\n\r\nHello\r\n") == content_key(b"Subject: hi\n\nHello\n")
    True
    """
    return key_and_sender(content)[0]


def key_and_sender(content: bytes) -> tuple[str, str]:
    """Return the key, and the address that the mail says it is from: "" where there is none.

    Of each mail that comes both are wanted before it is stored, and its header is gone through once.
    """
    text = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    head, _, body = text.partition(b"\n\n")
    fields = _fields(head)
    digest = hashlib.sha256(b"".join([field + b"\n" for field in fields]) + b"\n")
    digest.update(body.rstrip(b"\n"))
    sender = next((field for field in fields if field.startswith(b"from:")), b"")
    return digest.hexdigest(), first_email(sender[len(b"from:") : _MAX_FROM].decode("utf-8", "replace"))


def _fields(head: bytes) -> list[bytes]:
    """Return the lasting fields, unfolded, names in lower case: servers fold and spell them as they like."""
    left = _TRACES.sub(b"", b"\n" + head)
    between, *found = _LASTING.split(left)
    if between or any(found[2::3]) or left.startswith(b"\nFrom "):
        return _by_lines(left)
    return [name.lower() + b":" + _unfolded(value) for name, value in zip(found[::3], found[1::3], strict=True)]


def _unfolded(value: bytes) -> bytes:
    return b" ".join([b" ".join(line.split()) for line in value.split(b"\n")])


def _by_lines(left: bytes) -> list[bytes]:
    """Return the same of a header in which other lines stand."""
    # Each field in pieces: to add to a header of 100,000 lines one line at a time takes half a minute.
    lasting: list[list[bytes]] = []
    for line in left.split(b"\n")[1:]:
        if line[:1] in b" \t" and line:
            if lasting:
                lasting[-1].append(b" ".join(line.split()))
        # An mbox file's own "From " line is no part of the mail.
        elif lasting or not line.startswith(b"From "):
            match = _FIELD.match(line)
            lasting.append([match[1].lower() + b":" + b" ".join(line[match.end() :].split()) if match else line])
    return [b" ".join(field) for field in lasting]
