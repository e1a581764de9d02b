"""What goes wrong in the office: a mail that fails, a server that refuses, a restart; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.errors import RefusedMailError, SlowMailError, TransientError, UncertainDeliveryError
from assistant.pipeline import collect, deliver, receive, tick
from assistant.records import Message, Reading, ReadingContext
from assistant.understand import Reader
from tests.pipeline.office import FAX, SEND, Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.parts.ledger.close()


def test_what_cannot_be_read_is_named_in_the_digest(office: Office):
    office.arrive_raw(b"")
    office.arrive_raw(b"\x00\xff" * 500)
    office.work()

    held = office.parts.ledger.spool.quarantined()
    balance = office.parts.ledger.spool.balance(office.now - timedelta(days=1))
    assert balance.adds_up
    assert balance.needs_person == len(held)
    assert held
    assert "NOT READ IN FULL" in office.said()


class Stumbling:
    """An engine that fails on one mail as no engine should."""

    name = "stumbling"

    def read(self, message: Message, context: ReadingContext) -> Reading:  # noqa: ARG002 - the engine's interface
        if "poison" in message.text:
            raise ZeroDivisionError("the patient's name")
        return Reading(findings=(), engine=self.name)


def test_a_mail_that_fails_takes_no_other_with_it_and_ends_with_a_person(
    office: Office, capsys: pytest.CaptureFixture[str]
):
    office.parts = replace(office.parts, reader=Reader(Stumbling(), None))
    office.arrive("poison")
    office.arrive("nothing to see")
    for _ in range(4):
        office.work()
        office.pass_time(minutes=11)

    balance = office.parts.ledger.spool.balance(office.now - timedelta(days=1))
    assert (balance.no_task, balance.needs_person, balance.waiting) == (1, 1, 0)
    assert [mail.sender for mail in office.parts.ledger.spool.quarantined()] == ["ruth@surgery.example"]
    assert "the patient's name" not in capsys.readouterr().out


def test_a_mail_that_takes_too_long_holds_up_no_other_and_ends_with_a_person_who_is_told_why(office: Office):
    def apart(message: Message, context: ReadingContext) -> Reading:
        if "poison" in message.text:
            raise SlowMailError(20)
        return Stumbling().read(message, context)

    office.parts = replace(office.parts, reader=Reader(Stumbling(), None, apart=apart))
    office.arrive("poison\n" * 2000)
    office.arrive("nothing to see\n" * 1000)
    for _ in range(4):
        office.work()
        office.pass_time(minutes=11)

    balance = office.parts.ledger.spool.balance(office.now - timedelta(days=1))
    assert (balance.no_task, balance.needs_person, balance.waiting) == (1, 1, 0)
    held = office.parts.ledger.spool.quarantined()
    assert [mail.reason for mail in held] == ["understanding it took more than 20 seconds, three times"]
    office.pass_time(days=1)
    office.work()
    assert held[0].reason in " ".join(office.said().split())


def test_trouble_that_passes_within_ten_minutes_costs_no_mail(office: Office):
    sound = office.parts
    office.parts = replace(office.parts, reader=Reader(Stumbling(), None))
    office.arrive("poison: please fax the clearance")
    for _ in range(5):
        office.work()
        office.pass_time(minutes=1)
    office.parts = sound
    office.pass_time(minutes=6)
    office.work()

    balance = office.parts.ledger.spool.balance(office.now - timedelta(days=1))
    assert (balance.needs_person, balance.waiting, balance.read) == (0, 0, 1)


def test_a_mail_that_does_not_leave_is_tried_again_with_the_same_bytes(office: Office):
    collect(office.parts, "desk")
    tick(office.parts)
    before = office.parts.ledger.outgoing.due(office.now, 10)[0].content
    office.postbox.trouble = TransientError("smtp: no answer")
    assert deliver(office.parts) == 0
    assert deliver(office.parts) == 0
    office.postbox.trouble = None
    office.pass_time(minutes=2)

    assert office.parts.ledger.outgoing.due(office.now, 10)[0].content == before
    assert deliver(office.parts) == 1


def test_a_mail_that_may_have_arrived_is_kept_as_uncertain(office: Office):
    tick(office.parts)
    office.postbox.trouble = UncertainDeliveryError("smtp: cut after the body")
    deliver(office.parts)
    office.pass_time(hours=1)

    assert [mail.state for mail in office.parts.ledger.outgoing.due(office.now, 10)] == ["uncertain"]


def test_a_mail_that_is_refused_for_good_is_not_sent_again_and_is_said(office: Office):
    tick(office.parts)
    office.postbox.trouble = RefusedMailError("smtp: 550")
    deliver(office.parts)
    office.postbox.trouble = None
    office.pass_time(days=1)
    office.work()

    kinds = [str(mail["Message-ID"])[1:].partition(".")[0] for mail in office.postbox.taken]
    assert kinds == ["alert", "digest"]
    assert "did not arrive" in office.said()


def test_after_a_restart_nothing_is_lost_or_done_twice(office: Office):
    office.arrive(FAX)
    collect(office.parts, "desk")
    office.restart()
    office.arrive(SEND)
    office.work()
    office.restart()
    office.work()

    assert len(office.open) == 2
    assert len(office.postbox.taken) == 1


def test_a_digest_missed_while_we_slept_is_caught_up_once_and_marked(office: Office):
    office.work()
    office.pass_time(days=1)
    office.work()
    office.pass_time(minutes=20)
    office.work()

    assert len(office.postbox.taken) == 2
    assert "late" in office.said().lower()


def test_a_mailbox_that_has_not_been_read_is_said_in_the_digest(office: Office):
    tick(office.parts)
    office.pass_time(days=1)
    receive(office.parts)
    tick(office.parts)
    deliver(office.parts)

    assert "mailbox desk has not been read" in " ".join(office.said().split())
