"""An Outlook message (.msg) -> the same mail as MIME."""

from __future__ import annotations

from email.message import Message as MimeMessage

import oxmsg

from assistant.parse.documents.built import built_mail

_FIELDS = ("From", "To", "Cc", "Date", "Subject", "Message-ID", "In-Reply-To", "References")


def read_outlook(content: bytes) -> MimeMessage:
    """Return the mail with its files; a mail within it is named, but empty.

    Raises:
        Exception: Whatever the library raises on a damaged file.
    """
    message = oxmsg.Message.load(content)
    sent = {name.lower(): value for name, value in message.message_headers.items()}
    given = {name: sent.get(name.lower(), "") for name in _FIELDS}
    given["Subject"] = given["Subject"] or message.subject
    given["From"] = given["From"] or message.sender or ""
    given["To"] = given["To"] or ", ".join(f'"{one.name}" <{one.email_address}>' for one in message.recipients)
    given["Date"] = given["Date"] or (f"{message.sent_date:%d %b %Y %H:%M:%S %z}" if message.sent_date else "")
    files = [
        (one.file_name or "", one.mime_type or "", one.file_bytes)
        if one.file_bytes is not None
        else (one.file_name or "attached.msg", "application/vnd.ms-outlook", b"")
        for one in message.attachments
    ]
    return built_mail(given, message.body, message.html_body, files)
