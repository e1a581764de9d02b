"""Two assistants on one ledger: the second is sent away; one that was paused and taken over from can write no more."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from threading import Event

import pytest

from tests.configs import DANA, EVERY_DAY, US, Section, zone_at_noon
from tests.faults.sweep_office import told
from tests.faults.sweep_sink import Sink
from tests.faults.sweep_state import _unsound
from tests.mailservers.certificates import issue
from tests.network import on_path

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]
_MAILS = 100
_PATIENCE_S = 120
_ROOT = Path(__file__).parents[2]
_ACCOUNT: Section = {"name": "desk", "user": US, "person": DANA, "maildir": "mail", "poll_every_s": 1}


class Desk:
    """A folder in which assistants run as processes, by the real clock."""

    def __init__(self, folder: Path, sink: Sink) -> None:
        self._folder, self._count = folder, 0
        for name in ("new", "cur", "tmp"):
            (folder / "mail" / name).mkdir(parents=True)
        text = told(sink, _ACCOUNT, timezone=zone_at_noon(), digests=("11:00", ""), workdays=EVERY_DAY)
        (folder / "config.toml").write_text(text, encoding="utf-8")

    @property
    def ledger(self) -> Path:
        return self._folder / "ledger" / "ledger.db"

    @contextmanager
    def assistant(self) -> Iterator[subprocess.Popen[str]]:
        environment = os.environ | {"PYTHONPATH": on_path(_ROOT), "OPENBLAS_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "assistant", "run", "--config", str(self._folder / "config.toml")]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
            try:
                yield process
            finally:
                process.send_signal(signal.SIGCONT)
                process.kill()

    def arrive(self, count: int) -> None:
        for _ in range(count):
            self._count += 1
            mail = EmailMessage()
            mail["From"], mail["To"], mail["Subject"] = "ruth@surgery.example", DANA, "a matter"
            mail["Message-ID"] = f"<mail-{self._count}@surgery.example>"
            mail["Date"] = format_datetime(datetime.now(UTC))
            mail.set_content(f"Please fax form {self._count + 100} to the ward by Friday.")
            whole = self._folder / "mail" / "tmp" / f"{self._count:04}.mail"
            whole.write_bytes(mail.as_bytes())
            whole.rename(self._folder / "mail" / "new" / whole.name)

    def asked(self, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.ledger, timeout=30)) as db:
            return db.execute(sql).fetchall()

    def settled(self) -> int:
        with closing(sqlite3.connect(self.ledger, timeout=30)) as db:
            if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'mails'").fetchone():
                return 0
            return int(db.execute("SELECT count(*) FROM mails WHERE state <> 'waiting'").fetchone()[0])

    def pause(self, process: subprocess.Popen[str], *, sending: bool = False) -> None:
        """Stop it where it holds no lock in the ledger, for nobody could take over from who holds one.

        With a mail on its way only where it is `sending`: whether that arrived is found out in an hour.
        """
        while True:
            process.send_signal(signal.SIGSTOP)
            # The signal is on its way for a moment, and its threads stop one by one.
            wait_for(lambda: " T " in Path(f"/proc/{process.pid}/stat").read_text())
            time.sleep(0.05)
            if self._is_at_rest(sending=sending):
                return
            process.send_signal(signal.SIGCONT)
            time.sleep(0.02)

    def _is_at_rest(self, *, sending: bool) -> bool:
        with closing(sqlite3.connect(self.ledger, timeout=0.2, isolation_level=None)) as db:
            try:
                db.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            return bool(db.execute("SELECT 1 FROM outbox WHERE state = 'sending'").fetchone()) == sending


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    with Sink(issue(tmp_path)) as sink:
        yield sink


@pytest.fixture
def desk(tmp_path: Path, sink: Sink) -> Desk:
    return Desk(tmp_path, sink)


def wait_for(is_so: Callable[[], object], alive: subprocess.Popen[str] | None = None) -> None:
    """Wait until it is so, or `alive`, who is to do it, is not."""
    until = time.monotonic() + _PATIENCE_S
    while not is_so():
        assert alive is None or alive.poll() is None, alive.communicate()[1][-2000:]
        assert time.monotonic() < until, f"in {_PATIENCE_S} s it did not happen"
        time.sleep(0.02)


def test_a_second_assistant_on_the_same_ledger_is_sent_away_with_a_line(desk: Desk):
    desk.arrive(1)
    with desk.assistant() as first:
        wait_for(lambda: desk.ledger.exists() and desk.settled(), first)
        with desk.assistant() as second:
            said = second.communicate(timeout=_PATIENCE_S)[1]
            assert second.returncode == 1
        assert first.poll() is None
    assert "another assistant is running on this ledger" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("settled_before", [1, 5, 30])
def test_one_that_was_paused_and_taken_over_from_writes_no_more(desk: Desk, sink: Sink, settled_before: int):
    desk.arrive(_MAILS // 2)
    with desk.assistant() as old:
        wait_for(lambda: desk.ledger.exists() and desk.settled() >= settled_before, old)
        desk.pause(old)
        # What an administrator does who believes that it is dead, or a network disk that forgets its locks.
        (desk.ledger.parent / "ledger.lock").unlink()
        desk.arrive(_MAILS // 2)
        with desk.assistant() as new:
            wait_for(lambda: desk.settled() >= _MAILS // 2, new)
            old.send_signal(signal.SIGCONT)
            said = old.communicate(timeout=_PATIENCE_S)[1]
            wait_for(lambda: desk.settled() >= _MAILS, new)
            wait_for(lambda: desk.asked("SELECT 1 FROM outbox WHERE state = 'sent'"), new)
            new.terminate()
            new.communicate(timeout=_PATIENCE_S)

    assert old.returncode == 1
    assert "taken over by another assistant" in said.splitlines()[-1]
    assert "Traceback" not in said
    quotes = Counter(desk.asked("SELECT json_extract(task, '$.quote') FROM tasks"))
    assert quotes == Counter((f"Please fax form {number + 100} to the ward by Friday.",) for number in range(1, 101))
    assert desk.asked("SELECT count(*) FROM deliveries") == [(_MAILS,)]
    assert len([mail for mail in sink.settle() if mail.recipient == DANA]) == 1
    with closing(sqlite3.connect(desk.ledger)) as db:
        db.row_factory = sqlite3.Row
        assert list(_unsound(db)) == []


def test_one_that_is_paused_within_a_mail_and_taken_over_from_does_not_end_it(desk: Desk, sink: Sink):
    is_handing_over, goes_on = Event(), Event()

    def hold() -> None:
        is_handing_over.set()
        goes_on.wait(_PATIENCE_S)

    sink.on_data = hold
    desk.arrive(1)
    with desk.assistant() as old:
        wait_for(is_handing_over.is_set, old)
        desk.pause(old, sending=True)
        (desk.ledger.parent / "ledger.lock").unlink()
        sink.on_data = lambda: None
        with desk.assistant() as new:
            wait_for(lambda: desk.asked("SELECT 1 FROM outbox WHERE state = 'uncertain'"), new)
            new.terminate()
            new.communicate(timeout=_PATIENCE_S)
        taken = [*sink.taken]
        goes_on.set()
        old.send_signal(signal.SIGCONT)
        said = old.communicate(timeout=_PATIENCE_S)[1]

    assert old.returncode == 1
    assert "taken over by another assistant" in said.splitlines()[-1]
    assert sink.settle() == taken
