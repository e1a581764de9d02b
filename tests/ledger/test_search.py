"""The words of tasks, and the people whose digests are stopped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.ledger import Ledger
from assistant.records import Decision, DigestStop, DigestSwitch, LedgerEvent, NoteAdded, TaskDone, TaskOpened

NOW = datetime(2026, 3, 9, 14, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = Ledger(tmp_path, lock=True)
    yield ledger
    ledger.close()


def opened(number: int, title: str, patient: str | None, requester: str) -> LedgerEvent:
    change = TaskOpened(
        title=title,
        quote="Please see to it.",
        coordinator="dana@clinic.example",
        owner=None,
        waiting=False,
        deadline=None,
        priority="normal",
        patient=patient,
        requester=requester,
        certain=True,
        engine="embedded",
        rule="please",
        thread="thread",
    )
    return LedgerEvent(id=0, number=number, at=NOW, actor="assistant", source="mail", change=change)


def changed(number: int, change: NoteAdded | TaskDone) -> LedgerEvent:
    return LedgerEvent(id=0, number=number, at=NOW, actor="dana@clinic.example", source="reply", change=change)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    events = (
        opened(1, "Fax the clearance to Ridgeview", "Mr. Álvarez", "ruth@cardiology.example"),
        opened(2, "Arrange transport", "Mrs. Kim", "lee@hospital.example"),
    )
    ledger.record(Decision(events=events), ())
    return ledger


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (("alvar",), {1}),
        (("ALVAREZ",), {1}),
        (("cardiology",), {1}),
        (("kim", "transp"), {2}),
        (("kim", "clearance"), set()),
        (("see",), {1, 2}),
        (('"', "*"), set()),
        (("x OR kim",), set()),
        (('kim" OR "fax',), set()),
        ((), set()),
    ],
)
def test_tasks_are_found_by_the_beginnings_of_their_words(filled: Ledger, words: tuple[str, ...], numbers: set[int]):
    assert filled.search.numbers(words) == numbers


def test_what_changes_in_a_task_is_found_as_it_is_now(filled: Ledger):
    filled.record(Decision(events=(changed(1, NoteAdded(text="left voicemail")), changed(2, TaskDone()))), ())

    assert filled.search.numbers(["voicemail"]) == {1}
    assert filled.search.numbers(["transport"]) == {2}


def test_the_last_word_on_somebodys_digests_holds(ledger: Ledger):
    for hour, (person, is_on) in enumerate([("dana", False), ("priya", False), ("dana", True), ("priya", True)]):
        switch = DigestSwitch(person=person, is_on=is_on, at=NOW + timedelta(hours=hour), source=f"mail-{hour}")
        ledger.record(Decision(digests=switch), ())
        ledger.record(Decision(digests=switch), ())
        if hour == 1:
            assert ledger.switches.stopped() == {
                "dana": DigestStop(since=NOW),
                "priya": DigestStop(since=NOW + timedelta(hours=1)),
            }

    assert ledger.switches.stopped() == {}
