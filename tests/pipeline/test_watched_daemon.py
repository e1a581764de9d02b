"""The daemon on servers inside this process: what they refuse is seen from outside, and so is that all is well."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from urllib.request import urlopen

import pytest

from assistant.config import load
from assistant.daemon import Daemon, Pace, clock
from assistant.pipeline import Parts, collect, conditions, deliver, pulse, receive, tick
from assistant.pipeline.assembly import assemble, close
from assistant.records import Condition
from tests.configs import DANA, US, Section, config_text, person, reached, zone_at_noon
from tests.mailservers import EmbeddedMailServers
from tests.mailservers.certificates import issue
from tests.network import on_path
from tests.pipeline.switch import Switch


@pytest.fixture
def servers() -> Iterator[EmbeddedMailServers]:
    with EmbeddedMailServers() as running:
        yield running


@contextlib.contextmanager
def assembled(
    folder: Path,
    servers: EmbeddedMailServers,
    health: Section = MappingProxyType({}),
    ca_file: Path | None = None,
    password: str = "",
) -> Iterator[Parts]:
    known: Section = {"user": US, "ca_file": ca_file or servers.ca_file, "timeout_s": 5}
    imap = reached(servers, servers.imaps_port, **known, password="env:IMAP_PASSWORD", poll_every_s=1)
    text = config_text(
        organisation={"timezone": zone_at_noon()},
        people=[person(DANA, digest_at="")],
        accounts=[{"name": "desk", "person": DANA, **imap}],
        smtp=reached(servers, servers.smtps_port, **known, password="env:SMTP_PASSWORD"),
        health=health,
    )
    (folder / "config.toml").write_text(text, encoding="utf-8")
    secrets = {"IMAP_PASSWORD": password or servers.password, "SMTP_PASSWORD": servers.password}
    parts = assemble(load(folder / "config.toml"), secrets, clock)
    try:
        yield parts
    finally:
        close(parts)


def of(parts: Parts, part: str) -> Condition:
    return next(one for one in conditions(parts) if one.part == part)


@contextlib.contextmanager
def at_work(parts: Parts) -> Iterator[None]:
    daemon = threading.Thread(target=Daemon(parts, Pace(look_s=0.2, tick_s=0.2, pulse_s=0.2)).run)
    daemon.start()
    try:
        yield
    finally:
        parts.stop.set()
        daemon.join(timeout=60)


def wait_for(found: Callable[[], object]) -> None:
    until = time.monotonic() + 40
    while not found():
        assert time.monotonic() < until
        time.sleep(0.05)


def status(folder: Path) -> tuple[int, list[dict[str, str]]]:
    command = [sys.executable, "-m", "assistant", "status", "--json"]
    environment = {**os.environ, "PYTHONPATH": on_path(Path(__file__).parents[2])}
    ended = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, check=False, env=environment
    )
    assert not ended.stderr
    return ended.returncode, [json.loads(line) for line in ended.stdout.splitlines()]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_a_daemon_at_work_is_heard_seen_and_asked(
    tmp_path: Path, servers: EmbeddedMailServers, monkeypatch: pytest.MonkeyPatch
):
    switch, port = Switch(), free_port()
    told: list[bytes] = []
    systemd = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    systemd.bind(str(tmp_path / "notify"))

    def hear() -> None:
        while not told or told[-1] != b"STOPPING=1":
            told.append(systemd.recv(100))

    hearing = threading.Thread(target=hear, daemon=True)
    hearing.start()
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    monkeypatch.setenv("WATCHDOG_USEC", "600000")
    health: Section = {
        "heartbeat_url": switch.url,
        "heartbeat_every_s": 0.1,
        "listen": f"127.0.0.1:{port}",
        "canary_at": "00:00",
    }
    with contextlib.closing(systemd), assembled(tmp_path, servers, health) as parts:
        with at_work(parts):
            wait_for(lambda: switch.paths and b"WATCHDOG=1" in told)
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
                seen = json.loads(answer.read())
            code, lines = status(tmp_path)
        hearing.join(timeout=10)
    switch.shutdown()
    switch.server_close()

    assert set(told) == {b"READY=1", b"WATCHDOG=1", b"STOPPING=1"}
    assert set(switch.paths) == {"/ping/5d3f"}
    assert seen["parts"]["mailbox desk"] == "fine"
    assert code == 0
    assert {"assistant", "mailbox desk", "sending", "disk", "ledger", "reading", "cycle"} <= {
        line["part"] for line in lines
    }


def test_the_canary_goes_through_both_servers_and_comes_back(tmp_path: Path, servers: EmbeddedMailServers):
    with assembled(tmp_path, servers, {"canary_at": "12:00"}) as parts:
        tick(parts)
        deliver(parts)
        on_its_way = of(parts, "canary").said
        collect(parts, "desk")
        receive(parts)
        balance = parts.ledger.spool.balance(datetime(1970, 1, 1, tzinfo=UTC))

        assert on_its_way.startswith("is on its way")
        assert of(parts, "canary").said.startswith("came back")
        assert (balance.automatic, balance.read) == (1, 1)


def test_a_refused_password_is_seen_at_once_and_not_tried_by_two(tmp_path: Path, servers: EmbeddedMailServers):
    with assembled(tmp_path, servers, password="wrong") as parts:
        with at_work(parts):
            wait_for(lambda: "desk" in parts.health.mailbox_trouble)
            wait_for(lambda: parts.health.snapshot is not None and parts.health.snapshot.is_failing)
            # Long enough for the thread that waits for mail to have had its turn.
            parts.stop.wait(0.7)
            sessions = [parts.watched["desk"]]
            code, lines = status(tmp_path)

        assert all(vars(one)["_session"] is None for one in sessions)
        assert code == 1
        (line,) = (line for line in lines if line["part"] == "mailbox desk")
        assert line["level"] == "failing"
        assert "sign-in refused" in line["said"]


def test_a_certificate_of_somebody_else_is_seen_for_what_it_is(tmp_path: Path, servers: EmbeddedMailServers):
    other = tmp_path / "other"
    other.mkdir()
    with assembled(tmp_path, servers, ca_file=issue(other).ca_file) as parts:
        with pytest.raises(Exception, match="not to be trusted"):
            collect(parts, "desk")
        pulse(parts, is_complete=False)

        assert of(parts, "mailbox desk").level == "failing"
        assert "certificate" in of(parts, "mailbox desk").said


def test_a_certificate_that_ends_soon_is_spoken_of_for_both_servers(tmp_path: Path):
    certificates = issue(tmp_path, ends=datetime.now(UTC) + timedelta(days=10))
    with EmbeddedMailServers(certificates=certificates) as servers, assembled(tmp_path, servers) as parts:
        collect(parts, "desk")
        parts.courier.check()
        found = [one.part for one in conditions(parts) if one.part.startswith("certificate")]

    assert found == ["certificate, mailbox desk", "certificate, sending"]


def test_status_says_that_nobody_is_at_work(tmp_path: Path, servers: EmbeddedMailServers):
    with assembled(tmp_path, servers):
        code, lines = status(tmp_path)

    assert code == 1
    assert lines[0]["said"] == "has never been run on this ledger"
