"""What a finding quotes stands in its mail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.records import Attachment, Finding
from assistant.understand.embedded import EmbeddedEngine
from assistant.understand.embedded.quoting import grounded
from tests.understand.embedded.conftest import CONTEXT, OMAR, RUTH, mail, part, tasks

MAIL = mail("Hello Ruth,\n> please send the\n> Dow films.\nAmes | walker | missing\nBye", subject="about the films")


def finding(quote: str) -> Finding:
    return Finding(
        kind="task", title="t", quote=quote, deadline=None, said_by=None, said_on=None, engine="embedded", rule="r"
    )


@pytest.mark.parametrize(
    ("quote", "kept"),
    [
        ("please send the Dow films.", "please send the Dow films."),
        ("Ames walker missing", "Ames walker missing"),
        ("about the films", "about the films"),
        ("Hello Ruth, send it to me today.", "Hello Ruth,"),
        ("Whoever sends them. please send the Dow films.", "please send the Dow films."),
    ],
)
def test_a_quote_is_kept_or_cut_to_what_stands_in_the_mail(quote: str, kept: str):
    assert [one.quote for one in grounded([finding(quote)], MAIL)] == [kept]


@pytest.mark.parametrize("quote", ["Call the pharmacy", "Bye about the films", "films walker"])
def test_a_finding_in_no_words_of_the_mail_is_none(quote: str):
    assert list(grounded([finding(quote)], MAIL)) == []


def test_what_an_attachment_says_can_be_quoted():
    paper = Attachment(name="a.txt", media_type="text/plain", size=9, text="Call the pharmacy")
    assert list(grounded([finding("Call the pharmacy")], replace(MAIL, attachments=(paper,))))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        (
            "Can you set up the echo for Mr. Dow?\n\nCould you also put the notes in his chart? I need those by 3/12.",
            [None, "2026-03-12"],
        ),
        (
            "Please return the spare monitor by 3/20. The logbook is still missing here, could you send it by 3/12?",
            ["2026-03-20", "2026-03-12"],
        ),
        (
            "Could you find us a Somali interpreter? We need to know today whether it is by phone.",
            [None, "2026-03-10"],
        ),
    ],
)
def test_a_time_is_only_of_what_it_speaks_of(engine: EmbeddedEngine, text: str, due: list[str | None]):
    found = tasks(engine, mail(text))
    assert [one.deadline and str(one.deadline.local_day(CONTEXT.coordinator.calendar)) for one in found] == due


@pytest.mark.parametrize("text", ["Open the Clear Lake file.", "Call Clear Lake Home Health"])
def test_an_order_that_names_a_firm_is_one(engine: EmbeddedEngine, text: str):
    assert [one.quote for one in tasks(engine, mail(text))] == [text]


def test_what_lacked_once_and_is_asked_for_anew_is_one_thing(engine: EmbeddedEngine):
    older = part("Please count the monitors. We also need the March humidity log.", "quoted", OMAR, 1)
    newer = part("The count came, thanks. The humidity log is still outstanding, could you send it by Friday?")
    assert [one.quote for one in tasks(engine, mail(newer, older)) if "humidity" in one.quote] == [
        "The humidity log is still outstanding, could you send it by Friday?"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Nothing moves before they will release the case.",
        "I'll show you the photos one day.",
        "The discs went out by courier. You should have them this afternoon.",
        "As of April 1 our fax number will be 555-0142.",
        "I didn't get to it yesterday.",
        "The family asked for her by name.",
        "The referral went to cardiology. They will call him for a visit.",
        "Her daughter will bring the card to the visit.",
        "Stop the tube feeds? No, the doctor wants them to go on.",
        "For now I will leave the order as it is.",
        "Provider: Bridge Street Family Practice\nMember: Joan Dow\nService: physical therapy",
        "Case Manager, Clear Lake Home Health",
        "For emergencies please call extension 311. A technician will contact you within a day.",
        "Ruth, did the peer review this morning and they said yes.",
    ],
)
def test_what_is_told_and_asked_of_nobody_is_no_task(engine: EmbeddedEngine, text: str):
    assert tasks(engine, mail(text)) == []


@pytest.mark.parametrize(
    "answer",
    [
        "Thanks, that's all we needed.",
        "We have what we need now.",
        "No longer needed, the family went elsewhere.",
    ],
)
def test_an_answer_that_names_nothing_settles_all_that_was_asked(engine: EmbeddedEngine, answer: str):
    asked = part(
        "Ruth, could you send the walker order for Joan Dow by Friday? We need her chart too.", "quoted", OMAR, 2
    )
    told = part("Here it comes.", "quoted", RUTH, 1)
    assert tasks(engine, mail(answer, told, asked)) == []
