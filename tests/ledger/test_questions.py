"""What is asked at each round costs the same, however much has been settled, sent and closed before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assistant.ledger import Ledger
from assistant.records import Decision, LedgerEvent, Locator, OutgoingMail, RawMail, TaskDone
from tests.ledger.test_fold import OPENED

NOW = datetime(2026, 3, 10, 14, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=200)
FEW, MANY = 30, 600
QUESTIONS: dict[str, Callable[[Ledger], object]] = {
    "how many mails left within the hour": lambda ledger: ledger.outgoing.left_between(NOW - timedelta(hours=1), NOW),
    "which copies are to be looked for": lambda ledger: ledger.outgoing.to_keep(NOW, 20),
    "whether the server keeps copies": lambda ledger: ledger.outgoing.server_keeps("smtp"),
    "which mails may leave": lambda ledger: ledger.outgoing.due(NOW, 50),
    "which try ended without a word": lambda ledger: ledger.outgoing.recover(NOW),
    "which tasks changed since": lambda ledger: ledger.book.numbers_changed_after(ledger.book.last_change() - 1),
    "which tasks were closed of late": lambda ledger: ledger.book.closed_since(NOW - timedelta(days=30)),
    "who closed tasks of late": lambda ledger: ledger.book.closings(NOW - timedelta(days=1)),
    "which mails are read next": lambda ledger: ledger.spool.waiting(10, now=NOW),
    "which mails were tried too often": lambda ledger: ledger.spool.exhausted(),
    "what the highest number is": lambda ledger: ledger.book.next_number(),
}


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, Ledger]]:
    """One ledger of a few weeks, and one of a year."""
    few, many = (Ledger(tmp_path_factory.mktemp("ledger") / "ledger", lock=True) for _ in range(2))
    _fill(few, FEW)
    _fill(many, MANY)
    yield few, many
    few.close()
    many.close()


def _fill(ledger: Ledger, count: int) -> None:
    with ledger._database.transaction():
        ledger.spool.store_all(((_raw(uid), f"k{uid}") for uid in range(1, count + 1)), NOW)
        events = [event for number in range(1, count + 1) for event in _story(number)]
        mails = [_sent(number) for number in range(1, count + 1)]
        ledger.record(Decision(events=tuple(events)), mails)
        for mail in mails:
            ledger.outgoing.begin(mail.key, via="smtp")
            ledger.outgoing.sent(mail.key, mail.prepared_at, keep_at=mail.prepared_at)
            ledger.outgoing.kept(mail.key, "server")


def _raw(uid: int) -> RawMail:
    where = Locator(account="desk", folder="INBOX", uidvalidity=7, uid=uid)
    return RawMail(locator=where, received_at=NOW + timedelta(minutes=uid), content=b"Subject: x\r\n\r\nhello")


def _story(number: int) -> tuple[LedgerEvent, LedgerEvent]:
    at = LONG_AGO + timedelta(minutes=number)
    opened = LedgerEvent(
        id=0, number=number, at=at, actor="assistant", source=f"k{number}", change=OPENED, effect=f"e{number}"
    )
    done = replace(opened, actor="dana@clinic.example", source=f"r{number}", change=TaskDone(), effect=None)
    return opened, done


def _sent(number: int) -> OutgoingMail:
    return OutgoingMail(
        key=f"answer:{number}",
        kind="answer",
        recipient="dana@clinic.example",
        subject="Done",
        message_id=f"answer.{number}@clinic.example",
        content=b"bytes" * 1000,
        numbers=(number,),
        prepared_at=LONG_AGO + timedelta(minutes=number),
    )


@contextmanager
def _counted(ledger: Ledger) -> Iterator[list[int]]:
    """Count the steps that SQLite takes."""
    steps = [0]

    def step() -> int:
        steps[0] += 1
        return 0

    ledger._database._db.conn.set_progress_handler(step, 1)
    yield steps
    ledger._database._db.conn.set_progress_handler(None, 1)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_what_each_round_asks_costs_the_same_after_a_year(
    ledgers: tuple[Ledger, Ledger], question: Callable[[Ledger], object]
):
    counts = []
    for ledger in ledgers:
        with _counted(ledger) as steps:
            question(ledger)
        counts.append(steps[0])

    few, many = counts
    # Twenty times as much is there to go through.
    assert many < few * 2, f"{few} steps, then {many}"
