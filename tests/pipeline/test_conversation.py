"""Suggestions, stopped digests, questions, and new mails with an order: through the whole office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.configs import person
from tests.pipeline.office import DANA, PRIYA, US, Office, office_config

LEE, RUTH = "lee@clinic.example", "ruth@surgery.example"
WITH_LEE = office_config(person(LEE, "Lee Park", digest_at=""))
FAX = "Please fax the cardiac clearance for Mr. Alvarez to Ridgeview by Wednesday noon."
VAN = "Could you arrange transport for Mrs. Kim for Thursday 9am?"
FORWARD = """{top}

---------- Forwarded message ---------
From: Ruth Adeyemi <ruth@surgery.example>
Date: Mon, Mar 9, 2026 at 9:12 AM
Subject: Alvarez
To: Dana Whitfield <dana@clinic.example>

{body}
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path, WITH_LEE)
    yield office
    office.parts.ledger.close()


@pytest.fixture
def digested(office: Office) -> Office:
    """Return an office in which Dana has two tasks and their digest."""
    office.arrive(FAX)
    office.work()
    office.pass_time(minutes=1)
    office.arrive(VAN, sender="lee@cardio.example", Subject="transport")
    office.work()
    return office


def states(office: Office) -> dict[int, str]:
    return {task.number: task.state for task in office.parts.ledger.book.numbered((1, 2))}


def ask(office: Office, words: str, sender: str = DANA) -> str:
    """Return the answer to a new mail."""
    office.pass_time(minutes=1)
    office.arrive(words, sender=sender, to=US, Subject="a question")
    office.work()
    assert office.postbox.taken[-1]["To"].addresses[0].addr_spec == sender
    return " ".join(office.said().split())


def recipients(office: Office, since: int) -> list[str]:
    return sorted(mail["To"].addresses[0].addr_spec for mail in office.postbox.taken[since:])


@pytest.mark.parametrize("colleague", [LEE, PRIYA])
def test_a_colleague_who_answers_a_digest_that_was_passed_on_makes_a_suggestion(digested: Office, colleague: str):
    sent = len(digested.postbox.taken)
    digested.answer("1 is done", sender=colleague)
    digested.work()

    assert states(digested) == {1: "open", 2: "open"}
    assert recipients(digested, sent) == sorted([DANA, colleague])
    to_dana = next(mail for mail in digested.postbox.taken[sent:] if DANA in mail["To"])
    body = to_dana.get_body(("plain",))
    assert body is not None
    assert "says that #1 is done." in body.get_content()
    assert "Answer `yes`" in body.get_content()
    assert "Alvarez" not in to_dana["Subject"]


@pytest.mark.parametrize(
    ("word", "state"), [("yes", "done"), ("Yes.", "done"), ("a", "done"), ("no", "open"), ("b", "open")]
)
def test_the_owner_decides_on_a_suggestion_in_their_own_name(digested: Office, word: str, state: str):
    digested.answer("1 done", sender=LEE)
    digested.work()
    digested.postbox.taken.sort(key=lambda mail: DANA in mail["To"] and "suggestion" in mail["Message-ID"])
    digested.answer(word)
    digested.work()

    assert states(digested) == {1: state, 2: "open"}
    changed_by = digested.parts.ledger.book.task(1).changed_by
    assert changed_by == (DANA if state == "done" else "assistant")


@pytest.mark.parametrize(("word", "state"), [("yes", "done"), ("no", "open")])
def test_a_suggestion_is_decided_by_one_touch_of_its_link(digested: Office, word: str, state: str):
    digested.answer("1 done", sender=LEE)
    digested.work()
    suggestion = next(mail for mail in digested.postbox.taken if "suggestion" in mail["Message-ID"])
    html = suggestion.get_body(("html",))
    assert html is not None
    links = [unquote(link) for link in re.findall(r'href="mailto:[^"?]+\?subject=([^"&]+)', html.get_content())]
    (subject,) = [link for link in links if link.startswith(f"{word} [")]
    digested.arrive(word, sender=DANA, to=US, Subject=subject)
    digested.work()

    assert states(digested) == {1: state, 2: "open"}


def test_a_suggestion_is_answered_by_nobody_but_its_reader(digested: Office):
    digested.answer("1 done", sender=LEE)
    digested.work()
    digested.postbox.taken.sort(key=lambda mail: DANA in mail["To"] and "suggestion" in mail["Message-ID"])
    digested.answer("yes", sender=LEE)
    digested.work()

    assert states(digested) == {1: "open", 2: "open"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"X_Autoreply": "yes"},
        {"Precedence": "bulk"},
        {"Subject": "Automatic reply: 2 open tasks", "Auto_Submitted": "auto-generated"},
    ],
)
@pytest.mark.parametrize("words", ["done 1", "stop", "yes", "what is overdue?", "new: order gowns"])
def test_an_automatic_mail_is_no_command_and_no_question(digested: Office, words: str, headers: dict[str, str]):
    sent = len(digested.postbox.taken)
    digested.answer(words, **headers)
    digested.work()

    assert states(digested) == {1: "open", 2: "open"}
    assert digested.parts.ledger.switches.stopped() == {}
    assert len(digested.postbox.taken) == sent


@pytest.mark.parametrize("words", ["done 1", "stop", "yes", "what is overdue?", "list", "undo"])
def test_somebody_outside_changes_nothing_and_is_told_nothing(digested: Office, words: str):
    sent = len(digested.postbox.taken)
    digested.answer(words, sender=RUTH)
    digested.work()

    assert states(digested) == {1: "open", 2: "open"}
    assert digested.parts.ledger.switches.stopped() == {}
    assert len(digested.postbox.taken) == sent


def test_stopped_digests_rest_until_resume_while_calls_go_on(digested: Office):
    digested.answer("stop")
    digested.work()
    assert "stopped until you write: resume" in " ".join(digested.said().split())
    sent = len(digested.postbox.taken)
    for _day in range(3):
        digested.pass_time(hours=24)
        digested.work()
    kinds = {mail["Message-ID"].lstrip("<").partition(".")[0] for mail in digested.postbox.taken[sent:]}
    assert kinds == {"escalation"}
    assert list(digested.parts.ledger.switches.stopped()) == [DANA]

    digested.restart()
    assert "by themselves" not in ask(digested, "resume")
    digested.pass_time(hours=23)
    digested.work()

    assert digested.parts.ledger.switches.stopped() == {}
    assert any("digest" in mail["Message-ID"] for mail in digested.postbox.taken[-2:])


def test_stop_concerns_the_digests_of_its_writer_alone(digested: Office):
    digested.answer("stop", sender=LEE)
    digested.work()

    assert digested.parts.ledger.switches.stopped() == {}
    assert "was not sent to you" in " ".join(digested.said().split())


@pytest.mark.parametrize(
    ("words", "found", "looked"),
    [
        ("what is overdue?", (), "2 open tasks"),
        ("what's open for Mr. Alvarez?", (1,), "2 open tasks"),
        ("what am I waiting on from Dr. Lee?", (), "2 open tasks"),
        ("who has the transport?", (2,), "2 open tasks"),
        ("what is due on Wednesday?", (1,), "2 open tasks"),
        ("anything due this week?", (1, 2), "2 open tasks"),
        ("how many are open?", (1, 2), "2 open tasks"),
        ("show me everything for Kim", (2,), "2 tasks, open and closed,"),
        ("search ridgeview", (1,), "2 tasks, open and closed,"),
        ("¿Qué hay pendiente para la señora Kim?", (2,), "2 open tasks"),
        ("¿Quién tiene el transporte?", (2,), "2 open tasks"),
        ("¿Qué está atrasado?", (), "2 open tasks"),
        ("what was closed today?", (), "2 tasks, open and closed,"),
    ],
)
def test_a_question_is_answered_by_what_the_ledger_holds(
    digested: Office, words: str, found: tuple[int, ...], looked: str
):
    answer = ask(digested, words)

    assert f"I looked through {looked} that you may see" in answer
    assert [number for number in (1, 2) if f" #{number} " in answer] == list(found)
    assert states(digested) == {1: "open", 2: "open"}
    assert digested.parts.ledger.book.next_number() == 3


def test_the_same_question_in_an_answer_to_the_digest(digested: Office):
    digested.answer("what's open for Mr. Alvarez?")
    digested.work()

    assert "#1" in digested.said()
    assert "looked through 2 open tasks" in " ".join(digested.said().split())


def test_nobody_hears_of_tasks_that_they_may_not_see(digested: Office):
    answer = ask(digested, "what's open for Mr. Alvarez?", sender=LEE)

    assert "I looked through 0 open tasks that you may see: none fits." in answer
    assert "Ridgeview" not in answer


def test_a_backup_sees_and_may_act_on_what_they_asked_about(digested: Office):
    assert "#1" in ask(digested, "what's open for Mr. Alvarez?", sender=PRIYA)
    digested.answer("done 1", sender=PRIYA)
    digested.work()

    assert states(digested) == {1: "done", 2: "open"}


def test_why_tells_the_mail_its_words_and_the_rule(digested: Office):
    answer = ask(digested, "why 1")

    assert "“Please fax the cardiac clearance" in answer
    assert "found by the embedded engine" in answer
    assert digested.parts.ledger.book.task(1).source[:12] in answer


@pytest.mark.parametrize(
    ("words", "title", "due"),
    [
        ("remind me to call Aetna Thursday 10am re Kim", "Call Aetna re Kim", "2026-03-12T10:00:00-04:00"),
        ("Remind me Thursday at 10am to call Aetna re Kim", "Call Aetna re Kim", "2026-03-12T10:00:00-04:00"),
        ("new: call Aetna about Kim by Thursday", "Call Aetna about Kim", "2026-03-12"),
        ("recuérdame llamar a Aetna el jueves a las 10", "Llamar a Aetna", "2026-03-12T10:00:00-04:00"),
    ],
)
def test_a_new_mail_opens_a_task_with_its_day(office: Office, words: str, title: str, due: str):
    office.arrive(words, sender=DANA, to=US)
    office.work()
    (task,) = office.open

    assert (task.title, task.owner, task.engine) == (title, DANA, "person")
    assert task.deadline is not None
    assert task.deadline.due.isoformat() == due


@pytest.mark.parametrize(
    "top",
    [
        "get this done by Friday",
        "fyi, can you get this sorted by Friday?",
        "Please handle this by Friday. Thanks!",
        "Due Friday",
    ],
)
@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("Please fax the clearance for Mr. Alvarez to Ridgeview.", "Fax the clearance for Mr. Alvarez to Ridgeview"),
        ("The clearance, as discussed.", "Alvarez"),
    ],
)
def test_a_forward_with_an_order_on_top_becomes_a_task_with_its_day(office: Office, top: str, body: str, title: str):
    office.arrive(FORWARD.format(top=top, body=body), sender=DANA, to=US, Subject="Fwd: Alvarez")
    office.work()
    (task,) = office.open

    assert (task.title, task.owner, task.certain) == (title, DANA, True)
    assert task.deadline is not None
    assert task.deadline.due.isoformat() == "2026-03-13"


@pytest.mark.parametrize("top", ["FYI", "No need to get this done by Friday", "Thanks"])
def test_a_forward_without_an_order_opens_nothing_by_itself(office: Office, top: str):
    office.arrive(FORWARD.format(top=top, body="The list, as discussed."), sender=DANA, to=US, Subject="Fwd: Alvarez")
    office.work()

    assert office.open == ()


def test_an_order_to_somebody_else_with_us_in_copy_is_none_to_us(office: Office):
    text = FORWARD.format(top="Please get this done by Friday", body="The clearance, as discussed.")
    office.arrive(text, sender=DANA, to=PRIYA, Cc=US, Subject="Fwd: Alvarez")
    office.work()

    assert all(task.engine != "person" for task in office.open)


def test_an_order_of_somebody_outside_gives_no_day(office: Office):
    text = FORWARD.format(top="get this done by Friday", body="The clearance, as discussed.")
    office.arrive(text, sender=RUTH, to=US, Subject="Fwd: Alvarez")
    office.work()

    assert all(task.engine != "person" for task in office.open)
