"""Runs the four occasions by the clock until it is told to end. Decides nothing."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event, Thread
from types import FrameType

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from assistant.errors import (
    AssistantError,
    ConfigError,
    DamagedLedgerError,
    LedgerError,
    LostLedgerError,
    SignInError,
    TransientError,
)
from assistant.intake import Mailbox, backoff_s
from assistant.pipeline import Parts, collect, deliver, nightly, pulse, receive, tick
from assistant.pipeline.health.cycles import Cycles
from assistant.pipeline.health.endpoint import Endpoint
from assistant.pipeline.health.sign_ins import keep_signed_in
from assistant.pipeline.health.systemd import notify, watchdog_every_s
from assistant.pipeline.turns import Turns

log = structlog.get_logger()
_AFTER_REFUSAL_S = 600
"""Seconds until a server that refused our password is asked again: more often would lock the account."""
_SIGN_IN_S = 60
"""Seconds between two looks whether a token is to be renewed."""
_NIGHTLY_S = 60
"""Seconds between two looks whether the ledger is to be copied."""
_GLANCE_S = 0.5
_FIRST_LOOK_S = 60
"""Seconds for which the first digests wait until what came meanwhile is read; a long backlog does not hold them up."""
_SPARE_THREADS = 8
_IDLE_S = 240
"""Seconds after which a quiet IDLE is begun anew, well before any server ends it."""


def clock() -> datetime:
    return datetime.now(UTC)


def stopwatch() -> float:
    """Return seconds that pass evenly, also while the computer sleeps where the system can count those."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often the jobs look whether there is something to do."""

    look_s: float = 10
    """Seconds between two looks at what waits to be read or sent; new mail wakes both at once."""
    tick_s: float = 30
    pulse_s: float = 15
    """Seconds between two looks at how the parts are."""


class Daemon:
    """One process's schedule; `parts` is used by its jobs until `run` returns."""

    def __init__(self, parts: Parts, pace: Pace | None = None) -> None:
        self._parts = parts
        self._pace = pace or Pace()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            # No job waits for another's thread.
            executors={"default": ThreadPoolExecutor(len(parts.mailboxes) + _SPARE_THREADS)},
            # The second comes to nothing where one runs (`Turns`); that a third is refused would be worth a warning.
            job_defaults={"coalesce": True, "max_instances": 2, "misfire_grace_time": None},
        )
        self._turns: dict[str, Turns] = {}
        collectors = [f"collect:{name}" for name in parts.mailboxes]
        self._cycles = Cycles([*collectors, "receive", "tick", "deliver"], parts.health.steps)
        self._failures: dict[str, int] = {}
        self._not_before: dict[str, float] = {}
        self._lost: LedgerError | None = None
        self._looks_until = time.monotonic() + _FIRST_LOOK_S

    def run(self) -> None:
        """Work until SIGTERM, SIGINT or `parts.stop`; finish the mail in hand.

        Raises:
            LostLedgerError: Another assistant took the ledger over.
            DamagedLedgerError: The ledger was found damaged.
            ConfigError: The port of the health endpoint is taken.
        """
        parts, listen = self._parts, self._parts.config.health.listen
        endpoint = Endpoint(listen, lambda: parts.health.snapshot, parts.clock) if listen else None
        for name in parts.mailboxes:
            self._add(f"collect:{name}", self._collector(name), parts.poll_every_s(name))
        self._add("receive", lambda: self._then("deliver", receive(parts, self._goes_on)), self._pace.look_s)
        self._add("tick", lambda: self._then("deliver", self._tick()), self._pace.tick_s)
        self._add("deliver", lambda: deliver(parts), self._pace.look_s)
        self._add("nightly", lambda: nightly(parts), _NIGHTLY_S)
        self._add("sign-in", lambda: self._let_in_again(keep_signed_in(parts)), _SIGN_IN_S)
        self._add("pulse", lambda: pulse(parts, is_complete=self._cycles.is_complete()), self._pace.pulse_s)
        if (every_s := watchdog_every_s(os.environ)) is not None:
            self._add("watchdog", self._tell_watchdog, every_s)
        watchers = [self._watcher(name, mailbox) for name, mailbox in parts.watched.items()]
        self._scheduler.start()
        log.info("started", accounts=len(parts.mailboxes), watched=len(watchers))
        notify("READY=1", os.environ)
        parts.stop.wait()
        notify("STOPPING=1", os.environ)
        log.info("stopping")
        self._scheduler.shutdown(wait=True)
        for watcher in watchers:
            watcher.join(timeout=5)
        if endpoint is not None:
            endpoint.close()
        log.info("stopped")
        if self._lost is not None:
            raise self._lost

    def _add(self, name: str, work: Callable[[], object], every_s: float) -> None:
        turns = self._turns[name] = Turns(self._guarded(name, work))
        self._scheduler.add_job(turns.run, "interval", id=name, seconds=every_s, next_run_time=clock())

    def _tick(self) -> int:
        """Let nobody hear that nothing is due before their mailbox was looked at for the first time."""
        while not self._has_looked():
            if self._parts.stop.wait(_GLANCE_S):
                return 0
        return tick(self._parts)

    def _has_looked(self) -> bool:
        health = self._parts.health
        looked = all(name in health.looked_at or name in health.mailbox_trouble for name in self._parts.mailboxes)
        if (looked and not self._parts.ledger.spool.waiting(1)) or time.monotonic() > self._looks_until:
            self._looks_until = 0
        return not self._looks_until

    def _goes_on(self, _settled: int) -> None:
        """Reading a backlog takes long, and is no trouble."""
        self._cycles.went_well("receive")

    def _let_in_again(self, ways: int) -> None:
        """A person has signed in: who was refused need wait no longer."""
        for name in self._not_before if ways else ():
            self._not_before[name] = 0

    def _tell_watchdog(self) -> None:
        """Let systemd know that all jobs come to an end; a job that hangs lets it start us anew."""
        if hanging := self._cycles.hanging():
            log.error("job_hangs", jobs=hanging)
        else:
            notify("WATCHDOG=1", os.environ)

    def _collector(self, account: str) -> Callable[[], object]:
        return lambda: self._then("receive", collect(self._parts, account))

    def _then(self, following: str, count: int) -> None:
        """Wake the job that has something to do now."""
        if count:
            self._wake(following)

    def _wake(self, name: str) -> None:
        """Let a job run now. One that is running already runs once more right after: it may have looked too early."""
        if not self._parts.stop.is_set() and not self._turns[name].once_more():
            self._scheduler.modify_job(name, next_run_time=clock())

    def _watcher(self, account: str, mailbox: Mailbox) -> Thread:
        """Let the server push: its word only wakes the job that looks, so a lost word costs one poll."""

        def watch() -> None:
            # Where the look itself is in trouble, a second sign-in would only hammer.
            if account in self._parts.health.mailbox_trouble or account not in self._parts.health.looked_at:
                self._parts.stop.wait(_GLANCE_S)
            elif mailbox.wait(_IDLE_S, self._parts.stop):
                self._wake(f"collect:{account}")

        step = self._guarded(f"watch:{account}", watch)

        def loop() -> None:
            while not self._parts.stop.is_set():
                step()
                self._parts.stop.wait(max(0.0, self._not_before.get(f"watch:{account}", 0) - time.monotonic()))

        thread = Thread(target=loop, name=f"watch-{account}", daemon=True)
        thread.start()
        return thread

    def _guarded(self, name: str, work: Callable[[], object]) -> Callable[[], None]:
        """Return a job that logs what goes wrong and waits longer after each failure; nothing escapes it."""

        def job() -> None:
            if self._parts.stop.is_set() or time.monotonic() < self._not_before.get(name, 0):
                return
            self._cycles.began(name)
            try:
                work()
            except Exception as error:  # noqa: BLE001 - the one place where all ends that nobody foresaw
                self._note(name, error)
            else:
                self._cycles.went_well(name)
                if self._failures.pop(name, 0):
                    log.info("job_recovered", job=name)
            finally:
                self._cycles.ended(name)

        return job

    def _note(self, name: str, error: Exception) -> None:
        failures = self._failures[name] = self._failures.get(name, 0) + 1
        if isinstance(error, LostLedgerError | DamagedLedgerError):
            self._lost = error
            self._parts.stop.set()
            return
        refused = isinstance(error, SignInError | ConfigError)
        wait_s = _AFTER_REFUSAL_S if refused else backoff_s(failures, random.random())  # noqa: S311 - jitter, no secret
        self._not_before[name] = time.monotonic() + wait_s
        # Our own errors say what to do and hold nothing of a mail; of any other only its kind is logged.
        said = str(error) if isinstance(error, AssistantError) else type(error).__name__
        report = log.warning if isinstance(error, TransientError) else log.error
        report("job_failed", job=name, problem=said, failures=failures, again_in_s=round(wait_s))


def stop_on_signals(stop: Event) -> None:
    """Let SIGTERM, SIGINT and a terminal that is closed set `stop`; a second one ends the process as usual."""

    def handle(number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    signal.signal(signal.SIGTERM, handle)
    signal.signal(signal.SIGINT, handle)
    hangup = getattr(signal, "SIGHUP", None)
    # Under `nohup` we outlive the terminal.
    if hangup is not None and signal.getsignal(hangup) is not signal.SIG_IGN:
        signal.signal(hangup, handle)
