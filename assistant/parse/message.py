"""SpooledMail -> Message, whatever the mail holds: read as far as it can be, and what is missing said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from assistant.errors import UnreadableMailError
from assistant.parse.attachments import Desk, listed
from assistant.parse.automatic import automatic
from assistant.parse.bodies import read
from assistant.parse.coverage import covers, lost_text, tells_all
from assistant.parse.deliveries import delivery_report
from assistant.parse.headers import sent_at
from assistant.parse.lines import joined, plain_lines
from assistant.parse.mime import Opened, open_mail, open_mime
from assistant.parse.packed import Packed, packed_mail
from assistant.parse.segments import Segments, segments
from assistant.records import Address, Attachment, Message, Part, PartKind, SpooledMail

_MAX_ENCLOSED = 5
_MAX_TOLD = 3
_MAX_UNHEARD = 3
"""Words that a mail may hide and show nowhere: a preview's few, or a counter's."""
_AT_HAND = Desk()
_WORD = re.compile(r"[^\W\d_]{3,30}")
_SAME = 0.8
TRUNCATED = "This mail is too large: only its beginning was read."
TOO_DEEP = "This mail holds mails within mails, deeper than we read; the innermost are left out."
CUT = "This mail's text is very long: only its beginning was read."
SHAPELESS = "The formatting of this mail is damaged; words that are hidden in it may be shown here."
LEFT_ASIDE = "This mail's plain text says something else than what people see; only what people see was read."
HIDES = "This mail hides words from its readers; they were left out. Be careful with what it asks."
WRAPPED = "This mail's text is in Outlook's own format (winmail.dat), which we do not read; its files were read."
RAW = "This mail is damaged: lines that belong to none of its parts were added at the end."
UNPLACED = "Not every word of this mail could be read; look at the mail itself."


def parse(mail: SpooledMail, desk: Desk = _AT_HAND) -> Message:
    """Read a mail.

    Args:
        mail: Its bytes.
        desk: Which of its files may be opened, and what recognises the words of pictures.

    Raises:
        UnreadableMailError: There is nothing in it to read.

    """
    opened = open_mail(mail.content)
    headers = opened.headers
    moment = sent_at(headers.dated(), mail.received_at)
    content = _read(opened, moment, desk, 0)
    kind = automatic(opened)
    message = Message(
        key=mail.key,
        account=mail.account,
        message_id=headers.message_id,
        in_reply_to=headers.in_reply_to,
        references=headers.references,
        sender=headers.sender,
        to=headers.to,
        cc=headers.cc,
        subject=headers.subject,
        sent_at=moment,
        received_at=mail.received_at,
        parts=tuple(content.parts),
        attachments=tuple(content.attachments),
        automatic=kind,
        delivery=delivery_report(mail.content, opened) if kind == "bounce" else None,
        problems=tuple(
            dict.fromkeys([*([TRUNCATED] if mail.truncated else []), *content.problems, *_told(content.attachments)])
        ),
        hides_text=content.hides_text,
        text="\n\n".join(content.texts),
        heads=tuple(content.heads),
        own_to_readers=tuple(content.own_to_readers),
    )
    if kind != "bulk" and _says_unseen(content.hidden, message.text):
        message = replace(message, problems=(*message.problems, HIDES))
    if not covers(mail.content, message):
        message = _with_lost_text(message, lost_text(mail.content, message))
    if not tells_all(mail.content, message):
        message = replace(message, problems=tuple(dict.fromkeys([*message.problems, UNPLACED])))
    if not (message.text or message.subject or message.attachments):
        raise UnreadableMailError("the mail is empty: it holds no text, no subject and no file")
    return message


@dataclass(slots=True)
class _Content:
    """What one mail holds, mails within it included."""

    parts: list[Part] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    own_to_readers: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    hides_text: bool = False
    hidden: list[str] = field(default_factory=list)
    is_packed: bool = False
    """True where it was packed in a file; what is packed in it stays closed."""

    def add(self, found: Segments) -> None:
        self.parts.extend(found.parts)
        self.heads.extend(found.heads)


def _says_unseen(hidden: list[str], shown: str) -> bool:
    """Tell whether what is hidden says something that the mail does not show as well."""
    words = set(_WORD.findall(" ".join(hidden).lower()))
    return len(words - set(_WORD.findall(shown.lower()))) > _MAX_UNHEARD


def _told(files: list[Attachment]) -> list[str]:
    """Return what could not be read of the mail's files; of many, of the first few."""
    told = [file.problem for file in files if file.problem]
    more = len(told) - _MAX_TOLD
    return [*told[:_MAX_TOLD], *([f"{more} more of its files were not read in full."] if more > 0 else [])]


def _read(opened: Opened, moment: datetime, desk: Desk, level: int, *, is_packed: bool = False) -> _Content:
    """Read a mail that was written at `moment`, and the mails within it."""
    content = _Content(problems=list(opened.problems), is_packed=is_packed)
    headers = opened.headers
    people = (*headers.to, *headers.cc)
    for body in opened.bodies:
        reading = read(body)
        content.hides_text = content.hides_text or reading.hides_text
        content.hidden.append(reading.hidden)
        content.problems.extend([] if reading.is_whole else [SHAPELESS])
        content.problems.extend([CUT] if reading.is_cut else [])
        content.problems.extend([LEFT_ASIDE] if reading.leaves_plain else [])
        said, beside = (
            segments(lines, sender=headers.sender, sent_at=moment, subject=headers.subject, people=people)
            for lines in (reading.lines, reading.beside)
        )
        content.add(said)
        content.own_to_readers.extend(_own_to_readers(said, beside))
        content.texts.append(joined(reading.lines))
    for file in opened.files:
        is_returned = opened.media_type == "multipart/report"
        if file.mime is not None:
            content.attachments.append(Attachment(name=file.name, media_type=file.media_type, size=len(file.data)))
            _enclose(content, open_mime(file.mime), moment, desk, level, is_returned=is_returned)
        elif packed := packed_mail(file, desk, is_inner=is_packed):
            _unpack(content, packed, moment, desk, level)
        else:
            found = listed(file, desk)
            content.attachments.append(found.attachment)
            for words in found.asked:
                _add_words(content, words, headers.sender, moment)
    content.texts = [text for text in content.texts if text]
    return content


def _own_to_readers(read: Segments, beside: Segments) -> Iterator[str]:
    """Yield the lines that are the sender's own words in the HTML, and a quotation or signature in the plain form."""
    own, aside = (
        " ".join(_words(part.text) for part in read.parts if (part.kind == "own") is is_own) for is_own in (True, False)
    )
    for line in (line for part in beside.parts if part.kind == "own" for line in part.text.splitlines()):
        words = _words(line)
        if words and words not in own and words in aside and not line.lstrip().startswith(">"):
            yield line


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _add_words(content: _Content, words: str, sender: Address | None, moment: datetime) -> None:
    """Add what an invitation says to those invited; most repeat the mail's own text."""
    shown = set(_WORD.findall(" ".join(content.texts).lower()))
    said = _WORD.findall(words.lower())
    if sum(word in shown for word in said) < _SAME * len(said):
        lines = plain_lines(words)
        content.add(segments(lines, sender=sender, sent_at=moment))
        content.texts.append(joined(lines))


def _unpack(content: _Content, packed: Packed, moment: datetime, desk: Desk, level: int) -> None:
    """Add a mail that is packed in a file; Outlook's wrapping is the mail itself once more, with its files."""
    content.attachments.append(packed.listed)
    if packed.mime is None:
        return
    opened = open_mime(packed.mime)
    if not packed.is_wrapping:
        _enclose(content, opened, moment, desk, level, is_returned=False, is_packed=True)
        return
    inner = _read(opened, moment, desk, level + 1, is_packed=True)
    if not any(content.texts):
        content.parts.extend(inner.parts)
        content.heads.extend(inner.heads)
        content.texts.extend(inner.texts)
        content.hides_text = content.hides_text or inner.hides_text
        content.hidden.extend(inner.hidden)
        content.problems.extend([] if any(inner.texts) else [WRAPPED])
    content.attachments.extend(inner.attachments)
    content.problems.extend(inner.problems)


def _enclose(
    content: _Content,
    opened: Opened,
    moment: datetime,
    desk: Desk,
    level: int,
    *,
    is_returned: bool,
    is_packed: bool = False,
) -> None:
    """Add a mail within the mail: passed on by hand, or our own that a server sends back."""
    if level >= _MAX_ENCLOSED:
        content.problems.append(TOO_DEEP)
        return
    inner = _read(opened, opened.headers.dated() or moment, desk, level + 1, is_packed=is_packed or content.is_packed)
    subject = opened.headers.subject
    kind: PartKind = "quoted" if is_returned else "forwarded"
    parts = [
        replace(part, kind=kind if part.kind == "own" else part.kind, depth=part.depth + 1) for part in inner.parts
    ]
    if parts and subject:
        parts[0] = replace(parts[0], text=f"{subject}\n\n{parts[0].text}")
    content.parts.extend(parts)
    content.heads.extend(inner.heads)
    content.texts.extend([subject, *inner.texts])
    content.attachments.extend(inner.attachments)
    content.problems.extend(inner.problems)
    content.hides_text = content.hides_text or inner.hides_text
    content.hidden.extend(inner.hidden)


def _with_lost_text(message: Message, lost: str) -> Message:
    """Add raw lines that a damaged structure has lost: nothing may be lost without a word."""
    lines = plain_lines(lost)
    found = segments(lines, sender=message.sender, sent_at=message.sent_at, subject=message.subject)
    return replace(
        message,
        parts=(*message.parts, *found.parts),
        heads=(*message.heads, *found.heads),
        problems=tuple(dict.fromkeys([*message.problems, RAW])),
        text="\n\n".join(text for text in (message.text, joined(lines)) if text),
    )
