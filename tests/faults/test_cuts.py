"""A connection to Dovecot or Postfix is cut at a line of any kind, either way: nothing is lost, nothing repeated.

A line of each kind there is, in the day's run and the one after it; with --full every line, either way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random

import pytest

from tests.faults.cut_office import Cut, CutWorkshop, cut_workshop
from tests.faults.cutting import How

pytestmark = [pytest.mark.faults, pytest.mark.servers, pytest.mark.timeout(4 * 3600)]
_SEED = 20260311
_CHUNKS = 4
_WAYS: tuple[How, How] = ("before", "within")
_TURNING_POINTS = {
    *("smtp > DATA", "smtp < 354", "smtp > the end", "smtp < the last word", "smtp > ..."),
    *("imap > UID FETCH", "imap < FETCH", "imap > APPEND", "imap > ...", "imap < OK"),
}
"""Before these it was not sent, read or kept, after them it was."""
_FIRST_CUTS, _SECOND_CUTS, _RECOVERY_CHUNKS = 6, 3, 2


@pytest.fixture(scope="module")
def workshop() -> Iterator[CutWorkshop]:
    with cut_workshop() as workshop:
        yield workshop


@pytest.fixture
def is_full(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--full"))


def test_undisturbed_the_day_on_real_servers_is_as_it_should_be(workshop: CutWorkshop):
    assert workshop.wrong == []
    assert {name for lines in workshop.lines for name in lines} >= _TURNING_POINTS


@pytest.mark.parametrize("chunk", range(_CHUNKS))
def test_a_connection_that_is_cut_at_a_line_of_any_kind_loses_and_repeats_nothing(
    workshop: CutWorkshop, chunk: int, *, is_full: bool
):
    cuts = _all(workshop.lines) if is_full else _one_of_each_kind(workshop.lines)
    _assert_nothing_is_wrong(workshop, [(cut,) for cut in cuts[chunk::_CHUNKS]])


@pytest.mark.parametrize("chunk", range(_RECOVERY_CHUNKS))
def test_a_cut_in_the_run_after_a_cut_loses_and_repeats_nothing(workshop: CutWorkshop, chunk: int, *, is_full: bool):
    random, cuts = Random(_SEED + chunk), list[tuple[Cut, ...]]()
    times = 10 if is_full else 1
    firsts = [cut for cut in _one_of_each_kind(workshop.lines) if cut.run == 0]
    for first in random.sample(firsts, _FIRST_CUTS // _RECOVERY_CHUNKS * times):
        after = len(workshop.lines_after(first))
        numbers = random.sample(range(1, after + 1), min(after, _SECOND_CUTS * times))
        cuts += [(first, Cut(1, number, random.choice(_WAYS))) for number in numbers]
    assert len(cuts) > _FIRST_CUTS // _RECOVERY_CHUNKS
    _assert_nothing_is_wrong(workshop, cuts)


def _assert_nothing_is_wrong(workshop: CutWorkshop, cuts: Sequence[tuple[Cut, ...]]) -> None:
    found = {cut: workshop.cut(*cut) for cut in cuts}
    assert {_told(workshop.lines, cut): wrong for cut, wrong in found.items() if wrong} == {}
    # A sweep that never hits anything proves nothing.
    assert workshop.missed <= workshop.runs / 10 + 1


def _told(lines: Sequence[Sequence[str]], cuts: Sequence[Cut]) -> str:
    # What passes after a cut may be more than on the undisturbed day.
    names = (lines[one.run][one.number - 1 : one.number] for one in cuts)
    return ", then ".join(f"{one} {' '.join(name)}" for one, name in zip(cuts, names, strict=True))


def _all(lines: Sequence[Sequence[str]]) -> list[Cut]:
    return [Cut(run, number, how) for run, one in enumerate(lines) for number, how in product(_counted(one), _WAYS)]


def _counted(lines: Sequence[str]) -> range:
    return range(1, len(lines) + 1)


def _one_of_each_kind(lines: Sequence[Sequence[str]]) -> list[Cut]:
    """Return for each kind of line a place somewhere in the runs, cut the one way or the other; for some kinds both."""
    random = Random(_SEED)
    kinds: dict[str, list[tuple[int, int]]] = {}
    for run, one in enumerate(lines):
        for number, name in enumerate(one, start=1):
            kinds.setdefault(name, []).append((run, number))
    return [
        Cut(*random.choice(places), how)
        for place, (name, places) in enumerate(sorted(kinds.items()))
        for how in (_WAYS if name in _TURNING_POINTS else (_WAYS[place % 2],))
    ]
