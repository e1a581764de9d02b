"""What was read out of another format -> MIME, so that it is read on like any mail."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from email.message import Message as MimeMessage


def built_mail(
    fields: Mapping[str, str], plain: str | None, html: str | None, files: Sequence[tuple[str, str, bytes]]
) -> MimeMessage:
    """Return a mail of these header fields, this text in one form or two, and these files: name, media type, bytes."""
    mail = MimeMessage()
    for name, value in fields.items():
        if value:
            mail[name] = " ".join(value.split())
    mail["Content-Type"] = "multipart/mixed"
    forms = MimeMessage()
    forms["Content-Type"] = "multipart/alternative"
    texts = (("text/plain", plain), ("text/html", html))
    forms.set_payload([_part(form, text.encode("utf-8", "replace")) for form, text in texts if text])
    mail.set_payload([forms, *(_file(name, media_type, data) for name, media_type, data in files)])
    return mail


def _part(media_type: str, data: bytes) -> MimeMessage:
    part = MimeMessage()
    part["Content-Type"] = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(base64.encodebytes(data).decode("ascii"))
    return part


def _file(name: str, media_type: str, data: bytes) -> MimeMessage:
    part = _part(" ".join(media_type.split()) or "application/octet-stream", data)
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name[:200]))
    return part
