"""A thread in a few lines: what is told, whose words they are, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.decide.summary import MOST, summarise
from assistant.records import (
    Address,
    AwayNoted,
    Deadline,
    Evidence,
    Finding,
    HoldingNoted,
    Message,
    Part,
    Reading,
    SummaryLine,
    Task,
    TaskMarked,
)
from tests.decide.tasks_made import DANA, due, local, task
from tests.messages import message

NOW = local(3, 11, 9)
"""A Wednesday."""
PAYER, TOM = "reviews@payer.example", "tom@vendor.example"
APPEAL = task(
    7,
    title="Send the appeal",
    quote="Please send the appeal by Friday.",
    requester=PAYER,
    said_on=date(2026, 3, 9),
    deadline=replace(due(date(2026, 3, 13)), words="by Friday"),
)


def mail(day: int, words: str, sender: str = PAYER, **changes: Any) -> Message:  # noqa: ANN401 - fields of Message
    part = Part(kind="own", text=words, sender=None, sent_at=None)
    made = message(key=f"m{day}", sender=Address(email=sender), sent_at=local(3, day, 9), parts=(part,), text=words)
    return replace(made, **changes)


def found(quote: str, day: int, **changes: Any) -> Finding:  # noqa: ANN401 - fields of Finding
    made = Finding(kind="task", title=quote, quote=quote, said_by=PAYER, said_on=date(2026, 3, day), engine="embedded")
    return replace(made, **changes)


def read(one: Message, *findings: Finding) -> tuple[Message, Reading]:
    return one, Reading(findings=findings, engine="embedded")


def lines(of: Task, *thread: tuple[Message, Reading]) -> tuple[SummaryLine, ...]:
    return summarise(of, thread, person=DANA, now=NOW)


def told(of: Task, *thread: tuple[Message, Reading]) -> list[tuple[str, str]]:
    return [(line.text, line.quote) for line in lines(of, *thread)]


FIRST = read(mail(9, APPEAL.quote), found(APPEAL.quote, 9))


def test_a_thread_is_told_from_the_request_to_the_next_date():
    promise = found("I'll have the notes Thursday.", 10, kind="holding", said_by=TOM)
    other = found("Could you also fax the denial letter?", 11)
    thread = (
        FIRST,
        read(mail(10, promise.quote, TOM), promise),
        read(mail(11, other.quote), other),
    )

    assert told(APPEAL, *thread) == [
        ("Asked", "Please send the appeal by Friday."),
        ("Promised", "I'll have the notes Thursday."),
        ("Also asked in this thread", "Could you also fax the denial letter?"),
        ("Next: due Fri Mar 13", "Please send the appeal by Friday."),
    ]


def test_each_line_says_whose_words_it_quotes_and_when_they_were_written():
    promise = found("I'll have the notes Thursday.", 10, kind="holding", said_by=TOM)
    asked, promised, _ = lines(APPEAL, FIRST, read(mail(10, promise.quote, TOM), promise))

    assert (asked.said_by, asked.said_on) == (PAYER, date(2026, 3, 9))
    assert (promised.said_by, promised.said_on) == (TOM, date(2026, 3, 10))


def test_every_quote_stands_in_a_mail_or_in_the_ledger():
    promise = found("I'll have the notes Thursday.", 10, kind="holding", said_by=TOM)
    thread = (FIRST, read(mail(10, f"Hi Dana,\n\n{promise.quote} Talk soon.", TOM), promise))
    words = " ".join(one.text for one, _ in thread)

    assert all(line.quote in words for line in lines(APPEAL, *thread))


def test_the_promise_that_was_noted_with_the_task_comes_before_any_other():
    noted = replace(
        APPEAL, promised=HoldingNoted(quote="You get it Monday.", said_by=TOM, until=due(date(2026, 3, 16)))
    )
    other = found("I'll check.", 10, kind="holding", said_by=PAYER)

    assert ("Promised", "You get it Monday.") in told(noted, FIRST, read(mail(10, "I'll check."), other))
    assert ("Promised", "I'll check.") not in told(noted, FIRST, read(mail(10, "I'll check."), other))


@pytest.mark.parametrize(
    ("claim", "text"),
    [("looks_done", "Said to be done"), ("looks_moved", "Another date is given"), ("looks_dropped", "Said to be off")],
)
def test_what_a_mail_claims_of_the_task_is_told_as_a_claim(claim: Any, text: str):  # noqa: ANN401 - a Literal
    marked = replace(APPEAL, marked=TaskMarked(claim=claim, quote="We have it, thanks."))
    said = found("We have it, thanks.", 10, kind=claim)

    assert (text, "We have it, thanks.") in told(marked, FIRST, read(mail(10, "We have it, thanks."), said))


def test_how_often_it_was_asked_is_told_with_the_newest_words():
    asked = replace(APPEAL.asked, quote="Any news on the appeal?", said_on=date(2026, 3, 10))
    again = replace(APPEAL, evidence=(Evidence(event_id=9, at=NOW, mail="m10", asked=asked),))

    assert ("Asked again, 2 times in all", "Any news on the appeal?") in told(again, FIRST)


def test_the_last_word_of_a_thread_is_told_where_nothing_was_found_in_it():
    last = read(mail(10, "Hi Dana,\nthanks!\nThe reviewer is looking at the case today. More then.", TOM))

    assert ("Last word", "The reviewer is looking at the case today.") in told(APPEAL, FIRST, last)


def test_an_automatic_mail_has_no_last_word():
    last = read(mail(10, "This mailbox is not monitored at all.", automatic="machine"))

    assert [text for text, _ in told(APPEAL, FIRST, last)] == ["Asked", "Next: due Fri Mar 13"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Next: due Fri Mar 13"),
        ({"deadline": due(date(2026, 3, 10))}, "Passed: due Tue Mar 10"),
        ({"deadline": None}, None),
        (
            {"promised": HoldingNoted(quote="Thursday.", said_by=TOM, until=due(date(2026, 3, 12)))},
            "Next: promised Thu Mar 12",
        ),
        (
            {
                "deadline": due(date(2026, 3, 10)),
                "away": AwayNoted(quote="Back Monday.", said_by=TOM, until=due(date(2026, 3, 16))),
            },
            "Next: they are back Mon Mar 16",
        ),
    ],
)
def test_the_next_date_is_the_earliest_that_is_ahead(changes: dict[str, Any], expected: str | None):
    dated = [line.text for line in lines(replace(APPEAL, **changes), FIRST) if line.kind == "next"]

    assert dated == ([expected] if expected else [])


def test_a_deadline_that_a_person_set_quotes_the_persons_words():
    moved = replace(APPEAL, deadline=Deadline(due=date(2026, 3, 17), words="tue", rule="reply"))

    assert lines(moved, FIRST)[-1].quote == "tue"


def test_a_task_is_told_without_any_mail():
    assert [line.kind for line in lines(APPEAL)] == ["asked", "next"]


def test_there_are_never_more_than_six_lines():
    full = replace(
        APPEAL,
        evidence=(Evidence(event_id=9, at=NOW, mail="m", asked=replace(APPEAL.asked, quote="Any news at all?")),),
        promised=HoldingNoted(quote="I'll check.", said_by=TOM, until=None),
        away=AwayNoted(quote="Back Monday.", said_by=TOM, until=due(date(2026, 3, 16))),
        marked=TaskMarked(claim="looks_done", quote="It was received here."),
    )
    thread = (FIRST, read(mail(11, "Nothing new from our side yet."), found("Fax the letter, too.", 11)))
    kinds = [line.kind for line in lines(full, *thread)]

    assert len(kinds) == MOST
    assert kinds[0] == "asked"
    assert kinds[-1] == "next"


def test_the_order_in_which_mails_are_given_makes_no_difference():
    thread = [FIRST, read(mail(10, "Nothing new from our side yet.", TOM))]

    assert lines(APPEAL, *thread) == lines(APPEAL, *reversed(thread))
