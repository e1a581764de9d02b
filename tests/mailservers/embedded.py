"""An IMAP and an SMTP server in this process, with real TLS and real sign-in; nothing is written but certificates.

The IMAP server is pymap, which keeps mail in memory; the SMTP server is aiosmtpd, which hands what it takes straight
to pymap's mailboxes. pymap knows no implicit TLS, so its port 993 is made here by letting asyncio do the TLS. It
also drops keywords that are not its own, says OK to it, and numbers its mails from 101.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import tempfile
import threading
from argparse import Namespace
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxData, MailboxSet
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

from tests.mailservers.certificates import Certificates, issue

USERS = ("assistant@clinic.example", "dana@clinic.example", "priya@clinic.example", "sam@clinic.example")
PASSWORD = "four-grey-herons-wade"

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a client handed in over SMTP."""

    user: str
    """Who had signed in."""
    sender: str
    recipients: tuple[str, ...]
    content: bytes


class EmbeddedMailServers:
    """Servers for as long as the `with` block lasts.

    Attributes:
        imap_port, smtp_port: With STARTTLS.
        imaps_port, smtps_port: With TLS from the first byte.
        submitted: What came in over SMTP, oldest first.
        clock: Dates what is delivered; replace it to deliver in another time.

    """

    host = "127.0.0.1"

    def __init__(
        self, users: Sequence[str] = USERS, password: str = PASSWORD, certificates: Certificates | None = None
    ) -> None:
        self.users = tuple(users)
        self.password = password
        self.submitted: list[Submission] = []
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.imap_port = self.imaps_port = self.smtp_port = self.smtps_port = 0
        self._given = certificates
        self._stack = contextlib.ExitStack()
        self._is_up: Future[None] = Future()
        self._config: Config | None = None
        self._thread = threading.Thread(target=self._run, name="embedded mail servers", daemon=True)

    def __enter__(self) -> Self:
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="mailservers-")))
        self._certificates = self._given or issue(folder)
        # aiosmtpd warns of its own use of a name that it means to drop.
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        self._thread.start()
        self._is_up.result(timeout=30)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(timeout=30)
        self._stack.close()

    @property
    def ca_file(self) -> Path:
        return self._certificates.ca_file

    def deliver(self, raw: bytes, to: str, received_at: datetime | None = None, folder: str = "INBOX") -> None:
        """Put a mail, as it is, into a user's folder."""
        self._do(self._append(raw, to, received_at or self.clock(), folder))

    def mails(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """Return what lies in a user's folder, oldest first."""
        return [content for content, _ in self._do(self._held(user, folder))]

    def flags(self, user: str, folder: str = "INBOX") -> list[frozenset[str]]:
        r"""Return each mail's flags, e.g. {"\\Seen"}, in the order of `mails`."""
        return [flags for _, flags in self._do(self._held(user, folder))]

    def add_folder(self, user: str, folder: str) -> None:
        self._do(self._boxes(user).add_mailbox(folder))

    def expunge(self, user: str, folder: str = "INBOX") -> None:
        """Delete all mails of a folder."""
        self._do(self._emptied(user, folder))

    def renumber(self, user: str) -> None:
        """Give the user's INBOX a new UIDVALIDITY and new UIDs, as a server does whose index was lost."""
        self._do(self._renumbered(user))

    @contextlib.contextmanager
    def forgetting(self, user: str) -> Iterator[None]:
        """Set the user's INBOX back, at the end of the block, as a copy of yesterday's disk does: same UIDVALIDITY."""
        upto = self._do(self._set_back(user, None))
        yield
        self._do(self._set_back(user, upto))

    def _do(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:  # noqa: BLE001 - it is raised in the thread that waits for the start
            if not self._is_up.done():
                self._is_up.set_exception(error)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        # Clients that hang up are what these servers are for; asyncio would log each.
        self._loop.set_exception_handler(lambda _loop, _context: None)
        self._stop = asyncio.Event()
        tls = self._certificates.server_context()
        login = self._login()
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(self._hang_up)
            for is_tls, imap in ((False, "imap_port"), (True, "imaps_port")):
                config = self._imap_config(is_tls=is_tls)
                server = await asyncio.start_server(
                    _speaking(IMAPServer(login, config)), self.host, 0, ssl=tls if is_tls else None
                )
                stack.callback(server.close)
                setattr(self, imap, server.sockets[0].getsockname()[1])
            for is_tls, smtp in ((False, "smtp_port"), (True, "smtps_port")):
                server = await self._loop.create_server(
                    self._smtp_factory(is_tls=is_tls), self.host, 0, ssl=tls if is_tls else None
                )
                stack.callback(server.close)
                setattr(self, smtp, server.sockets[0].getsockname()[1])
            self._is_up.set_result(None)
            await self._stop.wait()
            # asyncio loses the socket of a client whom it is letting in while its server closes.
            await asyncio.sleep(0.001)

    async def _hang_up(self) -> None:
        """End what clients still hold, also those in the middle of a handshake, of which only the loop knows."""
        # Several turns, for the handlers to end.
        for _ in range(5):
            for transport in list(getattr(self._loop, "_transports", {}).values()):
                transport.abort()
            await asyncio.sleep(0)

    def _imap_config(self, *, is_tls: bool) -> Config:
        return Config(
            Namespace(proxy_protocol=None, passlib_cfg=None),
            demo_data=False,
            demo_user="",
            demo_password="",
            host=self.host,
            port=0,
            ssl_context=self._certificates.server_context(),
            tls_enabled=not is_tls,
            # Passwords are compared as they are: the usual half second of hashing proves nothing here.
            hash_context=Cleartext(),
            cpu_subsystem=Subsystem.for_asyncio(),
            invalid_user_sleep=0,
        )

    def _login(self) -> Login:
        self._config = self._imap_config(is_tls=True)
        login = Login(self._config)
        for user in self.users:
            login.users_dict[user] = UserMetadata(self._config, user, password=self.password)
            self._config.set_cache[user] = (MailboxSet(), FilterSet())
        return login

    def _smtp_factory(self, *, is_tls: bool) -> Callable[[], SMTP]:
        tls = None if is_tls else self._certificates.server_context()
        return lambda: SMTP(
            _Submissions(self),
            hostname="mail.clinic.example",
            ident="ready",
            tls_context=tls,
            require_starttls=not is_tls,
            auth_require_tls=not is_tls,
            authenticator=self._authenticate,
            loop=self._loop,
        )

    def _authenticate(self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: Any) -> AuthResult:  # noqa: ANN401
        assert isinstance(given, LoginPassword)
        user, password = given.login.decode(), given.password.decode()
        return AuthResult(success=user in self.users and password == self.password, handled=False, auth_data=user)

    def _boxes(self, user: str) -> MailboxSet:
        assert self._config is not None
        return self._config.set_cache[user][0]

    async def _append(self, raw: bytes, to: str, at: datetime, folder: str) -> None:
        box = await self._boxes(to).get_mailbox(folder)
        await box.append(AppendMessage(raw, at), recent=True)

    async def _held(self, user: str, folder: str) -> list[tuple[bytes, frozenset[str]]]:
        box = await self._boxes(user).get_mailbox(folder)
        return [
            (bytes(mail._content), frozenset(bytes(flag).decode() for flag in mail.permanent_flags))
            async for mail in box.messages()
            if mail._content is not None
        ]

    async def _emptied(self, user: str, folder: str) -> None:
        box = await self._boxes(user).get_mailbox(folder)
        await box.delete([mail.uid async for mail in box.messages()])

    async def _set_back(self, user: str, upto: int | None) -> int:
        box = await self._boxes(user).get_mailbox("INBOX")
        if upto is not None:
            await box.delete([mail.uid async for mail in box.messages() if mail.uid > upto])
            box._max_uid = upto
        return box._max_uid

    async def _renumbered(self, user: str) -> None:
        boxes = self._boxes(user)
        old = await boxes.get_mailbox("INBOX")
        boxes._inbox = MailboxData(boxes._content_cache, boxes._thread_cache)
        boxes._inbox._uid_validity = old.uid_validity + 1
        async for mail in old.messages():
            await old.copy(mail.uid, boxes._inbox)


class _Submissions:
    """aiosmtpd's hooks: who may send, to whom, and where it goes."""

    def __init__(self, servers: EmbeddedMailServers) -> None:
        self._servers = servers

    async def handle_MAIL(  # noqa: N802 - aiosmtpd finds it by this name
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        return "250 2.1.0 Sender ok"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds it by this name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if _without_tag(address) not in self._servers.users:
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Recipient ok"

    async def handle_DATA(  # noqa: N802 - aiosmtpd finds it by this name
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        servers = self._servers
        content = bytes(envelope.original_content or b"")
        sender = envelope.mail_from or ""
        recipients = tuple(envelope.rcpt_tos)
        servers.submitted.append(
            Submission(user=str(session.auth_data), sender=sender, recipients=recipients, content=content)
        )
        now = servers.clock()
        for number, to in enumerate(recipients):
            where = f"id {len(servers.submitted)}-{number} for <{to}>"
            trace = (
                f"Return-Path: <{sender}>\r\nDelivered-To: {to}\r\n"
                f"Received: from client.clinic.example by mail.clinic.example with ESMTPSA\r\n"
                f" {where}; {format_datetime(now)}\r\n"
            )
            await servers._append(trace.encode() + content, _without_tag(to), now, "INBOX")
        return "250 2.0.0 Taken"


def _without_tag(address: str) -> str:
    """Return the mailbox that dana+tag@clinic.example is delivered to."""
    local, _, host = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{host}"


def _speaking(imap: IMAPServer) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            await imap(reader, writer, SocketInfo.get(writer, None))

    return talk
