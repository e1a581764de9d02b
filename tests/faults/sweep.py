"""Kill the assistant at a system call, let it run again, and compare with the same work that nobody disturbed.

strace lists the calls of a clean run, and then kills further runs at one of them. A run is `assistant once`, which is
all four occasions: collect, receive, tick, deliver.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from threading import Timer
from typing import IO, Self, cast

from tests.faults.sweep_office import (
    DANA,
    DEADLY,
    MONDAY,
    TUESDAY,
    Inbox,
    Maildir,
    config_text,
    first_day,
    second_day,
)
from tests.faults.sweep_sink import Sink, Taken
from tests.faults.sweep_state import State, expected, faults, is_all_sent, read_state
from tests.mailservers.certificates import issue

ROOT = Path(__file__).parents[2]
ATTEMPTS = 3
_RUN_S = 60
_RECOVERIES = 3
_BETWEEN = timedelta(minutes=4)
"""Between two runs; all of them together end before the second step of an escalation."""
_INWARD = """
brk madvise mmap mprotect mremap munmap futex sched_yield sched_getaffinity rt_sigaction rt_sigprocmask rt_sigreturn
sigaltstack restart_syscall clock_gettime clock_nanosleep gettimeofday time getpid gettid getuid geteuid getgid getegid
getcwd getrandom getrusage getrlimit prlimit64 rseq set_robust_list set_tid_address prctl arch_prctl uname sysinfo
membarrier exit exit_group
"""
"""Calls that change nothing outside the process: to die before one is to die before the next that does."""
_ACTING = """
write pwrite64 writev fsync fdatasync sendto sendmsg connect close openat mkdir link unlink rename renameat2 ftruncate
"""
_CALL = re.compile(r"^(\d+) +([a-z_0-9]+)\((.*)$")


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """Where a run is killed: at the n-th call of a kind that one of its threads makes."""

    call: str
    ordinal: int

    def __str__(self) -> str:
        return f"{self.call}#{self.ordinal}"


class Driver:
    """A process that becomes `assistant once`, again and again."""

    def __init__(self, package_root: Path, config: Path) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        self._process = subprocess.Popen(
            # -P: the folder of the script, which is the real checkout's, is no place to import from.
            [sys.executable, "-P", str(Path(__file__).with_name("sweep_driver.py")), str(config)],
            env=kept
            | {
                "PYTHONPATH": str(package_root),
                "PYTHONDONTWRITEBYTECODE": "1",
                "OPENBLAS_NUM_THREADS": "1",
                "TEST_PASSWORD": "four-grey-herons-wade",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.package = Path(self._heard()["package"])
        assert self.package == package_root / "assistant", f"{self.package} was tried, not {package_root}"

    def run(self, config: Path, now: datetime, strace: Sequence[str] = ()) -> int:
        """Let the assistant run once and return how it ended; `strace` has the options to trace it with."""
        self._say({"config": str(config), "now": now.isoformat(), "log": str(config.with_suffix(".log"))})
        pid = int(self._heard()["pid"])
        tracer = _attached(pid, strace) if strace else None
        self._say({})
        with _ended_after(_RUN_S, pid):
            status = int(self._heard()["status"])
        if tracer is not None:
            _finish(tracer)
        return status

    def close(self) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            cast("IO[str]", stream).close()
        self._process.wait(_RUN_S)

    def _say(self, order: dict[str, str]) -> None:
        orders = cast("IO[str]", self._process.stdin)
        orders.write(json.dumps(order) + "\n")
        orders.flush()

    def _heard(self) -> dict[str, str]:
        line = cast("IO[str]", self._process.stdout).readline()
        if not line:
            raise RuntimeError(f"the process that runs the assistant ended with {self._process.wait(_RUN_S)}")
        return cast("dict[str, str]", json.loads(line))


def _attached(pid: int, options: Sequence[str]) -> subprocess.Popen[str]:
    tracer = subprocess.Popen(
        ["strace", "-f", *options, "-p", str(pid)], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    said = cast("IO[str]", tracer.stderr).readline()
    if "attached" not in said:
        raise RuntimeError(f"strace cannot trace: {said.strip()}")
    return tracer


def _finish(tracer: subprocess.Popen[str]) -> None:
    """Let strace end; it outlives the run where a process of the run does, and lets go of that one then."""
    try:
        tracer.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        tracer.terminate()
        tracer.communicate(timeout=10)


@contextmanager
def _ended_after(seconds: float, pid: int) -> Iterator[None]:
    def end() -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGABRT)

    timer = Timer(seconds, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder in memory where there is such a place: what a kill leaves is the same there, and syncs are free."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="sweep-", dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


class Workshop:
    """One office, prepared once, in which the same day is run again and again.

    Attributes:
        points: Every call of the clean run, from the opening of the ledger on, in the order in which they are made.
        clean: What the clean run leaves.
        wrong: What is wrong though nobody disturbed it.
        runs: Runs that were to be killed.
        missed: Those of them that came to their end: two runs are not alike to the last call.

    """

    def __init__(self, folder: Path, *, package_root: Path = ROOT, inbox: Inbox | None = None) -> None:
        self.runs = self.missed = 0
        self._folder, self._eve = folder, folder / "eve"
        self._eve.mkdir(parents=True)
        self._inbox = inbox or Maildir(self._eve)
        self._sink = Sink(issue(folder))
        self._sink.on_taken = self._inbox.file
        config = self._eve / "config.toml"
        config.write_text(config_text(self._sink, self._inbox.accounts), encoding="utf-8")
        self._driver = Driver(package_root, config)
        self._sink.__enter__()
        try:
            self._prepare()
            self.points = self._undisturbed()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_of_an_error: object) -> None:
        self.close()

    def close(self) -> None:
        self._driver.close()
        self._sink.__exit__(None, None, None)

    def kill(self, *points: Point) -> list[str]:
        """Run the day and kill it at the first point, its recovery at the second, and so on; return what is wrong."""
        day, now = self._begun(), TUESDAY
        for point in points:
            self._kill(day, now, point)
            now += _BETWEEN
        found = self._recovered(day, now)
        return [*faults(found, self.clean), *expected(found, self._inbox.held())]

    def recovery_points(self, point: Point) -> list[Point]:
        """Return every call of the run that comes after a kill at `point`."""
        day = self._begun()
        self._kill(day, TUESDAY, point)
        points = self._traced(day, TUESDAY + _BETWEEN)[1]
        self._sink.settle()
        return points

    def poison(self) -> list[str]:
        """Let a mail arrive that kills whoever reads it; return what is wrong when it was tried often enough."""
        day, now = self._begun(), TUESDAY
        self._inbox.arrive(DEADLY, TUESDAY)
        ends: list[int] = []
        while len(ends) <= ATTEMPTS and 0 not in ends:
            ends.append(self._run(day, now))
            now += timedelta(minutes=1)
        if ends != [-signal.SIGKILL] * ATTEMPTS + [0]:
            return [f"the runs ended with {ends}"]
        found = self._recovered(day, now)
        given = Counter(state for _, state in found.mails) - Counter(state for _, state in self.clean.mails)
        return [*found.unsound, *([] if given == {"needs_person": 1} else [f"the deadly mail is {given}"])]

    def _prepare(self) -> None:
        """Make the eve: a first day's work, and the mails of the second day."""
        config = self._eve / "config.toml"
        first_day(self._inbox.arrive)
        for minutes in (0, 4):
            status = self._driver.run(config, MONDAY + timedelta(minutes=minutes))
            assert status == 0, self._log(self._eve)
        self._before = tuple(self._sink.settle())
        digest = next(mail for mail in self._before if mail.recipient == DANA and b"Subject: Digest" in mail.content)
        second_day(self._inbox.arrive, digest)

    def _undisturbed(self) -> list[Point]:
        day = self._begun()
        status, points = self._traced(day, TUESDAY)
        self.clean = self._recovered(day, TUESDAY + _BETWEEN)
        self.wrong = [*faults(self.clean, self.clean), *expected(self.clean, self._inbox.held())]
        if status:
            self.wrong.append(f"the run ended with {status}: {self._log(day)}")
        return points

    def _kill(self, day: Path, now: datetime, point: Point) -> None:
        self.runs += 1
        inject = f"inject={point.call}:signal=KILL:when={point.ordinal}"
        status = self._run(day, now, ("-o", "/dev/null", "-e", f"trace={point.call}", "-e", inject))
        self.missed += status != -signal.SIGKILL

    def _traced(self, day: Path, now: datetime) -> tuple[int, list[Point]]:
        trace = self._folder / "trace"
        status = self._run(day, now, ("-o", str(trace), "-s", "256"))
        return status, listed(trace.read_text(encoding="utf-8", errors="replace"))

    def _recovered(self, day: Path, now: datetime) -> State:
        """Let it run undisturbed until nothing is owed any more, and once more; return what is there then."""
        ledger = next(self._eve.rglob("ledger.db")).relative_to(self._eve)
        taken: list[Taken] = []
        for _ in range(_RECOVERIES):
            self._run(day, now)
            now += _BETWEEN
            taken += self._sink.settle()
            if is_all_sent(day / ledger):
                break
        # What left may come back as a copy to ourselves.
        self._run(day, now)
        taken += self._sink.settle()
        return read_state(day / ledger, (*self._before, *taken))

    def _run(self, day: Path, now: datetime, strace: Sequence[str] = ()) -> int:
        return self._driver.run(day / "config.toml", now, strace)

    def _begun(self) -> Path:
        day = self._folder / "day"
        shutil.rmtree(day, ignore_errors=True)
        shutil.copytree(self._eve, day)
        self._inbox.begin(day)
        return day

    @staticmethod
    def _log(day: Path) -> str:
        return (day / "config.log").read_text(encoding="utf-8")[-2000:]


def listed(trace: str) -> list[Point]:
    """Return the points of a trace, from the opening of the ledger on, in the order of the calls.

    >>> listed('7 read(5, "")\\n7 openat(AT_FDCWD, "/x/ledger.db")\\n8 read(4, <unfinished ...>\\n7 read(5, "")')
    [Point(call='read', ordinal=1), Point(call='read', ordinal=2)]

    """
    counts: Counter[tuple[str, str]] = Counter()
    points: dict[Point, None] = {}
    inward, is_open = frozenset(_INWARD.split()), False
    for line in trace.splitlines():
        call = _CALL.match(line)
        if call is None:
            continue
        thread, name, given = call.groups()
        counts[thread, name] += 1
        if is_open and name not in inward:
            points[Point(name, counts[thread, name])] = None
        is_open = is_open or (name in {"openat", "open"} and "ledger.db" in given)
    return list(points)


def sample(points: Sequence[Point], count: int, seed: int) -> list[Point]:
    """Return `count` of the points, spread evenly over the run, two thirds of them at calls that change something.

    All of them where there are no more.
    """
    if count >= len(points):
        return list(points)
    names = frozenset(_ACTING.split())
    acting = [point for point in points if point.call in names]
    other = [point for point in points if point.call not in names]
    most = min(len(acting), max(count * 2 // 3, count - len(other)))
    random = Random(seed)
    return [*_spread(acting, most, random), *_spread(other, count - most, random)]


def _spread(points: Sequence[Point], count: int, random: Random) -> list[Point]:
    stride = len(points) / max(count, 1)
    return [points[int((place + random.random()) * stride)] for place in range(count)]


def swept(points: Sequence[Point], kill: Callable[[Point], list[str]]) -> dict[str, list[str]]:
    """Return what went wrong at which points."""
    return {str(point): wrong for point in points if (wrong := kill(point))}
