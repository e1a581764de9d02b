"""What goes wrong in a year: a connection, a mailbox, a courier and a Sent folder that fail when they are told to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import takewhile
from threading import Event
from typing import Any

from assistant.errors import TransientError, UncertainDeliveryError
from assistant.intake.mailbox import Arrival, IsAnother
from assistant.intake.numbers import numbered_anew
from assistant.records import Check, Locator, OutgoingMail, RawMail

_MANY, _FEW = 40, 3


class Killed(BaseException):
    """The process is gone: nothing of it runs any more, no `except Exception` and no rollback."""


@dataclass
class Weather:
    """What shall go wrong next; each trouble comes once, but those that are told to last."""

    kill_at: int | None = None
    """So many statements from now."""
    kills_after: bool = False
    """True: the statement that is killed at has still been carried out."""
    break_at: int | None = None
    """So many statements from now one fails, as a disk does."""
    cut_after: int | None = None
    """Mails after which the connection to a mailbox is cut."""
    post_is_out: bool = False
    doubt: str = ""
    """"taken" or "lost": what becomes of the next mail whose sending is cut off after its last byte."""
    kill_in_post: str = ""
    """Likewise, where we die there."""
    is_dead: bool = False
    happened: dict[str, int] = field(default_factory=dict)

    def note(self, what: str) -> None:
        self.happened[what] = self.happened.get(what, 0) + 1

    def die(self, how: str) -> None:
        self.is_dead = True
        self.note(f"killed {how}")
        raise Killed(how)

    def clear(self) -> None:
        self.kill_at = self.break_at = self.cut_after = None
        self.doubt = self.kill_in_post = ""
        self.post_is_out = self.is_dead = False

    def before_statement(self) -> bool:
        """Count a statement; return whether we die after it."""
        if self.is_dead:
            raise Killed
        if self.break_at is not None:
            self.break_at -= 1
            if self.break_at < 0:
                self.break_at = None
                self.note("broken statement")
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_IOERR, "SQLITE_IOERR"
                raise error
        if self.kill_at is None:
            return False
        self.kill_at -= 1
        if self.kill_at >= 0:
            return False
        if not self.kills_after:
            self.die("before a statement")
        return True

    def taking(self, take: Callable[[], None]) -> None:
        """Let the courier take a mail, or what becomes of that."""
        if self.is_dead:
            raise Killed
        if self.post_is_out:
            self.note("post out")
            raise TransientError("the server does not take mails now")
        doubt, kill = self.doubt, self.kill_in_post
        self.doubt = self.kill_in_post = ""
        if kill == "lost":
            self.die("before the post took a mail")
        if doubt != "lost":
            take()
        if kill:
            self.die("after the post took a mail")
        if doubt:
            self.note(f"doubt, {doubt}")
            raise UncertainDeliveryError("silent after it had the whole mail")


class Wire:
    """An SQLite connection on which a statement can fail, or be our last."""

    def __init__(self, connection: sqlite3.Connection, weather: Weather) -> None:
        self.connection = connection
        self._weather = weather

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:  # noqa: ANN401 - passed on
        dies = self._weather.before_statement()
        cursor = self.connection.execute(sql, *values)
        if dies:
            self._weather.die("after a statement")
        return cursor

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - passed on
        if self._weather.is_dead:
            raise Killed
        return getattr(self.connection, name)


class Folder:
    """A mailbox on a server: mails with rising UIDs, under a UIDVALIDITY."""

    def __init__(self) -> None:
        self.mails: dict[int, tuple[datetime, bytes]] = {}
        self.uidvalidity = 1
        self.next_uid = 1

    def deliver(self, content: bytes, at: datetime) -> None:
        self.mails[self.next_uid] = (at, content)
        self.next_uid += 1

    def renumber(self) -> None:
        """Number all mails anew, as a server does whose index was lost; of the old ones people have deleted half."""
        held = [*self.mails.values()]
        held = held[len(held) // 2 if len(held) > _MANY else 0 :]
        self.uidvalidity += 1
        self.next_uid = 1
        self.mails = {}
        for at, content in held:
            self.deliver(content, at)

    def forget(self, is_held: Callable[[bytes], bool]) -> int:
        """Go back to how all was before the newest few mails, of those that are held elsewhere; return how many."""
        before = self.next_uid
        while self.mails and before - self.next_uid < _FEW and is_held(self.mails[max(self.mails)][1]):
            self.next_uid = max(self.mails)
            del self.mails[self.next_uid]
        return before - self.next_uid


class FolderMailbox:
    """The assistant's way into a folder."""

    def __init__(self, name: str, folder: Folder, weather: Weather) -> None:
        self._name, self._folder, self._weather = name, folder, weather

    def fetch_new(
        self, seen_up_to: Callable[[str, int], int], is_known: Callable[[Locator], bool], is_another: IsAnother
    ) -> Iterator[RawMail]:
        low = seen_up_to("INBOX", self._folder.uidvalidity)
        found = [*takewhile(lambda uid: uid > low, reversed(self._folder.mails))]
        return self._fetch(found, is_known, is_another)

    def fetch_missed(
        self, is_known: Callable[[Locator], bool], is_another: IsAnother, since: date
    ) -> Iterator[RawMail]:
        mails = takewhile(lambda one: one[1][0].date() >= since, reversed(self._folder.mails.items()))
        return self._fetch([uid for uid, _ in mails], is_known, is_another)

    def _fetch(self, uids: list[int], is_known: Callable[[Locator], bool], is_another: IsAnother) -> Iterator[RawMail]:
        for uid in sorted(uids):
            where = Locator(account=self._name, folder="INBOX", uidvalidity=self._folder.uidvalidity, uid=uid)
            at, content = self._folder.mails[uid]
            if is_known(where) and is_another(where, Arrival(at, len(content))):
                where = numbered_anew(where, at)
                self._weather.note("number given again")
            if is_known(where):
                continue
            self._may_cut()
            yield RawMail(locator=where, received_at=at, content=content)
        self._may_cut()

    def _may_cut(self) -> None:
        left = self._weather.cut_after
        if left is None:
            return
        self._weather.cut_after = left - 1 if left else None
        if not left:
            self._weather.note("connection cut")
            raise TransientError("the connection was cut")

    def next_number(self, folder: str) -> tuple[int, int]:
        assert folder == "INBOX"
        return self._folder.uidvalidity, self._folder.next_uid

    def uids(self, folder: str, first: int) -> frozenset[int]:
        assert folder == "INBOX"
        return frozenset(uid for uid in self._folder.mails if uid >= first)

    def wait(self, timeout_s: float, stop: Event) -> bool:
        return not stop.wait(timeout_s)

    def check(self) -> Check:
        return Check(name=self._name, is_fine=True, said="a folder in memory")

    def close(self) -> None:
        """Nothing is held open."""


@dataclass(frozen=True)
class Taken:
    mail: OutgoingMail
    at: datetime


class Post:
    """A courier whose server keeps what it takes in Sent; what was taken once and lies in Sent is the truth."""

    def __init__(self, weather: Weather, clock: Callable[[], datetime]) -> None:
        self.taken: list[Taken] = []
        self._weather, self._clock = weather, clock

    def send(self, mail: OutgoingMail) -> None:
        self._weather.taking(lambda: self.taken.append(Taken(mail, self._clock())))

    def check(self) -> Check:
        return Check(name="smtp", is_fine=True, said="keeps what it gets")

    def last_to(self, email: str, *, digest: bool = False) -> OutgoingMail | None:
        """Return the last mail that a person got, of any kind or a digest."""
        theirs = (one.mail for one in reversed(self.taken) if one.mail.recipient == email)
        return next((mail for mail in theirs if mail.kind == "digest" or not digest), None)


class SentFolder:
    """The Sent folder as the assistant looks into it."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def in_inbox(self, message_id: str, since: date) -> bool:  # noqa: ARG002 - no copy ever goes there
        return False

    def in_sent(self, message_id: str, since: date) -> bool | None:  # noqa: ARG002 - it holds all
        return any(one.mail.message_id == message_id for one in reversed(self._post.taken))

    def sent_since(self, day: date) -> Iterator[bytes]:
        return (one.mail.content for one in self._post.taken if one.at.date() >= day)

    def keep(self, content: bytes, at: datetime) -> bool:  # noqa: ARG002 - never asked to
        raise AssertionError("the server keeps all by itself")

    def close(self) -> None:
        """Nothing is held open."""
