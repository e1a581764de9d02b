"""The limits of the process that reads: memory, processor time, no files written, no network, no other programs."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":  # Windows has no such limits; there, time alone is limited, from outside.
    import resource

_MEMORY = 512 * 1024 * 1024
"""Bytes of address space beyond what the process has when it starts."""


def seal(program: str | None) -> None:
    """Take from this process, for good, what it does not need; `program` is the only one that it may run."""
    logging.disable(logging.CRITICAL)
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_FSIZE", 0)
    if in_use := _address_space():
        _limit("RLIMIT_AS", in_use + _MEMORY)

    def watch(event: str, given: tuple[object, ...]) -> None:
        is_allowed = event == "subprocess.Popen" and program is not None and given[0] == program
        if event.startswith(("socket.", "os.exec", "os.fork", "os.posix_spawn", "os.system")) or (
            event == "subprocess.Popen" and not is_allowed
        ):
            raise PermissionError(event)

    sys.addaudithook(watch)


def grant_processor_time(seconds: int) -> None:
    """Let the process compute for so long from now on; an orphan that hangs ends by that."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit("RLIMIT_CPU", int(used.ru_utime + used.ru_stime) + seconds)


def _limit(name: str, value: int) -> None:
    if sys.platform != "win32":
        kind = getattr(resource, name)
        _, hard = resource.getrlimit(kind)
        # Some systems know a limit but refuse to set it.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, hard))


def _address_space() -> int:
    """Return how many bytes of address space are in use; 0 where the system does not say."""
    with suppress(OSError, AttributeError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0
