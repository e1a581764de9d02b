"""SMTP servers on loopback: one that behaves, and one that speaks a script and hangs up at its end."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from assistant.config.settings import SmtpSettings

USER, PASSWORD = "assistant@lakeside.example", "correct horse"


class Keeper:
    """Keeps what it is given, and says `verdicts` where it is told to."""

    def __init__(self, **verdicts: str) -> None:
        self.verdicts = verdicts
        self.taken: list[Envelope] = []

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: ANN401, N802
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.verdicts.get("mail", "250 OK")

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]) -> str:  # noqa: ANN401, N802
        envelope.rcpt_tos.append(address)
        return self.verdicts.get("rcpt", "250 OK")

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: ANN401, N802
        verdict = self.verdicts.get("data", "250 OK")
        if verdict.startswith("250"):
            self.taken.append(envelope)
        return verdict


def _sign_in(_server: object, _session: object, _envelope: object, _mechanism: str, data: object) -> AuthResult:
    is_right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)


@contextmanager
def serving(keeper: Keeper, authority: tuple[trustme.CA, Path], name: str = "localhost") -> Iterator[SmtpSettings]:
    """Run a server with STARTTLS and AUTH, and give the settings that reach it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority[0].issue_cert(name).configure_cert(context)
    controller = Controller(
        keeper,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=context,
        require_starttls=True,
        authenticator=_sign_in,
        auth_required=True,
    )
    controller.start()
    try:
        yield settings(controller.port, ca_file=authority[1])
    finally:
        controller.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def settings(port: int, **changes: Any) -> SmtpSettings:  # noqa: ANN401 - fields of the settings
    usual = {"host": "localhost", "port": port, "security": "starttls", "user": USER, "timeout_s": 5}
    return SmtpSettings(**{**usual, **changes})


class Script:
    """A server that speaks a script and hangs up at its end; it keeps every byte that it hears.

    Each line of the script is an answer; the client's next line, or its whole mail after a 354, comes before the next.
    """

    def __init__(self, *answers: str, authority: trustme.CA | None = None) -> None:
        self.answers = answers
        self.heard = b""
        self._tls = None
        if authority is not None:
            self._tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            authority.issue_cert("localhost").configure_cert(self._tls)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._speak, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join(10)
        self._listener.close()

    def _speak(self) -> None:
        line, _ = self._listener.accept()
        if self._tls is not None:
            try:
                line = self._tls.wrap_socket(line, server_side=True)
            except ssl.SSLError:  # the client does not trust us, and that is what is tested
                line.close()
                return
        # Who has heard enough may be gone before the last answer.
        with suppress(OSError), line, line.makefile("rb") as heard:
            for place, answer in enumerate(self.answers):
                line.sendall(answer.encode() + b"\r\n")
                if place + 1 < len(self.answers) or answer.startswith("354"):
                    self._hear(heard, until=b".\r\n" if answer.startswith("354") else b"\n")

    def _hear(self, heard: Any, until: bytes) -> None:  # noqa: ANN401 - a file that a socket makes
        for line in heard:
            self.heard += line
            if until in {b"\n", line}:
                return
