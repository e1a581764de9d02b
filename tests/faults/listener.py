"""A place on loopback where clients call, who may die in the middle of a word; each is talked to in a thread."""

from __future__ import annotations

import socket
import threading
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Listener(ABC):
    """Listens for as long as the `with` block lasts; whoever listens says in `_talk` what clients hear."""

    host = "127.0.0.1"

    def __init__(self, name: str, *, patience_s: float) -> None:
        self._patience_s = patience_s
        self._listener = socket.create_server((self.host, 0))
        self.port = int(self._listener.getsockname()[1])
        self._talks: list[threading.Thread] = []
        self._thread = threading.Thread(target=self._listen, name=name, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A closed listener would not wake `accept`.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(self._patience_s)
        self._listener.close()
        self.hear_out()

    def hear_out(self) -> None:
        """Wait until all who talked to us are done or dead."""
        while self._talks:
            self._talks.pop().join(self._patience_s)

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            talk = threading.Thread(target=self._talk, args=(client,), daemon=True)
            self._talks.append(talk)
            talk.start()

    @abstractmethod
    def _talk(self, client: socket.socket) -> None:
        """Talk to one of them, until they or we have had enough."""
