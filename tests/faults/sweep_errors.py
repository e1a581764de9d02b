"""Let a system call of the assistant fail, let it run again, and compare with the same work that nobody disturbed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tests.faults.sweep import _BETWEEN, Workshop
from tests.faults.sweep_office import TUESDAY
from tests.faults.sweep_points import Point
from tests.faults.sweep_state import faults

# What the kernel may say to each. OpenSSL reads and writes its sockets with read and write.
ERRORS = {
    "write": ("ENOSPC", "EIO", "ECONNRESET", "ETIMEDOUT"),
    "read": ("EIO", "ECONNRESET", "ETIMEDOUT"),
    "pwrite64": ("ENOSPC", "EIO"),
    "pread64": ("EIO",),
    "fsync": ("EIO", "ENOSPC"),
    "fdatasync": ("EIO", "ENOSPC"),
    "ftruncate": ("EIO", "ENOSPC"),
    "fallocate": ("ENOSPC",),
    "openat": ("EMFILE", "ENOSPC", "EIO"),
    "mkdir": ("ENOSPC",),
    "rename": ("EIO", "ENOSPC"),
    "unlink": ("EIO",),
    "getdents64": ("EIO",),
    "fcntl": ("EAGAIN", "ENOLCK"),
    "socket": ("EMFILE", "ENETDOWN"),
    "connect": ("ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH"),
    "sendto": ("ECONNRESET", "ETIMEDOUT"),
    "recvfrom": ("ECONNRESET", "ETIMEDOUT"),
    "poll": ("ENOMEM",),
    "clone3": ("EAGAIN",),
}
_CALM = frozenset({0, 1, 2})
"""How a command may end: all done, trouble that is told, a configuration that cannot be used."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """The n-th call of a kind, by any one thread, fails with this."""

    call: str
    ordinal: int
    error: str

    def __str__(self) -> str:
        return f"{self.call}#{self.ordinal} {self.error}"


class FailingWorkshop(Workshop):
    """An office in which a call fails, once, or from then on until the run ends.

    Attributes:
        reached: Whether the last run came to its fault.

    """

    reached = False

    def fail(self, fault: Fault, *, for_good: bool = False) -> list[str]:
        """Run the day with the fault, then without; return what is wrong."""
        day = self._begun()
        (day / "config.log").unlink(missing_ok=True)
        self.runs += 1
        trace = self._folder / "fault"
        trace.unlink(missing_ok=True)
        when = f"{fault.ordinal}+" if for_good else str(fault.ordinal)
        inject = f"inject={fault.call}:error={fault.error}:when={when}"
        status = self._run(day, TUESDAY, ("-o", str(trace), "-e", f"trace={fault.call}", "-e", inject))
        hits = [line for line in trace.read_text(errors="replace").splitlines() if "(INJECTED)" in line]
        self.reached = bool(hits)
        self.missed += not hits
        log = self._log(day)
        found = self._recovered(day, TUESDAY + _BETWEEN)
        return [*ended_badly(status, log, hits), *faults(found, self.clean), *self.expected(found, day)]


def ended_badly(status: int, log: str, hits: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with the end of a run: it ends with a line and a status, whatever fails."""
    if status not in _CALM:
        yield f"the run ended with {status}: {log[-300:]}"
    elif "Traceback" in log:
        yield f"the run ended with a traceback: {log[-300:]}"
    # Where the line itself cannot be written, the status alone tells.
    elif status and not any(line.startswith("assistant: ") for line in log.splitlines()) and not _is_mute(hits):
        yield f"the run ended with {status} and said nothing"


def _is_mute(hits: Sequence[str]) -> bool:
    return any("write(1," in hit or "write(2," in hit for hit in hits)


def all_faults(points: Sequence[Point]) -> list[Fault]:
    """Return every fault of a run, from its first call on, in the order in which the calls' numbers rise."""
    highest: dict[str, int] = {}
    for point in points:
        highest[point.call] = max(highest.get(point.call, 0), point.ordinal)
    return [
        Fault(call, ordinal, error)
        for call, errors in ERRORS.items()
        for ordinal in range(1, highest.get(call, 0) + 1)
        for error in errors
    ]


def fault_sample(faults: Sequence[Fault], count: int, seed: int) -> list[Fault]:
    """Return `count` faults: of each kind of call as many, spread over the run; all of a kind that has fewer."""
    random = Random(seed)
    by_call: dict[str, list[Fault]] = {}
    for fault in faults:
        by_call.setdefault(fault.call, []).append(fault)
    chosen: list[Fault] = []
    kinds = sorted(by_call.values(), key=len)
    for place, kind in enumerate(kinds):
        share = min(len(kind), max(1, (count - len(chosen)) // (len(kinds) - place)))
        stride = len(kind) / share
        chosen += [kind[int((one + random.random()) * stride)] for one in range(share)]
    return sorted(chosen)
