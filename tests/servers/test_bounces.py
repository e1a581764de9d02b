"""Mails that Postfix takes and sends back later: the outbox learns it, and who can mend it hears."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from assistant.config import load
from assistant.pipeline import Parts, collect, deliver, receive, tick
from assistant.pipeline.assembly import assemble, close
from tests.configs import DANA, EVERY_DAY, US, config_text, person, reached, zone_at_noon
from tests.mailservers import RealMailServers

pytestmark = pytest.mark.servers
AWAY = "alex=reyes@clinic.example"
"""Postfix takes mail for it, and then finds that Dovecot knows no such user, for the letter in the middle."""


@pytest.fixture
def servers() -> Iterator[RealMailServers]:
    with RealMailServers(users=(DANA, US, AWAY)) as servers:
        yield servers


@pytest.fixture
def parts(servers: RealMailServers, tmp_path: Path) -> Iterator[Parts]:
    text = config_text(
        organisation={"timezone": zone_at_noon(), "holidays": ""},
        assistant={"administrator": DANA},
        people=[person(AWAY, "Alex Reyes", workdays=EVERY_DAY, digest_at="11:00")],
        accounts=[{"name": "assistant", "person": AWAY, **reached(servers, servers.imaps_port, user=US, idle=False)}],
        smtp=reached(servers, servers.smtps_port, user=US),
    )
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    environment = {"TEST_PASSWORD": servers.password}
    parts = assemble(load(tmp_path / "config.toml"), environment, lambda: datetime.now(UTC))
    yield parts
    close(parts)


def wait_for(found: Callable[[], object]) -> None:
    until = time.monotonic() + 30
    while not found():
        assert time.monotonic() < until, "in 30 s it did not happen"
        time.sleep(0.1)


def test_a_digest_that_postfix_sends_back_is_undelivered_and_the_administrator_hears(
    servers: RealMailServers, parts: Parts
):
    tick(parts)
    deliver(parts)
    digest = parts.ledger.outgoing.last_of("digest", AWAY, sent=True)
    assert digest is not None

    def came_back() -> list[bytes]:
        return [raw for raw in servers.mails(US) if b"multipart/report" in raw]

    wait_for(came_back)
    (report,) = came_back()
    envelope_id = re.search(rb"(?im)^Original-Envelope-Id: *(\S+)", report)
    assert envelope_id is not None, "Postfix was asked to name the mail"
    assert envelope_id[1].decode() == digest.message_id
    # The copy to ourselves has come as well, and is no report.
    collect(parts, "assistant")
    receive(parts)
    deliver(parts)

    found = parts.ledger.outgoing.named([digest.message_id])
    assert found is not None
    assert found.state == "failed"
    wait_for(lambda: servers.mails(DANA))
    alert = message_from_bytes(servers.mails(DANA)[0], policy=policy.default)
    assert isinstance(alert, EmailMessage)
    assert str(alert["Message-ID"]).startswith("<alert.")
    body = alert.get_body(("plain",))
    assert body is not None
    assert AWAY in " ".join(body.get_content().split())
    assert parts.ledger.book.open_tasks() == ()
