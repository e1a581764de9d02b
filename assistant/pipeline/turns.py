"""A job's work -> the same, once at a time; who asks for it meanwhile gets one more run right after."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock


class Turns:
    """The runs of one job; for several threads."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._lock = Lock()
        self._is_running = False
        self._is_wanted = False

    def run(self) -> None:
        """Work; where that is going on already, leave it at that: the clock comes round again."""
        with self._lock:
            if self._is_running:
                return
            self._is_running = self._is_wanted = True
        try:
            while self._goes_on():
                self._work()
        except BaseException:
            with self._lock:
                self._is_running = False
            raise

    def once_more(self) -> bool:
        """Let the work that is going on be done once more when it is through; return False where none is."""
        with self._lock:
            self._is_wanted = self._is_running
            return self._is_running

    def _goes_on(self) -> bool:
        # What was asked for up to here is found by the run that begins now.
        with self._lock:
            self._is_running, self._is_wanted = self._is_wanted, False
            return self._is_running
