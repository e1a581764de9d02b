"""What people write to us while a model is at work on other mails is obeyed at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from assistant.pipeline import collect, receive
from assistant.pipeline.order import Meanwhile
from tests.configs import answering
from tests.modelserver.scripted import Act, scripted, task, tasks
from tests.pipeline.office import DANA, PRIYA, US, Office, office_config

ASK = "Please fax the consent form of Mrs. {0}.\n\nThe films of Mr. {0} would be good."
PATIENCE_S = 60
"""Far more than anything here takes, on however slow a machine."""


class Busy:
    """An office whose model has begun with some mails, and comes to an end with none before it is told to."""

    def __init__(self, folder: Path) -> None:
        self.is_asked, self.may_answer = Event(), Event()
        self.may_answer.set()
        self._server = scripted(script=self._answer)
        self._pool = ThreadPoolExecutor(1)
        model = self._server.__enter__()
        config = {**answering(model.base_url, timeout_s=2 * PATIENCE_S), "side_by_side": 1}
        self.office = Office(folder, office_config(model=config, limits={"known": []}))
        for name in ("Balimo", "Kodera"):
            self.office.arrive(ASK.format(name))
        self.office.work()
        self.is_asked.clear()
        self.may_answer.clear()
        self.office.arrive(ASK.format("Tarovan"))
        self.office.arrive(ASK.format("Mirelun"))
        self.collect()
        self.received: Future[int] = self._pool.submit(receive, self.office.parts)
        assert self.is_asked.wait(PATIENCE_S)

    def _answer(self, _request: dict[str, Any]) -> Act:
        self.is_asked.set()
        self.may_answer.wait(PATIENCE_S)
        return tasks(task(1))

    def collect(self) -> None:
        collect(self.office.parts, "desk")

    def is_open(self, number: int) -> bool:
        return any(one.number == number for one in self.office.open)

    def attempts(self) -> list[int]:
        """Return how often those mails were tried that wait and are of people whom we know."""
        return [tries for _key, tries, _due in self.office.parts.ledger.spool.by_arrival(self.office.now)]

    def ends(self) -> int:
        """Let the model answer; return how many mails were settled."""
        self.may_answer.set()
        return self.received.result(PATIENCE_S)

    def close(self) -> None:
        self.may_answer.set()
        self._pool.shutdown()
        self.office.parts.ledger.close()
        self._server.__exit__(None, None, None)


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Busy]:
    busy = Busy(tmp_path)
    yield busy
    busy.close()


def becomes(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if is_so():
            return True
        Event().wait(0.02)
    return False


def test_a_word_that_comes_while_the_model_is_at_work_is_obeyed_before_it_answers(busy: Busy):
    busy.office.answer("done 1")
    busy.collect()

    assert becomes(lambda: not busy.is_open(1))
    assert not busy.received.done()
    assert not any("Tarovan" in one.quote for one in busy.office.open)
    assert busy.ends() == 3


def test_words_are_obeyed_in_their_order_also_where_they_come_one_after_the_other(busy: Busy):
    busy.office.answer("done 1, 2")
    busy.collect()
    assert becomes(lambda: not busy.is_open(2))
    busy.office.pass_time(minutes=1)
    busy.office.answer("open 1")
    busy.collect()

    assert becomes(lambda: busy.is_open(1))
    assert not busy.received.done()
    assert busy.ends() == 4


def test_what_comes_meanwhile_and_is_no_word_to_us_is_read_once_and_costs_no_try(busy: Busy):
    busy.office.arrive(ASK.format("Zuberin"), sender=PRIYA, to=f"{DANA}, {US}")
    busy.office.answer("done 1")
    busy.collect()

    assert becomes(lambda: not busy.is_open(1))
    assert becomes(lambda: busy.attempts() == [0])
    assert busy.ends() == 4
    assert len([one for one in busy.office.open if "consent form of Mrs. Zuberin" in one.quote]) == 1


def test_a_word_waits_for_an_earlier_one_of_its_sender_that_failed_and_for_nobody_elses(tmp_path: Path):
    office = Office(tmp_path)
    office.arrive(ASK.format("Balimo"))
    office.work()
    meanwhile = Meanwhile(office.parts, [])
    for sender in (DANA, DANA, PRIYA):
        office.answer("help", sender=sender)
        office.pass_time(minutes=1)
    office.arrive(ASK.format("Kodera"))
    collect(office.parts, "desk")
    first, second, priyas = (one.key for one in meanwhile.words())
    failed = [one.key for one in meanwhile.words({first})]
    office.parts.ledger.quarantine.put_off(first, office.now.replace(year=9000))
    rests = [one.key for one in meanwhile.words()]
    meanwhile.set_aside([first])
    none = [one.key for one in meanwhile.words()]
    office.parts.ledger.close()

    assert failed == rests == [priyas]
    assert none == [second, priyas]
