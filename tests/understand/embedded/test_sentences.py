"""Text -> sentences, items, rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understand.embedded.sentences import fold, sentences
from assistant.understand.embedded.tables import csv_rows, split_tables

BARS = """Please find what is missing:
Patient | Study | Order | Diary
ORTIZ, Ana | Sleep | MISSING | 5/1
DOW, Ben | EEG | 4/2 | 5/1
Thank you"""
SPACES = """Who works when.

Day   Shift   Nurse       Unit       State
---   -----   ---------   --------   -------
Mon   night   Ana O.      4 East     full
Tue   day     Ben Moss    2 West     open
"""


def texts(text: str) -> list[str]:
    return [one.text for one in sentences(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Call her. Then fax it.", ["Call her.", "Then fax it."]),
        ("Ask Dr. Wren at St. Luke by 5 p.m. Eastern.", ["Ask Dr. Wren at St. Luke by 5 p.m. Eastern."]),
        ("Be here by 5 p.m. Call me.", ["Be here by 5 p.m.", "Call me."]),
        ("Is she in? Yes!! Good", ["Is she in?", "Yes!!", "Good"]),
        ("Mr. J. Dow (DOB 1/2/40) is in.", ["Mr. J. Dow (DOB 1/2/40) is in."]),
        ("Tobias R. is on 4 East.", ["Tobias R. is on 4 East."]),
        ("The first line of a mail that was wrapped by its writer's\nprogram goes on.", None),
        ("Ruth\n\nCall him.", ["Ruth", "Call him."]),
        ("thanks\nOmar", ["thanks", "Omar"]),
        ("________\nCall him.", ["Call him."]),
        ("", []),
        ("...", []),
    ],
)
def test_a_text_is_cut_where_a_sentence_ends(text: str, said: list[str] | None):
    assert texts(text) == (said if said is not None else [fold(text)])


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "1. ", "2) ", "(3) ", "a. ", "– "])
def test_list_items_know_the_line_above_them(mark: str):
    said = sentences(f"Please:\n{mark}call the son\n{mark}fax the order\n")

    assert [(one.text, one.shape, one.lead) for one in said[1:]] == [
        ("call the son", "item", "Please:"),
        ("fax the order", "item", "Please:"),
    ]


@pytest.mark.parametrize(
    ("box", "shape"), [("[ ]", "open_box"), ("[x]", "ticked_box"), ("☐", "open_box"), ("☑", "ticked_box")]
)
def test_boxes_are_open_or_ticked(box: str, shape: str):
    assert sentences(f"{box} Book the van")[0].shape == shape


def test_a_table_between_bars_names_its_cells():
    rest, rows = split_tables(BARS)

    assert [dict(row.cells)["Order"] for row in rows] == ["MISSING", "4/2"]
    assert rows[0].text == "ORTIZ, Ana | Sleep | MISSING | 5/1"
    assert "Thank you" in rest
    assert "ORTIZ" not in rest


def test_a_table_set_with_spaces_names_its_cells():
    _, rows = split_tables(SPACES)

    assert dict(rows[1].cells) == {
        "Day": "Tue",
        "Shift": "day",
        "Nurse": "Ben Moss",
        "Unit": "2 West",
        "State": "open",
    }


def test_prose_with_two_spaces_after_each_full_stop_is_no_table():
    text = "Call her now.  She is in.  Ask for Ben.\nFax the order.  It is signed.  Thank you.\n"

    rest, rows = split_tables(text)

    assert (rest.strip(), rows) == (text.strip(), ())


def test_comma_separated_values_name_their_cells():
    rows = csv_rows('id,patient,missing\n1,"Dow, Ben",order\n2,"Ortiz, Ana",\n')

    assert dict(rows[0].cells) == {"id": "1", "patient": "Dow, Ben", "missing": "order"}


@pytest.mark.parametrize("text", ["", "Dear Ruth, hello, thank you,\nbye", "a,b\n1,2"])
def test_a_letter_holds_no_comma_separated_values(text: str):
    assert csv_rows(text) == ()


@given(st.text(max_size=400))
def test_every_sentence_stands_in_the_text(text: str):
    whole = fold(text)

    assert all(one.text in whole or one.shape != "prose" for one in sentences(text))
