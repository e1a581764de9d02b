"""An outcome told in the words of a task alone: it came, she passed, it is covered, both are booked; and its twins."""

from __future__ import annotations

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import digest, read
from tests.decide.tasks_made import task

_TASKS = {
    41: ("Call radiology for hip film report", "Enid Marsh"),
    42: ("Find weekend coverage for the lab desk", None),
    43: ("Repeat phenytoin level", "Amos Reed"),
    44: ("Get hearing screen done", "Baby Boy Salas"),
    45: ("Book tongue-tie consult", "Twin A Dorsey"),
    46: ("Book tongue-tie consult", "Twin B Dorsey"),
    47: ("Get weight from the home nurse", "Amos Reed"),
    48: ("Bill claim 77-C to the county", None),
    49: ("Check with Dr. Osgood for the release letter", "Enid Marsh"),
    51: ("Laminate the bay signs", None),
}


def desk(only: int | None = None) -> ReplyContext:
    tasks = tuple(task(n, title=t, patient=p) for n, (t, p) in _TASKS.items())
    return digest(tuple(_TASKS) if only is None else (only,), tasks=tasks)


DONE = [
    ("hip film report came over too", (41,)),
    ("radiology sent the film report", (41,)),
    ("got the hip report", (41,)),
    ("release letter is in", (49,)),
    ("Osgood faxed the release letter", (49,)),
    ("weekend is covered", (42,)),
    ("the lab desk is covered for the weekend, Jo got two people", (42,)),
    ("amos phenytoin is back, 14.1, sent to Dr Hale", (43,)),
    ("phenytoin level resulted 14.1", (43,)),
    ("hearing screen passed!!", (44,)),
    ("Salas passed the hearing screen", (44,)),
    ("both tongue-tie consults booked 4/2 w Dr Ames", (45, 46)),
    ("both consults are scheduled", (45, 46)),
    ("tongue-tie booked twin B only", (46,)),
    ("weight is 81 kg its in the chart", (47,)),
    ("claim 77-C billed", (48,)),
    ("billed 77-C", (48,)),
    ("bay signs laminated", (51,)),
]
NOT_DONE = [
    "hip film report still not in",
    "hip film report came over blank",
    "radiology says the film report comes thursday",
    "called radiology, no report yet",
    "is the film report in?",
    "we need the release letter",
    "the desk is not covered yet",
    "weekend should be covered",
    "phenytoin is back to normal dose",
    "Amos is back",
    "phenytoin level came back hemolyzed",
    "hearing screen failed",
    "hearing screen not passed",
    "baby Salas passed away",
    "Salas passed",
    "he passed",
    "both consults not booked",
    "both consults need booking",
    "all three consults booked",
    "weight was 79 kg last month",
    "weight pending",
    "77-C not billed",
    "77-C will be billed friday",
    "the county rejected 77-C",
    "half the bay signs laminated",
]


@pytest.mark.parametrize(("words", "numbers"), DONE)
def test_a_result_in_the_tasks_own_words_ends_it(words: str, numbers: tuple[int, ...]) -> None:
    assert read(words, desk()) == [f"done {number}" for number in numbers]


@pytest.mark.parametrize("words", NOT_DONE)
def test_what_only_sounds_like_a_result_closes_nothing(words: str) -> None:
    found = read_reply(words, desk()).operations
    assert {one.op for one in found} <= {"note", "question"}


@pytest.mark.parametrize("words", ["he passed", "she is back", "they are covered"])
def test_a_pronoun_is_no_thing_of_the_tasks(words: str) -> None:
    for number in (42, 43, 44):
        assert not [one for one in read_reply(words, desk(number)).operations if one.op == "done"]
