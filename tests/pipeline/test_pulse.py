"""Others notice: the dead-man's switch, the health endpoint, systemd, and the mail that has to come back."""

from __future__ import annotations

import json
import os
import socket
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from pydantic import ValidationError

from assistant.config.settings import HealthSettings
from assistant.errors import ConfigError, TransientError
from assistant.pipeline import conditions, pulse, warnings
from assistant.pipeline.health.cycles import HANGS_S, Cycles
from assistant.pipeline.health.endpoint import Endpoint
from assistant.pipeline.health.systemd import notify, watchdog_every_s
from tests.configs import Value
from tests.pipeline.office import US, Office, Postbox, office_config
from tests.pipeline.switch import Switch

BOSS = "marcus@clinic.example"
EARLY = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.fixture
def switch() -> Iterator[Switch]:
    server = Switch()
    yield server
    server.shutdown()
    server.server_close()


def opened(folder: Path, **health: Value) -> Office:
    return Office(folder, office_config(assistant={"administrator": BOSS}, health=health))


@pytest.fixture
def office(tmp_path: Path, switch: Switch) -> Iterator[Office]:
    office = opened(tmp_path, heartbeat_url=switch.url, canary_at="10:00")
    yield office
    office.parts.ledger.close()


def test_a_complete_cycle_is_heard_and_an_incomplete_one_is_not(office: Office, switch: Switch):
    office.work()
    pulse(office.parts, is_complete=False)
    before = list(switch.paths)
    pulse(office.parts, is_complete=True)

    assert before == []
    assert switch.paths == ["/ping/5d3f"]


def test_the_switch_is_not_told_more_often_than_it_is_to_be(office: Office, switch: Switch):
    for seconds in (0, 10, 40, 20):
        office.pass_time(seconds=seconds)
        pulse(office.parts, is_complete=True)

    assert len(switch.heard) == 2


def test_what_fails_is_heard_as_a_failure_and_nothing_of_any_mail_with_it(office: Office, switch: Switch):
    office.arrive("Please fax the clearance for Mrs. Rivera by noon.", Subject="Mrs. Rivera")
    office.postbox.trouble = TransientError("smtp: no answer")
    office.work()
    office.pass_time(minutes=20)
    pulse(office.parts, is_complete=False)
    ((path, body),) = switch.heard

    assert path == "/ping/5d3f/fail"
    assert "parts_failing 3\n" in body
    assert all(line.partition(" ")[2].isdecimal() for line in body.splitlines())


@pytest.mark.parametrize("status", [404, 500])
def test_a_switch_that_does_not_answer_stops_nothing_and_is_said(office: Office, switch: Switch, status: int):
    switch.status = status
    office.work()
    for _ in range(3):
        office.pass_time(minutes=2)
        pulse(office.parts, is_complete=True)
    office.work()

    assert "heartbeat_url" in " ".join(warnings(office.parts, office.parts.people()[0], EARLY))
    switch.status = 200
    office.pass_time(minutes=2)
    pulse(office.parts, is_complete=True)
    assert next(one for one in conditions(office.parts) if one.part == "heartbeat").is_fine


def test_a_ledger_that_takes_nothing_is_no_complete_cycle(office: Office, switch: Switch):
    database = office.parts.ledger.spool._database
    database._db.execute("PRAGMA query_only = 1")
    with pytest.raises(Exception, match="readonly"):
        pulse(office.parts, is_complete=True)
    with pytest.raises(Exception, match="readonly"):
        pulse(office.parts, is_complete=True)

    assert switch.paths == ["/ping/5d3f/fail"]


def come_back(office: Office) -> None:
    """Let our own newest mail arrive as a server delivers it."""
    office.arrive_raw(b"Return-Path: <x@y.example>\r\n" + office.postbox.taken[-1].as_bytes())


def canary(office: Office) -> str:
    return next((one.level for one in conditions(office.parts) if one.part == "canary"), "none")


def test_the_canary_leaves_once_a_day_to_ourselves_and_is_automatic_when_it_is_back(office: Office):
    for _ in range(3):
        office.work()
    ours = [mail for mail in office.postbox.taken if mail["To"].addresses[0].addr_spec == US]
    assert len(ours) == 1
    office.postbox.taken.remove(ours[0])
    office.postbox.taken.append(ours[0])
    come_back(office)
    office.pass_time(minutes=5)
    office.work()
    office.pass_time(hours=2)
    balance = office.parts.ledger.spool.balance(EARLY)

    assert (balance.automatic, balance.read) == (1, 1)
    assert canary(office) == "fine"
    office.pass_time(days=1)
    office.work()
    assert len([mail for mail in office.postbox.taken if mail["To"].addresses[0].addr_spec == US]) == 2


def test_a_canary_that_is_not_back_is_said_by_every_other_way(office: Office, switch: Switch):
    second = Postbox()
    office.parts = replace(office.parts, second_courier=second)
    office.work()
    office.pass_time(minutes=29)
    office.work()
    pulse(office.parts, is_complete=True)
    early = canary(office)
    office.pass_time(minutes=2)
    office.work()
    pulse(office.parts, is_complete=True)
    office.work()

    assert early == "fine"
    assert canary(office) == "failing"
    assert switch.paths == ["/ping/5d3f", "/ping/5d3f/fail"]
    assert [mail["To"].addresses[0].addr_spec for mail in second.taken] == [BOSS]
    said = " ".join(warnings(office.parts, office.parts.people()[0], EARLY))
    assert "Our test mail of Monday 10:00 to ourselves has not come back" in said


def test_without_a_time_there_is_no_canary(tmp_path: Path):
    office = opened(tmp_path)
    office.work()
    office.parts.ledger.close()

    assert [mail["To"].addresses[0].addr_spec for mail in office.postbox.taken] == ["dana@clinic.example"]


def asked(endpoint: Endpoint, path: str) -> tuple[int, str]:
    try:
        with urlopen(f"http://127.0.0.1:{endpoint.port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.fixture
def endpoint(office: Office) -> Iterator[Endpoint]:
    endpoint = Endpoint("127.0.0.1:0", lambda: office.parts.health.snapshot, lambda: office.now)
    yield endpoint
    endpoint.close()


def test_the_endpoint_says_how_the_parts_are(office: Office, endpoint: Endpoint):
    before = asked(endpoint, "/healthz")[0]
    office.work()
    pulse(office.parts, is_complete=True)
    status, body = asked(endpoint, "/healthz")
    said = json.loads(body)

    assert (before, status, said["status"]) == (503, 200, "fine")
    assert said["parts"]["mailbox desk"] == "fine"
    office.pass_time(minutes=6)
    assert json.loads(asked(endpoint, "/healthz")[1])["status"] == "silent"
    office.pass_time(minutes=14)
    pulse(office.parts, is_complete=False)
    assert asked(endpoint, "/healthz")[0] == 503
    assert asked(endpoint, "/etc/passwd")[0] == 404


def test_metrics_are_as_prometheus_reads_them(office: Office, endpoint: Endpoint):
    office.arrive("Please fax the clearance for Mrs. Rivera by noon.")
    office.work()
    pulse(office.parts, is_complete=True)
    status, body = asked(endpoint, "/metrics")

    assert status == 200
    assert 'assistant_part_level{part="mailbox desk"} 0' in body.splitlines()
    assert "assistant_tasks_open 1" in body.splitlines()
    for line in body.splitlines():
        assert line.startswith("# ") or line.rpartition(" ")[2].isdecimal()


def test_a_port_that_is_taken_is_said(endpoint: Endpoint):
    with pytest.raises(ConfigError, match=r"\[health\] listen"):
        Endpoint(f"127.0.0.1:{endpoint.port}", lambda: None, lambda: EARLY)


@pytest.mark.parametrize("listen", ["0.0.0.0:9108", ":9108", "clinic.example:80", "127.0.0.1:x", "127.0.0.1:99999"])
def test_nobody_but_this_machine_may_ask(listen: str):
    with pytest.raises(ValidationError, match="only this machine"):
        HealthSettings(listen=listen)


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have such sockets")
@pytest.mark.parametrize("kind", ["file", "abstract"])
def test_systemd_hears_what_it_is_told(tmp_path: Path, kind: str):
    if kind == "abstract" and os.uname().sysname != "Linux":
        pytest.skip("only Linux has names that are no files")
    name = str(tmp_path / "s") if kind == "file" else f"\0{tmp_path.name}-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(name)
        systemd.settimeout(10)
        told = notify("READY=1", {"NOTIFY_SOCKET": name.replace("\0", "@")})

        assert (told, systemd.recv(100)) == (True, b"READY=1")


@pytest.mark.parametrize("environment", [{}, {"NOTIFY_SOCKET": ""}, {"NOTIFY_SOCKET": "/nowhere/at/all"}])
def test_without_systemd_nothing_happens(environment: dict[str, str]):
    assert notify("READY=1", environment) is False


@pytest.mark.parametrize(("asked_for", "every_s"), [("30000000", 10), ("", None), ("0", None), ("soon", None)])
def test_the_watchdog_is_told_three_times_as_often_as_it_asks(asked_for: str, every_s: float | None):
    assert watchdog_every_s({"WATCHDOG_USEC": asked_for}) == every_s


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_cycle_is_complete_when_every_job_went_well_since_the_last():
    cycles = Cycles(["collect:desk", "tick"], Counter())
    cycles.went_well("tick")
    first = cycles.is_complete()
    cycles.went_well("collect:desk")

    assert (first, cycles.is_complete(), cycles.is_complete()) == (False, True, False)


def test_a_job_hangs_when_it_neither_ends_nor_deals_with_a_mail():
    steps: Counter[str] = Counter()
    seconds = Seconds()
    cycles = Cycles(["receive", "tick"], steps, seconds)
    cycles.began("receive")
    cycles.began("tick")
    cycles.ended("tick")
    seconds.now += HANGS_S - 1
    assert cycles.hanging() == []
    steps["receive"] += 1
    assert cycles.hanging() == []
    seconds.now += HANGS_S - 1
    assert cycles.hanging() == []
    seconds.now += 2

    assert cycles.hanging() == ["receive"]
    cycles.ended("receive")
    assert cycles.hanging() == []
