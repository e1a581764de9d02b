from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.decide.tasks import MailContext, effect_of, judge
from assistant.records import Calendar, Finding, Message, Person, Reading, TaskMarked, TaskOpened
from tests.decide.tasks_made import task

NOW = datetime(2026, 3, 10, 14, tzinfo=UTC)
DANA = Person(email="dana@clinic.example", name="Dana", calendar=Calendar(zone=ZoneInfo("America/New_York")))
TODAY = date(2026, 3, 10)
FAX = Finding(
    kind="task", title="Fax the clearance", quote="Please fax the clearance", engine="embedded", said_on=TODAY
)


def message(**changes: object) -> Message:
    made = Message(
        key="k1",
        account="desk",
        message_id=None,
        in_reply_to=None,
        references=(),
        sender=None,
        to=(),
        cc=(),
        subject="",
        sent_at=NOW,
        received_at=NOW,
        parts=(),
        attachments=(),
        automatic=None,
        problems=(),
        hides_text=False,
        text="",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def context(**changes: object) -> MailContext:
    made = MailContext(
        coordinator=DANA,
        thread="t1",
        thread_tasks=(),
        next_number=7,
        has_effect=lambda _effect: False,
        now=NOW,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def reading(*findings: Finding) -> Reading:
    return Reading(findings=findings, engine="embedded")


def test_each_finding_opens_one_task_with_the_next_number():
    decision = judge(message(), reading(FAX, replace(FAX, quote="Please call pre-op")), context())

    assert [event.number for event in decision.events] == [7, 8]
    assert decision.state == "tasks"


def test_the_same_finding_twice_opens_one_task():
    again = replace(FAX, quote="please  FAX the clearance!")

    assert len(judge(message(), reading(FAX, again), context()).events) == 1


def test_what_was_recorded_before_is_not_recorded_again():
    decision = judge(message(), reading(FAX), context(has_effect=lambda _effect: True))

    assert decision.events == ()
    assert decision.state == "tasks"


@pytest.mark.parametrize(
    "other",
    [
        replace(FAX, patient="Mr. Osei"),
        replace(FAX, said_on=date(2026, 3, 11)),
        replace(FAX, quote="Please fax the EKG"),
    ],
)
def test_another_patient_day_or_wording_is_another_task(other: Finding):
    assert effect_of(FAX, "t1", 0) != effect_of(other, "t1", 0)


@pytest.mark.parametrize(("automatic", "state"), [(None, "no_task"), ("bulk", "automatic")])
def test_a_mail_without_findings_is_settled_as_what_it_is(automatic: str | None, state: str):
    assert judge(message(automatic=automatic), reading(), context()).state == state


def test_a_claim_that_a_task_is_done_marks_it_and_closes_nothing():
    open_task = task(3, title="Fax the clearance", quote="Please fax the clearance")
    claim = Finding(kind="looks_done", title="fax the clearance", quote="I faxed the clearance", engine="embedded")
    decision = judge(message(), reading(claim), context(thread_tasks=(open_task,)))

    (event,) = decision.events
    assert event.number == 3
    assert event.change == TaskMarked(claim="looks_done", quote="I faxed the clearance")


@pytest.mark.parametrize("count", [0, 2])
def test_a_claim_that_may_mean_no_task_or_several_changes_nothing(count: int):
    tasks = tuple(task(number, title="Fax the clearance", quote="Please fax the clearance") for number in range(count))
    claim = Finding(kind="looks_done", title="fax the clearance", quote="I faxed it", engine="embedded")

    assert judge(message(), reading(claim), context(thread_tasks=tasks)).events == ()


def test_an_opened_task_keeps_what_the_finding_says():
    finding = replace(FAX, waiting=True, owner="tom@vendor.example", priority="high", patient="Mr. Alvarez")
    (event,) = judge(message(), reading(finding), context()).events

    assert isinstance(event.change, TaskOpened)
    assert event.actor == "assistant"
    assert (event.change.owner, event.change.waiting, event.change.coordinator) == (
        "tom@vendor.example",
        True,
        DANA.email,
    )
