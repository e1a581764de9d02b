"""What commands change, and what the answer says of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest

from assistant.decide.commands import ReplyContext, Verb, help_lines, obey, read_reply
from assistant.decide.commands.acting.effects import COMMANDS
from assistant.ledger.fold import fold
from assistant.records import (
    Answer,
    Change,
    ChangesUndone,
    DeadlineSet,
    Decision,
    Handoff,
    LedgerEvent,
    NoteAdded,
    PrioritySet,
    Rights,
    TaskAcknowledged,
    TaskAssigned,
    TaskDone,
    TaskDropped,
    TaskEscalated,
    TaskMarked,
    TaskOpened,
    TaskReopened,
    TaskSnoozed,
    TaskState,
)
from tests.decide.commands.replies_made import DANA, NOW, PRIYA, RUTH, digest, made
from tests.decide.tasks_made import due, local, task


def decide(words: str, asked: ReplyContext | None = None) -> Decision:
    asked = asked or digest()
    return obey(read_reply(words, asked), asked)


def changes(words: str, asked: ReplyContext | None = None) -> list[tuple[int, Change]]:
    return [(event.number, event.change) for event in decide(words, asked).events]


def said(words: str, asked: ReplyContext | None = None) -> list[str]:
    return [outcome.said for outcome in answer(words, asked).outcomes]


def answer(words: str, asked: ReplyContext | None = None) -> Answer:
    return decision_answer(decide(words, asked))


def decision_answer(decision: Decision) -> Answer:
    notice, *_suggestions = decision.notices
    assert isinstance(notice.content, Answer)
    return notice.content


def with_state(number: int, state: TaskState) -> ReplyContext:
    tasks = tuple(replace(task, state=state) if task.number == number else task for task in made())
    return digest(tasks=tasks)


def test_each_command_becomes_its_event():
    found = [
        type(change)
        for _, change in changes("2 done\n4 due fri\n5 -> ruth\n7 until mon\n9 urgent\nack 12\nnote 9 hm ok")
    ]

    assert found == [TaskDone, DeadlineSet, TaskAssigned, TaskSnoozed, PrioritySet, TaskAcknowledged, NoteAdded]


def test_an_event_carries_whose_word_it_was_and_where_it_stood():
    (event,) = decide("done 12").events

    assert (event.id, event.number, event.at) == (0, 12, NOW)
    assert (event.actor, event.source) == (DANA.email, "reply-1")
    assert event.change == TaskDone()


def test_the_same_reply_twice_gives_equal_events_with_keys_of_their_own():
    first, second = decide("done 2, 4 due fri, reopen 2"), decide("done 2, 4 due fri, reopen 2")

    assert first.events == second.events
    assert len({event.effect for event in first.events}) == 3


def test_there_is_one_answer_to_each_reply():
    (notice,) = decide("done 12").notices

    assert notice.key == "answer:reply-1"
    assert notice.recipient == DANA
    assert decide("done 12").state == "answer"


def test_the_answer_tells_the_change_with_its_day():
    assert said("9 due fri 3pm") == ["#9 is due Fri Mar 13, 3:00 pm."]
    assert said("snooze 7 monday") == ["#7 rests until Mon Mar 16."]
    assert said("give 9 to priya") == ["#9 is Priya Raman's now."]


def test_the_answer_shows_the_task_as_it_stands_afterwards():
    outcome = answer("5 -> ruth").outcomes[0]

    assert outcome.task is not None
    assert outcome.task.owner == RUTH.email
    assert outcome.is_done


BUSY: tuple[Change, ...] = (
    TaskOpened(
        title="Call the ward",
        quote="Please call the ward.",
        coordinator=DANA.email,
        owner=DANA.email,
        waiting=False,
        deadline=None,
        priority="normal",
        patient=None,
        requester="lab@hospital.example",
        certain=False,
        engine="embedded",
        rule="request",
        thread="thread@hospital.example",
        may_repeat=4,
    ),
    TaskAcknowledged(until=NOW + timedelta(hours=3)),
    TaskEscalated(step=1, to=(RUTH.email,)),
    TaskMarked(claim="looks_done", quote="the ward was called"),
)
"""A task with everything that a person's word may sweep away."""


@pytest.mark.parametrize(
    ("words", "before"),
    [
        ("done 12", ()),
        ("drop 12", ()),
        ("ack 12", ()),
        ("snooze 12 until monday", ()),
        ("12 due fri", ()),
        ("give 12 to ruth", ()),
        ("12 urgent", ()),
        ("note 12 left voicemail", ()),
        ("reopen 12", (TaskDone(),)),
    ],
)
def test_the_answer_shows_the_task_as_the_ledger_will_hold_it(words: str, before: tuple[Change, ...]):
    history = [
        LedgerEvent(
            id=place, number=12, at=NOW - timedelta(hours=9 - place), actor=PRIYA.email, source="x", change=change
        )
        for place, change in enumerate((*BUSY, *before), start=1)
    ]
    task = fold(history)
    assert task is not None
    decision = decide(words, digest(tasks=(task,)))
    (shown,) = [one.task for one in decision_answer(decision).outcomes if one.task is not None]
    held = fold([*history, *(replace(event, id=9) for event in decision.events)])

    assert held is not None
    assert decision.events
    assert shown == replace(held, changed_at=task.changed_at, changed_by=task.changed_by, version=task.version)


@pytest.mark.parametrize(
    ("words", "state", "expected"),
    [
        ("done 12", "done", "#12 is done already; nothing was changed."),
        ("drop 12", "dropped", "#12 is dropped already; nothing was changed."),
        ("reopen 12", "open", "#12 is open already; nothing was changed."),
        ("done 12", "dropped", "#12 is dropped, so it was not marked done. To open it again, write: reopen 12"),
        ("12 due fri", "done", "#12 is done, so its deadline was left as it is. To open it again, write: reopen 12"),
        ("ack 12", "done", "#12 is done, so there is nothing to acknowledge. To open it again, write: reopen 12"),
    ],
)
def test_what_is_so_already_is_said_and_not_recorded(words: str, state: TaskState, expected: str):
    asked = with_state(12, state)

    assert said(words, asked) == [expected]
    assert changes(words, asked) == []


def test_a_closed_task_is_opened_again():
    assert changes("reopen 12", with_state(12, "done")) == [(12, TaskReopened())]
    assert changes("12 isn't done", with_state(12, "done")) == [(12, TaskReopened())]


def test_two_commands_on_one_task_see_each_other():
    assert said("done 12\nreopen 12") == ["#12 is done.", "#12 is open again."]


def test_dropping_keeps_the_reason():
    assert changes("drop 4, she moved to Denver") == [(4, TaskDropped(reason="she moved to Denver"))]


def test_a_promise_holds_until_the_day_named_or_for_the_usual_time():
    assert changes("ack 5") == [(5, TaskAcknowledged(until=NOW + timedelta(hours=24)))]
    ((_, change),) = changes("I'll have 12 done Friday")

    assert isinstance(change, TaskAcknowledged)
    assert change.until.date() == date(2026, 3, 13)


def test_nothing_rests_until_a_day_that_is_over():
    asked = digest(when=lambda phrase: replace(day, due=date(2026, 3, 1)) if (day := digest().when(phrase)) else None)

    assert changes("snooze 7 monday", asked) == []
    assert "is not ahead of us" in said("snooze 7 monday", asked)[0]


def test_a_new_task_stands_on_the_list_of_who_wrote_it():
    ((number, change),) = changes("new: call Aetna by thursday 10am, urgent")

    assert number == 40
    assert isinstance(change, TaskOpened)
    assert (change.title, change.coordinator, change.owner) == ("Call Aetna", DANA.email, DANA.email)
    assert (change.priority, change.certain, change.thread) == ("high", True, "reply-1@clinic.example")
    assert change.deadline is not None


@pytest.mark.parametrize(
    "words", ["new: call Aetna, urgent", "new: call Aetna, this is urgent", "nueva: call Aetna, urgente"]
)
def test_below_a_mail_about_one_task_the_urgency_of_a_new_one_is_its_own(words: str):
    ((number, change),) = changes(words, digest((4,)))

    assert number == 40
    assert isinstance(change, TaskOpened)
    assert (change.title, change.priority) == ("Call Aetna", "high")


def test_a_new_task_for_a_colleague_is_theirs_and_stays_in_sight_of_who_wrote_it():
    ((number, change),) = changes("new: call Aetna by thursday 10am, give to ruth")

    assert isinstance(change, TaskOpened)
    assert (change.title, change.coordinator, change.owner) == ("Call Aetna", DANA.email, RUTH.email)
    assert said("new: call Aetna, give to ruth") == [f"#{number} is on the list of Ruth Adeyemi."]
    (notice,) = [one for one in decide("new: call Aetna, give to ruth").notices if isinstance(one.content, Handoff)]
    assert notice.content.person == RUTH


def test_who_may_not_hand_over_keeps_the_new_task():
    rights = Rights(owner=frozenset({"see", "done"}))
    ((_number, change),) = changes("new: call Aetna, give to ruth", digest(rights=rights))

    assert isinstance(change, TaskOpened)
    assert change.owner == DANA.email


def test_two_new_tasks_get_two_numbers():
    assert [number for number, _ in changes("new: order gowns\nnew: call Aetna")] == [40, 41]


@pytest.mark.parametrize(
    "words", ["done 12", "drop 12", "12 due fri", "note 12 left word again", "give 12 to ruth", "12 urgent"]
)
def test_a_task_of_somebody_elses_is_left_alone_and_one_that_was_shown_becomes_a_suggestion(words: str):
    others = tuple(replace(task, coordinator=PRIYA.email, owner=PRIYA.email) for task in made())

    assert changes(words, digest((4,), tasks=others)) == []
    assert said(words, digest((4,), tasks=others)) == ["#12 is not on your list, so nothing was changed."]
    assert changes(words, digest((12,), tasks=others)) == []
    assert said(words, digest((12,), tasks=others)) == [
        "#12 is not yours to change, so I left it as it is and put your suggestion to Priya Raman."
    ]


def test_undo_takes_back_what_the_last_reply_changed():
    last = (event(7, 4), event(8, 4), event(9, 5))

    assert changes("undo", digest(last_changes=last)) == [
        (4, ChangesUndone(event_ids=(7, 8))),
        (5, ChangesUndone(event_ids=(9,))),
    ]
    assert changes("undo 5", digest(last_changes=last)) == [(5, ChangesUndone(event_ids=(9,)))]


def test_undo_leaves_what_somebody_else_changed_since():
    asked = digest(last_changes=(event(7, 4), event(9, 5)), changed_since=frozenset({4}))

    assert changes("undo", asked) == [(5, ChangesUndone(event_ids=(9,)))]
    assert said("undo", asked) == [
        "Your last changes are taken back: #5. Somebody else changed #4 since, so I left it as it is now."
    ]


def test_undo_without_anything_to_undo_says_so():
    assert said("undo") == ["There is no change of yours to take back."]


def event(number: int, task: int) -> LedgerEvent:
    return LedgerEvent(id=number, number=task, at=NOW, actor=DANA.email, source="reply-0", change=TaskDone())


def test_list_shows_the_open_tasks_as_this_reply_leaves_them():
    shown = answer("done 12\nlist")

    assert shown.wants_list
    assert [task.number for task in shown.listed] == [2, 4, 5, 7, 9]


def test_a_list_names_first_what_is_critical_and_then_what_is_due_next():
    asked = digest(
        tasks=(
            task(1, deadline=due(date(2026, 3, 12))),
            task(2),
            task(3, deadline=due(local(3, 11, 9))),
            task(4, priority="critical"),
            task(5, deadline=due(date(2026, 3, 11))),
        )
    )

    assert [one.number for one in answer("list", asked).listed] == [4, 3, 5, 1, 2]


def test_a_line_that_is_asked_about_is_not_told_as_not_understood_as_well():
    words = "somebody moved the recorder thing to another room"
    outcomes = answer(words).outcomes

    assert [one.line for one in outcomes if not one.is_done] == [""]
    assert f"“{words}" in outcomes[0].said


def test_help_and_questions_change_nothing():
    assert changes("help\nlist\nwho asked for 12?\nstop\nresume") == []
    assert answer("help").wants_help


def test_a_question_is_answered_from_the_ledger():
    (inquiry,) = answer("who asked for 12?").inquiries

    assert inquiry.said.startswith(
        "#12 is open; Dana Whitfield has it; it came from lab@hospital.example on Mon Mar 2, 9:00 am."
    )
    assert "found by the embedded engine, request" in answer("why 12").inquiries[0].said


def test_lines_that_were_not_understood_are_shown_back_as_not_done():
    outcomes = answer("The van was late again.").outcomes

    assert [(outcome.line, outcome.is_done) for outcome in outcomes] == [("The van was late again", False)]


def test_what_stays_open_and_the_question_are_said():
    assert said("2 isn't done") == ["#2 stays open."]
    assert said("done 13")[0].startswith("There is no task #13")


def test_every_verb_has_one_command_with_an_example_and_a_help_text():
    assert set(COMMANDS) == set(get_args(Verb))
    assert len(help_lines()) == len(COMMANDS)
    assert all(example and does for example, does in help_lines())
