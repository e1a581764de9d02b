"""A server that is no good: it shows a bad certificate or none, and keeps every byte that it is sent."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Literal, Self

Flaw = Literal["", "cut out", "refused", "already in", "elsewhere"]


class Listener:
    """Speaks enough of a protocol for a client to show who it is, if that is foolish enough.

    Attributes:
        heard: All that clients sent, in plain or once TLS is off.
        sends_to: The port, unencrypted, that it sends clients on to.

    """

    def __init__(
        self, protocol: Literal["imap", "smtp", "http"], tls: ssl.SSLContext, *, at_once: bool, flaw: Flaw = ""
    ) -> None:
        self.heard = bytearray()
        self.sends_to = 0
        self._answer: Callable[[bytes], bytes] = {"imap": self._imap, "smtp": self._smtp, "http": self._http}[protocol]
        self._protocol = protocol
        self._tls = tls
        self._at_once = at_once
        self._flaw = flaw
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._is_open = True
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_open = False
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
        self._thread.join(timeout=10)
        self._socket.close()

    def _serve(self) -> None:
        while self._is_open:
            client, _ = self._socket.accept()
            client.settimeout(5)
            with contextlib.suppress(OSError), client, contextlib.ExitStack() as stack:
                self._talk(client, stack)

    def _talk(self, client: socket.socket, stack: contextlib.ExitStack) -> None:
        if self._at_once:
            client = stack.enter_context(self._tls.wrap_socket(client, server_side=True))
        client.sendall(self._greeting())
        while data := client.recv(65536):
            self.heard += data
            starts = b"STARTTLS" in data.upper()
            client.sendall(self._answer(data))
            if starts and self._flaw not in {"cut out", "refused"}:
                client = stack.enter_context(self._tls.wrap_socket(client, server_side=True))

    def _greeting(self) -> bytes:
        already = b"* PREAUTH welcome back\r\n" if self._flaw == "already in" else b"* OK ready\r\n"
        return {"imap": already, "smtp": b"220 ready\r\n", "http": b""}[self._protocol]

    def _imap(self, line: bytes) -> bytes:
        tag, _, command = line.strip().partition(b" ")
        word = command.upper().split(b" ")[0]
        if word == b"CAPABILITY":
            offer = b"" if self._flaw == "cut out" else b" STARTTLS"
            return b"* CAPABILITY IMAP4rev1 AUTH=PLAIN%s\r\n%s OK done\r\n" % (offer, tag)
        if word == b"STARTTLS":
            return tag + (b" NO not now\r\n" if self._flaw in {"cut out", "refused"} else b" OK go ahead\r\n")
        return b"+ \r\n" if word == b"AUTHENTICATE" else tag + b" NO\r\n"

    def _smtp(self, line: bytes) -> bytes:
        word = line[:4].upper()
        if word == b"EHLO":
            offer = b"" if self._flaw == "cut out" else b"250-STARTTLS\r\n"
            return b"250-here\r\n" + offer + b"250 AUTH PLAIN\r\n"
        if word == b"STAR":
            return b"454 not now\r\n" if self._flaw in {"cut out", "refused"} else b"220 go ahead\r\n"
        return b"535 no\r\n" if word == b"AUTH" else b"250 fine\r\n"

    def _http(self, _request: bytes) -> bytes:
        if self._flaw == "elsewhere":
            place = b"http://127.0.0.1:%d/" % self.sends_to
            return b"HTTP/1.1 307 Go\r\nLocation: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % place
        return b"HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
