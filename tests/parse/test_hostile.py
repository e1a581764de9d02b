"""Mail is hostile input: nothing raises but the one documented error, and nothing takes its time."""

from __future__ import annotations

import contextlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import UnreadableMailError
from assistant.parse import covers, own_words
from assistant.parse.segments import segments
from tests.growth import grows_as_given
from tests.parse.mails import SENT, alternative, mixed, raw, read

SAMPLES = [
    alternative(
        "Call Ana.\n\nOn Tue, Mar 10, 2026 at 8:17 AM Ana <ana@lab.example> wrote:\n> Ready?\n",
        "<div>Call <b>Ana</b>.</div><div class=gmail_quote><blockquote type=cite>Ready?</blockquote></div>",
        Subject="=?utf-8?q?Caf=C3=A9?=",
    ),
    mixed(
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nQ2FsbCBBbmEu",
        'Content-Type: text/csv; name="a.csv"\n\na,b\n1,2',
        "Content-Type: message/rfc822\n\nFrom: a@x.example\nSubject: x\n\nFrom: b\n",
        Auto_Submitted="no",
        References="<a@x> <b@x>",
    ),
]
PIECES = [b"\r\n", b"\n\n", b"\x00", b"--b", b"=", b'"', b"<", b";", b"(", b":", b"=?x?b?", b"\xff\xfe", b"\xc3", b">"]


@settings(max_examples=150, deadline=None)
@given(
    sample=st.sampled_from(SAMPLES),
    cuts=st.lists(st.tuples(st.integers(0, 900), st.integers(0, 30), st.sampled_from(PIECES) | st.binary(max_size=4))),
)
def test_no_mutation_of_a_mail_raises_or_loses_its_words(sample: bytes, cuts: list[tuple[int, int, bytes]]):
    content = sample
    for at, length, piece in cuts:
        content = content[:at] + piece + content[at + length :]
    with contextlib.suppress(UnreadableMailError):
        assert covers(content, read(content))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise(content: bytes):
    with contextlib.suppress(UnreadableMailError):
        read(content)


LINES = [
    "> a",
    ">> b",
    "On 3/10/26, Ana <a@x.example> wrote:",
    "From: a@x.example",
    "Sent: 3/10/2026",
    "Subject: x",
    "",
    "Hi",
    "-- ",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_no_order_of_lines_raises_and_no_own_line_is_lost(lines: list[str]):
    message = read(raw("\n".join(lines)))

    assert sum(part.text.count("Hi") for part in message.parts) == lines.count("Hi")


@pytest.mark.parametrize(
    "body",
    [
        " on x at x" * 10_000,
        "On " * 100_000,
        "On 1\n" * 30_000,
        "mtetete" * 15_000,
        ">" * 100_000,
        "> " * 50_000,
        "\n".join(">" * (n % 40) + " x" for n in range(20_000)),
        "From: a@b\n" * 20_000,
        "To: a@b\n\n" * 20_000,
        "-----Original Message-----\n" * 10_000,
        "On 3/10/26, A <a@x.example> wrote:\n" * 10_000,
        "_" * 100_000,
        "-- \n" * 20_000,
        "This message is confidential\n" * 10_000,
        "Sent from my " * 10_000,
        "<" * 100_000,
        "a@" * 50_000,
        "\n" * 200_000,
        "On 3/10/26, A wrote:\n" + "\n" * 100_000 + "> x",
    ],
    ids=lambda body: body[:12].encode().hex(),
)
def test_a_hostile_text_costs_no_more_than_its_length(body: str):
    assert grows_as_given(own_words, body[:60_000])


@pytest.mark.parametrize(
    "name", ["From", "To", "Subject", "References", "Message-ID", "Date", "Content-Type", "Received"]
)
@pytest.mark.parametrize(
    "value", ["(" * 100_000, '"' * 100_000, "<a@b>," * 50_000, "=?utf-8?q?" * 20_000, "a" * 1_000_000, ";x=" * 50_000]
)
def test_a_hostile_header_costs_no_more_than_its_length(name: str, value: str):
    assert grows_as_given(lambda written: read(raw(**{name.replace("-", "_"): written})), value)


def test_random_lines_of_a_mail_can_be_read():
    lines = SAMPLES[0].split(b"\r\n")
    for seed in range(100):
        random.Random(seed).shuffle(lines)
        with contextlib.suppress(UnreadableMailError):
            read(b"\r\n".join(lines))


def test_no_line_makes_no_part():
    assert segments([], sender=None, sent_at=SENT).parts == ()
