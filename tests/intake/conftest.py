"""Servers, certificates and accounts for the tests of one mailbox at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.intake import Mailbox, open_mailbox
from tests.intake.accounts import PATIENT, SECRET, account
from tests.intake.scripted import ScriptedServer
from tests.mailservers import EmbeddedMailServers
from tests.mailservers.certificates import Certificates, issue


@pytest.fixture(scope="package")
def servers() -> Iterator[EmbeddedMailServers]:
    with EmbeddedMailServers() as running:
        yield running


@pytest.fixture(scope="package")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return issue(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def server(certificates: Certificates) -> Iterator[ScriptedServer]:
    with ScriptedServer(certificates, {3: PATIENT, 5: PATIENT + b"5\r\n", 8: PATIENT + b"8\r\n"}) as running:
        yield running


@pytest.fixture
def mailbox(server: ScriptedServer, certificates: Certificates) -> Iterator[Mailbox]:
    opened = open_mailbox(account(server.port, certificates.ca_file), SECRET)
    yield opened
    opened.close()
