"""A connection to Dovecot or Postfix is cut at any line, either way: nothing is lost, nothing repeated."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from tests.faults.cut_office import CutWorkshop, cut_workshop
from tests.faults.cutting import How

pytestmark = [pytest.mark.faults, pytest.mark.servers, pytest.mark.timeout(4 * 3600)]
_SEED = 20260311
_CUTS = 16
_ALWAYS = ("smtp > DATA", "smtp < 354", "smtp > the end", "smtp < the last word", "imap > UID FETCH", "imap > APPEND")
"""Before these it was not sent, after them it was; the others are drawn."""


@pytest.fixture(scope="module")
def workshop() -> Iterator[CutWorkshop]:
    with cut_workshop() as workshop:
        yield workshop


@pytest.fixture
def is_full(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--full"))


def test_undisturbed_the_day_on_real_servers_is_as_it_should_be(workshop: CutWorkshop):
    assert workshop.wrong == []
    assert {name.split()[0] for name in workshop.lines} == {"imap", "smtp"}


def test_a_connection_that_is_cut_at_any_line_loses_and_repeats_nothing(workshop: CutWorkshop, *, is_full: bool):
    found = {
        f"{number} {workshop.lines[number - 1]}, {how}": workshop.cut(number, how)
        for number, how in (_all(workshop.lines) if is_full else _sample(workshop.lines))
    }
    assert {cut: wrong for cut, wrong in found.items() if wrong} == {}
    assert workshop.missed <= workshop.runs / 10


def _all(lines: list[str]) -> list[tuple[int, How]]:
    return [(number, how) for number in range(1, len(lines) + 1) for how in ("before", "within")]


def _sample(lines: list[str]) -> list[tuple[int, How]]:
    """Return a line of each kind that matters, and of other kinds as many as there is time for."""
    random = Random(_SEED)
    kinds: dict[str, list[int]] = {}
    for number, name in enumerate(lines, start=1):
        kinds.setdefault(name, []).append(number)
    others = random.sample(sorted(kinds.keys() - set(_ALWAYS)), k=_CUTS)
    chosen = [name for name in (*_ALWAYS, *others) if name in kinds][:_CUTS]
    ways: tuple[How, How] = ("before", "within")
    return [(random.choice(kinds[name]), ways[place % 2]) for place, name in enumerate(chosen)]
