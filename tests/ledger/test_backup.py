"""Copies of the ledger: taken in use, found sound, put back; and what a damaged ledger is met with."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import DamagedLedgerError, LedgerError
from assistant.ledger import FILE, Ledger, back_up, backups, forget_old, restore
from assistant.ledger.database import RESTORING
from assistant.ledger.schema import migrations
from assistant.records import Decision
from tests.ledger.test_ledger import NOW, facts, mail, opening, raw


def filled(folder: Path, count: int = 40) -> Path:
    ledger = Ledger(folder, lock=True)
    for uid in range(1, count + 1):
        ledger.spool.store(raw(uid, b"Subject: x\r\n\r\n" + b"hello " * 300), f"k{uid}", NOW)
        decision = Decision(events=(opening(uid, f"task:{uid}"),), state="tasks")
        ledger.settle(f"k{uid}", decision, [mail(f"answer:k{uid}")], facts(f"m{uid}"), NOW)
    ledger.close()
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return filled(tmp_path / "ledger")


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    ledger = Ledger(folder, lock=True)
    yield ledger
    ledger.close()


def open_tasks(folder: Path) -> int:
    ledger = Ledger(folder, lock=True)
    try:
        return len(ledger.book.open_tasks())
    finally:
        ledger.close()


def test_a_copy_is_taken_while_the_ledger_is_in_use_and_holds_all_of_it(ledger: Ledger, folder: Path, tmp_path: Path):
    ledger.spool.store(raw(99), "k99", NOW)
    copy = back_up(folder, tmp_path / "copies" / "one.db", NOW)

    assert (copy.mails, copy.events) == (41, 40)
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["one.db"]
    if os.name == "posix":
        assert stat.S_IMODE(copy.path.stat().st_mode) == 0o600


def test_a_writer_that_is_half_way_does_not_hold_a_copy_up_and_is_not_in_it(folder: Path, tmp_path: Path):
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM outbox")
        copy = back_up(folder, tmp_path, NOW)
        writer.execute("ROLLBACK")

    with closing(sqlite3.connect(copy.path)) as found:
        assert found.execute("SELECT count(*) FROM outbox").fetchone()[0] == 40


def test_copies_are_named_by_their_moment_and_old_ones_go_but_never_the_last(folder: Path, tmp_path: Path):
    for day in range(5):
        back_up(folder, tmp_path / "copies", NOW + timedelta(days=day))
    removed = forget_old(tmp_path / "copies", 2, NOW + timedelta(days=4))
    assert removed == 2
    assert [at for at, _ in backups(tmp_path / "copies")] == [NOW + timedelta(days=day) for day in (2, 3, 4)]

    forget_old(tmp_path / "copies", 2, NOW + timedelta(days=400))
    assert [at for at, _ in backups(tmp_path / "copies")] == [NOW + timedelta(days=4)]


def test_a_copy_that_cannot_be_made_leaves_the_former_one(folder: Path, tmp_path: Path):
    good = back_up(folder, tmp_path / "copy.db", NOW).path.read_bytes()
    damage(folder / FILE, 4096 * 3, 4096)
    with pytest.raises(LedgerError, match=r"damaged|copied"):
        back_up(folder, tmp_path / "copy.db", NOW)

    assert (tmp_path / "copy.db").read_bytes() == good
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_ledger_is_not_copied_onto_itself(folder: Path, ledger: Ledger):
    before = (folder / FILE).stat().st_ino
    (folder / "link.db").symlink_to(folder / FILE)
    for path in (folder / FILE, folder / "link.db"):
        with pytest.raises(LedgerError, match="is the ledger itself"):
            back_up(folder, path, NOW)

    assert (folder / FILE).stat().st_ino == before
    assert ledger.spool.store(raw(99), "k99", NOW)


def test_a_copy_takes_the_ledgers_place_and_what_was_there_is_kept(folder: Path, tmp_path: Path):
    copy = back_up(folder, tmp_path, NOW).path
    ledger = Ledger(folder, lock=True)
    ledger.record(Decision(events=(opening(77, "task:77"),)), ())
    ledger.close()
    _, aside = restore(folder, copy, NOW)

    assert aside is not None
    with closing(sqlite3.connect(aside)) as kept:
        assert kept.execute("SELECT count(*) FROM events").fetchone()[0] == 41
    assert open_tasks(folder) == 40
    assert not (folder / RESTORING).exists()


def test_what_a_copy_holds_as_unsent_is_looked_for_before_it_is_sent(folder: Path, tmp_path: Path):
    restore(folder, back_up(folder, tmp_path, NOW).path, NOW)
    ledger = Ledger(folder, lock=True)
    states = {one.state for one in ledger.outgoing.due(NOW, 100)}
    ledger.close()

    assert states == {"uncertain"}


def test_what_waits_for_the_morning_does_not_leave_in_the_night_because_of_a_restore(folder: Path, tmp_path: Path):
    ledger, morning = Ledger(folder, lock=True), NOW + timedelta(hours=9)
    ledger.record(Decision(), [replace(mail("handoff:1"), not_before=morning)])
    ledger.close()
    restore(folder, back_up(folder, tmp_path, NOW).path, NOW)
    with closing(Ledger(folder, lock=True)) as restored:
        early, late = (restored.outgoing.due(at, 100) for at in (NOW + timedelta(hours=8), morning))

    assert {one.key for one in late} - {one.key for one in early} == {"handoff:1"}


def test_nothing_is_restored_while_an_assistant_runs(ledger: Ledger, folder: Path, tmp_path: Path):
    copy = back_up(folder, tmp_path, NOW).path
    with pytest.raises(LedgerError, match="another assistant is running"):
        restore(folder, copy, NOW)

    assert len(ledger.book.open_tasks()) == 40


@pytest.mark.parametrize("content", [b"", b"no ledger", b"SQLite format 3\x00" + b"\0" * 8192])
def test_what_is_no_sound_copy_is_refused_and_the_ledger_stays(folder: Path, tmp_path: Path, content: bytes):
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(content)
    with pytest.raises(LedgerError):
        restore(folder, wrong, NOW)
    with pytest.raises(LedgerError, match="no such file"):
        restore(folder, tmp_path / "nowhere.db", NOW)

    assert open_tasks(folder) == 40


def test_a_restore_that_was_cut_off_does_not_pass_for_a_fresh_ledger(folder: Path, tmp_path: Path):
    copy = back_up(folder, tmp_path, NOW).path
    # Killed after the present ledger was set aside.
    (folder / FILE).rename(folder / "before-restore.db")
    (folder / RESTORING).mkdir()
    with pytest.raises(LedgerError, match="a restore was not finished"):
        Ledger(folder, lock=True)
    restore(folder, copy, NOW)

    assert open_tasks(folder) == 40


@pytest.mark.parametrize("nth", range(1, 8))
def test_wherever_a_restore_is_cut_off_the_ledger_is_whole_or_the_start_refused_until_it_is_done(
    folder: Path, tmp_path: Path, nth: int, monkeypatch: pytest.MonkeyPatch
):
    copy, calls, really = back_up(folder, tmp_path, NOW).path, iter(range(1, 100)), Path.replace
    ledger = Ledger(folder, lock=True)
    ledger.record(Decision(events=(opening(50, "task:50"),)), ())
    shutil.copytree(folder, tmp_path / "crashed")
    ledger.close()
    crashed = tmp_path / "crashed"

    def cut(self: Path, target: Path) -> Path:
        if next(calls) == nth:
            raise KeyboardInterrupt
        return really(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", cut)
        patch.setattr(shutil, "rmtree", lambda *_a, **_k: None)
        with suppress(KeyboardInterrupt):
            restore(crashed, copy, NOW)
            nth = 0
    assert Path.replace is really
    if nth and (crashed / RESTORING).exists():
        with pytest.raises(LedgerError, match="a restore was not finished"):
            Ledger(crashed, lock=True)
    restore(crashed, copy, NOW + timedelta(seconds=5))

    assert open_tasks(crashed) == 40
    kept = [path for path in crashed.glob("before-restore-*.db") if path.stat().st_size > 0]
    assert sum(_events(path) == 41 for path in kept) >= (1 if nth else 0)


def _events(path: Path) -> int:
    with closing(sqlite3.connect(path)) as kept:
        return int(kept.execute("SELECT count(*) FROM events").fetchone()[0])


def damage(path: Path, at: int, length: int) -> None:
    content = bytearray(path.read_bytes())
    content[at : at + length] = bytes(byte ^ 0xFF for byte in content[at : at + length])
    path.write_bytes(content)


def test_a_flipped_byte_is_refused_with_one_line_or_does_no_harm(folder: Path, tmp_path: Path):
    size, chance, refused = (folder / FILE).stat().st_size, random.Random(7), 0
    for place in (chance.randrange(size) for _ in range(100)):
        shutil.rmtree(tmp_path / "bad", ignore_errors=True)
        shutil.copytree(folder, tmp_path / "bad")
        damage(tmp_path / "bad" / FILE, place, 1)
        try:
            Ledger(tmp_path / "bad", lock=True).close()
        except LedgerError as error:
            refused += 1
            assert "\n" not in str(error)  # noqa: PT017 - most of them are not refused
            assert "assistant restore FILE" in str(error) or "newer version" in str(error)  # noqa: PT017
    # Most bytes are words of mails, whose change nobody can see; those that hold the file together are seen.
    assert refused >= 3


@pytest.mark.parametrize("page", range(1, 6))
def test_a_damaged_page_is_seen_at_the_start_or_by_the_nightly_copy(folder: Path, tmp_path: Path, page: int):
    damage(folder / FILE, 4096 * page, 100)

    def start_and_copy() -> None:
        Ledger(folder, lock=True).close()
        back_up(folder, tmp_path, NOW)

    with pytest.raises(LedgerError):
        start_and_copy()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_ledger_that_was_cut_short_is_refused(folder: Path, share: float):
    content = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(content[: int(len(content) * share)])

    with pytest.raises(LedgerError, match="put a backup in its place: assistant restore FILE"):
        Ledger(folder, lock=True)


def test_a_lost_write_ahead_log_costs_the_newest_and_no_more(folder: Path, tmp_path: Path):
    """A process is killed, and somebody tidies its side files away."""
    ledger = Ledger(folder, lock=True)
    ledger.record(Decision(events=(opening(50, "task:50"),)), ())
    shutil.copytree(folder, tmp_path / "found")
    ledger.close()
    for end in ("-wal", "-shm"):
        (tmp_path / "found" / f"{FILE}{end}").unlink()

    assert open_tasks(tmp_path / "found") == 40


def test_a_migration_leaves_a_copy_of_what_was_before(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def adds(db: object) -> None:
        db.execute("CREATE TABLE of_tomorrow (a)")  # type: ignore[attr-defined]

    monkeypatch.setattr(migrations, "_migrations", list(migrations._migrations))
    migrations(name="of_tomorrow")(adds)
    assert open_tasks(folder) == 40

    before = folder / "before-of_tomorrow.db"
    with closing(sqlite3.connect(before)) as kept:
        assert kept.execute("SELECT count(*) FROM events").fetchone()[0] == 40
        assert not kept.execute("SELECT 1 FROM sqlite_master WHERE name = 'of_tomorrow'").fetchall()


def test_a_migration_that_fails_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def fails(db: object) -> None:
        db.execute("DELETE FROM outbox")  # type: ignore[attr-defined]
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "_migrations", list(migrations._migrations))
        migrations(name="of_tomorrow")(fails)
        with pytest.raises(LedgerError, match="disk I/O error"):
            Ledger(folder, lock=True)

    ledger = Ledger(folder, lock=True)
    assert len(ledger.outgoing.due(NOW, 100)) == 40
    ledger.close()


def test_a_copy_of_a_newer_version_is_refused(folder: Path, tmp_path: Path):
    copy = back_up(folder, tmp_path, NOW).path
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('ledger', 'of_tomorrow', '2027')"
        )
        connection.commit()
    with pytest.raises(LedgerError, match="newer version"):
        restore(folder, copy, NOW)

    assert open_tasks(folder) == 40


def test_the_state_that_a_restored_ledger_has_is_that_of_its_last_change(folder: Path, tmp_path: Path):
    copy = back_up(folder, tmp_path, NOW + timedelta(hours=5)).path
    restore(folder, copy, NOW + timedelta(days=1))
    ledger = Ledger(folder, lock=True)
    found = ledger.restores.unfinished()
    ledger.close()

    assert found is not None
    assert (found.state_of, found.restored_at, found.highest_number) == (NOW, NOW + timedelta(days=1), 40)
    assert isinstance(found.state_of, datetime)


def test_damage_that_shows_up_while_we_work_ends_the_work(folder: Path):
    ledger = Ledger(folder, lock=True)
    content = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    # What was read before need not be read from the file again.
    ledger._database.change("PRAGMA shrink_memory")
    with pytest.raises(DamagedLedgerError, match="assistant restore FILE"):
        ledger.book.history(3)
    ledger.close()
