"""A model that is out for a day, or answers nonsense: no mail waits for it, and none is read by it twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.configs import answering
from tests.modelserver.scripted import Act, ScriptedModel, completion, refused, task, tasks
from tests.pipeline.office import Office, office_config

_ASK = "Please fax the consent form of Mrs. {0}.\n\nThe films of Mr. {0} would be good."
_SEEN = (task(1),)
_WHOLE = json.dumps({"tasks": _SEEN})
_BROKEN = 500


class World:
    """An office whose model does what it is told."""

    def __init__(self, folder: Path) -> None:
        self.act: Act | None = None
        self.mails = 0
        self.server = ScriptedModel(script=self._answer)
        self.server.start()
        self.office = Office(folder, office_config(model=answering(self.server.base_url, timeout_s=5)))
        # Its rest after several failures passes with the office's clock.
        self.office.parts.reader._clock = self._seconds

    def _seconds(self) -> float:
        return self.office.now.timestamp()

    def _answer(self, _request: dict[str, Any]) -> Act:
        return self.act or tasks(*_SEEN)

    def arrive(self) -> str:
        """Let a mail come with a task that the rules find and one that they do not."""
        self.mails += 1
        name = "".join("abdegiklmnoprstuvz"[int(digit) + place] for place, digit in enumerate(f"{self.mails:03}"))
        patient = f"{name}{name[::-1]}".capitalize()
        self.office.arrive(_ASK.format(patient))
        return patient

    def found(self, patient: str) -> list[str]:
        """Return the engines that found the patient's tasks."""
        return sorted(one.engine for one in self.office.open if patient in one.quote)

    def to_read_again(self) -> int:
        return len(self.office.parts.ledger.spool.to_read_again(self.office.now.replace(year=9000), 9999))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    world.office.parts.ledger.close()
    world.server.stop()


@pytest.mark.faults
def test_a_day_without_the_model_delays_no_mail_and_within_an_hour_after_it_reads_all(world: World):
    patients = []
    for hour in range(24):
        world.act = (refused(429), refused(503), Act(cuts_after=0), refused(401))[hour % 4]
        for _ in range(4):
            world.office.pass_time(minutes=15)
            patients.append(world.arrive())
            world.office.work()
            assert world.found(patients[-1]) == ["embedded"]
    assert world.to_read_again() == len(patients)

    world.act = None
    for _ in range(4):
        world.office.pass_time(minutes=15)
        world.office.work()
    assert world.to_read_again() == 0
    assert {patient: world.found(patient) for patient in patients} == {
        patient: ["embedded", "scripted"] for patient in patients
    }
    asked = len(world.server.requests)
    world.office.pass_time(hours=3)
    world.office.work()
    assert len(world.server.requests) == asked


def broken_answers() -> list[Act]:
    """Return five hundred answers that are none: cut at every sixteenth, refused, empty, of another form, garbage."""
    random, body = Random(16), tasks(*_SEEN).body
    head = {"Content-Type": "application/json"}
    whole = len(body)
    acts = [Act(body=body, headers=head, cuts_after=whole * part // 16) for part in range(16)]
    acts += [Act(body=body[: whole * part // 16], headers=head) for part in range(16)]
    acts += [completion(_WHOLE[: len(_WHOLE) * part // 16]) for part in range(16)]
    acts += [completion(_WHOLE[: len(_WHOLE) * part // 16], finish="length") for part in range(16)]
    acts += [completion(None, refusal="I cannot help with that."), completion("", finish="content_filter")]
    acts += [
        completion(text) for text in ("", " ", "null", "[]", "{}", '{"tasks": {}}', '{"tasks": [[]]}', "[[[[" * 999)
    ]
    acts += [
        completion(text) for text in ('{"tasks": [{"n": "x"}]}', '{"jobs": []}', '{"tasks": 7}', "Sure! Here you go")
    ]
    acts += [Act(body=text, headers=head) for text in (b"", b"{}", b"null", b'{"choices": []}', b"<html>", b"\xff\xfe")]
    while len(acts) < _BROKEN:
        garbage = "".join(chr(random.choice((*range(32, 127), 0x2028, 0x1F600))) for _ in range(random.randrange(400)))
        acts.append(completion(garbage) if len(acts) % 2 else Act(body=garbage.encode(), headers=head))
    return acts


@pytest.mark.faults
@pytest.mark.timeout(600)
def test_five_hundred_broken_answers_cost_no_task_and_make_none_twice(world: World):
    patients = []
    for act in broken_answers():
        world.act = act
        patients.append(world.arrive())
        world.office.work()
        found = world.found(patients[-1])
        assert found in (["embedded"], ["embedded", "scripted"]), act
        world.office.pass_time(minutes=2)
    world.act = None
    for _ in range(12):
        world.office.pass_time(minutes=5)
        world.office.work()
    assert world.to_read_again() == 0
    for patient in patients:
        assert world.found(patient) in (["embedded"], ["embedded", "scripted"])
