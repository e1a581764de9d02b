from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, cast, get_args

import pytest

from assistant.ledger.codec import decode, encode
from assistant.records import (
    AwayNoted,
    Change,
    ChangesUndone,
    Deadline,
    DeadlineSet,
    EvidenceAdded,
    EvidenceParted,
    HoldingNoted,
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
from tests.ledger.test_fold import OPENED, folded

MIDNIGHT = datetime(2026, 3, 10, tzinfo=UTC)
SAMPLES: list[Change] = [
    OPENED,
    TaskDone(),
    TaskDropped(reason="ñ “quoted”"),
    TaskReopened(),
    TaskSnoozed(until=date(2026, 3, 10)),
    TaskSnoozed(until=MIDNIGHT),
    DeadlineSet(deadline=Deadline(due=MIDNIGHT, words="midnight", rule="clock")),
    DeadlineSet(deadline=None),
    TaskAssigned(owner="priya@clinic.example"),
    NoteAdded(text="line\nbreak"),
    TaskAcknowledged(until=MIDNIGHT),
    PrioritySet(priority="critical"),
    TaskEscalated(step=2, to=("a@clinic.example", "b@clinic.example")),
    TaskMarked(claim="looks_moved", quote="moved to Monday"),
    EvidenceAdded(asked=OPENED, mail="k2", forward_to=Deadline(due=MIDNIGHT, words="tonight", rule="clock")),
    EvidenceParted(event_ids=(2,)),
    HoldingNoted(quote="I'll check", said_by="tom@vendor.example", until=None),
    AwayNoted(
        quote="back on Monday",
        said_by="tom@vendor.example",
        until=Deadline(due=MIDNIGHT.date(), words="Monday", rule="weekday"),
    ),
    ChangesUndone(event_ids=(3, 4)),
]


@pytest.mark.parametrize("change", SAMPLES)
def test_a_record_comes_back_as_it_was(change: Change):
    back = decode(encode(change), type(change))

    assert back == change


def test_a_task_with_all_that_it_knows_comes_back_as_it_was():
    task = folded(
        *(change for change in SAMPLES if not isinstance(change, TaskOpened | ChangesUndone | EvidenceParted))
    )
    full = replace(task, notes=("a", "b"), may_repeat=3, snoozed_until=MIDNIGHT)

    assert full.evidence
    assert full.away
    assert decode(encode(full), Task) == full


def test_midnight_stays_an_instant_and_a_day_stays_a_day():
    instant = decode(encode(TaskSnoozed(until=MIDNIGHT)), TaskSnoozed)
    day = decode(encode(TaskSnoozed(until=MIDNIGHT.date())), TaskSnoozed)

    assert isinstance(instant.until, datetime)
    assert not isinstance(day.until, datetime)


def test_every_change_has_a_sample():
    assert {type(sample) for sample in SAMPLES} == set(get_args(Change))


def test_another_record_is_refused():
    with pytest.raises(ValueError, match="expected TaskDone"):
        decode(encode(TaskReopened()), cast("type[Any]", TaskDone))
