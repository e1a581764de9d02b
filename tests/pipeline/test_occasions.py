"""The four occasions through the whole office: a mail comes, is read, time passes, mail leaves; each once only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.pipeline.office import DANA, FAX, PRIYA, SEND, US, Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.parts.ledger.close()


def test_a_mail_becomes_a_task_with_its_words_and_deadline(office: Office):
    office.arrive(FAX)
    office.work()

    task = office.open[0]
    assert len(office.open) == 1
    assert task.patient == "Mrs. Rivera"
    assert "fax the cardiac clearance" in task.quote
    assert task.deadline is not None
    assert task.deadline.due.isoformat() == "2026-03-10T12:00:00-04:00"
    assert (task.owner, task.coordinator, task.requester) == (DANA, DANA, "ruth@surgery.example")


def test_of_a_backlog_a_persons_words_are_obeyed_in_the_order_in_which_they_came(office: Office):
    office.arrive(FAX)
    office.work()
    digest = str(office.postbox.taken[-1]["Message-ID"])
    for words, mails in (("done 1", 60), ("reopen 1", 60), ("done 1", 60), ("reopen 1", 5)):
        office.pass_time(seconds=20)
        office.arrive(words, sender=DANA, to=US, In_Reply_To=digest)
        for number in range(mails):
            office.pass_time(seconds=1)
            office.arrive(f"For your information, number {number}.", sender=PRIYA)
    office.work()
    changes = [type(event.change).__name__ for event in office.parts.ledger.book.history(1)]

    assert changes == ["TaskOpened", "TaskDone", "TaskReopened", "TaskDone", "TaskReopened"]


def test_the_same_mail_twice_changes_nothing(office: Office):
    office.arrive(FAX)
    office.work()
    office.pass_time(minutes=1)
    office.again()
    office.work()

    assert len(office.open) == 1
    assert office.parts.ledger.spool.balance(office.now - timedelta(days=1)).read == 1


def test_a_request_that_is_quoted_again_opens_no_second_task(office: Office):
    office.arrive(FAX, Message_ID="<first@surgery.example>")
    office.work()
    quoted = "\n".join(f"> {line}" for line in FAX.splitlines())
    words = f"Any news on this one?\n\nOn Mon, Mar 9, 2026 at 10:00 AM Ruth <ruth@surgery.example> wrote:\n{quoted}\n"
    office.arrive(words, In_Reply_To="<first@surgery.example>")
    office.work()

    assert len([task for task in office.open if "fax" in task.quote]) == 1


def test_the_digest_goes_out_once_a_day_and_also_when_there_is_nothing(office: Office):
    office.work()
    office.pass_time(minutes=5)
    office.work()

    assert [str(mail["To"]) for mail in office.postbox.taken] == [f"Dana Whitfield <{DANA}>"]
    office.pass_time(days=1)
    office.work()
    assert len(office.postbox.taken) == 2


def test_a_digest_shows_tasks_with_number_words_and_balance(office: Office):
    office.arrive(FAX)
    office.arrive("Thank you all for the lovely cake!")
    office.work()

    said = office.said()
    assert "#1" in said
    assert "cardiac clearance" in said
    assert "Read 2 mails" in said


def test_a_reply_closes_and_moves_what_it_names(office: Office):
    office.arrive(FAX)
    office.arrive(SEND)
    office.work()
    clearance = next(task for task in office.open if "clearance" in task.quote)
    referral = next(task for task in office.open if "referral" in task.quote)
    office.answer(f"{clearance.number} done\n{referral.number} due thursday 3pm\n\nThanks\nDana")
    office.work()

    left = office.open[0]
    assert len(office.open) == 1
    assert left.number == referral.number
    assert left.deadline is not None
    assert left.deadline.due.isoformat() == "2026-03-12T15:00:00-04:00"
    assert f"#{clearance.number}" in office.said()


def test_undo_takes_the_last_reply_back(office: Office):
    office.arrive(FAX)
    office.work()
    office.answer("done 1")
    office.work()
    assert not office.open
    office.answer("undo")
    office.work()

    assert [task.number for task in office.open] == [1]


def test_quoted_words_are_never_obeyed(office: Office):
    office.arrive(FAX)
    office.work()
    office.arrive(
        "Looking at it.\n\nOn Mon, Mar 9, 2026 at 10:00 AM Somebody <x@y.example> wrote:\n> done 1\n",
        sender=DANA,
        to=US,
        In_Reply_To=str(office.postbox.taken[-1]["Message-ID"]),
    )
    office.work()

    assert [task.number for task in office.open] == [1]


@pytest.mark.parametrize("sender", ["stranger@elsewhere.example", f"{DANA}.evil.example", f"x@y.example, {DANA}"])
def test_nobody_but_the_people_is_obeyed_or_answered(office: Office, sender: str):
    office.arrive(FAX)
    office.work()
    sent = len(office.postbox.taken)
    office.answer("done 1", sender=sender)
    office.work()

    assert [task.state for task in office.open] == ["open"]
    assert len(office.postbox.taken) == sent


def test_an_automatic_answer_is_neither_obeyed_nor_answered(office: Office):
    office.arrive(FAX)
    office.work()
    sent = len(office.postbox.taken)
    office.answer("done 1", Auto_Submitted="auto-replied")
    office.work()

    assert len(office.open) == 1
    assert len(office.postbox.taken) == sent


def test_a_digest_that_a_stranger_sends_back_opens_no_task(office: Office):
    office.arrive(FAX)
    office.work()
    office.answer("Please take me off this list.", sender="stranger@elsewhere.example")
    office.work()

    assert not any("clearance" in task.quote for task in office.open if task.number != 1)


def test_a_command_that_answers_nothing_is_obeyed_when_its_person_says_yes_to_our_answer(office: Office):
    office.arrive(FAX)
    office.work()
    office.arrive("done 1", sender=DANA, to=US)
    office.work()
    assert [task.number for task in office.open] == [1]
    assert "might be somebody else's" in " ".join(office.said().split())
    office.confirm()
    office.work()

    assert not office.open


def test_a_task_may_be_added_without_answering(office: Office):
    office.arrive("new: call the pharmacy by friday", sender=DANA, to=US)
    office.work()

    assert [task.title for task in office.open] == ["Call the pharmacy"]


def test_the_same_reply_twice_is_answered_once(office: Office):
    office.arrive(FAX)
    office.work()
    office.answer("note 1 left voicemail")
    office.work()
    sent = len(office.postbox.taken)
    office.again()
    office.work()

    assert office.open[0].notes == ("left voicemail",)
    assert len(office.postbox.taken) == sent


def test_an_overdue_task_climbs_and_an_acknowledgement_stops_it(office: Office):
    office.arrive("Please call the transport desk for Mr. Osei today, this is urgent, by 11 am.")
    office.work()
    office.pass_time(hours=2, minutes=30)
    office.work()
    assert "#1" in str(office.postbox.taken[-1]["Subject"])
    assert str(office.postbox.taken[-1]["To"]).endswith(f"<{DANA}>")
    office.answer("ack 1")
    office.work()
    sent = len(office.postbox.taken)
    office.pass_time(hours=4)
    office.work()

    assert len(office.postbox.taken) == sent


def test_without_a_word_it_climbs_to_the_backup_once(office: Office):
    office.arrive("Please call the transport desk for Mr. Osei today, this is urgent, by 11 am.")
    for _ in range(16):
        office.work()
        office.pass_time(minutes=30)

    calls = [str(mail["To"]) for mail in office.postbox.taken if str(mail["Message-ID"]).startswith("<escalation")]
    assert len([to for to in calls if DANA in to]) == 1
    assert len([to for to in calls if PRIYA in to]) == 1


def test_tasks_in_every_subject_are_numbers_only(office: Office):
    office.arrive(FAX)
    office.work()
    office.answer("done 1")
    office.work()

    for mail in office.postbox.taken:
        assert "Rivera" not in str(mail["Subject"])
        assert "clearance" not in str(mail["Subject"])


@pytest.mark.parametrize("sender", [DANA, PRIYA])
@pytest.mark.parametrize(
    "words",
    [
        "Please call the pharmacy about Mr. Alvarez's insulin by Friday.",
        "Could you call the pharmacy about Mr. Alvarez's insulin by Friday?",
        "We need the chart of Mr. Alvarez by Friday.",
    ],
)
def test_what_a_coordinator_asks_of_the_assistant_is_their_own_task(office: Office, words: str, sender: str):
    office.arrive(words, sender=sender, to=US)
    office.work()

    (task,) = office.open
    assert (task.owner, task.waiting) == (sender, False)
