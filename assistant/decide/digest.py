"""Time passes -> whether a person's digest is due; their tasks -> the digest, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from assistant.decide.worktime import NEVER, comes_back_at, instant, local_day, passes_at
from assistant.records import Balance, ChainHead, Digest, DigestStop, Person, QuarantinedMail, Task

CAUGHT_UP_WITHIN = timedelta(hours=12)
"""A digest that was missed by more is left out: the next one says it all."""
LATE_AFTER = timedelta(minutes=60)

_DOUBT = (
    "The count of mails does not add up: a mail may be missing from this digest. "
    "Please look through your inbox, and tell whoever runs the assistant."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDigest:
    local_day: date
    """The day it is for, in the person's zone; there is one digest for each."""
    is_late: bool


def due_digest(person: Person, last_day: date | None, now: datetime) -> DueDigest | None:
    """Return the digest that `person` is owed now, or None.

    Of several days that were missed only the newest is caught up. Yesterday's may still be owed after midnight.

    Args:
        person: Whose calendar, zone and digest time count.
        last_day: The local day of their newest digest; None where there was none.
        now: Aware.

    """
    if person.digest_at is None:
        return None
    today = local_day(now, person)
    for day in (today, today - timedelta(days=1)):
        if last_day is not None and day <= last_day:
            return None
        late_by = now - instant(day, person.digest_at, person.calendar.zone)
        if person.calendar.is_workday(day) and timedelta(0) <= late_by < CAUGHT_UP_WITHIN:
            return DueDigest(local_day=day, is_late=late_by > LATE_AFTER)
    return None


def rests(person: Person, due: DueDigest, stop: DigestStop | None) -> bool:
    """Return whether a digest is left out by its reader's own word: those whose hour comes before the word ends."""
    if stop is None or person.digest_at is None:
        return False
    return stop.holds(instant(due.local_day, person.digest_at, person.calendar.zone))


def compose(
    *,
    person: Person,
    due: DueDigest,
    number: int,
    tasks: Iterable[Task],
    closed: Iterable[Task],
    balance: Balance,
    unreadable: tuple[QuarantinedMail, ...],
    warnings: tuple[str, ...],
    now: datetime,
    head: ChainHead | None = None,
    crowd: frozenset[int] = frozenset(),
    yielding: frozenset[int] = frozenset(),
) -> Digest:
    """Return `person`'s digest of all `tasks` that are theirs; each open one stands in exactly one section.

    So does what others have and an escalation called them about. `closed` are those that were closed since the last
    digest. A balance that does not add up is shown with a warning:
    a digest that says so is worth more than none. The tasks of the `crowd` stand for themselves, by who sent them;
    those that are `yielding`, of senders whom we do not know either, stand in a section of their own behind all others.
    """
    tasks = [task for task in tasks if task.state == "open"]
    called = (task for task in tasks if person.email in task.called and not is_theirs(task, person))
    shown, snoozed = _awake((task for task in tasks if is_theirs(task, person)), person, now)
    names = ("overdue", "today", "later", "waiting", "needs_look", "newcomers", "strangers")
    sections: dict[str, list[Task]] = {name: [] for name in names}
    for task in sorted(shown, key=lambda task: urgency(task, person)):
        aside = "strangers" if task.number in crowd else "newcomers" if task.number in yielding else None
        sections[aside or _section(task, person, now)].append(task)
    return Digest(
        number=number,
        person=person,
        local_day=due.local_day,
        now=now,
        is_late=due.is_late,
        balance=balance,
        overdue=tuple(sections["overdue"]),
        called=tuple(sorted(called, key=lambda task: urgency(task, person))),
        today=tuple(sections["today"]),
        later=tuple(sections["later"]),
        waiting=tuple(sections["waiting"]),
        needs_look=tuple(sections["needs_look"]),
        newcomers=tuple(sections["newcomers"]),
        strangers=tuple(sections["strangers"]),
        unreadable=unreadable,
        closed=tuple(sorted((one for one in closed if _concerns(one, person)), key=lambda task: task.number)),
        snoozed=snoozed,
        warnings=(*warnings, *_doubts(balance)),
        head=head,
    )


def is_theirs(task: Task, person: Person) -> bool:
    """Return whether the task belongs on `person`'s list: they owe it, or it came in for them."""
    return person.is_at(task.coordinator) or (task.owner is not None and person.is_at(task.owner))


def _concerns(task: Task, person: Person) -> bool:
    return is_theirs(task, person) or person.email in task.called


def urgency(task: Task, person: Person) -> tuple[bool, datetime, int]:
    """Sort by this: critical first, then by deadline, then by number."""
    return task.priority != "critical", passes_at(task, person), task.number


def _awake(tasks: Iterable[Task], person: Person, now: datetime) -> tuple[list[Task], int]:
    """Return the tasks that are shown, and how many are snoozed beyond today.

    What comes back later today is shown: there is no second digest that day.
    """
    tomorrow = instant(local_day(now, person) + timedelta(days=1), time(0), person.calendar.zone)
    shown: list[Task] = []
    snoozed = 0
    for task in tasks:
        back_at = comes_back_at(task, person)
        if back_at is not None and back_at >= tomorrow:
            snoozed += 1
        else:
            shown.append(task)
    return shown, snoozed


def _section(task: Task, person: Person, now: datetime) -> str:
    if not task.certain or task.marked is not None:
        return "needs_look"
    if task.is_others(person):
        return "waiting"
    passes = passes_at(task, person)
    if passes < now:
        return "overdue"
    if passes != NEVER and local_day(passes, person) <= local_day(now, person):
        return "today"
    return "later"


def _doubts(balance: Balance) -> tuple[str, ...]:
    return () if balance.adds_up else (_DOUBT,)
