"""Killed at any system call, the assistant loses nothing and repeats nothing when it runs again.

A sample of the calls; `python -m tests.faults.every_point` tries them all.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.sweep import SEED, Workshop, sample, scratch, swept
from tests.faults.sweep_dovecot import dovecot_inbox

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]
_POINTS, _CHUNKS = 320, 8
_DOVECOT_POINTS, _DOVECOT_CHUNKS = 40, 2
_FIRST_KILLS, _SECOND_KILLS, _RECOVERY_CHUNKS = 8, 5, 2


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    with scratch() as folder, Workshop(folder) as workshop:
        yield workshop


@pytest.fixture(scope="module")
def dovecot_workshop() -> Iterator[Workshop]:
    with scratch() as folder, dovecot_inbox() as inbox, Workshop(folder, inbox=inbox) as workshop:
        yield workshop


def test_undisturbed_the_day_is_as_it_should_be(workshop: Workshop):
    assert workshop.wrong == []
    assert len(workshop.points) > _POINTS


@pytest.mark.parametrize("chunk", range(_CHUNKS))
def test_a_kill_at_any_call_loses_and_repeats_nothing(workshop: Workshop, chunk: int):
    points = sample(workshop.points, _POINTS, SEED)
    _assert_nothing_is_wrong(workshop, swept(points[chunk::_CHUNKS], workshop.kill))


@pytest.mark.parametrize("chunk", range(_RECOVERY_CHUNKS))
def test_a_kill_of_the_recovery_loses_and_repeats_nothing(workshop: Workshop, chunk: int):
    firsts = sample(workshop.points, _FIRST_KILLS, SEED + 1)
    found: dict[str, list[str]] = {}
    for first in firsts[chunk::_RECOVERY_CHUNKS]:
        seconds = sample(workshop.recovery_points(first), _SECOND_KILLS, SEED)
        wrong = swept(seconds, lambda second: workshop.kill(first, second))  # noqa: B023 - called at once
        found |= {f"{first}, then {second}": faults for second, faults in wrong.items()}
    _assert_nothing_is_wrong(workshop, found)


@pytest.mark.servers
@pytest.mark.parametrize("chunk", range(_DOVECOT_CHUNKS))
def test_a_kill_loses_and_repeats_nothing_that_dovecot_holds(dovecot_workshop: Workshop, chunk: int):
    workshop = dovecot_workshop
    assert workshop.wrong == []
    points = sample(workshop.points, _DOVECOT_POINTS, SEED)
    _assert_nothing_is_wrong(workshop, swept(points[chunk::_DOVECOT_CHUNKS], workshop.kill))


def test_nobody_is_told_of_what_the_disk_does_not_hold_yet(workshop: Workshop):
    assert workshop.unsynced() == []


def test_a_mail_that_kills_its_reader_ends_with_a_person(workshop: Workshop):
    assert workshop.poison() == []


def _assert_nothing_is_wrong(workshop: Workshop, found: dict[str, list[str]]) -> None:
    assert found == {}, f"{len(found)} of the points"
    # A sweep that never hits anything proves nothing.
    assert workshop.missed <= workshop.runs / 10
