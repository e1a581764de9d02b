"""A restore drill on real servers: what the mailbox still holds is there again, and nothing leaves twice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.ledger import FILE, back_up, restore
from tests.configs import DANA, PRIYA, US
from tests.mailservers import RealMailServers
from tests.servers.test_main_job import Clinic, gmail, written

pytestmark = pytest.mark.servers
CLEARANCE, REFERRAL, ORDER = (
    "Please fax the cardiac clearance to pre-op.",
    "Please send the referral to the wound clinic.",
    "Please sign the oxygen order of Mrs. Lindqvist.",
)


@pytest.fixture
def servers() -> Iterator[RealMailServers]:
    with RealMailServers(users=(DANA, PRIYA, US)) as servers:
        yield servers


def standing(clinic: Clinic) -> dict[str, tuple[int, str]]:
    return {task.quote: (task.number, task.state) for task in clinic.parts.ledger.book.numbered(tuple(range(1, 20)))}


def ours(servers: RealMailServers) -> int:
    return sum(b"X-Coordination-Assistant: 1" in raw for user in (DANA, PRIYA) for raw in servers.mails(user))


def test_a_lost_ledger_comes_back_from_yesterdays_copy_and_the_mailbox(servers: RealMailServers, tmp_path: Path):
    clinic = Clinic(servers, tmp_path)
    try:
        clinic.submit(written(CLEARANCE, "ruth@surgery.example", DANA), to=DANA)
        clinic.start()
        clinic.wait_for(clinic.parts.ledger.book.open_tasks)
        clinic.wait_for(lambda: clinic.ours(DANA, "digest"))
        copy = back_up(tmp_path / "ledger", tmp_path / "copies", clinic.clock()).path
        for text in (REFERRAL, ORDER):
            clinic.submit(written(text, "ruth@surgery.example", DANA), to=DANA)
        clinic.wait_for(lambda: len(clinic.parts.ledger.book.open_tasks()) == 3)
        digest = clinic.ours(DANA, "digest")[0]
        words = gmail(f"done {clinic.task('referral').number}", "Digest 1", "Tue, Mar 10, 2026")
        headers = {"In_Reply_To": str(digest["Message-ID"]), "Subject": f"Re: {digest['Subject']}"}
        clinic.submit(written(words, DANA, US, **headers), to=US)
        clinic.wait_for(lambda: clinic.ours(DANA, "answer"))
        # Some minutes later a copy of each lies in Sent.
        clinic.clock.go_to(clinic.clock() + timedelta(minutes=10))
        clinic.wait_for(lambda: len(servers.mails(US, "Sent")) == 2)
        before, told = standing(clinic), ours(servers)
    finally:
        clinic.stop()
    (tmp_path / "ledger" / FILE).write_bytes(b"\0" * 4096)
    begun = time.monotonic()
    restore(tmp_path / "ledger", copy, clinic.clock())
    again = Clinic(servers, tmp_path)
    again.clock.go_to(clinic.clock())
    try:
        again.start()
        again.wait_for(lambda: again.parts.ledger.restores.unfinished() is None)
        took = time.monotonic() - begun
        # A mail that comes now has been through all that went before it.
        again.submit(written("Please book a van for Friday.", "ruth@surgery.example", DANA), to=DANA)
        again.wait_for(lambda: any("van" in task.quote for task in again.parts.ledger.book.open_tasks()))
        after = standing(again)
        again.clock.go_to(again.clock() + timedelta(minutes=10))
        again.wait_for(lambda: not again.parts.ledger.outgoing.due(again.clock(), 10))
    finally:
        again.stop()

    assert {quote: state for quote, (_, state) in after.items() if quote in before} == {
        CLEARANCE: "open",
        REFERRAL: "done",
        ORDER: "open",
    }
    # The other's number nobody was told.
    assert [after[quote] for quote in (CLEARANCE, REFERRAL)] == [before[quote] for quote in (CLEARANCE, REFERRAL)]
    assert ours(servers) == told
    assert took < 60
