"""The test servers themselves: what they take, refuse and leave behind."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from tests.mailservers import EmbeddedMailServers, RealMailServers

DANA = "dana@clinic.example"
SAM = "sam@clinic.example"
MAIL = b"Subject: x\r\nFrom: dana@clinic.example\r\n\r\nCall the ward.\r\n.\r\n"
Servers = EmbeddedMailServers | RealMailServers


@pytest.fixture(scope="module")
def embedded() -> Iterator[EmbeddedMailServers]:
    with EmbeddedMailServers() as running:
        yield running


@pytest.fixture(scope="module")
def real() -> Iterator[RealMailServers]:
    with RealMailServers() as running:
        yield running


@pytest.fixture(params=["embedded", pytest.param("real", marks=pytest.mark.servers)])
def servers(request: pytest.FixtureRequest) -> Servers:
    running: Servers = request.getfixturevalue(request.param)
    for user in running.users:
        running.expunge(user)
    return running


def with_starttls(servers: Servers) -> smtplib.SMTP:
    smtp = smtplib.SMTP(servers.host, servers.smtp_port, timeout=10)
    smtp.starttls(context=ssl.create_default_context(cafile=servers.ca_file))
    return smtp


def with_tls(servers: Servers) -> smtplib.SMTP:
    trust = ssl.create_default_context(cafile=servers.ca_file)
    return smtplib.SMTP_SSL(servers.host, servers.smtps_port, context=trust, timeout=10)


def arrived(servers: Servers, user: str) -> list[bytes]:
    """Return the user's mails as soon as there is one: Postfix delivers a moment after it has said yes."""
    until = time.monotonic() + 10
    while not (mails := servers.mails(user)) and time.monotonic() < until:
        threading.Event().wait(0.05)
    return mails


@pytest.mark.parametrize("connected", [with_starttls, with_tls])
def test_a_mail_that_is_handed_in_lies_in_its_mailbox_below_a_trace(
    connected: Callable[[Servers], smtplib.SMTP], servers: Servers
) -> None:
    with connected(servers) as smtp:
        smtp.login(DANA, servers.password)
        smtp.sendmail(DANA, ["sam+tag@clinic.example"], MAIL)

    (mail,) = arrived(servers, SAM)
    trace = mail.partition(b"Subject: ")[0]
    assert mail.endswith(b"\r\n\r\nCall the ward.\r\n.\r\n")
    assert b"Return-Path: <dana@clinic.example>" in trace
    assert b"Delivered-To: sam+tag@clinic.example" in trace
    assert b"Received: " in trace
    assert servers.flags(SAM) == [frozenset()]


@pytest.mark.parametrize("to", ["nobody@clinic.example", "sam@elsewhere.example"])
def test_a_stranger_gets_no_mail(to: str, servers: Servers) -> None:
    with with_tls(servers) as smtp:
        smtp.login(DANA, servers.password)

        with pytest.raises(smtplib.SMTPRecipientsRefused) as raised:
            smtp.sendmail(DANA, [to], MAIL)
    assert raised.value.recipients[to][0] == 550


@pytest.mark.parametrize("connected", [with_starttls, with_tls])
def test_nobody_sends_without_signing_in(connected: Callable[[Servers], smtplib.SMTP], servers: Servers) -> None:
    with connected(servers) as smtp:
        with pytest.raises(smtplib.SMTPAuthenticationError):
            smtp.login(DANA, "wrong")
        with pytest.raises((smtplib.SMTPSenderRefused, smtplib.SMTPRecipientsRefused)):
            smtp.sendmail(DANA, [SAM], MAIL)


def test_nobody_signs_in_before_starttls(servers: Servers) -> None:
    with smtplib.SMTP(servers.host, servers.smtp_port, timeout=10) as smtp:
        smtp.ehlo()

        assert not smtp.has_extn("auth")


def test_what_is_delivered_is_kept_as_it_is_in_its_folder(servers: Servers) -> None:
    servers.add_folder(DANA, "Referrals")
    servers.deliver(MAIL, DANA, datetime(2026, 3, 10, tzinfo=UTC), folder="Referrals")

    assert servers.mails(DANA, "Referrals") == [MAIL]
    assert servers.mails(DANA) == []


def test_what_was_handed_in_is_told_as_it_was(embedded: EmbeddedMailServers) -> None:
    before = len(embedded.submitted)
    with with_tls(embedded) as smtp:
        smtp.login(DANA, embedded.password)
        smtp.sendmail(DANA, [SAM, DANA], MAIL)

    (one,) = embedded.submitted[before:]
    assert (one.user, one.sender, one.recipients, one.content) == (DANA, DANA, (SAM, DANA), MAIL)


def test_nothing_is_left_when_they_have_stopped() -> None:
    threads = threading.active_count()
    with EmbeddedMailServers() as servers:
        held = socket.create_connection((servers.host, servers.imaps_port), timeout=5)
        ca_file = servers.ca_file

    assert threading.active_count() == threads
    assert not ca_file.exists()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((servers.host, servers.imaps_port), timeout=5)
    held.close()
