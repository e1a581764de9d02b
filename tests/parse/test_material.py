"""Floors measured on labelled mails and public sets; what we read must not get worse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from assistant.errors import UnreadableMailError
from assistant.parse import covers, own_words
from assistant.parse.headers import date_of
from assistant.records import Message
from tests.parse.mails import SENT, read

pytestmark = pytest.mark.material


def as_delivered(content: bytes) -> Message:
    """Read a mail as if it had been delivered at once."""
    dated = date_of(str(message_from_bytes(content).get("date", "")))
    return read(content, dated.astimezone(UTC) if dated else SENT)


def labelled(corpus: Path) -> Iterator[tuple[dict[str, object], Message]]:
    for path in sorted((corpus / "mails").glob("*.json")):
        yield json.loads(path.read_text()), as_delivered(path.with_suffix(".eml").read_bytes())


def folded(text: str) -> str:
    return " ".join(text.replace("|", " ").split()).lower()


def test_every_malformed_mail_is_read_and_none_of_its_words_is_lost(data: Path):
    unreadable = 0
    for path in sorted((data / "malformed").iterdir()):
        content = path.read_bytes()
        try:
            message = read(content)
        except UnreadableMailError:
            unreadable += 1
        else:
            assert covers(content, message), path.name

    assert unreadable <= 1


def test_bounces_and_automatic_replies_are_recognised(data: Path):
    cases = [json.loads(line) for line in (data / "bounces" / "expected.jsonl").read_text().splitlines()]
    wanted = [case for case in cases if case["kind"] != "not-bounce"]
    found = sum(read((data / "bounces" / case["file"]).read_bytes()).automatic is not None for case in wanted)

    assert found / len(wanted) >= 0.98


def test_own_words_of_replies_are_exact(data: Path):
    cases = [json.loads(line) for line in (data / "replies" / "discourse.jsonl").read_text().splitlines()]
    exact = sum(own_words(case["text"]).strip() == case["reply"].strip() for case in cases)

    assert exact / len(cases) >= 0.8


def test_every_labelled_quote_stands_in_one_part(corpus: Path):
    lost = []
    for label, message in labelled(corpus):
        parts = [part.text for part in message.parts if part.kind != "signature"]
        texts = [folded(text) for text in (*parts, message.subject, *(one.text or "" for one in message.attachments))]
        tasks = label["tasks"]
        assert isinstance(tasks, list)
        lost += [label["id"] for task in tasks if not any(folded(task["quote"]) in text for text in texts)]

    assert lost == []


def test_no_persons_mail_is_taken_for_automatic(corpus: Path):
    kinds = {"own", "thread", "forward"}
    taken = [label["id"] for label, message in labelled(corpus) if label["kind"] in kinds and message.automatic]

    assert taken == []


def test_quoted_mails_are_older_than_those_that_quote_them(corpus: Path):
    for label, message in labelled(corpus):
        moments: dict[int, datetime] = {}
        for part in message.parts:
            if part.sent_at is not None:
                outer = moments.get(part.depth - 1)
                assert outer is None or part.sent_at <= outer, label["id"]
                moments[part.depth] = part.sent_at
