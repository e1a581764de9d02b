"""What a mail of ours tells a ledger that has forgotten it, and what nobody else can make one tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from assistant.outbox.render import _UNFOLDED, render
from assistant.outbox.trace import HEADER, read_trace, trace_header
from assistant.records import EscalationCall, Notice, OutgoingMail, task_mark
from tests.outbox.samples import APPEAL, DANA, DIGEST, POTASSIUM, SENDER

AT = datetime(2026, 3, 10, 11, tzinfo=UTC)
SECRET = "a secret of the ledger"
CALLED = replace(POTASSIUM, escalation_step=1)
NOTICES = (
    Notice(key="digest:dana@lakeside.example:2026-03-10", content=DIGEST),
    Notice(
        key="escalation:dana@lakeside.example:abc",
        content=EscalationCall(person=DANA, now=AT, tasks=(CALLED,), step=1, is_owner=True),
    ),
)


def mail(notice: Notice, secret: str = SECRET) -> OutgoingMail:
    return render(notice, replace(SENDER, secret=secret), AT)


@pytest.mark.parametrize("notice", NOTICES)
def test_a_copy_tells_all_that_the_outbox_knew_of_the_mail(notice: Notice):
    sent = mail(notice)
    trace = read_trace(b"Received: from a by b; now\r\n" + sent.content, SECRET)

    assert trace is not None
    found = trace.mail
    assert (found.key, found.kind, found.recipient) == (sent.key, sent.kind, sent.recipient)
    assert (found.message_id, found.prepared_at, found.subject) == (sent.message_id, AT, sent.subject)
    assert set(sent.numbers) <= set(found.numbers)
    assert trace.marks[POTASSIUM.number] == task_mark(POTASSIUM.source, POTASSIUM.quote)


def test_an_escalation_tells_its_step_and_a_digest_none():
    digest, call = (read_trace(mail(notice).content, SECRET) for notice in NOTICES)

    assert digest is not None
    assert call is not None
    assert (digest.steps, call.steps) == ({}, {POTASSIUM.number: 1})


def test_it_holds_no_word_of_a_task():
    (line,) = (line for line in mail(NOTICES[0]).content.split(b"\r\n") if line.startswith(HEADER.encode()))

    assert not any(word.encode() in line for word in (APPEAL.title, APPEAL.quote, APPEAL.patient or "-", SECRET))


@pytest.mark.parametrize(
    ("said", "forged"),
    [
        (b"digest:dana@lakeside.example:2026-03-10", b"digest:dana@lakeside.example:2026-03-11"),
        (b"Message-ID: <digest.", b"Message-ID: <digest.0"),
        (f"{APPEAL.number}.".encode(), f"{APPEAL.number + 70}.".encode()),
        (b"2026-03-10T11:00:00", b"2026-03-10T12:00:00"),
        (HEADER.encode() + b": ", HEADER.encode() + b": x "),
        (HEADER.encode(), b"X-Other"),
    ],
)
def test_whoever_changes_anything_in_it_is_not_believed(said: bytes, forged: bytes):
    content = mail(NOTICES[0]).content
    assert said in content

    assert read_trace(content.replace(said, forged), SECRET) is None


def test_another_ledgers_mail_tells_nothing():
    assert read_trace(mail(NOTICES[0], "another secret").content, SECRET) is None
    assert read_trace(b"", SECRET) is None
    assert read_trace(f"{HEADER}: \xff a b \xfe c\r\n\r\n".encode("latin-1"), SECRET) is None


def test_where_no_secret_is_given_nothing_is_told():
    assert HEADER.encode() not in mail(NOTICES[0], "").content


def test_a_digest_of_ten_thousand_tasks_tells_those_that_it_shows():
    many = tuple(replace(APPEAL, number=number) for number in range(1, 10_001))
    sent = mail(replace(NOTICES[0], content=replace(DIGEST, later=many)))
    trace = read_trace(sent.content, SECRET)

    assert trace is not None
    assert set(sent.numbers) <= set(trace.marks)
    assert len(trace.marks) < 300


def test_each_task_tells_which_changes_of_others_were_shown():
    sent = render(NOTICES[0], replace(SENDER, secret=SECRET), AT, seen=lambda number, _version: f"{number:08x}")
    trace = read_trace(sent.content, SECRET)

    assert trace is not None
    assert trace.seen == {number: f"{number:08x}" for number in trace.marks}
    assert trace.marks == read_trace(mail(NOTICES[0]).content, SECRET).marks  # type: ignore[union-attr]


def test_a_hundred_tasks_are_told_and_read_back():
    tasks = tuple(replace(CALLED, number=number) for number in range(1, 101))
    line = trace_header(
        "escalation:x", "d@x.example", AT, tasks, message_id="m@x", secret=SECRET, seen=lambda _: "0" * 8
    )
    mail_of_many = EmailMessage(policy=_UNFOLDED)
    mail_of_many["Message-ID"], mail_of_many[HEADER] = "<m@x>", line
    trace = read_trace(mail_of_many.as_bytes(), SECRET)

    assert trace is not None
    assert len(trace.seen) == len(trace.steps) == 100
