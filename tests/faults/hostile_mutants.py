"""A normal mail and a number -> that mail damaged, the same way each time."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

_SPECIAL = b'\x00\r\n\t ="<>;:()@,-\\\xff\xfe\xc3\x80\x1b?'
_CHARSETS = (b"us-ascii", b"utf-16", b"utf-7", b"iso-2022-jp", b"x-none", b"utf-32", b"cp037", b"hz", b"", b"\xff")
_ENCODINGS = (b"base64", b"quoted-printable", b"7bit", b"8bit", b"binary", b"x-uuencode", b"", b"base64; x", b"\x00")
_TYPES = (b"multipart/mixed", b"message/rfc822", b"text/html", b"image/png", b"text", b"multipart/alternative", b"/")
_HEAD = re.compile(rb"\r?\n\r?\n")


def mutant(mail: bytes, number: int) -> bytes:
    """Return the mail with one to three injuries; `number` decides on all of them."""
    chance = Random(number)
    for _ in range(chance.choice((1, 1, 2, 3))):
        mail = chance.choice(INJURIES)(mail, chance)
    return mail


def _flip(mail: bytes, chance: Random) -> bytes:
    """Flip bits of some bytes."""
    changed = bytearray(mail)
    for _ in range(chance.randint(1, 12) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _special(mail: bytes, chance: Random) -> bytes:
    """Set bytes that mean something: NULs, line ends, quotes, half letters."""
    changed = bytearray(mail)
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(changed))
        changed[at : at + chance.randint(0, 1)] = bytes([chance.choice(_SPECIAL)]) * chance.choice((1, 1, 1, 40))
    return bytes(changed)


def _cut(mail: bytes, chance: Random) -> bytes:
    """End the mail anywhere, or begin it there."""
    at = chance.randint(0, len(mail))
    return mail[:at] if chance.random() < 0.8 else mail[at:]


def _without(mail: bytes, chance: Random) -> bytes:
    """Take a piece out."""
    at = chance.randint(0, len(mail))
    return mail[:at] + mail[at + chance.randint(1, 300) :]


def _twice(mail: bytes, chance: Random) -> bytes:
    """Copy a piece to somewhere else."""
    at, to = chance.randint(0, len(mail)), chance.randint(0, len(mail))
    return mail[:to] + mail[at : at + chance.randint(1, 300)] + mail[to:]


def _headers(mail: bytes, chance: Random) -> bytes:
    """Double, swap, fold or drop lines of the headers."""
    found = _HEAD.search(mail)
    end = found.start() if found else len(mail)
    lines = mail[:end].split(b"\r\n" if b"\r\n" in mail[:end] else b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            lines.insert(other, lines[one])
        case 1:
            lines[one], lines[other] = lines[other], lines[one]
        case 2:
            lines[one] = b" " + lines[one]
        case _:
            del lines[one]
    return b"\r\n".join(lines) + mail[end:]


def _lie(pattern: bytes, lies: tuple[bytes, ...]) -> Callable[[bytes, Random], bytes]:
    """Let every, or some one, place that matches say something else."""
    named = re.compile(pattern, re.IGNORECASE)

    def lie(mail: bytes, chance: Random) -> bytes:
        places = list(named.finditer(mail))
        if not places:
            return mail
        found, lie = chance.choice(places), chance.choice(lies)
        return mail[: found.start(1)] + lie + mail[found.end(1) :]

    return lie


def _boundary(mail: bytes, chance: Random) -> bytes:
    """Damage a boundary where it is named, or where it stands."""
    named = re.findall(rb"boundary=\"?([^\s\";]{1,70})", mail, re.IGNORECASE)
    places = [found for name in set(named) for found in re.finditer(re.escape(name) + rb"(?:--)?", mail)]
    if not places:
        return mail
    found = chance.choice(places)
    name = found[0]
    damaged = chance.choice(
        (b"", name[:-1], name + b"--", name.upper(), name[1:], b"--" + name, b"\n" + name, b"x" * 80)
    )
    return mail[: found.start()] + damaged + mail[found.end() :]


def _nest(mail: bytes, chance: Random) -> bytes:
    """Put the mail into another, a few times, not always with a boundary that ends."""
    for _ in range(chance.choice((1, 2, 3, 8, 40))):
        ends = b"\r\n--n--\r\n" if chance.random() < 0.5 else b""
        kind = chance.choice((b"Content-Type: message/rfc822\r\n\r\n", b"", b"Content-Type: text/plain\r\n\r\n"))
        head = b'From: a@x.example\r\nSubject: Fwd\r\nContent-Type: multipart/mixed; boundary="n"\r\n\r\n--n\r\n'
        mail = head + kind + mail + ends
    return mail


def _line_ends(mail: bytes, chance: Random) -> bytes:
    """Write the lines' ends another way."""
    plain = mail.replace(b"\r\n", b"\n")
    return plain.replace(b"\n", chance.choice((b"\n", b"\r", b"\r\r\n", b"\n\r", b"\r\n")))


INJURIES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flip,
    _special,
    _cut,
    _without,
    _twice,
    _headers,
    _lie(rb"charset=\"?([^\s\";]{1,40})", _CHARSETS),
    _lie(rb"content-transfer-encoding:[ \t]{0,5}([^\r\n]{1,40})", _ENCODINGS),
    _lie(rb"content-type:[ \t]{0,5}([\w-]{1,20}/[\w.+-]{1,60})", _TYPES),
    _boundary,
    _nest,
    _line_ends,
)
