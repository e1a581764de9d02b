"""The daemon's jobs: one that is woken while it runs looks again at once, and one that takes long is not run twice."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from assistant.daemon import Daemon, Pace, stop_on_signals
from assistant.intake import Arrival
from assistant.records import Check, Locator, OutgoingMail, RawMail
from tests.pipeline.office import CONFIG, MONDAY, Office

_PATIENCE_S = 20
"""Less than any job's turn: who waits for the clock comes too late."""
_RARELY = Pace(look_s=600, tick_s=600, pulse_s=600)


class Busy:
    """A mailbox that is looked at; `during` is what happens in each look after it has seen that there is nothing."""

    def __init__(self) -> None:
        self.during: Callable[[], object] = lambda: None
        self.looks, self.at_once, self.most_at_once = 0, 0, 0
        self.has_mail = False
        self.is_found, self.is_tired = Event(), Event()

    def fetch_new(
        self,
        seen_up_to: Callable[[str, int], int],
        is_known: Callable[[Locator], bool],
        _is_another: Callable[[Locator, Arrival], bool],
    ) -> Iterator[RawMail]:
        self.looks += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        where = Locator(account="desk", folder="INBOX", uidvalidity=1, uid=1)
        if self.has_mail and seen_up_to("INBOX", 1) == 0 and not is_known(where):
            yield RawMail(locator=where, received_at=MONDAY, content=b"Subject: consent\r\n\r\nhello\r\n")
            self.is_found.set()
        self.during()
        self.at_once -= 1
        if self.looks == 3:
            self.is_tired.set()

    def fetch_missed(self, *_: object) -> Iterator[RawMail]:
        return iter(())

    def next_number(self, _folder: str) -> tuple[int, int]:
        return 1, 0

    def uids(self, _folder: str, _first: int) -> frozenset[int]:
        return frozenset()

    def wait(self, _timeout_s: float, _stop: Event) -> bool:
        return False

    def check(self) -> Check:
        return Check(name="desk", is_fine=True, said="is busy")

    def close(self) -> None:
        """Nothing is held open."""


@contextmanager
def at_work(folder: Path, mailbox: Busy, config: str = CONFIG) -> Iterator[Daemon]:
    office = Office(folder, config)
    daemon = Daemon(replace(office.parts, mailboxes={"desk": mailbox}), _RARELY)
    running = Thread(target=daemon.run)
    try:
        yield daemon
        running.start()
        mailbox.is_tired.wait(_PATIENCE_S)
    finally:
        office.parts.stop.set()
        running.join(timeout=_PATIENCE_S)
        office.parts.ledger.close()


def test_news_that_come_during_a_look_are_looked_at_right_after_it(tmp_path: Path):
    mailbox = Busy()

    def arrives() -> None:
        if not mailbox.has_mail:
            mailbox.has_mail = True
            daemon._wake("collect:desk")
        elif mailbox.is_found.is_set():
            mailbox.is_tired.set()

    with at_work(tmp_path, mailbox) as daemon:
        mailbox.during = arrives

    assert mailbox.is_found.is_set()
    assert (mailbox.looks, mailbox.most_at_once) == (2, 1)


def test_a_job_that_outlasts_its_turn_runs_once_at_a_time_and_nobody_is_warned(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.WARNING, logger="apscheduler")
    mailbox, config = Busy(), CONFIG.replace('maildir = "mail"', 'maildir = "mail"\npoll_every_s = 0.02')
    assert config != CONFIG

    with at_work(tmp_path, mailbox, config) as daemon:
        mailbox.during = lambda: daemon._parts.stop.wait(0.1)

    assert mailbox.looks >= 3
    assert mailbox.most_at_once == 1
    assert [record.getMessage() for record in caplog.records if record.name.startswith("apscheduler")] == []


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="only POSIX systems have SIGHUP")
@pytest.mark.parametrize("is_outlived", [False, True])
def test_a_terminal_that_is_closed_ends_us_in_order_but_not_under_nohup(*, is_outlived: bool):
    numbers = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
    before = [signal.getsignal(number) for number in numbers]
    stop = Event()
    try:
        # Whatever is wrong, this test shall not end the others.
        signal.signal(signal.SIGHUP, signal.SIG_IGN if is_outlived else lambda *_: None)
        stop_on_signals(stop)
        signal.raise_signal(signal.SIGHUP)
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)

    assert stop.is_set() is not is_outlived


def test_the_first_digest_waits_until_what_came_meanwhile_is_read(tmp_path: Path):
    office = Office(tmp_path)
    mailbox, is_told = Busy(), Event()
    mailbox.has_mail = True
    # Long enough for a digest that does not wait.
    mailbox.during = lambda: mailbox.is_tired.set() if is_told.wait(1) else None
    send = office.postbox.send

    def sent(mail: OutgoingMail) -> None:
        send(mail)
        is_told.set()

    office.postbox.send = sent  # type: ignore[method-assign]
    daemon = Daemon(replace(office.parts, mailboxes={"desk": mailbox}), _RARELY)
    running = Thread(target=daemon.run)
    running.start()
    try:
        assert is_told.wait(_PATIENCE_S)
    finally:
        office.parts.stop.set()
        running.join(timeout=_PATIENCE_S)
        office.parts.ledger.close()

    (digest,) = office.postbox.taken
    body = digest.get_body(("plain",))
    assert body is not None
    assert "Read 1 mail up to" in body.get_content()
