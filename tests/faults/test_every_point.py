"""What was tried is not tried again, and what was not is."""

from __future__ import annotations

from pathlib import Path

from tests.faults.every_point import Outcome, outcomes, summary

FINE = '{"kind": "kills", "point": "read#3", "wrong": [], "missed": 0}'
BAD = '{"kind": "kills", "point": "write#1", "wrong": ["task lost: it"], "missed": 0}'
OTHER = '{"kind": "lasting", "point": "write#1 EIO", "wrong": [], "missed": 0}'


def test_a_line_that_was_cut_off_counts_as_not_tried(tmp_path: Path):
    file = tmp_path / "tried"
    file.write_text(f"{FINE}\n{OTHER}\n{BAD[:30]}{FINE}\n{BAD}\n{BAD[:20]}", encoding="utf-8")

    assert list(outcomes(file, "kills")) == ["read#3", "write#1"]
    assert outcomes(tmp_path / "none", "kills") == {}


def test_a_bound_is_told_only_where_nothing_was_wrong():
    fine = [Outcome("kills", f"read#{number}", [], 0) for number in range(300)]
    missed, bad = Outcome("kills", "read#300", [], 1), Outcome("kills", "write#1", ["task lost: it"], 0)

    assert "at most 1.00%" in summary("kills", 301, [*fine, missed])
    assert "301 of 301 points tried, 300 of them reached" in summary("kills", 301, [*fine, missed])
    assert "at most" not in summary("kills", 301, [*fine, bad])
    assert "1 lost, 0 duplicated, 0 changed, 1 points with a fault" in summary("kills", 301, [*fine, bad])
