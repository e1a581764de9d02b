"""Mails that were stored at once share an entry of the audit, and each of them is guarded by it as if by its own."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database as SqliteDatabase

from assistant.ledger import FILE, Ledger, Plan
from assistant.ledger.chain import MAIL_COLUMNS, Chain, content_digest, subject_of_mail
from assistant.ledger.links import seal_of, told
from assistant.ledger.moments import to_text
from assistant.ledger.schema import migrations
from assistant.records import Decision, Locator, RawMail
from tests.ledger.test_ledger import facts

NOW = datetime(2026, 3, 9, 14, tzinfo=UTC)
_SETTLED, _PURGED = 3, 4
_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


def came(*numbers: int) -> list[tuple[RawMail, str]]:
    return [
        (
            RawMail(
                locator=Locator(account="desk", folder="INBOX", uidvalidity=1, uid=number),
                received_at=NOW + timedelta(minutes=number),
                content=b"Subject: %d\r\n\r\nhello\r\n" % number,
                truncated=number == 2,
            ),
            f"key-{number}",
        )
        for number in numbers
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five mails that came together, of which one is settled and one purged, and two that came later."""
    folder = tmp_path_factory.mktemp("made")
    with closing(Ledger(folder, lock=True)) as ledger:
        ledger.spool.store_all(came(0, 1, 2, _SETTLED, _PURGED), NOW)
        ledger.spool.store_all(came(10, 11), NOW + timedelta(hours=1))
        for number in (_SETTLED, _PURGED):
            ledger.settle(f"key-{number}", Decision(state="no_task"), (), facts(f"m{number}@x.example"), NOW)
        ledger.purging.purge(Plan(mails=(f"key-{_PURGED}",)), NOW)
        assert ledger.purging.clean(NOW)
    return folder


@pytest.fixture
def ledger(made: Path, tmp_path: Path) -> Iterator[Ledger]:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    with closing(Ledger(tmp_path, lock=False)) as ledger:
        yield ledger


def problems(ledger: Ledger) -> list[str]:
    return ledger.audit.verify().problems


def test_one_entry_tells_of_all_that_was_stored_at_once(ledger: Ledger):
    entries = [entry.after for entry in ledger.audit.entries() if entry.what == "mails_stored"]
    rows = ledger._database.rows("SELECT * FROM mails ORDER BY rowid")
    expected = [
        [row["key"], row["account"], row["received_at"], row["truncated"], seal_of(row["salt"], row["content_digest"])]
        for row in rows
        if row["purged_at"] is None
    ]
    values = [value for entry in entries if entry for value in entry["values"]]

    assert [len(entry["values"]) for entry in entries if entry] == [5, 2]
    assert [value for value in values if value[0] != f"key-{_PURGED}"] == expected
    assert problems(ledger) == []


def test_what_is_known_has_no_second_entry(ledger: Ledger):
    before = ledger.audit.head()
    again = ledger.spool.store_all(came(1, 11), NOW)
    same = ledger.audit.head()
    one_is_new = ledger.spool.store_all([*came(1, 12), *came(12)], NOW)

    assert (again, one_is_new) == (0, 1)
    assert same == before
    assert problems(ledger) == []


def edited(column: str, key: str = "key-1") -> str:
    return f"UPDATE mails SET {column} WHERE key = '{key}'"


def swapped(column: str, one: str = "key-0", other: str = "key-1") -> str:
    """Return what lets two mails change what they have in a column."""
    of = f"(SELECT {column} FROM mails WHERE key = iif(m.key = '{one}', '{other}', '{one}'))"
    return f"UPDATE mails AS m SET {column} = {of} WHERE key IN ('{one}', '{other}')"


_COPIED = "received_at, stored_at, content, truncated, content_digest, salt"
_PAYLOAD = "UPDATE audit_payloads SET payload = {} WHERE link = 1"
_HARMS = {
    "the account": edited("account = 'other'"),
    "when it came": edited("received_at = stored_at"),
    "when it was stored": edited("stored_at = received_at"),
    "that it was cut": edited("truncated = 1"),
    "its content": edited("content = X'41'"),
    "its content with the digest": edited(f"content = X'41', content_digest = '{content_digest(b'A')}'"),
    "its salt": edited("salt = randomblob(16)"),
    "that it has a salt": edited("salt = NULL"),
    "its key": edited("key = 'key-9'"),
    "its state": edited("state = 'no_task'"),
    "its sender": edited("sender = 'eve@x.example'"),
    "that it is purged": edited(f"purged_at = '{to_text(NOW)}', content = X'', content_digest = '', salt = NULL"),
    "the content of a settled one": edited("content = X'41'", "key-3"),
    "the salt of a settled one": edited("salt = NULL", "key-3"),
    "when a purged one came": edited("received_at = stored_at", "key-4"),
    "whom it came with": edited("stored_in = 3"),
    "that it came with others": edited("stored_in = NULL"),
    "that a settled one came with others": edited("stored_in = NULL", "key-3"),
    "an entry that is none of the kind": edited("stored_in = 2"),
    "one is removed": "DELETE FROM mails WHERE key = 'key-1'",
    "a settled one is removed": "DELETE FROM mails WHERE key = 'key-3'",
    "a purged one is removed": "DELETE FROM mails WHERE key = 'key-4'",
    "the last one is removed": "DELETE FROM mails WHERE key = 'key-11'",
    "all of them are removed": "DELETE FROM mails WHERE stored_in = 3",
    "one is added": f"INSERT INTO mails (key, account, stored_in, {_COPIED})"
    f" SELECT 'key-9', account, stored_in, {_COPIED} FROM mails WHERE key = 'key-1'",
    "one is added without an entry": f"INSERT INTO mails (key, account, {_COPIED})"
    f" SELECT 'key-9', account, {_COPIED} FROM mails WHERE key = 'key-1'",
    "two change their keys": "UPDATE mails SET key = iif(key = 'key-0', 'key-x', 'key-0') WHERE key < 'key-10';"
    + edited("key = 'key-1'", "key-x"),
    "two change their contents": ";".join(swapped(column) for column in ("content", "content_digest")),
    "two change contents and salts": ";".join(swapped(column) for column in ("content", "content_digest", "salt")),
    "two change their places": ";".join(
        edited(f"rowid = {place}", key) for key, place in (("key-0", 99), ("key-1", 1), ("key-0", 2))
    ),
    "two change their batches": swapped("stored_in", "key-1", "key-10"),
    "the entry tells of one fewer": _PAYLOAD.format("json_remove(payload, '$[1]')"),
    "the entry tells of one twice": _PAYLOAD.format("json_insert(payload, '$[#]', json_extract(payload, '$[1]'))"),
    "the entry tells of another order": _PAYLOAD.format(
        "json_set(payload, '$[0]', json_extract(payload, '$[1]'), '$[1]', json_extract(payload, '$[0]'))"
    ),
    "the entry tells of another content": _PAYLOAD.format("json_set(payload, '$[1][4]', 'x')"),
    "the entry tells of no mails": _PAYLOAD.format("'7'"),
    "the entry is no JSON": _PAYLOAD.format("'['"),
    "the words of the entry are removed": "DELETE FROM audit_payloads WHERE link = 1",
}


@pytest.mark.parametrize("harm", _HARMS.values(), ids=[name.replace(" ", "-") for name in _HARMS])
def test_whatever_is_changed_within_a_batch_is_found(ledger: Ledger, tmp_path: Path, harm: str):
    assert problems(ledger) == []
    before = _mails(ledger)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as file:
        for (name,) in file.execute(_TRIGGERS).fetchall():
            file.execute(f"DROP TRIGGER {name}")
        for statement in harm.split(";"):
            assert file.execute(statement).rowcount > 0

    assert _mails(ledger) != before, "the harm did nothing"
    assert problems(ledger)


def _mails(ledger: Ledger) -> list[object]:
    return [
        [tuple(row.values()) for row in ledger._database.rows(sql)]
        for sql in ("SELECT rowid, * FROM mails ORDER BY rowid", "SELECT * FROM audit_payloads ORDER BY link")
    ]


def test_of_one_mail_out_of_many_nothing_is_left_and_the_others_are_guarded_as_before(tmp_path: Path):
    ledger = Ledger(tmp_path, lock=True)
    ledger._database._db.conn.execute("PRAGMA secure_delete = OFF").fetchall()
    ledger.spool.store_all(came(0, 1, 2), NOW)
    ledger.settle("key-1", Decision(state="no_task"), (), facts(), NOW)
    row = ledger._database.rows("SELECT content, content_digest, salt FROM mails WHERE key = 'key-1'")[0]
    traces = [row["content"], row["content_digest"].encode(), row["salt"]]
    assert all(trace in _bytes(tmp_path) for trace in traces)
    ledger.purging.purge(Plan(mails=("key-1",)), NOW)
    assert ledger.purging.clean(NOW)
    left = [trace for trace in traces if trace in _bytes(tmp_path)]
    sound = problems(ledger)
    with closing(sqlite3.connect(tmp_path / FILE)) as file, file:
        file.execute(edited("truncated = 1", "key-0"))
    found = problems(ledger)
    ledger.close()

    assert left == []
    assert sound == []
    assert found == ["the mail key-0 is not as entry 1 tells"]


def test_the_words_of_old_entries_go_and_those_of_a_batch_stay(ledger: Ledger):
    late = NOW + timedelta(days=9000)
    plan = ledger.purging.plan_aged(mails_before=None, tasks_before=None, audit_before=late)
    ledger.purging.purge(plan, late)

    assert problems(ledger) == []
    assert len([entry for entry in ledger.audit.entries() if entry.what == "mails_stored" and entry.after]) == 2


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("ledger.db*")))


def older(folder: Path) -> None:
    """Make a ledger as it was when each mail had an entry of its own: two mails, of which one is settled."""
    folder.mkdir(mode=0o700)
    with closing(sqlite3.connect(folder / FILE)) as file:
        migrations.apply(SqliteDatabase(file), stop_before="tell_of_mails_that_came_together")
        chain = Chain(file.execute)
        for raw, key in came(1, 2):
            values = (key, "desk", to_text(raw.received_at), to_text(NOW), raw.content, 0, content_digest(raw.content))
            file.execute(
                "INSERT INTO mails (key, account, received_at, stored_at, content, truncated, content_digest)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                values,
            )
            cursor = file.execute(f"SELECT {MAIL_COLUMNS} FROM mails WHERE key = ?", (key,))
            row = dict(zip([one[0] for one in cursor.description], cursor.fetchone(), strict=True))
            payload = told({"was": None, "is": row})
            chain.add("mail_stored", payload, at=to_text(NOW), subject=subject_of_mail(key), source=key)
            place = ("desk", "INBOX", 1, raw.locator.uid, key)
            file.execute("INSERT INTO deliveries VALUES (?, ?, ?, ?, ?)", place)
            chain.add("deliveries_noted", told([place]), at=to_text(NOW))
        file.execute("UPDATE mails SET state = 'no_task' WHERE key = 'key-2'")
        chain.mail("mail_settled", "key-2", at=to_text(NOW), was="waiting")
        file.commit()
    (folder / FILE).chmod(0o600)


def _remove(file: sqlite3.Connection, key: str) -> None:
    file.execute("DELETE FROM mails WHERE key = ?", (key,))


def _cut(file: sqlite3.Connection, key: str) -> None:
    file.execute(edited("truncated = 1 - truncated", key))


@pytest.mark.parametrize("key", ["key-1", "key-2", "key-3"])
@pytest.mark.parametrize("harm", [_remove, _cut])
def test_a_ledger_with_an_entry_for_each_mail_goes_on_and_is_guarded(
    tmp_path: Path, key: str, harm: Callable[[sqlite3.Connection, str], None]
):
    folder = tmp_path / "ledger"
    older(folder)
    with closing(Ledger(folder, lock=True)) as ledger:
        taken_over = problems(ledger)
        new = ledger.spool.store_all(came(2, 3, 4), NOW)
        ledger.settle("key-1", Decision(state="no_task"), (), facts(), NOW)
        went_on = problems(ledger)
        with closing(sqlite3.connect(folder / FILE)) as file, file:
            harm(file, key)
        harmed = problems(ledger)

    assert (taken_over, new, went_on) == ([], 2, [])
    assert len(harmed) == 1
    assert (folder / "before-tell_of_mails_that_came_together.db").exists()


def test_a_mail_that_came_before_entries_were_shared_is_purged_as_ever(tmp_path: Path):
    folder = tmp_path / "ledger"
    older(folder)
    with closing(Ledger(folder, lock=True)) as ledger:
        ledger.purging.purge(Plan(mails=("key-2",)), NOW)
        entries = [json.dumps(entry.after) for entry in ledger.audit.entries() if entry.subject == "mail key-2"]

        assert problems(ledger) == []
        assert entries[:-1] == ["null", "null"]
