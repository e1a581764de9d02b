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
from tests.pipeline.office import DANA, PRIYA, Office, office_config

KNOWN = "ruth@surgery.example"
FAX = "URGENT: Please fax the cardiac clearance for Mrs. Rivera to pre-op by tomorrow noon."
STAT = "STAT: please call the ward about Mr. Osei."
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


@pytest.fixture
def calling(tmp_path: Path) -> Iterator[Clocked]:
    yield from clocked(tmp_path, limits={"known": [KNOWN]})


def days_of_calls(office: Clocked, days: int) -> list[str]:
    """Let days pass; return whom each call of theirs went to."""
    sent = len(office.postbox.taken)
    for _ in range(24 * days):
        office.pass_time(hours=1)
        office.work()
    calls = [mail for mail in office.postbox.taken[sent:] if str(mail["Message-ID"]).startswith("<escalation")]
    return [str(mail["To"]) for mail in calls]


@pytest.mark.parametrize("restart", [False, True])
@pytest.mark.parametrize("said", ["", "ack 1"])
def test_after_a_clock_ran_ahead_a_task_that_is_overdue_climbs_on(calling: Clocked, said: str, *, restart: bool):
    calling.arrive(FAX, sender=KNOWN)
    calling.work()
    calling.set_clock(days=10)
    for look in range(4):
        calling.pass_time(minutes=10)
        if said and look == 0:
            calling.answer(said)
        calling.work()
    calling.set_clock(days=-10)
    calling.work()
    if restart:
        calling.restart()
    calls = days_of_calls(calling, 5)

    assert any(PRIYA in to for to in calls)
    # Each rung calls once, whatever the clock said.
    assert len(calls) <= sum(len(step.to) for step in calling.parts.escalation.high)


def test_what_came_while_the_clock_ran_ahead_is_late_by_the_day_on_which_it_came(calling: Clocked):
    calling.work()
    calling.arrive(STAT, sender=KNOWN)
    calling.set_clock(days=10)
    calling.work()
    calling.set_clock(days=-10)
    calling.work()
    calls = days_of_calls(calling, 1)

    assert DANA in calls[0]
    assert any(PRIYA in to for to in calls)


def digests(office: Clocked, days: int) -> list[str]:
    """Let days pass; return the text of each digest of theirs."""
    told = []
    for _ in range(days):
        sent = len(office.postbox.taken)
        office.pass_time(days=1)
        office.work()
        told += [office.said() for mail in office.postbox.taken[sent:] if "Digest" in mail["Subject"]]
    return told


@pytest.mark.parametrize("ahead", [0, 5, 10])
def test_what_was_closed_while_the_clock_ran_ahead_stands_in_one_digest(office: Clocked, ahead: int):
    office.arrive("Please fax form 1 to Ridgeview by March 30.")
    office.work()
    office.pass_time(minutes=5)
    office.set_clock(days=ahead)
    office.answer("done 1")
    office.work()
    office.set_clock(days=-ahead)
    told = ["CLOSED SINCE" in text for text in digests(office, 14)]

    assert told == [True, *[False] * (len(told) - 1)]
    assert len(told) >= 9
