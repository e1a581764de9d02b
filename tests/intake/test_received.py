"""When a mail came in, by its own trace."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.intake.backoff import LONGEST_S, backoff_s
from assistant.intake.received import received_at
from tests.growth import grows_as_given

NINE = datetime(2026, 3, 10, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "at"),
    [
        (b"Received: from a by b; Tue, 10 Mar 2026 09:00:00 -0500\r\n\r\n.", NINE),
        (b"received: from a\n by b\n ; Tue,\n 10 Mar 2026 14:00:00 GMT\n\n.", NINE),
        (b"Received: from a (x; y) by b; Tue, 10 Mar 2026 09:00:00 -0500 (CDT)\r\n\r\n.", NINE),
        (
            b"Delivery-Date: Tue, 10 Mar 2026 09:00:00 -0500\r\nReceived: x; Mon, 1 Jan 2001 00:00:00 +0000\r\n\r\n.",
            NINE,
        ),
        (
            b"Received: x; Tue, 10 Mar 2026 14:00:00 -0000\r\nDelivery-Date: Mon, 1 Jan 2001 00:00:00 +0000\r\n\r\n.",
            NINE,
        ),
        (b"Return-Path: <a@b.example>\r\nReceived: x; 10 Mar 2026 14:00:00\r\n\r\n.", NINE),
        (b"Date: Tue, 10 Mar 2026 09:00:00 -0500\r\n\r\n.", None),
        (b"Subject: x\r\n\r\nReceived: x; Tue, 10 Mar 2026 09:00:00 -0500\r\n", None),
        (b"Received: from a by b\r\n\r\n.", None),
        (b"Received: x; soon\r\n\r\n.", None),
        (b"Received: x; Tue, 10 Mar 99999 09:00:00 -0500\r\n\r\n.", None),
        (b"Received: x; Fri, 31 Dec 9999 23:59:59 -2300\r\n\r\n.", None),
        (b"Received: x; \xff\xfe\x00\r\n\r\n.", None),
        (b"", None),
    ],
)
def test_the_topmost_trace_tells_the_time_and_nothing_else_does(content: bytes, at: datetime | None) -> None:
    assert received_at(content) == at


@pytest.mark.parametrize(
    "content",
    [b"Received: " * 100_000, b"Received:" + b"\r\n " * 100_000, b"received:\n\n" * 50_000, b";" * 500_000],
)
def test_a_hostile_header_costs_no_more_than_its_length(content: bytes) -> None:
    assert grows_as_given(received_at, content)


def test_pauses_grow_to_five_minutes_and_never_beyond() -> None:
    pauses = [backoff_s(failures, 0.999999) for failures in range(1, 5000)]

    assert pauses == sorted(pauses)
    assert pauses[0] < 2.01
    assert LONGEST_S - 1 < pauses[-1] < LONGEST_S
    assert all(backoff_s(failures, 0.0) >= 1 for failures in (0, 1, 2))
