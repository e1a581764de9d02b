"""A clock that ran ahead for a while and was set right again takes nothing with it and keeps nothing back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.ledger import backups
from assistant.pipeline import Parts, nightly
from tests.configs import Section
from tests.pipeline.office import Office, office_config

FAX = "Please fax the cardiac clearance for Mrs. Rivera to pre-op by tomorrow noon."
THANKS = "Thank you for the quick answer last week. Lunch was lovely."


class Clocked(Office):
    """An office with a stopwatch beside its clock, which `set_clock` alone leaves as it is."""

    seconds = 0.0

    def _opened(self) -> Parts:
        return replace(super()._opened(), stopwatch=lambda: self.seconds)

    def pass_time(self, **span: float) -> None:
        super().pass_time(**span)
        self.seconds += timedelta(**span).total_seconds()

    def set_clock(self, **by: float) -> None:
        super().pass_time(**by)


def clocked(folder: Path, **sections: Section) -> Iterator[Clocked]:
    office = Clocked(folder, office_config(**sections))
    yield office
    office.parts.ledger.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Clocked]:
    yield from clocked(tmp_path)


@pytest.fixture
def purging(tmp_path: Path) -> Iterator[Clocked]:
    yield from clocked(tmp_path, retention={"raw_mail_days": 90})


def nights(office: Clocked, days: int) -> None:
    for _ in range(days):
        office.pass_time(days=1)
        office.work()
        nightly(office.parts)


def run_ahead(office: Clocked, days: int, *, restart: bool) -> None:
    """Let the clock be ahead for five minutes, with two looks, and be set right."""
    office.set_clock(days=days)
    if restart:
        office.restart()
    for _ in range(2):
        office.work()
        nightly(office.parts)
        office.pass_time(minutes=5)
    office.set_clock(days=-days)
    office.work()
    nightly(office.parts)


@pytest.mark.parametrize("restart", [False, True])
def test_a_clock_that_ran_ahead_deletes_no_copy_and_each_night_goes_on_making_one(office: Clocked, *, restart: bool):
    nights(office, 3)
    sound = backups(office.folder / "backups")
    run_ahead(office, 20, restart=restart)
    right = office.now
    nights(office, 5)
    kept = backups(office.folder / "backups")

    assert len(sound) == 3
    assert set(sound) <= set(kept)
    assert sum(right < at <= office.now for at, _ in kept) == 5


def test_copies_go_with_their_days_also_after_the_clock_ran_ahead(office: Clocked):
    nights(office, 3)
    run_ahead(office, 20, restart=False)
    nights(office, 16)
    kept = [at for at, _ in backups(office.folder / "backups") if at <= office.now]

    assert office.now - kept[0] <= timedelta(days=15)


@pytest.mark.parametrize("restart", [False, True])
def test_a_clock_that_ran_ahead_purges_no_mail(purging: Clocked, *, restart: bool):
    purging.arrive(THANKS)
    nights(purging, 2)
    run_ahead(purging, 400, restart=restart)
    (key,) = purging.parts.ledger.purging.unpurged()[0]
    nights(purging, 3)

    assert purging.parts.ledger.purging.unpurged()[0] == [key]


def test_what_was_kept_long_enough_goes_a_night_after_a_long_rest(purging: Clocked):
    purging.arrive(THANKS)
    nights(purging, 2)
    purging.pass_time(days=100)
    nightly(purging.parts)
    held = len(purging.parts.ledger.purging.unpurged()[0])
    nights(purging, 1)

    assert held == 1
    assert not purging.parts.ledger.purging.unpurged()[0]
