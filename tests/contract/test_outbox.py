"""A mail whose sending is cut off, on servers that others wrote: it is looked for, and arrives once; Sent holds it."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from assistant.config import AccountSettings, load
from assistant.errors import TransientError
from assistant.intake import open_copies
from assistant.ledger import Ledger
from assistant.outbox import open_smtp
from assistant.pipeline import Parts, deliver, tick
from assistant.records import EscalationPolicy, OutgoingMail
from tests.configs import DANA, EVERY_DAY, US, config_text, person, reached, zone_at_noon
from tests.mailservers import CuttingProxy, EmbeddedMailServers, RealMailServers
from tests.pipeline.office import embedded_reader


class LosingProxy(CuttingProxy):
    """Cuts a connection in the middle of a mail: so that its answer is lost, or its end.

    Until a mail, a client sends less than 3,500 bytes, TLS and sign-in included; a digest is longer by far.
    """

    loses: str = ""
    _BEFORE_A_MAIL = 3500

    @property
    def _is_in_mail(self) -> bool:
        return bool(self.loses) and len(self.from_client) > self._BEFORE_A_MAIL

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(2000):
                self.from_client += data
                if self._is_in_mail and self.loses == "end":
                    threading.Timer(0.3, self.cut).start()
                    while client.recv(65536):
                        pass
                    return
                server.sendall(data)

    def _pass_back(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                if self._is_in_mail and self.loses == "answer":
                    break
                client.sendall(data)
        for one in (client, server):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class Clinic:
    def __init__(self, servers: EmbeddedMailServers | RealMailServers, proxy: LosingProxy, folder: Path) -> None:
        self.servers, self.proxy = servers, proxy
        self.ahead = timedelta(0)
        text = config_text(
            organisation={"timezone": zone_at_noon(), "holidays": ""},
            people=[person(DANA, workdays=EVERY_DAY, digest_at="11:00")],
            accounts=[{"name": "assistant", "person": DANA, **reached(servers, servers.imaps_port, user=US)}],
            smtp=reached(servers, proxy.port, user=US, timeout_s=10),
        )
        (folder / "config.toml").write_text(text, encoding="utf-8")
        config = load(folder / "config.toml")
        self.ledger = Ledger(folder / "ledger", lock=True)
        self.copies = open_copies(config.accounts[0], servers.password)
        self.parts = Parts(
            config=config,
            ledger=self.ledger,
            reader=embedded_reader(),
            mailboxes={},
            watched={},
            courier=open_smtp(config.smtp, servers.password),
            escalation=EscalationPolicy(critical=(), high=(), normal=()),
            clock=lambda: datetime.now(UTC) + self.ahead,
            started_at=datetime.now(UTC),
            copies={"assistant": self.copies},
        )

    def owe_digest(self) -> OutgoingMail:
        tick(self.parts)
        return self.ledger.outgoing.due(self.parts.clock(), 1)[0]

    def go_on(self, **span: float) -> None:
        self.ahead += timedelta(**span)
        deliver(self.parts)

    def state(self, mail: OutgoingMail) -> str:
        found = self.ledger.outgoing.named([mail.message_id])
        assert found is not None
        return found.state

    def holding(self, mail: OutgoingMail, user: str, folder: str = "INBOX") -> list[bytes]:
        held = self.servers.mails(user, folder)
        return [raw for raw in held if message_from_bytes(raw)["Message-ID"] == f"<{mail.message_id}>"]

    def wait_for(self, found: Callable[[], object]) -> None:
        until = time.monotonic() + 30
        while not found():
            assert time.monotonic() < until, "in 30 s it did not happen"
            time.sleep(0.05)


@pytest.fixture(scope="module", params=["embedded", pytest.param("real", marks=pytest.mark.servers)])
def servers(request: pytest.FixtureRequest) -> Iterator[EmbeddedMailServers | RealMailServers]:
    with (EmbeddedMailServers if request.param == "embedded" else RealMailServers)(users=(DANA, US)) as servers:
        if request.param == "embedded":
            # Dovecot makes it by itself.
            servers.add_folder(US, "Sent")
        yield servers


@pytest.fixture
def clinic(servers: EmbeddedMailServers | RealMailServers, tmp_path: Path) -> Iterator[Clinic]:
    for user, folder in ((US, "INBOX"), (US, "Sent"), (DANA, "INBOX")):
        servers.expunge(user, folder)
    with LosingProxy(servers.smtps_port) as proxy:
        clinic = Clinic(servers, proxy, tmp_path)
        yield clinic
        clinic.copies.close()
        clinic.ledger.close()


def test_a_digest_arrives_once_where_the_server_took_it_and_its_answer_was_cut(clinic: Clinic):
    mail = clinic.owe_digest()
    clinic.proxy.loses = "answer"
    clinic.go_on()
    assert clinic.state(mail) == "uncertain"
    clinic.wait_for(lambda: clinic.holding(mail, DANA) and clinic.holding(mail, US))
    clinic.proxy.loses = ""
    clinic.go_on(minutes=2)
    clinic.go_on(hours=2)

    assert clinic.state(mail) == "sent"
    assert len(clinic.holding(mail, DANA)) == 1


def test_a_digest_arrives_once_where_its_end_never_reached_the_server(clinic: Clinic):
    mail = clinic.owe_digest()
    clinic.proxy.loses = "end"
    clinic.go_on()
    assert clinic.state(mail) == "uncertain"
    clinic.proxy.loses = ""
    clinic.go_on(minutes=2)
    clinic.wait_for(lambda: clinic.holding(mail, DANA))
    clinic.go_on(hours=2)

    assert clinic.state(mail) == "sent"
    arrived = clinic.holding(mail, DANA)
    assert len(arrived) == 1
    assert arrived[0].endswith(mail.content.rstrip()[-200:] + b"\r\n"), "the bytes of the first try"


def test_sent_gets_one_copy_of_what_was_sent(clinic: Clinic):
    mail = clinic.owe_digest()
    clinic.go_on()
    assert not clinic.holding(mail, US, "Sent")
    for _ in range(3):
        clinic.go_on(minutes=3)

    assert clinic.holding(mail, US, "Sent") == [mail.content]
    assert all("\\Seen" in flags for flags in clinic.servers.flags(US, "Sent"))


def test_a_copy_that_the_server_keeps_is_not_put_there_again(clinic: Clinic):
    mail = clinic.owe_digest()
    clinic.go_on()
    clinic.servers.deliver(mail.content, US, folder="Sent")
    for _ in range(3):
        clinic.go_on(minutes=3)

    assert len(clinic.holding(mail, US, "Sent")) == 1
    assert clinic.ledger.outgoing.server_keeps("smtp")


def test_an_id_that_others_begin_with_is_not_taken_for_them(clinic: Clinic):
    clinic.servers.deliver(b"Message-ID: <digest.12@clinic.example>\r\n\r\nx\r\n", US)
    today = datetime.now(UTC).date()

    assert clinic.copies.in_inbox("digest.12@clinic.example", today - timedelta(days=1))
    assert not clinic.copies.in_inbox("digest.1", today - timedelta(days=1))
    assert not clinic.copies.in_inbox("igest.12@clinic.example", today - timedelta(days=1))


def test_a_connection_that_ended_while_nobody_used_it_is_made_anew(clinic: Clinic):
    clinic.servers.deliver(b"Message-ID: <digest.12@clinic.example>\r\n\r\nx\r\n", US)
    with CuttingProxy(clinic.servers.imaps_port) as proxy:
        account = clinic.parts.config.accounts[0].model_copy(update={"port": proxy.port})
        copies = open_copies(account, clinic.servers.password)
        yesterday = datetime.now(UTC).date() - timedelta(days=1)
        assert copies.in_inbox("digest.12@clinic.example", yesterday)
        proxy.cut()
        assert copies.in_inbox("digest.12@clinic.example", yesterday)
        proxy.refuse()
        with pytest.raises(TransientError):
            copies.in_inbox("digest.12@clinic.example", yesterday)
        copies.close()


def test_a_mailbox_without_a_sent_folder_is_left_as_it_is(clinic: Clinic):
    settings = clinic.parts.config.accounts[0].model_copy(update={"user": DANA})
    assert isinstance(settings, AccountSettings)
    theirs = open_copies(settings, clinic.servers.password)
    try:
        if isinstance(clinic.servers, EmbeddedMailServers):
            assert theirs.in_sent("x@clinic.example", datetime.now(UTC).date()) is None
            assert not theirs.keep(b"Subject: x\r\n\r\nx\r\n", datetime.now(UTC))
        else:
            assert theirs.in_sent("x@clinic.example", datetime.now(UTC).date()) is False
    finally:
        theirs.close()
