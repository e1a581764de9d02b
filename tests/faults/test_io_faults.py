"""A call fails, by a full or broken disk or a lost connection: nothing is lost, nothing repeated, all is told.

A sample of the calls; `python -m tests.faults.every_point` tries them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, cycle

import pytest

from tests.faults.sweep import scratch
from tests.faults.sweep_errors import ERRORS, FailingWorkshop, Fault, all_faults, fault_sample

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]
_SEED = 20260310
_FAULTS, _CHUNKS = 84, 4
_LASTING = 16
_STEPS = (("connect", 1, 1), ("fsync", 1, 1), ("fdatasync", 1, 2), ("write", 1, 2), ("read", 5, 8))
"""A call, the number at which it first fails, and how many further on it fails in the next run."""


@pytest.fixture(scope="module")
def workshop() -> Iterator[FailingWorkshop]:
    with scratch() as folder, FailingWorkshop(folder) as workshop:
        yield workshop


@pytest.mark.parametrize("chunk", range(_CHUNKS))
def test_a_call_that_fails_once_loses_and_repeats_nothing(workshop: FailingWorkshop, chunk: int):
    assert workshop.wrong == []
    chosen = fault_sample(all_faults(workshop.points), _FAULTS, _SEED)
    _assert_nothing_is_wrong(workshop, {fault: workshop.fail(fault) for fault in chosen[chunk::_CHUNKS]})


def test_a_disk_that_fails_until_the_run_ends_loses_and_repeats_nothing(workshop: FailingWorkshop):
    known = [fault for fault in all_faults(workshop.points) if fault.call in {"pwrite64", "fdatasync", "write"}]
    chosen = fault_sample(known, _LASTING, _SEED + 1)
    _assert_nothing_is_wrong(workshop, {fault: workshop.fail(fault, for_good=True) for fault in chosen})


@pytest.mark.parametrize(("call", "first", "step"), _STEPS)
def test_a_call_fails_at_every_so_manieth_of_its_numbers_until_a_run_has_no_more_of_them(
    workshop: FailingWorkshop, call: str, first: int, step: int
):
    found: dict[Fault, list[str]] = {}
    errors = cycle(ERRORS[call])
    for ordinal in count(first, step):
        fault = Fault(call, ordinal, next(errors))
        found[fault] = workshop.fail(fault)
        if not workshop.reached:
            break
    tried = len(found) - 1
    assert tried
    assert {str(fault): wrong for fault, wrong in found.items() if wrong} == {}
    print(f"{call} from {first} by {step}: {tried} tried; at most {min(3 / tried, 1):.0%} of such go wrong (95 %)")


def _assert_nothing_is_wrong(workshop: FailingWorkshop, found: dict[Fault, list[str]]) -> None:
    assert {str(fault): wrong for fault, wrong in found.items() if wrong} == {}
    # A sweep that never hits anything proves nothing.
    assert workshop.missed <= workshop.runs / 10 + 4
