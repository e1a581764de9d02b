"""What is kept of a sign-in where the disk is full for a while, and whose folder it lies in."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.config.settings import SignIn
from assistant.errors import ConfigError, SignInError
from assistant.ledger import Ledger
from assistant.signin import Token
from tests.mailservers.certificates import issue
from tests.mailservers.token_server import TokenServer
from tests.threats.signing import USER, Clock, Person, clock, settings, way_in


@pytest.fixture
def now() -> Clock:
    return clock()


@pytest.fixture
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TokenServer, SignIn]]:
    certificates = issue(tmp_path_factory.mktemp("authority"))
    with TokenServer(certificates, USER) as running:
        yield running, settings(running, certificates.ca_file)


@pytest.fixture
def tokens(served: tuple[TokenServer, SignIn]) -> TokenServer:
    return served[0]


@pytest.fixture
def reached(served: tuple[TokenServer, SignIn]) -> SignIn:
    return served[1]


@pytest.fixture
def desk(reached: SignIn, tmp_path: Path, now: Clock) -> Token:
    """A way in for which a person has signed in a moment ago."""
    found = way_in(reached, tmp_path, now)
    found.login(Person().terminal)
    return found


@pytest.fixture
def beside(reached: SignIn, tmp_path: Path, now: Clock) -> Token:
    """The same way in, of another program."""
    return way_in(reached, tmp_path, now)


def shown(desk: Token) -> str:
    """Return the token that a mail server is shown."""
    return desk.tried(lambda proof: proof.value)


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("os.fsync", full)
        yield


def test_what_a_full_disk_did_not_take_is_saved_when_there_is_room(
    desk: Token, beside: Token, now: Clock, monkeypatch: pytest.MonkeyPatch
):
    now.pass_by(hours=1)
    with full_disk(monkeypatch):
        fresh = shown(desk)
    desk.keep_fresh()

    assert shown(beside) == fresh


def test_who_signs_in_anew_beside_us_is_not_overwritten(
    desk: Token, beside: Token, tokens: TokenServer, now: Clock, monkeypatch: pytest.MonkeyPatch
):
    now.pass_by(hours=1)
    with full_disk(monkeypatch):
        shown(desk)
        now.pass_by(hours=1)
        tokens.refusal = {"error": "invalid_grant"}
        with pytest.raises(SignInError):
            shown(desk)
    now.pass_by(minutes=20)
    tokens.refusal = None
    beside.login(Person().terminal)
    # What we have in memory would be refused now.
    tokens.refusal = {"error": "invalid_grant"}
    desk.keep_fresh()

    assert shown(desk) == shown(beside)


def test_a_sign_in_that_cannot_be_kept_does_not_pass_for_one(
    reached: SignIn, tmp_path: Path, now: Clock, monkeypatch: pytest.MonkeyPatch, tokens: TokenServer
):
    with full_disk(monkeypatch), pytest.raises(ConfigError, match="make room on the disk"):
        way_in(reached, tmp_path, now).login(Person().terminal)
    assert tokens.times == 1
    with pytest.raises(SignInError, match="nobody has signed in yet"):
        shown(way_in(reached, tmp_path, now))


def test_a_time_without_its_zone_asks_for_a_new_sign_in(desk: Token, tmp_path: Path):
    (kept,) = tmp_path.glob("*.json")
    kept.write_text(kept.read_text().replace("+00:00", ""))

    with pytest.raises(SignInError, match="nobody has signed in yet"):
        shown(desk)


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have such rights")
def test_who_signs_in_first_makes_the_ledgers_folder_as_private_as_the_ledger_wants_it(
    reached: SignIn, tmp_path: Path, now: Clock
):
    before = os.umask(0o022)
    try:
        way_in(reached, tmp_path / "ledger" / "sign-in", now).login(Person().terminal)
        Ledger(tmp_path / "ledger", lock=True).close()
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "ledger").stat().st_mode) == 0o700
