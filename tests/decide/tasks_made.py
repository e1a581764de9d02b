"""Tasks and people for the tests of this folder: a small cardiology clinic in Chicago."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from assistant.records import Balance, Calendar, Deadline, Person, Task

ZONE = ZoneInfo("America/Chicago")
DANA = Person(
    email="dana@clinic.example",
    name="Dana Whitfield",
    aliases=frozenset({"d.whitfield@clinic.example"}),
    calendar=Calendar(zone=ZONE, holidays=frozenset({date(2026, 7, 3)})),
    backup="priya@clinic.example",
    supervisor="ruth@clinic.example",
)
PRIYA = replace(DANA, email="priya@clinic.example", name="Priya Raman", aliases=frozenset(), backup=None)
RUTH = replace(
    DANA, email="ruth@clinic.example", name="Ruth Adeyemi", aliases=frozenset(), backup=None, supervisor=None
)
PEOPLE = (DANA, PRIYA, RUTH)


def local(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return that moment of 2026 in Chicago, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def due(moment: date | datetime) -> Deadline:
    return Deadline(due=moment, words="as the mail says", rule="test")


def task(number: int, **changes: Any) -> Task:  # noqa: ANN401 - fields of Task, checked by its constructor
    plain = Task(
        number=number,
        state="open",
        title=f"Task {number}",
        quote="Please see to it.",
        coordinator=DANA.email,
        owner=DANA.email,
        waiting=False,
        deadline=None,
        priority="normal",
        patient=None,
        requester="lab@hospital.example",
        certain=True,
        engine="embedded",
        rule="request",
        thread="thread@hospital.example",
        source="mail",
        opened_at=local(3, 2, 9),
        changed_at=local(3, 2, 9),
        changed_by="assistant",
        version=number,
    )
    return replace(plain, **changes)


def balance(**changes: int) -> Balance:
    counts = {"read": 0, "tasks": 0, "no_task": 0, "automatic": 0, "answer": 0, "needs_person": 0, "waiting": 0}
    return Balance(**{**counts, **changes}, newest_at=None)
