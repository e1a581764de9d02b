"""Runs of the assistant: a process that becomes `assistant once` again and again, traced and killed by strace."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Timer
from typing import IO, cast

from tests.network import on_path

_RUN_S = 180
"""Where a lock cannot be let go of, SQLite itself waits for a minute."""
_TRACER_S = 10


class Driver:
    """A process that becomes `assistant once`, again and again.

    Attributes:
        elsewhere: Where it puts what it needs for a while; made beside the folder of its configuration.

    """

    def __init__(self, package_root: Path, config: Path) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.elsewhere = config.parent.with_name("elsewhere")
        self.elsewhere.mkdir(exist_ok=True)
        self._process = subprocess.Popen(
            # -P: the folder of the script, which is the real checkout's, is no place to import from.
            [sys.executable, "-P", str(Path(__file__).with_name("sweep_driver.py")), str(config)],
            env=kept
            | {
                "PYTHONPATH": on_path(package_root),
                "PYTHONDONTWRITEBYTECODE": "1",
                "TMPDIR": str(self.elsewhere),
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
        tracer.communicate(timeout=_TRACER_S)
    except subprocess.TimeoutExpired:
        tracer.terminate()
        tracer.communicate(timeout=_TRACER_S)


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
