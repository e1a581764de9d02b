from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.ledger.fold import fold
from assistant.records import (
    AwayNoted,
    Change,
    ChangesUndone,
    Deadline,
    DeadlineSet,
    EvidenceAdded,
    EvidenceParted,
    HoldingNoted,
    LedgerEvent,
    NoteAdded,
    PrioritySet,
    Task,
    TaskAcknowledged,
    TaskAssigned,
    TaskDone,
    TaskDropped,
    TaskEscalated,
    TaskMarked,
    TaskOpened,
    TaskReopened,
    TaskSnoozed,
)

START = datetime(2026, 3, 10, 12, tzinfo=UTC)
FRIDAY = Deadline(due=date(2026, 3, 13), words="by Friday", rule="weekday")
OPENED = TaskOpened(
    title="Fax the clearance",
    quote="please fax the clearance",
    coordinator="dana@clinic.example",
    owner="dana@clinic.example",
    waiting=False,
    deadline=None,
    priority="normal",
    patient=None,
    requester="marcus@clinic.example",
    certain=False,
    engine="embedded",
    rule="please",
    thread="first@clinic.example",
)


def history(*changes: Change) -> list[LedgerEvent]:
    return [
        LedgerEvent(
            id=place,
            number=7,
            at=START + timedelta(minutes=place),
            actor="dana@clinic.example",
            source="m",
            change=change,
        )
        for place, change in enumerate((OPENED, *changes), start=1)
    ]


def folded(*changes: Change) -> Task:
    task = fold(history(*changes))
    assert task is not None
    return task


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        (TaskDone(), "state", "done"),
        (TaskDropped(reason="not mine"), "state", "dropped"),
        (TaskSnoozed(until=date(2026, 3, 16)), "snoozed_until", date(2026, 3, 16)),
        (DeadlineSet(deadline=FRIDAY), "deadline", FRIDAY),
        (TaskAssigned(owner="priya@clinic.example"), "owner", "priya@clinic.example"),
        (NoteAdded(text="left voicemail"), "notes", ("left voicemail",)),
        (TaskAcknowledged(until=START), "acknowledged_until", START),
        (PrioritySet(priority="high"), "priority", "high"),
        (TaskEscalated(step=1, to=("marcus@clinic.example",)), "escalation_step", 1),
        (TaskMarked(claim="looks_done", quote="sent it"), "marked", TaskMarked(claim="looks_done", quote="sent it")),
    ],
)
def test_a_change_shows_in_its_field(change: Change, field: str, value: object):
    task = fold(history(change))

    assert getattr(task, field) == value


def test_a_persons_word_makes_a_possible_task_certain_and_starts_its_clocks_anew():
    task = fold(history(TaskEscalated(step=0, to=()), TaskMarked(claim="looks_done", quote="x"), TaskReopened()))

    assert task is not None
    assert (task.certain, task.marked, task.escalation_step) == (True, None, None)


def test_an_undone_event_counts_as_if_it_had_never_been():
    task = fold(history(TaskDone(), NoteAdded(text="called"), ChangesUndone(event_ids=(2, 3))))

    assert task is not None
    assert (task.state, task.notes, task.version) == ("open", (), 4)


@pytest.mark.parametrize(
    "word", [TaskReopened(), TaskAssigned(owner="priya@clinic.example"), ChangesUndone(event_ids=(3,))]
)
def test_whoever_gives_reopens_or_takes_back_leaves_a_task_to_its_owner_anew(word: Change):
    task = folded(TaskEscalated(step=1, to=("priya@clinic.example",)), TaskDone(), word)

    assert (task.escalation_step, task.left_since) == (None, task.changed_at)


def test_a_task_whose_opening_was_undone_is_gone():
    assert fold(history(ChangesUndone(event_ids=(1,)))) is None


def test_the_order_in_which_events_are_handed_over_does_not_matter():
    events = history(TaskDone(), TaskReopened(), NoteAdded(text="called"))

    assert fold(reversed(events)) == fold(events)


MONDAY = Deadline(due=date(2026, 3, 16), words="by Monday", rule="weekday")
AGAIN = replace(OPENED, quote="any news on the clearance?", thread="second@clinic.example")


def test_being_asked_for_again_adds_evidence_and_can_only_press():
    urgent = EvidenceAdded(asked=replace(AGAIN, priority="high", certain=True, patient="Mrs. Nowak"), mail="m2")
    calm = EvidenceAdded(asked=AGAIN, mail="m3")
    task = folded(TaskSnoozed(until=date(2026, 3, 30)), urgent, calm)

    assert [one.mail for one in task.evidence] == ["m2", "m3"]
    assert (task.priority, task.certain, task.patient, task.snoozed_until) == ("high", True, "Mrs. Nowak", None)
    assert task.quote == OPENED.quote


def test_an_earlier_deadline_starts_the_clocks_anew():
    task = folded(
        DeadlineSet(deadline=MONDAY),
        TaskEscalated(step=0, to=()),
        TaskAcknowledged(until=START),
        EvidenceAdded(asked=AGAIN, mail="m2", forward_to=FRIDAY),
    )

    assert (task.deadline, task.escalation_step, task.acknowledged_until) == (FRIDAY, None, None)


def test_evidence_that_is_parted_counts_no_more_until_that_is_undone():
    joined = (DeadlineSet(deadline=MONDAY), EvidenceAdded(asked=AGAIN, mail="m2", forward_to=FRIDAY))
    parted = folded(*joined, EvidenceParted(event_ids=(3,)))
    undone = folded(*joined, EvidenceParted(event_ids=(3,)), ChangesUndone(event_ids=(4,)))

    assert (parted.evidence, parted.deadline) == ((), MONDAY)
    assert (len(undone.evidence), undone.deadline) == (1, FRIDAY)


@pytest.mark.parametrize(("standing", "expected"), [(FRIDAY, FRIDAY), (None, MONDAY)])
def test_a_promise_puts_no_deadline_off_but_gives_one_where_there_is_none(
    standing: Deadline | None, expected: Deadline
):
    promise = HoldingNoted(quote="I'll have it Monday", said_by="tom@vendor.example", until=MONDAY)
    task = folded(DeadlineSet(deadline=standing), promise)

    assert (task.promised, task.deadline) == (promise, expected)


def test_who_takes_a_task_over_inherits_neither_promise_nor_absence():
    promise = HoldingNoted(quote="I'll check", said_by="tom@vendor.example", until=None)
    away = AwayNoted(quote="back Monday", said_by="tom@vendor.example", until=MONDAY)
    task = folded(promise, away, TaskAssigned(owner="priya@clinic.example"))

    assert (task.promised, task.away) == (None, None)


def test_a_persons_word_settles_whether_it_repeats_another():
    doubtful = replace(OPENED, may_repeat=3)
    first = LedgerEvent(id=1, number=7, at=START, actor="a", source="m", change=doubtful)
    second = replace(first, id=2, change=TaskAcknowledged(until=START))
    opened, settled = fold([first]), fold([first, second])

    assert opened is not None
    assert settled is not None
    assert (opened.may_repeat, settled.may_repeat) == (3, None)
