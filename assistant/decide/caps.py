"""How many of our mails left within the hour -> which kinds wait. Pure."""

from __future__ import annotations

_URGENT_MORE = 3
"""So many times as many mails leave in an hour before escalations and alerts wait, too."""
_USUAL = frozenset({"answer", "suggestion", "handoff", "canary"})
_URGENT = frozenset({"escalation", "alert"})


def kept_back(left: int, most: int) -> frozenset[str]:
    """Return the kinds of mail that wait for the next hour; digests never do.

    >>> sorted(kept_back(60, 60)), sorted(kept_back(59, 60))
    (['answer', 'canary', 'handoff', 'suggestion'], [])
    >>> "escalation" in kept_back(180, 60), "digest" in kept_back(180, 60)
    (True, False)
    """
    if left < most:
        return frozenset()
    return _USUAL if left < most * _URGENT_MORE else _USUAL | _URGENT
