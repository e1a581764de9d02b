"""Duplicates and summaries: what replies ask of them, and what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assistant.decide.commands import ReplyContext, obey, read_reply
from assistant.ledger.fold import fold
from assistant.records import (
    Answer,
    Change,
    Deadline,
    Evidence,
    EvidenceAdded,
    EvidenceParted,
    LedgerEvent,
    Summary,
    SummaryLine,
    Task,
    TaskDropped,
    TaskOpened,
)
from tests.decide.commands.replies_made import digest, made
from tests.decide.tasks_made import PRIYA, task

FRIDAY = Deadline(due=date(2026, 3, 13), words="by Friday", rule="weekday")
MONDAY = Deadline(due=date(2026, 3, 16), words="by Monday", rule="weekday")
SPLIT = (
    "split 12|Split #12 please|12 not a duplicate|12 is not a duplicate|12 isn't a dup of 7|12 is not the same as 7|"
    "not a duplicate: 12|that's not a duplicate: 12|separate 12|12 and 7 are different|"
    "12 and 7 are two different tasks|7 and 12 are not the same|12 no es duplicado"
)
DUPLICATE = (
    "drop 12 duplicate of 7|drop 12, duplicate of 7|drop 12 (dup of 7)|12 is a duplicate of 7|12 duplicate of #7|"
    "12 same as 7|drop 12 because it's the same as 7|drop 12, it's a duplicate of 7"
)
SUMMARY = (
    "summary 12|summary of 12?|12 summary|what's the story on 12|recap 12 please|resumen del 12|tl;dr 12|"
    "please summarize 12|give me the history of 12|send me a summary of 12"
)
NEITHER = (
    "separate 12 copies for the family|12 is different now|a summary is still missing for 12|split the bill for 12|"
    "12 still needs the discharge summary|drop 12 same day as 7|12 and 7 are duplicates|12 and 7 duplicate|"
    "drop 12 duplicate of 99|part 12 of the form is blank"
)


def evidence(number: int, title: str = "Order the recorder again") -> Evidence:
    asked = task(number, title=title, quote="any news on the recorder?", thread=f"thread-{number}").asked
    return Evidence(event_id=number, at=datetime(2026, 3, 9, tzinfo=UTC), mail=f"mail-{number}", asked=asked)


def joined(*found: Evidence, may_repeat: int | None = None) -> ReplyContext:
    tasks = (replace(one, evidence=found, may_repeat=may_repeat) if one.number == 12 else one for one in made())
    return digest(tasks=tuple(tasks))


def changes(words: str, asked: ReplyContext) -> list[tuple[int, Change]]:
    return [(event.number, event.change) for event in obey(read_reply(words, asked), asked).events]


def answer(words: str, asked: ReplyContext) -> Answer:
    (notice,) = obey(read_reply(words, asked), asked).notices
    assert isinstance(notice.content, Answer)
    return notice.content


@pytest.mark.parametrize("words", SPLIT.split("|"))
def test_a_person_says_in_many_ways_that_something_is_no_duplicate(words: str):
    found = read_reply(words, joined(evidence(81))).operations

    assert [(one.op, one.number) for one in found] == [("split", 12)]


@pytest.mark.parametrize("words", DUPLICATE.split("|"))
def test_a_person_says_in_many_ways_which_task_is_repeated(words: str):
    (found,) = read_reply(words, digest()).operations

    assert (found.op, found.number, found.of) == ("drop", 12, 7)


@pytest.mark.parametrize("words", SUMMARY.split("|"))
def test_a_person_asks_in_many_ways_for_a_summary(words: str):
    found = read_reply(words, digest()).operations

    assert [(one.op, one.number) for one in found] == [("summary", 12)]


@pytest.mark.parametrize("words", NEITHER.split("|"))
def test_other_words_neither_part_nor_drop_nor_sum_up(words: str):
    found = read_reply(words, digest()).operations

    assert [one.op for one in found if one.op in {"split", "drop", "summary"}] == []


def test_under_a_mail_about_one_task_summary_alone_is_enough():
    assert [(one.op, one.number) for one in read_reply("summary", digest((4,))).operations] == [("summary", 4)]


def test_splitting_opens_what_was_joined_with_its_own_words_and_thread():
    found = changes("split 12", joined(evidence(81), evidence(82)))

    assert found[0] == (12, EvidenceParted(event_ids=(81, 82)))
    assert isinstance(found[1][1], TaskOpened)
    assert (found[1][0], found[1][1].quote, found[1][1].thread) == (40, "any news on the recorder?", "thread-81")
    assert found[2:] == [(40, EvidenceAdded(asked=evidence(82).asked, mail="mail-82"))]


def test_every_change_of_one_command_has_a_key_of_its_own():
    asked = joined(evidence(81), evidence(82), evidence(83))
    events = obey(read_reply("split 12", asked), asked).events

    assert len({event.effect for event in events}) == len(events) == 4


def test_splitting_tells_both_numbers_and_shows_the_new_task():
    outcome = answer("split 12", joined(evidence(81))).outcomes[0]

    assert outcome.said == "#40 stands by itself now, and #12 is what was asked for first."
    assert outcome.task is not None
    assert outcome.task.number == 40


def test_a_task_that_may_repeat_another_is_kept_by_the_same_word():
    asked = joined(may_repeat=7)

    assert changes("split 12", asked) == [(12, EvidenceParted(event_ids=()))]
    assert answer("split 12", asked).outcomes[0].said == "#12 stands by itself, beside #7."


def test_there_is_nothing_to_part_from_a_task_that_was_asked_for_once():
    outcome = answer("split 12", digest()).outcomes[0]

    assert not outcome.is_done
    assert changes("split 12", digest()) == []


def test_a_duplicate_is_dropped_and_its_mails_go_to_the_task_that_it_repeats():
    found = changes("drop 12 duplicate of 7", joined(evidence(81)))

    assert found[0] == (12, TaskDropped(reason="duplicate of 7"))
    assert [number for number, _ in found[1:]] == [7, 7]
    assert [change.mail for _, change in found[1:] if isinstance(change, EvidenceAdded)] == ["mail", "mail-81"]


@pytest.mark.parametrize(("standing", "repeated", "expected"), [(MONDAY, FRIDAY, FRIDAY), (FRIDAY, MONDAY, None)])
def test_the_earlier_of_two_deadlines_stays(standing: Deadline, repeated: Deadline, expected: Deadline | None):
    deadlines = {7: standing, 12: repeated}
    asked = digest(tasks=tuple(replace(one, deadline=deadlines.get(one.number)) for one in made()))
    change = changes("drop 12 duplicate of 7", asked)[1][1]

    assert isinstance(change, EvidenceAdded)
    assert change.forward_to == expected


@pytest.mark.parametrize("changed", [{"state": "done"}, {"coordinator": PRIYA.email, "owner": PRIYA.email}])
def test_nothing_is_dropped_for_a_task_that_is_closed_or_somebody_elses(changed: dict[str, str]):
    tasks = tuple(replace(one, **changed) if one.number == 7 else one for one in made())  # type: ignore[arg-type]

    assert changes("drop 12 duplicate of 7", digest((12,), tasks=tasks)) == []


def test_what_a_split_changes_folds_to_two_tasks_and_back():
    first = LedgerEvent(
        id=1, number=12, at=datetime(2026, 3, 9, tzinfo=UTC), actor="a", source="m", change=made()[0].asked
    )
    again = replace(first, id=2, change=EvidenceAdded(asked=evidence(2).asked, mail="m2"))
    parted = replace(first, id=3, change=EvidenceParted(event_ids=(2,)))
    before, after = fold([first, again]), fold([first, again, parted])

    assert before is not None
    assert after is not None
    assert (len(before.evidence), len(after.evidence)) == (1, 0)


LINE = SummaryLine(kind="asked", text="Asked", quote="please order it", said_by=None, said_on=None)


def test_a_summary_is_part_of_the_answer_and_changes_nothing():
    asked = digest(summarise=lambda _task: (LINE,))
    found = answer("summary 12", asked)

    assert found.summaries == (Summary(task=twelve(), lines=(LINE,)),)
    assert found.outcomes == ()
    assert changes("summary 12", asked) == []


def test_only_who_may_touch_a_task_gets_its_summary():
    others = tuple(replace(one, coordinator=PRIYA.email, owner=PRIYA.email) for one in made())
    found = answer("summary 12", digest((4,), tasks=others, summarise=lambda _task: (LINE,)))

    assert found.summaries == ()
    assert found.outcomes[0].said == "#12 is not on your list, so nothing was changed."


def test_where_no_mail_stands_behind_a_task_the_answer_says_so():
    assert not answer("summary 12", digest()).outcomes[0].is_done


def twelve() -> Task:
    return next(one for one in made() if one.number == 12)
