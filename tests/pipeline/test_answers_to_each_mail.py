from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.pipeline import collect, receive
from assistant.records import Alert, Decision, LedgerEvent, Notice, TaskDone
from tests.pipeline.office import DANA, FAX, SEND, Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    for text in (FAX, SEND):
        # One after the other, so that their tasks have the numbers in that order.
        office.arrive(text)
        collect(office.parts, "desk")
        receive(office.parts)
    office.work()
    office.pass_time(minutes=10)
    yield office
    office.parts.ledger.close()


def finish(office: Office, number: int) -> None:
    """Let Dana close a task, in another mail."""
    event = LedgerEvent(id=0, number=number, at=office.now, actor=DANA, source="elsewhere", change=TaskDone())
    office.parts.ledger.record(Decision(events=(event,)), ())
    office.pass_time(minutes=10)


def state(office: Office, number: int = 1) -> str:
    return office.parts.ledger.book.task(number).state


def after_digest(office: Office) -> None:
    finish(office, 2)
    office.pass_time(days=1)
    office.work()
    assert office.postbox.taken[-1]["Subject"].startswith("Digest")


def after_receipt(office: Office) -> None:
    office.answer("note 1 left voicemail")
    office.work()


def after_question(office: Office) -> None:
    office.answer("1 not mine")
    office.work()


def after_doubt(office: Office) -> None:
    office.answer("1?")
    office.work()


def after_summary(office: Office) -> None:
    office.answer("summary 1")
    office.work()


def after_call(office: Office) -> None:
    finish(office, 2)
    while not (calls := [mail for mail in office.postbox.taken if str(mail["Subject"]).startswith("Overdue")]):
        office.pass_time(hours=1)
        office.work()
        assert office.now.day < 13
    office.postbox.taken.append(calls[0])


def after_nonsense_to_a_call(office: Office) -> None:
    after_call(office)
    office.answer("hmm, the elevator again")
    office.work()


KINDS = (
    after_digest,
    after_receipt,
    after_question,
    after_doubt,
    after_summary,
    after_call,
    after_nonsense_to_a_call,
)


@pytest.mark.parametrize("words", ["done", "1 done", "it's done, thanks!"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_mail_about_one_task_can_be_answered_without_its_number(office: Office, kind: object, words: str):
    assert callable(kind)
    kind(office)
    office.answer(words)
    office.work()

    assert state(office) == "done", office.said()


@pytest.mark.parametrize("kind", KINDS)
def test_no_mail_about_one_task_takes_a_doubt_for_done(office: Office, kind: object):
    assert callable(kind)
    kind(office)
    mail = office.postbox.taken[-1]
    for words in ("done?", "not done", "I'll have it done Friday", "almost done", "done tomorrow"):
        office.postbox.taken.append(mail)
        office.answer(words)
    office.work()

    assert state(office) == "open"


def test_the_same_doubt_of_another_task_is_asked_about_as_well(office: Office):
    digest = {"In_Reply_To": str(office.postbox.taken[-1]["Message-ID"])}
    for number in (1, 2):
        office.answer(f"{number} will be done friday", **digest)
        office.work()
        office.pass_time(minutes=5)

    assert "I left #2 open" in " ".join(office.said().split())


def test_done_alone_below_two_tasks_is_asked_about(office: Office):
    office.answer("note 1, 2 left voicemail")
    office.work()
    office.answer("done")
    office.work()

    assert (state(office, 1), state(office, 2)) == ("open", "open")


def test_done_alone_below_an_alert_closes_nothing_and_a_number_works(office: Office):
    person = next(one for one in office.parts.people() if one.is_at(DANA))
    for words, is_done in (("done", False), ("1 done", True)):
        alert = Alert(person=person, now=office.now, heading="A mailbox cannot be read", lines=("Please look.",))
        notice = Notice(key=f"alert:{words}", content=alert)
        office.parts.ledger.record(Decision(notices=(notice,)), [office.parts.rendered(notice)])
        office.work()
        office.answer(words)
        office.work()
        assert (state(office) == "done") is is_done
        office.pass_time(minutes=1)


def test_a_receipt_that_was_passed_on_shows_a_stranger_nothing(office: Office):
    after_receipt(office)
    sent = len(office.postbox.taken)
    office.answer("done", sender="stranger@elsewhere.example")
    office.work()

    assert state(office) == "open"
    assert len(office.postbox.taken) == sent
