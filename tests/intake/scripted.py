"""A small IMAP server whose answers a test can bend: what real servers do on bad days, and unreal ones do to harm."""

from __future__ import annotations

import contextlib
import io
import re
import socket
import threading
from types import TracebackType
from typing import Self

from tests.mailservers.certificates import Certificates

Stream = io.BufferedRWPair
_SMALLER = re.compile(r"UID ([\d,:]+) SMALLER (\d+)")
_UIDS = re.compile(r"[\d,:]+")
_RUN = re.compile(r"BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?")


class ScriptedServer:
    """Speaks enough IMAP for one mailbox; give it another `answers` entry, or override a method.

    Attributes:
        mails: UID to content.
        old: UIDs of mails that came long ago: a search for recent ones leaves them out.
        answers: Command's name to the lines that answer it; `TAG` stands for the command's tag, `HANGUP` for that.
        received: All that clients sent, once TLS is off.

    """

    host = "127.0.0.1"
    greeting = "* OK ready"
    capabilities = "IMAP4rev1 AUTH=PLAIN IDLE"

    def __init__(self, certificates: Certificates | None, mails: dict[int, bytes] | None = None) -> None:
        self.mails = mails or {}
        self.old: set[int] = set()
        self.answers: dict[str, str] = {}
        self.received = bytearray()
        self.commands: list[str] = []
        self._tls = certificates.server_context() if certificates else None
        self._listener = socket.create_server((self.host, 0))
        self.port: int = self._listener.getsockname()[1]
        self._is_open = True
        self._thread = threading.Thread(target=self._serve, name="scripted server", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_open = False
        with contextlib.suppress(OSError):
            socket.create_connection((self.host, self.port), timeout=5).close()
        self._thread.join(timeout=10)
        self._listener.close()

    def _serve(self) -> None:
        """One client after the other: a test has but one at a time."""
        while self._is_open:
            client, _ = self._listener.accept()
            client.settimeout(10)
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with contextlib.suppress(OSError):
                if self._tls is not None:
                    client = self._tls.wrap_socket(client, server_side=True)
                with client, client.makefile("rwb") as stream:
                    self._talk(stream)
            client.close()

    def _talk(self, stream: Stream) -> None:
        self._say(stream, self.greeting)
        tag = ""
        while line := stream.readline():
            self.received += line
            before, (tag, _, rest) = tag, line.decode().strip().partition(" ")
            if tag == "DONE":
                tag, rest = before, "DONE"
            name, _, arguments = rest.removeprefix("UID ").partition(" ")
            self.commands.append(f"{name} {arguments}".strip())
            answer = self.answers.get(name)
            if answer is None:
                stream.write(self._answer(stream, tag, name, arguments))
            else:
                stream.write(answer.replace("TAG", tag).replace("HANGUP", "").encode())
            stream.flush()
            if name == "LOGOUT" or "HANGUP" in (answer or ""):
                return

    def _say(self, stream: Stream, line: str) -> None:
        stream.write(line.encode() + b"\r\n")
        stream.flush()

    def _answer(self, stream: Stream, tag: str, name: str, arguments: str) -> bytes:
        if name == "CAPABILITY":
            return f"* CAPABILITY {self.capabilities}\r\n{tag} OK done\r\n".encode()
        if name == "AUTHENTICATE":
            self._say(stream, "+ ")
            self.received += stream.readline()
        if name == "EXAMINE":
            newest = max(self.mails, default=0)
            state = f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.uidvalidity}] valid\r\n"
            state += f"* OK [UIDNEXT {newest + 1}] next\r\n"
            return f"{state}{tag} OK [READ-ONLY] done\r\n".encode()
        if name == "SEARCH":
            found = _SMALLER.search(arguments)
            there = self.mails.keys() - self.old if "SINCE" in arguments else self.mails
            uids = [uid for uid in sorted(there) if found is None or self.is_smaller(uid, found)]
            return f"* SEARCH {' '.join(map(str, uids))}\r\n{tag} OK done\r\n".encode()
        if name == "FETCH":
            asked = _UIDS.match(arguments)
            assert asked is not None
            return self.fetched(tag, listed(asked[0]), arguments)
        return f"{tag} OK done\r\n".encode()

    def fetched(self, tag: str, uids: list[int], what: str) -> bytes:
        lines = [b"* %d FETCH (UID %d %b)\r\n" % (uid, uid, self.item(uid, what)) for uid in uids if uid in self.mails]
        return b"".join(lines) + f"{tag} OK done\r\n".encode()

    def item(self, uid: int, what: str) -> bytes:
        content = self.mails[uid]
        run = _RUN.search(what)
        envelope = b'RFC822.SIZE %d INTERNALDATE "%b"' % (self.size(uid), self.internaldate)
        if run is None:
            return envelope
        if run[1] is None:
            return self.whole(envelope, b"BODY[] " + literal(self.body(uid)))
        return b"BODY[]<%b> " % run[1].encode() + literal(content[int(run[1]) : int(run[1]) + int(run[2])])

    def whole(self, envelope: bytes, content: bytes) -> bytes:
        return envelope + b" " + content

    def is_smaller(self, uid: int, asked: re.Match[str]) -> bool:
        return uid in listed(asked[1]) and self.size(uid) < int(asked[2])

    uidvalidity = 7
    internaldate = b"10-Mar-2026 12:00:00 -0500"

    def size(self, uid: int) -> int:
        return len(self.mails[uid])

    def body(self, uid: int) -> bytes:
        return self.mails[uid]


def listed(uids: str) -> list[int]:
    """Return the UIDs that a command names, one by one.

    >>> listed("3,5:7")
    [3, 5, 6, 7]
    """
    runs = (run.partition(":") for run in uids.split(","))
    return [uid for first, _, last in runs for uid in range(int(first), int(last or first) + 1)]


def literal(content: bytes) -> bytes:
    return b"{%d}\r\n%b" % (len(content), content)
