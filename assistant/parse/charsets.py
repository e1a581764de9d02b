"""Bytes or header text of any charset, named rightly, wrongly or not at all -> readable str. Never raises."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from functools import lru_cache

# What mail programs write, and what they mean by it.
_ALIASES = {
    "ansi": "cp1252",
    "ansi_x3.4-1968": "cp1252",
    "ascii": "cp1252",
    "cp-850": "cp850",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "ks_c_5601-1987": "cp949",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "us-ascii": "cp1252",
    "utf8": "utf-8",
    "x-unknown": "utf-8",
}
# Codecs that are no charset of any mail, and slow or loud with hostile input.
_REFUSED = frozenset({"", "idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "mbcs", "oem"})
# A reader cannot see these, a model can: zero-width characters, direction marks, and the "tag" characters.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    # Halves of letters, which some alphabets can smuggle in and no file can hold.
    "\ud800-\udfff]"
    # Joiners shape Persian, Indic scripts and emoji; beside plain letters they only split words.
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
# The flags of England, Scotland and Wales are spelled with tag characters.
_TAGS = re.compile("(?<![\U0001f3f4\U000e0000-\U000e007f])[\U000e0000-\U000e007f]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BREAKS = re.compile("\r\n?|[\x0c\x85\u2028\u2029]")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,5000})\?=")
_PLAIN = re.compile(rb"[\t\n\r -~]")
_SAMPLE = 4000
_MOSTLY = 0.9
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd]")
_DAMAGED = 0.2
_DOUBLED_ENDS = re.compile(rb"\r{2,20}\n")
_BASE64 = re.compile(rb"\s*[A-Za-z0-9+/\s]{24,}={0,2}\s*")
_BETWEEN_WORDS = re.compile(r"(\?=)[ \t]{1,80}(?==\?)")


def decode(data: bytes, charset: str | None) -> str:
    """Return the text; a charset that is missing, unknown or wrong falls back to UTF-8, then to Windows-1252."""
    named = _plain_name(charset or "")
    for name in (_ALIASES.get(named, named), "utf-8"):
        # UTF-8 that calls itself something smaller is common; the other way round does not decode by accident.
        if (name == "cp1252" and is_utf8(data)) or _is_belied(name, data):
            continue
        text = _decoded(data, name)
        if text is not None:
            return text
    return data.decode("cp1252", errors="replace")


def with_plain_ends(mail: bytes) -> bytes:
    """Return a mail whose lines end as lines do: where a relay has turned or doubled their ends, all is one header."""
    head = mail[:_SAMPLE]
    if b"\r\r\n" in head:
        return _DOUBLED_ENDS.sub(b"\r\n", mail)
    return mail.replace(b"\n\r", b"\n") if head.count(b"\n\r") > head.count(b"\r\n") else mail


def _is_belied(name: str, data: bytes) -> bool:
    """Tell whether plain text calls itself an alphabet in which its bytes would be other letters: EBCDIC, UTF-16."""
    sample = data[:_SAMPLE]
    return not _has_ascii(name) and len(_PLAIN.findall(sample)) >= _MOSTLY * max(1, len(sample))


@lru_cache(maxsize=256)
def _has_ascii(name: str) -> bool:
    # Eight bytes: an alphabet of two or four bytes a letter cannot even read five.
    return _decoded(b"Aa 1. ok", name) == "Aa 1. ok"


def _decoded(data: bytes, name: str) -> str | None:
    if name.replace("-", "_") in _REFUSED:
        return None
    try:
        return data.decode(name)
    except (LookupError, ValueError):
        return None


def _plain_name(charset: str) -> str:
    return charset.encode("ascii", "ignore").decode("ascii").strip("\"' \x00").split("*", maxsplit=1)[0].lower()


def is_utf8(data: bytes) -> bool:
    """Tell whether the bytes are UTF-8."""
    return _decoded(data, "utf-8") is not None


def is_known(charset: str | None) -> bool:
    """Tell whether the charset, where one is named, exists."""
    named = _plain_name(charset or "us-ascii")
    return _decoded(b"a", _ALIASES.get(named, named)) is not None


def visible(text: str) -> str:
    """Return the text as a reader sees it: no control or invisible characters, plain line breaks and spaces."""
    plain = text.replace("\r\n", "\n")
    # Most text needs no more. The one character that counts as printable, and cannot be seen, joins graphemes.
    if plain.replace("\n", " ").replace("\t", " ").isprintable() and "\u034f" not in plain:
        return plain
    plain = _CONTROL.sub("", _BREAKS.sub("\n", plain))
    if plain.isascii():
        return plain
    return _INVISIBLE.sub("", plain.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2007", " "))


def hides_tags(text: str) -> bool:
    """Tell whether the text carries words in "tag" characters, which nothing shows."""
    return not text.isascii() and _TAGS.search(text) is not None


def tag_words(text: str) -> str:
    """Return what the text says in "tag" characters."""
    if not hides_tags(text):
        return ""
    return "".join(chr(ord(char) - 0xE0000) for char in text if "\U000e0020" <= char <= "\U000e007e")


def header_text(raw: str) -> str:
    """Return a header's value unfolded, its encoded words (RFC 2047) decoded, on one line."""
    value = raw
    if not value.isascii():
        value = decode(value.encode("utf-8", "surrogateescape"), "utf-8")
    if "=?" in value:
        value = _WORD.sub(_encoded_word, _BETWEEN_WORDS.sub(r"\1", _joined(" ".join(value.split()))))
    return " ".join(visible(value).split())


def _joined(value: str) -> str:
    """Join neighbouring words of one charset and encoding: some programs break a letter's bytes over two of them."""
    parts: list[str] = []
    last: tuple[str, str] | None = None
    end = 0
    for match in _WORD.finditer(value):
        between = value[end : match.start()]
        kind = (match[1].lower(), match[2].lower())
        if kind == last and not between.strip() and not parts[-1].endswith("="):
            parts[-1] += match[3]
        else:
            parts += ["?=" if last else "", between, f"=?{match[1]}?{match[2]}?", match[3]]
        last, end = kind, match.end()
    return "".join(parts) + ("?=" if last else "") + value[end:]


def _encoded_word(match: re.Match[str]) -> str:
    charset, encoding, payload = match[1], match[2].lower(), match[3]
    if encoding == "q":
        data = quopri.decodestring(payload.replace("_", " ").encode("utf-8", "replace"), header=False)
    else:
        data = unbase64(payload.encode("ascii", "ignore"))
    return decode(data, charset)


def unbase64(data: bytes) -> bytes:
    """Return what the base64 holds; of damaged base64 all that can be had, line by line."""
    return base64_of(data)[0]


def text_in_base64(data: bytes) -> bytes | None:
    """Return the text in bytes that look like nothing but base64, whatever they are called; None elsewhere."""
    if _BASE64.fullmatch(data) is None:
        return None
    found = unbase64(data)
    # By chance, hardly any text is base64 of a text that has spaces; some of its letters may be damaged.
    text = found[:_SAMPLE].decode("utf-8", "replace")
    return found if " " in text and len(_NO_TEXT.findall(text)) <= len(text) * _DAMAGED else None


def base64_of(data: bytes) -> tuple[bytes, bool]:
    """Return what the base64 holds, as `unbase64` does, and whether all of it is base64, to the last padding."""
    try:
        return base64.b64decode(b"".join(data.split()), validate=True), True
    except binascii.Error:
        # The lines of a mail's base64 are each whole, so that a damaged one need not garble those after it.
        return b"".join(_base64_line(line) for line in data.split(b"\n")), False


def _base64_line(line: bytes) -> bytes:
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", line)
    clean = clean[: len(clean) - 1] if len(clean) % 4 == 1 else clean
    return base64.b64decode(clean + b"=" * (-len(clean) % 4))
