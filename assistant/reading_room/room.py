"""SpooledMail -> Message, whatever the mail does to its reader: hang it, crash it, or fill its memory.

Small mails without documents are read here, where hostile text cannot do more than cost a second. All others are read
by another process. Where that overruns or dies, the file that it had in hand stays closed, and the mail is read again.

The same process understands long mails: what they ask for is bounded by their size alone, however slow a pattern is on
some words. Where that takes too long, the process is ended, and the mail waits for its next try.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock, Timer
from typing import BinaryIO, NoReturn, cast

import structlog

from assistant.errors import SlowMailError, UnreadableMailError
from assistant.parse import Desk, parse
from assistant.reading_room import wire
from assistant.records import Message, Reading, ReadingContext, SpooledMail

log = structlog.get_logger()
_SMALL = 200_000
"""Bytes; a mail of that size without documents is read within a second, whatever it holds."""
_START_S = 60
"""Seconds for the process to start; a machine under load takes its time."""
_MAIL_S = 180
_MAX_CLOSED = 3
_MAILS = 100
"""Mails after which the process is replaced: libraries leak."""
_PASSED_ON = ("PATH", "LANG", "SYSTEMROOT", "TEMP", "TESSDATA_PREFIX")
_ROOT = str(Path(__file__).parents[2])


class _DocumentError(Exception):
    """A mail holds a document, which is not for this process to open."""


class _LostError(Exception):
    """The reading process overran or died."""

    def __init__(self, file: int | None) -> None:
        self.file = file
        """The file that it had in hand; None where it had none yet."""
        super().__init__()


class ReadingRoom:
    """One process that reads; started when first needed, replaced when it fails.

    Args:
        file_s: Seconds after which a file, or a page whose words are recognised, counts as one that hangs.
        understand_s: Seconds after which understanding a mail counts as hanging.
        command: What to run as the reading process.
    """

    def __init__(
        self,
        *,
        file_s: float = 20,
        understand_s: float = 20,
        command: tuple[str, ...] = ("-m", "assistant.reading_room.desk"),
    ) -> None:
        self._file_s = file_s
        self._understand_s = understand_s
        self._command = command
        self._reader: _Reader | None = None
        self._turn = Lock()

    def read(self, mail: SpooledMail) -> Message:
        """Read a mail.

        Raises:
            UnreadableMailError: There is nothing in it to read.
        """
        if len(mail.content) <= _SMALL:
            with suppress(_DocumentError):
                return parse(mail, Desk(_hand_over))
        with self._turn:
            return self._read_apart(mail)

    def understand(self, message: Message, context: ReadingContext) -> Reading:
        """Return what the embedded engine finds in a mail.

        Raises:
            SlowMailError: It takes too long, or ends the process.
        """
        with self._turn:
            try:
                return self._opened().understand(wire.Question(message, context), self._understand_s)
            except _LostError as error:
                self._end()
                log.warning("reader_lost", mail=message.key, file=None)
                raise SlowMailError(self._understand_s) from error

    def close(self) -> None:
        """End the process; the next mail starts another."""
        with self._turn:
            self._end()

    def _read_apart(self, mail: SpooledMail) -> Message:
        """Let the process read the mail, again and again with what ended it left closed."""
        closed: set[int] = set()
        while len(closed) <= _MAX_CLOSED:
            try:
                return self._ask(wire.Order(mail, closed))
            except _LostError as lost:
                log.warning("reader_lost", mail=mail.key, file=lost.file)
                if lost.file is None or lost.file in closed:
                    break
                closed.add(lost.file)
        with suppress(_LostError):
            return self._ask(wire.Order(mail, "all"))
        log.warning("mail_cut", mail=mail.key)
        return parse(replace(mail, content=mail.content[:_SMALL], truncated=True), Desk(lambda: False))

    def _ask(self, order: wire.Order) -> Message:
        try:
            return self._opened().read(order, self._file_s)
        except _LostError:
            self._end()
            raise

    def _opened(self) -> _Reader:
        """Return the process, begun where there is none, or none that is still good."""
        if self._reader is None or self._reader.is_worn:
            self._end()
            try:
                self._reader = _Reader(self._command)
            except OSError as error:
                raise _LostError(None) from error
        return self._reader

    def _end(self) -> None:
        if self._reader is not None:
            self._reader.end()
            self._reader = None


class _Reader:
    """The process, and how to speak with it."""

    def __init__(self, command: tuple[str, ...]) -> None:
        # It gets none of our secrets: no environment, no open file.
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(os.path.abspath(one) for one in (_ROOT, *sys.path))  # noqa: PTH100 - text, as the variable wants it
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-B", "-P", "-W", "ignore", *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            # A group of its own: what it runs ends with it, and Ctrl-C does not reach it.
            start_new_session=True,
        )
        self._into, self._out = cast("BinaryIO", self._process.stdin), cast("BinaryIO", self._process.stdout)
        self.end = weakref.finalize(self, _end, self._process)
        self._mails = 0

    @property
    def is_worn(self) -> bool:
        return self._mails >= _MAILS

    def read(self, order: wire.Order, file_s: float) -> Message:
        """Return what it makes of a mail.

        Raises:
            UnreadableMailError: There is nothing in it to read.
            _LostError: It overran or died; it must be ended.
        """
        file: int | None = None
        try:
            self._begin()
            until = time.monotonic() + _MAIL_S
            with self._ended_after(file_s):
                wire.send_order(self._into, order)
            while (frame := self._said(min(file_s, until - time.monotonic()))) is not None:
                match frame:
                    case wire.OPENS, place:
                        file = int(place)
                    case wire.READ, payload:
                        return wire.unpacked(payload)
                    case wire.UNREADABLE, said:
                        raise UnreadableMailError(said.decode()[:200])
        except (OSError, ValueError) as error:
            raise _LostError(file) from error
        raise _LostError(file)

    def understand(self, question: wire.Question, limit_s: float) -> Reading:
        """Return what it finds in a mail.

        Raises:
            _LostError: It overran or died; it must be ended.
        """
        try:
            self._begin()
            with self._ended_after(limit_s):
                wire.send_question(self._into, question)
            # The first time, it has to learn the rules.
            frame = self._said(_START_S)
            if frame is not None and frame[0] == wire.GOES_ON:
                frame = self._said(limit_s)
            if frame is not None and frame[0] == wire.UNDERSTOOD:
                return wire.unpacked_reading(frame[1])
        except (OSError, ValueError) as error:
            raise _LostError(None) from error
        raise _LostError(None)

    def _begin(self) -> None:
        """Wait until it is there, and count the mail."""
        if self._mails == 0 and self._said(_START_S) is None:
            raise _LostError(None)
        self._mails += 1

    def _said(self, limit_s: float) -> tuple[bytes, bytes] | None:
        with self._ended_after(limit_s):
            return wire.receive(self._out)

    @contextmanager
    def _ended_after(self, seconds: float) -> Iterator[None]:
        """End the process where what is done here takes longer: whoever waits for it goes on with nothing."""
        timer = Timer(max(0.0, seconds), _kill, [self._process])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it runs, at once."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _end(process: subprocess.Popen[bytes]) -> None:
    _kill(process)
    for stream in (process.stdin, process.stdout):
        # What it was not told any more is still in the stream.
        with suppress(OSError):
            cast("BinaryIO", stream).close()
    process.wait()


def _hand_over() -> NoReturn:
    raise _DocumentError
