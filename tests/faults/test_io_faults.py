"""A call fails, by a full or broken disk or a lost connection: nothing is lost, nothing repeated, all is told.

A sample of the calls; `python -m tests.faults.every_point` tries them all.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.sweep import scratch
from tests.faults.sweep_errors import ERRORS, FailingWorkshop, Fault, all_faults, fault_sample

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]
_SEED = 20260310
_FAULTS, _CHUNKS = 84, 4
_LASTING = 16


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


@pytest.mark.parametrize("call", ["fdatasync", "connect", "fsync"])
def test_a_call_fails_at_each_of_its_numbers_until_a_run_has_no_more_of_them(workshop: FailingWorkshop, call: str):
    found, ordinal = {}, 0
    while workshop.reached or not ordinal:
        # Few enough of the others to try them all each time.
        ordinal += 1 if call != "fdatasync" else 4
        fault = Fault(call, ordinal, ERRORS[call][0])
        found[fault] = workshop.fail(fault)
        assert ordinal < 10_000
    assert len(found) > 1
    assert {str(fault): wrong for fault, wrong in found.items() if wrong} == {}


def _assert_nothing_is_wrong(workshop: FailingWorkshop, found: dict[Fault, list[str]]) -> None:
    assert {str(fault): wrong for fault, wrong in found.items() if wrong} == {}
    # A sweep that never hits anything proves nothing.
    assert workshop.missed <= workshop.runs / 10 + 4
