"""An SMTP server with TLS that takes every mail and remembers it; it has taken a mail as soon as its last dot is in."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, cast

from tests.configs import Section
from tests.faults.listener import Listener
from tests.mailservers.certificates import Certificates

_PATIENCE_S = 20


@dataclass(frozen=True, slots=True)
class Taken:
    recipient: str
    content: bytes


class Sink(Listener):
    """Takes mails for as long as the `with` block lasts.

    Attributes:
        taken: What came in, oldest first.
        on_data: Called before the client may hand a mail over.
        on_taken: Called with each mail before the client hears that it was taken, as a server does that keeps a copy.
        settings: What a configuration says of it.

    """

    def __init__(self, certificates: Certificates) -> None:
        super().__init__("sink", patience_s=_PATIENCE_S)
        self.taken: list[Taken] = []
        self.on_data: Callable[[], None] = lambda: None
        self.on_taken: Callable[[Taken], None] = lambda _mail: None
        self.settings: Section = {"host": self.host, "port": self.port, "ca_file": certificates.ca_file}
        self._tls = certificates.server_context()

    def settle(self) -> list[Taken]:
        """Wait until all who talked to us are done or dead; return what was taken since the last time."""
        self.hear_out()
        taken, self.taken = self.taken, []
        return taken

    def _talk(self, client: socket.socket) -> None:
        client.settimeout(_PATIENCE_S)
        # Clients die in the middle of a word: that is what they are here for.
        with client, contextlib.suppress(OSError), self._tls.wrap_socket(client, server_side=True) as session:
            self._serve(cast("BinaryIO", session.makefile("rwb", buffering=0)))

    def _serve(self, session: BinaryIO) -> None:
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
                    self.on_data()
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
