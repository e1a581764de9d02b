from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assistant.decide.escalation import climb
from assistant.records import (
    Decision,
    EscalationCall,
    EscalationPolicy,
    EscalationStep,
    Person,
    Priority,
    Task,
    TaskEscalated,
    settled,
)
from tests.decide.tasks_made import DANA, PEOPLE, PRIYA, RUTH, due, local, task

HOUR = timedelta(hours=1)
LADDER = (
    EscalationStep(after=HOUR, to=("owner",)),
    EscalationStep(after=2 * HOUR, to=("backup",)),
    EscalationStep(after=3 * HOUR, to=("supervisor",)),
)
POLICY = EscalationPolicy(critical=LADDER, high=LADDER, normal=LADDER)
DUE = due(local(3, 10, 9))


def called(decision: Decision) -> list[tuple[int, int, tuple[str, ...]]]:
    return [
        (event.number, event.change.step, event.change.to)
        for event in decision.events
        if isinstance(event.change, TaskEscalated)
    ]


def after(task: Task, decision: Decision) -> Task:
    """Fold the decision's events into the task, as the ledger does."""
    for event in decision.events:
        if event.number == task.number and isinstance(event.change, TaskEscalated):
            step = {"escalation_step": event.change.step, "escalated_at": event.at}
            task = replace(task, **step, changed_at=event.at, version=task.version + 1)  # type: ignore[arg-type]
    return task


def as_noted(task: Task) -> Task:
    """Return the task as it is right after the newest that was noted of it."""
    moments = (task.opened_at, task.left_since, task.escalated_at, task.changed_at)
    return replace(task, changed_at=max(moment for moment in moments if moment is not None))


def climbs(one: Task, now: datetime, people: tuple[Person, ...] = PEOPLE) -> Decision:
    return climb((as_noted(one),), policy=POLICY, people=people, now=now)


def test_a_task_climbs_its_ladder_in_its_own_time_and_then_stops():
    one = task(12, deadline=DUE)
    seen: list[tuple[datetime, int, str]] = []
    now = local(3, 10, 8)
    while now < local(3, 12):
        decision = climbs(one, now)
        seen += [(now, step, to[0]) for _, step, to in called(decision)]
        one = after(one, decision)
        now += timedelta(minutes=5)

    assert seen == [
        (local(3, 10, 10), 0, DANA.email),
        (local(3, 10, 12), 1, PRIYA.email),
        (local(3, 10, 15), 2, RUTH.email),
    ]


def test_after_a_long_outage_a_task_takes_one_step_only():
    one = task(12, deadline=DUE)

    first = climbs(one, local(3, 12, 9))
    second = climbs(after(one, first), local(3, 12, 9, 1))

    assert called(first) == [(12, 0, (DANA.email,))]
    assert called(second) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "done"},
        {"state": "dropped"},
        {"certain": False},
        {"deadline": None},
        {"deadline": due(date(2026, 3, 10))},
        {"deadline": due(date.max)},
        {"acknowledged_until": local(3, 10, 13)},
        {"snoozed_until": local(3, 10, 13)},
        {"snoozed_until": date(2026, 3, 11)},
        {"coordinator": "left@clinic.example", "owner": None},
    ],
)
def test_what_is_not_open_certain_overdue_and_left_alone_does_not_climb(changes: dict[str, object]):
    one = replace(task(12, deadline=DUE), **changes)  # type: ignore[arg-type]

    assert climbs(one, local(3, 10, 12)) == Decision()


@pytest.mark.parametrize(
    ("changes", "starts"),
    [
        ({}, local(3, 10, 10)),
        ({"acknowledged_until": local(3, 10, 12)}, local(3, 10, 13)),
        ({"snoozed_until": local(3, 10, 13)}, local(3, 10, 14)),
        ({"snoozed_until": date(2026, 3, 11)}, local(3, 11, 9)),
        ({"acknowledged_until": local(3, 10, 8)}, local(3, 10, 10)),
        ({"left_since": local(3, 10, 12)}, local(3, 10, 13)),
        ({"left_since": local(3, 10, 7)}, local(3, 10, 10)),
    ],
)
def test_the_clock_starts_when_the_last_promise_has_run_out(changes: dict[str, object], starts: datetime):
    one = replace(task(12, deadline=DUE), **changes)  # type: ignore[arg-type]

    assert not climbs(one, starts - timedelta(seconds=1)).events
    assert climbs(one, starts).events


@pytest.mark.parametrize(
    ("opened", "left", "starts"),
    [
        (local(3, 10, 8), None, local(3, 10, 17)),
        (local(3, 10, 16, 59), None, local(3, 10, 17)),
        (local(3, 10, 17), None, local(3, 11, 17)),
        (local(3, 2, 8), local(3, 10, 8), local(3, 10, 17)),
    ],
)
def test_what_is_critical_and_has_no_date_is_late_when_the_day_ends_on_which_it_came(
    opened: datetime, left: datetime | None, starts: datetime
):
    one = task(12, priority="critical", opened_at=opened, left_since=left)

    assert not climbs(one, starts + HOUR - timedelta(seconds=1)).events
    assert called(climbs(one, starts + HOUR)) == [(12, 0, (DANA.email,))]
    assert not climbs(replace(one, priority="high"), starts + 50 * HOUR).events


@pytest.mark.parametrize(
    ("changes", "starts", "expected"),
    [
        ({"left_since": local(3, 20, 9), "acknowledged_until": local(3, 20, 13)}, local(3, 10, 10), (0, DANA.email)),
        ({"escalation_step": 0, "escalated_at": local(3, 20, 9)}, local(3, 10, 11), (1, PRIYA.email)),
        ({"escalation_step": 1, "escalated_at": local(3, 20, 9)}, local(3, 10, 12), (2, RUTH.email)),
        (
            {"deadline": None, "priority": "critical", "opened_at": local(3, 20, 9), "said_on": date(2026, 3, 10)},
            local(3, 10, 18),
            (0, DANA.email),
        ),
    ],
)
def test_what_a_clock_noted_that_ran_ahead_keeps_nobody_from_being_called(
    changes: dict[str, object], starts: datetime, expected: tuple[int, str]
):
    one = replace(task(12, deadline=DUE), **changes)  # type: ignore[arg-type]

    assert not climbs(one, starts - timedelta(seconds=1)).events
    assert called(climbs(one, starts)) == [(12, expected[0], (expected[1],))]


@pytest.mark.parametrize(
    "changes",
    [
        {"left_since": local(3, 10, 12, 5), "acknowledged_until": local(3, 10, 16)},
        {"escalation_step": 0, "escalated_at": local(3, 10, 12, 5)},
    ],
)
def test_a_clock_that_is_put_right_by_a_few_minutes_takes_back_no_word_and_hurries_no_step(changes: dict[str, object]):
    one = replace(task(12, deadline=DUE), **changes)  # type: ignore[arg-type]

    assert not climbs(one, local(3, 10, 12)).events


@pytest.mark.parametrize(
    "changes",
    [
        {"left_since": local(3, 12, 9), "acknowledged_until": local(3, 12, 13)},
        {"left_since": local(3, 10, 11), "acknowledged_until": local(3, 10, 15)},
        {"opened_at": local(3, 12, 9), "said_on": date(2026, 3, 9), "deadline": None, "priority": "critical"},
        {"opened_at": local(3, 10, 18), "said_on": date(2026, 3, 9), "deadline": None, "priority": "critical"},
    ],
)
def test_no_step_is_called_again_when_the_day_comes_to_which_a_clock_had_run_ahead(changes: dict[str, object]):
    one = as_noted(replace(task(12, deadline=DUE), **changes))  # type: ignore[arg-type]
    seen: list[int] = []
    now = local(3, 10, 10)
    while now < local(3, 20):
        decision = climb((one,), policy=POLICY, people=PEOPLE, now=now)
        seen += [step for _, step, _ in called(decision)]
        one = after(one, decision)
        now += HOUR / 2

    assert seen == [0, 1, 2]


def test_a_promise_that_ran_out_begins_the_ladder_anew():
    one = task(12, deadline=DUE, escalation_step=2, escalated_at=local(3, 10, 11))
    one = replace(settled(one, local(3, 10, 11, 30)), acknowledged_until=local(3, 10, 12))

    assert called(climbs(one, local(3, 10, 13))) == [(12, 0, (DANA.email,))]


def test_a_task_that_was_given_away_has_effects_of_its_own():
    before = climbs(task(12, deadline=DUE, version=3), local(3, 10, 10))
    afterwards = climbs(task(12, deadline=DUE, owner=PRIYA.email, version=9), local(3, 10, 10))

    assert before.events[0].effect != afterwards.events[0].effect


@pytest.mark.parametrize(
    ("owner", "coordinator", "expected"),
    [
        (PRIYA.email, DANA.email, PRIYA.email),
        ("D.Whitfield@clinic.example", PRIYA.email, DANA.email),
        ("dr.lee@hospital.example", DANA.email, DANA.email),
        (None, DANA.email, DANA.email),
    ],
)
def test_who_must_act_hears_first_and_for_outsiders_it_is_who_has_to_chase_them(
    owner: str | None, coordinator: str, expected: str
):
    one = task(12, deadline=DUE, owner=owner, coordinator=coordinator, waiting=True)

    assert called(climbs(one, local(3, 10, 10))) == [(12, 0, (expected,))]


@pytest.mark.parametrize(
    ("dana", "people", "expected"),
    [
        (replace(DANA, backup=None), PEOPLE, (2, RUTH.email)),
        (replace(DANA, backup="gone@clinic.example"), PEOPLE, (2, RUTH.email)),
        (replace(DANA, backup=None, supervisor=None), PEOPLE, (1, DANA.email)),
        (DANA, (DANA,), (1, DANA.email)),
    ],
)
def test_an_empty_rung_falls_through_to_the_next_person_and_at_last_to_the_owner(
    dana: Person, people: tuple[Person, ...], expected: tuple[int, str]
):
    one = task(12, deadline=DUE, escalation_step=0, escalated_at=local(3, 10, 10))
    known = (dana, *(person for person in people if person.email != dana.email))

    assert called(climbs(one, local(3, 10, 12), known)) == [(12, expected[0], (expected[1],))]


@pytest.mark.parametrize(
    ("priority", "now", "is_called"),
    [
        ("normal", local(3, 10, 18, 59), True),
        ("normal", local(3, 10, 19), False),
        ("high", local(3, 11, 3), False),
        ("critical", local(3, 11, 3), True),
        ("normal", local(3, 14, 12), False),  # a Saturday
        ("critical", local(3, 14, 12), True),
        ("normal", local(3, 11, 7), True),
    ],
)
def test_quiet_hours_hold_a_call_unless_its_priority_wakes_people(
    priority: Priority, now: datetime, *, is_called: bool
):
    assert bool(climbs(task(12, deadline=DUE, priority=priority), now).notices) is is_called


def test_who_is_awake_does_not_wait_for_who_sleeps():
    both = replace(POLICY, normal=(EscalationStep(after=HOUR, to=("owner", "backup")),))
    early = replace(PRIYA, quiet_from=DANA.quiet_until, quiet_until=DANA.quiet_from)

    found = climb((task(12, deadline=DUE),), policy=both, people=(DANA, early), now=local(3, 10, 12))

    assert called(found) == [(12, 0, (DANA.email,))]


def test_one_person_gets_one_mail_however_many_tasks_call():
    tasks = [task(number, deadline=due(local(3, 10, 9, number))) for number in range(1, 40)]
    tasks.append(task(40, deadline=DUE, priority="critical", escalation_step=0, escalated_at=local(3, 10, 10)))

    found = climb(tasks, policy=POLICY, people=PEOPLE, now=local(3, 10, 13))

    assert [notice.recipient.email for notice in found.notices] == [PRIYA.email, DANA.email]
    mine = found.notices[1].content
    assert isinstance(mine, EscalationCall)
    assert [one.number for one in mine.tasks] == list(range(1, 40))
    assert (mine.step, mine.is_owner, mine.tasks[0].escalation_step) == (0, True, 0)
    theirs = found.notices[0].content
    assert isinstance(theirs, EscalationCall)
    assert (theirs.step, theirs.is_owner) == (1, False)
    assert {event.actor for event in found.events} == {"assistant"}


def test_more_tasks_than_a_mail_has_room_for_call_with_several_mails_and_each_task_once():
    tasks = tuple(task(number, deadline=DUE) for number in range(1, 131))

    found = climb(tasks, policy=POLICY, people=PEOPLE, now=local(3, 10, 13))

    calls = [notice.content for notice in found.notices if isinstance(notice.content, EscalationCall)]
    assert [len(call.tasks) for call in calls] == [50, 50, 30]
    assert sorted(one.number for call in calls for one in call.tasks) == [number for number, _, _ in called(found)]
    assert len({notice.key for notice in found.notices}) == len(calls)


def test_the_same_state_gives_the_same_keys_and_another_step_others():
    one = task(12, deadline=DUE)
    first = climbs(one, local(3, 10, 10))
    again = climbs(one, local(3, 10, 11))
    later = climbs(after(one, first), local(3, 10, 12))

    assert first.notices[0].key == again.notices[0].key
    assert first.events[0].effect == again.events[0].effect
    assert {first.events[0].effect, first.notices[0].key}.isdisjoint({later.events[0].effect, later.notices[0].key})


_jumps = some.lists(some.integers(min_value=-3 * 86400, max_value=3 * 86400), max_size=40)


@settings(max_examples=80, deadline=None)
@given(_jumps, some.sampled_from(["critical", "high", "normal"]))
def test_no_step_is_called_twice_and_none_is_left_out_however_the_clock_jumps(jumps: list[int], priority: Priority):
    one = task(12, deadline=DUE, priority=priority)
    now = local(3, 10, 10)
    steps: list[int] = []
    for jump in jumps:
        now += timedelta(seconds=jump)
        decision = climbs(one, now)
        steps += [step for _, step, _ in called(decision)]
        one = after(one, decision)

    assert steps == list(range(len(steps)))


@settings(max_examples=80, deadline=None)
@given(some.lists(some.sampled_from(["tick", "ack", "snooze", "done"]), max_size=30))
def test_nothing_is_called_while_a_promise_holds_or_once_it_is_done(acts: list[str]):
    one = task(12, deadline=DUE)
    now = local(3, 10, 9)
    held_until = now
    for act in acts:
        now += timedelta(minutes=50)
        clear = {"escalation_step": None, "escalated_at": None, "acknowledged_until": None, "snoozed_until": None}
        if act == "ack":
            held_until = now + 4 * HOUR
            one = replace(one, **{**clear, "acknowledged_until": held_until})  # type: ignore[arg-type]
        elif act == "snooze":
            held_until = now + 5 * HOUR
            one = replace(one, **{**clear, "snoozed_until": held_until})  # type: ignore[arg-type]
        elif act == "done":
            one = replace(one, state="done")
        decision = climbs(one, now)

        assert not decision.events or (one.state == "open" and now > held_until)
        one = after(one, decision)


def test_who_did_not_react_is_who_was_to_act_not_whom_they_wait_for():
    waiting = task(8, deadline=DUE, owner="orders@pinedme.example", waiting=True, escalation_step=0)
    waiting = replace(waiting, escalated_at=local(3, 10, 10))
    own = task(9, deadline=DUE, owner=RUTH.email, escalation_step=0, escalated_at=local(3, 10, 10))
    (backup, *_rest) = climb([waiting, own], policy=POLICY, people=PEOPLE, now=local(3, 10, 12)).notices

    assert isinstance(backup.content, EscalationCall)
    assert (backup.content.person, backup.content.silent) == (PRIYA, (DANA.email,))
