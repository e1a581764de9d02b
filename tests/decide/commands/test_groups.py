"""Tasks that are named together by whose they are: "Lena's two", "everything for Vance", "all of hers"."""

from __future__ import annotations

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from assistant.decide.commands.plain.groups import _forms
from tests.decide.commands.replies_made import PRIYA, RUTH, digest, read
from tests.decide.tasks_made import DANA, task

TITLES: dict[int, tuple[str, str | None, str]] = {
    40: ("Order a hospital bed", "Dorothy Vance", DANA.email),
    41: ("Fax wound notes to Cedar Home Health", "Dorothy Vance", DANA.email),
    42: ("Confirm dialysis chair time", "Mr. Amadou Diallo", DANA.email),
    43: ("Book a gurney van", "Mr. Amadou Diallo", DANA.email),
    44: ("Send the PASRR to Willow Creek", "Lena Marsh-Cole", DANA.email),
    45: ("Call the son about the walker", "Lena Marsh-Cole", DANA.email),
    46: ("Get the DNR signed by Dr. Sauer", "Lena Marsh-Cole", DANA.email),
    47: ("Renew the parking permits", None, DANA.email),
    48: ("Schedule the swallow study", "Sol Ibarra", RUTH.email),
    49: ("Arrange a ride for Thursday", "Sol Ibarra", RUTH.email),
}
VANCE, DIALLO, LENA, IBARRA = (40, 41), (42, 43), (44, 45, 46), (48, 49)
TO_PRIYA = f"assign {{n}} {PRIYA.email}"


def ward() -> ReplyContext:
    made = tuple(
        task(number, title=title, patient=patient, owner=owner) for number, (title, patient, owner) in TITLES.items()
    )
    return digest(tuple(TITLES), tasks=made)


MEANT: dict[str, tuple[str, tuple[int, ...]]] = {
    "vance: both done": ("done {n}", VANCE),
    "Vance - both done": ("done {n}", VANCE),
    "Dorothy's two are done": ("done {n}", VANCE),
    "the two for Dorothy are done": ("done {n}", VANCE),
    "both Vance tasks are done": ("done {n}", VANCE),
    "all of the Vance stuff is finished": ("done {n}", VANCE),
    "done with everything for Mr. Diallo": ("done {n}", DIALLO),
    "Marsh-Cole: all three done": ("done {n}", LENA),
    "all three of Lena's are done": ("done {n}", LENA),
    "snooze Diallo's two until friday": ("snooze {n} 2026-03-13", DIALLO),
    "push Dorothy's stuff to friday": ("due {n} 2026-03-13", VANCE),
    "Vance's two are due friday": ("due {n} 2026-03-13", VANCE),
    "Diallo's two -> Priya": (TO_PRIYA, DIALLO),
    "give everything for Dorothy to Priya": (TO_PRIYA, VANCE),
    "Priya takes both of Diallo's": (TO_PRIYA, DIALLO),
    "Ruth's stuff goes to Priya. She is on leave.": (TO_PRIYA, IBARRA),
    "Diallo's two are urgent now": ("priority {n} high", DIALLO),
    "both of Diallo's: on it": ("acknowledge {n}", DIALLO),
    "reopen both of Diallo's": ("reopen {n}", DIALLO),
    "drop both of Diallo's, he left": ("drop {n}", DIALLO),
    "take all of Mrs. Vance's off my list": ("drop {n}", VANCE),
    "Mr. Diallo passed last night. take all of his off my list": ("drop {n}", DIALLO),
    "Diallo cancelled. Kill both of his.": ("drop {n}", DIALLO),
    "Vance was discharged. Drop her two.": ("drop {n}", VANCE),
    "Mr. Diallo went home so you can remove both of his": ("drop {n}", DIALLO),
    "las dos de los Ibarra ya quedaron": ("done {n}", IBARRA),
    "todo lo de Vance ya está hecho": ("done {n}", VANCE),
    "las de Diallo pásalas al viernes": ("due {n} 2026-03-13", DIALLO),
    "pospón las dos de Vance hasta el viernes": ("snooze {n} 2026-03-13", VANCE),
    "dale las dos de Diallo a Priya": (TO_PRIYA, DIALLO),
    "La señora Vance falleció anoche. Quita todo lo de ella.": ("drop {n}", VANCE),
}
TORN = (
    "Marsh-Cole's two are done",
    "both of Lena's are done",
    "drop Lena's two",
    "snooze all four of Lena's until friday",
    "las dos de Lena ya quedaron",
    "Lena was discharged. Drop both of hers.",
    "Vance and Diallo were here. Drop both of hers, his two are done.",
)
NOT_MEANT = (
    "Dorothy's two kids are with grandma",
    "her two daughters will take it over",
    "all of Mr. Diallo's meds are ready",
    "Mr. Diallo's two sons called, they get it",
    "both Vance and Diallo are here today",
    "everything for Vance is going well",
    "neither of Diallo's is done",
    "none of Lena's are done",
    "not all of Lena's are done",
    "almost all of Lena's are done",
    "most of Lena's are done",
    "half of Diallo's two are done",
    "one of Diallo's two is done",
    "both of Diallo's are still pending",
    "all three of Lena's are almost done",
    "are both of Diallo's done?",
    "I think both of Diallo's are done",
    "both of Diallo's will be done friday",
    "both of his are done",
    "drop all of hers",
    "casi todo lo de Vance está hecho",
)


@pytest.mark.parametrize("words", MEANT)
def test_a_patients_tasks_are_meant_together_where_it_is_plain_whose(words: str) -> None:
    form, numbers = MEANT[words]
    reading = read_reply(words, ward())
    changes = [one for one in read(words, ward()) if not one.startswith("note")]

    assert reading.ask is None
    assert sorted(changes) == [form.format(n=number) for number in numbers]


@pytest.mark.parametrize("words", TORN)
def test_a_group_that_is_counted_wrongly_is_asked_about(words: str) -> None:
    reading = read_reply(words, ward())

    assert reading.ask is not None
    assert [one for one in reading.operations if one.op != "note" and one.number not in {42, 43}] == []


@pytest.mark.parametrize("words", NOT_MEANT)
def test_what_only_sounds_like_a_group_changes_nothing(words: str) -> None:
    assert [one for one in read(words, ward()) if not one.startswith(("note", "question", "acknowledge"))] == []


def test_a_reply_that_names_nobody_makes_no_patterns_for_all_who_have_tasks() -> None:
    assert _forms(frozenset()) == ()
    before = _forms.cache_info().misses

    assert read("done 40, then snooze 44 until friday", ward())
    assert _forms.cache_info().misses == before


def test_the_thing_for_a_patient_is_their_one_task() -> None:
    assert read("i did the thing for Thuy") == ["done 5"]
    assert [one for one in read("did the thing for Joan Castillo") if one.startswith("done")] == []
