"""When a mail's tasks are due: the sentences, lists, events, letters and later mails that say so."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from assistant.records import Attachment, Deadline
from assistant.understand.embedded import EmbeddedEngine
from tests.understand.embedded.conftest import LENA, OMAR, PAYER, TUESDAY, mail, part, tasks

CHICAGO = ZoneInfo("America/Chicago")


def told(deadline: Deadline | None) -> str | None:
    if deadline is None:
        return None
    due = deadline.due
    return due.astimezone(CHICAGO).strftime("%m-%d %H:%M") if isinstance(due, datetime) else due.strftime("%m-%d")


MAILS: list[tuple[str, list[str | None]]] = [
    # What covers all that is asked.
    (
        "Did the echo get uploaded?\n\nWhich day is the visit?\n\nIf you could answer both by Thursday, great.",
        ["03-12", "03-12"],
    ),
    (
        "All of it by Friday. Here is the list:\n- fax the orders\n- call the daughter\n",
        ["03-13", "03-13"],
    ),
    (
        "Please:\n1. fax the orders\n2. call the son\n3. print the labels\n\n1 and 3 by noon tomorrow, 2 whenever.",
        ["03-11 12:00", None, "03-11 12:00"],
    ),
    # What speaks of the one thing asked.
    (
        "Could you find Mrs. Lund an interpreter?\n\nI'd love to tell the family by Thursday that it's settled.",
        ["03-12"],
    ),
    # Events told elsewhere.
    (
        "The care conference for Mr. Dow is Thursday at 10:30.\n\nPlease send his notes before the conference.",
        ["03-12 10:30"],
    ),
    (
        "Mr. Dow has surgery 3/24. Mrs. Lund has surgery 3/31.\n\nFax Mrs. Lund's form the day before surgery.",
        ["03-30"],
    ),
    ("Surgery is 3/24 for one, 3/31 for another.\n\nPlease send me the form before the surgery.", [None]),
    ("His daughter calls me back at 2 today. Please get me an answer by then.", ["03-10 14:00"]),
    ("I hold Thursday 11:30 for the call. Please tell me by 9 am that same day if you want it.", ["03-12 09:00"]),
    ("Could you call the son with the plan? Any time before she goes home. She is discharged Friday.", ["03-13"]),
    # A letter's own date.
    (
        "This letter is dated March 6, 2026.\n\nPlease submit the records within 14 days of the date of this letter.",
        ["03-20"],
    ),
    # Which time governs.
    ("Please order 20 kits, they take 7 business days so please do it tomorrow.", ["03-11"]),
    ("I'm at the other site through Thursday. Can you handle the intake form?", [None]),
    ("I leave Friday and want no loose ends:\n- fax the orders\n- call the daughter\n", [None, None]),
    ("Could you get me the date before I round at 7:30 tomorrow?", ["03-11 07:30"]),
    ("Please upload both before the month is out.", ["03-31"]),
    ("Please fax the orders by Friday. I know that is a holiday, so Thursday really.", ["03-12"]),
    ("Bed: 6E\nDue: 11:00 today\nComment: family is waiting, please call the driver again", ["03-10 11:00"]),
    ("You take the auth for Mr. Dow, please. Portal only, and it has to go in by COB Thursday.", ["03-12"]),
    ("Please send me the roster. Complete it before 3/17 or the key expires.", ["03-17"]),
    ("Where are we with the bed number? Please text both by tonight.", ["03-10 23:59", "03-10 23:59"]),
    ("The pass expires the 30th; please ask for more tomorrow.", ["03-11"]),
    ("Please send the list by tomorrow... sorry, Thursday.", ["03-12"]),
    ("The form has to be re-signed. Both must be in place 48 hours before the procedure on 3/24.", ["03-22"]),
]


@pytest.mark.parametrize(("text", "dues"), MAILS)
def test_a_task_is_due_when_its_mail_says(engine: EmbeddedEngine, text: str, dues: list[str | None]) -> None:
    assert [told(one.deadline) for one in tasks(engine, mail(text))] == dues


def test_a_rule_for_the_table_counts_from_each_rows_date(engine: EmbeddedEngine) -> None:
    text = (
        "Clearance by 2 pm the day before surgery, as always.\n\n"
        "| Patient | Surgery | Clearance |\n|---|---|---|\n| Dow, A. | 3/17 | OPEN |\n| Lund, B. | 3/24 | OPEN |\n"
    )

    assert [told(one.deadline) for one in tasks(engine, mail(text))] == ["03-16 14:00", "03-23 14:00"]


ROWS: list[tuple[str, str, str, str | None]] = [
    ("Please see the list.", "Patient | When | Status", "Dow, A. | 3/17 | OPEN", "03-17"),
    ("Please see the list.", "Patient | Window closes | Status", "Dow, A. | 3/17 | OPEN", "03-17"),
    (
        "Please see the list.",
        "Patient | Missing | Note",
        "Dow, A. | face sheet | they hold the bed until 3/17",
        "03-17",
    ),
    ("All of it by Friday please.", "Patient | Missing | Note", "Dow, A. | face sheet | -", "03-13"),
    ("All by Friday please.", "Patient | Auth expires | Status", "Dow, A. | 3/30 | OPEN", "03-13"),
    ("See the list.", "Patient | Auth expires | Status", "Dow, A. | 3/30 | OPEN", "03-30"),
    ("Status is as of 7:45.", "Patient | Missing | Note", "Dow, A. | face sheet | -", None),
    ("I need what Lund lacks by noon tomorrow.", "Patient | Missing | Note", "Dow, A. | face sheet | -", None),
]


@pytest.mark.parametrize(("text", "head", "row", "due"), ROWS)
def test_a_row_is_due_by_its_cells_or_by_the_words_above(
    engine: EmbeddedEngine, text: str, head: str, row: str, due: str | None
) -> None:
    table = f"{text}\n\n| {head} |\n|---|---|---|\n| {row} |\n| Lund, B. | done | done |\n"

    found = [one for one in tasks(engine, mail(table)) if "Dow" in one.quote or "face sheet" in one.quote]

    assert [told(one.deadline) for one in found[:1]] == [due]


def test_a_later_mail_moves_the_deadline(engine: EmbeddedEngine) -> None:
    asked = part("Please send the packet for Mr. Dow by Friday.", "quoted", OMAR, 1)

    found = tasks(engine, mail("I need the packet by Thursday now, sorry.", asked))

    assert {told(one.deadline) for one in found} == {"03-12"}


def test_tomorrow_in_a_forwarded_mail_is_counted_from_its_day(engine: EmbeddedEngine) -> None:
    asked = part("Please send it tomorrow.", "forwarded", LENA, 1, TUESDAY - timedelta(days=1))

    (found,) = tasks(engine, mail("Can you take this?", asked))

    assert told(found.deadline) == "03-10"


def test_an_attached_letter_counts_from_the_date_it_bears(engine: EmbeddedEngine) -> None:
    letter = (
        "Granite Health Plan\nMarch 2, 2026\n\nWe have denied the request.\n"
        "Your appeal must be received within 60 calendar days of the date of this letter.\n"
    )
    file = Attachment(name="denial.txt", media_type="text/plain", size=len(letter), text=letter)

    (found,) = tasks(engine, mail("Please file the appeal, there's a window in the letter.", attachments=(file,)))

    assert told(found.deadline) == "05-01"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Please send the records by Thursday 2 pm our time. We are in our Tampa, FL office.", "03-12 13:00"),
        ("Please send the records by Thursday 2 pm our time.", "03-12 16:00"),
        ("Please send the records by Thursday 2 pm.", "03-12 14:00"),
    ],
)
def test_our_time_is_the_writers(engine: EmbeddedEngine, text: str, due: str) -> None:
    pacific = datetime(2026, 3, 10, 6, 30, tzinfo=timezone(timedelta(hours=-7)))

    (found,) = tasks(engine, mail(part(text, sender=PAYER, sent_at=pacific), sender=PAYER))

    assert told(found.deadline) == due


def test_no_deadline_is_invented(engine: EmbeddedEngine) -> None:
    texts = [
        "Please call Dr. Friday about the tray.",
        "Mr. Dow has his visit on 3/17. Please tell transport.",
        "Please correct the date of birth, it is 03/14/1952.",
        "He was seen Thursday at 2. Please send the note.",
        "Please print the 3/12 schedule.",
        "Both are on oxygen tonight. Call Mr. Dow and tell him to keep it on.",
        "She moved to room 1500. Please update the board.",
    ]

    found = [told(one.deadline) for text in texts for one in tasks(engine, mail(text))]

    assert found == [None] * len(found)
    assert date(2026, 3, 10) == TUESDAY.date()
