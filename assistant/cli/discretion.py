"""Keeps what mails say to who asked for it: out of core files, tracebacks, warnings, logs, and files for others."""

from __future__ import annotations

import logging
import os
import stat
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TextIO

import structlog

from assistant.cli.options import unforeseen
from assistant.errors import ConfigError

_SCRATCH = "scratch-"
_STALE_S = 24 * 3600

if sys.platform != "win32":  # Windows writes no core files.
    import resource


def be_discreet() -> None:
    """Take from this process, for good, all ways in which a value could be printed that nobody chose to print."""
    if sys.platform != "win32":
        # Where the system knows the limit but refuses to set it, nothing is worse than before.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.excepthook = lambda _kind, error, _trace: _say(unforeseen(error))
    threading.excepthook = lambda hook: _say(unforeseen(hook.exc_value or RuntimeError()))
    sys.unraisablehook = lambda hook: _say(unforeseen(hook.exc_value or RuntimeError()))
    warnings.showwarning = _show_warning
    # Without a handler, Python would print what libraries log, and they may log what they read.
    logging.basicConfig(handlers=[_Places()], level=logging.WARNING, force=True)


class _Places(logging.Handler):
    """Hands on that a library logged something, and where, never what."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(Exception):
            structlog.get_logger().warning(
                "library_logged", library=record.name, level_there=record.levelname, line=record.lineno
            )


def _show_warning(  # noqa: PLR0917 - as the library calls it
    message: Warning | str,  # noqa: ARG001 - may be what a mail says
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001 - the library's name
    line: str | None = None,  # noqa: ARG001 - the library's name
) -> None:
    with suppress(Exception):
        structlog.get_logger().warning("library_warned", kind=category.__name__, place=f"{filename}:{lineno}")


def _say(line: str) -> None:
    with suppress(OSError, ValueError):
        print(f"assistant: {line}", file=sys.stderr, flush=True)


def private_file(path: Path) -> TextIO:
    """Return a file to be written, emptied, that from now on only we may read, also where others could before.

    Raises:
        ConfigError: It cannot be written, or is somebody else's.

    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        if stat.S_ISREG(os.fstat(handle).st_mode):
            if os.name == "posix":
                os.fchmod(handle, 0o600)
            os.ftruncate(handle, 0)
    except OSError as error:
        raise ConfigError(str(path), f"cannot be written ({error.strerror})") from error
    return os.fdopen(handle, "w", encoding="utf-8", newline="")


@contextmanager
def scratch_in(state: Path) -> Iterator[Path]:
    """Give a folder for a while that only we may enter, in the folder of our state; none is left behind."""
    is_new = not state.exists()
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(state)
    folder = Path(mkdtemp(prefix=_SCRATCH, dir=state))
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)
        if is_new:
            with suppress(OSError):
                state.rmdir()


def sweep(state: Path) -> None:
    """Delete what a scratch folder's own run could not, for it was killed."""
    for folder in state.glob(f"{_SCRATCH}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _STALE_S:
                rmtree(folder, ignore_errors=True)
