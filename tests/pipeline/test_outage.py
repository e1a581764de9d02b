"""A language model that is out delays nothing and loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

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

    monkeypatch.setattr(import_module("assistant.pipeline.receive"), "_reading_context", told)
    office.arrive("poison")
    office.arrive(FAX)
    for _ in range(4):
        office.work()
        office.pass_time(minutes=11)

    assert "clearance" in office.open[0].quote
    assert len(office.parts.ledger.spool.quarantined()) == 1
