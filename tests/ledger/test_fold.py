from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.ledger.fold import fold
from assistant.records import (
    Change,
    ChangesUndone,
    Deadline,
    DeadlineSet,
    LedgerEvent,
    NoteAdded,
    PrioritySet,
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


def test_a_task_whose_opening_was_undone_is_gone():
    assert fold(history(ChangesUndone(event_ids=(1,)))) is None


def test_the_order_in_which_events_are_handed_over_does_not_matter():
    events = history(TaskDone(), TaskReopened(), NoteAdded(text="called"))

    assert fold(reversed(events)) == fold(events)
