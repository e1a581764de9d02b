"""Questions in people's own words -> what is looked for, and what is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.decide.authority import may_see
from assistant.decide.commands import ReplyContext, obey, read_reply
from assistant.decide.commands.asking import read_query
from assistant.decide.commands.inquiries import inquire
from assistant.records import Answer, Rights, Task
from assistant.understand.deadlines import parse_when
from tests.decide.commands.replies_made import DANA, MARCUS, NOW, PRIYA, RUTH, digest
from tests.decide.tasks_made import PEOPLE, ZONE, due, local, task

PEOPLE_HERE = (*PEOPLE, MARCUS)
TASKS = (
    task(2, title="Fax the stress test order", patient="Mr. Okafor", deadline=due(local(3, 9, 12))),
    task(4, title="Book an interpreter", patient="Thuy Pham", owner=PRIYA.email, deadline=due(local(3, 10, 15))),
    task(5, title="Get the Holter report", patient="Joan Castillo", owner="abel@heart.example", waiting=True),
    task(7, title="Order oxygen", patient="Mr. Okafor", priority="critical", requester=PRIYA.email),
    task(
        8,
        title="Call the pharmacy",
        patient="Ms. Boyd",
        deadline=due(local(3, 13, 12)),
        snoozed_until=local(3, 12),
        opened_at=local(3, 10, 8),
    ),
    task(
        9, title="Send records", patient="Mr. Okafor", state="done", changed_at=local(3, 10, 8), changed_by=RUTH.email
    ),
    task(11, title="Refill the cart", coordinator=RUTH.email, owner=RUTH.email, patient="Mr. Okafor"),
)
OF_DANA = (2, 4, 5, 7, 8, 9)


def context(**changes: object) -> ReplyContext:
    """Return Dana's surroundings on Tuesday at nine; what she may not see is never found."""

    def find(words: tuple[str, ...], closed: bool) -> tuple[tuple[Task, ...], int]:  # noqa: FBT001 - as ReplyContext has it
        seen = [one for one in TASKS if may_see(one, DANA, PEOPLE_HERE, Rights()) and (closed or one.state == "open")]
        found = tuple(one for one in seen if all(_holds(one, word) for word in words))
        return found, len(seen)

    when = {"when": lambda phrase: parse_when(phrase, NOW.astimezone(ZONE), DANA.calendar, day_first=False)}
    return digest((), people=PEOPLE_HERE, tasks=TASKS[:5], find=find, **when, **changes)


def _holds(one: Task, word: str) -> bool:
    said = f"{one.title} {one.quote} {one.patient} {one.requester} {one.owner}".lower().replace("@", " ").split()
    return any(part.strip(".").startswith(word) for part in said)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("what is overdue?", (7, 2)),
        ("What's late for Mr. Okafor?", (7, 2)),
        ("what's open for Mr. Okafor?", (7, 2)),
        ("anything urgent?", (7,)),
        ("is there anything urgent for Okafor?", (7,)),
        ("what is Priya's?", (4,)),
        ("what does Priya have open?", (4,)),
        ("what is open from Priya?", (7,)),
        ("what am I waiting on from Dr. Abel?", (5,)),
        ("what am I waiting for?", (4, 5)),
        ("what's due today?", (4,)),
        ("what is due this week?", (2, 4, 8)),
        ("what is due by Friday?", (8,)),
        ("what is snoozed?", (8,)),
        ("what's open for Ms. Boyd?", (8,)),
        ("what was done today?", (9,)),
        ("what was closed for Mr. Okafor?", (9,)),
        ("show me everything for Okafor", (7, 2, 9)),
        ("list overdue tasks", (7, 2)),
        ("search holter", (5,)),
        ("who has the Holter?", (5,)),
        ("how many are open?", (7, 2, 4, 8, 5)),
        ("¿qué está atrasado?", (7, 2)),
        ("¿qué hay abierto para el señor Okafor?", (7, 2)),
        ("¿cuántas tareas pendientes tiene Priya?", (4,)),
        ("¿qué espero de Abel?", ()),
        ("¿quién tiene el Holter?", (5,)),
        ("¿qué vence hoy?", (4,)),
        ("muéstrame todo para Okafor", (7, 2, 9)),
        ("what's open for Mr. Nobody?", ()),
        ("is anything urgent?", (7,)),
        ("what do I have today?", (7, 2, 4)),
        ("what did I close today?", ()),
        ("what did Ruth close today?", (9,)),
        ("what came in today?", (8,)),
        ("what's new since yesterday?", (8,)),
    ],
)
def test_a_question_finds_what_fits_it(words: str, found: tuple[int, ...]):
    inquiry = inquire(words, context())

    assert inquiry is not None
    assert tuple(one.number for one in inquiry.tasks) == found


@pytest.mark.parametrize(
    "words",
    [
        "should I call them?",
        "why not?",
        "how do I do that?",
        "the van was late again",
        "did he call back?",
        "is it done?",
        "can you hear me?",
        "what?",
        "what do you think?",
        "",
    ],
)
def test_what_the_ledger_cannot_answer_is_no_query(words: str):
    assert read_query(words, context()) is None


def test_counts_are_those_of_what_the_person_may_see():
    inquiry = inquire("what's open for Mr. Okafor?", context())

    assert inquiry is not None
    assert inquiry.said == "I looked through 5 open tasks that you may see: 2 fit."
    assert {one.number for one in inquiry.tasks} <= set(OF_DANA)


def test_who_has_it_is_told_by_name():
    inquiry = inquire("who has the interpreter?", context())

    assert inquiry is not None
    assert inquiry.said.endswith("1 fits. #4: Priya Raman.")


def test_a_colleagues_name_with_a_title_of_a_patient_is_the_patients():
    query = read_query("what's open for Mr. Boyd?", context())

    assert query is not None
    assert (query.owner, query.words) == (None, ("boyd",))


@pytest.mark.parametrize(
    "words",
    ["what is overdue?", "what's done for Mr. Okafor?", "show me what's closed", "who has the Holter?", "list overdue"],
)
def test_a_question_changes_nothing_and_its_answer_shows_what_it_found(words: str):
    asked = context()
    decision = obey(read_reply(words, asked), asked)
    (notice,) = decision.notices

    assert decision.events == ()
    assert isinstance(notice.content, Answer)
    assert len(notice.content.inquiries) == 1


def test_a_question_of_the_digest_that_names_its_one_task_of_a_patient_is_a_search_all_the_same():
    asked = replace(context(), shown=(4,))
    (notice,) = obey(read_reply("what's open for Mr. Okafor?", asked), asked).notices

    assert isinstance(notice.content, Answer)
    assert [one.number for one in notice.content.inquiries[0].tasks] == [7, 2]


@pytest.mark.parametrize(
    "words", ["que ya está hecho lo del oxígeno", "anything done by Priya is fine", "hay que hacerlo"]
)
def test_words_that_only_sound_like_a_question_are_no_search(words: str):
    asked = replace(context(), shown=(2, 4, 7))

    assert all(one.op != "question" for one in read_reply(words, asked).operations)
