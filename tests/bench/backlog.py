"""How does it keep pace? A backlog on a real Dovecot, growth, delay, a long digest: one table, from one command.

python -m tests.bench.backlog [--mails 20000] [--tasks 1000000] [--delays 100]

Needs root and the packages of tests/mailservers/install-debian.sh. What depends on the machine is set beside the same
work done barely, in the same run; the table says how many mails it rests on, and what their number proves.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from statistics import quantiles
from typing import Any

from assistant.cli.options import start_logging
from assistant.config import load
from assistant.daemon import clock
from assistant.ledger import FILE
from assistant.pipeline import collect, receive
from assistant.pipeline.assembly import assemble, close
from tests.bench.backlog_box import bare_fetch, bare_parse, fill
from tests.bench.backlog_growth import Cost, cost_of_one_more, digest_s, tick_s
from tests.bench.backlog_latency import delays
from tests.bench.backlog_ledger import build, is_faithful
from tests.bench.backlog_mails import mails
from tests.configs import EVERY_DAY, US, config_text, person, reached
from tests.mailservers import RealMailServers

BIG, SMALL, QUIET = "dana@clinic.example", "priya@clinic.example", "sam@clinic.example"
_ONE_MORE = 50
_FIRST_DIGEST_S = 120
_ENOUGH_S = 900
_DIGESTS_SENT = "SELECT count(*) FROM outbox WHERE kind = 'digest' AND state = 'sent'"
_SETTLED = "SELECT count(*) FROM mails WHERE state <> 'waiting'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table."""

    measure: str
    figure: str
    beside: str = ""
    """The same work done barely, or what it is compared with."""
    ratio: float | None = None
    asked: str = ""
    holds: bool | None = None
    """None: nothing is asked."""
    n: int = 0
    bound: bool = False
    """True where none of the n failed: at 95 %, fewer than 3 in n do."""

    def line(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        holds = "" if self.holds is None else "yes" if self.holds else "NO"
        bound = f"{300 / self.n:.3g} %" if self.bound and self.holds else ""
        cells = (self.measure, self.figure, self.beside, ratio, self.asked, holds, f"{self.n:,}", bound)
        return f"| {' | '.join(cells)} |"


_COLUMNS = ("measure", "figure", "beside it", "ratio", "asked", "holds", "n", "failures, at most")
HEAD = f"| {' | '.join(_COLUMNS)} |\n|{'---|' * len(_COLUMNS)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mails", type=int, default=20_000)
    parser.add_argument("--tasks", type=int, default=1_000_000)
    parser.add_argument("--delays", type=int, default=100)
    chosen = parser.parse_args()
    start_logging("error")
    print(machine())
    print(HEAD)
    for row in rows(chosen.mails, chosen.tasks, chosen.delays):
        print(row.line(), flush=True)
    print(f"\nLoad at the end: {os.getloadavg()[0]:.1f}")


def machine() -> str:
    names = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    memory = next((int(line.split()[1]) // 1024**2 for line in _lines("/proc/meminfo") if "MemTotal" in line), 0)
    cores, load_now = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    cpu = names[0] if names else platform.processor()
    when = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    return f"{when}; {cpu}, {cores} cores, {memory} GB; Python {platform.python_version()}; load {load_now:.1f}\n"


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


def rows(count: int, tasks: int, delayed: int) -> Iterator[Row]:
    """Yield the table's lines as they are measured: of `count` mails, of 0 and `tasks` tasks, of `delayed` mails."""
    few = max(count // 20, 1)
    now = datetime.now(UTC)
    with RealMailServers() as servers, tempfile.TemporaryDirectory(prefix="backlog-") as made:
        folder = Path(made)
        os.environ["TEST_PASSWORD"] = servers.password
        fill(servers, BIG, mails(count, now, to=BIG))
        fill(servers, SMALL, mails(few, now, to=SMALL))
        big = _config(servers, folder / "big", BIG)
        yield from _backlog(servers, big, count)
        yield from _whole(_config(servers, folder / "whole", BIG), count)
        yield from _growth(servers, folder, (few, count, tasks), big)
        yield from _latency(servers, _config(servers, folder / "quiet", QUIET, has_digest=False), delayed)


def _config(servers: RealMailServers, folder: Path, address: str, *, has_digest: bool = True) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "config.toml"
    digest_at = (datetime.now(UTC) - timedelta(minutes=5)).strftime("%H:%M") if has_digest else ""
    text = config_text(
        organisation={"timezone": "UTC", "holidays": ""},
        assistant={"ledger": folder / "ledger", "log": "error"},
        people=[person(address, "Dana Whitfield", workdays=EVERY_DAY, digest_at=digest_at)],
        accounts=[
            {
                "name": "desk",
                "kind": "inbox",
                "person": address,
                **reached(servers, servers.imaps_port, user=address),
            },
        ],
        smtp=reached(servers, servers.smtps_port, user=US),
        # Mail of senders whom we know is read before all other, and would come out of its turn.
        limits={"known": []},
    )
    path.write_text(text, encoding="utf-8")
    return path


@contextmanager
def _working(kind: str, config: Path) -> Iterator[subprocess.Popen[str]]:
    """Run the assistant in a process of its own; ended, if it has not, with the block."""
    command = [sys.executable, "-m", "tests.bench.backlog_work", kind, str(config)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _told(process: subprocess.Popen[str]) -> dict[str, Any]:
    said, _ = process.communicate(timeout=_ENOUGH_S)
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def _backlog(servers: RealMailServers, config: Path, count: int) -> Iterator[Row]:
    # Once for nothing: the server sees the folder for the first time.
    bare_fetch(servers, BIG)
    before, contents = bare_fetch(servers, BIG)
    with _working("stages", config) as process:
        found = _told(process)
    after, _ = bare_fetch(servers, BIG)
    bare, parsed = (before + after) / 2, bare_parse(contents)
    ratio = bare / found["collect_s"]
    yield Row(
        measure="mails/s into the spool", figure=f"{count / found['collect_s']:,.0f}",
        beside=f"{count / bare:,.0f} by imapclient alone", ratio=ratio, asked="≥ 0.5", holds=ratio >= 0.5, n=count,
    )  # fmt: skip
    rate = count / found["receive_s"]
    yield Row(
        measure="mails/s read and settled", figure=f"{rate:,.0f}",
        beside=f"{count / parsed:,.0f} parsed by Python's library", ratio=rate * parsed / count,
        asked="≥ 150/s", holds=rate >= 150, n=count,
    )  # fmt: skip
    is_whole = found["collected"] == found["settled"] == count and found["balance"]["adds_up"]
    lost = count - (found["balance"]["read"] - found["balance"]["waiting"])
    yield Row(
        measure="mails lost, waiting or failed", figure=f"{lost + found['balance']['needs_person']}",
        beside=f"{found['balance']['tasks']:,} with tasks", asked="0",
        holds=is_whole and not found["balance"]["needs_person"], n=count, bound=True,
    )  # fmt: skip
    yield Row(
        measure="newest first", figure="yes" if found["newest_first"] else "no",
        beside="each look: all read are newer than all that wait", asked="yes",
        holds=found["newest_first"], n=found["looks"],
    )  # fmt: skip


def _whole(config: Path, count: int) -> Iterator[Row]:
    """The daemon as in use, on the same mails: its first digest, its memory."""
    ledger = config.parent / "ledger" / FILE
    started = time.monotonic()
    digest_at: float | None = None
    settled_at: float | None = None
    with _working("daemon", config) as process:
        while time.monotonic() < started + _ENOUGH_S and process.poll() is None:
            time.sleep(0.05)
            if digest_at is None and _one(
                ledger, "SELECT count(*) FROM outbox WHERE kind = 'digest' AND state = 'sent'"
            ):
                digest_at = time.monotonic() - started
            if settled_at is None and _one(ledger, _SETTLED) >= count:
                settled_at = time.monotonic() - started
            if settled_at is not None and digest_at is not None:
                break
        whole_s = settled_at or time.monotonic() - started
        process.send_signal(signal.SIGTERM)
        memory = _told(process)["memory_mb"]
    shown = "none" if digest_at is None else f"{digest_at:.1f} s"
    yield Row(
        measure="first digest after the start", figure=shown, asked="≤ 120 s",
        holds=digest_at is not None and digest_at <= _FIRST_DIGEST_S, n=1,
    )  # fmt: skip
    yield Row(measure="mails/s from the start until all are settled", figure=f"{count / whole_s:,.0f}", n=count)
    yield Row(measure="most memory held", figure=f"{memory:,.0f} MiB", asked="< 300 MiB", holds=memory < 300, n=count)


def _one(ledger: Path, sql: str) -> int:
    """Return one number from a ledger that another process writes; 0 while there is none."""
    try:
        file = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    except sqlite3.OperationalError:
        return 0
    try:
        return int(file.execute(sql).fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        file.close()


def _growth(servers: RealMailServers, folder: Path, sizes: tuple[int, int, int], big: Path) -> Iterator[Row]:
    few, count, tasks = sizes
    small = _cost(servers, _config(servers, folder / "small", SMALL), SMALL, 1)
    large = _cost(servers, big, BIG, 2)
    yield from _compared(f"one more mail in a box of {count:,}", large, f"of {few:,}", small)
    config = _config(servers, folder / "full", SMALL)
    build(folder / "full" / "ledger", tasks, coordinator=SMALL, now=datetime.now(UTC))
    full = _cost(servers, config, SMALL, 3)
    yield from _compared(f"one more mail beside {tasks:,} tasks", full, "beside none", small)
    parts = assemble(load(config), os.environ, clock)
    assert is_faithful(parts.ledger, [1, 2, tasks // 2, tasks]), "the bulk is not what the ledger would have written"
    took, shown, size = min(digest_s(parts) for _ in range(3))
    yield Row(
        measure="a digest of all open tasks", figure=f"{took:.2f} s", beside=f"of {shown:,}; {size / 1000:.0f} kB",
        asked="< 1 s", holds=took < 1, n=3,
    )  # fmt: skip
    yield Row(measure="a look at what is due among them", figure=f"{tick_s(parts):.2f} s", n=1)
    close(parts)


def _cost(servers: RealMailServers, config: Path, user: str, seed: int) -> Cost:
    """Read what waits, then return what one more costs; it is another mail each time, but of the same kinds."""
    parts = assemble(load(config), os.environ, clock)
    collect(parts, "desk")
    receive(parts)
    more = list(mails(_ONE_MORE, datetime.now(UTC), to=user, seed=100 + seed))
    place = chain(seed * 10_000_000 + number for number in range(_ONE_MORE))
    cost = cost_of_one_more(
        parts, "desk", lambda number: fill(servers, user, [more[number]], first=next(place)), _ONE_MORE
    )
    close(parts)
    return cost


def _compared(measure: str, cost: Cost, beside: str, other: Cost) -> Iterator[Row]:
    time_ratio, steps_ratio = cost.cpu_ms / other.cpu_ms, cost.steps / other.steps
    yield Row(
        measure=f"{measure}: processor time", figure=f"{cost.cpu_ms:.1f} ms", beside=f"{other.cpu_ms:.1f} ms {beside}",
        ratio=time_ratio, asked="≤ 1.5", holds=time_ratio <= 1.5, n=cost.mails,
    )  # fmt: skip
    yield Row(
        measure=f"{measure}: steps of SQLite", figure=f"{cost.steps:,.0f}", beside=f"{other.steps:,.0f} {beside}",
        ratio=steps_ratio, asked="≤ 1.5", holds=steps_ratio <= 1.5, n=cost.mails,
    )  # fmt: skip


def _latency(servers: RealMailServers, config: Path, count: int) -> Iterator[Row]:
    ledger = config.parent / "ledger"
    with _working("daemon", config) as process:
        until = time.monotonic() + 60
        while not _one(ledger / FILE, "SELECT count(*) FROM health") and time.monotonic() < until:
            time.sleep(0.1)
        # Until both connections listen: the delay of an assistant that runs is meant, not of one that starts.
        time.sleep(3)
        found = delays(servers, QUIET, ledger, count)
        process.send_signal(signal.SIGTERM)
        _told(process)
    told, stands = (_p95([pair[place] for pair in found]) for place in (0, 1))
    after = _p95([stand - tell for tell, stand in found])
    yield Row(
        measure="SMTP's accepted → task in the ledger, p95", figure=f"{stands * 1000:.0f} ms",
        beside=f"{told * 1000:.0f} ms → the server's own word (IDLE), p95", ratio=stands / told, n=count,
        asked="each becomes a task", holds=len(found) == count, bound=True,
    )  # fmt: skip
    yield Row(measure="the server's word → task in the ledger, p95", figure=f"{after * 1000:.0f} ms", n=count)


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


if __name__ == "__main__":
    main()
