"""Lists with something taken out: "4-8 except 6", "everything but the van", in whatever order it is said."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.replies_made import PRIYA, digest, read
from tests.decide.commands.test_groups import TITLES, ward

ALL = tuple(TITLES)
GIVEN = f"assign {{n}} {PRIYA.email}"

LEFT: dict[str, tuple[str, tuple[int, ...]]] = {
    "everything for Marsh-Cole is done except the DNR": ("done {n}", (44, 45)),
    "everything for Lena is done but the PASRR": ("done {n}", (45, 46)),
    "all of Lena's done except 46": ("done {n}", (44, 45)),
    "snooze all of Lena's but the DNR until friday": ("snooze {n} 2026-03-13", (44, 45)),
    "closing out 40 thru 45 except 42": ("done {n}", (40, 41, 43, 44, 45)),
    "40-45 are done except 42": ("done {n}", (40, 41, 43, 44, 45)),
    "40 through 44, minus 42, are finished": ("done {n}", (40, 41, 43, 44)),
    "40, 41 and 43 all done but not 42": ("done {n}", (40, 41, 43)),
    "40-43 done except 42, no answer there": ("done {n}", (40, 41, 43)),
    "snooze 40-43 except 41 until friday": ("snooze {n} 2026-03-13", (40, 42, 43)),
    "push 40, 41 and 42 but not 43 to friday": ("due {n} 2026-03-13", (40, 41, 42)),
    "snooze the lot until tomorrow apart from 43": ("snooze {n} 2026-03-11", tuple(n for n in ALL if n != 43)),
    "every one of them is done but 44 and 48": ("done {n}", tuple(n for n in ALL if n not in {44, 48})),
    "todo listo menos la 44 y la 48": ("done {n}", tuple(n for n in ALL if n not in {44, 48})),
    "all set except 44": ("done {n}", tuple(n for n in ALL if n != 44)),
    "all but Lena's are done": ("done {n}", (40, 41, 42, 43, 47, 48, 49)),
    "Everything is complete with the exception of the parking permits.": (
        "done {n}",
        tuple(n for n in ALL if n != 47),
    ),
    "everything's done aside from the walker call and the gurney van": (
        "done {n}",
        tuple(n for n in ALL if n not in {43, 45}),
    ),
    "everything is done except the van, still waiting on the company": ("done {n}", tuple(n for n in ALL if n != 43)),
    "drop everything but the PASRR and the DNR": ("drop {n}", tuple(n for n in ALL if n not in {44, 46})),
    "give all except the permits to Priya": (GIVEN, tuple(n for n in ALL if n != 47)),
    "push everything except Lena's to friday": ("due {n} 2026-03-13", tuple(n for n in ALL if n not in {44, 45, 46})),
    "mueve todo menos la 43 al viernes": ("due {n} 2026-03-13", tuple(n for n in ALL if n != 43)),
}
UNCLEAR = (
    "everything is done except the blood pressure thing",
    "everything is done except two",
    "everything is done except for one little thing",
    "all done except what Ruth has",
    "everything except the signatures is done",
    "40-43 are done except for the signature",
    "everything is complete with the exception of the form",
    "everything is done aside from a few",
    "nothing is done except 43",
    "is everything done except 43?",
    "I think everything is done except 43",
    "everything will be done friday except 43",
)


@pytest.mark.parametrize("words", LEFT)
def test_what_is_taken_out_stays_as_it_is(words: str) -> None:
    form, numbers = LEFT[words]
    reading = read_reply(words, ward())
    changes = [one for one in read(words, ward()) if not one.startswith("note")]

    assert reading.ask is None
    assert sorted(changes) == [form.format(n=number) for number in numbers]


@pytest.mark.parametrize("words", UNCLEAR)
def test_where_it_is_not_plain_what_is_taken_out_nothing_closes(words: str) -> None:
    assert [one for one in read_reply(words, ward()).operations if one.op not in {"note", "question"}] == []


@pytest.mark.parametrize("words", ["all done except the Holter report and the ukulele", "all done but the ukulele"])
def test_what_is_spared_and_found_by_nobody_leaves_all_open(words: str):
    reading = read_reply(words, digest())

    assert reading.operations == ()
    assert reading.ask is not None


def test_every_number_that_is_no_tasks_is_named():
    reading = read_reply("17 done, 12 done, 28 done, 99 done", digest())

    assert [(one.op, one.number) for one in reading.operations] == [("done", 12)]
    assert "#17, #28, #99" in (reading.ask or "")
