"""What is looked at of many open tasks: a handful, and none too few."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from assistant.decide.duplicates import Shelf, match
from assistant.records import Finding, Task
from tests.decide.tasks_made import DANA, task

_PATIENTS = (None, "Mrs. Rivera", "Ana Rivera", "A. Rivera", "RIVERA, Ana", "Mr. Osei", "Kwame Osei", "K.", "---")
_DO = ("Please fax", "Call about", "We still need")
_WHAT = ("the cardiac clearance", "the left knee MRI", "it")
_WHERE = ("to the wound clinic by Friday", "for Osei, K.", "")
_QUOTES = [f"{do} {what} {where}".strip() + "." for do, what, where in product(_DO, _WHAT, _WHERE)]


def finding(quote: str, patient: str | None, said_by: str = "preop@stmary.example") -> Finding:
    return Finding(
        kind="task", title=quote.rstrip("."), quote=quote, patient=patient, said_by=said_by, engine="embedded"
    )


def standing(number: int, quote: str, patient: str | None, thread: str) -> Task:
    return task(
        number, title=quote.rstrip("."), quote=quote, patient=patient, thread=thread, requester="preop@stmary.example"
    )


@pytest.mark.parametrize("thread", ["t1", "t2"])
@pytest.mark.parametrize("patient", _PATIENTS)
def test_whatever_may_be_the_same_is_among_the_few(patient: str | None, thread: str):
    named = list(product(_QUOTES, _PATIENTS))
    tasks = [standing(number, *one, thread="t1") for number, one in enumerate(named, start=1)]
    shelf = Shelf(tasks)
    for quote in _QUOTES:
        new = finding(quote, patient)
        few = shelf.near([new], thread, DANA)
        alike = [task for task in tasks if match(new, [task], thread=thread, coordinator=DANA)]

        assert {task.number for task in alike} <= {task.number for task in few}
        assert alike or thread == "t2"


def test_of_a_thousand_tasks_a_handful_is_looked_at():
    tasks = [
        standing(
            number,
            f"Please fax the order for room {number}.",
            "Ms. Patient" + "".join(chr(97 + int(digit)) for digit in str(number)),
            "t2",
        )
        for number in range(1, 1001)
    ]
    shelf = Shelf(tasks)

    assert len(shelf.near([finding("Please fax the order to the ward.", "Ms. Patientbcd")], "t1", DANA)) < 10


def test_an_absence_concerns_all_that_the_person_owes():
    theirs, other = task(1, owner="Tom@lab.example", thread="t2"), task(2, owner=DANA.email, thread="t2")
    away = replace(finding("I am out until Monday.", None, "tom@LAB.example"), kind="away")

    assert Shelf([theirs, other]).near([away], "t1", DANA) == (theirs,)


def test_a_task_that_is_settled_or_removed_is_found_no_more():
    one, other = task(1, thread="t1"), task(2, thread="t1")
    shelf = Shelf([one, other])
    shelf.put(replace(one, state="done"))
    shelf.remove(2)

    assert shelf.tasks == ()
    assert shelf.near([finding("Please call.", None)], "t1", DANA) == ()
