"""A year of mail, answers and trouble goes by in a minute, and a far simpler ledger says what ours must hold.

A seed that fails is named by its test, and tells the same story again:
    pytest --faults -m faults "tests/faults/test_year.py" -k "seed7"
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.faults.year_days import FAULTS, Days
from tests.faults.year_machine import running_machine

_SEEDS = 20
_DAYS, _FULL_DAYS = 365, 3 * 365
_SEASONS = 2
_SEASON_DAYS = 60
_EXAMPLES, _FULL_EXAMPLES = 24, 300


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory where there is such a disk: nothing here has to outlive the machine."""
    memory = Path("/dev/shm")
    path = Path(tempfile.mkdtemp(prefix="year-", dir=memory if memory.is_dir() else None))
    yield path
    shutil.rmtree(path)


@pytest.fixture(autouse=True)
def in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let mails be settled in the order in which they are read, so that a seed always tells the same story."""
    # Of thousands of lines, none tells what the ledgers do not.
    for level in ("msg", "info", "warning", "error"):
        monkeypatch.setattr(structlog.PrintLogger, level, lambda _self, _message: None)
    monkeypatch.setattr(
        sys.modules["assistant.pipeline.understanding"], "as_they_come", lambda futures, _: iter(futures)
    )


@pytest.mark.faults
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(_SEEDS), ids=lambda seed: f"seed{seed}")
def test_a_year_of_trouble_loses_nothing_and_repeats_nothing(folder: Path, seed: int, request: pytest.FixtureRequest):
    days = Days(folder, seed)
    try:
        days.live(_FULL_DAYS if request.config.getoption("--full") else _DAYS)
    finally:
        days.office.close()
        print(f"seed {seed}: {days}")
    # A year in which nothing went wrong proves nothing.
    assert sum(count for what, count in days.office.weather.happened.items() if what.startswith("killed")) > 0


@pytest.mark.faults
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(_SEASONS), ids=lambda seed: f"seed{seed}")
def test_a_season_with_a_model_that_comes_and_goes_loses_nothing_and_repeats_nothing(
    folder: Path, seed: int, request: pytest.FixtureRequest
):
    with running_machine() as machine:
        days = Days(folder, seed, machine=machine)
        try:
            days.live(_DAYS if request.config.getoption("--full") else _SEASON_DAYS)
        finally:
            days.office.close()
            print(f"seed {seed}: {days}")
    assert machine.answered.keys() == {"model fine", "model busy", "model out", "model garbage"}


@pytest.mark.faults
def test_each_kind_of_trouble_strikes(folder: Path):
    with running_machine() as machine:
        days = Days(folder, 1, trouble=0, machine=machine)
        days.quiet(hours=26, a_day=8)
        for what in FAULTS * 6:
            days.turn()
            days.arrive()
            days.say()
            days.go_wrong(what)
            days.model.check()
        days.rest()
        days.office.close()
    assert machine.answered.keys() == {"model fine", "model busy", "model out", "model garbage"}
    struck = days.office.weather.happened.keys()
    assert struck >= {"broken statement", "disk full", "locked", "connection cut", "post out", "failed: TransientError"}
    assert struck >= {"killed before a statement", "killed after a statement", "doubt, taken", "doubt, lost"}
    assert struck >= {"killed before the post took a mail", "killed after the post took a mail", "number given again"}


class Office(RuleBasedStateMachine):
    """The same office, driven step by step: what fails is shrunk to the fewest steps."""

    @initialize(seed=st.integers(0, 999))
    def open(self, seed: int):
        self.folder = Path(tempfile.mkdtemp(prefix="year-"))
        self.days = Days(self.folder, seed, trouble=0)
        self.days.quiet(hours=26, a_day=4)

    @rule()
    def mail(self):
        self.days.arrive()

    @rule()
    def word(self):
        self.days.say()

    @rule(hours=st.sampled_from((0.2, 1, 6, 24)))
    def time(self, hours: float):
        self.days.pass_time(hours)
        self.days.office.work()

    @rule(what=st.sampled_from(sorted(set(FAULTS))))
    def trouble(self, what: str):
        self.days.go_wrong(what)

    @invariant()
    def ledgers_agree(self):
        if hasattr(self, "days"):
            self.days.model.check()

    def teardown(self):
        if hasattr(self, "days"):
            try:
                self.days.rest()
            finally:
                self.days.office.close()
                shutil.rmtree(self.folder)


@pytest.mark.faults
@pytest.mark.timeout(1800)
def test_no_sequence_of_steps_sets_the_two_ledgers_apart(request: pytest.FixtureRequest):
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=_FULL_EXAMPLES if request.config.getoption("--full") else _EXAMPLES,
            stateful_step_count=25,
            suppress_health_check=[*HealthCheck],
        ),
    )
