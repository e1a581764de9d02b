"""What goes between us and the process that reads: frames of a kind, a length and bytes.

Mails go over as they are. What comes back is JSON, never a pickle: a process that a mail has taken over may only say
what a Message can say.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Literal, TypeVar

from pydantic import TypeAdapter

from assistant.records import Message, Reading, ReadingContext, SpooledMail

_HEAD = struct.Struct("!cQ")
_MAX_FRAME = 300_000_000
_Noun = TypeVar("_Noun")
_ORDER, _CONTENT, _QUESTION = b"O", b"C", b"Q"
OPENS, GOES_ON, READ, UNREADABLE, UNDERSTOOD = b"F", b"P", b"R", b"U", b"S"
"""From the reader: a file is opened, all is well (also at the start), the mail is read, nothing is there to read, what
it asks for is found."""

Closed = Literal["all"] | Collection[int]
"""Which files, by their place, are to stay closed."""


@dataclass(frozen=True, slots=True)
class Order:
    mail: SpooledMail
    closed: Closed


@dataclass(frozen=True, slots=True)
class Question:
    """What does this mail ask for?"""

    message: Message
    context: ReadingContext


_MESSAGE, _READING, _ASKED = TypeAdapter(Message), TypeAdapter(Reading), TypeAdapter(Question)


def send(stream: BinaryIO, kind: bytes, payload: bytes = b"") -> None:
    stream.write(_HEAD.pack(kind, len(payload)) + payload)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """Return a frame's kind and bytes; None where the other side has ended, or says what it may not."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, length = _HEAD.unpack(head)
    payload = stream.read(length) if length <= _MAX_FRAME else b""
    return (kind, payload) if len(payload) == length else None


def send_order(stream: BinaryIO, order: Order) -> None:
    mail = order.mail
    head = {
        "key": mail.key,
        "account": mail.account,
        "received_at": mail.received_at.isoformat(),
        "attempts": mail.attempts,
        "truncated": mail.truncated,
        "closed": order.closed if isinstance(order.closed, str) else sorted(order.closed),
    }
    send(stream, _ORDER, json.dumps(head).encode())
    send(stream, _CONTENT, mail.content)


def send_question(stream: BinaryIO, question: Question) -> None:
    send(stream, _QUESTION, _packed(_ASKED, question))


def receive_order(stream: BinaryIO) -> Order | Question | None:
    """Return what is to be read or understood; None where nothing more will come."""
    order = receive(stream)
    if order is not None and order[0] == _QUESTION:
        return _ASKED.validate_json(order[1])
    content = receive(stream)
    if order is None or content is None:
        return None
    head = json.loads(order[1])
    mail = SpooledMail(
        key=head["key"],
        account=head["account"],
        received_at=datetime.fromisoformat(head["received_at"]),
        content=content[1],
        attempts=head["attempts"],
        truncated=head["truncated"],
    )
    return Order(mail, "all" if head["closed"] == "all" else frozenset(head["closed"]))


def packed(message: Message) -> bytes:
    return _packed(_MESSAGE, message)


def packed_reading(reading: Reading) -> bytes:
    return _packed(_READING, reading)


def _packed(kind: TypeAdapter[_Noun], noun: _Noun) -> bytes:
    # Halves of letters, which headers can hold as raw bytes, stand in no JSON.
    return json.dumps(kind.dump_python(noun, mode="json"), ensure_ascii=False).encode("utf-8", "replace")


def unpacked(payload: bytes) -> Message:
    """Return the message.

    Raises:
        ValueError: It is none.
    """
    return _MESSAGE.validate_json(payload)


def unpacked_reading(payload: bytes) -> Reading:
    """Return what a mail asks for.

    Raises:
        ValueError: It is no reading.
    """
    return _READING.validate_json(payload)
