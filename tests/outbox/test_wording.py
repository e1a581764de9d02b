from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assistant.outbox.wording import (
    back_words,
    balance_words,
    clean,
    clock_words,
    day_words,
    due_words,
    joined,
    moment_words,
    numbers,
    shortened,
)
from assistant.records import Deadline
from tests.outbox.samples import DANA, DIGEST, EMPTY_DIGEST, NOW, ZONE, local


@pytest.mark.parametrize(
    ("due", "now", "text", "is_overdue"),
    [
        (None, NOW, "no date", False),
        (local(10, 15, 30), NOW, "today 3:30 pm", False),
        (local(10, 15, 30), local(10, 15, 30), "today 3:30 pm", False),
        (local(10, 15, 30), local(10, 15, 31), "since 3:30 pm", True),
        (local(9, 15, 30), NOW, "since yesterday 3:30 pm", True),
        (local(8, 15, 30), NOW, "2 days overdue", True),
        (local(11, 12), NOW, "tomorrow noon", False),
        (local(13, 10), NOW, "Fri, Mar 13, 10 am", False),
        (date(2026, 3, 10), NOW, "today", False),
        (date(2026, 3, 10), local(10, 17, 1), "since 5 pm", True),
        (date(2026, 3, 9), NOW, "1 day overdue", True),
        (date(2026, 2, 28), NOW, "10 days overdue", True),
        (date(2026, 3, 11), NOW, "tomorrow", False),
        (date(2026, 3, 13), NOW, "Fri, Mar 13", False),
        (date(2027, 1, 8), NOW, "Fri, Jan 8, 2027", False),
        # Half past eleven at night in Chicago is another day in UTC.
        (local(10, 23, 30), NOW, "today 11:30 pm", False),
        (local(10, 23, 30), local(11, 7), "since yesterday 11:30 pm", True),
    ],
)
def test_a_deadline_is_told_as_its_owner_would_say_it(
    due: date | datetime | None,
    now: datetime,
    text: str,
    is_overdue: bool,  # noqa: FBT001 - a column of the table
):
    deadline = None if due is None else Deadline(due=due, words="", rule="")

    found = due_words(deadline, now, DANA.calendar)

    assert (found.text, found.is_overdue) == (text, is_overdue)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (local(10, 0), "midnight"),
        (local(10, 0, 5), "12:05 am"),
        (local(10, 6, 52), "6:52 am"),
        (local(10, 12), "noon"),
        (local(10, 12, 1), "12:01 pm"),
        (local(10, 13), "1 pm"),
    ],
)
def test_a_time_of_day_has_no_zeros_that_nobody_says(at: datetime, words: str):
    assert clock_words(at, ZONE) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (local(10, 6, 52), "6:52 am"),
        (local(9, 16, 12), "yesterday 4:12 pm"),
        (local(11, 8), "tomorrow 8 am"),
        (local(6, 8), "Fri, Mar 6, 8 am"),
        (datetime(2025, 12, 31, 18, tzinfo=UTC), "Wed, Dec 31, 2025, noon"),
    ],
)
def test_a_moment_names_its_day_unless_that_is_today(moment: datetime, words: str):
    assert moment_words(moment, NOW, ZONE) == words


def test_a_snooze_ends_on_a_day_or_at_a_time():
    assert back_words(date(2026, 3, 12), NOW, ZONE) == "Thu, Mar 12"
    assert back_words(local(10, 15), NOW, ZONE) == "3 pm"


def test_days_next_to_today_have_names():
    today = date(2026, 3, 1)

    assert [day_words(date(2026, 2, 28), today), day_words(date(2026, 3, 2), today)] == ["yesterday", "tomorrow"]


def test_the_proof_of_life_tells_of_each_mail():
    assert balance_words(DIGEST.balance, NOW, ZONE) == (
        "Read 143 mails up to 6:52 am: 12 with tasks, 126 without, 2 automatic, 2 replies to me, "
        "1 unreadable (listed below)."
    )


def test_the_proof_of_life_says_that_it_counts_more_mailboxes_than_the_readers():
    several = replace(DIGEST.balance, mailboxes=4)

    assert balance_words(several, NOW, ZONE).startswith("Read 143 mails in 4 mailboxes up to 6:52 am: 12 with tasks")


def test_the_proof_of_life_without_mail_says_how_far_i_read():
    silent = replace(EMPTY_DIGEST.balance, newest_at=None)

    assert balance_words(EMPTY_DIGEST.balance, NOW, ZONE) == (
        "No new mail since the last digest. I read everything up to yesterday 4:12 pm."
    )
    assert balance_words(silent, NOW, ZONE) == "No new mail since the last digest."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two\r\nlines\tand  more", "two lines and more"),
        ("Bcc: a@b\x00\x1b[31m", "Bcc: a@b[31m"),
        ("right \u202eot tfel\u2066", "right ot tfel"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("tag\U000e0041\U000e0042", "tag"),
        ("half \ud83d a pair", "half a pair"),
        ("line\u2028paragraph\u2029end\x85", "line paragraph end"),
        ("Zoë Núñez 李 ❤", "Zoë Núñez 李 ❤"),
    ],
)
def test_text_of_mails_loses_what_steers_a_display_and_no_more(text: str, expected: str):
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("one two, three", 12, "one ..."),
        ("x" * 30, 10, "x" * 6 + " ..."),
    ],
)
def test_a_long_text_is_cut_at_a_word(text: str, most: int, expected: str):
    assert shortened(text, most) == expected


def test_lists_read_like_a_sentence():
    assert [joined([]), joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [numbers([12]), numbers([1, 2, 3], most=2)] == ["#12", "#1, #2 and 1 more"]
