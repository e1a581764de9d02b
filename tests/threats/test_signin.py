"""Tokens: when one is asked for, what is kept, and what is said when there is none. No mail server is needed."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from assistant.config.settings import SignIn
from assistant.errors import AssistantError, ConfigError, SignInError, TransientError
from assistant.signin import Proof, Token
from tests.mailservers.certificates import Certificates, issue
from tests.mailservers.token_server import TokenServer
from tests.threats.signing import SECRET, USER, Clock, Person, clock, settings, way_in


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return issue(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def tokens(certificates: Certificates) -> Iterator[TokenServer]:
    with TokenServer(certificates, USER) as running:
        yield running


@pytest.fixture
def reached(tokens: TokenServer, certificates: Certificates) -> SignIn:
    return settings(tokens, certificates.ca_file)


@pytest.fixture
def now() -> Clock:
    return clock()


@pytest.fixture
def desk(reached: SignIn, tmp_path: Path, now: Clock) -> Token:
    """A way in for which a person has signed in a moment ago."""
    found = way_in(reached, tmp_path, now)
    found.login(Person().terminal)
    return found


def shown(desk: Token) -> str:
    """Return the token that a mail server is shown."""
    return desk.tried(lambda proof: proof.value)


class Server:
    """Takes the tokens that are still open, as a mail server does."""

    def __init__(self, tokens: TokenServer) -> None:
        self._tokens = tokens
        self.shown: list[str] = []

    def __call__(self, proof: Proof) -> str:
        self.shown.append(proof.value)
        if self._tokens.open_tokens.get(proof.value) != USER:
            raise SignInError("account desk", "AUTHENTICATIONFAILED")
        return "in"


def test_a_token_is_asked_for_near_its_end_and_no_sooner(desk: Token, tokens: TokenServer, now: Clock):
    asked = []
    for _ in range(120):
        before = tokens.times
        shown(desk)
        desk.keep_fresh()
        asked.append(tokens.times - before)
        now.pass_by(minutes=1)

    # A look each minute for two hours, with tokens of one hour: one new one five minutes before each end.
    assert [minute for minute, times in enumerate(asked) if times] == [55, 110]
    assert set(asked) == {0, 1}


@pytest.mark.parametrize("life", [(3600, 3300), (600, 540), (60, 54)])
def test_short_lives_are_renewed_in_their_last_tenth(
    reached: SignIn, tmp_path: Path, tokens: TokenServer, now: Clock, life: tuple[int, int]
):
    tokens.lasts_s, renewed_at_s = life
    desk = way_in(reached, tmp_path, now)
    first = desk.login(Person().terminal).token

    now.pass_by(seconds=renewed_at_s - 1)
    assert shown(desk) == first
    now.pass_by(seconds=1)
    assert shown(desk) != first


def test_the_newest_refresh_token_is_used(desk: Token, tokens: TokenServer, now: Clock):
    for _ in range(3):
        now.pass_by(hours=1)
        shown(desk)

    used = [form["refresh_token"] for form in tokens.asked]
    assert used[0] == "refresh-0"
    assert len(set(used)) == 4
    assert {form["client_secret"] for form in tokens.asked} == {SECRET}


def test_a_refused_token_is_renewed_once_and_tried_once(desk: Token, tokens: TokenServer):
    server = Server(tokens)
    tokens.revoke()

    assert desk.tried(server) == "in"
    assert (len(server.shown), tokens.times) == (2, 2)


def test_another_users_token_is_refused_after_one_renewal(desk: Token, tokens: TokenServer):
    server = Server(tokens)
    tokens.user = "dana@clinic.example"
    tokens.revoke()

    with pytest.raises(SignInError, match="a token that was given just now is refused"):
        desk.tried(server)
    assert (len(server.shown), tokens.times) == (2, 2)


REFUSALS: list[tuple[dict[str, Any], str]] = [
    ({"error": "invalid_grant"}, "it has expired or was revoked: invalid_grant); run: assistant login desk"),
    ({"error": "interaction_required", "error_codes": [50076]}, "AADSTS50076); run: assistant login desk"),
    ({"error": "invalid_grant", "suberror": "consent_required"}, "consent is missing: invalid_grant); let an admin"),
    ({"error": "invalid_grant", "error_codes": [65001]}, "consent is missing: invalid_grant, AADSTS65001"),
    ({"error": "invalid_client"}, "its secret may have ended: check client_id and client_secret"),
    ({"error": "access_denied"}, "the person did not agree"),
    ({"error": "Dana Whitfield!"}, "no answer that RFC 6749 knows"),
    ({}, "no answer that RFC 6749 knows"),
    ({"access_token": "a\x01auth=Bearer b", "expires_in": 1}, "no answer that RFC 6749 knows"),
]


@pytest.mark.parametrize(("refusal", "said"), REFUSALS)
def test_who_gets_no_token_is_told_what_to_do(
    desk: Token, tokens: TokenServer, now: Clock, refusal: dict[str, Any], said: str
):
    tokens.refusal = {"error_description": "for Dana Whitfield", **refusal}
    now.pass_by(hours=2)

    with pytest.raises(SignInError) as caught:
        shown(desk)
    assert said in str(caught.value)
    assert str(caught.value).startswith("desk: sign-in refused (")
    assert "\n" not in str(caught.value)
    assert "Whitfield" not in str(caught.value)


def test_who_has_said_no_is_asked_again_only_after_a_while_or_a_new_sign_in(
    desk: Token, tokens: TokenServer, now: Clock, reached: SignIn, tmp_path: Path
):
    tokens.refusal = {"error": "invalid_grant"}
    now.pass_by(hours=2)
    for _ in range(9):
        with pytest.raises(SignInError):
            desk.keep_fresh()
        now.pass_by(minutes=1)
    assert tokens.times == 2

    tokens.refusal = None
    # Another process: the command.
    way_in(reached, tmp_path, now).login(Person("refresh-9").terminal)

    assert Server(tokens)(Proof("token", shown(desk))) == "in"


def test_a_dead_sign_in_is_known_before_its_last_token_has_ended(desk: Token, tokens: TokenServer):
    server = Server(tokens)
    tokens.revoke()
    tokens.refusal = {"error": "invalid_grant"}
    with pytest.raises(SignInError, match="assistant login desk"):
        desk.tried(server)

    with pytest.raises(SignInError, match="assistant login desk"):
        desk.keep_fresh()


def test_nobody_signed_in_yet(reached: SignIn, tmp_path: Path, now: Clock, tokens: TokenServer):
    with pytest.raises(SignInError, match=r"nobody has signed in yet\); run: assistant login desk"):
        shown(way_in(reached, tmp_path, now))
    assert tokens.times == 0


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_outage_of_who_gives_tokens_costs_nothing_while_the_last_one_is_good(
    desk: Token, tokens: TokenServer, now: Clock, status: int
):
    first = shown(desk)
    tokens.status = status
    now.pass_by(minutes=57)
    assert shown(desk) == first

    now.pass_by(minutes=3)
    with pytest.raises(TransientError, match=f"gives no token just now \\(HTTP {status}\\)"):
        shown(desk)


def test_a_redirect_is_not_followed(desk: Token, tokens: TokenServer, now: Clock):
    tokens.status = 307
    now.pass_by(hours=2)

    with pytest.raises(SignInError):
        shown(desk)
    assert tokens.paths.count("/token") == 2


def test_what_is_kept_is_for_us_alone(desk: Token, tmp_path: Path):
    (kept,) = tmp_path.glob("*.json")

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
    assert json.loads(kept.read_text())["refresh_token"].startswith("refresh-")

    kept.chmod(0o640)
    with pytest.raises(ConfigError, match="chmod 600"):
        shown(desk)


def test_no_secret_is_in_a_repr(desk: Token):
    assert "access-" not in repr(desk.tried(lambda proof: proof))
    assert "access-" not in repr(vars(desk))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"token": 1}', '{"token": "a", "granted_at": "x", "ends_at": ""}'])
def test_a_damaged_file_asks_for_a_new_sign_in(desk: Token, tmp_path: Path, content: str):
    (kept,) = tmp_path.glob("*.json")
    kept.write_text(content)

    with pytest.raises(AssistantError):
        shown(desk)
    desk.login(Person().terminal)
    assert shown(desk)


def test_a_full_disk_loses_no_token(desk: Token, tokens: TokenServer, now: Clock, monkeypatch: pytest.MonkeyPatch):
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    now.pass_by(hours=1)
    with monkeypatch.context() as disk:
        disk.setattr("os.fsync", full)
        fresh = shown(desk)

    assert shown(desk) == fresh
    now.pass_by(hours=1)
    assert shown(desk) != fresh
    assert tokens.times == 3


@pytest.mark.usefixtures("desk")
def test_processes_that_find_it_ended_at_once_ask_once(
    reached: SignIn, tmp_path: Path, tokens: TokenServer, now: Clock
):
    now.pass_by(hours=2)
    ready = threading.Barrier(8)

    def look(_number: int) -> str:
        other = way_in(reached, tmp_path, now)
        ready.wait(10)
        return shown(other)

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(look, range(8)))

    assert len(found) == 1
    assert tokens.times == 2


def test_reading_and_sending_as_one_user_share_a_sign_in(reached: SignIn, tmp_path: Path, now: Clock, desk: Token):
    smtp = reached.model_copy(update={"host": "smtp.clinic.example", "port": 465})
    other = reached.model_copy(update={"user": "dana@clinic.example"})

    assert shown(way_in(smtp, tmp_path, now)) == shown(desk)
    with pytest.raises(SignInError, match="nobody has signed in yet"):
        shown(way_in(other, tmp_path, now))


def test_no_token_is_asked_for_unencrypted(reached: SignIn):
    with pytest.raises(ValueError, match="begins with https://"):
        SignIn.model_validate({**reached.model_dump(), "token_url": "http://tokens.example/token"})
