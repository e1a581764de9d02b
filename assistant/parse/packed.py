"""A file that holds a mail (.msg, .eml, winmail.dat) -> the mail. One level deep: what it packs stays closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as MimeMessage
from email.policy import compat32

from assistant.parse.attachments import Desk, opened
from assistant.parse.documents import Extracted, about, kind_of
from assistant.parse.mime import File
from assistant.records import Attachment

DAMAGED = "is damaged; what could be read of it is shown."
_PACKED = frozenset({"outlook", "winmail", "mail"})


@dataclass(frozen=True, slots=True)
class Packed:
    """A file that ought to hold a mail."""

    listed: Attachment
    mime: MimeMessage | None
    """None where it could not be opened; `listed` says why."""
    is_wrapping: bool
    """True where it is not another mail, but the mail itself in Outlook's wrapping."""


def packed_mail(file: File, desk: Desk, *, is_inner: bool) -> Packed | None:
    """Return the mail in a file; None where it is no such file.

    Args:
        file: Any file of a mail.
        desk: Whether it may be opened.
        is_inner: True where the file itself was packed in such a file; then it stays closed.
    """
    kind = kind_of(file.name, file.media_type, file.data)
    if kind.read_as not in _PACKED:
        return None
    found: list[MimeMessage] = []

    def read() -> Extracted:
        mime, is_whole = _reader(kind.read_as)(file.data)
        found.append(mime)
        return Extracted(problem=None if is_whole else about(kind, file.data, DAMAGED))

    if is_inner:
        said = Extracted(problem=about(kind, file.data, "lies within another packed mail; it is not opened."))
    else:
        said = opened(kind, file, desk, read)
    listed = Attachment(name=file.name, media_type=file.media_type, size=len(file.data), problem=said.problem)
    return Packed(listed, found[0] if found else None, is_wrapping=kind.read_as == "winmail")


def _reader(read_as: str) -> Callable[[bytes], tuple[MimeMessage, bool]]:
    """Return what reads the mail in a file, and tells whether that is whole."""
    if read_as == "outlook":
        from assistant.parse.documents.outlook import read_outlook  # noqa: PLC0415 - loaded when one comes

        return lambda content: (read_outlook(content), True)
    if read_as == "winmail":
        from assistant.parse.documents.winmail import read_winmail  # noqa: PLC0415

        return read_winmail
    return lambda content: (message_from_bytes(content, policy=compat32), True)
