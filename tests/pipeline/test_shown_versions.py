from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.pipeline import collect, receive
from assistant.records import (
    Change,
    ChangesUndone,
    DeadlineSet,
    Decision,
    LedgerEvent,
    NoteAdded,
    TaskAcknowledged,
    TaskAssigned,
    TaskDone,
    TaskEscalated,
)
from tests.pipeline.office import DANA, FAX, MONDAY, PRIYA, SEND, Office

GIVEN = TaskAssigned(owner=PRIYA)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    arrived(office, FAX, SEND)
    office.work()
    office.pass_time(minutes=10)
    yield office
    office.parts.ledger.close()


def arrived(office: Office, *texts: str) -> None:
    """Let mails be read one after the other, so that their tasks have the numbers in that order."""
    for text in texts:
        office.arrive(text)
        collect(office.parts, "desk")
        receive(office.parts)


def change(office: Office, *changes: Change, actor: str = PRIYA, number: int = 1) -> tuple[LedgerEvent, ...]:
    """Let somebody change a task, in another mail."""
    events = tuple(
        LedgerEvent(id=0, number=number, at=office.now, actor=actor, source="elsewhere", change=one) for one in changes
    )
    office.parts.ledger.record(Decision(events=events), ())
    office.pass_time(minutes=10)
    return office.parts.ledger.book.history(number)[-len(changes) :]


def said(office: Office) -> str:
    return " ".join(office.said().split())


def state(office: Office, number: int = 1) -> str:
    return office.parts.ledger.book.task(number).state


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("1 done", "Still mark it done?"),
        ("drop 1", "Still drop it?"),
        ("snooze 1 until thursday", "Still put it off?"),
        ("1 due thursday 3pm", "Still move it?"),
        ("give 1 to dana", "Still give it to Dana Whitfield?"),
    ],
)
def test_what_somebody_else_changed_since_is_asked_about_first(office: Office, words: str, asks: str):
    change(office, GIVEN)
    before = office.parts.ledger.book.task(1)
    office.answer(words)
    office.work()

    assert office.parts.ledger.book.task(1) == before
    assert "Priya Raghavan took #1 over at 10:10 am, after the mail that you answered." in said(office)
    assert asks in said(office)


@pytest.mark.parametrize("words", ["note 1 left voicemail", "ack 1", "1 urgent"])
def test_what_closes_and_postpones_nothing_is_carried_out(office: Office, words: str):
    change(office, GIVEN)
    before = len(office.parts.ledger.book.history(1))
    office.answer(words)
    office.work()

    assert len(office.parts.ledger.book.history(1)) == before + 1
    assert "PLEASE CHOOSE" not in office.said()


@pytest.mark.parametrize(
    ("changes", "actor", "asks"),
    [
        ((NoteAdded(text="Pre-op wants the EKG as well"),), PRIYA, True),
        ((TaskAcknowledged(until=MONDAY),), PRIYA, True),
        ((DeadlineSet(deadline=None),), PRIYA, True),
        ((GIVEN,), DANA, False),
        ((NoteAdded(text="called"),), DANA, False),
        ((TaskEscalated(step=0, to=(DANA,)),), "assistant", False),
    ],
)
def test_only_what_somebody_else_did_counts(office: Office, changes: tuple[Change, ...], actor: str, *, asks: bool):
    change(office, *changes, actor=actor)
    office.answer("1 done")
    office.work()

    assert (state(office) == "open") is asks


def test_a_change_that_was_taken_back_does_not_count(office: Office):
    (event,) = change(office, GIVEN)
    change(office, ChangesUndone(event_ids=(event.id,)))
    office.answer("1 done")
    office.work()

    assert state(office) == "done"


def test_a_task_that_somebody_else_closed_needs_no_question(office: Office):
    change(office, TaskDone())
    office.answer("1 done")
    office.work()

    assert "done already" in said(office)
    assert "PLEASE CHOOSE" not in office.said()


def test_a_mail_that_asks_again_is_not_closed_away_unseen(office: Office):
    digest = office.postbox.taken[-1]
    office.arrive(FAX.replace("Good morning", "Second request, I have nothing yet"))
    office.work()
    assert office.parts.ledger.book.task(1).evidence
    office.pass_time(minutes=5)
    office.postbox.taken.append(digest)
    office.answer("1 done")
    office.work()

    assert state(office) == "open"
    assert "A mail asked for #1 again" in said(office)


def test_the_other_tasks_of_the_reply_are_carried_out(office: Office):
    change(office, GIVEN)
    office.answer("done 1, 2")
    office.work()

    assert (state(office, 1), state(office, 2)) == ("open", "done")


@pytest.mark.parametrize(
    ("words", "is_done"),
    [
        ("a", True),
        ("A.", True),
        ("a)\n\nThanks\nDana", True),
        ("yes", True),
        ("Yes please", True),
        ("1 done", True),
        ("done", True),
        ("b", False),
        ("no", False),
        ("leave it", False),
        ("1", False),
        ("a?", False),
        ("a or b", False),
        ("yes but not before thursday", False),
    ],
)
def test_the_question_is_answered_by_its_letter_or_in_words(office: Office, words: str, *, is_done: bool):
    change(office, GIVEN)
    office.answer("1 done")
    office.work()
    office.answer(words)
    office.work()

    assert (state(office) == "done") is is_done


def renumbered(office: Office) -> None:
    """Let a third and a fourth task come, whose numbers no choice has."""
    arrived(
        office,
        "Please order the loop recorder for Mr. Okafor by Thursday.",
        "Please book an interpreter for Thuy Pham by Wednesday.",
        "Please call Mr. Brandt about returning the Holter monitor by Wednesday.",
        "Please send the discharge summary for Ms. Greer to Dr. Lindqvist by Thursday.",
    )
    office.pass_time(days=1)
    office.work()
    office.pass_time(minutes=10)


@pytest.mark.parametrize(
    ("words", "closed"),
    [
        ("1", {5}),
        ("2", {6}),
        ("3", {5, 6}),
        ("4", set()),
        ("1.", {5}),
        ("option 2", {6}),
        ("#1", set()),
        ("1 done", set()),
        ("done 1", set()),
        ("1, 2", set()),
        ("7", set()),
        ("#1 done", {1}),
        ("5 done", {5}),
    ],
)
def test_choices_are_numbered_where_no_task_has_the_number(office: Office, words: str, closed: set[int]):
    renumbered(office)
    for number in (5, 6):
        change(office, NoteAdded(text="see me first"), number=number)
    office.answer("done 5, 6")
    office.work()
    assert "1 done 5, all the same" in said(office)
    office.answer(words)
    office.work()

    assert {number for number in range(1, 7) if state(office, number) == "done"} == closed


def test_a_choice_is_checked_against_what_its_question_showed(office: Office):
    change(office, GIVEN)
    office.answer("1 done")
    office.work()
    change(office, NoteAdded(text="I am half way through"))
    office.answer("a")
    office.work()

    assert state(office) == "open"
    assert "Priya Raghavan made a note with #1" in said(office)


def test_an_old_mail_without_versions_is_checked_by_its_time(office: Office):
    database = office.parts.ledger._database
    with database.transaction():
        database.change("UPDATE outbox SET versions = '[]'")
    office.answer("2 done")
    office.work()
    assert state(office, 2) == "done"
    digest = office.postbox.taken[0]
    change(office, GIVEN)
    office.postbox.taken.append(digest)
    office.answer("1 done")
    office.work()

    assert state(office) == "open"
