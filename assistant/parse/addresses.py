"""An address field (From, To, Cc) -> its mailboxes, read in one pass that nothing in the field can fool or slow."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.parse.charsets import header_text
from assistant.records import Address

_LOCAL = r"[^\s\x00-\x1f\x7f()<>\[\]:;@\\,\"]{1,64}"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_EMAIL = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL}){{0,10}}")
_PLAIN = re.compile(rf'[^()<>,:;"\\]{{0,200}}<({_EMAIL.pattern})>\s{{0,100}}')
"""A name and an address, as nearly all mails have them: nothing in it is read in two ways."""
_PIECE = re.compile(r'"(?:[^"\\]|\\.){0,2000}"|\\.|[()<>,:;]|[^()<>,:;"\\]+|.', re.DOTALL)
_MAX_NAME = 200
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Mailbox:
    address: Address | None
    """None where what stands there is no address."""
    is_strict: bool
    """False where two readers could take it for two different addresses."""


@dataclass(slots=True)
class _Entry:
    """What has been read of one entry so far."""

    display: str = ""
    spec: str | None = None
    comment: str = ""
    is_odd: bool = False

    def mailbox(self) -> Mailbox | None:
        if self.spec is None and not self.display.strip():
            return None
        spec = (self.display if self.spec is None else self.spec).strip()
        if not _EMAIL.fullmatch(spec):
            return Mailbox(None, is_strict=False)
        shown = "" if self.spec is None else self.display
        # `boss@clinic.example <other@x.example>` shows one sender and is another.
        bare = re.sub(r'"[^"]{0,2000}"', "", shown).strip().lower()
        is_strict = not self.is_odd and ("@" not in bare or bare == spec.lower())
        name = header_text(re.sub(r'\\(.)|"', r"\1", shown).strip() or self.comment.strip())
        return Mailbox(Address(email=spec.lower(), name=name[:_MAX_NAME]), is_strict=is_strict)


@dataclass(slots=True)
class _Reader:
    boxes: list[Mailbox] = field(default_factory=list)
    entry: _Entry = field(default_factory=_Entry)
    comment_depth: int = 0
    is_in_angle: bool = False
    is_in_group: bool = False

    def take(self, piece: str) -> None:
        if piece in ("(", ")"):
            self._bracket(piece)
        elif self.comment_depth:
            self.entry.comment += piece.removeprefix("\\")
        elif self.is_in_angle:
            self._in_angle(piece)
        elif piece == "<":
            self.entry.is_odd = self.entry.is_odd or self.entry.spec is not None
            self.entry.spec, self.is_in_angle = self.entry.spec or "", True
        elif piece in (",", ";", ":"):
            self._separator(piece)
        else:
            self.entry.display += piece.removeprefix("\\")
            self.entry.is_odd = (
                self.entry.is_odd or piece == ">" or (self.entry.spec is not None and not piece.isspace())
            )

    def _bracket(self, piece: str) -> None:
        self.entry.is_odd = self.entry.is_odd or self.is_in_angle or (piece == ")" and not self.comment_depth)
        self.comment_depth = max(0, self.comment_depth + (1 if piece == "(" else -1))
        # A comment in the middle of an address is legal, and read differently by everyone: it leaves a gap.
        self.entry.display += " " if self.entry.spec is None else ""

    def _in_angle(self, piece: str) -> None:
        if piece == ">":
            self.is_in_angle = False
        else:
            self.entry.spec = (self.entry.spec or "") + piece

    def _separator(self, piece: str) -> None:
        if piece == ":":  # the name of a group ends here (RFC 5322, 3.4)
            self.is_in_group = True
            self.entry = _Entry(is_odd=True)
            return
        self.end_entry()
        self.is_in_group = self.is_in_group and piece != ";"
        self.entry = _Entry(is_odd=self.is_in_group)

    def end_entry(self) -> None:
        self.entry.is_odd = self.entry.is_odd or self.is_in_angle or self.comment_depth > 0
        box = self.entry.mailbox()
        if box is not None:
            self.boxes.append(box)


def mailboxes(text: str) -> list[Mailbox]:
    """Return the entries of an address field (RFC 5322, 3.4): groups opened, comments cut.

    >>> [box.address.email for box in mailboxes('"Ruiz, T." <TRuiz@clinic.example>, lee@lab.example (Dr. Lee)')]
    ['truiz@clinic.example', 'lee@lab.example']
    """
    reader = _Reader()
    # Letters that stand there unencoded come as halves of letters, which no file can hold.
    for piece in _PIECE.findall(_whole(text)):
        reader.take(piece)
    reader.end_entry()
    return reader.boxes


def first_email(text: str) -> str:
    """Return, in lower case, the address of the first entry that has one; "" where none has.

    >>> first_email("Teresa Ruiz <TRuiz@clinic.example>"), first_email("nobody, lee@lab.example")
    ('truiz@clinic.example', 'lee@lab.example')
    """
    if plain := _PLAIN.fullmatch(_whole(text)):
        return plain[1].lower()
    found = (box.address for box in mailboxes(text))
    return next((address.email for address in found if address is not None), "")


def _whole(text: str) -> str:
    """Return the text with the letters that the parser carried along as bytes."""
    if not _HALF.search(text):
        return text
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return _HALF.sub("\ufffd", text)
