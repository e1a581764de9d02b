from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import LedgerError, LostLedgerError, UnknownTaskError
from assistant.ledger import FILE, Ledger, MailFacts
from assistant.records import (
    Decision,
    LedgerEvent,
    Locator,
    NoteAdded,
    OutgoingMail,
    RawMail,
    Reading,
    TaskAcknowledged,
    TaskDone,
    TaskEscalated,
    TaskReopened,
)
from tests.ledger.test_fold import OPENED
from tests.messages import message

NOW = datetime(2026, 3, 10, 14, tzinfo=UTC)
DANA = "dana@clinic.example"
_FULL = 2
"""SQLite's number for a sync at each commit; 1 would sync when the log goes into the file, 0 never."""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = Ledger(tmp_path / "ledger", lock=True)
    yield ledger
    ledger.close()


@pytest.mark.parametrize("is_daemon", [True, False])
def test_whoever_writes_waits_for_the_disk_at_each_commit(tmp_path: Path, *, is_daemon: bool):
    for _ in ("made", "there already"):
        with closing(Ledger(tmp_path / "ledger", lock=is_daemon)) as ledger:
            assert ledger._database.rows("PRAGMA synchronous") == [{"synchronous": _FULL}]
            assert ledger._database.rows("PRAGMA journal_mode") == [{"journal_mode": "wal"}]


def raw(uid: int, content: bytes = b"Subject: x\r\n\r\nhello", *, minutes: int = 0) -> RawMail:
    return RawMail(
        locator=Locator(account="desk", folder="INBOX", uidvalidity=7, uid=uid),
        received_at=NOW + timedelta(minutes=minutes),
        content=content,
    )


def facts(message_id: str | None = "m1@clinic.example", *, read_again_at: datetime | None = None) -> MailFacts:
    found = message(message_id=message_id)
    reading = Reading(findings=(), engine="embedded", tokens_in=3, tokens_out=4)
    return MailFacts(message=found, thread=message_id or "k1", reading=reading, read_again_at=read_again_at)


def opening(number: int, effect: str) -> LedgerEvent:
    return LedgerEvent(id=0, number=number, at=NOW, actor="assistant", source="k1", change=OPENED, effect=effect)


def mail(key: str, **changes: object) -> OutgoingMail:
    made = OutgoingMail(
        key=key,
        kind="digest",
        recipient=DANA,
        subject="Digest 1",
        message_id=f"{key}@clinic.example",
        content=b"bytes",
        numbers=(1,),
        prepared_at=NOW,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_the_same_mail_delivered_twice_is_one_mail_at_two_places(ledger: Ledger):
    assert ledger.spool.store(raw(1), "k1", NOW)
    assert not ledger.spool.store(raw(2), "k1", NOW)

    assert [waiting.key for waiting in ledger.spool.waiting(10)] == ["k1"]
    assert ledger.spool.highest_uid("desk", "INBOX", 7) == 2
    assert ledger.spool.highest_uid("desk", "INBOX", 8) == 0


def test_one_place_in_a_mailbox_is_noted_once(ledger: Ledger, tmp_path: Path):
    ledger.spool.store(raw(1), "k1", NOW)
    ledger.spool.store(raw(1), "k1", NOW)

    with closing(sqlite3.connect(tmp_path / "ledger" / FILE)) as other:
        assert other.execute("SELECT count(*) FROM deliveries").fetchone() == (1,)


def test_waiting_mails_come_in_the_order_in_which_they_arrived(ledger: Ledger):
    for uid, minutes in ((1, 30), (2, 10), (3, 20)):
        ledger.spool.store(raw(uid, minutes=minutes), f"k{uid}", NOW)

    assert [waiting.key for waiting in ledger.spool.waiting(10)] == ["k2", "k3", "k1"]
    assert [waiting.key for waiting in ledger.spool.waiting(2)] == ["k3", "k1"]


def test_of_two_mails_of_one_second_what_may_be_an_answer_is_read_last(ledger: Ledger):
    ledger.spool.store(raw(1, b"Subject: Re: x\r\nIn-reply-to: <digest@clinic.example>\r\n\r\ndone 1"), "answer", NOW)
    ledger.spool.store(raw(2), "request", NOW)
    ledger.spool.store(raw(3, minutes=1), "later", NOW)

    came = ledger.spool.waiting_since_before(NOW + timedelta(minutes=1), NOW, 10)

    assert [mail.key for mail in came] == ["request", "answer", "later"]


def test_a_mail_is_settled_once_with_all_its_effects(ledger: Ledger):
    ledger.spool.store(raw(1), "k1", NOW)
    decision = Decision(events=(opening(1, "task:a"),), state="tasks")

    first = ledger.settle("k1", decision, [mail("answer:k1")], facts(), NOW)
    second = ledger.settle("k1", decision, [mail("answer:k1")], facts(), NOW)

    assert first is not None
    assert second is None
    assert [task.number for task in ledger.book.open_tasks()] == [1]
    assert len(ledger.outgoing.due(NOW, 10)) == 1


def test_the_same_effect_is_recorded_once(ledger: Ledger):
    ledger.record(Decision(events=(opening(1, "task:a"),)), ())
    again = ledger.record(Decision(events=(opening(2, "task:a"),)), ())

    assert again == ()
    assert [task.number for task in ledger.book.open_tasks()] == [1]


def test_a_transaction_that_fails_leaves_nothing(ledger: Ledger):
    ledger.spool.store(raw(1), "k1", NOW)
    broken = mail("answer:k1", kind=None)

    with pytest.raises(sqlite3.IntegrityError):
        ledger.settle("k1", Decision(events=(opening(1, "task:a"),), state="tasks"), [broken], facts(), NOW)

    assert ledger.spool.state("k1") == "waiting"
    assert ledger.book.open_tasks() == ()


def test_the_balance_counts_each_mail_once(ledger: Ledger):
    for uid in range(1, 6):
        ledger.spool.store(raw(uid), f"k{uid}", NOW)
    ledger.settle("k1", Decision(state="tasks"), (), facts("a"), NOW)
    ledger.settle("k2", Decision(state="no_task"), (), facts("b"), NOW)
    ledger.settle("k3", Decision(state="automatic"), (), facts("c"), NOW)
    ledger.spool.quarantine("k4", "it is no mail", NOW)

    balance = ledger.spool.balance(NOW - timedelta(days=1))

    assert balance.adds_up
    assert (balance.read, balance.tasks, balance.no_task, balance.automatic) == (5, 1, 1, 1)
    assert (balance.needs_person, balance.waiting, balance.newest_at) == (1, 1, NOW)


def test_a_mail_that_kills_us_three_times_is_not_tried_a_fourth_time(ledger: Ledger):
    ledger.spool.store(raw(1), "k1", NOW)
    for _ in range(3):
        ledger.spool.count_attempt("k1")

    assert ledger.spool.waiting(10) == []
    assert ledger.spool.exhausted() == ["k1"]


def test_a_quarantined_mail_is_read_anew_when_it_is_replayed(ledger: Ledger):
    ledger.spool.store(raw(1), "k1", NOW)
    ledger.spool.quarantine("k1", "it is no mail", NOW)

    assert [one.reason for one in ledger.spool.quarantined()] == ["it is no mail"]
    assert ledger.spool.replay("k1", NOW) == 1
    assert [waiting.key for waiting in ledger.spool.waiting(10)] == ["k1"]


def test_a_mail_read_during_an_outage_is_read_again_once(ledger: Ledger):
    ledger.spool.store(raw(1), "k1", NOW)
    ledger.settle("k1", Decision(state="no_task"), (), facts(read_again_at=NOW + timedelta(minutes=30)), NOW)
    later = NOW + timedelta(hours=1)

    assert ledger.spool.to_read_again(NOW, 10) == []
    assert [one.key for one in ledger.spool.to_read_again(later, 10)] == ["k1"]
    assert ledger.settle_again("k1", Decision(events=(opening(1, "task:a"),), state="tasks"), facts(), NOW) is not None
    assert ledger.settle_again("k1", Decision(events=(opening(2, "task:b"),), state="tasks"), facts(), NOW) is None
    assert ledger.spool.state("k1") == "tasks"


def test_mails_that_answer_each_other_are_one_thread(ledger: Ledger):
    ledger.spool.store(raw(1), "k1", NOW)
    ledger.settle("k1", Decision(state="no_task"), (), facts("first@x"), NOW)

    assert ledger.spool.thread_of(("unknown@x", "first@x", "reply@x"), "k9") == "first@x"
    assert ledger.spool.thread_of(("other@x",), "k9") == "other@x"
    assert ledger.spool.thread_of((), "k9") == "k9"


def test_one_key_is_one_mail_in_the_outbox(ledger: Ledger):
    ledger.record(Decision(), [mail("digest:1"), mail("digest:1", message_id="other@x")])

    assert len(ledger.outgoing.due(NOW, 10)) == 1


def test_a_mail_that_was_being_sent_when_the_assistant_died_is_uncertain(tmp_path: Path):
    first = Ledger(tmp_path, lock=True)
    first.record(Decision(), [mail("digest:1")])
    first.outgoing.begin("digest:1")
    first.close()

    second = Ledger(tmp_path, lock=True)

    assert second.outgoing.due(NOW, 10) == []
    assert second.outgoing.recover(NOW) == 1
    assert [(one.state, one.attempts) for one in second.outgoing.due(NOW, 10)] == [("uncertain", 1)]
    second.close()


def test_a_second_assistant_is_refused_in_words(ledger: Ledger, tmp_path: Path):
    with pytest.raises(LedgerError, match="another assistant is running"):
        Ledger(tmp_path / "ledger", lock=True)
    assert ledger.book.next_number() == 1


def test_an_assistant_that_lost_the_ledger_can_write_no_more(ledger: Ledger, tmp_path: Path):
    with sqlite3.connect(tmp_path / "ledger" / FILE) as other:
        other.execute("UPDATE writer SET epoch = epoch + 1")
    other.close()

    with pytest.raises(LostLedgerError):
        ledger.record(Decision(events=(opening(1, "task:a"),)), ())


def test_a_ledger_of_a_newer_version_is_refused(tmp_path: Path):
    Ledger(tmp_path, lock=True).close()
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('ledger', 'future', '')"
        )
    other.close()

    with pytest.raises(LedgerError, match="newer version"):
        Ledger(tmp_path, lock=True)


def test_a_file_that_is_no_database_is_refused_in_one_line(tmp_path: Path):
    (tmp_path / FILE).write_bytes(b"not a database" * 100)
    (tmp_path / FILE).chmod(0o600)

    with pytest.raises(LedgerError, match="cannot be used") as caught:
        Ledger(tmp_path, lock=True)
    assert "\n" not in str(caught.value)


def test_events_can_be_neither_changed_nor_removed(ledger: Ledger, tmp_path: Path):
    ledger.record(Decision(events=(opening(1, "task:a"),)), ())

    with sqlite3.connect(tmp_path / "ledger" / FILE) as other:
        for statement in ("UPDATE events SET actor = 'x'", "DELETE FROM events"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                other.execute(statement)
    other.close()


def test_the_last_changes_of_a_person_are_those_of_their_last_mail(ledger: Ledger):
    def said(source: str, change: TaskDone | NoteAdded) -> LedgerEvent:
        return LedgerEvent(id=0, number=1, at=NOW, actor=DANA, source=source, change=change)

    ledger.record(Decision(events=(opening(1, "task:a"), said("r1", NoteAdded(text="called")))), ())
    ledger.record(Decision(events=(said("r2", NoteAdded(text="again")), said("r2", TaskDone()))), ())

    changes = ledger.book.last_changes(DANA)

    assert [type(event.change) for event in changes] == [NoteAdded, TaskDone]
    assert not ledger.book.changed_after(changes[0].id, 1, by_other_than=DANA)
    assert ledger.book.changed_after(1, 1, by_other_than="priya@clinic.example")


def test_a_number_that_no_task_has_is_said(ledger: Ledger):
    with pytest.raises(UnknownTaskError, match="no task #99"):
        ledger.book.task(99)


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have such modes")
def test_only_its_owner_may_read_the_ledger(ledger: Ledger, tmp_path: Path):
    assert ledger.quick_check() == "ok"
    assert stat.S_IMODE((tmp_path / "ledger" / FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "ledger").stat().st_mode) == 0o700


def test_a_task_that_an_older_version_wrote_is_as_its_audit_tells(ledger: Ledger):
    told = (TaskEscalated(step=0, to=(DANA,)), TaskReopened(), TaskAcknowledged(until=NOW))
    events = [opening(1, "task:a")] + [
        LedgerEvent(id=0, number=1, at=NOW, actor=DANA, source="k1", change=change) for change in told
    ]
    ledger.record(Decision(events=tuple(events)), [])
    with ledger._database.transaction():
        newer = "'$.left_since', '$.called', '$.acknowledged_by'"
        ledger._database.change(f"UPDATE tasks SET task = json_remove(task, {newer})")

    assert ledger.book.task(1).left_since is None
    assert ledger.audit.verify().problems == []
