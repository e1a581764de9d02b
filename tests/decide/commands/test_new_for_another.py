"""A new task that names at once who shall see to it, and names that belong to its words alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.decide.commands.replies_made import DANA, MARCUS, PRIYA, RUTH, digest, read

THURSDAY = "2026-03-12"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("new: order gowns thursday, give to ruth", f"create {THURSDAY} {RUTH.email} Order gowns"),
        ("new: order gowns thursday, and give it to Ruth please", f"create {THURSDAY} {RUTH.email} Order gowns"),
        ("new: order gowns by thursday, assign to Priya", f"create {THURSDAY} {PRIYA.email} Order gowns"),
        ("new: order gowns, Ruth Adeyemi, thursday", f"create {THURSDAY} {RUTH.email} Order gowns"),
        ("new: order gowns (ruth) by thursday", f"create {THURSDAY} {RUTH.email} Order gowns"),
        ("new: order gowns - marcus.boyd@clinic.example - thursday", f"create {THURSDAY} {MARCUS.email} Order gowns"),
        ("new: order gowns thursday, urgent, ruth", f"create {THURSDAY} {RUTH.email} high Order gowns"),
        ("new: order gowns, ruth, urgent", f"create {RUTH.email} high Order gowns"),
        ("new for ruth: order gowns by thursday", f"create {THURSDAY} {RUTH.email} Order gowns"),
        ("add a task for Ruth - order gowns", f"create {RUTH.email} Order gowns"),
        ("add a task to order gowns thursday and give it to priya", f"create {THURSDAY} {PRIYA.email} Order gowns"),
        ("nueva: pedir batas para el jueves, para Ruth", f"create {THURSDAY} {RUTH.email} Pedir batas"),
        # Hers already.
        ("new: order gowns thursday, dana", f"create {THURSDAY} {DANA.email} Order gowns"),
    ],
)
def test_who_shall_see_to_a_new_task_is_read_where_it_stands_apart(words: str, expected: str):
    assert read(words) == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("new: call ruth thursday", f"create {THURSDAY} Call ruth"),
        ("new: pick up the films from Ruth, thursday", f"create {THURSDAY} Pick up the films from Ruth"),
        ("new: book the van thursday for Ruth", f"create {THURSDAY} Book the van for Ruth"),
        # A list of people, not a taker.
        ("new: meet with priya, ruth", "create Meet with priya, ruth"),
        # Nobody here bears the name; a patient does.
        ("new: order gowns, give to Geoff", "create Order gowns, give to Geoff"),
        ("new: order gowns, okafor", "create Order gowns, okafor"),
    ],
)
def test_a_name_that_may_be_part_of_the_task_stays_in_it(words: str, expected: str):
    assert read(words) == [expected]


def test_a_patient_of_the_list_who_bears_a_colleagues_name_is_no_taker():
    (first, *_others) = digest().tasks
    asked = digest(tasks=(replace(first, patient="Ruth Abara"),))

    assert read("new: call the ward, ruth", asked) == ["create Call the ward, ruth"]


@pytest.mark.parametrize("shown", [(4,), (4, 7)])
@pytest.mark.parametrize("tail", ["give to ruth", "give it to ruth", "ruth"])
def test_below_a_mail_about_other_tasks_the_taker_is_the_new_ones(shown: tuple[int, ...], tail: str):
    assert read(f"new: order gowns by thursday, {tail}", digest(shown)) == [
        f"create {THURSDAY} {RUTH.email} Order gowns"
    ]
    assert read(f"new: order gowns, {tail}", digest(shown)) == [f"create {RUTH.email} Order gowns"]


def test_what_is_given_by_its_number_behind_a_new_task_is_given():
    assert read("new: order gowns, give 4 to ruth") == ["create Order gowns", f"assign 4 {RUTH.email}"]
