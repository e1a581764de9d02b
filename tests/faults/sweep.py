"""Kill the assistant at a system call, let it run again, and compare with the same work that nobody disturbed.

strace lists the calls of a clean run, and then kills further runs at one of them. A run is `assistant once`, which is
all four occasions: collect, receive, tick, deliver.
"""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from tests.configs import DANA
from tests.faults.sweep_leaks import leaks
from tests.faults.sweep_office import (
    DEADLY,
    MONDAY,
    TUESDAY,
    Inbox,
    Maildir,
    first_day,
    second_day,
    told,
)
from tests.faults.sweep_points import Point, listed, sample
from tests.faults.sweep_runs import Driver
from tests.faults.sweep_sink import Sink, Taken
from tests.faults.sweep_state import State, broken_copies, expected, faults, is_all_sent, read_state
from tests.faults.sweep_syncs import OPTIONS, unsynced
from tests.mailservers.certificates import issue

__all__ = ["Point", "Workshop", "sample", "scratch", "swept"]
ROOT = Path(__file__).parents[2]
ATTEMPTS = 3
SEED = 20260309
_RECOVERIES = 3
_BETWEEN = timedelta(minutes=4)
"""Between two runs; all of them together end before the second step of an escalation."""


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

    def __init__(
        self, folder: Path, *, package_root: Path = ROOT, inbox: Inbox | None = None, sink: Sink | None = None
    ) -> None:
        self.runs = self.missed = 0
        self._folder, self._eve = folder, folder / "eve"
        self._eve.mkdir(parents=True)
        self._inbox = inbox or Maildir(self._eve)
        self._sink = sink or Sink(issue(folder))
        self._sink.on_taken = self._inbox.file
        config = self._eve / "config.toml"
        config.write_text(told(self._sink, self._inbox.account), encoding="utf-8")
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
        return [*faults(found, self.clean), *self.expected(found, day)]

    def expected(self, found: State, day: Path) -> list[str]:
        """Return what is wrong in what a day left, by itself."""
        told = leaks(day, self._driver.elsewhere, found.taken)
        return [*expected(found, self._inbox.held()), *broken_copies(day / "backups"), *told]

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

    def unsynced(self) -> list[str]:
        """Run the day undisturbed; return what a power cut could have taken though others knew of it already."""
        day, trace = self._begun(), self._folder / "syncs"
        self._run(day, TUESDAY, ("-o", str(trace), *OPTIONS))
        self._sink.settle()
        found = unsynced(trace.read_text(encoding="utf-8", errors="replace"))
        if not found.pop("", 0):
            return ["nothing was told to anybody"]
        return [f"{what}, {count} times" for what, count in found.items()]

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
        self.wrong = [*faults(self.clean, self.clean), *self.expected(self.clean, day)]
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
        ledger = day / "ledger" / "ledger.db"
        taken: list[Taken] = []
        for _ in range(_RECOVERIES):
            self._run(day, now)
            now += _BETWEEN
            taken += self._sink.settle()
            if is_all_sent(ledger):
                break
        # What left may come back as a copy to ourselves.
        self._run(day, now)
        taken += self._sink.settle()
        return read_state(ledger, (*self._before, *taken))

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


def swept(points: Sequence[Point], kill: Callable[[Point], list[str]]) -> dict[str, list[str]]:
    """Return what went wrong at which points."""
    return {str(point): wrong for point in points if (wrong := kill(point))}
