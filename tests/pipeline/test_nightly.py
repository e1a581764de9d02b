"""Once a night the ledger is copied; where it cannot be, the digest says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.ledger import backups
from assistant.pipeline import nightly
from tests.pipeline.office import Office, office_config


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.parts.ledger.close()


def test_there_is_one_copy_a_night_and_two_weeks_of_them(office: Office):
    made = 0
    for _ in range(24 * 20):
        made += nightly(office.parts)
        office.pass_time(hours=1)

    kept = backups(office.folder / "backups")
    zone = office.parts.people()[0].calendar.zone
    assert made == 21
    # The first was made at once.
    assert {at.astimezone(zone).hour for at, _ in kept} == {2}
    assert office.now - kept[0][0] <= timedelta(days=15)


def test_after_a_restart_no_second_copy_is_made(office: Office):
    assert nightly(office.parts)
    office.restart()
    office.pass_time(hours=2)

    assert not nightly(office.parts)


def test_a_copy_that_fails_is_tried_again_and_the_digest_says_so(office: Office):
    (office.folder / "backups").write_text("no folder")
    assert not nightly(office.parts)
    office.work()
    assert "nightly copy of the ledger was not made" in " ".join(office.said().split())
    (office.folder / "backups").unlink()
    assert not nightly(office.parts)
    office.pass_time(hours=1)

    assert nightly(office.parts)
    assert office.parts.health.backup_problem == ""


def test_no_copy_is_made_where_none_is_wanted(tmp_path: Path):
    office = Office(tmp_path, office_config(backup={"keep_days": 0}))
    made = nightly(office.parts)
    office.parts.ledger.close()

    assert not made
    assert not (tmp_path / "backups").exists()
