"""A TCP proxy that makes trouble: cuts connections, falls silent, refuses, or ends after so many bytes."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self


class CuttingProxy:
    """Passes everything on to 127.0.0.1:`target` until it is told otherwise.

    Attributes:
        port: Where it listens.
        from_client: All bytes that clients sent.
        cut_after: Ends the connection when so many more bytes have come from the server; None: never.

    """

    host = "127.0.0.1"

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server((self.host, 0))
        self.port: int = self._listener.getsockname()[1]
        self.from_client = bytearray()
        self.cut_after: int | None = None
        self.passed = 0
        """Bytes that have come from the server."""
        self._is_silent = False
        self._refuses = False
        self._is_open = True
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_open = False
        # Closing a socket does not wake who waits for a client on it; a client does.
        with contextlib.suppress(OSError), socket.create_connection((self.host, self.port), timeout=5):
            pass
        self.cut()
        for thread in self._threads:
            thread.join(timeout=10)
        self._listener.close()

    def cut(self) -> None:
        """End all connections; the next one is let through again."""
        pairs, self._pairs = self._pairs, []
        for pair in pairs:
            _end(*pair)

    def fall_silent(self) -> None:
        """Swallow everything from now on, as a router does that has forgotten the connection."""
        self._is_silent = True

    def refuse(self) -> None:
        """Cut, and end every new connection at once."""
        self._refuses = True
        self.cut()

    def recover(self) -> None:
        """Let new connections through."""
        self._refuses = self._is_silent = False
        self.cut_after = None

    def _accept(self) -> None:
        while self._is_open:
            client, _ = self._listener.accept()
            if self._refuses or not self._is_open:
                client.close()
                continue
            server = socket.create_connection((self.host, self._target), timeout=10)
            server.settimeout(None)
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._pairs.append((client, server))
            self._start(self._pass_on, client, server)
            self._start(self._pass_back, client, server)

    def _start(self, work: object, *sockets: socket.socket) -> None:
        assert callable(work)
        thread = threading.Thread(target=work, args=sockets, name="cutting proxy", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                self.from_client += data
                if not self._is_silent:
                    server.sendall(data)
        _end(client, server)

    def _pass_back(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                if self._is_silent:
                    continue
                if self.cut_after is not None:
                    data = data[: self.cut_after]
                    self.cut_after -= len(data)
                self.passed += len(data)
                client.sendall(data)
                if self.cut_after == 0:
                    break
        _end(client, server)


def _end(*pair: socket.socket) -> None:
    for one in pair:
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
