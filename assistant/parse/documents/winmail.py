"""Outlook's own wrapping of a mail (winmail.dat, TNEF) -> what is in it, as MIME."""

from __future__ import annotations

from email.message import Message as MimeMessage

from tnefparse import TNEF

from assistant.parse.charsets import decode
from assistant.parse.documents.built import built_mail

_HEAD = 6


def read_winmail(content: bytes) -> tuple[MimeMessage, bool]:
    """Return the text and the files that the wrapping holds, and whether it is whole.

    A mail within it is named, but empty.

    Raises:
        Exception: Whatever the library raises on a damaged file.
    """
    wrapping = TNEF(content, do_checksum=True)
    files = []
    for one in wrapping.attachments:
        if hasattr(one, "embed"):
            files.append((_text(one.long_filename()) or "attached.msg", "application/vnd.ms-outlook", b""))
        else:
            data = one.data if isinstance(one.data, bytes) else b"".join(one.data)
            files.append((_text(one.long_filename()), "application/octet-stream", data))
    is_read_to_its_end = _HEAD + sum(part.length for part in wrapping.objects) == len(content)
    is_whole = is_read_to_its_end and all(part.good_checksum for part in wrapping.objects)
    return built_mail({}, _text(wrapping.body), _text(wrapping.htmlbody), files), is_whole and (
        bool(files) or wrapping.has_body()
    )


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    text = decode(value, None) if isinstance(value, bytes) else str(value or "")
    return text.strip("\x00")
