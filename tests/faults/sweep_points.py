"""A trace of strace -> the points at which a run can be killed, and a sample of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

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
