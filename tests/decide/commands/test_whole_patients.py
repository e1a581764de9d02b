"""Answers that hand a patient over, or tell that one is gone: they touch all of the patient's tasks, and no other."""

from __future__ import annotations

import pytest

from assistant.decide.commands import ReplyContext, read_reply
from tests.decide.commands.replies_made import digest, read
from tests.decide.tasks_made import task

TITLES = {
    61: ("Find a rehab opening", "R. Delgado"),
    62: ("Get authorization for 6 sessions", "R. Delgado"),
    63: ("Order comfort kit", "Mrs. Whitlow"),
    64: ("Get POLST form signed", "Mrs. Whitlow"),
    65: ("Call payer about the waiver", "Ms. Tanaka"),
    66: ("Make bereavement call to family", "Mr. Rowe"),
    67: ("Fax hospice notes", "Mr. Rowe"),
    68: ("Arrange tour with family", "Mr. Abbott"),
    69: ("Get bed hold signed", "Mr. Abbott"),
    70: ("Call no-show", "Kit Larrabee"),
}


def desk() -> ReplyContext:
    made = tuple(task(number, title=title, patient=patient) for number, (title, patient) in TITLES.items())
    return digest(tuple(TITLES), tasks=made)


READ = [
    ("Priya has rosa delgado now. All hers.", ["assign 61 priya@clinic.example", "assign 62 priya@clinic.example"]),
    ("Priya takes over Mrs. Whitlow", ["assign 63 priya@clinic.example", "assign 64 priya@clinic.example"]),
    ("Mrs. Whitlow goes to Priya from here on", ["assign 63 priya@clinic.example", "assign 64 priya@clinic.example"]),
    ("give Tanaka to Priya", ["assign 65 priya@clinic.example"]),
    ("Tanaka: Priya.", ["assign 65 priya@clinic.example"]),
    ("Whitlow - Priya please", ["assign 63 priya@clinic.example", "assign 64 priya@clinic.example"]),
    ("Mrs. Whitlow passed at 4:10 this morning. Please take her off the list.", ["drop 63", "drop 64"]),
    ("Mrs. Whitlow passed early Sunday morning. Please take her off.", ["drop 63", "drop 64"]),
    ("Mrs. Whitlow died last night. Remove her from the list please", ["drop 63", "drop 64"]),
    (
        "Abbott family cancelled the tour altogether, they chose Oakview, so bed hold's moot too.",
        ["drop 68", "drop 69"],
    ),
    ("Mr. Abbott cancelled the tour, he went with Oakview", ["drop 68"]),
    (
        "Priya will make the Rowe call, and they have signed the POLST form for Mrs. Whitlow, so we can close that one",
        ["assign 66 priya@clinic.example", "done 64"],
    ),
    ("Kit's mom says he quit, no need chase him.", ["drop 70"]),
    ("Larrabee quit so no need to call him any more", ["drop 70"]),
    ("add a bereavement call to her son for friday", ["create 2026-03-13"]),
    ("Also add a visit for Ms. Tanaka on friday", ["create 2026-03-13"]),
]
STAYS = [
    "Priya has Tanaka at 3",
    "no need to call Kit until friday",
    "no need to call Kit, I'll see him friday",
    "no need to call Kit if he comes",
    "hospice notes: no need to fax them twice",
    "What a day already with Kit",
    "Abbott family cancelled the tour, will reschedule next week",
    "Mr. Abbott cancelled the tour",
    "Priya will make the Rowe call if they ask",
    "Priya had Mrs. Whitlow last week",
    "does Priya have Tanaka now?",
    "Priya might take over Tanaka",
    "Priya isn't taking over Tanaka",
    "Tanaka: Priya called, no answer",
    "if Tanaka goes to Priya",
    "Priya has Rosa now",
    "Mrs. Whitlow passed at 4:10 this morning.",
    "Mrs. Whitlow passed the swallow test. Take her off the list.",
    "Mrs. Whitlow's sister passed. Take her off the list.",
    "Mrs. Whitlow passed on the offer. Take her off the list.",
    "Mrs. Whitlow passed at 80%. Take her off the list.",
    "Dr. Priya has Mrs. Whitlow now",
    "Mrs. Whitlow died. Don't take her off the list yet.",
    "Mr. Rowe passed last night. Take him off the list.",
    "add a visit to the chart",
    "add a call to 65 for friday",
]


@pytest.mark.parametrize(("words", "want"), READ)
def test_what_is_said_of_a_patient_goes_for_all_of_the_patients_tasks(words: str, want: list[str]) -> None:
    found = [
        f"create {one.until.due}" if one.op == "create" and one.until else shown
        for one, shown in zip(read_reply(words, desk()).operations, read(words, desk()), strict=True)
    ]

    assert found == want


@pytest.mark.parametrize("words", STAYS)
def test_news_of_a_patient_changes_none_of_the_tasks(words: str) -> None:
    reading = read_reply(words, desk())

    assert [one.op for one in reading.operations if one.op not in {"note", "question"}] == []
