"""SpooledMail -> Message, whatever the mail holds: read as far as it can be, and what is missing said."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from assistant.errors import UnreadableMailError
from assistant.parse.attachments import attachment
from assistant.parse.automatic import automatic
from assistant.parse.bodies import read
from assistant.parse.coverage import covers, lost_text
from assistant.parse.headers import sent_at
from assistant.parse.lines import joined, plain_lines
from assistant.parse.mime import Opened, open_mail, open_mime
from assistant.parse.segments import segments
from assistant.records import Attachment, Message, Part, PartKind, SpooledMail

_MAX_ENCLOSED = 5
TRUNCATED = "This mail is too large: only its beginning was read."
TOO_DEEP = "This mail holds mails within mails, deeper than we read; the innermost are left out."
CUT = "This mail's text is very long: only its beginning was read."
SHAPELESS = "The formatting of this mail is damaged; words that are hidden in it may be shown here."
LEFT_ASIDE = "This mail's plain text says something else than what people see; only what people see was read."
RAW = "This mail is damaged: lines that belong to none of its parts were added at the end."


def parse(mail: SpooledMail) -> Message:
    """Read a mail.

    Raises:
        UnreadableMailError: There is nothing in it to read.

    """
    opened = open_mail(mail.content)
    headers = opened.headers
    moment = sent_at(headers.dated(), mail.received_at)
    content = _read(opened, moment, 0)
    message = Message(
        key=mail.key,
        account=mail.account,
        message_id=headers.message_id,
        in_reply_to=headers.in_reply_to,
        references=headers.references,
        sender=headers.sender,
        to=headers.recipients("to"),
        cc=headers.recipients("cc"),
        subject=headers.subject,
        sent_at=moment,
        received_at=mail.received_at,
        parts=tuple(content.parts),
        attachments=tuple(content.attachments),
        automatic=automatic(opened),
        problems=tuple(dict.fromkeys([*([TRUNCATED] if mail.truncated else []), *content.problems])),
        hides_text=content.hides_text,
        text="\n\n".join(content.texts),
    )
    if not covers(mail.content, message):
        message = _with_lost_text(message, lost_text(mail.content, message))
    if not (message.text or message.subject or message.attachments):
        raise UnreadableMailError("the mail is empty: it holds no text, no subject and no file")
    return message


@dataclass(slots=True)
class _Content:
    """What one mail holds, mails within it included."""

    parts: list[Part] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    hides_text: bool = False


def _read(opened: Opened, moment: datetime, level: int) -> _Content:
    """Read a mail that was written at `moment`, and the mails within it."""
    content = _Content(problems=list(opened.problems))
    headers = opened.headers
    people = (*headers.recipients("to"), *headers.recipients("cc"))
    for body in opened.bodies:
        reading = read(body)
        content.hides_text = content.hides_text or reading.hides_text
        content.problems.extend([] if reading.is_whole else [SHAPELESS])
        content.problems.extend([CUT] if reading.is_cut else [])
        content.problems.extend([LEFT_ASIDE] if reading.leaves_plain else [])
        content.parts.extend(
            segments(reading.lines, sender=headers.sender, sent_at=moment, subject=headers.subject, people=people)
        )
        content.texts.append(joined(reading.lines))
    for file in opened.files:
        listed = attachment(file)
        content.attachments.append(listed if file.mime is None else replace(listed, text=None))
        if file.mime is not None:
            _enclose(content, open_mime(file.mime), moment, level, is_returned=opened.media_type == "multipart/report")
    content.texts = [text for text in content.texts if text]
    return content


def _enclose(content: _Content, opened: Opened, moment: datetime, level: int, *, is_returned: bool) -> None:
    """Add a mail within the mail: passed on by hand, or our own that a server sends back."""
    if level >= _MAX_ENCLOSED:
        content.problems.append(TOO_DEEP)
        return
    inner = _read(opened, opened.headers.dated() or moment, level + 1)
    subject = opened.headers.subject
    kind: PartKind = "quoted" if is_returned else "forwarded"
    parts = [
        replace(part, kind=kind if part.kind == "own" else part.kind, depth=part.depth + 1) for part in inner.parts
    ]
    if parts and subject:
        parts[0] = replace(parts[0], text=f"{subject}\n\n{parts[0].text}")
    content.parts.extend(parts)
    content.texts.extend([subject, *inner.texts])
    content.attachments.extend(inner.attachments)
    content.problems.extend(inner.problems)
    content.hides_text = content.hides_text or inner.hides_text


def _with_lost_text(message: Message, lost: str) -> Message:
    """Add raw lines that a damaged structure has lost: nothing may be lost without a word."""
    lines = plain_lines(lost)
    parts = segments(lines, sender=message.sender, sent_at=message.sent_at, subject=message.subject)
    return replace(
        message,
        parts=(*message.parts, *parts),
        problems=tuple(dict.fromkeys([*message.problems, RAW])),
        text="\n\n".join(text for text in (message.text, joined(lines)) if text),
    )
