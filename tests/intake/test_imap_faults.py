"""What the network and the server may do to us in the middle of everything."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from assistant.errors import AssistantError, ConfigError, SignInError, TransientError
from assistant.intake import Mailbox, open_mailbox
from tests.intake.accounts import DANA, SECRET, account, new_mails, waits
from tests.intake.scripted import ScriptedServer
from tests.mailservers import CuttingProxy, EmbeddedMailServers
from tests.mailservers.certificates import Certificates, issue

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def proxy(servers: EmbeddedMailServers) -> Iterator[CuttingProxy]:
    servers.expunge(DANA)
    with CuttingProxy(servers.imaps_port) as between:
        yield between


@pytest.fixture
def mailbox(proxy: CuttingProxy, servers: EmbeddedMailServers) -> Iterator[Mailbox]:
    opened = open_mailbox(account(proxy.port, servers.ca_file, timeout_s=0.5), servers.password)
    yield opened
    opened.close()


def test_a_wrong_password_is_told_without_the_password(servers: EmbeddedMailServers) -> None:
    mailbox = open_mailbox(account(servers.imaps_port, servers.ca_file), SECRET)

    with pytest.raises(SignInError) as raised:
        new_mails(mailbox)
    assert SECRET not in str(raised.value)
    assert str(raised.value).startswith("account inbox: sign-in refused (AUTHENTICATIONFAILED)")
    assert mailbox.check().said == str(raised.value)


def test_an_unknown_user_is_a_refused_sign_in(servers: EmbeddedMailServers) -> None:
    mailbox = open_mailbox(account(servers.imaps_port, servers.ca_file, user="no@clinic.example"), servers.password)

    with pytest.raises(SignInError):
        new_mails(mailbox)


def test_starttls_reads_the_same_mails(servers: EmbeddedMailServers) -> None:
    servers.expunge(DANA)
    servers.deliver(b"Subject: x\r\n\r\n.\r\n", DANA)
    mailbox = open_mailbox(account(servers.imap_port, servers.ca_file, security="starttls"), servers.password)

    assert len(new_mails(mailbox)) == 1
    mailbox.close()


@pytest.mark.parametrize(
    ("greeting", "capabilities", "answer"),
    [
        ("* OK ready", "IMAP4rev1 AUTH=PLAIN", None),
        ("* PREAUTH welcome back", "IMAP4rev1 STARTTLS", None),
        ("* OK ready", "IMAP4rev1 STARTTLS AUTH=PLAIN", "TAG NO not now\r\n"),
        ("* OK ready", "IMAP4rev1 STARTTLS AUTH=PLAIN", "TAG BAD what\r\n"),
    ],
)
def test_where_starttls_is_cut_out_no_credentials_are_sent(
    greeting: str, capabilities: str, answer: str | None
) -> None:
    with ScriptedServer(certificates=None) as server:
        server.greeting, server.capabilities = greeting, capabilities
        if answer is not None:
            server.answers["STARTTLS"] = answer
        mailbox = open_mailbox(account(server.port, None, security="starttls"), SECRET)

        with pytest.raises(ConfigError, match="STARTTLS"):
            new_mails(mailbox)
    names = {command.partition(" ")[0] for command in server.commands}
    assert names <= {"CAPABILITY", "STARTTLS", "LOGOUT"}
    assert DANA.encode() not in server.received


def _of_another_authority(folder: Path) -> tuple[Certificates, Path]:
    (folder / "other").mkdir()
    return issue(folder), issue(folder / "other").ca_file


def _for_another_host(folder: Path) -> tuple[Certificates, Path]:
    files = issue(folder, "imap.elsewhere.example")
    return files, files.ca_file


def _expired(folder: Path) -> tuple[Certificates, Path]:
    files = issue(folder)
    authority = trustme.CA()
    old = authority.issue_cert("127.0.0.1", not_after=NOON - timedelta(days=3000))
    authority.cert_pem.write_to_path(str(files.ca_file))
    old.private_key_and_cert_chain_pem.write_to_path(str(files.chain_file))
    old.private_key_pem.write_to_path(str(files.key_file))
    return files, files.ca_file


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize("bad", [_of_another_authority, _for_another_host, _expired])
def test_a_certificate_that_proves_nothing_is_refused_before_the_password(
    bad: Callable[[Path], tuple[Certificates, Path]], security: str, tmp_path: Path
) -> None:
    files, ca_file = bad(tmp_path)
    with EmbeddedMailServers(certificates=files) as servers:
        port = servers.imaps_port if security == "tls" else servers.imap_port
        with CuttingProxy(port) as proxy:
            mailbox = open_mailbox(account(proxy.port, ca_file, security=security), SECRET)

            with pytest.raises(ConfigError, match=r"certificate of .*ca_file"):
                new_mails(mailbox)
        assert b"AUTHENTICATE" not in proxy.from_client
        assert b"LOGIN" not in proxy.from_client


def test_a_ca_file_that_is_not_there_is_named(servers: EmbeddedMailServers, tmp_path: Path) -> None:
    mailbox = open_mailbox(account(servers.imaps_port, tmp_path / "gone.pem"), servers.password)

    with pytest.raises(ConfigError, match=r"gone\.pem"):
        new_mails(mailbox)


@pytest.mark.parametrize(("security", "said"), [("tls", 'is that port for security = "starttls"?'), ("starttls", "")])
def test_the_wrong_kind_of_port_is_trouble_that_has_a_name(
    security: str, said: str, servers: EmbeddedMailServers
) -> None:
    port = servers.imap_port if security == "tls" else servers.imaps_port
    mailbox = open_mailbox(account(port, servers.ca_file, security=security, timeout_s=0.5), servers.password)

    with pytest.raises(TransientError, match=f"connecting.*{re.escape(said)}"):
        new_mails(mailbox)


def test_a_port_for_another_protocol_is_said_to_be_one(certificates: Certificates) -> None:
    class Postman(ScriptedServer):
        greeting = "220 mail.clinic.example ESMTP"

    with Postman(certificates) as server:
        check = open_mailbox(account(server.port, certificates.ca_file), SECRET).check()

    assert check.said == f"account inbox: 127.0.0.1:{server.port}: no IMAP is spoken there; look at the port"


def test_a_host_that_nobody_knows_is_named_as_what_to_check(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_asked: object, **_how: object) -> None:
        # As a machine says it that asks a name server; tests ask none.
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    check = open_mailbox(account(993, None, host="imap.clinic.example"), SECRET).check()

    where = "account inbox: imap.clinic.example:993"
    assert check.said == f"{where} could not be reached (Name or service not known); check `host`"


def test_a_stopped_server_is_trouble_that_passes(
    servers: EmbeddedMailServers, proxy: CuttingProxy, mailbox: Mailbox
) -> None:
    servers.deliver(b"Subject: x\r\n\r\n.\r\n", DANA)
    assert len(new_mails(mailbox)) == 1
    proxy.refuse()

    for _ in range(2):
        with pytest.raises(TransientError, match=r"account inbox: .*127\.0\.0\.1:\d+ (was lost|could)"):
            new_mails(mailbox)
    assert not mailbox.check().is_fine
    proxy.recover()
    assert len(new_mails(mailbox)) == 1


def test_a_port_where_nobody_listens_is_trouble_that_passes(servers: EmbeddedMailServers) -> None:
    with CuttingProxy(servers.imaps_port) as proxy:
        pass
    mailbox = open_mailbox(account(proxy.port, servers.ca_file), servers.password)

    with pytest.raises(TransientError, match="refused"):
        new_mails(mailbox)


@pytest.mark.parametrize("trouble", ["cut", "fall_silent", "refuse"])
def test_a_peer_that_is_gone_while_we_wait_is_noticed_and_not_asked_in_a_loop(
    trouble: str, proxy: CuttingProxy, mailbox: Mailbox
) -> None:
    # What came before it listened is looked for at once.
    assert waits(mailbox, 0.05)
    assert not waits(mailbox, 0.05)
    sent = len(proxy.from_client)
    timer = threading.Timer(0.1, getattr(proxy, trouble))
    timer.start()
    began = time.perf_counter()

    with pytest.raises(TransientError):
        waits(mailbox, 0.5)
    timer.join()
    assert time.perf_counter() - began < 3
    assert len(proxy.from_client) - sent < 1000
    proxy.recover()
    assert waits(mailbox, 0.05)
    assert not waits(mailbox, 0.05)


def test_a_mail_is_taken_whole_or_not_at_all_wherever_the_connection_is_cut(certificates: Certificates) -> None:
    whole = b"Subject: x\r\n\r\n" + b"The order is due on Friday.\r\n" * 1000
    outcomes: set[bytes] = set()

    with ScriptedServer(certificates, {1: whole}) as server, CuttingProxy(server.port) as proxy:
        settings = account(proxy.port, certificates.ca_file)

        def read(cut_after: int | None) -> bytes:
            proxy.cut_after = cut_after
            mailbox = open_mailbox(settings, SECRET)
            try:
                return b"".join(mail.content for mail in new_mails(mailbox))
            except TransientError:
                return b""
            finally:
                mailbox.close()

        assert read(cut_after=None) == whole
        for cut_after in range(1000, proxy.passed, 2003):
            outcomes.add(read(cut_after))
    assert outcomes <= {b"", whole}
    assert b"" in outcomes


def test_a_folder_that_was_numbered_anew_is_read_again_under_its_new_number(servers: EmbeddedMailServers) -> None:
    servers.expunge(DANA)
    servers.deliver(b"Subject: x\r\n\r\n.\r\n", DANA)
    settings = account(servers.imaps_port, servers.ca_file)
    before, after = open_mailbox(settings, servers.password), open_mailbox(settings, servers.password)
    (old,) = new_mails(before)
    servers.renumber(DANA)
    (new,) = after.fetch_new(
        lambda _folder, uidvalidity: old.locator.uid if uidvalidity == old.locator.uidvalidity else 0,
        lambda locator: locator == old.locator,
        lambda _l, _at: False,
    )

    assert new.content == old.content
    assert new.locator.uidvalidity != old.locator.uidvalidity
    before.close()
    after.close()


def test_no_error_of_ours_is_longer_than_a_line(servers: EmbeddedMailServers, proxy: CuttingProxy) -> None:
    proxy.refuse()
    said = []
    for settings in (account(proxy.port, servers.ca_file), account(servers.imaps_port, None)):
        with pytest.raises(AssistantError) as raised:
            new_mails(open_mailbox(settings, servers.password))
        said.append(str(raised.value))

    assert all("\n" not in one and len(one) < 250 for one in said)
