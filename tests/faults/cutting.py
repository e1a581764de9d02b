"""A proxy that ends TLS on both its sides, passes on whole lines, and cuts the connection at any one of them."""

from __future__ import annotations

import contextlib
import re
import select
import socket
import ssl
import struct
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tests.faults.listener import Listener

How = Literal["before", "within"]
"""before: the line never arrives, and the connection ends; within: half of it does, and the connection is reset."""
_PATIENCE_S = 60
_RESET = struct.pack("ii", 1, 0)
_NAMES = {
    "imap >": re.compile(rb"[A-Z]+\d+ (UID [A-Z]+|[A-Z]+)"),
    "imap <": re.compile(rb"(?:(\+|\* BYE|\* OK)|(?:\*|[A-Z]+\d+) (?:\d+ )?([A-Z]+))"),
    "smtp >": re.compile(rb"(?i)(EHLO|AUTH|MAIL(?= FROM:)|RCPT(?= TO:)|DATA(?=\r)|RSET(?=\r)|QUIT(?=\r))"),
    "smtp <": re.compile(rb"(\d{3}[ -])"),
}
"""What a line is, by its beginning: a command, or an answer's kind."""


@dataclass
class Wire:
    """What all proxies of an office share: one count of lines, in the order in which they pass."""

    lines: list[str] = field(default_factory=list)
    """What passed: the protocol, `>` for the client's lines and `<` for the server's, and what it is."""
    cut_at: int = 0
    """The number of the line at which the connection is cut, from 1; 0: never."""
    how: How = "before"
    was_cut: bool = False
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, cut_at: int = 0, how: How = "before") -> None:
        with self._turn:
            self.lines, self.cut_at, self.how, self.was_cut = [], cut_at, how, False

    def passes(self, protocol: str, sign: str, line: bytes) -> bool:
        """Count a line; return False where the connection is cut at it."""
        with self._turn:
            side = f"{protocol} {sign}"
            self.lines.append(f"{side} {_name(side, line)}")
            if len(self.lines) != self.cut_at:
                return True
            self.was_cut = True
            return False


def _name(side: str, line: bytes) -> str:
    """Return what a line is, without a command's tag; of a mail's own lines nothing."""
    if line == b".\r\n" or b": queued as" in line:
        return "the end" if line[:1] == b"." else "the last word"
    found = _NAMES[side].match(line)
    return (found[1] or found[found.re.groups]).decode("ascii").upper().strip() if found else "..."


class LineProxy(Listener):
    """Passes lines between clients and 127.0.0.1:`target`, for as long as the `with` block lasts."""

    def __init__(self, protocol: str, target: int, wire: Wire, *, chain: Path, key: Path, ca_file: Path) -> None:
        super().__init__(f"line proxy {protocol}", patience_s=_PATIENCE_S)
        self._protocol, self._target, self._wire = protocol, target, wire
        self._ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ours.load_cert_chain(chain, key)
        self._theirs = ssl.create_default_context(cafile=str(ca_file))

    def _talk(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            # Our own greeting first: a client that is gone costs the server nothing.
            client.settimeout(_PATIENCE_S)
            near = stack.enter_context(self._ours.wrap_socket(stack.enter_context(client), server_side=True))
            raw = stack.enter_context(socket.create_connection((self.host, self._target), timeout=_PATIENCE_S))
            far = stack.enter_context(self._theirs.wrap_socket(raw, server_hostname=self.host))
            self._pass_lines(near, far)

    def _pass_lines(self, near: ssl.SSLSocket, far: ssl.SSLSocket) -> None:
        """Take turns in one thread: two may not use one TLS connection at once."""
        held = {near: bytearray(), far: bytearray()}
        while True:
            ready = [one for one in held if one.pending()] or select.select(list(held), [], [], _PATIENCE_S)[0]
            if not ready:
                return
            for one in ready:
                other, sign = (far, ">") if one is near else (near, "<")
                some = one.recv(65536)
                if not some:
                    return
                held[one] += some
                while b"\n" in held[one]:
                    end = held[one].index(b"\n") + 1
                    line = bytes(held[one][:end])
                    del held[one][:end]
                    if not self._wire.passes(self._protocol, sign, line):
                        self._cut(near, far, other, line)
                        return
                    other.sendall(line)

    def _cut(self, near: ssl.SSLSocket, far: ssl.SSLSocket, to: ssl.SSLSocket, line: bytes) -> None:
        if self._wire.how == "within":
            to.sendall(line[: len(line) // 2])
            near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        for one in (near, far):
            with contextlib.suppress(OSError):
                if one is far or self._wire.how == "before":
                    one.shutdown(socket.SHUT_RDWR)
