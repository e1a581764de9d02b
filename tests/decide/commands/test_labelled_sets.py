"""Whole sets of labelled replies: none of them may close what it does not say, and each is read as well as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.replies import own_sets, score

EXACT = {
    "b": 0.91,
    "c": 0.81,
    "d": 0.73,
    "e": 0.84,
    "k": 0.85,
    "l": 0.83,
    "m": 0.95,
    "n": 0.97,
    "o": 0.64,
    "p": 0.95,
    "q": 0.89,
    "s": 0.90,
    "t": 0.96,
    "u": 0.88,
    "v": 0.77,
    "w": 0.63,
    "x": 0.96,
    "y": 0.97,
    "z": 0.95,
}
"""set -> the least share of its replies that is read just as it is labelled: somewhat less than when it was written."""


@pytest.mark.parametrize("path", own_sets(), ids=lambda path: path.stem)
def test_no_reply_of_a_set_closes_what_it_does_not_say(path: Path):
    found = score(path)
    print(found)

    assert found.wrongly_closed == []
    assert found.exact >= EXACT[path.stem] * found.count
