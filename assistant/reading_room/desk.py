"""The process that reads: orders come in, and for each a Message or a Reading goes out. Started and ended by `room`."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from assistant.config import material
from assistant.errors import UnreadableMailError
from assistant.parse import Desk, parse
from assistant.reading_room import wire
from assistant.reading_room.limits import grant_processor_time, seal
from assistant.reading_room.recognition import Recognition, tesseract

if TYPE_CHECKING:
    from assistant.understand.embedded import EmbeddedEngine

_OPENING_S = 90
"""Seconds after which no further file of a mail is opened."""
_RECOGNITION_S = 60
"""Seconds that the pictures of one mail get."""
_PROCESSOR_S = 200
_MAX_OPENED = 50


@dataclass(slots=True)
class _Files:
    """Which files of one mail are opened, and by when."""

    out: BinaryIO
    closed: wire.Closed
    until: float
    count: int = 0

    def opens(self) -> bool:
        """Say which file comes next, before it can do any harm, and whether it is to be opened."""
        place, self.count = self.count, self.count + 1
        wire.send(self.out, wire.OPENS, str(place).encode())
        is_open = self.closed != "all" and place not in self.closed
        return is_open and place < _MAX_OPENED and time.monotonic() < self.until


def _engine() -> EmbeddedEngine:
    """Return the engine that understands; most of these processes never need it, and its rules take their time."""
    from assistant.understand.embedded import EmbeddedEngine  # noqa: PLC0415 - see above

    return EmbeddedEngine(material("rules") / "extract")


def main() -> None:
    """Work until the other side ends."""
    orders, out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # A library that prints must not do so among our words.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    program = tesseract()
    seal(program)
    recognition = Recognition(program, lambda: wire.send(out, wire.GOES_ON)) if program else None
    wire.send(out, wire.GOES_ON)
    engine: EmbeddedEngine | None = None
    while (order := wire.receive_order(orders)) is not None:
        grant_processor_time(_PROCESSOR_S)
        if isinstance(order, wire.Question):
            engine = engine or _engine()
            wire.send(out, wire.GOES_ON)
            wire.send(out, wire.UNDERSTOOD, wire.packed_reading(engine.read(order.message, order.context)))
            continue
        if recognition is not None:
            recognition.allow(_RECOGNITION_S)
        files = _Files(out, order.closed, time.monotonic() + _OPENING_S)
        try:
            message = parse(order.mail, Desk(files.opens, recognition))
        except UnreadableMailError as error:
            wire.send(out, wire.UNREADABLE, str(error).encode())
        else:
            wire.send(out, wire.READ, wire.packed(message))


if __name__ == "__main__":
    main()
