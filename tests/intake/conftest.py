"""Servers, certificates and accounts for the tests of one mailbox at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.mailservers import EmbeddedMailServers
from tests.mailservers.certificates import Certificates, issue


@pytest.fixture(scope="package")
def servers() -> Iterator[EmbeddedMailServers]:
    with EmbeddedMailServers() as running:
        yield running


@pytest.fixture(scope="package")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return issue(tmp_path_factory.mktemp("certificates"))
