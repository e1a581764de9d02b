"""The same mails, read in any order: the same things stand open, none is lost, and none is due later.

What one thread says of a matter ends in the same tasks, whichever of its mails is read first: same words, same day, as
often asked for, the same claim upon it. Two exceptions, both on the safe side, stand in tests of their own. Where a
person spoke in between, their task stays as it is. Free is only what numbers the tasks have, which of two that may be
one asks the question, and, of several claims about one task, which of them is shown.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from assistant.pipeline import collect, receive
from assistant.records import Task
from tests.pipeline.office import DANA, MONDAY, US, Office

PREOP, TOM = "preop@stmary.example", "tom@vendor.example"
LATER = MONDAY + timedelta(days=8)
"""When all of it is read."""
FAX = "Please fax the cardiac clearance for Mrs. Rivera to pre-op by Friday."
ASK_TOM = "Tom, please send us the quote for Mr. Ames's bed by Monday."
FORWARDED = f"""Could you take this one?

---------- Forwarded message ---------
From: Pre-op <{PREOP}>
Date: Mon, Mar 9, 2026 at 10:00 AM
Subject: Clearance
To: Dana Whitfield <{DANA}>

{FAX}
"""
QUOTING = f"Any news on this?\n\nOn Mon, Mar 9, 2026 at 10:00 AM Pre-op <{PREOP}> wrote:\n\n> {FAX}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    text: str
    day: int = 0
    sender: str = PREOP
    to: str = DANA
    cc: str = ""
    thread: str = ""
    """The matter whose first mail it is, or which it answers; empty: one of its own."""
    is_answer: bool = False

    @property
    def came_at(self) -> datetime:
        return MONDAY + timedelta(days=self.day)

    def arrive(self, office: Office) -> None:
        office.now = self.came_at
        first = f"<{self.thread}@stmary.example>"
        named = {"Subject": self.thread or "a matter"} | ({"Cc": self.cc} if self.cc else {})
        if self.is_answer:
            named |= {"Subject": f"Re: {self.thread}", "In_Reply_To": first, "References": first}
        elif self.thread:
            named |= {"Message_ID": first}
        office.arrive(self.text, sender=self.sender, to=self.to, **named)
        office.now = LATER


def answer(text: str, day: int = 2, sender: str = PREOP, thread: str = "clearance") -> Mail:
    return Mail(text=text, day=day, sender=sender, thread=thread, is_answer=True)


REQUEST = Mail(text=FAX, thread="clearance")
AGAIN = "Could you please send the cardiac clearance for Mrs. Rivera to pre-op"
FOLLOWING = {
    "chaser": answer("Any news on the cardiac clearance for Mrs. Rivera?"),
    "reminder": answer("Just following up, could you send the cardiac clearance for Mrs. Rivera?"),
    "chaser that quotes it": answer(QUOTING),
    "chaser in a thread of its own": Mail(text="Any news on the cardiac clearance for Mrs. Rivera?", day=2),
    "the same words again": Mail(text=FAX, day=1),
    "other words for it": Mail(text=f"{AGAIN}?", day=2),
    "for an earlier hour": Mail(text=f"{AGAIN} by noon on Thursday?", day=2),
    "for a later day": Mail(text=f"{AGAIN} by next Monday?", day=2),
    "done": answer("Received the clearance, all set. Thanks!"),
    "called off": answer("No need to fax the clearance for Mrs. Rivera anymore, the surgery is cancelled."),
    "moved": answer("The surgery for Mrs. Rivera was moved, so the clearance can wait until next Monday."),
    "thanks": answer("Thanks for taking care of this!"),
    "forwarded by a colleague": Mail(text=FORWARDED, day=1, sender="priya@clinic.example"),
    "of another patient": Mail(text=FAX.replace("Rivera", "Osei"), day=1),
}


@dataclass(frozen=True, slots=True, order=True)
class Open:
    """What a person sees of a task, but for its number."""

    title: str
    patient: str
    owner: str
    waiting: bool
    due: str
    certain: bool
    asked: int
    claim: str


def as_seen(task: Task) -> Open:
    return Open(
        task.title,
        task.patient or "",
        task.owner or "",
        task.waiting,
        str(task.deadline.due) if task.deadline else "",
        task.certain,
        len(task.evidence) + 1,
        task.marked.claim if task.marked else "",
    )


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Path]:
    return (tmp_path / str(number) for number in range(1000))


def read(folder: Path, mails: Sequence[Mail], *, at_once: bool = False) -> tuple[Task, ...]:
    """Return what is open when the mails are read in this order, each before the next comes in."""
    office = Office(folder)
    for mail in mails:
        mail.arrive(office)
        if not at_once:
            collect(office.parts, "desk")
            receive(office.parts)
    collect(office.parts, "desk")
    receive(office.parts)
    found = office.open
    office.parts.ledger.close()
    return found


def seen(tasks: Sequence[Task]) -> list[Open]:
    return sorted(map(as_seen, tasks))


@pytest.mark.parametrize("following", FOLLOWING.values(), ids=FOLLOWING)
def test_what_follows_a_request_may_be_read_before_it(folders: Iterator[Path], following: Mail):
    in_order = seen(read(next(folders), [REQUEST, following]))

    assert in_order
    assert seen(read(next(folders), [following, REQUEST])) == in_order
    assert seen(read(next(folders), [following, REQUEST], at_once=True)) == in_order


@pytest.mark.parametrize(
    ("second", "third"),
    [("chaser", "done"), ("reminder", "for an earlier hour"), ("chaser", "called off"), ("done", "of another patient")],
)
def test_three_mails_of_a_matter_may_be_read_in_any_order(folders: Iterator[Path], second: str, third: str):
    mails = [REQUEST, FOLLOWING[second], FOLLOWING[third]]
    in_order = seen(read(next(folders), mails))

    for order in permutations(mails):
        assert seen(read(next(folders), order)) == in_order


MATTERS = [
    REQUEST,
    FOLLOWING["chaser"],
    FOLLOWING["done"],
    Mail(text="Please send the labs for Mrs. Ortiz to Dr. Chen by Thursday.", thread="labs"),
    answer("Any news on the labs for Mrs. Ortiz?", thread="labs"),
    Mail(text="Could you book the interpreter for Mr. Nowak's visit by Wednesday?", day=1, thread="visit"),
    answer("We no longer need the interpreter for Mr. Nowak.", day=3, thread="visit"),
    Mail(text="The cafeteria is closed on Tuesday.", day=1),
]


def test_several_matters_may_come_in_any_order_between_each_other(folders: Iterator[Path]):
    in_order = seen(read(next(folders), MATTERS))
    shuffle = random.Random(16)

    assert len(in_order) == 3
    for _ in range(12):
        order = shuffle.sample(MATTERS, len(MATTERS))
        assert seen(read(next(folders), order)) == in_order


def things(tasks: Sequence[Task]) -> dict[str, tuple[str, frozenset[str]]]:
    """Return each patient's earliest day, and all words that ask for something."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for task in tasks:
        due = str(task.deadline.due) if task.deadline else "never"
        asked = {task.quote, *(one.asked.quote for one in task.evidence), task.reminder.quote if task.reminder else ""}
        earliest, words = found.get(task.patient or "", ("never", frozenset()))
        found[task.patient or ""] = (min(earliest, due), words | (asked - {""}))
    return found


def test_two_reminders_of_two_threads_read_before_the_request_leave_one_task_more_and_the_question(
    folders: Iterator[Path],
):
    mails = [REQUEST, FOLLOWING["other words for it"], FOLLOWING["chaser"]]
    in_order = read(next(folders), mails)
    counted: Counter[int] = Counter()
    for order in permutations(mails):
        tasks = read(next(folders), order)
        counted[len(tasks)] += 1

        assert things(tasks) == things(in_order)
        assert len(tasks) - sum(task.may_repeat is not None for task in tasks) == 1

    # No task that stands is closed by us, so what only the request ties together stays two lines.
    assert counted == {1: 4, 2: 2}


def test_a_promise_read_before_what_it_answers_is_one_task_with_the_earlier_day(folders: Iterator[Path]):
    asked = Mail(text=ASK_TOM, sender=DANA, to=TOM, cc=US, thread="bed")
    promise = answer("I'll check and send it tomorrow.", day=1, sender=TOM, thread="bed")
    (in_order,) = read(next(folders), [asked, promise])
    (turned,) = read(next(folders), [promise, asked])

    assert (turned.title, turned.owner, turned.waiting) == (in_order.title, in_order.owner, True)
    assert turned.promised == in_order.promised
    assert in_order.deadline is not None
    assert turned.deadline is not None
    assert (in_order.deadline.due, turned.deadline.due) == (date(2026, 3, 16), date(2026, 3, 11))


def test_what_a_person_touched_is_not_told_in_other_words(tmp_path: Path):
    office = Office(tmp_path)
    FOLLOWING["chaser"].arrive(office)
    office.work()
    before = office.open
    office.answer("note 1 asked Dr. Chen")
    office.work()
    REQUEST.arrive(office)
    office.work()

    assert [task.title for task in office.open if task.number == 1] == [before[0].title]
    assert [str(task.deadline.due) for task in office.open if task.deadline] == ["2026-03-13"]


def test_what_was_read_too_late_is_parted_again_by_one_word(tmp_path: Path):
    office = Office(tmp_path)
    FOLLOWING["chaser"].arrive(office)
    office.work()
    (before,) = office.open
    REQUEST.arrive(office)
    office.work()
    office.pass_time(days=1)
    office.work()
    office.answer("split 1")
    office.work()

    assert [(task.number, task.title) for task in office.open] == [
        (1, before.title),
        (2, "Fax the cardiac clearance for Mrs. Rivera to pre-op"),
    ]


def test_a_claim_is_not_about_what_was_asked_for_after_it(folders: Iterator[Path]):
    claim = answer("Received the clearance, all set. Thanks!", day=-1)

    for order in ([claim, REQUEST], [REQUEST, claim]):
        (task,) = read(next(folders), order)
        assert task.marked is None
