"""An office for a year: the real pipeline on a real ledger file, a clock that may run wrong, and the weather."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from assistant.config import ModelSettings, load, material
from assistant.config.escalation import load_escalation
from assistant.intake import Mailbox
from assistant.ledger import FILE, Ledger
from assistant.pipeline import Parts, collect, deliver, receive, tick
from assistant.pipeline.assembly import open_engines
from assistant.understand import Reader, open_reader
from tests.configs import DANA, PRIYA, answering, config_text, person
from tests.faults.year_weather import Folder, FolderMailbox, Killed, Post, SentFolder, Weather, Wire

SAM = "sam@clinic.example"
ACCOUNTS = {"desk": DANA, "priya": PRIYA}
"""Mailbox -> on whose list its tasks go."""
START = datetime(2026, 3, 2, 11, tzinfo=UTC)
"""A Monday, before the first digest."""


@lru_cache(maxsize=1)
def _embedded() -> Reader:
    return open_reader(ModelSettings(), api_key=None, prompts=material("prompts"), rules=material("rules") / "extract")


def _told(model: str) -> str:
    server = {"host": "127.0.0.1", "user": DANA, "password": "env:TEST_PASSWORD"}
    lord_howe = {"timezone": "Australia/Lord_Howe", "digest_at": "23:30"}
    return config_text(
        organisation={"holidays": ""},
        people=[
            person(DANA, backup=PRIYA, supervisor=SAM),
            person(PRIYA, timezone="America/Los_Angeles", digest_at="06:30", backup=DANA),
            person(SAM, "Sam Okafor", workdays=["sun", "mon", "tue", "wed", "thu"], **lord_howe),
        ],
        accounts=[
            {"name": "desk", "person": DANA, **server},
            {"name": "priya", "person": PRIYA, "kind": "inbox", **server},
        ],
        smtp={"host": "127.0.0.1", "port": 9, "copy_to_self": "no"},
        model={"side_by_side": 1, **(answering(model, timeout_s=5) if model else {})},
    )


class KnownAnswers:
    """The answers that the ledger keeps, whichever is open."""

    def __init__(self, office: YearOffice) -> None:
        self._office = office

    def get(self, key: str) -> str | None:
        return self._office.ledger.answers.get(key)

    def put(self, key: str, answer: str) -> None:
        self._office.ledger.answers.put(key, answer)


class YearOffice:
    """`true` is the time; the assistant's own clock is off by `skew`."""

    def __init__(self, folder: Path, *, model: str = "") -> None:
        self.true = START
        self.skew = timedelta(0)
        self.weather = Weather()
        self.folders = {name: Folder() for name in ACCOUNTS}
        self.post = Post(self.weather, self.clock)
        self.owed: Callable[[datetime, bool], None] = lambda _now, _whole: None
        """Is told of each tick: when, and whether it came to its end."""
        self.release: Callable[[], None] = lambda: None
        self._eyes: sqlite3.Connection | None = None
        self._engines: Reader | None = None
        (folder / "config.toml").write_text(_told(model), encoding="utf-8")
        self.config = load(folder / "config.toml")
        self.parts = self._opened()

    @property
    def now(self) -> datetime:
        """What the assistant's clock shows."""
        return self.true + self.skew

    def clock(self) -> datetime:
        return self.now

    def stopwatch(self) -> float:
        return self.true.timestamp()

    @property
    def ledger(self) -> Ledger:
        return self.parts.ledger

    @property
    def file(self) -> Path:
        return self.config.assistant.ledger / FILE

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """Look into the ledger with eyes of our own: the assistant's connection may be dead or broken."""
        if self._eyes is None:
            self._eyes = sqlite3.connect(self.file)
            self._eyes.row_factory = sqlite3.Row
        return [dict(row) for row in self._eyes.execute(sql, values)]

    def mailbox(self, name: str) -> Mailbox:
        return FolderMailbox(name, self.folders[name], self.weather)

    def _opened(self) -> Parts:
        ledger = Ledger(self.config.assistant.ledger, lock=True)
        connection = ledger._database._db.conn
        # We die by exceptions, which no disk has to survive; and nobody waits ten seconds for a lock.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA busy_timeout = 1")
        ledger._database._db.conn = cast("sqlite3.Connection", Wire(connection, self.weather))
        ledger.outgoing.recover(self.now, timedelta(minutes=self.config.smtp.look_after_min))
        return Parts(
            config=self.config,
            ledger=ledger,
            reader=self._reader(),
            mailboxes={name: self.mailbox(name) for name in ACCOUNTS},
            watched={},
            courier=self.post,
            copies={name: SentFolder(self.post) for name in ACCOUNTS},
            escalation=load_escalation(material("rules") / "escalation.toml"),
            clock=self.clock,
            started_at=self.now,
            stopwatch=self.stopwatch,
        )

    def _reader(self) -> Reader:
        """Return a reader that knows of no trouble yet; what takes long to make is made once."""
        if not self.config.model.is_on:
            return _embedded()
        self._engines = self._engines or open_engines(self.config, {}, KnownAnswers(self))
        return Reader(self._engines._embedded, self._engines._model, clock=self.stopwatch)

    def restart(self) -> None:
        """Start again on the same folders, after an end or a death."""
        self.close()
        self.weather.clear()
        self.release()
        self.parts = self._opened()

    def close(self) -> None:
        wire = self.parts.ledger._database._db.conn
        assert isinstance(wire, Wire)
        # A dead process holds no lock; here a statement may outlive it in a traceback.
        wire.connection.rollback()
        wire.connection.close()
        if self._eyes is not None:
            self._eyes.close()
            self._eyes = None
        self.parts.ledger._database.release()
        self.parts.room.close()

    def work(self) -> None:
        """Go through the occasions as the daemon does: trouble ends one of them, death all."""
        try:
            for name in ACCOUNTS:
                self._job(lambda name=name: collect(self.parts, name))  # type: ignore[misc]
            self._job(lambda: receive(self.parts))
            self._tick()
            self._job(lambda: deliver(self.parts))
        except Killed:
            self.restart()

    def _tick(self) -> None:
        now = self.now
        is_whole = False
        try:
            is_whole = self._job(lambda: tick(self.parts)) and not self.parts.health.stuck
        finally:
            self.owed(now, is_whole)

    def _job(self, work: Callable[[], int]) -> bool:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - as the daemon does
            self.weather.note(f"failed: {type(error).__name__}")
            return False
        return True

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Let another process hold the ledger's write lock."""
        other = sqlite3.connect(self.file, isolation_level=None)
        # Who starts meanwhile waits until it is over.
        self.release = other.close
        try:
            other.execute("BEGIN IMMEDIATE")
            self.weather.note("locked")
            yield
        finally:
            other.close()

    @contextlib.contextmanager
    def disk_full(self, pages_left: int) -> Iterator[None]:
        """Let the ledger grow by so many pages and no more."""
        wire = self.parts.ledger._database._db.conn
        assert isinstance(wire, Wire)
        raw = wire.connection
        size = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {size + pages_left}")
        self.weather.note("disk full")
        try:
            yield
        finally:
            with contextlib.suppress(sqlite3.ProgrammingError):  # closed, after a death
                raw.execute("PRAGMA max_page_count = 1073741823")
