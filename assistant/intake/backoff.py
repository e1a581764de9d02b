"""How long to leave a server alone that has just failed: failures so far -> seconds."""

from __future__ import annotations

FIRST_S = 2.0
LONGEST_S = 300.0


def backoff_s(failures: int, random: float) -> float:
    """Return the seconds until the next try.

    Doubles with each failure up to five minutes; somewhere in the upper half of that, so that many assistants
    do not come back to a restarted server in the same second.

    Args:
        failures: How often in a row it has failed, from 1.
        random: From 0 (included) to 1 (excluded).

    >>> [backoff_s(failures, 0.5) for failures in (1, 2, 3, 20)]
    [1.5, 3.0, 6.0, 225.0]

    """
    # 2.0 ** 1024 overflows; long before that the longest pause is reached.
    pause = min(LONGEST_S, FIRST_S * 2.0 ** min(max(failures - 1, 0), 30))
    return pause * (0.5 + random / 2)
