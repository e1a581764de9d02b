"""Whether what something costs grows no faster than what it is given; compared with itself: no machine is too slow."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Given = TypeVar("Given", str, bytes)
_TRIES = 3
_TIMES = 4
_FASTER = 2.5
"""What grows with the square costs four times more yet; half of that leaves room for a busy machine."""
_NOISE_S = 0.05


def grows_as_given(work: Callable[[Given], object], given: Given) -> bool:
    """Return whether the whole costs about four times as much processor time as its first quarter.

    What grows with the square would cost sixteen times as much.
    """
    quarter = min(_cost_s(work, given[: len(given) // _TIMES]) for _ in range(_TRIES))
    bound = quarter * _TIMES * _FASTER + _NOISE_S
    return any(_cost_s(work, given) < bound for _ in range(_TRIES))


def _cost_s(work: Callable[[Given], object], given: Given) -> float:
    start = time.process_time()
    work(given)
    return time.process_time() - start
