"""What a server refused is not shown to it again within ten minutes, whoever asks: accounts are locked for less."""

from __future__ import annotations

import stat
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.config.settings import AccountSettings, SignIn
from assistant.errors import SignInError
from assistant.intake import open_copies
from assistant.pipeline import collect, deliver, receive, tick
from assistant.signin import Credential, Proof, Secrets, Token, open_credential
from tests.mailservers.certificates import Certificates, issue
from tests.mailservers.token_server import TokenServer
from tests.pipeline.office import DANA, US, Office
from tests.threats.signing import Clock, Person, settings
from tests.threats.signing import way_in as token_way

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
MOST_IN_AN_HOUR = 6


class Server:
    """Takes one password, and notes when it is asked."""

    def __init__(self, now: Callable[[], datetime], takes: str = "right") -> None:
        self.now, self.takes = now, takes
        self.asked: list[datetime] = []
        self.said: list[str] = []

    def __call__(self, proof: Proof) -> str:
        self.asked.append(self.now())
        if proof.value != self.takes:
            raise SignInError("account desk", "user or password")
        return "in"


def way_in(folder: Path, now: Callable[[], datetime], password: str = "wrong", *, remembers: bool = True) -> Credential:
    settings, secrets = SignIn(password="env:PW"), Secrets({"PW": password})
    return open_credential("desk", settings, secrets, folder=folder / "sign-in", clock=now, remembers=remembers)


def is_let_in(way: Credential, server: Server) -> bool:
    try:
        return way.tried(server) == "in"
    except SignInError as error:
        server.said.append(str(error))
        return False


@pytest.fixture
def now() -> Clock:
    return Clock(NOON)


@pytest.fixture
def server(now: Clock) -> Server:
    return Server(now)


def test_a_refused_password_is_shown_once_in_ten_minutes(tmp_path: Path, now: Clock, server: Server):
    way = way_in(tmp_path, now)
    for _ in range(60):
        assert not is_let_in(way, server)
        now.pass_by(minutes=1)

    assert [at - NOON for at in server.asked] == [timedelta(minutes=10 * n) for n in range(MOST_IN_AN_HOUR)]
    assert len(server.said) == 60
    assert len(set(server.said)) == 1


def test_many_that_ask_at_once_show_it_once(tmp_path: Path, now: Clock, server: Server):
    way, all_here = way_in(tmp_path, now), threading.Barrier(4)

    def ask(_number: int) -> bool:
        all_here.wait(30)
        return is_let_in(way, server)

    with ThreadPoolExecutor(4) as pool:
        assert not any(pool.map(ask, range(4)))
    assert len(server.asked) == 1


def test_an_account_that_is_open_again_is_entered_after_ten_minutes_and_then_as_often_as_one_likes(
    tmp_path: Path, now: Clock, server: Server
):
    way = way_in(tmp_path, now)
    is_let_in(way, server)
    server.takes = "wrong"
    now.pass_by(minutes=10)

    assert [is_let_in(way, server) for _ in range(3)] == [True] * 3


def test_a_run_remembers_what_the_one_before_was_refused(tmp_path: Path, now: Clock, server: Server):
    for _ in range(12):
        is_let_in(way_in(tmp_path, now), server)
        now.pass_by(minutes=5)

    assert len(server.asked) == MOST_IN_AN_HOUR


@pytest.mark.parametrize(("password", "remembers"), [("right", True), ("wrong", False)])
def test_another_password_and_a_person_who_tries_are_not_kept_waiting(
    tmp_path: Path, now: Clock, server: Server, password: str, *, remembers: bool
):
    is_let_in(way_in(tmp_path, now), server)
    is_let_in(way_in(tmp_path, now, password, remembers=remembers), server)

    assert len(server.asked) == 2


def test_what_is_remembered_tells_nobody_the_password_and_ends_with_the_trouble(
    tmp_path: Path, now: Clock, server: Server
):
    way = way_in(tmp_path, now)
    is_let_in(way, server)
    (kept,) = (tmp_path / "sign-in").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert b"wrong" not in kept.read_bytes()

    server.takes = "wrong"
    now.pass_by(minutes=10)
    assert is_let_in(way, server)
    assert list((tmp_path / "sign-in").iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"null", b"[]", b"7", b'{"at": 7}', b'{"at": "2026-03-09"}', b"\xff"])
def test_a_file_that_is_none_of_ours_holds_up_nobody(tmp_path: Path, now: Clock, server: Server, content: bytes):
    is_let_in(way_in(tmp_path, now), server)
    (kept,) = (tmp_path / "sign-in").iterdir()
    kept.write_bytes(content)
    is_let_in(way_in(tmp_path, now), server)

    assert len(server.asked) == 2


def test_a_folder_that_cannot_be_written_changes_nothing_within_one_run(tmp_path: Path, now: Clock, server: Server):
    (tmp_path / "sign-in").write_bytes(b"")
    way = way_in(tmp_path, now)

    assert [is_let_in(way, server) for _ in range(3)] == [False] * 3
    assert len(server.asked) == 1


def test_a_clock_that_was_set_back_holds_up_nobody(tmp_path: Path, now: Clock, server: Server):
    way = way_in(tmp_path, now)
    is_let_in(way, server)
    now.pass_by(days=-1)
    is_let_in(way, server)

    assert len(server.asked) == 2


def test_a_token_that_is_refused_fresh_is_not_renewed_and_shown_all_the_time(tmp_path: Path):
    certificates, now = issue(tmp_path), Clock(datetime.now(UTC))
    server = Server(now, takes="none")
    with TokenServer(certificates, US) as tokens:
        way = signed_in(tokens, certificates, tmp_path, now)
        for _ in range(10):
            with pytest.raises(SignInError, match="a token that was given just now is refused"):
                way.tried(server)
            now.pass_by(minutes=1)
        assert len(server.asked) == 2

        way.login(Person().terminal)
        server.takes = way.tried(lambda proof: proof.value)
        assert way.tried(server) == "in"


def signed_in(tokens: TokenServer, certificates: Certificates, folder: Path, now: Clock) -> Token:
    way = token_way(settings(tokens, certificates.ca_file), folder / "sign-in", now)
    way.login(Person().terminal)
    return way


def test_a_mailbox_that_refuses_us_is_not_hammered_for_each_mail_that_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    office = Office(tmp_path)
    server = Server(lambda: office.now)
    account = AccountSettings(name="desk", person=DANA, host="127.0.0.1", user=US, password="env:PW")
    monkeypatch.setattr(sys.modules["assistant.intake.copies"], "_CopiesSession", lambda _account, proof: server(proof))
    for name in "abcdefghij":
        office.arrive(f"Please fax the consent form of Mrs. Bal{name}mo by 3 pm today.")
    office.work()
    way = way_in(tmp_path, lambda: office.now)
    office.parts = replace(office.parts, copies={"desk": open_copies(account, way)})
    begins, before = office.now, len(office.postbox.taken)
    while office.now < begins + timedelta(hours=1):
        office.answer("help")
        collect(office.parts, "desk")
        receive(office.parts)
        tick(office.parts)
        deliver(office.parts)
        office.pass_time(minutes=4)
    office.parts.ledger.close()

    assert len(office.postbox.taken) - before > MOST_IN_AN_HOUR
    assert 0 < len(server.asked) <= MOST_IN_AN_HOUR
