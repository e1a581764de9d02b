"""Which jobs have gone through since the last complete cycle, and which one hangs."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from threading import Lock

HANGS_S = 600.0
"""After so long in one job, without a single mail dealt with, it hangs."""


class Cycles:
    """Kept by the daemon; for several threads."""

    def __init__(
        self, jobs: Iterable[str], steps: Counter[str], stopwatch: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin the first cycle.

        Args:
            jobs: What belongs to a cycle; `collect:desk` is of the occasion `collect`.
            steps: occasion -> how many mails it has dealt with.
            stopwatch: Returns seconds.

        """
        self._jobs = frozenset(jobs)
        self._steps = steps
        self._stopwatch = stopwatch
        self._lock = Lock()
        self._done: set[str] = set()
        self._running: dict[str, tuple[float, int]] = {}

    def began(self, job: str) -> None:
        with self._lock:
            self._running[job] = self._stopwatch(), self._counted(job)

    def ended(self, job: str) -> None:
        with self._lock:
            self._running.pop(job, None)

    def went_well(self, job: str) -> None:
        with self._lock:
            self._done.add(job)

    def is_complete(self) -> bool:
        """Return whether every job has gone well since this was last true; begins a new cycle where it has."""
        with self._lock:
            if not self._jobs <= self._done:
                return False
            self._done.clear()
            return True

    def hanging(self) -> list[str]:
        """Return the jobs in which nothing has happened for too long."""
        with self._lock:
            now, found = self._stopwatch(), []
            for job, (since, counted) in self._running.items():
                if self._counted(job) != counted:
                    self._running[job] = now, self._counted(job)
                elif now - since > HANGS_S:
                    found.append(job)
            return found

    def _counted(self, job: str) -> int:
        return self._steps[job.partition(":")[0]]
