"""A task of several things: one of them said to be done closes nothing; all of them do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.decide.commands import ReplyContext
from tests.decide.commands.replies_made import digest, read
from tests.decide.tasks_made import task

TITLES = {
    12: ("Pick up oxygen and bed", "Mr. Okafor"),
    14: ("Fax the orders and the consent to Ridgeview", "Mrs. Lindqvist"),
    18: ("Order walker, commode and hospital bed", "Mrs. Ames"),
    21: ("Schedule PT and OT evaluations", "Mr. Ruiz"),
    24: ("Recoger muestra y receta", "Sra. Vega"),
    25: ("Send labs + imaging to Dr. Abel", "Mr. Hall"),
}


def listed() -> ReplyContext:
    tasks = tuple(replace(task(number), title=title, patient=patient) for number, (title, patient) in TITLES.items())
    return digest(tuple(TITLES), tasks=tasks)


@pytest.mark.parametrize(
    "words",
    [
        "oxygen picked up",
        "the oxygen is picked up",
        "picked up the oxygen",
        "12: oxygen picked up",
        "12 oxygen is done",
        "Okafor's oxygen was picked up",
        "oxygen is picked up but not the bed",
        "orders faxed",
        "faxed the orders to Ridgeview",
        "consent faxed to Ridgeview",
        "14: orders faxed",
        "walker ordered",
        "commode and walker ordered",
        "ordered the walker and the commode",
        "walker and bed ordered, commode on backorder",
        "PT scheduled",
        "OT evaluation scheduled for Mr. Ruiz",
        "muestra recogida",
        "ya recogí la receta",
        "labs sent to Dr. Abel",
        "imaging sent",
        "12 bed not needed",
        "14 consent not needed",
    ],
)
def test_one_of_several_things_closes_nothing(words: str):
    assert not [one for one in read(words, listed()) if one.startswith(("done", "drop"))]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("oxygen and bed picked up", 12),
        ("oxygen and the bed are picked up", 12),
        ("picked up the bed and the oxygen", 12),
        ("12 both picked up", 12),
        ("12 done - oxygen picked up this morning", 12),
        ("orders and consent faxed", 14),
        ("faxed the orders and the consent", 14),
        ("walker, commode and bed ordered", 18),
        ("PT and OT scheduled", 21),
        ("evaluations scheduled for Mr. Ruiz", 21),
        ("receta y muestra recogidas", 24),
        ("sent the labs and imaging to Dr. Abel", 25),
        ("25 done, labs are out", 25),
    ],
)
def test_all_of_them_or_a_plain_word_do(words: str, number: int):
    assert [one for one in read(words, listed()) if one.startswith("done")] == [f"done {number}"]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Review and sign the consent", "consent reviewed and signed"),
        ("Fax the signed and dated form to Kelly", "the form is faxed"),
        ("Get the report from Smith and Jones Imaging", "got the report from Smith"),
        ("Fax the orders, urgent", "orders faxed"),
    ],
)
def test_one_thing_in_several_words_is_one(title: str, words: str):
    asked = digest((12,), tasks=(replace(task(12), title=title),))

    assert [one for one in read(words, asked) if one.startswith("done")] == ["done 12"]


@pytest.mark.parametrize(
    ("title", "words", "is_done"),
    [
        ("Sign and fax the order", "signed the order", False),
        ("Sign and fax the order", "the order is signed", False),
        ("Sign and fax the order", "order signed and faxed", True),
        ("Sign and fax the order", "12 done, signed it", True),
        ("Print and mail the packet", "printed the packet", False),
        ("Complete and send the form", "form completed and sent", True),
    ],
)
def test_of_two_deeds_the_first_alone_closes_nothing(title: str, words: str, is_done: bool):  # noqa: FBT001 - a table
    asked = digest((12,), tasks=(replace(task(12), title=title),))

    assert ("done 12" in read(words, asked)) == is_done
