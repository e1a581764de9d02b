"""A phone sends a reply twice, as two mails: the second changes nothing, and says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.office import DANA, PRIYA, US, Office

FAX = "Please fax the cardiac clearance for Mr. Alvarez to Ridgeview by Wednesday noon."
VAN = "Could you arrange transport for Mrs. Kim for Thursday 9am?"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    for text in (FAX, VAN):
        office.arrive(text)
        office.work()
        office.pass_time(minutes=1)
    yield office
    office.parts.ledger.close()


def send(office: Office, words: str, sender: str = DANA) -> None:
    office.answer(words, sender=sender)
    office.work()


def send_again(office: Office, **after: float) -> str:
    """Let the last mail come once more under another Message-ID; return the newest answer."""
    office.pass_time(**after)
    content, count = re.subn(rb"(?im)^Message-ID: <", b"Message-ID: <again-", office._last)
    assert count == 1
    office.arrive_raw(content)
    office.work()
    return " ".join(office.said().split())


def made(office: Office) -> list[str]:
    """Return the titles of what people made themselves."""
    return [task.title for task in office.open if task.engine == "person"]


@pytest.mark.parametrize(
    "words",
    [
        "new: call the pharmacy about the refill",
        "new: call the pharmacy about the refill by thursday 10am",
        "new: call the pharmacy about the refill in two hours, urgent",
        "nueva: llamar a la farmacia mañana",
    ],
)
def test_a_new_task_is_made_once(office: Office, words: str):
    send(office, words)
    told = send_again(office, minutes=20)

    assert len(made(office)) == 1
    assert "You have asked for this already: #3. It was not made a second time." in told


def test_two_new_tasks_of_one_mail_are_both_made_and_both_once(office: Office):
    send(office, "new: order gowns\nnew: order gloves")
    told = send_again(office, minutes=2)

    assert made(office) == ["Order gowns", "Order gloves"]
    assert all(f"already: #{number}." in told for number in (3, 4))


@pytest.mark.parametrize(
    "words",
    ["new: call Aetna by friday", "new: call Aetna, urgent", "new: call Cigna", "new: call Aetna about Mr. Osei"],
)
def test_another_task_is_made_as_well(office: Office, words: str):
    send(office, "new: call Aetna")
    send(office, words)

    assert len(made(office)) == 2


def test_what_somebody_else_asked_for_is_none_of_mine(office: Office):
    send(office, "new: call Aetna")
    office.arrive("new: call Aetna", sender=PRIYA, to=US)
    office.work()

    assert made(office) == ["Call Aetna", "Call Aetna"]


@pytest.mark.parametrize("word", ["done 3", "drop 3", "snooze 3 until friday"])
def test_what_was_closed_or_rests_may_be_asked_for_anew(office: Office, word: str):
    send(office, "new: call Aetna")
    send(office, word)
    send(office, "new: call Aetna")

    assert [task.number for task in office.open if task.snoozed_until is None] == [1, 2, 4]


def test_a_task_that_goes_in_the_same_breath_is_made_anew(office: Office):
    send(office, "new: call Aetna")
    send(office, "drop 3\nnew: call Aetna")

    assert [task.number for task in office.open] == [1, 2, 4]


def test_a_note_stands_once(office: Office):
    send(office, "1 called twice")
    told = send_again(office, minutes=40)

    assert office.parts.ledger.book.task(1).notes == ("called twice",)
    assert "That note stands with #1 already; it was not added a second time." in told


def test_the_same_note_later_or_below_another_mail_or_with_another_task_stands_beside_the_first(office: Office):
    send(office, "note 1 left voicemail")
    send(office, "note 1 left voicemail")
    send(office, "note 2 left voicemail")
    send_again(office, hours=4)
    notes = [office.parts.ledger.book.task(number).notes for number in (1, 2)]

    assert notes == [("left voicemail",) * 2] * 2


def test_a_note_that_was_taken_back_may_be_made_again(office: Office):
    send(office, "note 1 left voicemail")
    content = office._last
    send(office, "undo")
    office._last = content
    send_again(office, minutes=5)

    assert office.parts.ledger.book.task(1).notes == ("left voicemail",)


@pytest.mark.parametrize(
    "words", ["done 1", "drop 1", "1 urgent", "give 1 to priya", "1 due friday 3pm", "snooze 1 until friday", "ack 1"]
)
def test_no_other_word_does_more_the_second_time(office: Office, words: str):
    send(office, words)
    before = office.parts.ledger.book.task(1)
    send_again(office, minutes=5)
    after = office.parts.ledger.book.task(1)

    assert (after.state, after.owner, after.deadline, after.priority, after.snoozed_until, after.notes) == (
        before.state,
        before.owner,
        before.deadline,
        before.priority,
        before.snoozed_until,
        before.notes,
    )
