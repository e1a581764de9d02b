"""What is told as a result, with slips of the finger -> the same spelled right: "delivrd", "compelte"."""

from __future__ import annotations

import re

from assistant.decide.commands.wording.likeness import is_slip

_RESULTS = [
    "delivered",
    "completed",
    "complete",
    "submitted",
    "scheduled",
    "confirmed",
    "approved",
    "received",
    "arranged",
    "returned",
    "transferred",
    "translated",
    "registered",
    "enrolled",
    "requested",
    "collected",
    "teaching",
    "training",
    "reminded",
    "notified",
    "cancelled",
    "rescheduled",
    "updated",
    "corrected",
    "verified",
    "printed",
    "refilled",
    "uploaded",
    "forwarded",
    "finished",
    "ordered",
    "booked",
    "signed",
    "faxed",
]


def results_mended(plain: str) -> str:
    """Return the words with slips in the results they tell put right: "delivrd", "compelte"."""
    return re.sub(r"[a-z]{6,13}", lambda match: _mend(match[0]), plain)


def _mend(word: str) -> str:
    if word in _RESULTS:
        return word
    near = [
        one
        for one in _RESULTS
        if one[0] == word[0]
        and one[-1] == word[-1]
        and (is_slip(word, one) or _without_vowels(word) == _without_vowels(one))
    ]
    return near[0] if len(near) == 1 else word


def _without_vowels(word: str) -> str:
    return re.sub(r"(?<=.)[aeiou]", "", word)
