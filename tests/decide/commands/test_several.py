"""Several tasks named in words in one breath: "drop the bed and the van"."""

from __future__ import annotations

import pytest

from assistant.decide.commands import read_reply
from tests.decide.commands.replies_made import PRIYA, read
from tests.decide.commands.test_groups import ward

GIVEN = f"assign {{n}} {PRIYA.email}"
NAMED: dict[str, tuple[str, tuple[int, ...]]] = {
    "drop the bed and the gurney van": ("drop {n}", (40, 43)),
    "cancel the swallow study and the ride": ("drop {n}", (48, 49)),
    "the bed and the van are no longer needed": ("drop {n}", (40, 43)),
    "we don't need the bed and the van anymore": ("drop {n}", (40, 43)),
    "the bed and the wound notes are done": ("done {n}", (40, 41)),
    "the bed, the wound notes and the PASRR are done": ("done {n}", (40, 41, 44)),
    "done with the bed, the permits and the swallow study": ("done {n}", (40, 47, 48)),
    "push the bed and the PASRR to friday": ("due {n} 2026-03-13", (40, 44)),
    "push the bed and 43 to friday": ("due {n} 2026-03-13", (40, 43)),
    "snooze the permits and the walker call till monday": ("snooze {n} 2026-03-16", (45, 47)),
    "the bed and the van can wait till friday": ("snooze {n} 2026-03-13", (40, 43)),
    "give the bed and the van to Priya": (GIVEN, (40, 43)),
    "Priya takes the bed and the van": (GIVEN, (40, 43)),
    "bed & van -> Priya": (GIVEN, (40, 43)),
    "mark the bed and the van urgent": ("priority {n} high", (40, 43)),
    "quita la cama y los permisos": ("drop {n}", (40, 47)),
}
UNNAMED = (
    "the bed and the van are still pending",
    "the bed and the van will be done friday",
    "the bed and the wound notes aren't done",
    "the bed and Omar's van are done",
    "the bed and Gomez's PASRR are done",
    "the bed and the van for Lena are done",
    "the bed and the van were delivered",
    "are the bed and the van done?",
    "call the daughter and the son",
)


@pytest.mark.parametrize("words", NAMED)
def test_each_of_several_tasks_named_in_words_is_meant(words: str) -> None:
    form, numbers = NAMED[words]
    reading = read_reply(words, ward())
    changes = [one for one in read(words, ward()) if not one.startswith("note")]

    assert reading.ask is None
    assert sorted(changes) == [form.format(n=number) for number in numbers]


@pytest.mark.parametrize("words", UNNAMED)
def test_where_one_of_several_is_not_clear_none_of_them_closes(words: str) -> None:
    assert [one for one in read(words, ward()) if not one.startswith(("note", "question"))] == []
