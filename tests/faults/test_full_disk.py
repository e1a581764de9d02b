"""A full disk or a held lock: a step is done as a whole or not at all, and again by itself when that has passed."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from assistant.errors import StorageError
from assistant.ledger import database
from assistant.pipeline import collect, deliver, receive, tick
from tests.pipeline.office import Office, office_config

_MAILS = 30


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(database, "_BUSY_MS", 50)
    office = Office(tmp_path)
    yield office
    office.parts.ledger.close()


def ask_for(office: Office, count: int, words: int = 0) -> None:
    for number in range(count):
        office.arrive(f"Please fax form {number + 100} to the ward by Friday.\n\n" + "So it goes. " * words)


def bound(office: Office, pages: int | None) -> None:
    """Let the ledger grow by so many pages and no more; None: for ever."""
    db = office.parts.ledger._database._db
    held = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {held + pages if pages is not None else 2**30}").fetchone()


@contextmanager
def held_lock(office: Office) -> Iterator[None]:
    """Be another program that writes into the ledger."""
    path = office.parts.config.assistant.ledger / "ledger.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def tables(office: Office) -> dict[str, list[tuple[object, ...]]]:
    path = office.parts.config.assistant.ledger / "ledger.db"
    with closing(sqlite3.connect(path)) as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def digests(office: Office) -> list[str]:
    ids = [str(mail["Message-ID"]) for mail in office.postbox.taken]
    return [one for one in ids if one.startswith("<digest.")]


def asked(office: Office) -> list[str]:
    return sorted(task.quote for task in office.open)


def wanted(count: int) -> list[str]:
    return sorted(f"Please fax form {number + 100} to the ward by Friday." for number in range(count))


def test_on_a_full_disk_nothing_new_is_taken_what_is_owed_leaves_and_all_comes_when_there_is_room(office: Office):
    office.work()
    office.pass_time(days=1)
    assert tick(office.parts) == 1
    ask_for(office, _MAILS, words=4000)
    bound(office, 8)
    with pytest.raises(StorageError, match="the disk is full"):
        collect(office.parts, "desk")
    deliver(office.parts)

    assert len(digests(office)) == 2
    assert not asked(office)
    bound(office, None)
    office.work()
    assert asked(office) == wanted(_MAILS)
    assert len(digests(office)) == 2


@pytest.mark.parametrize("rounds", [1, 5])
def test_no_mail_ends_with_a_person_because_the_disk_was_full_while_it_was_read(office: Office, rounds: int):
    ask_for(office, _MAILS, words=100)
    collect(office.parts, "desk")
    bound(office, 1)
    for _ in range(rounds):
        with pytest.raises(StorageError):
            receive(office.parts)
        office.pass_time(minutes=10)
    bound(office, None)
    receive(office.parts)

    assert asked(office) == wanted(_MAILS)
    assert not office.parts.ledger.spool.quarantined()


_STEPS: dict[str, Callable[[Office], object]] = {
    "collect": lambda office: collect(office.parts, "desk"),
    "receive": lambda office: receive(office.parts),
    "tick": lambda office: tick(office.parts),
    "deliver": lambda office: deliver(office.parts),
}


@pytest.mark.parametrize("step", _STEPS)
def test_while_another_program_holds_the_lock_a_step_does_nothing_and_then_all_of_it(office: Office, step: str):
    ask_for(office, 3)
    earlier = list(_STEPS)[: list(_STEPS).index(step)]
    for one in earlier:
        _STEPS[one](office)
    before = tables(office)
    with held_lock(office):
        for _ in range(5):
            with pytest.raises(StorageError, match="another program"):
                _STEPS[step](office)
    assert tables(office) == before
    assert not office.postbox.taken
    office.work()

    assert asked(office) == wanted(3)
    assert len(digests(office)) == len(office.postbox.taken) == 1


def test_a_mail_that_left_while_the_ledger_was_locked_is_not_sent_twice(office: Office):
    ask_for(office, 1)
    for step in ("collect", "receive", "tick"):
        _STEPS[step](office)
    (office.folder / "mail" / ".Sent" / "cur").mkdir(parents=True)
    (office.folder / "mail" / ".Sent" / "new").mkdir()
    (office.folder / "mail" / ".Sent" / "tmp").mkdir()
    send, sent = office.postbox.send, []

    def send_and_lock(mail: object) -> None:
        send(mail)  # type: ignore[arg-type] # handed through
        sent.append(locked := held_lock(office))
        locked.__enter__()

    office.postbox.send = send_and_lock  # type: ignore[method-assign]
    with pytest.raises(StorageError, match="another program"):
        deliver(office.parts)
    sent[0].__exit__(None, None, None)
    office.postbox.send = send  # type: ignore[method-assign]
    # The daemon goes on: it needs no new start to know that this one is in doubt.
    for _ in range(4):
        deliver(office.parts)
        office.pass_time(minutes=10)

    assert len(office.postbox.taken) == 1


def test_a_ledger_that_is_locked_at_the_start_is_not_called_damaged(office: Office):
    office.parts.ledger.close()
    with held_lock(office), pytest.raises(StorageError, match="another program"):
        office.parts = office._opened()
    office.parts = office._opened()


@pytest.mark.faults
@pytest.mark.servers
def test_a_disk_that_fills_up_holds_mail_back_until_there_is_room(tmp_path: Path):
    # A real one, of eight MiB; who may start Postfix may mount it.
    place = tmp_path / "small"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "small", str(place)], check=True)
    try:
        # Without the room that is kept free, which comes into play before.
        small = office_config(assistant={"ledger": "small/ledger"}, health={"disk_full_mb": 0})
        office = Office(tmp_path, small)
        try:
            _fill_up(office, place / "ballast")
        finally:
            office.parts.ledger.close()
    finally:
        subprocess.run(["umount", str(place)], check=True)


def _fill_up(office: Office, ballast: Path) -> None:
    office.work()
    office.pass_time(days=1)
    ask_for(office, _MAILS)
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    refusals = 0
    for _ in range(8):
        for step in _STEPS.values():
            try:
                step(office)
            except StorageError:
                refusals += 1
        office.pass_time(minutes=1)
    assert refusals
    assert len(asked(office)) < _MAILS
    ballast.unlink()
    for _ in range(2):
        office.work()
        office.pass_time(minutes=10)

    assert asked(office) == wanted(_MAILS)
    assert not office.parts.ledger.spool.quarantined()
    assert office.parts.ledger.quick_check() == "ok"
    assert len(digests(office)) == len(set(digests(office))) == 2
