"""A language model that is out delays nothing and loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from threading import Event

import pytest

from assistant.errors import StorageError
from assistant.pipeline.contexts import reading_context
from assistant.pipeline.parts import Parts
from assistant.records import Message, ReadingContext
from tests.configs import answering
from tests.modelserver.scripted import ScriptedModel, refused, scripted, task, tasks
from tests.pipeline.office import Office, office_config

FAX = "Please fax the cardiac clearance for Mrs. Rivera by tomorrow noon.\n\nThe films of Mr. Abara would be good."
SEEN = (task(1),)


@pytest.fixture
def model() -> Iterator[ScriptedModel]:
    with scripted(refused(503), tasks(*SEEN)) as server:
        yield server


@pytest.fixture
def office(tmp_path: Path, model: ScriptedModel) -> Iterator[Office]:
    office = Office(tmp_path, office_config(model=answering(model.base_url)))
    yield office
    office.parts.ledger.close()


def test_the_embedded_engine_answers_at_once_and_the_digest_says_so(office: Office):
    office.arrive(FAX)
    office.work()

    assert [one.engine for one in office.open] == ["embedded"]
    assert "language model does not answer" in " ".join(office.said().split())


def test_the_mail_is_read_again_later_and_nothing_is_opened_twice(office: Office, model: ScriptedModel):
    office.arrive(FAX)
    office.work()
    office.pass_time(minutes=10)
    office.work()
    assert len(model.requests) == 1
    office.pass_time(minutes=25)
    office.work()
    office.pass_time(hours=2)
    office.work()

    assert len(model.requests) == 2
    assert len([one for one in office.open if "clearance" in one.quote]) == 1
    assert [one.engine for one in office.open if "films" in one.quote] == ["scripted"]


def test_what_the_model_costs_is_kept_with_the_mail(office: Office):
    office.arrive(FAX)
    office.work()
    office.pass_time(minutes=31)
    office.work()

    assert office.parts.ledger.spool.tokens(office.now.replace(year=2000)) == (100, 20)


def test_a_mail_that_comes_twice_is_paid_for_once_after_a_restart_too(office: Office, model: ScriptedModel):
    office.arrive(FAX)
    office.work()
    office.pass_time(minutes=31)
    office.work()
    asked = len(model.requests)
    office.restart()
    office.arrive(FAX)
    office.work()

    assert asked == len(model.requests) > 1


def test_a_mail_around_which_nothing_can_be_told_takes_no_other_with_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    def told(parts: Parts, message: Message) -> ReadingContext:
        if "poison" in message.text:
            raise ZeroDivisionError
        return reading_context(parts, message)

    monkeypatch.setattr(import_module("assistant.pipeline.understanding"), "reading_context", told)
    office.arrive("poison")
    office.arrive(FAX)
    for _ in range(4):
        office.work()
        office.pass_time(minutes=11)

    assert "clearance" in office.open[0].quote
    assert len(office.parts.ledger.spool.quarantined()) == 1


def broken(*_: object) -> None:
    raise ZeroDivisionError


def after_the_outage(office: Office, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let a mail be read by the rules alone, and its second reading come to grief from then on."""
    office.arrive(FAX)
    office.work()
    monkeypatch.setattr(import_module("assistant.pipeline.second_readings"), name, broken)
    office.pass_time(minutes=31)


def test_a_second_reading_that_always_fails_rests_and_ends_after_three_tries(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    after_the_outage(office, monkeypatch, "judge")
    asked = []
    for _ in range(25):
        before = office.parts.health.steps["receive"]
        office.work()
        asked.append(office.parts.health.steps["receive"] > before)
        office.pass_time(minutes=1)

    assert [minute for minute, was in enumerate(asked) if was] == [0, 1, 11]
    assert office.parts.ledger.spool.to_read_again(office.now.replace(year=9000), 9) == []


def test_a_second_reading_that_was_given_up_is_told_in_the_next_digest_and_the_first_stands(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    after_the_outage(office, monkeypatch, "judge")
    for _ in range(4):
        office.work()
        office.pass_time(minutes=10)
    office.pass_time(days=1)
    office.work()

    assert "the rules alone have read it" in " ".join(office.said().split())
    assert [one.engine for one in office.open] == ["embedded"]
    assert office.parts.ledger.audit.verify().problems == []


def test_a_second_reading_that_kills_us_is_tried_three_times_and_blames_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def killed(parts: Parts, messages: list[Message], *others: object) -> int:
        if any("poison" in message.text for message in messages):
            raise SystemExit
        return real(parts, messages, *others)

    module = import_module("assistant.pipeline.second_readings")
    real: Callable[..., int] = module.understand
    monkeypatch.setattr(module, "understand", killed)
    is_back = Event()
    with scripted(script=lambda _: tasks(*SEEN) if is_back.is_set() else refused(503)) as server:
        office = Office(tmp_path, office_config(model=answering(server.base_url)))
        office.arrive(FAX.replace("Rivera", "Kodera").replace("films", "poison"))
        office.arrive(FAX)
        office.work()
        is_back.set()
        deaths = 0
        for _ in range(8):
            office.pass_time(minutes=31)
            try:
                office.work()
            except SystemExit:
                deaths += 1
                office.restart()
        left = office.parts.ledger.spool.to_read_again(office.now.replace(year=9000), 9)
        engines = [one.engine for one in office.open if "films" in one.quote]
        office.parts.ledger.close()

    assert (deaths, left, engines) == (3, [], ["scripted"])


def test_a_disk_that_fails_in_a_second_reading_uses_up_no_try(office: Office, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise StorageError("SQLITE_FULL")

    office.arrive(FAX)
    office.work()
    monkeypatch.setattr(import_module("assistant.pipeline.second_readings"), "judge", full)
    for _ in range(5):
        office.pass_time(minutes=31)
        with pytest.raises(StorageError):
            office.work()

    assert [one.attempts for one in office.parts.ledger.spool.to_read_again(office.now.replace(year=9000), 9)] == [0]
