"""Mail on its way into the spool: together what came together, and nothing is asked for before that is safe."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from threading import enumerate as enumerate_threads

import pytest

from assistant.errors import TransientError, WithheldMailError
from assistant.intake import Arrival
from assistant.pipeline import collect
from assistant.pipeline.health.conditions import conditions, warnings
from assistant.pipeline.withheld import withheld_conditions
from assistant.records import Check, Locator, RawMail
from tests.pipeline.office import MONDAY, Office


class Answering:
    """A mailbox whose server hands out mails in answers of several; `committed` is what was safe before each."""

    def __init__(self, *answers: int, then: Exception | None = None, padding: bytes = b"") -> None:
        self._answers, self._then, self._padding = answers, then, padding
        self.committed: list[int] = []
        self.handed_out = 0

    def fetch_new(
        self,
        seen_up_to: Callable[[str, int], int],
        is_known: Callable[[Locator], bool],
        _is_another: Callable[[Locator, Arrival], bool],
    ) -> Iterator[RawMail]:
        assert not is_known(Locator(account="desk", folder="INBOX", uidvalidity=1, uid=99))
        uid = 0
        for mails in self._answers:
            self.committed.append(seen_up_to("INBOX", 1))
            self.handed_out += mails
            for place in range(mails):
                uid += 1
                where = Locator(account="desk", folder="INBOX", uidvalidity=1, uid=uid)
                content = b"Subject: %d\r\n\r\nhello\r\n%b" % (uid, self._padding)
                is_followed = place < mails - 1
                yield RawMail(locator=where, received_at=MONDAY, content=content, is_followed=is_followed)
        self.committed.append(seen_up_to("INBOX", 1))
        if self._then is not None:
            raise self._then

    def fetch_missed(self, *_: object) -> Iterator[RawMail]:
        yield from ()
        if isinstance(self._then, WithheldMailError):
            raise self._then

    def next_number(self, _folder: str) -> tuple[int, int]:
        return 1, 0

    def uids(self, _folder: str, _first: int) -> frozenset[int]:
        return frozenset()

    def wait(self, _timeout_s: float, _stop: Event) -> bool:
        return False

    def check(self) -> Check:
        return Check(name="desk", is_fine=True, said="hands out what it was given")

    def close(self) -> None:
        self.committed.clear()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.parts.ledger.close()


def test_all_of_one_answer_is_committed_before_the_next_is_asked_for(office: Office):
    mailbox = Answering(3, 1, 2)
    new = collect(replace(office.parts, mailboxes={"desk": mailbox}), "desk")

    assert new == 6
    assert mailbox.committed == [0, 3, 4, 6]


def test_what_came_before_the_trouble_is_kept(office: Office):
    mailbox = Answering(3, then=TransientError("the server is gone"))
    with pytest.raises(TransientError):
        collect(replace(office.parts, mailboxes={"desk": mailbox}), "desk")

    assert office.parts.ledger.spool.balance(MONDAY).waiting == 3


def test_a_mail_that_the_server_keeps_back_keeps_nothing_else_back(office: Office):
    mailbox = Answering(3, then=WithheldMailError("desk", 1, "INBOX", 27))
    parts = replace(office.parts, mailboxes={"desk": mailbox})

    assert collect(parts, "desk") == 3
    assert parts.health.compared_at == {"desk": office.now}
    assert not parts.health.mailbox_trouble
    office.pass_time(days=1)
    (said,) = (one for one in warnings(parts, parts.people()[0], MONDAY) if "UID" in one)
    assert said == (
        "The server of the mailbox desk keeps 1 mail back since Monday 10:00: UID 27 in INBOX. "
        "What it asks for is missing here: please open it there."
    )
    assert "mails of desk" in {one.part for one in conditions(parts) if one.level == "degraded"}
    collect(replace(parts, mailboxes={"desk": Answering(3)}), "desk")
    assert not list(withheld_conditions(parts))


class Comparing(Answering):
    """Asks in its comparison whether one mail that came before is another; `said` is the answer to each."""

    asked = (Arrival(MONDAY), Arrival(MONDAY, 21), Arrival(MONDAY, 20), Arrival(MONDAY - timedelta(seconds=1)))

    def fetch_missed(  # type: ignore[override]
        self, _is_known: object, is_another: Callable[[Locator, Arrival], bool], _since: object
    ) -> Iterator[RawMail]:
        where = Locator(account="desk", folder="INBOX", uidvalidity=1, uid=1)
        self.said = [is_another(where, one) for one in self.asked]
        return iter(())


def test_what_came_in_another_second_or_has_another_size_is_another_mail(office: Office):
    mailbox = Comparing(1)
    collect(replace(office.parts, mailboxes={"desk": mailbox}), "desk")
    office.parts.ledger._database._db.execute("UPDATE mails SET content = X''")
    fresh = Comparing()
    office.pass_time(hours=1)
    collect(replace(office.parts, mailboxes={"desk": fresh}), "desk")

    assert mailbox.said == [False, False, True, True]
    # Of what was purged only the time is known.
    assert fresh.said == [False, False, False, True]


def test_one_answer_is_one_commit(office: Office):
    commits: list[str] = []
    office.parts.ledger._database._db.conn.set_trace_callback(commits.append)
    collect(replace(office.parts, mailboxes={"desk": Answering(50, 50)}), "desk")

    assert commits.count("COMMIT") == 2


def test_a_stop_ends_after_what_is_in_hand(office: Office):
    office.parts.stop.set()
    collect(replace(office.parts, mailboxes={"desk": Answering(3, 3)}), "desk")

    assert office.parts.ledger.spool.balance(MONDAY).waiting == 1


def test_in_a_backlog_no_more_than_one_answer_is_asked_for_ahead(office: Office):
    mailbox = Answering(150, 150, 150, 3, 150)
    new = collect(replace(office.parts, mailboxes={"desk": mailbox}), "desk")

    assert new == 603
    # The first is safe before the second is asked for; each later one while the one before it may be on its way.
    assert mailbox.committed[:2] == [0, 150]
    assert all(safe >= least for safe, least in zip(mailbox.committed, [0, 150, 150, 300, 450, 453], strict=True))


def test_large_answers_are_not_held_two_at_a_time(office: Office):
    mailbox = Answering(100, 100, 100, 100, padding=b"x" * 100_000)
    collect(replace(office.parts, mailboxes={"desk": mailbox}), "desk")

    assert mailbox.committed == [0, 100, 200, 300, 400]


def test_what_came_before_the_trouble_in_a_backlog_is_kept(office: Office):
    mailbox = Answering(100, 100, 100, then=TransientError("the server is gone"))
    with pytest.raises(TransientError, match="the server is gone"):
        collect(replace(office.parts, mailboxes={"desk": mailbox}), "desk")

    assert office.parts.ledger.spool.balance(MONDAY).waiting == 300


def test_a_ledger_that_fails_in_a_backlog_leaves_nobody_reading(office: Office):
    mailbox, spool = Answering(100, 100, 100, 100), office.parts.ledger.spool
    connection = office.parts.ledger._database._db.conn
    connection.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON main.deliveries WHEN new.uid > 250"
        " BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    with pytest.raises(sqlite3.IntegrityError):
        collect(replace(office.parts, mailboxes={"desk": mailbox}), "desk")
    connection.execute("DROP TRIGGER full")

    assert not [thread for thread in enumerate_threads() if thread.name.startswith("reading-ahead")]
    assert spool.highest_uid("desk", "INBOX", 1) == 200
    assert mailbox.handed_out <= 400


def test_a_stop_in_a_backlog_ends_after_what_is_in_hand(office: Office):
    mailbox = Answering(*[100] * 50)
    stop = office.parts.stop

    def stops(sql: str) -> None:
        if sql == "COMMIT" and mailbox.handed_out >= 300:
            stop.set()

    office.parts.ledger._database._db.conn.set_trace_callback(stops)
    collect(replace(office.parts, mailboxes={"desk": mailbox}), "desk")

    waiting = office.parts.ledger.spool.balance(MONDAY).waiting
    assert waiting == office.parts.ledger.spool.highest_uid("desk", "INBOX", 1)
    assert 200 <= waiting <= 400
    assert mailbox.handed_out <= 500
