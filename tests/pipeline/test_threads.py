"""Duplicates, promises, absences and summaries, from the mail that arrives to the mail that leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.office import DANA, Office

PREOP, TOM = "preop@stmary.example", "tom@vendor.example"
FAX = "Please fax the cardiac clearance for Mrs. Rivera to pre-op by Friday."
FIRST = {"Message_ID": "<first@stmary.example>", "Subject": "Clearance"}
ANSWERS = {"In_Reply_To": "<first@stmary.example>", "Subject": "Re: Clearance"}
WAIT = "Tom, please send us the quote for Mr. Ames's bed by Monday."


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def asked(office: Office, *words: str) -> None:
    """Let mails arrive from the same desk, a day apart, each in a thread of its own."""
    for text in words:
        office.arrive(text, sender=PREOP)
        office.work()
        office.pass_time(days=1)


def test_a_request_that_comes_again_is_one_task_and_counted_in_the_digest(office: Office):
    asked(office, FAX, "Could you please send the cardiac clearance for Mrs. Rivera to pre-op?")
    office.work()

    (task,) = office.open
    assert len(task.evidence) == 1
    assert "asked 2 times, last yesterday" in " ".join(office.said().split())


@pytest.mark.parametrize(
    "other",
    [
        "Please fax the cardiac clearance for Mr. Rivera to pre-op by Friday.",
        "Please fax the pulmonary clearance for Mrs. Rivera to pre-op by Friday.",
        "Please sign the cardiac clearance for Mrs. Rivera by Friday.",
    ],
)
def test_what_only_looks_alike_is_two_tasks(office: Office, other: str):
    asked(office, FAX, other)

    assert len(office.open) == 2
    assert [task.may_repeat for task in office.open] == [None, None]


def test_what_a_later_mail_of_either_thread_says_of_a_request_is_shown_with_the_one_task(office: Office):
    office.arrive(FAX, sender=PREOP)
    office.work()
    office.pass_time(days=1)
    office.arrive("Could you please send the cardiac clearance for Mrs. Rivera to pre-op?", sender=PREOP, **FIRST)
    office.work()
    office.pass_time(hours=1)
    office.arrive("Received the clearance, all set. Thanks!", sender=PREOP, **ANSWERS)
    office.work()

    (task,) = office.open
    assert len(task.evidence) == 1
    assert task.marked is not None
    assert (task.marked.claim, task.marked.quote) == ("looks_done", "Received the clearance, all set.")


def test_an_earlier_deadline_in_a_reminder_counts_at_once(office: Office):
    asked(office, FAX, "Please fax the cardiac clearance for Mrs. Rivera to pre-op by noon on Wednesday.")

    (task,) = office.open
    assert task.deadline is not None
    assert task.deadline.words == "noon on Wednesday"


def test_a_reply_parts_what_was_joined_and_another_takes_that_back(office: Office):
    asked(office, FAX, FAX)
    office.work()
    office.answer("1 is not a duplicate")
    office.work()
    parted = office.open
    office.answer("undo")
    office.work()

    assert [(task.number, len(task.evidence)) for task in parted] == [(1, 0), (2, 0)]
    assert [task.quote for task in parted] == [FAX, FAX]
    assert [(task.number, len(task.evidence)) for task in office.open] == [(1, 1)]


def test_in_doubt_there_are_two_tasks_and_one_word_joins_them(office: Office):
    asked(office, FAX)
    office.arrive(
        "We still need the cardiac clearance for Mrs. Rivera, please fax it.", sender="ward5@lakeside.example"
    )
    office.work()
    office.pass_time(days=1)
    office.work()
    question = " ".join(office.said().split())
    doubtful = [task.may_repeat for task in office.open]
    office.answer("drop 2 duplicate of 1")
    office.work()

    assert doubtful == [None, 1]
    assert "This may be the same as #1. Answer `drop 2 duplicate of 1` if it is" in question
    assert [(task.number, len(task.evidence)) for task in office.open] == [(1, 1)]


def waiting(office: Office) -> None:
    """Let Dana ask Tom, with us in copy, so that she waits for him."""
    office.arrive(WAIT, sender=DANA, to=TOM, **FIRST)
    office.work()
    (task,) = office.open
    assert (task.waiting, task.owner) == (True, TOM)


def test_a_holding_answer_is_shown_and_neither_closes_nor_postpones(office: Office):
    waiting(office)
    due = office.open[0].deadline
    office.pass_time(days=1)
    office.arrive("I'll check and get back to you on Wednesday.", sender=TOM, **ANSWERS)
    office.work()
    office.pass_time(days=1)
    office.work()

    (task,) = office.open
    assert (task.state, task.deadline) == ("open", due)
    assert "tom@vendor.example promised today: " in " ".join(office.said().split())


def test_an_out_of_office_note_is_shown_with_what_its_writer_owes(office: Office):
    waiting(office)
    office.pass_time(days=1)
    office.arrive(
        "I am out of the office until Monday, March 16.",
        sender=TOM,
        Auto_Submitted="auto-replied",
        **(ANSWERS | {"Subject": "Automatic reply: Clearance"}),
    )
    office.work()
    office.pass_time(days=1)
    office.work()

    assert len(office.open) == 1
    assert "away until Mon, Mar 16" in " ".join(office.said().split())


def test_a_summary_quotes_the_thread(office: Office):
    waiting(office)
    office.arrive("I'll check and get back to you on Wednesday.", sender=TOM, **ANSWERS)
    office.pass_time(days=1)
    office.work()
    office.answer("summary 1")
    office.work()
    said = " ".join(office.said().split())

    assert f'Asked "{WAIT}"' in said
    assert 'Promised "I\'ll check and get back to you on Wednesday." (tom@vendor.example' in said
    assert len(office.open) == 1


def test_the_summary_of_a_task_of_ones_own_quotes_its_words(office: Office):
    asked(office, FAX)
    office.work()
    office.answer("new: order gowns by friday")
    office.work()
    office.answer("summary 2")
    office.work()

    assert "order gowns" in office.said()
