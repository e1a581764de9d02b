"""Mails built to hang, fill or crash: each is settled in time, told of where it must be, and the process lives."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.hostile_bombs import BOMBS

pytestmark = pytest.mark.faults
MAIL_S, MEMORY_MB = 20, 400
SETTLED = {"tasks", "no_task", "automatic", "needs_person"}


@pytest.mark.parametrize("group", range(4))
def test_each_bomb_is_settled_in_time_by_a_process_that_stays_small_and_lives(group: int, tmp_path: Path):
    names = list(BOMBS)[group::4]
    (tmp_path / "bombs").mkdir()
    for name in names:
        (tmp_path / "bombs" / name).write_bytes(BOMBS[name]())
    command = [sys.executable, "-m", "tests.faults.hostile_driver", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=MAIL_S * len(names) * 2, check=True)
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"name"')]

    assert sorted(one["name"] for one in told) == sorted(names)
    assert {one["state"] for one in told} <= SETTLED
    assert [one for one in told if one["state"] == "needs_person" and not one["said"]] == []
    assert max(one["memory_mb"] for one in told) < MEMORY_MB
    assert [(one["name"], one["took_s"]) for one in told if one["took_s"] > MAIL_S] == []
