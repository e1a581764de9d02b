from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.decide.commands import Operation, changed_by_other, read_reply, seen_mark, version_of_mark
from assistant.decide.commands.acting.seen import command_for
from assistant.records import (
    Change,
    ChangesUndone,
    Deadline,
    LedgerEvent,
    NoteAdded,
    TaskAssigned,
    TaskDone,
    TaskEscalated,
    TaskReopened,
)
from assistant.understand.deadlines import parse_when
from tests.decide.commands.replies_made import DANA, NOW, PRIYA, RUTH, digest
from tests.decide.tasks_made import ZONE

NOTE = NoteAdded(text="see me first")


def events(*made: tuple[str, Change]) -> tuple[LedgerEvent, ...]:
    """Return a task's events from id 11 on, a minute apart."""
    return tuple(
        LedgerEvent(
            id=11 + place, number=12, at=NOW + timedelta(minutes=place), actor=actor, source=f"mail-{place}", change=one
        )
        for place, (actor, one) in enumerate(made)
    )


@pytest.mark.parametrize(
    ("made", "version", "found"),
    [
        (((PRIYA.email, NOTE),), 10, 11),
        (((PRIYA.email, NOTE),), 11, None),
        (((DANA.email, NOTE),), 10, None),
        (((DANA.email.upper(), NOTE),), 10, None),
        ((("assistant", TaskEscalated(step=0, to=(DANA.email,))),), 10, None),
        (((PRIYA.email, NOTE), (DANA.email, TaskAssigned(owner=DANA.email))), 10, 11),
        (((PRIYA.email, NOTE), (RUTH.email, TaskDone())), 10, 12),
        (((PRIYA.email, NOTE), (PRIYA.email, ChangesUndone(event_ids=(11,)))), 10, None),
        (((PRIYA.email, NOTE), (RUTH.email, TaskDone()), (RUTH.email, ChangesUndone(event_ids=(12,)))), 10, 11),
        # What the mail showed is taken back: that is news.
        (((PRIYA.email, TaskDone()), (PRIYA.email, ChangesUndone(event_ids=(11,)))), 11, 12),
        (((DANA.email, TaskDone()), (PRIYA.email, TaskReopened())), 11, 12),
        ((), 10, None),
    ],
)
def test_the_last_unseen_change_of_somebody_else_is_found(
    made: tuple[tuple[str, Change], ...], version: int, found: int | None
):
    event = changed_by_other(events(*made), DANA, version=version, at=NOW - timedelta(days=9))

    assert (event.id if event else None) == found


@pytest.mark.parametrize(("minutes", "found"), [(-1, 12), (0, 12), (1, None), (5, None)])
def test_where_no_version_is_known_the_time_of_the_mail_counts(minutes: int, found: int | None):
    history = events((DANA.email, NOTE), (PRIYA.email, NOTE))
    event = changed_by_other(history, DANA, version=None, at=NOW + timedelta(minutes=minutes))

    assert (event.id if event else None) == found


def deadline(due: date | datetime) -> Deadline:
    return Deadline(due=due, words="as written", rule="test")


@pytest.mark.parametrize(
    "operation",
    [
        Operation(op="done", number=12),
        Operation(op="drop", number=12),
        Operation(op="drop", number=12, of=9),
        Operation(op="reopen", number=12),
        Operation(op="priority", number=12, level="normal"),
        Operation(op="assign", number=12, to=PRIYA.email),
        Operation(op="snooze", number=12, until=deadline(date(2026, 3, 16))),
        Operation(op="snooze", number=12, until=deadline(datetime(2026, 3, 16, 14, 30, tzinfo=UTC))),
        Operation(op="due", number=12, until=deadline(date(2027, 1, 4))),
        Operation(op="due", number=12, until=deadline(datetime(2026, 7, 1, 3, 5, tzinfo=UTC))),
    ],
)
@pytest.mark.parametrize("day_first", [False, True])
def test_a_choice_reads_as_the_command_that_it_stands_for(operation: Operation, *, day_first: bool):
    local = NOW.astimezone(ZONE)
    asked = digest(when=lambda phrase: parse_when(phrase, local, DANA.calendar, day_first=day_first))
    reading = read_reply(command_for(operation, ZONE), asked)

    assert (reading.ask, reading.not_understood) == (None, ())
    found = [(one.op, one.number, one.of, one.to, one.level) for one in reading.operations]
    assert found == [(operation.op, 12, operation.of, operation.to, operation.level)]
    until = reading.operations[0].until
    assert (until.due if until else None) == (operation.until.due if operation.until else None)


def by_priya(*sources: str) -> tuple[LedgerEvent, ...]:
    """Return notes of Priya's from these mails, from id 11 on, each followed by one of Dana's own."""
    pairs = [
        LedgerEvent(id=11 + place, number=12, at=NOW, actor=actor, source=source, change=NOTE)
        for place, (actor, source) in enumerate(
            (actor, source) for one in sources for actor, source in ((PRIYA.email, one), (DANA.email, f"dana-{one}"))
        )
    ]
    return tuple(pairs)


@pytest.mark.parametrize(
    ("shown", "now", "given", "version"),
    [
        ((), (), (), 0),
        ((), ("a",), (), 0),
        (("a",), ("a",), (), 11),
        (("a",), ("a", "b"), (), 11),
        (("a", "b"), ("b", "a"), (), 13),
        # Read in another order, what was seen and what was not cannot be told apart.
        (("a", "c"), ("a", "b", "c"), (), None),
        (("a",), ("b",), (), None),
        (("a", "b"), ("a",), (), None),
        # What a handoff tells of is written after its mark.
        (("a",), ("a", "given"), ("given",), 13),
        (("a",), ("given", "a"), ("given",), 13),
        (("a",), ("a", "given", "b"), ("given",), 13),
        (("a", "given"), ("a", "given"), ("given",), 13),
    ],
)
def test_what_a_mail_showed_is_known_by_the_mails_it_came_from(
    shown: tuple[str, ...], now: tuple[str, ...], given: tuple[str, ...], version: int | None
):
    mark = seen_mark(by_priya(*shown), DANA)

    assert version_of_mark(by_priya(*now), DANA, mark, given=given) == version
