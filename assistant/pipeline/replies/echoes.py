"""A mail that holds lines of ours as its own -> the same without them; a copy of ours is known by having no others."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from functools import partial

from assistant.decide.loops import lines_in, without_lines
from assistant.errors import UnreadableMailError
from assistant.parse import Desk, parse
from assistant.pipeline.parts import Parts
from assistant.pipeline.replies.answer import find_answered
from assistant.pipeline.replies.trust import is_surely_ours
from assistant.records import Message, OutgoingMail, SpooledMail

_HEADER = b"\nx-coordination-assistant:"
_OF_LIST = re.compile(rb"list-id[ \t]{0,5}:|precedence[ \t]{0,5}:[ \t]{0,20}list\b")
_MOST_HEAD = 64 * 1024


def without_echo(parts: Parts, message: Message) -> Message:
    """Return a mail without what it repeats of ours, be it the mail that it answers or the one whose name it bears."""
    outgoing = parts.ledger.outgoing
    if message.message_id and (ours := outgoing.named([message.message_id])) is not None:
        return without_lines(message, partial(_lines, ours), least=1)
    if _is_of_another_ledger(parts, message):
        return replace(message, parts=())
    answered = find_answered(parts, message)
    ours = outgoing.named([answered.message_id]) if answered is not None else None
    return message if ours is None else without_lines(message, partial(_lines, ours))


def _is_of_another_ledger(parts: Parts, message: Message) -> bool:
    """Return whether we sent a mail and no longer know of it: with a ledger that was given up, or is lost.

    Its header proves nothing by itself; who writes as if they were us is read like anybody.
    """
    if message.sender is None or message.sender.email != parts.config.assistant.address or message.attachments:
        return False
    mail = parts.ledger.spool.mail(message.key)
    return mail is not None and is_from_assistant(mail.content) and is_surely_ours(parts, mail, message)


def is_from_assistant(content: bytes) -> bool:
    """Return whether a mail says that an assistant like us wrote it; anybody can write so."""
    return _HEADER in _head(content)


def came_by_list(content: bytes, our_address: str) -> bool:
    """Return whether a list passed a mail on, and not the group that our own address may be."""
    local, _, host = our_address.lower().partition("@")
    lists = [line for line in _head(content).splitlines() if _OF_LIST.match(line)]
    return bool(lists) and not any(f"<{local}.{host}>".encode() in line for line in lists)


def _head(content: bytes) -> bytes:
    head = content[:_MOST_HEAD].replace(b"\r\n", b"\n").split(b"\n\n")[0].lower()
    return b"\n" + head.replace(b"\n ", b" ").replace(b"\n\t", b" ")


def _lines(ours: OutgoingMail) -> frozenset[str]:
    """Return the lines of a mail of ours as its plain text has them, and as a reader of its HTML."""
    mail = message_from_bytes(ours.content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    plain = mail.get_body(("plain",))
    html = mail.get_body(("html",))
    texts = [str(plain.get_content())] if plain is not None else []
    texts += [_read(ours, html)] if html is not None else []
    return lines_in("\n".join(texts))


def _read(ours: OutgoingMail, body: MIMEPart) -> str:
    head = b"From: us@example.org\r\n"
    spooled = SpooledMail(
        key=ours.key, account="", received_at=ours.prepared_at, content=head + body.as_bytes(), attempts=0
    )
    try:
        return parse(spooled, Desk(lambda: False)).text
    except UnreadableMailError:
        return ""
