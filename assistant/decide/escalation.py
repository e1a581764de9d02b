"""Time passes, overdue tasks -> whom to call: one rung of the ladder at a time, and never twice the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from assistant.decide.digest import urgency
from assistant.decide.worktime import NEVER, comes_back_at, instant, is_quiet, passes_at
from assistant.records import (
    Decision,
    EscalationCall,
    EscalationPolicy,
    EscalationStep,
    LedgerEvent,
    Notice,
    Person,
    Role,
    Task,
    TaskEscalated,
)

_MOST_IN_MAIL = 50
"""Tasks for which one mail calls: a mail names all of them, and no mailbox may cut it."""
_PUT_RIGHT = timedelta(minutes=10)
"""By so much every clock is put right now and then; what we noted for later than that, a wrong one told us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rung:
    """One task that is called now: at which step, to whom, and what names it for ever."""

    task: Task
    step: int
    to: tuple[Person, ...]
    owner: Person
    effect: str
    climbs: bool
    """Whether others are called after these."""


def climb(
    tasks: Iterable[Task],
    *,
    policy: EscalationPolicy,
    people: tuple[Person, ...],
    now: datetime,
    crowd: frozenset[int] = frozenset(),
    yielding: frozenset[int] = frozenset(),
) -> Decision:
    """Return the calls that are due at `now`, one mail to each person, with the events that record them.

    Only open, certain, overdue tasks climb, and only while nobody has acknowledged or snoozed them. The first step
    comes `after` the moment they were last left to themselves, each further one `after` the one before it went out: a
    task climbs one step at a time, however long the assistant was down. After the last step only the digest goes on.
    Those of the `crowd` call nobody: strangers sent them in a flood. Those that are `yielding` call nobody but who must
    act: many that we do not know are not to wake others before one of us has taken up what they ask.
    """
    calling = (task for task in tasks if task.number not in crowd)
    rungs = [
        rung
        for task in calling
        if (rung := _rung(task, policy, people, now, climbs=task.number not in yielding)) is not None
    ]
    rungs.sort(key=lambda rung: urgency(rung.task, rung.owner))
    return Decision(events=tuple(_event(rung, now) for rung in rungs), notices=_notices(rungs, now))


def _rung(
    task: Task, policy: EscalationPolicy, people: tuple[Person, ...], now: datetime, *, climbs: bool
) -> _Rung | None:
    owner = _responsible(task, people)
    if owner is None or task.state != "open" or not task.certain:
        return None
    until = _noted_until(task, now)
    left_at = _left_at(_known(task, owner, until), owner)
    steps = _steps(policy, task)
    step, from_then = _next(task, left_at, until)
    # In this order: a task without a deadline is left at the end of time, to which nothing can be added.
    if left_at >= now or step >= len(steps) or from_then + steps[step].after > now:
        return None
    step, to = _recipients(steps, step, owner, people) if climbs else (step, (owner,))
    # Where several stand on a rung, those who are awake do not wait for those who sleep.
    if task.priority not in policy.ignores_quiet_hours:
        to = tuple(person for person in to if not is_quiet(now, person))
    if not to:
        return None
    # The version keeps a task that was reopened or given away apart from its former climb, with the same deadline.
    effect = f"escalated:{task.number}:{left_at.isoformat()}:{task.version}:{step}"
    return _Rung(task=task, step=step, to=to, owner=owner, effect=effect, climbs=climbs)


def _responsible(task: Task, people: tuple[Person, ...]) -> Person | None:
    """Return who must act: the owner; where that is none of ours, the coordinator, who has to chase them."""
    return _person(task.owner, people) or _person(task.coordinator, people)


def _person(email: str | None, people: tuple[Person, ...]) -> Person | None:
    return next((person for person in people if email is not None and person.is_at(email)), None)


def _left_at(task: Task, owner: Person) -> datetime:
    """Return when the clock starts: the deadline has passed, no promise or snooze holds, and its owner has it.

    Who is given an overdue task, or opens one again, has the same time for it as everybody.
    """
    moments = (passes_at(task, owner), task.acknowledged_until, comes_back_at(task, owner), task.left_since)
    left_at = max(moment for moment in moments if moment is not None).astimezone(UTC)
    if task.deadline is None and task.priority == "critical" and task.escalated_at is not None and _has_begun(task):
        # The end of its day had come.
        return min(left_at, task.escalated_at)
    return left_at


def _noted_until(task: Task, now: datetime) -> datetime:
    """Return up to when what was noted of a task can be: what is of later came from a clock that ran ahead.

    So does what is of later than the task's last event: it stays unheard also when that later moment comes.
    """
    return min(now, task.changed_at, NEVER - _PUT_RIGHT) + _PUT_RIGHT


def _known(task: Task, owner: Person, until: datetime) -> Task:
    """Return the task as if no word had been given of later than `until`."""
    if task.left_since is not None and task.left_since > until:
        task = replace(task, left_since=None, acknowledged_until=None)
    if task.opened_at > until and task.said_on is not None:
        task = replace(task, opened_at=instant(task.said_on, time(), owner.calendar.zone))
    # Whoever gives a promise ends the climb; what climbs has none, or one that a wrong clock gave too long a time.
    return replace(task, acknowledged_until=None) if _has_begun(task) else task


def _has_begun(task: Task) -> bool:
    """Return whether somebody was called about it since it was last left to its owner."""
    if task.escalation_step is None or task.escalated_at is None:
        return False
    return task.left_since is None or task.left_since <= task.escalated_at


def _next(task: Task, left_at: datetime, until: datetime) -> tuple[int, datetime]:
    """Return the step that comes next and the moment from which its delay counts."""
    if task.escalation_step is None or task.escalated_at is None:
        return 0, left_at
    if task.escalated_at > until:
        return task.escalation_step + 1, left_at
    return (0, left_at) if task.escalated_at < left_at else (task.escalation_step + 1, task.escalated_at)


def _steps(policy: EscalationPolicy, task: Task) -> tuple[EscalationStep, ...]:
    return {"critical": policy.critical, "high": policy.high, "normal": policy.normal}[task.priority]


def _recipients(
    steps: tuple[EscalationStep, ...], step: int, owner: Person, people: tuple[Person, ...]
) -> tuple[int, tuple[Person, ...]]:
    """Return who is called, and the step that this is: where nobody stands on a rung, the next that has somebody."""
    for above in range(step, len(steps)):
        found = [_in_role(role, owner, people) for role in steps[above].to]
        called = tuple(dict.fromkeys(person for person in found if person is not None))
        if called:
            return above, called
    return step, (owner,)


def _in_role(role: Role, owner: Person, people: tuple[Person, ...]) -> Person | None:
    match role:
        case "owner":
            return owner
        case "backup":
            return _person(owner.backup, people)
        case "supervisor":
            return _person(owner.supervisor, people)


def _event(rung: _Rung, now: datetime) -> LedgerEvent:
    return LedgerEvent(
        id=0,
        number=rung.task.number,
        at=now,
        actor="assistant",
        source="tick",
        change=TaskEscalated(step=rung.step, to=tuple(person.email for person in rung.to)),
        effect=rung.effect,
    )


def _notices(rungs: list[_Rung], now: datetime) -> tuple[Notice, ...]:
    """Return one mail for each person; where more tasks call them than it has room for, as few as hold them."""
    called: dict[str, tuple[Person, list[_Rung]]] = {}
    for rung in rungs:
        for person in rung.to:
            called.setdefault(person.email, (person, []))[1].append(rung)
    return tuple(
        _notice(person, theirs[first : first + _MOST_IN_MAIL], now)
        for person, theirs in called.values()
        for first in range(0, len(theirs), _MOST_IN_MAIL)
    )


def _notice(person: Person, rungs: list[_Rung], now: datetime) -> Notice:
    effects = "\n".join(sorted(rung.effect for rung in rungs))
    return Notice(
        key=f"escalation:{person.email}:{hashlib.sha256(effects.encode()).hexdigest()}",
        content=EscalationCall(
            person=person,
            now=now,
            tasks=tuple(replace(rung.task, escalation_step=rung.step, escalated_at=now) for rung in rungs),
            step=max(rung.step for rung in rungs),
            is_owner=all(rung.owner == person for rung in rungs),
            alone=sum(not rung.climbs for rung in rungs),
            silent=tuple(dict.fromkeys(rung.owner.email for rung in rungs if rung.owner != person)),
        ),
    )
