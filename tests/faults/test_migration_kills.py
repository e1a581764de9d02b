"""Killed while it makes its ledger, or copies an older one and brings it up to date, the assistant ends that later."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.sweep import SEED, Point, Workshop, sample, scratch, swept
from tests.faults.sweep_older import FirstWorkshop, OlderWorkshop, copying_and_migrating

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]
_POINTS = 30
_FIRST_KILLS, _SECOND_KILLS = 4, 2


@pytest.fixture(scope="module")
def workshop() -> Iterator[OlderWorkshop]:
    with scratch() as folder, OlderWorkshop(folder) as workshop:
        yield workshop


@pytest.fixture(scope="module")
def first_workshop() -> Iterator[FirstWorkshop]:
    with scratch() as folder, FirstWorkshop(folder) as workshop:
        yield workshop


def test_undisturbed_the_day_on_an_older_ledger_is_as_any_other(workshop: OlderWorkshop):
    assert workshop.wrong == []
    copying, migrating = copying_and_migrating(workshop.points)
    assert len(copying) > _POINTS
    assert len(migrating) > _POINTS


@pytest.mark.parametrize("part", ["copying", "migrating"])
def test_a_kill_while_the_ledger_is_brought_up_to_date_loses_and_repeats_nothing(
    workshop: OlderWorkshop, part: str, request: pytest.FixtureRequest
):
    points = copying_and_migrating(workshop.points)[part == "migrating"]
    chosen = points if request.config.getoption("--full") else sample(points, _POINTS, SEED)
    _assert_nothing_is_wrong(workshop, swept(chosen, workshop.kill))


def test_a_kill_of_the_run_after_a_kill_loses_and_repeats_nothing(workshop: OlderWorkshop):
    found: dict[str, list[str]] = {}
    for first in sample(copying_and_migrating(workshop.points)[1], _FIRST_KILLS, SEED + 1):

        def kill(second: Point, first: Point = first) -> list[str]:
            return workshop.kill(first, second)

        for points in copying_and_migrating(workshop.recovery_points(first)):
            wrong = swept(sample(points, _SECOND_KILLS, SEED), kill)
            found |= {f"{first}, then {second}": faults for second, faults in wrong.items()}
    _assert_nothing_is_wrong(workshop, found)


def test_a_kill_of_the_very_first_run_loses_and_repeats_nothing(first_workshop: FirstWorkshop):
    assert first_workshop.wrong == []
    _assert_nothing_is_wrong(first_workshop, swept(sample(first_workshop.making(), _POINTS, SEED), first_workshop.kill))


def _assert_nothing_is_wrong(workshop: Workshop, found: dict[str, list[str]]) -> None:
    assert found == {}, f"{len(found)} of the points"
    # A sweep that never hits anything proves nothing.
    assert workshop.missed <= workshop.runs / 10
