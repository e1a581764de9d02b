"""The ledger's files: who may read them, and what who has them can read."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pyrage
import pytest

from assistant.errors import LedgerError
from assistant.ledger import FILE, Ledger, back_up, backups, encrypt, forget_aside, forget_old, restore
from assistant.records import Decision
from tests.ledger.test_backup import filled, open_tasks
from tests.ledger.test_ledger import NOW, facts, mail, opening, raw

MARKER = b"Zaphira Quennell"
KEY = "correct horse 'battery' staple"
posix = pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have such rights")


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def marked(folder: Path, key: str | None = None) -> Ledger:
    """Return an open ledger in whose files stand a mail, a task and a mail of ours with the marker."""
    ledger = Ledger(folder, lock=True, key=key)
    ledger.spool.store(raw(1, b"Subject: x\r\n\r\n" + MARKER * 400), "k1", NOW)
    decision = Decision(events=(opening(1, "task:1"),), state="tasks")
    ledger.settle("k1", decision, [mail("answer:k1", content=MARKER * 400)], facts(), NOW)
    return ledger


def hits(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and MARKER in path.read_bytes()]


@posix
@pytest.mark.parametrize("mask", [0o000, 0o002, 0o022, 0o077])
def test_nobody_else_may_read_any_file_whatever_the_umask(tmp_path: Path, mask: int):
    with umask(mask), closing(marked(tmp_path / "new" / "ledger")) as ledger:
        back_up(tmp_path / "new" / "ledger", tmp_path / "copies", NOW)
        ledger.audit.head()
        modes = {
            path.name: stat.S_IMODE(path.stat().st_mode)
            for folder in (tmp_path / "new" / "ledger", tmp_path / "copies")
            for path in (folder, *folder.iterdir())
        }

    assert {FILE, f"{FILE}-wal", f"{FILE}-shm", "ledger.lock"} <= set(modes)
    assert modes.pop("ledger") == modes.pop("copies") == 0o700
    assert set(modes.values()) == {0o600}


@posix
@pytest.mark.parametrize("name", ["", FILE, "before-x.db", f"{FILE}-wal"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666, 0o620])
def test_files_that_others_may_read_are_refused_with_one_line(tmp_path: Path, name: str, mode: int):
    folder = filled(tmp_path / "ledger", 1)
    path = folder / name if name else folder
    path.touch()
    path.chmod(mode | 0o100 if name == "" else mode)
    with pytest.raises(LedgerError, match="chmod -R go-rwx") as caught:
        Ledger(folder, lock=True)
    Ledger(folder, lock=False, is_guarded=False).close()

    assert "\n" not in str(caught.value)


def test_an_encrypted_ledger_shows_nothing_in_any_of_its_files(tmp_path: Path):
    with closing(marked(tmp_path / "plain")):
        readable = hits(tmp_path / "plain")
    with closing(marked(tmp_path / "ledger", KEY)) as ledger:
        while_open = hits(tmp_path / "ledger")
        copy = back_up(tmp_path / "ledger", tmp_path / "copies", NOW, key=KEY)
        assert ledger.audit.verify().is_sound

    assert readable
    assert while_open == hits(tmp_path / "ledger") == hits(tmp_path / "copies") == []
    assert (copy.mails, copy.events) == (1, 1)
    with closing(sqlite3.connect(copy.path)) as other, pytest.raises(sqlite3.DatabaseError, match="not a database"):
        other.execute("SELECT * FROM mails")


@pytest.mark.parametrize("key", [None, "", "another key", KEY.upper()])
def test_a_missing_or_wrong_key_is_one_line(tmp_path: Path, key: str | None):
    marked(tmp_path / "ledger", KEY).close()
    before = (tmp_path / "ledger" / FILE).read_bytes()
    with pytest.raises(LedgerError, match=r"name its key in the settings|the key does not open it") as caught:
        Ledger(tmp_path / "ledger", lock=True, key=key)

    assert "\n" not in str(caught.value)
    assert KEY not in str(caught.value)
    assert (tmp_path / "ledger" / FILE).read_bytes() == before


def test_the_same_effect_is_kept_once_in_an_encrypted_ledger_too(tmp_path: Path):
    with closing(marked(tmp_path / "ledger", KEY)) as ledger:
        again = ledger.record(Decision(events=(opening(2, "task:1"),)), [mail("answer:k1")])

        assert again == ()
        assert ledger.search.numbers(["fax"]) == ledger.search.numbers(["fa"])


def test_a_ledger_is_encrypted_and_its_old_bytes_are_gone(tmp_path: Path):
    folder = tmp_path / "ledger"
    with closing(marked(folder)) as ledger:
        head = ledger.audit.head()
    os.link(folder / FILE, tmp_path / "old inode")
    counts = encrypt(folder, KEY)
    with pytest.raises(LedgerError, match="encrypted already"):
        encrypt(folder, KEY)

    assert counts["mails"] == 1
    assert hits(folder) == []
    assert MARKER not in (tmp_path / "old inode").read_bytes()
    with closing(Ledger(folder, lock=True, key=KEY)) as ledger:
        assert ledger.audit.head() == head
        assert ledger.audit.verify().is_sound
        assert len(ledger.book.open_tasks()) == 1


def test_a_plain_ledger_is_not_opened_with_a_key(tmp_path: Path):
    marked(tmp_path / "ledger").close()
    with pytest.raises(LedgerError, match="assistant encrypt"):
        Ledger(tmp_path / "ledger", lock=True, key=KEY)


def test_a_running_assistant_is_not_encrypted_under_its_feet(tmp_path: Path):
    with closing(marked(tmp_path / "ledger")), pytest.raises(LedgerError, match="another assistant is running"):
        encrypt(tmp_path / "ledger", KEY)


@pytest.mark.parametrize("key", [None, KEY])
def test_a_sealed_copy_shows_nothing_and_is_restored_by_its_identity_alone(tmp_path: Path, key: str | None):
    identity, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    recipients = (str(identity.to_public()),)
    marked(tmp_path / "ledger", key).close()
    copy = back_up(tmp_path / "ledger", tmp_path / "copies", NOW, key=key, recipients=recipients)
    for wrong, said in (("", "--identity"), (str(other), "does not open it"), ("nonsense", "no secret key")):
        with pytest.raises(LedgerError, match=said):
            restore(tmp_path / "new", copy.path, NOW, key=key, identity=wrong)

    assert [path for _, path in backups(tmp_path / "copies")] == [copy.path]
    assert [path.name for path in (tmp_path / "copies").iterdir()] == [copy.path.name]
    assert hits(tmp_path / "copies") == []
    restore(tmp_path / "new", copy.path, NOW, key=key, identity=f"# mine\n{identity}\n")
    with closing(Ledger(tmp_path / "new", lock=True, key=key)) as ledger:
        assert len(ledger.book.open_tasks()) == 1
        assert ledger.audit.verify().is_sound


@pytest.mark.parametrize("is_sealed", [True, False])
def test_a_copy_of_before_the_ledger_was_encrypted_is_restored_encrypted(tmp_path: Path, *, is_sealed: bool):
    folder, identity = tmp_path / "ledger", pyrage.x25519.Identity.generate()
    marked(folder).close()
    sealed_for = (str(identity.to_public()),) if is_sealed else ()
    copy = back_up(folder, tmp_path / "copies", NOW, recipients=sealed_for).path
    encrypt(folder, KEY)
    restore(folder, copy, NOW, key=KEY, identity=str(identity))

    assert hits(folder) == []
    with closing(Ledger(folder, lock=True, key=KEY)) as ledger:
        assert len(ledger.book.open_tasks()) == 1
        assert ledger.audit.verify().is_sound


def test_an_encrypted_copy_whose_key_is_not_named_says_what_to_name(tmp_path: Path):
    marked(tmp_path / "ledger", KEY).close()
    copy = back_up(tmp_path / "ledger", tmp_path / "copies", NOW, key=KEY)

    with pytest.raises(LedgerError, match="encryption_key"):
        restore(tmp_path / "new", copy.path, NOW)


def test_a_recipient_that_is_no_key_is_said(tmp_path: Path):
    filled(tmp_path / "ledger", 1)
    with pytest.raises(LedgerError, match="no public key"):
        back_up(tmp_path / "ledger", tmp_path / "copies", NOW, recipients=("age1nonsense",))
    assert not (tmp_path / "copies").exists()
    assert open_tasks(tmp_path / "ledger") == 1


@pytest.mark.parametrize(
    ("library", "step"),
    [
        ("sqlcipher3", "Ledger(folder / 'other', lock=True, key='k')"),
        ("pyrage", "back_up(folder, folder / 'copies', datetime.now(UTC), recipients=('age1x',))"),
    ],
)
def test_a_missing_library_is_one_line(tmp_path: Path, library: str, step: str):
    program = (
        f"import sys; sys.modules[{library!r}] = None\n"
        "from datetime import UTC, datetime; from pathlib import Path\n"
        "from assistant.errors import LedgerError; from assistant.ledger import Ledger, back_up\n"
        "folder = Path(sys.argv[1])\n"
        "try:\n"
        "    Ledger(folder, lock=True).close()\n"
        f"    {step}\n"
        "except LedgerError as error:\n"
        "    print(error)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "ledger")]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout

    assert said.count("\n") == 1
    assert "coordination-assistant[encryption]" in said


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("step", ["copying.synced", "backup.seal", "sealing.synced"])
def test_of_a_sealed_copy_nothing_clear_touches_its_disk_and_what_a_kill_leaves_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
):
    ledger, copies = tmp_path / "ledger", tmp_path / "copies"
    marked(ledger).close()

    def dies(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(f"assistant.ledger.{step}", dies)
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    with pytest.raises(Killed):
        back_up(ledger, copies, NOW, recipients=(str(pyrage.x25519.Identity.generate().to_public()),))
    monkeypatch.undo()
    assert len(hits(ledger)) == 2
    assert hits(copies) == []
    forget_aside(ledger, 14, NOW)
    forget_old(copies, 14, NOW)

    assert hits(ledger) == [FILE]
    assert list(copies.glob("*")) == []


_ON_A_FULL_DISK = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from assistant.errors import LedgerError
from assistant.ledger import restore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), resource.RLIM_INFINITY))
try:
    restore(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC), identity=sys.argv[3])
except LedgerError as error:
    print(error)
"""


@posix
@pytest.mark.parametrize("room", [0, 5, 5_000, 100_000])
@pytest.mark.parametrize("is_sealed", [True, False])
def test_a_restore_that_finds_no_room_says_so_in_one_line_and_leaves_the_ledger(
    tmp_path: Path, room: int, *, is_sealed: bool
):
    identity = pyrage.x25519.Identity.generate()
    folder = filled(tmp_path / "ledger", 3)
    sealed_for = (str(identity.to_public()),) if is_sealed else ()
    copy = back_up(folder, tmp_path / "copies", NOW, recipients=sealed_for).path
    command = [sys.executable, "-c", _ON_A_FULL_DISK, str(folder), str(copy), str(identity), str(room)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout

    assert said.count("\n") == 1
    assert "identity" not in said
    assert open_tasks(folder) == 3
    assert not list(folder.glob("before-restore*"))
