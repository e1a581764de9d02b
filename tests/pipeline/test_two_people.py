"""Two people answer one digest in any order, mails come twice, the assistant restarts: the ledger is the model's."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.pipeline.office import DANA, PRIYA, Office

FAX = "Please fax the cardiac clearance for Mr. Alvarez to Ridgeview by Wednesday noon."
VAN = "Could you arrange transport for Mrs. Kim for Thursday 9am?"
SAID: tuple[tuple[str, str, int | None, str | None], ...] = (
    (DANA, "done 1", 1, "done"),
    (DANA, "reopen 1", 1, "open"),
    (DANA, "2 done", 2, "done"),
    (DANA, "reopen 2", 2, "open"),
    (DANA, "is 1 done?", None, None),
    (DANA, "1 will be done friday", None, None),
    (DANA, "the transport is almost booked", None, None),
    (DANA, "nobody faxed the clearance", None, None),
    (PRIYA, "1 is done", None, None),
    (PRIYA, "the transport is booked", None, None),
    (PRIYA, "2 not done", None, None),
)
"""Who says what of which task, and what becomes of it: what a colleague says is only suggested."""


@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_order_the_ledger_holds_what_the_owner_said_last(tmp_path: Path, seed: int):
    chance = random.Random(seed)
    office = Office(tmp_path)
    for text in (FAX, VAN):
        office.arrive(text)
        office.work()
        office.pass_time(minutes=1)
    digest = str(office.postbox.taken[-1]["Message-ID"])
    states = {1: "open", 2: "open"}
    for _ in range(6):
        office.pass_time(minutes=2)
        for sender, words, number, state in chance.sample(SAID, k=2):
            office.answer(words, sender=sender, In_Reply_To=digest)
            if number is not None and state is not None:
                states[number] = state
            if chance.random() < 0.5:
                office.again()
            office.pass_time(seconds=30)
            # Two mails may be waiting at once, or be read one by one.
            if chance.random() < 0.5:
                office.work()
        if chance.random() < 0.3:
            office.restart()
        office.work()
        assert {task.number: task.state for task in office.parts.ledger.book.numbered((1, 2))} == states
    events = office.parts.ledger.book.history(1)
    office.again()
    office.work()
    office.restart()
    assert office.parts.ledger.book.history(1) == events
    office.parts.ledger.close()
