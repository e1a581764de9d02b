"""A picture -> its words, by the program tesseract where it is installed. Nothing is written to disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable

_LANGUAGES = ("eng", "spa")
_PAGE_S = 18
"""Seconds for one page; ordinary ones take one or two."""


def tesseract() -> str | None:
    """Return where the program is; None where it is not installed."""
    return shutil.which("tesseract")


class Recognition:
    """Reads pictures for a limited time."""

    def __init__(self, program: str, goes_on: Callable[[], None]) -> None:
        self._goes_on = goes_on
        self._until = 0.0
        self._environment = {
            name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT", "TESSDATA_PREFIX") if name in os.environ
        }
        # More threads make one page hardly faster, and take the processor from the others.
        self._environment["OMP_THREAD_LIMIT"] = "1"
        listed = self._run([program, "--list-langs"], b"", 5) or ""
        known = listed.split()
        languages = "+".join(one for one in _LANGUAGES if one in known)
        turns = ["--psm", "1"] if "osd" in known else []
        self._command = [program, "stdin", "stdout", "--dpi", "200", *turns, *(["-l", languages] if languages else [])]

    def allow(self, seconds: float) -> None:
        """Begin to count the time anew."""
        self._until = time.monotonic() + seconds

    def __call__(self, picture: bytes) -> str | None:
        """Return the words of a picture; None where the time is up."""
        self._goes_on()
        left = min(_PAGE_S, self._until - time.monotonic())
        return self._run(self._command, picture, left) if left > 0 else None

    def _run(self, command: list[str], given: bytes, limit_s: float) -> str | None:
        try:
            done = subprocess.run(  # noqa: S603 - the command is ours, the picture comes as its input
                command, input=given, capture_output=True, timeout=limit_s, env=self._environment, check=False
            )
        except subprocess.TimeoutExpired:
            return None
        return done.stdout.decode("utf-8", "replace").strip()
