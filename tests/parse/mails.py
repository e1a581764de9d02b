"""Mails to read, built from what a test cares about."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.parse import content_key, parse
from assistant.records import Message, SpooledMail

SENT = datetime.fromisoformat("2026-03-11T09:00:00-05:00")
HEADERS = {
    "From": "Teresa Ruiz <truiz@clinic.example>",
    "To": "Dana Whitlock <dana@clinic.example>",
    "Subject": "Thursday list",
    "Date": "Wed, 11 Mar 2026 09:00:00 -0500",
    "Message-ID": "<m1@clinic.example>",
}


def raw(body: str = "Hello.\n", **headers: str | None) -> bytes:
    """Return a mail's bytes; a header given as None is left out, `_` in a name stands for `-`."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    fields = {**{name: value for name, value in HEADERS.items() if name not in given}, **given}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value is not None)
    return (head + "\r\n" + body.replace("\n", "\r\n")).encode("utf-8", "surrogateescape")


def alternative(plain: str, html: str, **headers: str | None) -> bytes:
    """Return a mail that says the same in plain text and in HTML, or ought to."""
    kind = "Content-Type: text/{}; charset=utf-8\n\n{}\n"
    parts = "--b\n" + kind.format("plain", plain) + "--b\n" + kind.format("html", html) + "--b--\n"
    return raw(parts, Content_Type='multipart/alternative; boundary="b"', **headers)


def mixed(*parts: str, **headers: str | None) -> bytes:
    """Return a mail of these parts, each with its own headers."""
    body = "".join(f"--m\n{part}\n" for part in parts) + "--m--\n"
    return raw(body, Content_Type='multipart/mixed; boundary="m"', **headers)


def spooled(content: bytes, received_at: datetime = SENT, *, truncated: bool = False) -> SpooledMail:
    return SpooledMail(
        key=content_key(content),
        account="clinic",
        received_at=received_at.astimezone(UTC),
        content=content,
        attempts=0,
        truncated=truncated,
    )


def read(content: bytes, received_at: datetime = SENT) -> Message:
    return parse(spooled(content, received_at))


def shape(message: Message) -> list[tuple[str, int, str | None, str]]:
    """Return what each part is, how deep, whose, and its first words."""
    return [
        (part.kind, part.depth, part.sender.email if part.sender else None, part.text.split("\n")[0])
        for part in message.parts
    ]
