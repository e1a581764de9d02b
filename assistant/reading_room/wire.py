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
from typing import BinaryIO, Literal

from pydantic import TypeAdapter

from assistant.records import Message, SpooledMail

_HEAD = struct.Struct("!cQ")
_MAX_FRAME = 300_000_000
_ORDER, _CONTENT = b"O", b"C"
OPENS, GOES_ON, READ, UNREADABLE = b"F", b"P", b"R", b"U"
"""From the reader: a file is opened, all is well (also at the start), the mail is read, nothing is there to read."""
_MESSAGE = TypeAdapter(Message)

Closed = Literal["all"] | Collection[int]
"""Which files, by their place, are to stay closed."""


@dataclass(frozen=True, slots=True)
class Order:
    mail: SpooledMail
    closed: Closed


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


def receive_order(stream: BinaryIO) -> Order | None:
    """Return what is to be read; None where nothing more will come."""
    order, content = receive(stream), receive(stream)
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
    # Halves of letters, which headers can hold as raw bytes, stand in no JSON.
    return json.dumps(_MESSAGE.dump_python(message, mode="json"), ensure_ascii=False).encode("utf-8", "replace")


def unpacked(payload: bytes) -> Message:
    """Return the message.

    Raises:
        ValueError: It is none.
    """
    return _MESSAGE.validate_json(payload)
