"""A thread -> findings: what of its older mails still stands, has moved, or was handed on."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understand.embedded import EmbeddedEngine
from tests.understand.embedded.conftest import (
    CONTEXT,
    EARLIER,
    LENA,
    OMAR,
    PAYER,
    RUTH,
    looks,
    mail,
    only,
    part,
    tasks,
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Never mind the walker, she has one.", [("looks_dropped", "Never mind the walker, she has one.")]),
        ("The walker was delivered this morning.", [("looks_done", "The walker was delivered this morning.")]),
        ("Great, that is everything I needed.", [("looks_done", "Great, that is everything I needed.")]),
    ],
)
def test_a_later_word_closes_a_quoted_request(engine: EmbeddedEngine, words: str, said: list[tuple[str, str]]):
    message = mail(words, part("Please order a walker for Mrs. Abara.", "quoted", OMAR, 1, EARLIER))

    assert tasks(engine, message) == []
    assert looks(engine, message) == said


def test_a_quoted_request_that_nothing_closes_stays(engine: EmbeddedEngine):
    message = mail(
        "Never mind the walker, she has one.",
        part("Please order a walker for Mrs. Abara. Please also book her ride.", "quoted", OMAR, 1, EARLIER),
    )

    assert only(tasks(engine, message)).quote == "Please also book her ride."


def test_the_newest_words_for_a_request_count_once(engine: EmbeddedEngine):
    message = mail(
        "Still need the May roster sorted by clinic.",
        part("Can you sort the May roster by clinic?", "quoted", OMAR, 1, EARLIER),
    )

    assert only(tasks(engine, message)).quote == "Still need the May roster sorted by clinic."


def test_a_moved_deadline_is_a_mark_with_the_new_one(engine: EmbeddedEngine):
    message = mail("The deadline has moved to Friday.", part("Please file it by Wednesday.", "quoted", OMAR, 1))

    moved = [one for one in engine.read(message, CONTEXT).findings if one.kind == "looks_moved"]

    assert moved[0].deadline is not None
    assert moved[0].deadline.due == date(2026, 3, 13)


def test_a_quoted_question_that_was_answered_is_none(engine: EmbeddedEngine):
    assert tasks(engine, mail("Yes, it is.", part("Is the bed ready?", "quoted", RUTH, 1, EARLIER))) == []


def test_the_coordinators_own_promise_in_a_thread_is_theirs_to_keep(engine: EmbeddedEngine):
    found = only(tasks(engine, mail("Great.", part("I'll call the plan tomorrow.", "quoted", RUTH, 1, EARLIER))))

    assert (found.waiting, found.owner) == (False, RUTH.email)


def test_an_answer_right_below_a_quoted_line_calls_it_off(engine: EmbeddedEngine):
    message = mail(
        part("2. I'll call the plan tomorrow.", "quoted", RUTH, 1, EARLIER),
        part("Don't bother, she switched."),
    )

    assert tasks(engine, message) == []


@pytest.mark.parametrize("own", ["Can you take care of this?", "Ruth - this one is yours.", "Please see below.", ""])
def test_a_forwarded_request_is_ours_where_it_is_handed_on(engine: EmbeddedEngine, own: str):
    message = mail(own, part("Please send the wound photos.", "forwarded", PAYER, 1, EARLIER))

    assert only(tasks(engine, message)).quote == "Please send the wound photos."


def test_a_mail_forwarded_for_information_asks_nothing(engine: EmbeddedEngine):
    message = mail("FYI only, Lena has it.", part("Please send the pages.", "forwarded", PAYER, 1, EARLIER))

    assert tasks(engine, message) == []


def test_what_the_coordinator_forwards_to_the_assistant_is_theirs(engine: EmbeddedEngine):
    message = mail("", part("Ruth, please send the pages.", "forwarded", OMAR, 1, EARLIER), sender=RUTH, to=(LENA,))

    found = only(tasks(engine, message))

    assert (found.waiting, found.owner) == (False, RUTH.email)


@pytest.mark.parametrize(("answer", "count"), [("Please do.", 1), ("Yes please, thank you!", 1), ("No, leave him.", 0)])
def test_an_offer_is_a_task_once_it_is_taken_up(engine: EmbeddedEngine, answer: str, count: int):
    message = mail(part("3. I can move him to the 8 am slot.", "quoted", RUTH, 1, EARLIER), part(answer))

    assert len(tasks(engine, message)) == count


def test_an_older_request_that_is_said_again_for_another_day_moves(engine: EmbeddedEngine):
    asked = part("Please get the height chart from the clinic by Thursday.", "quoted", OMAR, 1)
    task = only(tasks(engine, mail("The case moved, so the height chart is now due by Friday.", asked)))

    assert task.quote == "Please get the height chart from the clinic by Thursday."
    assert task.deadline is not None
    assert task.deadline.due.day == 13
