"""Labelled replies -> how many are read just as they are labelled, and what was changed that nobody asked for.

python -m tests.bench.replies [FILE ...]      without a file: our own sets, but for the one that is put aside
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.bench.predict import _lines, replies

Row = dict[str, Any]
SETS = Path(__file__).parents[1] / "cases" / "replies"
_ASIDE = "aside"
_ENDS = frozenset({"done", "drop"})
_TELLS = frozenset({"note", "question", "list", "help", "summary"})
"""What changes nothing that is there."""
_HALF = 0.5


@dataclass
class Score:
    """What became of a set of replies."""

    name: str
    count: int = 0
    exact: int = 0
    wrongly_closed: list[str] = field(default_factory=list)
    """Replies that closed or dropped what none of their readings closes."""
    wrongly_changed: list[str] = field(default_factory=list)
    due_to_ask: int = 0
    asked: int = 0
    needless: int = 0

    def add(self, case: Row, ops: Sequence[Row], *, asks: bool) -> None:
        """Hold what was read of one reply against all readings that are right."""
        readings = [case["expected"], *case.get("expected_also", ())]
        over = min(([one for one in ops if not _is_wanted(one, wanted, case)] for wanted in readings), key=len)
        is_careful = bool(case.get("ask_also")) and asks and not ops
        is_whole = any(
            all(any(_is_same(said, want) for said in ops) for want in wanted)
            and all(_is_wanted(one, wanted, case) for one in ops)
            for wanted in readings
        )
        self.count += 1
        self.exact += is_careful or (is_whole and asks == bool(case["ask"]))
        if any(one["op"] in _ENDS for one in over):
            self.wrongly_closed.append(case["id"])
        if any(one["op"] not in _TELLS for one in over):
            self.wrongly_changed.append(case["id"])
        self.due_to_ask += bool(case["ask"])
        self.asked += bool(case["ask"]) and asks
        self.needless += asks and not case["ask"] and not case.get("ask_also")

    def __str__(self) -> str:
        closed, changed = len(self.wrongly_closed), len(self.wrongly_changed)
        return (
            f"{self.name:8} {self.count:4} replies, exact {self.exact / self.count:.3f}, wrongly closing {closed}, "
            f"wrongly changing {changed}, asked {self.asked} of {self.due_to_ask}, needlessly {self.needless}"
        )


def score(path: Path) -> Score:
    """Read a file of labelled replies the product's own way, and hold each against its labels."""
    found = Score(path.stem)
    for case, said in zip(_lines(path), replies(path, None), strict=True):
        found.add(case, said["ops"], asks=said["ask"])
    return found


def own_sets() -> Iterable[Path]:
    return sorted(path for path in SETS.glob("*.jsonl") if path.stem != _ASIDE)


def _is_wanted(said: Row, wanted: Sequence[Row], case: Row) -> bool:
    """Whether a reading has it, or it harms nothing: a note, or being on it, of a task that is spoken of."""
    if any(_is_same(said, want) for want in wanted):
        return True
    spoken = {want.get("task") for want in wanted}
    is_spoken_of = said["task"] in spoken or (said["task"] is not None and str(said["task"]) in case["body"])
    is_spoken_of = is_spoken_of or case["in_reply_to"].endswith(f":{said['task']}")
    ended = {want.get("task") for want in wanted if want["op"] in _ENDS}
    return is_spoken_of and (said["op"] == "note" or (said["op"] == "acknowledge" and said["task"] not in ended))


def _is_same(said: Row, want: Row) -> bool:
    return (
        (said["op"], said["task"]) == (want["op"], want.get("task"))
        and all(said.get(name) == want[name] for name in ("to", "level") if name in want)
        and all(_moment(said.get(name)) in _moments(want, name) for name in ("until", "due") if name in want)
        and ("title" not in want or _likeness(said.get("title") or "", want["title"]) >= _HALF)
    )


def _moments(want: Row, name: str) -> list[date | None]:
    return [_moment(one) for one in (want[name], *want.get(f"{name}_also", ()))]


def _moment(text: str | None) -> date | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _likeness(one: str, other: str) -> float:
    words, others = set(one.lower().split()), set(other.lower().split())
    return len(words & others) / max(1, min(len(words), len(others)))


if __name__ == "__main__":
    for one in [Path(name) for name in sys.argv[1:]] or own_sets():
        print(score(one))
