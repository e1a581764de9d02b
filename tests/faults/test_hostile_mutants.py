"""Damaged mails are read: nothing raises, nothing hangs, and no words are lost without being told of."""

from __future__ import annotations

import quopri
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

import pytest

from assistant.config import material
from assistant.errors import UnreadableMailError
from assistant.parse import covers
from assistant.reading_room import ReadingRoom
from assistant.records import Calendar, Message, Person, ReadingContext
from assistant.understand.embedded import EmbeddedEngine
from tests.faults.hostile_mutants import mutant
from tests.faults.hostile_words import still_there, words
from tests.parse.mails import read, spooled

CASES = Path(__file__).parents[1] / "cases/mails"
MAILS = [
    (CASES / f"{name}.eml").read_bytes()
    for name in (
        "b002-nothing-from-hematology",
        "b003-tumor-board-buried",
        "b004-if-plan-silent",
        "b005-three-in-one-breath",
        "b013-daughter-on-two-oclock",
        "b020-inline-answers",
        "b032-auth-expiry-csv",
        "c004-preautorizacion-dias-laborables",
        "c059-attachment-injection",
        "g041-huddle-minutes",
    )
]
DANA = Person(email="dana@clinic.example", name="Dana Whitlock", calendar=Calendar(zone=ZoneInfo("America/New_York")))
CONTEXT = ReadingContext(coordinator=DANA, people=(DANA,))
MUTANTS, BATCH, MAIL_S = 20_000, 1000, 20
FEW = 2
"""Words that may be missing without a word about it: broken by an injury, or inside of a header that it made longer."""


class SlowError(Exception):
    """A mail took longer than it may."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise SlowError where what is done here takes longer."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise SlowError

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@cache
def engine() -> EmbeddedEngine:
    return EmbeddedEngine(material("rules") / "extract")


@cache
def body_words(mail: bytes) -> frozenset[str]:
    """Return the words of a whole mail that stand in its texts and not in its headers."""
    message = read(mail)
    head = mail.replace(b"\r\n", b"\n").partition(b"\n\n")[0].decode("utf-8", "replace")
    return frozenset(words(_shown(message)) - words(head))


def _shown(message: Message) -> str:
    # A file's name is no place to read: where its end is missing, all that follows stands in it.
    files = " ".join(one.text or "" for one in message.attachments)
    # A person can read "Joaqu=EDn", and "tomorr=" with "ow" below it.
    loose = quopri.decodestring(message.text.encode("cp1252", "replace")).decode("cp1252", "replace")
    return f"{message.subject} {message.text} {files} {loose}"


def lost(raw: bytes, message: Message, known: frozenset[str]) -> bool:
    """Say whether more than a few of the words that still stand in the bytes are missing, and nothing tells so."""
    missing = still_there(raw, set(known)) - words(_shown(message))
    return not message.problems and len(missing) > FEW


@pytest.mark.faults
@pytest.mark.parametrize("first", range(0, MUTANTS, BATCH))
def test_no_damaged_mail_raises_hangs_or_loses_words_in_silence(first: int):
    silent = []
    for number in range(first, first + BATCH):
        mail = MAILS[number % len(MAILS)]
        raw = mutant(mail, number)
        with limited(MAIL_S):
            try:
                message = read(raw)
            except UnreadableMailError:
                continue
            engine().read(message, CONTEXT)
        if lost(raw, message, body_words(mail)):
            silent.append(number)

    assert silent == []


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_a_few_damaged_mails_are_read_each_time(first: int):
    for number in range(first, first + 50):
        raw = mutant(MAILS[number % len(MAILS)], number)
        with limited(MAIL_S):
            try:
                message = read(raw)
            except UnreadableMailError:
                continue
            engine().read(message, CONTEXT)

        assert not lost(raw, message, body_words(MAILS[number % len(MAILS)])), number


@pytest.mark.faults
def test_a_mail_cut_at_each_place_is_read():
    for mail in MAILS[::3]:
        for end in range(0, len(mail), 3):
            try:
                message = read(mail[:end])
            except UnreadableMailError:
                # Nothing but a part of the header is left.
                assert b"\n\n" not in mail[:end].replace(b"\r", b""), end
            else:
                assert not lost(mail[:end], message, body_words(mail)), end


@pytest.mark.faults
def test_the_reading_process_makes_the_same_of_damaged_mails():
    room = ReadingRoom()
    for number in range(0, 20_000, 200):
        mail = spooled(mutant(MAILS[number % len(MAILS)], number))
        try:
            here = read(mail.content)
        except UnreadableMailError:
            continue

        # What a picture says is told only where pictures can be read.
        there = room._read_apart(mail)
        assert (there.parts, there.text, there.subject) == (here.parts, here.text, here.subject)
    room.close()


def test_the_checks_find_a_text_that_is_missing():
    mail = MAILS[2]
    message = read(mail)
    empty = read(mail.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\nHello.\n")

    assert not lost(mail, message, body_words(mail))
    assert lost(mail, empty, body_words(mail))
    assert covers(mail, message)
    assert not covers(mail, empty)


@pytest.mark.material
@pytest.mark.parametrize("name", ["malformed", "bounces"])
def test_every_public_mail_is_read_understood_and_covered(data: Path, name: str):
    for path in sorted(one for one in (data / name).rglob("*") if one.is_file() and one.suffix != ".jsonl"):
        content = path.read_bytes()
        with limited(MAIL_S):
            try:
                message = read(content)
            except UnreadableMailError:
                continue
            engine().read(message, CONTEXT)

        assert message.problems or covers(content, message), path.name
