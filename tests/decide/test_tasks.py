from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from assistant.decide.tasks import MailContext, effect_of, judge
from assistant.records import (
    AwayNoted,
    Calendar,
    Change,
    Deadline,
    EvidenceAdded,
    Finding,
    HoldingNoted,
    Person,
    Reading,
    Task,
    TaskMarked,
    TaskOpened,
)
from tests.decide.tasks_made import task
from tests.messages import NOW, message

DANA = Person(email="dana@clinic.example", name="Dana", calendar=Calendar(zone=ZoneInfo("America/New_York")))
TODAY = date(2026, 3, 10)
FAX = Finding(
    kind="task", title="Fax the clearance", quote="Please fax the clearance", engine="embedded", said_on=TODAY
)


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


KIM = {"title": "Arrange transport for Mrs. Kim", "quote": "Could you arrange transport for Mrs. Kim?"}


@pytest.mark.parametrize(
    ("quote", "is_marked"),
    [
        ("Never mind, Mrs. Kim cancelled her visit.", True),
        ("Transport is all set, thanks!", True),
        ("The EKG is done.", False),
    ],
)
def test_of_the_one_task_of_a_thread_few_words_tell(quote: str, is_marked: bool):  # noqa: FBT001 - a table
    claim = Finding(kind="looks_done", title=quote, quote=quote, engine="embedded")
    decision = judge(message(), reading(claim), context(thread_tasks=(task(3, **KIM),)))
    two = judge(message(), reading(claim), context(thread_tasks=(task(3, **KIM), task(4, title="Call her son"))))

    assert len(decision.events) == is_marked
    assert two.events == ()


def test_a_claim_is_about_the_coordinators_own_task_before_that_of_others():
    theirs = task(4, coordinator="tom@clinic.example", owner="tom@clinic.example", **KIM)
    claim = Finding(kind="looks_done", title=KIM["title"], quote="Transport is arranged.", engine="embedded")
    both = judge(message(), reading(claim), context(thread_tasks=(task(3, **KIM), theirs)))
    alone = judge(message(), reading(claim), context(thread_tasks=(theirs,)))

    assert [[event.number for event in one.events] for one in (both, alone)] == [[3], [4]]


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


REQUEST = Finding(
    kind="task",
    title="Fax the cardiac clearance",
    quote="Please fax the cardiac clearance",
    patient="Mrs. Nowak",
    said_by="preop@hospital.example",
    said_on=TODAY,
    engine="embedded",
)
STANDING = task(
    3,
    title="Fax the cardiac clearance",
    quote="Can you fax the cardiac clearance",
    patient="Irena Nowak",
    requester="preop@hospital.example",
    owner=None,
    said_on=date(2026, 3, 9),
    thread="t0",
)
MONDAY = Deadline(due=date(2026, 3, 16), words="by Monday", rule="weekday")
TUESDAY = replace(MONDAY, due=date(2026, 3, 17), words="by Tuesday")


def changes(finding: Finding, *tasks: Task) -> list[tuple[int, Change]]:
    in_thread = tuple(one for one in tasks if one.thread == "t1")
    decision = judge(message(), reading(finding), context(open_tasks=tasks, thread_tasks=in_thread))
    return [(event.number, event.change) for event in decision.events]


def test_what_is_asked_again_joins_the_open_task_and_opens_none():
    ((number, change),) = changes(REQUEST, STANDING)

    assert number == 3
    assert isinstance(change, EvidenceAdded)
    assert (change.mail, change.asked.quote, change.forward_to) == ("k1", REQUEST.quote, None)


def test_a_mail_that_only_asks_again_counts_as_one_with_tasks():
    assert judge(message(), reading(REQUEST), context(open_tasks=(STANDING,))).state == "tasks"


def test_what_may_be_the_same_opens_a_task_that_names_the_other():
    ((number, change),) = changes(replace(REQUEST, patient=None), STANDING)

    assert number == 7
    assert isinstance(change, TaskOpened)
    assert change.may_repeat == 3


@pytest.mark.parametrize(
    ("standing", "new", "forward_to", "marks"),
    [
        (None, MONDAY, MONDAY, 0),
        (TUESDAY, MONDAY, MONDAY, 0),
        (MONDAY, MONDAY, None, 0),
        (MONDAY, None, None, 0),
        (MONDAY, TUESDAY, None, 1),
    ],
)
def test_an_earlier_deadline_counts_and_a_later_one_is_only_shown(
    standing: Deadline | None, new: Deadline | None, forward_to: Deadline | None, marks: int
):
    found = changes(replace(REQUEST, deadline=new), replace(STANDING, deadline=standing))

    assert isinstance(found[0][1], EvidenceAdded)
    assert found[0][1].forward_to == forward_to
    told = f"{REQUEST.quote} ... {TUESDAY.words}"
    assert [change for _, change in found[1:]] == [TaskMarked(claim="looks_moved", quote=told)] * marks


def test_the_words_of_another_date_are_told_once():
    new = replace(REQUEST, quote=f"Please fax the cardiac clearance {TUESDAY.words}.", deadline=TUESDAY)
    found = changes(new, replace(STANDING, deadline=MONDAY))

    assert found[-1][1] == TaskMarked(claim="looks_moved", quote=new.quote)


def test_one_mail_asks_for_one_task_once():
    twice = reading(REQUEST, replace(REQUEST, quote="Could you fax the cardiac clearance?"))
    decision = judge(message(), twice, context(open_tasks=(STANDING,)))

    assert [type(event.change) for event in decision.events] == [EvidenceAdded, TaskOpened]


def test_a_mail_is_no_further_evidence_of_its_own_task():
    ((_, change),) = changes(REQUEST, replace(STANDING, source="k1"))

    assert isinstance(change, TaskOpened)


TOM = "tom@vendor.example"
WAITED = task(5, title="Wait for the quote from Tom", owner=TOM, waiting=True, thread="t1")
HOLDING = Finding(kind="holding", title="holds", quote="I'll check and get back to you", said_by=TOM, engine="embedded")
AWAY = Finding(
    kind="away", title="is away", quote="I am back on Monday", said_by=TOM, deadline=MONDAY, engine="embedded"
)


def test_a_holding_answer_is_noted_with_what_we_wait_for():
    promise = replace(HOLDING, deadline=MONDAY)

    assert changes(promise, WAITED) == [(5, HoldingNoted(quote=HOLDING.quote, said_by=TOM, until=MONDAY))]


@pytest.mark.parametrize(
    "other",
    [
        replace(WAITED, thread="t2"),
        replace(WAITED, owner="ann@vendor.example"),
        replace(WAITED, owner=DANA.email, waiting=False),
        replace(WAITED, state="done"),
    ],
)
def test_a_holding_answer_says_nothing_of_other_tasks(other: Task):
    assert changes(HOLDING, other) == []


def test_a_promise_of_what_we_wait_for_already_opens_no_second_task():
    promise = Finding(
        kind="task", title="Wait for Tom", quote=HOLDING.quote, said_by=TOM, owner=TOM, waiting=True, engine="embedded"
    )
    alone = judge(message(), reading(promise, HOLDING), context())
    beside = judge(message(), reading(promise, HOLDING), context(thread_tasks=(WAITED,)))

    assert [type(event.change) for event in alone.events] == [TaskOpened]
    assert [type(event.change) for event in beside.events] == [HoldingNoted]


def test_an_absence_is_noted_with_all_that_the_person_owes_us():
    elsewhere = replace(WAITED, number=6, thread="t2")
    ours = replace(WAITED, number=8, owner=DANA.email, waiting=False)
    noted = AwayNoted(quote=AWAY.quote, said_by=TOM, until=MONDAY)

    assert changes(AWAY, WAITED, elsewhere, ours) == [(5, noted), (6, noted)]


def test_an_absence_without_an_end_changes_nothing():
    assert changes(replace(AWAY, deadline=None), WAITED) == []
