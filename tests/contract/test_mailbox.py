"""What every mailbox must do, whatever it is made of."""

from __future__ import annotations

import itertools
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from assistant.config.settings import AccountSettings
from assistant.errors import ConfigError
from assistant.intake import Arrival, Mailbox, open_mailbox
from assistant.records import Locator, RawMail
from tests.mailservers import EmbeddedMailServers, RealMailServers
from tests.mailservers.embedded import PASSWORD

DANA = "dana@clinic.example"
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
DISCHARGE = b"From: Lee <lee@ward.example>\r\nSubject: Discharge\r\n\r\nPlease book the transport by Friday.\r\n"


class Rig(Protocol):
    """A mailbox's other side: how mail gets into it."""

    def account(self, **settings: object) -> AccountSettings: ...

    def deliver(self, raw: bytes, at: datetime = NOON) -> None: ...

    def forgetting(self) -> AbstractContextManager[None]:
        """Set the mailbox back, at the end of the block, to how it was at its beginning."""
        ...

    def empty(self) -> None: ...

    def state(self) -> object:
        """Everything about the stored mails that a reader could change."""
        ...


class ImapRig:
    def __init__(self, servers: EmbeddedMailServers | RealMailServers) -> None:
        self._servers = servers
        servers.expunge(DANA)

    def account(self, **settings: object) -> AccountSettings:
        servers = self._servers
        reached = {"host": servers.host, "port": servers.imaps_port, "user": DANA, "ca_file": servers.ca_file}
        return AccountSettings.model_validate({"name": "inbox", "person": DANA, "timeout_s": 5, **reached, **settings})

    def deliver(self, raw: bytes, at: datetime = NOON) -> None:
        self._servers.deliver(raw, DANA, at)

    def forgetting(self) -> AbstractContextManager[None]:
        return self._servers.forgetting(DANA)

    def empty(self) -> None:
        self._servers.expunge(DANA)

    def state(self) -> object:
        return self._servers.mails(DANA), self._servers.flags(DANA)


class MaildirRig:
    def __init__(self, root: Path) -> None:
        self._root = root / "Maildir"
        self._count = itertools.count()
        for part in ("new", "cur", "tmp"):
            (self._root / part).mkdir(parents=True)

    def account(self, **settings: object) -> AccountSettings:
        return AccountSettings.model_validate(
            {"name": "inbox", "person": DANA, "maildir": self._root, "poll_every_s": 0.02, **settings}
        )

    def deliver(self, raw: bytes, at: datetime = NOON) -> None:
        name = f"{int(at.timestamp())}.M{next(self._count)}P1.host"
        (self._root / "tmp" / name).write_bytes(raw)
        os.utime(self._root / "tmp" / name, (at.timestamp(), at.timestamp()))
        (self._root / "tmp" / name).rename(self._root / "new" / name)

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        kept = self._root.with_name("kept")
        shutil.copytree(self._root, kept)
        yield
        shutil.rmtree(self._root)
        kept.rename(self._root)

    def empty(self) -> None:
        for path in self._root.glob("new/*"):
            path.unlink()

    def state(self) -> object:
        return sorted((str(path), path.is_file() and path.read_bytes()) for path in self._root.rglob("*"))


@pytest.fixture(scope="module")
def embedded() -> Iterator[EmbeddedMailServers]:
    with EmbeddedMailServers() as servers:
        yield servers


@pytest.fixture(scope="module")
def dovecot() -> Iterator[RealMailServers]:
    with RealMailServers() as servers:
        yield servers


@pytest.fixture(params=["embedded", "maildir", pytest.param("dovecot", marks=pytest.mark.servers)])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Rig:
    # Only the servers that are asked for are started.
    return MaildirRig(tmp_path) if request.param == "maildir" else ImapRig(request.getfixturevalue(request.param))


@pytest.fixture
def mailbox(rig: Rig) -> Iterator[Mailbox]:
    opened = open_mailbox(rig.account(), PASSWORD)
    yield opened
    opened.close()


class Taken:
    """Stands in for the ledger: what has been committed."""

    def __init__(self) -> None:
        self.locators: list[Locator] = []
        self._arrived: dict[Locator, Arrival] = {}

    def seen_up_to(self, folder: str, uidvalidity: int) -> int:
        same = (one.uid for one in self.locators if (one.folder, one.uidvalidity) == (folder, uidvalidity))
        return max(same, default=0)

    def is_known(self, locator: Locator) -> bool:
        return locator in self.locators

    def is_another(self, locator: Locator, now_there: Arrival) -> bool:
        arrived = self._arrived[locator]
        return arrived.received_at != now_there.received_at or now_there.size not in {None, arrived.size}

    def take(self, mailbox: Mailbox) -> list[RawMail]:
        return self._taken(mailbox.fetch_new(self.seen_up_to, self.is_known, self.is_another))

    def compare(self, mailbox: Mailbox, since: date = date(2026, 1, 1)) -> list[RawMail]:
        return self._taken(mailbox.fetch_missed(self.is_known, self.is_another, since))

    def _taken(self, found: Iterator[RawMail]) -> list[RawMail]:
        mails = []
        for mail in found:
            self.locators.append(mail.locator)
            self._arrived[mail.locator] = Arrival(mail.received_at, len(mail.content))
            mails.append(mail)
        return mails


def test_a_mail_is_found_once_byte_for_byte_with_the_time_it_came(rig: Rig, mailbox: Mailbox) -> None:
    rig.deliver(DISCHARGE)
    taken = Taken()

    first, again = taken.take(mailbox), taken.take(mailbox)

    assert [(mail.content, mail.received_at, mail.truncated) for mail in first] == [(DISCHARGE, NOON, False)]
    assert again == []


def test_a_mail_that_comes_later_is_found_then_and_the_old_one_is_not_found_again(rig: Rig, mailbox: Mailbox) -> None:
    rig.deliver(DISCHARGE)
    taken = Taken()
    taken.take(mailbox)
    rig.deliver(b"Subject: later\r\n\r\nNew\r\n", NOON + timedelta(hours=1))

    assert [mail.content for mail in taken.take(mailbox)] == [b"Subject: later\r\n\r\nNew\r\n"]


def test_mails_come_oldest_first(rig: Rig, mailbox: Mailbox) -> None:
    for hour in range(5):
        rig.deliver(b"Subject: %d\r\n\r\n.\r\n" % hour, NOON + timedelta(hours=hour))

    mails = Taken().take(mailbox)

    assert [mail.content[9:10] for mail in mails] == [b"0", b"1", b"2", b"3", b"4"]


def test_what_was_not_committed_before_a_stop_is_found_by_the_next_start(rig: Rig) -> None:
    for hour in range(3):
        rig.deliver(b"Subject: %d\r\n\r\n.\r\n" % hour, NOON + timedelta(hours=hour))
    taken = Taken()
    before = open_mailbox(rig.account(), PASSWORD)
    mails = before.fetch_new(taken.seen_up_to, taken.is_known, taken.is_another)
    taken.locators.append(next(mails).locator)
    before.close()
    after = open_mailbox(rig.account(), PASSWORD)

    assert [mail.content[9:10] for mail in taken.take(after)] == [b"1", b"2"]
    after.close()


def test_reading_changes_nothing_in_the_mailbox(rig: Rig, mailbox: Mailbox) -> None:
    rig.deliver(DISCHARGE)
    before = rig.state()

    Taken().take(mailbox)
    Taken().compare(mailbox)
    mailbox.next_number("INBOX")
    mailbox.uids("INBOX", 1)
    mailbox.check()

    assert rig.state() == before


def test_a_mail_over_the_limit_is_taken_in_part_and_says_so(rig: Rig) -> None:
    attached = b"JVBERi0xLjQK" * 6 + b"\r\n"
    scan = (
        b"Subject: Scan\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=edge\r\n\r\n"
        b"--edge\r\n\r\nThe consent form is attached.\r\n--edge\r\nContent-Type: application/pdf\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n"
        + attached * 20_000
        + b"\r\n--edge\r\n\r\nPS call the ward.\r\n--edge--\r\n"
    )
    rig.deliver(scan)
    mailbox = open_mailbox(rig.account(max_mail_mb=1), PASSWORD)

    (mail,) = Taken().take(mailbox)
    mailbox.close()

    assert mail.truncated
    assert b"The consent form is attached." in mail.content
    assert b"PS call the ward.\r\n--edge--" in mail.content
    assert len(mail.content) <= 1024 * 1024 + 4 < len(scan)


def test_a_mail_from_before_the_first_day_is_not_read(rig: Rig) -> None:
    rig.deliver(b"Subject: old\r\n\r\n.\r\n", NOON - timedelta(days=30))
    rig.deliver(DISCHARGE)
    mailbox = open_mailbox(rig.account(since=date(2026, 3, 1)), PASSWORD)

    assert [mail.content for mail in Taken().take(mailbox)] == [DISCHARGE]
    assert len(mailbox.uids("INBOX", 1)) == 2
    mailbox.close()


def test_a_mail_below_the_highest_number_is_found_by_the_comparison(rig: Rig, mailbox: Mailbox) -> None:
    for hour in range(3):
        rig.deliver(b"Subject: %d\r\n\r\n.\r\n" % hour, NOON + timedelta(hours=hour))
    taken = Taken()
    first, second, third = taken.take(mailbox)
    taken.locators.remove(second.locator)

    assert taken.compare(mailbox, date(2026, 3, 9)) == [second]
    assert mailbox.uids("INBOX", 1) == {mail.locator.uid for mail in (first, second, third)}


def test_a_mail_with_the_number_of_one_that_the_server_forgot_is_found_by_the_comparison(rig: Rig, mailbox: Mailbox):
    taken = Taken()
    rig.deliver(b"Subject: kept\r\n\r\n.\r\n")
    with rig.forgetting():
        rig.deliver(b"Subject: forgotten\r\n\r\n.\r\n", NOON + timedelta(hours=1))
        taken.take(mailbox)
        mailbox.close()
    rig.deliver(DISCHARGE, NOON + timedelta(hours=2))

    # A number that is the next in any case tells nothing; a Maildir gives none twice.
    at_once, compared = taken.take(mailbox), taken.compare(mailbox)

    assert [mail.content for mail in at_once + compared] == [DISCHARGE]
    assert taken.compare(mailbox) == taken.take(mailbox) == []


def test_a_server_that_knows_fewer_mails_than_we_do_is_looked_through_at_once(rig: Rig, mailbox: Mailbox):
    taken = Taken()
    rig.deliver(b"Subject: kept\r\n\r\n.\r\n")
    with rig.forgetting():
        for hour in range(1, 6):
            rig.deliver(b"Subject: forgotten\r\n\r\n%d.\r\n" % hour, NOON + timedelta(hours=hour))
        taken.take(mailbox)
        mailbox.close()
    rig.deliver(DISCHARGE, NOON + timedelta(hours=7))
    first = taken.take(mailbox)
    rig.deliver(DISCHARGE, NOON + timedelta(hours=8))
    second = taken.take(mailbox)
    mailbox.close()
    rig.deliver(DISCHARGE, NOON + timedelta(hours=9))
    third = taken.take(mailbox)

    assert [mail.received_at.hour for mail in first + second + third] == [19, 20, 21]
    assert taken.compare(mailbox) == taken.take(mailbox) == []


def test_the_next_number_is_above_all_that_are_or_were_there(rig: Rig, mailbox: Mailbox):
    rig.deliver(DISCHARGE)
    (mail,) = Taken().take(mailbox)
    uidvalidity, upto = mailbox.next_number("INBOX")
    rig.deliver(DISCHARGE)
    rig.empty()

    assert uidvalidity == mail.locator.uidvalidity
    # 0: a Maildir's numbers have no order.
    assert upto in (mail.locator.uid + 1, 0)
    assert mailbox.next_number("INBOX") == (uidvalidity, upto and upto + 1)
    assert mailbox.uids("INBOX", 1) == frozenset()


def test_the_comparison_looks_no_further_back_than_asked_once_nothing_is_missing(rig: Rig, mailbox: Mailbox) -> None:
    taken = Taken()
    taken.take(mailbox)
    taken.compare(mailbox, date(2026, 3, 9))
    rig.deliver(DISCHARGE, NOON - timedelta(days=20))

    assert taken.compare(mailbox, date(2026, 3, 9)) == []


def test_waiting_ends_when_mail_comes(rig: Rig, mailbox: Mailbox) -> None:
    Taken().take(mailbox)
    timer = threading.Timer(0.1, rig.deliver, [DISCHARGE])
    timer.start()

    assert mailbox.wait(20, threading.Event())
    timer.join()
    assert len(Taken().take(mailbox)) == 1


def test_waiting_ends_quietly_when_no_mail_comes(mailbox: Mailbox) -> None:
    Taken().take(mailbox)

    assert not mailbox.wait(0.05, threading.Event())


def test_one_mail_ends_one_wait_also_where_another_reads_it(rig: Rig, mailbox: Mailbox) -> None:
    mailbox.wait(0.05, threading.Event())
    rig.deliver(DISCHARGE)
    began = time.perf_counter()

    assert mailbox.wait(20, threading.Event())
    assert time.perf_counter() - began < 5
    assert not mailbox.wait(0.05, threading.Event())


def test_waiting_ends_at_once_when_we_are_told_to_stop(mailbox: Mailbox) -> None:
    stop = threading.Event()
    stop.set()

    assert not mailbox.wait(60, stop)


def test_the_check_says_what_is_so(rig: Rig, mailbox: Mailbox) -> None:
    rig.deliver(DISCHARGE)

    check = mailbox.check()

    assert check.is_fine
    assert "INBOX (1 mails)" in check.said


def test_a_folder_that_is_missing_is_named_after_the_others_are_read(rig: Rig) -> None:
    rig.deliver(DISCHARGE)
    mailbox = open_mailbox(rig.account(folders=("Referrals", "INBOX")), PASSWORD)
    taken = Taken()
    mails = mailbox.fetch_new(taken.seen_up_to, taken.is_known, taken.is_another)

    assert next(mails).content == DISCHARGE
    with pytest.raises(ConfigError, match=r"account inbox: .*Referrals"):
        next(mails)
    check = mailbox.check()
    assert not check.is_fine
    assert "Referrals" in check.said
    mailbox.close()
