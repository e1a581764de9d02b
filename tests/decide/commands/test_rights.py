"""Who may do what with a task: every role, verb and state."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from assistant.decide.authority import roles_of
from assistant.decide.commands import Operation, ReplyContext, ReplyReading, Verb, obey, read_reply
from assistant.decide.commands.acting.rights import RIGHT_FOR
from assistant.records import (
    EVERY_RIGHT,
    Deadline,
    Decision,
    LedgerEvent,
    Person,
    Right,
    Rights,
    SentMail,
    Suggestion,
    Task,
    TaskDone,
    TaskRole,
    TaskState,
)
from assistant.understand.deadlines import parse_when
from tests.decide.commands.replies_made import DANA, MARCUS, NOW, PRIYA, RUTH, digest
from tests.decide.tasks_made import ZONE, local, task

LEE = replace(MARCUS, email="lee@clinic.example", name="Lee Park", backup=None, supervisor=None)
"""Nothing to the task but known."""
OWEN = replace(LEE, email="owen@clinic.example", name="Owen Reyes", backup=PRIYA.email, supervisor=RUTH.email)
TEAM = (DANA, PRIYA, RUTH, MARCUS, LEE, OWEN)
WHO: dict[TaskRole, Person] = {
    "owner": OWEN,
    "requester": MARCUS,
    "backup": PRIYA,
    "supervisor": RUTH,
    "others": LEE,
}
CHANGES: tuple[Verb, ...] = (
    *("done", "reopen", "snooze", "due", "assign", "drop", "note", "acknowledge", "priority", "split"),
)
LATER = Deadline(due=local(3, 13, 15), words="fri 3pm", rule="test")
STATES: tuple[TaskState, ...] = ("open", "done", "dropped")


def the_task(state: TaskState = "open") -> Task:
    return task(
        12, state=state, coordinator=OWEN.email, owner=OWEN.email, requester=MARCUS.email, may_repeat=9, priority="high"
    )


def sent(recipient: Person, kind: str = "answer") -> SentMail:
    return SentMail(
        message_id="our-1@clinic.example", kind=kind, recipient=recipient.email, key="k", numbers=(12,), prepared_at=NOW
    )


def context(person: Person, state: TaskState = "open", *, to: Person | None = None, **changes: object) -> ReplyContext:
    given = {
        "person": person,
        "people": TEAM,
        "tasks": (the_task(state),),
        "answered": sent(to or person),
        "when": lambda phrase: parse_when(phrase, NOW.astimezone(ZONE), DANA.calendar, day_first=False),
        **changes,
    }
    return digest((12,), **given)


def give(verb: Verb, asked: ReplyContext) -> Decision:
    operation = Operation(
        op=verb, number=12, line="as written", until=LATER, to=DANA.email, text="left word", level="normal"
    )
    return obey(ReplyReading(operations=(operation,)), asked)


def takes_effect(verb: Verb, state: TaskState) -> bool:
    """Whether the command would change a task in that state at all."""
    if verb in {"note", "split"}:
        return True
    return state == "open" if verb != "reopen" else state != "open"


def suggested(decision: Decision) -> list[Suggestion]:
    return [notice.content for notice in decision.notices if isinstance(notice.content, Suggestion)]


@pytest.mark.parametrize(("role", "verb", "state"), [*product(WHO, CHANGES, STATES)])
def test_a_command_changes_a_task_where_the_role_has_the_right_and_nowhere_else(
    role: TaskRole, verb: Verb, state: TaskState
):
    decision = give(verb, context(WHO[role], state))
    has_right = RIGHT_FOR[verb] in Rights().of(frozenset({role}))

    assert bool(decision.events) == (has_right and takes_effect(verb, state))
    assert bool(suggested(decision)) == (not has_right and takes_effect(verb, state))
    assert all(one.person == OWEN for one in suggested(decision))


@pytest.mark.parametrize(("role", "verb"), [*product(WHO, CHANGES)])
def test_without_any_right_nothing_changes_and_nothing_is_suggested(role: TaskRole, verb: Verb):
    nothing = Rights(**{name: frozenset[Right]() for name in WHO})
    decision = give(verb, context(WHO[role], rights=nothing))

    assert decision.events == ()
    assert suggested(decision) == []


@pytest.mark.parametrize(("role", "verb", "right"), [*product(WHO, CHANGES, EVERY_RIGHT)])
def test_one_right_allows_its_own_commands_only(role: TaskRole, verb: Verb, right: Right):
    table: dict[str, frozenset[Right]] = {name: frozenset() for name in WHO} | {role: frozenset({right})}
    decision = give(verb, context(WHO[role], rights=Rights(**table)))

    assert bool(decision.events) == (RIGHT_FOR[verb] == right and takes_effect(verb, "open"))


@pytest.mark.parametrize(("role", "verb", "state"), [*product(WHO, CHANGES, STATES)])
def test_who_answers_a_mail_that_was_sent_to_somebody_else_changes_their_own_tasks_alone(
    role: TaskRole, verb: Verb, state: TaskState
):
    decision = give(verb, context(WHO[role], state, to=DANA))

    assert bool(decision.events) == (role == "owner" and takes_effect(verb, state))


@pytest.mark.parametrize("verb", CHANGES)
def test_a_task_that_nobody_showed_them_is_not_even_a_matter_for_a_suggestion(verb: Verb):
    decision = give(verb, context(LEE, shown=(), answered=None))

    assert decision.events == ()
    assert suggested(decision) == []


@pytest.mark.parametrize("verb", ["question", "summary"])
@pytest.mark.parametrize("role", WHO)
def test_nobody_is_told_of_a_task_that_they_may_not_see(role: TaskRole, verb: Verb):
    (notice,) = give(verb, context(WHO[role])).notices
    told = getattr(notice.content, "inquiries", ()) or getattr(notice.content, "summaries", ())

    assert bool(told) == (verb == "question" and "see" in Rights().of(frozenset({role})))


def test_whom_an_escalation_called_may_act_on_what_it_called_about():
    assert give("done", context(LEE, answered=sent(LEE, "escalation"))).events
    assert not give("done", context(LEE, to=OWEN, answered=sent(OWEN, "escalation"))).events


@pytest.mark.parametrize("role", WHO)
def test_each_person_has_the_roles_that_the_task_gives_them(role: TaskRole):
    assert roles_of(the_task(), WHO[role], TEAM, frozenset()) == {role, "others"}


@pytest.mark.parametrize(
    "words",
    [
        *("12 done", "12 is done", "drop 12", "12 due fri 3pm", "snooze 12 until fri", "give 12 to priya", "12 normal"),
        *("ack 12", "note 12 left word with her son", "12 is no duplicate"),
    ],
)
def test_a_suggestion_says_what_was_written_and_carries_it_out_in_the_owners_name(words: str):
    asked = context(LEE, to=OWEN)
    (suggestion,) = suggested(obey(read_reply(words, asked), asked))
    (proposal,) = suggestion.proposals
    theirs = context(OWEN, choices=(("1", proposal.choice), ("2", "")))
    events = obey(read_reply("yes", theirs), theirs).events

    assert proposal.said.startswith("Lee Park says ")
    assert [event.number for event in events] == [12]
    assert {event.actor for event in events} == {OWEN.email}
    assert obey(read_reply("no", theirs), theirs).events == ()


def test_what_an_owner_may_not_do_is_put_to_their_supervisor():
    rights = Rights(owner=frozenset({"see", "suggest", "note"}))
    (suggestion,) = suggested(give("drop", context(OWEN, rights=rights)))

    assert suggestion.person == RUTH


def test_a_reply_that_is_read_twice_suggests_the_same_mail():
    asked = context(LEE, to=OWEN)

    assert [one.key for one in give("done", asked).notices] == [one.key for one in give("done", asked).notices]


def test_nobody_takes_back_what_another_changed():
    done = LedgerEvent(id=7, number=12, at=NOW, actor=OWEN.email, source="reply-0", change=TaskDone())

    assert done.actor != LEE.email
    assert obey(read_reply("undo", context(LEE, to=OWEN)), context(LEE, to=OWEN)).events == ()
