"""Clocks change, jump and stand still: one digest for each local working day, and no storm of calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from assistant.decide.digest import due_digest
from assistant.pipeline import tick
from assistant.records import Calendar, OutgoingMail, Person
from tests.faults.year_office import YearOffice
from tests.pipeline.office import DANA, PRIYA, Office, office_config

ZONES = (
    "America/New_York",
    "America/Los_Angeles",
    "America/Phoenix",
    "Europe/London",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
)
_YEARS = range(2026, 2029)
_CLOCKS = (time(0), time(2, 10), time(7), time(23, 50))
_STEP = timedelta(minutes=10)
_JUMPS = 200
_NEVER = date(1, 1, 1)


def first_moment(zone: ZoneInfo, day: date, at: time) -> datetime:
    """Return the first ten minutes at which the zone's clocks show that time or a later one, found by walking."""
    moment = datetime.combine(day, time(0), UTC) - timedelta(hours=15)
    while moment.astimezone(zone).replace(tzinfo=None) < datetime.combine(day, at):
        moment += _STEP
    return moment


@pytest.mark.faults
@pytest.mark.parametrize("at", _CLOCKS, ids=str)
@pytest.mark.parametrize("zone", ZONES)
def test_on_every_day_of_three_years_a_digest_comes_once_and_in_time(zone: str, at: time):
    person = Person(email=DANA, name="Dana", calendar=Calendar(zone=ZoneInfo(zone)), digest_at=at)
    day, last, late = date(_YEARS[0], 1, 1), _NEVER, []
    while day.year in _YEARS:
        due_at = first_moment(person.calendar.zone, day, at)
        # Nothing before its time, all at its time, nothing a second time: until just before the next one.
        assert due_digest(person, last, due_at - timedelta(seconds=1)) is None
        due = due_digest(person, last, due_at)
        assert (due is not None) == (day.weekday() < 5), day
        if due is not None:
            assert due.local_day == day
            last = day
            late += [day] if due.is_late else []
            for hours in (0, 1, 11, 13, 22):
                assert due_digest(person, last, due_at + timedelta(hours=hours)) is None
        day += timedelta(days=1)
    assert late == []


class Clocked:
    """An office with tasks that are overdue, whose clock jumps."""

    def __init__(self, folder: Path) -> None:
        self.office = Office(folder, office_config(priya={"digest_at": "08:15"}))
        self.kept: dict[str, OutgoingMail] = {}
        for patient in ("Balimo", "Kodera", "Tunavi", "Sagepo"):
            self.office.arrive(f"Please fax the consent form of Mrs. {patient} by 3 pm today.")
        self.office.work()

    def tick(self) -> list[OutgoingMail]:
        """Let time be looked at; return the mails that were made."""
        made = tick(self.office.parts)
        waiting = self.office.parts.ledger.outgoing.due(self.office.now + timedelta(days=9999), 9999)
        new = [mail for mail in waiting if mail.key not in self.kept]
        assert made == len(new)
        self.kept |= {mail.key: mail for mail in new}
        return new


@pytest.fixture
def clocked(tmp_path: Path) -> Iterator[Clocked]:
    clocked = Clocked(tmp_path)
    yield clocked
    clocked.office.parts.ledger.close()


def test_two_hundred_jumps_bring_no_storm_and_nothing_twice(clocked: Clocked):
    random, office = Random(20260309), clocked.office
    for _ in range(_JUMPS):
        hours = random.choice((1, 3, 8, 14, 24, 40, 72, 168)) * random.choice((1, 1, 1, -1))
        office.pass_time(hours=hours)
        new = clocked.tick()
        # However far the clock went: at most one digest and one call for each person.
        assert max(Counter((mail.kind, mail.recipient) for mail in new).values(), default=1) == 1
        assert clocked.tick() == []
    digests = [key for key in clocked.kept if key.startswith("digest")]
    assert len(digests) == len(set(digests)) > 50
    for task in office.parts.ledger.book.open_tasks():
        events = office.parts.ledger.book.history(task.number)
        steps = [event.effect for event in events if event.change.__class__.__name__ == "TaskEscalated"]
        assert 0 < len(steps) == len(set(steps)) <= 3


@pytest.mark.parametrize("hours", [1, 6, 11, 13, 26, 50, 97, 168])
def test_after_a_sleep_the_missed_digest_comes_once_and_says_that_it_is_late(clocked: Clocked, hours: int):
    office = clocked.office
    office.now = datetime(2026, 3, 10, 10, 59, tzinfo=UTC)
    clocked.tick()
    office.pass_time(hours=hours)
    woken = [mail for mail in clocked.tick() if mail.kind == "digest" and mail.recipient == DANA]

    local = office.now.astimezone(ZoneInfo("America/New_York"))
    is_owed = local.weekday() < 5 and 7 <= local.hour < 19
    assert len(woken) == is_owed
    for mail in woken:
        assert mail.key.endswith(str(local.date()))
        assert (b"comes late" in mail.content) == (local.hour >= 8)
    assert clocked.tick() == []


def test_a_clock_that_ran_a_year_ahead_silences_no_digest_after_it(clocked: Clocked):
    office, right = clocked.office, clocked.office.now
    office.pass_time(days=365)
    clocked.tick()
    office.now = right
    days = []
    for _ in range(10):
        office.pass_time(days=1)
        days += [mail.key for mail in clocked.tick() if mail.key.startswith(f"digest:{PRIYA}")]
    assert [key[-2:] for key in days] == ["10", "11", "12", "13", "16", "17", "18", "19"]


def test_a_digest_counts_the_mails_since_the_last_one_before_it_and_not_since_one_that_the_future_holds(
    clocked: Clocked,
):
    office, right = clocked.office, clocked.office.now
    office.pass_time(days=30)
    office.work()
    office.now = right + timedelta(days=1)
    office.arrive("Thank you for the quick answer last week. Lunch was lovely.")
    office.work()
    assert "1 mail" in " ".join(office.said().split())


@pytest.mark.parametrize("is_restarted", [True, False])
def test_what_a_clock_put_off_that_ran_ahead_leaves_when_it_is_right(tmp_path: Path, *, is_restarted: bool):
    office = YearOffice(tmp_path)
    office.work()
    office.skew = timedelta(days=365, hours=4)
    office.weather.post_is_out = True
    office.work()
    assert office.parts.ledger.outgoing.due(office.now + timedelta(days=1), 99)
    office.weather.clear()
    office.skew = timedelta(0)
    if is_restarted:
        office.restart()
    for _ in range(2):
        office.true += timedelta(minutes=10)
        office.work()
    assert office.parts.ledger.outgoing.due(office.now + timedelta(days=999), 99) == []
    office.close()
