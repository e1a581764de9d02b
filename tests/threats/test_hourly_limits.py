"""How many answers and mails leave within an hour: what is beyond is done all the same, and leaves later."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.pipeline import conditions
from tests.pipeline.office import DANA, PRIYA, US, Office, office_config
from tests.threats.test_loops import text_of


def with_forms(folder: Path, count: int, *, closed_per_hour: int) -> Office:
    """Return an office in which so many tasks are open, and so few may be closed within an hour unasked."""
    office = Office(folder, office_config(limits={"closed_per_hour": closed_per_hour}))
    office.arrive(forms(count))
    office.work()
    return office


def forms(count: int) -> str:
    return "\n\n".join(f"Please fax form {n} to Ridgeview by March {n + 10}." for n in range(1, count + 1))


def test_what_goes_beyond_an_hours_answers_is_done_and_told_in_one_mail(tmp_path: Path):
    office = Office(tmp_path, office_config(limits={"answers_per_hour": 3}))
    office.arrive(forms(6))
    office.work()
    digest = office.postbox.taken[-1]
    for task in office.open[:6]:
        office.pass_time(minutes=2)
        office.arrive(f"done {task.number}", sender=DANA, to=US, In_Reply_To=str(digest["Message-ID"]))
        office.work()
    answers = office.postbox.taken[1:]
    assert len(answers) == 3
    assert "answers within an hour" in text_of(answers[-1])
    assert not office.open
    office.restart()
    office.pass_time(minutes=61)
    office.work()

    told = office.postbox.taken[4:]
    assert len(told) == 1
    assert text_of(told[0]).count("  ok  ") == 3
    office.parts.ledger.close()


def test_what_was_sent_by_a_clock_that_ran_ahead_keeps_nobody_waiting(tmp_path: Path):
    office = Office(tmp_path, office_config(limits={"mails_per_hour": 2, "answers_per_hour": 2}))
    office.arrive(forms(4))
    office.work()
    digest = str(office.postbox.taken[-1]["Message-ID"])
    office.pass_time(days=300)
    for number in (1, 2, 3):
        office.arrive(f"done {number}", sender=DANA, to=US, In_Reply_To=digest)
        office.work()
    office.pass_time(days=-300)
    office.arrive("done 4", sender=DANA, to=US, In_Reply_To=digest)
    office.work()

    answers = [text_of(mail) for mail in office.postbox.taken if str(mail["Message-ID"]).startswith("<answer")]
    assert any('you wrote: "done 4"' in answer for answer in answers)
    assert any('you wrote: "done 3"' in answer for answer in answers)
    office.parts.ledger.close()


def test_mails_beyond_an_hours_limit_leave_later_and_digests_at_once(tmp_path: Path):
    office = Office(tmp_path, office_config(limits={"mails_per_hour": 2}))
    office.arrive(forms(5))
    office.work()
    digest = office.postbox.taken[-1]
    for task in office.open[:4]:
        office.arrive(f"done {task.number}", sender=DANA, to=US, In_Reply_To=str(digest["Message-ID"]))
        office.work()

    assert len(office.postbox.taken) == 1 + 2
    for _ in range(2):
        office.pass_time(minutes=61)
        office.work()
    assert len(office.postbox.taken) == 1 + 4
    office.parts.ledger.close()


@pytest.mark.parametrize(("count", "is_told"), [(5, False), (6, True)])
def test_who_closes_very_much_in_an_hour_is_asked_and_told_of_to_somebody_else(
    tmp_path: Path, count: int, *, is_told: bool
):
    office = with_forms(tmp_path, 7, closed_per_hour=5)
    digest = office.postbox.taken[-1]
    for task in office.open[:count]:
        office.pass_time(minutes=2)
        office.arrive(f"done {task.number}", sender=DANA, to=US, In_Reply_To=str(digest["Message-ID"]))
        office.work()

    assert len(office.open) == 2
    if is_told:
        assert "To be sure, please answer: yes" in " ".join(office.said().split())
        office.answer("yes")
        office.work()
    (said,) = (one for one in conditions(office.parts) if one.part.startswith("closing"))
    assert len(office.open) == 7 - count
    assert said.is_fine is not is_told
    assert not is_told or "6 tasks were closed in the name of Dana Whitfield" in said.said
    office.pass_time(minutes=61)
    assert all(one.is_fine for one in conditions(office.parts) if one.part.startswith("closing"))
    office.parts.ledger.close()


def test_what_was_closed_over_days_and_is_read_after_an_outage_or_a_clock_set_back_is_not_held_up(tmp_path: Path):
    office = with_forms(tmp_path, 8, closed_per_hour=2)
    digest = office.postbox.taken[-1]

    def left_after(count: int, **pause: float) -> int:
        for task in office.open[:count]:
            office.pass_time(minutes=50)
            office.arrive(f"done {task.number}", sender=DANA, to=US, In_Reply_To=str(digest["Message-ID"]))
        office.pass_time(**pause)
        office.work()
        return len(office.open)

    assert left_after(4, hours=2) == 4
    office.pass_time(days=-1)
    assert left_after(2) == 2
    office.parts.ledger.close()


def test_what_somebody_closed_over_hours_is_no_alarm_when_it_is_read_at_once_after_an_outage(tmp_path: Path):
    office = with_forms(tmp_path, 8, closed_per_hour=2)
    digest = office.postbox.taken[-1]
    for task in office.open[:5]:
        office.pass_time(minutes=45)
        office.arrive(f"done {task.number}", sender=DANA, to=US, In_Reply_To=str(digest["Message-ID"]))
    office.pass_time(hours=2)
    office.work()

    assert len(office.open) == 3
    assert all(one.is_fine for one in conditions(office.parts) if one.part.startswith("closing"))
    office.parts.ledger.close()


@pytest.mark.parametrize("minutes_late", [0, 62, 600])
def test_what_one_mail_closes_beyond_the_limit_is_asked_about_however_late_it_is_read(
    tmp_path: Path, minutes_late: int
):
    office = with_forms(tmp_path, 8, closed_per_hour=2)
    office.pass_time(minutes=5)
    office.answer("done 1, 2, 3, 4, 5, 6, 7, 8")
    office.pass_time(minutes=minutes_late)
    office.work()

    assert len(office.open) == 8
    assert "please answer: yes" in " ".join(office.said().split())
    office.parts.ledger.close()


def test_everybody_in_whose_name_very_much_is_closed_is_named(tmp_path: Path):
    office = with_forms(tmp_path, 4, closed_per_hour=1)
    office.answer("give 3, 4 to priya")
    office.work()
    for person, words in ((DANA, "done 1, 2"), (PRIYA, "done 3, 4")):
        (mail,) = [one for one in office.postbox.taken if person in str(one["To"])][-1:]
        office.arrive(words, sender=person, to=US, In_Reply_To=str(mail["Message-ID"]))
        office.work()
        office.answer("yes", sender=person)
        office.work()

    assert not office.open
    told = [one for one in conditions(office.parts) if one.part.startswith("closing")]
    assert [(one.part, one.is_fine) for one in told] == [(f"closing {DANA}", False), (f"closing {PRIYA}", False)]
    assert ["the name of Dana" in told[0].said, "the name of Priya" in told[1].said] == [True, True]
    office.parts.ledger.close()


def test_a_repeated_task_that_is_asked_about_is_joined_to_the_other_after_a_yes(tmp_path: Path):
    office = Office(tmp_path, office_config(limits={"closed_per_hour": 1}))
    for text in ("call Mr. Alvarez about his labs by March 27", "phone Mr. Alvarez on his blood results by March 12"):
        office.arrive(f"Please {text}.")
        office.work()
        office.pass_time(minutes=5)
    office.arrive("Please fax form 7 to Ridgeview by March 30.")
    office.pass_time(days=1)
    office.work()
    for words in ("done 3", "2 is a duplicate of 1"):
        office.answer(words)
        office.work()
    assert [task.number for task in office.open] == [1, 2]
    office.answer("yes")
    office.work()

    (task,) = office.open
    assert len(task.evidence) == 1
    assert task.deadline is not None
    assert f"{task.deadline.due}".startswith("2026-03-12")
    office.parts.ledger.close()


def test_a_question_about_many_keeps_the_question_about_another_task(tmp_path: Path):
    office = with_forms(tmp_path, 8, closed_per_hour=2)
    office.answer("done 1, 2, 3\n6 next week sometime")
    office.work()

    assert "#6" in office.said()
    assert "please answer: yes" in " ".join(office.said().split())
    office.answer("yes")
    office.work()
    assert [task.number for task in office.open] == [4, 5, 6, 7, 8]
    office.parts.ledger.close()


@pytest.mark.parametrize(("word", "left"), [("yes", 3), ("1 yes", 6), ("no", 6)])
def test_a_yes_under_several_questions_answers_each_of_them(tmp_path: Path, word: str, left: int):
    office = Office(tmp_path, office_config(limits={"closed_per_hour": 2, "answers_per_hour": 3}))
    office.arrive(forms(8))
    office.work()
    digest = office.postbox.taken[-1]
    for task in office.open[:6]:
        office.pass_time(minutes=2)
        office.arrive(f"done {task.number}", sender=DANA, to=US, In_Reply_To=str(digest["Message-ID"]))
        office.work()
    office.pass_time(minutes=61)
    office.work()
    assert " ".join(office.said().split()).count("please answer: yes") == 3
    office.answer(word)
    office.work()

    # One of the four questions was a mail of its own.
    assert len(office.open) == left
    office.parts.ledger.close()
