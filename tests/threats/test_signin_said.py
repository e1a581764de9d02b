"""A sign-in that has ended is told within one cycle, by every way that a person may look at, with what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.daemon import Daemon, Pace
from assistant.errors import ConfigError, SignInError
from assistant.pipeline import Parts, conditions, deliver, pulse, warnings
from assistant.pipeline.health.sign_ins import keep_signed_in
from assistant.signin import Token
from tests.configs import DANA, US, Section, config_text, person
from tests.mailservers.certificates import Certificates, issue
from tests.mailservers.token_server import TokenServer
from tests.pipeline.office import Office, office_config
from tests.threats.signing import SECRET, Clock, Person, settings, way_in

BOSS = "marcus@clinic.example"
REVOKED = {"error": "invalid_grant", "error_description": "revoked for Dana Whitfield"}


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return issue(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def tokens(certificates: Certificates) -> Iterator[TokenServer]:
    with TokenServer(certificates, US) as running:
        yield running


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path, office_config(assistant={"administrator": BOSS}))
    yield office
    office.parts.ledger.close()


@pytest.fixture
def desk(office: Office, tokens: TokenServer, certificates: Certificates) -> Token:
    found = way_in(settings(tokens, certificates.ca_file), office.folder / "sign-in", Clock(office.now))
    found._clock = lambda: office.now
    found.login(Person().terminal)
    return found


@pytest.fixture
def parts(office: Office, desk: Token) -> Parts:
    return replace(office.parts, credentials=(desk,))


def said(parts: Parts) -> list[str]:
    return [one.said for one in conditions(parts) if one.part == "sign-in desk"]


def calls(office: Office) -> list[EmailMessage]:
    """Return the administrator's mails about it."""
    mails = [mail for mail in office.postbox.taken if BOSS in str(mail["To"])]
    return [mail for mail in mails if "sign-in desk" in str(mail["Subject"])]


def test_all_is_quiet_while_tokens_are_renewed(parts: Parts, office: Office, tokens: TokenServer):
    for _ in range(6):
        office.pass_time(minutes=30)
        assert keep_signed_in(parts) == 0

    assert said(parts) == []
    assert tokens.times == 4


def test_status_banner_and_administrator_hear_of_it_in_the_same_cycle(
    parts: Parts, office: Office, tokens: TokenServer
):
    tokens.refusal = REVOKED
    office.pass_time(minutes=55)
    keep_signed_in(parts)
    pulse(parts, is_complete=True)
    deliver(parts)

    told = "desk: sign-in refused (it has expired or was revoked: invalid_grant); run: assistant login desk"
    kept = {one.part: one for one in parts.ledger.health.kept()}
    assert told in kept["sign-in desk"].said
    assert any(told in line for line in warnings(parts, parts.people()[0], office.now - timedelta(days=1)))
    (mail,) = calls(office)
    body = mail.get_body(("plain",))
    assert body is not None
    assert "run: assistant login desk" in " ".join(body.get_content().split())
    assert "Whitfield" not in mail.as_string()


def test_it_is_told_once_a_day_and_no_more_after_a_new_sign_in(
    parts: Parts, office: Office, tokens: TokenServer, desk: Token
):
    tokens.refusal = REVOKED
    office.pass_time(minutes=55)
    for _ in range(30):
        keep_signed_in(parts)
        pulse(parts, is_complete=True)
        deliver(parts)
        office.pass_time(minutes=1)
    assert len(calls(office)) == 1

    tokens.refusal = None
    desk.login(Person().terminal)

    assert keep_signed_in(parts) == 1
    assert said(parts) == []


def test_an_outage_of_who_gives_tokens_is_no_reason_to_call_anybody(parts: Parts, office: Office, tokens: TokenServer):
    tokens.status = 503
    office.pass_time(minutes=58)

    assert keep_signed_in(parts) == 0
    assert said(parts) == []


@pytest.mark.parametrize("trouble", [SignInError("smtp", "535"), ConfigError("smtp", "takes no tokens")])
def test_a_mail_server_that_lets_us_in_no_more_is_said_at_once(office: Office, trouble: Exception):
    office.arrive("Please fax the clearance by noon.")
    office.postbox.trouble = trouble
    office.parts.health.mailbox_trouble.clear()
    office.pass_time(days=1)
    office.work()

    (sending,) = [one for one in conditions(office.parts) if one.part == "sending"]
    assert sending.level == "failing"
    assert "does not let us in" in sending.said

    office.postbox.trouble = None
    office.pass_time(minutes=11)
    office.work()
    assert next(one for one in conditions(office.parts) if one.part == "sending").is_fine


def test_a_new_sign_in_ends_the_wait_of_who_was_refused(parts: Parts):
    daemon = Daemon(parts, Pace())
    daemon._note("collect:desk", SignInError("account desk", "AUTHENTICATIONFAILED"))
    assert daemon._not_before["collect:desk"] > 0

    daemon._let_in_again(0)
    assert daemon._not_before["collect:desk"] > 0
    daemon._let_in_again(1)
    assert daemon._not_before["collect:desk"] == 0


def written(folder: Path, tokens: TokenServer, certificates: Certificates) -> Path:
    oauth: Section = {
        "auth": "oauth2",
        "client_id": "the-client",
        "client_secret": "env:CLIENT_SECRET",
        "token_url": tokens.token_url,
        "ca_file": certificates.ca_file,
        "user": US,
    }
    path = folder / "config.toml"
    path.write_text(
        config_text(
            people=[person(DANA)],
            accounts=[{"name": "desk", "person": DANA, "host": "imap.clinic.example", **oauth}],
            smtp={"host": "smtp.clinic.example", "password": "env:CLIENT_SECRET"},
            health={"heartbeat_url": "https://ping.example/5d3f-key"},
            model={"base_url": "https://key:hidden@model.example/v1", "baa": True, "api_key": "env:NOT_SET"},
        )
    )
    return path


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("CLIENT_SECRET", SECRET)
    return CliRunner()


def test_login_asks_for_no_secret_in_its_arguments_and_shows_none(
    tmp_path: Path, tokens: TokenServer, certificates: Certificates, runner: CliRunner
):
    path = written(tmp_path, tokens, certificates)

    done = runner.invoke(app, ["login", "desk", "-c", str(path)], input="refresh-typed\n", catch_exceptions=False)

    assert done.exit_code == 0
    assert "Signed in." in done.output
    assert tokens.asked[0]["refresh_token"] == "refresh-typed"
    assert "refresh-" not in done.output
    assert "access-" not in done.output
    (kept,) = (tmp_path / "ledger" / "sign-in").glob("*.json")
    assert kept.stat().st_mode & 0o777 == 0o600


def test_login_where_there_is_none_says_why(
    tmp_path: Path, tokens: TokenServer, certificates: Certificates, runner: CliRunner
):
    path = str(written(tmp_path, tokens, certificates))
    password, unknown = (runner.invoke(app, ["login", name, "-c", path]) for name in ("smtp", "front"))

    assert "signs in with a password" in str(password.exception)
    assert "choose from smtp" in str(unknown.exception)


def test_what_is_in_force_is_shown_without_what_lets_somebody_in(
    tmp_path: Path, tokens: TokenServer, certificates: Certificates, runner: CliRunner
):
    done = runner.invoke(app, ["config", "show", "-c", str(written(tmp_path, tokens, certificates))])

    assert 'client_secret = "env:CLIENT_SECRET"  # is there' in done.output
    assert 'api_key = "env:NOT_SET"  # MISSING' in done.output
    assert 'heartbeat_url = "https://ping.example/..."' in done.output
    assert 'base_url = "https://...@model.example/v1"' in done.output
    assert "poll_every_s = 60" in done.output
    assert not any(secret in done.output for secret in (SECRET, "5d3f", "hidden", os.environ["CLIENT_SECRET"]))
