"""Tables, lists, forms and attachments: what of their structure is a task, whose it is, and when it is due."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.records import Attachment
from assistant.understand.embedded import EmbeddedEngine
from tests.understand.embedded.conftest import LENA, RUTH, mail, tasks


def patients(engine: EmbeddedEngine, text: str) -> list[str | None]:
    return [one.patient for one in tasks(engine, mail(text)) if one.certain]


def quotes(engine: EmbeddedEngine, text: str, *attached: Attachment) -> list[str]:
    return [one.quote for one in tasks(engine, mail(text, to=(RUTH, LENA), attachments=attached)) if one.certain]


def paper(text: str, name: str = "letter.txt", media_type: str = "text/plain") -> Attachment:
    return Attachment(name=name, media_type=media_type, size=len(text), text=text)


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("patient | dob | to_do\nFarrow, J | 1/2/50 | EKG not done - book by 3/20\nAmes, R | 2/3/61 | ", ["Farrow, J"]),
        ("Day | Name | Missing | By\n3/16 | Farrow, J\n3/17 | Ames, R | films | 3/12", ["Ames, R"]),
        ("Name | Missing\nFarrow, J | consent received 3/2\nAmes, R | signed consent", ["Ames, R"]),
        (
            "Patient | Issue | Next\nFarrow, J | bed | nothing to do before Monday\nAmes, R | bed | widen the search",
            ["Ames, R"],
        ),
        ("Patient | Task | Done\nFarrow, J | order the bed | x\nAmes, R | order the bed | ", ["Ames, R"]),
        ("Patient | Step | Init\nFarrow, J | call the plan | RB\nAmes, R | call the plan | OS", ["Farrow, J"]),
        (
            "Patient | Plan | Remark\nFarrow, J | Kyl | request 8 more visits\nAmes, R | Kyl | per plan of care",
            ["Farrow, J"],
        ),
        ("Patient        Needs\nFarrow, J      EKG\nAmes, R        nothing", ["Farrow, J"]),
    ],
)
def test_a_row_is_open_where_a_column_says_so(engine: EmbeddedEngine, table: str, found: list[str]):
    assert patients(engine, f"Ruth, the list:\n\n{table}\n") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Where we are:\n- Pell: ride booked\n- Dow: interpreter not confirmed yet\n", ["Dow"]),
        ("Notes:\n* 302 Pell - home today\n* 305 Dow - papers late. Ruth to call the clerk today\n", ["Dow"]),
        (
            "Dow, Joan - PT - approved by the plan on March 3 for twelve visits\nPell, Ann - call Keyline today\n",
            ["Pell, Ann"],
        ),
        (
            "The ones to call:\n\n  Ann Pell    new sample\n  Joan Dow    shot 2, we never gave it\n",
            ["Ann Pell", "Joan Dow"],
        ),
    ],
)
def test_an_item_is_about_the_patient_it_begins_with(engine: EmbeddedEngine, text: str, found: list[str]):
    assert patients(engine, text) == found


def test_rows_are_meant_or_left_by_the_mark_that_the_mail_speaks_of(engine: EmbeddedEngine):
    table = "Claim | Patient | St | Reason\n12 | Farrow, J | R | wrong member id\n13 | Ames, R | W | address corrected"

    assert patients(engine, f"Ruth, please fix those with status R, W needs no action.\n\n{table}\n") == ["Farrow, J"]


@pytest.mark.parametrize(
    ("plan", "found"),
    [("Ruth to call the plan", ["Farrow, J"]), ("PT to see him today", []), ("call the plan", ["Farrow, J"])],
)
def test_a_plan_that_names_somebody_else_is_theirs(engine: EmbeddedEngine, plan: str, found: list[str]):
    assert (
        patients(engine, f"Ruth, today:\n\nRm | Patient | Plan\n401 | Farrow, J | {plan}\n402 | Ames, R | home\n")
        == found
    )


def test_a_form_that_is_assigned_to_somebody_else_is_theirs(engine: EmbeddedEngine):
    form = "Task: Call {}\nAssigned to: {}\nDue: 03/12/2026\nStatus: OPEN\n\n"

    assert quotes(engine, form.format("Joan Dow", "Ruth Ballard") + form.format("Bo Farr", "Lena Fry")) == [
        "Task: Call Joan Dow"
    ]


@pytest.mark.parametrize(
    "text", ["Order list attached.", "Prep sheet for Mr. Dow attached.", "Log attached, two are for you."]
)
def test_a_paper_that_is_only_named_is_no_order(engine: EmbeddedEngine, text: str):
    assert quotes(engine, text) == []


def test_where_a_blank_means_good_no_blank_is_a_task(engine: EmbeddedEngine):
    table = "Name | Missing | By | Note\nFarrow, J | | | \nAmes, R | | | "

    assert patients(engine, f"Ruth, blank = good.\n\n{table}\n") == []


def test_what_the_mail_says_of_the_last_column_holds(engine: EmbeddedEngine):
    rows = "trip | rider | closed | rb\n12 | Farrow, J | no | the clinic wants a word\n13 | Ames, R | no | \n"

    found = quotes(engine, "Ruth, what is in the last column is yours.", paper(rows, "t.csv", "text/csv"))

    assert found == ["the clinic wants a word"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Case: 12\nPatient: Joan Dow\nRespond by: 03/19/2026\n\nPlease upload the op note.\n",
            ["Please upload the op note."],
        ),
        ("Patient: Joan Dow\nUnit: 5E\nAction needed: deliver the notice\n", ["Action needed: deliver the notice"]),
        ("Member: Joan Dow      Request: knee brace\nStatus: approved\n", []),
    ],
)
def test_a_forms_lines_are_orders_only_where_they_say_so(engine: EmbeddedEngine, text: str, found: list[str]):
    assert quotes(engine, text) == found


def test_a_form_says_when_the_request_below_it_is_due(engine: EmbeddedEngine):
    text = "Case: 12\nPatient: Joan Dow\nRespond by: 03/19/2026\n\nPlease upload the op note.\n"

    (found,) = tasks(engine, mail(text))

    assert found.deadline is not None
    assert found.deadline.due == date(2026, 3, 19)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Still needed:\n- the op note\n- the x-ray report\n\nAll documents must reach us by March 20.\n",
            ["All documents must reach us by March 20."],
        ),
        ("Still needed:\n- the op note\n- the x-ray report\n", ["the op note", "the x-ray report"]),
        (
            "My list:\nRuth\n  - the Dow refund\n  - copy of the card\nLena\n  - the ward list\n",
            ["the Dow refund", "copy of the card"],
        ),
        (
            """1) Notice not signed    Pt: DOW, JOAN    Unit: 5E
   Obs start 03/11/2026 09:40
   Obtain signature by 03/12/2026 21:40
""",
            ["Notice not signed"],
        ),
        (
            "[ ] order the walker\n[ ] ramp - the landlord will put it in himself\n[n/a] ride home\n",
            ["order the walker"],
        ),
    ],
)
def test_a_lists_head_and_the_words_beside_it_say_what_its_items_are(
    engine: EmbeddedEngine, text: str, found: list[str]
):
    assert quotes(engine, text) == found


@pytest.mark.parametrize(
    ("words", "letter", "found"),
    [
        (
            "A fax came in, see attached.",
            "TO: Medical Records\n\nWe need the last EKG of Joan Dow.\n",
            ["We need the last EKG of Joan Dow."],
        ),
        (
            "See attached letter.",
            "Dear Provider,\n\nSend the chart notes within 5 days.\n",
            ["Send the chart notes within 5 days."],
        ),
        (
            "The visit letter is enclosed; kindly go through the points in it.",
            "Action items for the desk:\n1. Renew the lease by May 3.\n2. Label the two freezers.\n",
            ["Renew the lease by May 3.", "Label the two freezers."],
        ),
        (
            "Please call Mr. Dow. Orders for two others attached.",
            "Joan Dow    walker, narrow\n   Please deliver by Friday.\n\nAnn Pell    cane\n   Please swap.\n",
            ["Please call Mr. Dow.", "Please deliver by Friday.", "Please swap."],
        ),
        ("See attached letter.", "Dear Mr. Dow,\n\nPlease bring your card by Friday.\n", []),
        ("FYI, the letter that went out.", "Dear Provider,\n\nSend the chart notes.\n", []),
        (
            "Please book the scan for Joan Dow.",
            "Dear Provider,\n\nSend the chart notes.\n",
            ["Please book the scan for Joan Dow."],
        ),
        (
            "The log.",
            "0810  Mrs. Pell. Asked about parking. Closed.\n0840  Mr. Ames. Wants a call back from Ruth today.\n",
            ["Wants a call back from Ruth today."],
        ),
        (
            "The log.",
            "0810  Mrs. Pell. Leave form dropped off at the desk, due 3/20. For Ruth.\n",
            ["Leave form dropped off at the desk, due 3/20."],
        ),
    ],
)
def test_a_letter_asks_the_reader_where_the_mail_only_hands_it_on(
    engine: EmbeddedEngine, words: str, letter: str, found: list[str]
):
    assert quotes(engine, words, paper(letter)) == found


def test_a_letters_own_date_is_what_its_deadlines_count_from(engine: EmbeddedEngine):
    letter = "March 3, 2026\n\nDear Provider,\n\nPlease send the chart notes within 10 days.\n"

    (found,) = tasks(engine, mail("See attached.", attachments=(paper(letter),)))

    assert found.deadline is not None
    assert found.deadline.due == date(2026, 3, 13)
