"""What is degraded is seen: in the digest, in the ledger, by the administrator."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from assistant.errors import ConfigError, SignInError, TransientError
from assistant.intake import Mailbox
from assistant.pipeline import collect, conditions, deliver, pulse, receive, tick, warnings
from assistant.records import Condition, RawMail
from tests.configs import Section, answering
from tests.modelserver.scripted import ScriptedModel, refused, scripted, tasks
from tests.pipeline.office import US, Office, Postbox, office_config

FAX = "Please fax the cardiac clearance for Mrs. Rivera to pre-op by tomorrow noon."
UNSURE = f"{FAX}\n\nThe films of Mr. Abara would be good."
BOSS = "marcus@clinic.example"
EARLY = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path, office_config(assistant={"administrator": BOSS}))
    yield office
    office.parts.ledger.close()


def of(office: Office, part: str) -> Condition:
    return next(one for one in conditions(office.parts) if one.part == part)


def banner(office: Office) -> str:
    return " ".join(warnings(office.parts, office.parts.people()[0], EARLY))


class Room(NamedTuple):
    total: int
    used: int
    free: int


def with_free(monkeypatch: pytest.MonkeyPatch, megabytes: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Room(0, 0, megabytes * 1024 * 1024))


class BrokenMailbox:
    """Answers every look with the same error."""

    def __init__(self, inner: Mailbox, error: Exception) -> None:
        self._inner, self._error = inner, error
        self.looks = 0

    def fetch_new(self, *_: object) -> Iterator[RawMail]:
        self.looks += 1
        raise self._error

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)


def break_mailbox(office: Office, error: Exception) -> None:
    broken = BrokenMailbox(office.parts.mailboxes["desk"], error)
    office.parts = replace(office.parts, mailboxes={"desk": broken})  # type: ignore[dict-item]
    with pytest.raises(type(error)):
        collect(office.parts, "desk")


def test_where_all_is_well_nothing_is_said(office: Office):
    office.work()

    assert all(one.is_fine for one in conditions(office.parts))
    assert banner(office) == ""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (SignInError("account desk", "AUTHENTICATIONFAILED"), "sign-in refused (AUTHENTICATIONFAILED); check"),
        (ConfigError("account desk", "the certificate of imap:993 is not to be trusted (expired)"), "not to be trust"),
    ],
)
def test_what_only_a_person_can_mend_is_said_at_once(office: Office, error: Exception, said: str):
    office.work()
    office.pass_time(minutes=5)
    break_mailbox(office, error)

    assert of(office, "mailbox desk").level == "failing"
    assert "The mailbox desk has not been read since Monday 10:00: " in banner(office)
    assert said in banner(office)


def test_a_server_that_does_not_answer_is_told_of_after_a_quarter_of_an_hour(office: Office):
    office.work()
    break_mailbox(office, TransientError("account desk: no answer in time"))
    office.pass_time(minutes=14)
    before = banner(office)
    office.pass_time(minutes=2)

    assert before == ""
    assert "The mailbox desk has not been read since Monday 10:00" in banner(office)


def test_a_mailbox_that_is_read_again_is_fine_again(office: Office):
    mailboxes = office.parts.mailboxes
    break_mailbox(office, SignInError("account desk", "NO"))
    office.parts = replace(office.parts, mailboxes=mailboxes)
    office.work()

    assert of(office, "mailbox desk").is_fine


def test_since_when_a_mailbox_is_not_read_outlives_a_restart(office: Office):
    office.work()
    pulse(office.parts, is_complete=True)
    office.pass_time(hours=3)
    office.restart()
    office.pass_time(minutes=20)

    assert "has not been read since Monday 10:00" in banner(office)


def test_the_administrator_hears_once_a_day_of_what_fails(office: Office):
    office.work()
    break_mailbox(office, SignInError("account desk", "NO"))
    for _ in range(3):
        pulse(office.parts, is_complete=False)
        deliver(office.parts)
        office.pass_time(minutes=10)
    told = [mail for mail in office.postbox.taken if mail["To"].addresses[0].addr_spec == BOSS]

    assert [mail["Subject"] for mail in told] == ["Coordination assistant: Out of order: mailbox desk"]


def test_that_mail_takes_the_second_way_first(office: Office):
    second = Postbox()
    office.parts = replace(office.parts, second_courier=second)
    office.work()
    first = len(office.postbox.taken)
    break_mailbox(office, SignInError("account desk", "NO"))
    pulse(office.parts, is_complete=False)
    deliver(office.parts)

    assert len(second.taken) == 1
    assert len(office.postbox.taken) == first


def test_mail_that_does_not_leave_is_said_with_its_age(office: Office):
    office.postbox.trouble = TransientError("smtp.clinic.example:465: no answer in time; the mail waits")
    office.arrive(FAX)
    office.work()
    late = of(office, "sending")
    office.pass_time(minutes=20)

    assert late.level == "degraded"
    assert "Mail is leaving late" in late.said
    assert "no answer in time" in late.said
    assert of(office, "sending").level == "failing"
    office.restart()
    assert of(office, "sending").level == "failing"


def test_a_full_disk_stops_intake_while_ours_still_leaves_and_ends_by_itself(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    office.postbox.trouble = TransientError("smtp: no answer")
    office.work()
    office.postbox.trouble = None
    office.pass_time(minutes=5)
    office.arrive(FAX)
    with_free(monkeypatch, 50)
    with pytest.raises(TransientError, match="the disk is full"):
        collect(office.parts, "desk")
    assert receive(office.parts) == 0
    assert deliver(office.parts) == 1
    assert of(office, "disk").level == "failing"
    assert "The disk is full (50 MB are free): no new mail is read" in banner(office)

    with_free(monkeypatch, 5000)
    office.work()

    assert len(office.open) == 1
    assert of(office, "disk").is_fine


def test_a_disk_that_is_nearly_full_is_said(office: Office, monkeypatch: pytest.MonkeyPatch):
    with_free(monkeypatch, 500)

    assert of(office, "disk").level == "degraded"
    assert "nearly full (500 MB are free)" in banner(office)


def test_a_full_disk_costs_a_mail_none_of_its_attempts(office: Office, monkeypatch: pytest.MonkeyPatch):
    office.arrive(FAX)
    collect(office.parts, "desk")
    with_free(monkeypatch, 50)
    for _ in range(5):
        receive(office.parts)
    (mail,) = office.parts.ledger.spool.waiting(10)

    assert mail.attempts == 0


def test_a_backlog_is_counted(office: Office):
    for _ in range(3):
        office.arrive(FAX)
    collect(office.parts, "desk")
    fresh = of(office, "reading")
    office.pass_time(minutes=16)

    assert fresh.is_fine
    assert "3 mails still wait to be read, the newest first" in banner(office)


def test_a_copy_that_failed_is_said(office: Office):
    office.parts.health.backup_problem = "/mnt/copies: cannot be written (No space left on device)"

    assert "The nightly copy of the ledger was not made: /mnt/copies" in banner(office)


def test_a_ledger_that_cannot_be_written_is_said_until_it_can(office: Office):
    database = office.parts.ledger.spool._database
    database._db.execute("PRAGMA max_page_count = 1")
    office.arrive("x" * 2_000_000)
    with pytest.raises(Exception, match="full"):
        collect(office.parts, "desk")
    full = of(office, "ledger")
    database._db.execute("PRAGMA max_page_count = 1000000")
    collect(office.parts, "desk")

    assert full.level == "failing"
    assert "The disk is full: the ledger takes nothing more" in full.said
    assert of(office, "ledger").is_fine


class DatedMailbox:
    certificate_ends: datetime | None = None


@pytest.mark.parametrize(("days", "is_said"), [(13, True), (15, False), (-1, True)])
def test_a_certificate_is_spoken_of_two_weeks_before_it_ends(office: Office, days: int, *, is_said: bool):
    dated = DatedMailbox()
    dated.certificate_ends = office.now + timedelta(days=days)
    office.parts = replace(office.parts, mailboxes={"desk": dated})  # type: ignore[dict-item]

    assert ("The server's certificate for mailbox desk ends on" in banner(office)) == is_said


def test_the_digest_says_from_when_to_when_the_model_was_out_and_for_how_many_mails(tmp_path: Path):
    model: ScriptedModel
    with scripted(refused(503), refused(503), tasks(), tasks(), tasks()) as model:
        office = Office(tmp_path, office_config(model=answering(model.base_url)))
        office.arrive(UNSURE)
        office.arrive(UNSURE.replace("Rivera", "Lindqvist"))
        office.work()
        during = banner(office)
        office.restart()
        receive(office.parts)
        after_restart = banner(office)
        office.pass_time(minutes=40)
        office.work()
        after = banner(office)
        since_then = warnings(office.parts, office.parts.people()[0], office.now)
        office.parts.ledger.close()

    out = "The language model does not answer since Monday 10:00: 2 mails were read by rules alone"
    assert during.startswith(out)
    assert after_restart.startswith(out)
    assert "did not answer from Monday 10:00 to Monday 10:40: 2 mails were read by rules alone" in after
    assert since_then == ()


class Clocked:
    """An office with a stopwatch beside its clock."""

    def __init__(self, office: Office) -> None:
        self.office, self.seconds = office, 0.0
        office.parts = replace(office.parts, stopwatch=lambda: self.seconds)

    def pass_time(self, **span: float) -> None:
        self.office.pass_time(**span)
        self.seconds += timedelta(**span).total_seconds()


def escalations(office: Office) -> int:
    return sum(str(mail["Message-ID"]).startswith("<escalation.") for mail in office.postbox.taken)


@pytest.mark.parametrize("days", [3, 30])
def test_a_clock_set_forward_holds_escalations_for_one_cycle_and_makes_no_storm(office: Office, days: int):
    clocked = Clocked(office)
    office.arrive(FAX)
    office.work()
    office.pass_time(days=days, hours=5)
    office.work()
    held = escalations(office)
    clocked.pass_time(seconds=30)
    for _ in range(5):
        office.work()

    assert held == 0
    assert escalations(office) == 1
    assert "The computer's clock was found set forward by" in banner(office)


def test_a_clock_set_right_again_calls_nobody(office: Office):
    clocked = Clocked(office)
    office.arrive(FAX)
    office.work()
    office.pass_time(days=2)
    office.work()
    office.pass_time(days=-2)
    office.work()
    clocked.pass_time(minutes=1)
    office.work()

    assert escalations(office) == 0


def test_a_clock_set_back_sends_nothing_again_and_lets_nothing_wait_for_it(office: Office):
    clocked = Clocked(office)
    office.arrive(FAX)
    office.work()
    clocked.pass_time(days=1, hours=5)
    office.work()
    sent = len(office.postbox.taken)
    office.arrive("send me the list", sender="dana@clinic.example", to=US, Subject="list")
    office.postbox.trouble = TransientError("smtp: no answer")
    office.work()
    office.postbox.trouble = None
    office.pass_time(days=-1)
    for _ in range(3):
        office.work()
        clocked.pass_time(minutes=1)
    kinds = [str(mail["Message-ID"]).partition(".")[0] for mail in office.postbox.taken[sent:]]

    assert kinds == ["<answer"]


@pytest.mark.parametrize("seed", [1, 2])
def test_however_often_the_clock_is_set_nothing_goes_out_twice(office: Office, seed: int):
    dice = random.Random(seed)
    clocked = Clocked(office)
    office.arrive(FAX)
    office.work()
    for _ in range(40):
        office.pass_time(hours=dice.choice([-1, 1]) * dice.uniform(0.5, 48))
        held = escalations(office)
        office.work()
        assert escalations(office) == held
        clocked.pass_time(seconds=30)
        office.work()
    mails = [str(mail["Message-ID"]) for mail in office.postbox.taken]
    steps = office.parts.escalation.normal

    assert len(set(mails)) == len(mails)
    assert 0 < escalations(office) <= sum(len(step.to) for step in steps)


def test_a_quarter_of_an_hour_that_has_really_passed_is_no_jump(office: Office):
    clocked = Clocked(office)
    office.work()
    clocked.pass_time(hours=9)
    tick(office.parts)

    assert office.parts.health.clock_jumped is None


def test_on_what_terms_mails_go_to_a_hosted_model_is_told(tmp_path: Path):
    agreed: Section = {"base_url": "https://llm.example/v1", "baa": True, "zero_retention": "clause 4 of 2026-03-01"}
    office = Office(tmp_path, office_config(model=agreed))
    told = {one.part: one for one in conditions(office.parts)}
    office.parts.ledger.close()

    assert told["hosted model"].is_fine
    assert "llm.example is sent masked text" in told["hosted model"].said
    assert "clause 4 of 2026-03-01" in told["hosted model"].said
