"""An SMTP server with TLS that takes every mail and remembers it; it has taken a mail as soon as its last dot is in."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Self, cast

from tests.mailservers.certificates import Certificates

_PATIENCE_S = 20


@dataclass(frozen=True, slots=True)
class Taken:
    recipient: str
    content: bytes


class Sink:
    """Listens for as long as the `with` block lasts.

    Attributes:
        taken: What came in, oldest first.
        on_taken: Called with each mail before the client hears that it was taken, as a server does that keeps a copy.

    """

    host = "127.0.0.1"
    sign_in = ""
    """Further lines of the configuration's section on it."""

    def __init__(self, certificates: Certificates) -> None:
        self.taken: list[Taken] = []
        self.on_taken: Callable[[Taken], None] = lambda _mail: None
        self.ca_file = certificates.ca_file
        self._tls = certificates.server_context()
        self._listener = socket.create_server((self.host, 0))
        self.port = int(self._listener.getsockname()[1])
        self._talks: list[threading.Thread] = []
        self._thread = threading.Thread(target=self._listen, name="sink", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A closed listener would not wake `accept`.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(_PATIENCE_S)
        self._listener.close()
        self.settle()

    def settle(self) -> list[Taken]:
        """Wait until all who talked to us are done or dead; return what was taken since the last time."""
        while self._talks:
            self._talks.pop().join(_PATIENCE_S)
        taken, self.taken = self.taken, []
        return taken

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            talk = threading.Thread(target=self._guarded, args=(client,), daemon=True)
            self._talks.append(talk)
            talk.start()

    def _guarded(self, client: socket.socket) -> None:
        client.settimeout(_PATIENCE_S)
        # Clients die in the middle of a word: that is what they are here for.
        with client, contextlib.suppress(OSError), self._tls.wrap_socket(client, server_side=True) as session:
            self._talk(cast("BinaryIO", session.makefile("rwb", buffering=0)))

    def _talk(self, session: BinaryIO) -> None:
        recipients: list[str] = []
        session.write(b"220 mail.clinic.example\r\n")
        while line := _line(session):
            verb, _, rest = line.decode("ascii", "replace").strip().partition(" ")
            match verb.upper():
                case "MAIL":
                    recipients = []
                    session.write(b"250 go on\r\n")
                case "RCPT":
                    recipients.append(rest.partition("<")[2].partition(">")[0])
                    session.write(b"250 taken\r\n")
                case "DATA":
                    session.write(b"354 go on\r\n")
                    if (content := _content(session)) is None:
                        return
                    for mail in [Taken(recipient, content) for recipient in recipients]:
                        self.taken.append(mail)
                        self.on_taken(mail)
                    session.write(b"250 taken\r\n")
                case "QUIT":
                    session.write(b"221 goodbye\r\n")
                    return
                case _:
                    session.write(b"250 yes\r\n")


def _line(session: BinaryIO) -> bytes:
    """Return the next line; b"" where the client has gone before its end."""
    line = bytearray()
    while not line.endswith(b"\n"):
        one = session.read(1)
        if not one:
            return b""
        line += one
    return bytes(line)


def _content(session: BinaryIO) -> bytes | None:
    """Return the mail up to its last dot; None where that did not come: then nothing was taken."""
    held = bytearray()
    while not held.endswith(b"\r\n.\r\n"):
        some = session.read(65536)
        if not some:
            return None
        held += some
    return bytes(held[:-3]).replace(b"\r\n..", b"\r\n.")
