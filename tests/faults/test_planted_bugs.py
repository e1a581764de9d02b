"""A proof that never failed proves nothing: each planted bug is found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from random import Random

import pytest

from tests.faults.planted import BUGS, ROOT, Bug, changed_files, plant
from tests.faults.sweep import Point, Workshop, scratch
from tests.faults.sweep_older import OlderWorkshop, copying_and_migrating
from tests.network import on_path

_IDS = [bug.name.replace(" ", "-") for bug in BUGS]
_MOST_KILLS = 100


@pytest.mark.faults
@pytest.mark.timeout(600)
@pytest.mark.parametrize("bug", BUGS, ids=_IDS)
def test_a_planted_bug_is_found(bug: Bug):
    with scratch() as folder:
        program = plant(bug, folder / "program")
        if bug.found_by in {"kills", "poison", "day", "syncs", "migrations"}:
            kind = OlderWorkshop if bug.found_by == "migrations" else Workshop
            with kind(folder / "sweep", package_root=program) as workshop:
                assert _found(bug, workshop), "nobody found it"
        else:
            assert _failures(program, bug.found_by) > 0, "the tests pass as if nothing were wrong"


@pytest.mark.parametrize("bug", BUGS, ids=_IDS)
def test_every_bug_still_has_a_place_in_the_program(bug: Bug):
    for change, _, text in changed_files(bug, ROOT):
        compile(text, change.file, "exec")


def _found(bug: Bug, workshop: Workshop) -> list[str]:
    if workshop.wrong or bug.found_by == "day":
        return workshop.wrong
    if bug.found_by == "poison":
        return workshop.poison()
    if bug.found_by == "syncs":
        return workshop.unsynced()
    points = copying_and_migrating(workshop.points)[1] if bug.found_by == "migrations" else workshop.points
    return next((wrong for point in _telling(points) if (wrong := workshop.kill(point))), [])


def _telling(points: list[Point]) -> Iterator[Point]:
    """Yield the points that show most: just before each commit, and just after it; then the talk with others."""
    pairs = [(points[place - 1], point) for place, point in enumerate(points) if point.call == "fdatasync" and place]
    talk = [point for point in points if point.call in {"poll", "connect", "write"}]
    random = Random(9)
    random.shuffle(pairs)
    random.shuffle(talk)
    yield from [*chain.from_iterable(pairs), *talk][:_MOST_KILLS]


def _failures(program: Path, tests: str) -> int:
    """Run a file of tests against a program; return how many fail."""
    (program / "tests").mkdir()
    for file in ("__init__.py", "conftest.py", "network.py", "refusal.py", "messages.py"):
        shutil.copy(ROOT / "tests" / file, program / "tests" / file)
    shutil.copytree(ROOT / Path(tests).parent, program / Path(tests).parent)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", tests],
        cwd=program,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": on_path(program), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stdout[-2000:]
    return done.stdout.count("\nFAILED ")
