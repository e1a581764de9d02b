"""Tokens at a real Dovecot, which asks who gave them whether they are good, and at Postfix, which asks Dovecot."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.config import load
from assistant.config.settings import AccountSettings, SmtpSettings
from assistant.daemon import Daemon, Pace
from assistant.errors import SignInError, TransientError
from assistant.intake import open_mailbox
from assistant.outbox import open_smtp
from assistant.pipeline import collect, conditions, pulse
from assistant.pipeline.assembly import assemble, close
from assistant.records import Check
from assistant.signin import Token
from tests.configs import DANA, US, Section, config_text, person
from tests.mailservers import RealMailServers
from tests.mailservers.certificates import issue
from tests.mailservers.token_server import TokenServer
from tests.threats.signing import SECRET, Clock, Person, clock, settings, way_in

pytestmark = pytest.mark.servers
MAIL = b"From: ruth@surgery.example\r\nTo: %s\r\nSubject: x\r\nMessage-ID: <%d@surgery.example>\r\n\r\nPlease call.\r\n"


@dataclass(frozen=True)
class Rig:
    servers: RealMailServers
    tokens: TokenServer
    ca_file: Path
    """The authorities of both."""

    def section(self, port: int, **changes: object) -> dict[str, object]:
        usual = settings(self.tokens, self.ca_file).model_dump(exclude_defaults=True)
        return {**usual, "host": self.servers.host, "port": port, **changes}


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    folder = tmp_path_factory.mktemp("rig")
    certificates = issue(folder)
    with (
        TokenServer(certificates, US) as tokens,
        RealMailServers(users=(US, DANA), introspection_url=tokens.introspection_url) as servers,
    ):
        both = folder / "both.pem"
        both.write_bytes(servers.ca_file.read_bytes() + certificates.ca_file.read_bytes())
        yield Rig(servers, tokens, both)


@pytest.fixture(autouse=True)
def _as_ever(rig: Rig) -> None:
    rig.tokens.user, rig.tokens.refusal, rig.tokens.status = US, None, 0
    rig.tokens.revoke()
    rig.tokens.asked.clear()
    rig.servers.expunge(US)


def imap(rig: Rig, desk: Token, security: str) -> Check:
    port = rig.servers.imaps_port if security == "tls" else rig.servers.imap_port
    own = {"name": "desk", "person": DANA, "security": security}
    mailbox = open_mailbox(AccountSettings.model_validate(rig.section(port, **own)), desk)
    try:
        return mailbox.check()
    finally:
        mailbox.close()


def smtp(rig: Rig, desk: Token, security: str) -> Check:
    port = rig.servers.smtps_port if security == "tls" else rig.servers.smtp_port
    return open_smtp(SmtpSettings.model_validate(rig.section(port, security=security)), desk).check()


Server = Callable[[Rig, Token, str], Check]


@pytest.fixture(params=[(imap, "tls"), (imap, "starttls"), (smtp, "tls"), (smtp, "starttls")], ids=str)
def entered(request: pytest.FixtureRequest, rig: Rig) -> Callable[[Token], Check]:
    server, security = request.param
    return lambda desk: server(rig, desk, security)


@pytest.fixture
def now() -> Clock:
    return clock()


@pytest.fixture
def desk(rig: Rig, tmp_path: Path, now: Clock) -> Token:
    found = way_in(settings(rig.tokens, rig.ca_file), tmp_path, now)
    found.login(Person().terminal)
    return found


def test_a_good_token_lets_us_in(entered: Callable[[Token], Check], desk: Token, rig: Rig):
    assert entered(desk).is_fine
    assert rig.tokens.times == 1


def test_an_ended_token_is_renewed_and_lets_us_in(entered: Callable[[Token], Check], desk: Token, rig: Rig):
    rig.tokens.revoke()

    assert entered(desk).is_fine
    assert rig.tokens.times == 2


def test_a_revoked_sign_in_is_said_with_what_to_do(entered: Callable[[Token], Check], desk: Token, rig: Rig):
    rig.tokens.revoke()
    rig.tokens.refusal = {"error": "invalid_grant"}

    found = entered(desk)

    assert not found.is_fine
    assert found.said.endswith("run: assistant login desk")
    assert rig.tokens.times == 2


def test_another_users_token_opens_nothing(entered: Callable[[Token], Check], desk: Token, rig: Rig):
    rig.tokens.user = DANA
    rig.tokens.revoke()

    found = entered(desk)

    assert not found.is_fine
    assert "a token that was given just now is refused" in found.said
    assert rig.tokens.times == 2


def test_sixty_looks_in_an_hour_ask_for_one_token(rig: Rig, desk: Token, now: Clock):
    asked = []
    for _ in range(60):
        before = rig.tokens.times
        assert imap(rig, desk, "tls").is_fine
        asked.append(rig.tokens.times - before)
        now.pass_by(minutes=1)

    assert [minute for minute, times in enumerate(asked) if times] == [55]


class Clinic:
    """An assistant that reads and sends with one token."""

    def __init__(self, rig: Rig, folder: Path) -> None:
        sign_in: Section = {
            "host": rig.servers.host,
            "ca_file": rig.ca_file,
            "user": US,
            "auth": "oauth2",
            "client_id": "the-client",
            "client_secret": "env:CLIENT_SECRET",
            "token_url": rig.tokens.token_url,
        }
        text = config_text(
            assistant={"administrator": "marcus@clinic.example", "log": "error"},
            people=[person(DANA)],
            accounts=[{"name": "desk", "person": DANA, "port": rig.servers.imaps_port, "poll_every_s": 1, **sign_in}],
            smtp={"port": rig.servers.smtps_port, **sign_in},
        )
        (folder / "config.toml").write_text(text)
        self.parts = assemble(load(folder / "config.toml"), {"CLIENT_SECRET": SECRET}, lambda: datetime.now(UTC))
        (self.way_in,) = self.parts.credentials
        assert isinstance(self.way_in, Token)
        self.way_in.login(Person().terminal)

    def is_failing(self) -> bool:
        found = [one for one in conditions(self.parts) if one.part == "mailbox desk"]
        return found[0].level == "failing" and "run: assistant login desk" in found[0].said


@pytest.fixture
def clinic(rig: Rig, tmp_path: Path) -> Iterator[Clinic]:
    clinic = Clinic(rig, tmp_path)
    yield clinic
    close(clinic.parts)


def test_a_token_that_dies_in_the_middle_of_a_run_is_heard_in_one_cycle(rig: Rig, clinic: Clinic):
    rig.servers.deliver(MAIL % (US.encode(), 1), US)
    assert collect(clinic.parts, "desk") == 1

    rig.tokens.revoke()
    rig.tokens.refusal = {"error": "invalid_grant"}
    rig.servers.kick(US)
    rig.servers.deliver(MAIL % (US.encode(), 2), US)
    # The first look may only find that the connection is gone; the job looks again a moment later.
    while not look(clinic).startswith("desk: sign-in refused"):
        pass
    pulse(clinic.parts, is_complete=False)

    assert clinic.is_failing()
    assert any("mailbox-desk" in mail.key for mail in clinic.parts.ledger.outgoing.due(datetime.now(UTC), 99))

    rig.tokens.refusal = None
    assert isinstance(clinic.way_in, Token)
    clinic.way_in.login(Person().terminal)
    assert collect(clinic.parts, "desk") == 1
    assert not clinic.is_failing()


def look(clinic: Clinic) -> str:
    try:
        return f"{collect(clinic.parts, 'desk')} new mails"
    except (SignInError, TransientError) as error:
        return str(error)


def test_a_daemon_goes_on_within_two_minutes_of_a_new_sign_in(
    rig: Rig, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("assistant.daemon._SIGN_IN_S", 1)
    daemon = threading.Thread(target=Daemon(clinic.parts, Pace(look_s=0.3, tick_s=0.3)).run)
    daemon.start()
    try:
        wait_for(lambda: "desk" in clinic.parts.health.looked_at)
        rig.tokens.revoke()
        rig.tokens.refusal = {"error": "invalid_grant"}
        rig.servers.kick(US)
        wait_for(clinic.is_failing)

        rig.tokens.refusal = None
        assert isinstance(clinic.way_in, Token)
        clinic.way_in.login(Person().terminal)
        wait_for(lambda: not clinic.is_failing())
    finally:
        clinic.parts.stop.set()
        daemon.join(timeout=60)


def wait_for(found: Callable[[], object]) -> None:
    until = time.monotonic() + 60
    while not found():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_no_token_stands_in_the_list_of_processes_or_the_environment(rig: Rig, clinic: Clinic):
    collect(clinic.parts, "desk")

    token = next(iter(rig.tokens.open_tokens))
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            assert token.encode() not in process.read_bytes()
        except OSError:
            continue
    assert token not in "".join(f"{name}={value}" for name, value in os.environ.items())
